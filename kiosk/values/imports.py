"""What taking in a list would change, or has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from kiosk.lists.faults import Rejected


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of somebody known: what the register has, what the list says.

    Both are codes, numbers, days or text, as the register holds them; `old` may be None.
    """

    column: str
    old: object = field(repr=False)
    new: object = field(repr=False)


@dataclass(frozen=True, slots=True)
class Change:
    """A line that differs from what the register knows of this prisoner."""

    line: int
    prisoner_id: UUID
    file_number: str = field(repr=False)
    fields: tuple[FieldChange, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewOne:
    """A line about somebody whom the register does not know."""

    line: int
    file_number: str = field(repr=False)
    name: str = field(repr=False)
    birth_year: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What a list of prisoners would change.

    `missing`: file numbers of those who are here and not on the list; nothing is done to
    them.
    """

    new: tuple[NewOne, ...] = field(repr=False)
    changed: tuple[Change, ...] = field(repr=False)
    unchanged: int
    rejected: tuple[Rejected, ...] = field(repr=False)
    missing: tuple[str, ...] = field(repr=False)

    @property
    def writes(self) -> bool:
        """Whether there is anything to be recorded."""
        return bool(self.new or self.changed)


@dataclass(frozen=True, slots=True)
class BalancePreview:
    """What a list of counts would change: how many are new, replace another, are there."""

    new: int
    changed: int
    unchanged: int
    rejected: tuple[Rejected, ...] = field(repr=False)

    @property
    def writes(self) -> bool:
        """Whether there is anything to be recorded."""
        return self.new + self.changed > 0
