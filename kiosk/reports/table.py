"""What every register is before it is written: columns with heads, and rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from kiosk import wording
from kiosk.clock import local
from kiosk.services.desk import Desk
from kiosk.text import N_, fill, in_language
from kiosk.values import Name
from kiosk.values.reports import ReportAsked

Cell = str | int | date | time | Name | None


@dataclass(frozen=True, slots=True)
class Column:
    """`head` is a msgid. `width`: letters of most of its cells, by which a page is shared out;
    longer ones go on below. `screen`: columns of the glass, 0 where it has no room there.
    `drawn`: only for the eye, so it stands in no file that a program reads."""

    head: str
    width: int
    screen: int = 0
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a register. A visit behind it opens by its `number`; a prisoner, a parcel or a
    find by id."""

    cells: tuple[Cell, ...] = field(repr=False)
    number: str = ""
    prisoner_id: UUID | None = None
    parcel_id: UUID | None = None
    find_id: UUID | None = None

    @property
    def opens(self) -> bool:
        return bool(self.number or self.prisoner_id or self.parcel_id or self.find_id)


@dataclass(frozen=True, slots=True)
class Writing:
    """For whom a register is written: what was asked, at which desk, in which language."""

    desk: Desk
    asked: ReportAsked
    language: str

    def say(self, msgid: str, **values: object) -> str:
        """A sentence in the language of the register."""
        return fill(in_language(self.language)(msgid), **values)

    @property
    def translate(self) -> Callable[[str], str]:
        return in_language(self.language)

    def name(self, name: Name | None) -> Name | str:
        """A name, or its initials; of whom nothing is kept any more, that it was erased."""
        if name is None:
            return self.say(N_("erased"))
        if not self.asked.masked:
            return name
        parts = (name.surname, name.given, name.patronymic)
        return " ".join(f"{part[:1]}." for part in parts if part)

    def names(self, names: Iterable[Name | None]) -> str:
        """Those of a group in one cell."""
        return "; ".join(shown(self.name(name)) for name in names)

    def document(self, number: str) -> str:
        """The number of a document, or its last three characters."""
        return f"…{number[-3:]}" if number and self.asked.masked else number

    def clock(self, at: int | None) -> time | None:
        """The time of day of a moment (UTC ms), as the site's clocks showed it."""
        if at is None:
            return None
        return local(at, self.desk.zone).time().replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Report:
    """A register or statistic. `rows` reads the register as it is asked for the next one, so
    it is used up inside one question to the database. `title` is a msgid."""

    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Writing], Iterator[Row]]


def shown(cell: Cell) -> str:
    """A cell as a person reads it."""
    if cell is None:
        return ""
    if isinstance(cell, Name):
        return cell.full
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, date):
        return wording.day_text(cell)
    return str(cell)
