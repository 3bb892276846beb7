"""What taking in a list would change, or has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kiosk.lists.faults import Rejected
from kiosk.papers import ThingName


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


@dataclass(frozen=True, slots=True)
class NewThing:
    """A thing that the catalogue does not have; `since` is the first day of its row."""

    line: int
    code: str
    name: ThingName
    since: date


@dataclass(frozen=True, slots=True)
class ThingChange:
    """A line that says another thing of a code than the catalogue does from `since` on."""

    line: int
    code: str
    since: date
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class CataloguePreview:
    """What a list of things would change. `missing`: codes that are not on it and stay."""

    new: tuple[NewThing, ...]
    changed: tuple[ThingChange, ...]
    unchanged: int
    rejected: tuple[Rejected, ...]
    missing: tuple[str, ...]

    @property
    def writes(self) -> bool:
        """Whether there is anything to be recorded."""
        return bool(self.new or self.changed)
