"""What is found: things, where they were hidden, by whom; the act, and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FindTaken:
    """A find that was just recorded: its number (F-26-000047), and that of its act to be."""

    find_id: UUID
    number: str
    act_no: str
