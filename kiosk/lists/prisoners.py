"""The list of prisoners: every line a prisoner who may be taken, or a fault with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from kiosk.codes import Category, Condition, Regime, Sex, Status
from kiosk.lists import cells, text_table, words, workbook
from kiosk.lists.faults import Fault, Rejected, rejected
from kiosk.lists.heads import Columns, Headed, columns, headed, plain
from kiosk.lists.table import Cell, Row, Table, content
from kiosk.text import N_

T = TypeVar("T")

COLUMNS = columns(
    {
        "file_no": (
            "file number,№ дела,номер дела,дело,дело №,личное дело,№ личного дела,"
            "номер личного дела,личное дело №,л/д,№ л/д,л/д №,өздүк иш,өздүк иштин номери,"
            "иштин номери,делонун номери"
        ),
        "surname": "last name,family name,фамилия,фамилиясы",
        "given_names": "given name,given,first name,имя,имена,аты",
        "patronymic": "middle name,отчество,атасынын аты",
        "full_name": (
            "name,фио,ф.и.о.,фамилия имя отчество,фамилия и имя,фио осужденного,"
            "ф.и.о. осужденного,осужденный,осужденные,аты жөнү,аты-жөнү,фамилиясы аты"
        ),
        "birth_year": "year of birth,born,год рождения,г.р.,гр,г. рождения,туулган жылы",
        "birth_date": (
            "date of birth,дата рождения,д.р.,день рождения,дата и год рождения,"
            "число месяц и год рождения,туулган күнү"
        ),
        "sex": "gender,пол,жынысы",
        "category": "категория,категория учета,категориясы",
        "regime": "режим,вид режима,режими",
        "condition": (
            "conditions,условия,условие,условия содержания,условия отбывания,"
            "условия отбывания наказания,шарттары,шарты,кармоо шарттары"
        ),
        "unit": "отряд,№ отряда,номер отряда,отряд №,камера,отряд камера,отряды,бөлүк",
        "status": "статус,состояние,где находится,местонахождение,абалы,каякта",
        "status_since": (
            "since,статус с,статус с даты,статус с какого числа,с какого числа,"
            "с какого времени,дата статуса,статус от,прибыл,дата прибытия,абалы качантан,"
            "качантан бери"
        ),
    },
    needed=(("file_no",), ("surname", "full_name"), ("birth_year", "birth_date")),
)
_TOTALS = frozenset({"итого", "всего", "total", "баары", "жалпы", "бардыгы", "всего по списку"})


@dataclass(frozen=True, slots=True)
class PrisonerLine:
    """One prisoner as the list has them.

    What the list does not say is empty or None: no news of somebody known. `since` by the
    site's clocks.
    """

    line: int
    file_number: str = field(repr=False)
    surname: str = field(repr=False)
    given: str = field(repr=False)
    patronymic: str = field(repr=False)
    birth_year: int = field(repr=False)
    sex: Sex | None = None
    category: Category | None = None
    regime: Regime | None = None
    condition: Condition | None = None
    unit: str = ""
    status: Status | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class PrisonerList:
    """A list that was read: lines that may be taken and lines that may not, in their order.

    `written_in`: its letters and separator, or its sheet. `heads`: by column, as the file has
    them. `unknown`: heads that were ignored. `skipped`: lines of totals and notes at the end.
    `named`: the file numbers of all lines, rejected ones too.
    """

    name: str
    file_hash: bytes
    written_in: str
    heads: Mapping[str, str]
    unknown: tuple[str, ...]
    lines: tuple[PrisonerLine, ...] = field(repr=False)
    rejected: tuple[Rejected, ...] = field(repr=False)
    skipped: tuple[int, ...]
    named: frozenset[str] = field(repr=False)

    @property
    def rows(self) -> int:
        """How many lines it has below its heads, without totals and notes."""
        return len(self.lines) + len(self.rejected)


def read(path: Path, today: date) -> PrisonerList:
    """The list in a file: csv, tab-separated text or xlsx. Takes seconds for a long one.

    `today` is the site's day. Raises Invalid for a file that is no such list.
    """
    data, file_hash = content(path)
    table = headed(table_of(data, COLUMNS), COLUMNS)
    reading = _Reading(table, today)
    for row in table.rows:
        reading.take(row)
    return PrisonerList(
        path.name,
        file_hash,
        table.written_in,
        table.heads,
        table.unknown,
        tuple(reading.lines),
        tuple(reading.rejected),
        tuple(reading.skipped),
        frozenset(reading.seen),
    )


def table_of(data: bytes, known: Columns) -> Table:
    """The table in the bytes of a file, whichever of the three kinds it is."""
    if data.startswith((workbook.SIGNATURE, workbook.OLD_SIGNATURE)):
        return workbook.read(data, known.scores)
    return text_table.read(data, known.scores)


class Cells:
    """The cells of one row by their columns; faults are gathered, not raised."""

    def __init__(self, table: Headed, row: Row) -> None:
        self._table = table
        self._row = row
        self.faults: list[tuple[str, Fault]] = []

    def cell(self, column: str) -> Cell:
        """Empty where the row ends before it or the list has no such column."""
        place = self._table.places.get(column)
        if place is None or place >= len(self._row.cells):
            return ""
        return self._row.cells[place]

    def read(self, column: str, meaning: Callable[[Cell], T], instead: T) -> T:
        try:
            return meaning(self.cell(column))
        except Fault as fault:
            self.faults.append((column, fault))
            return instead

    def must_fit(self) -> None:
        """More cells than heads: a separator stands inside a value, and all is displaced."""
        beyond = self._row.cells[self._table.width :]
        if any(isinstance(cell, datetime) or cell.strip() for cell in beyond):
            fault = Fault(N_("The line has more cells than heads. Is a separator in a value?"))
            self.faults.insert(0, (next(iter(self._table.places)), fault))

    def rejected(self) -> Rejected:
        heads = self._table.heads
        column, fault = self.faults[0]
        others = tuple(heads.get(other, other) for other, _fault in self.faults[1:])
        return rejected(
            self._row.line,
            column,
            heads.get(column, column),
            fault,
            tuple(dict.fromkeys(others)),
        )


class _Reading:
    def __init__(self, table: Headed, today: date) -> None:
        self.lines: list[PrisonerLine] = []
        self.rejected: list[Rejected] = []
        self.skipped: list[int] = []
        self.seen: dict[str, int] = {}
        self._table = table
        self._today = today
        self._totals_seen = False
        self._has_given = "given_names" in table.places
        self._name_column = "surname" if "surname" in table.places else "full_name"
        self._birth_column = "birth_year" if "birth_year" in table.places else "birth_date"

    def take(self, row: Row) -> None:
        row_cells = Cells(self._table, row)
        if self._closes(row, row_cells):
            self.skipped.append(row.line)
            return
        line = self._line(row, row_cells)
        if line.file_number:
            before = self.seen.setdefault(line.file_number, row.line)
            if before != row.line:
                fault = Fault(N_("This number stands in line {line} as well."), line=before)
                row_cells.faults.insert(0, ("file_no", fault))
        if row_cells.faults:
            self.rejected.append(row_cells.rejected())
        else:
            self.lines.append(line)

    def _closes(self, row: Row, row_cells: Cells) -> bool:
        """A total, or below one what is said of no prisoner: who signed, and when."""
        filled = [cell for cell in row.cells if isinstance(cell, datetime) or cell.strip()]
        first = filled[0]
        number = row_cells.cell("file_no")
        if isinstance(first, str) and plain(first.rstrip(":0123456789 ")) in _TOTALS:
            total = not number or number == first
            self._totals_seen = self._totals_seen or total
            return total
        return self._totals_seen and (not number or not row_cells.cell(self._birth_column))

    def _line(self, row: Row, row_cells: Cells) -> PrisonerLine:
        row_cells.must_fit()
        today = self._today
        file_number = row_cells.read("file_no", cells.file_number, "")
        surname, given, patronymic = self._names(row_cells)
        year = row_cells.read(self._birth_column, lambda c: cells.birth_year(c, today), 0)
        status = row_cells.read("status", _word(words.STATUS), None)
        since = row_cells.read("status_since", lambda c: cells.since(c, today), None)
        if since is not None and year and since.year < year:
            row_cells.faults.append(
                ("status_since", Fault(N_("This day lies before the birth.")))
            )
        return PrisonerLine(
            line=row.line,
            file_number=file_number,
            surname=surname,
            given=given,
            patronymic=patronymic,
            birth_year=year,
            sex=row_cells.read("sex", _word(words.SEX), None),
            category=row_cells.read("category", _word(words.CATEGORY), None),
            regime=row_cells.read("regime", _word(words.REGIME), None),
            condition=row_cells.read("condition", _word(words.CONDITION), None),
            unit=row_cells.read("unit", cells.unit, ""),
            status=status,
            since=since,
        )

    def _names(self, row_cells: Cells) -> tuple[str, str, str]:
        """Surname, given name and patronymic, from three cells or from one."""
        column = self._name_column
        whole = row_cells.read(column, cells.name, "")
        given = row_cells.read("given_names", cells.name, "")
        patronymic = row_cells.read("patronymic", cells.name, "")
        if not whole:
            if not any(column == at for at, _fault in row_cells.faults):
                row_cells.faults.append((column, Fault(N_("The surname is missing."))))
        elif not self._has_given:
            whole, _space, rest = whole.partition(" ")
            given, _space, after = rest.partition(" ")
            patronymic = patronymic or after
        return whole, given, patronymic


def _word(known: Mapping[str, words.Code]) -> Callable[[Cell], words.Code | None]:
    def meaning(cell: Cell) -> words.Code | None:
        text = cells.text_of(cell)
        return words.code_of(text, known) if text not in ("", "-", "–", "—") else None

    return meaning
