"""One line of what `kiosk doctor` says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Check:
    """`text` says what is so, `do` what to do about it."""

    name: str
    state: State
    text: str
    do: str = ""
