"""Rows of an Excel workbook (ECMA-376), read as a stream: a crafted one cannot fill memory.

openpyxl takes six times the CPU for the same list; calamine is faster, but holds a sheet
whole, as a rectangle as large as its farthest cell claims.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from xml.parsers import expat

from kiosk.errors import Invalid
from kiosk.lists.table import (
    LONGEST_CELL,
    MOST_LINES,
    Cell,
    Row,
    Scores,
    Table,
    too_many_lines,
)
from kiosk.text import N_

SIGNATURE = b"PK\x03\x04"
# Office's own container of .xls, and of any workbook behind a passphrase.
OLD_SIGNATURE = b"\xd0\xcf\x11\xe0"
# What the parts of a workbook may grow to when they are unpacked.
_UNPACKED = 128 * 1024 * 1024
_CHUNK = 256 * 1024
_HEAD_LINES = 50
_COLUMNS = 256
_SHARED = 1_000_000
_SHARED_LETTERS = 32_000_000
_STYLES = 65_536
_BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_PLAIN_PARTS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE_LETTERS = re.compile(r"[ymdhsгмдч]", re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d*)")
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001  # local


def read(data: bytes, scores: Scores) -> Table:
    """The sheet whose first lines are most like heads. Raises Invalid for no workbook."""
    workbook = _Workbook(data)
    best, most = None, -1
    for name, part in workbook.sheets():
        found = max(map(scores, _first(workbook, part)), default=0)
        if found > most:
            best, most = (name, part), found
    if best is None:
        raise _no_workbook()
    return Table(f"xlsx, {best[0]}", workbook.rows(best[1]))


def _first(workbook: _Workbook, part: str) -> Iterator[tuple[Cell, ...]]:
    for count, row in enumerate(workbook.rows(part)):
        if count == _HEAD_LINES:
            return
        yield row.cells


class _Workbook:
    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise _no_workbook() from error
        self._left = _UNPACKED
        self._sheets, self._epoch = self._book()
        self._dates = self._date_styles()
        self._shared: list[str] | None = None

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Name and part of each visible sheet, in the order of the workbook."""
        parts = self._relations()
        for name, relation in self._sheets:
            if relation in parts:
                yield name, parts[relation]

    # ---- parts

    def _parse(
        self, part: str, begin: Any, end: Any = None, text: Any = None
    ) -> Iterator[None]:
        """Parses a part piece by piece; after each one the caller may take what it got."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = begin
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _no_doctype
        try:
            with self._zip.open(part) as file:
                while piece := file.read(_CHUNK):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise Invalid(
                            "file",
                            N_("Unpacked, the workbook is larger than {limit} MB."),
                            limit=_UNPACKED // 1024 // 1024,
                        )
                    parser.Parse(piece)
                    yield
                parser.Parse(b"", True)
                yield
        except KeyError as error:
            raise _no_workbook() from error
        except (
            expat.ExpatError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,
            NotImplementedError,
            UnicodeError,
        ) as error:
            raise Invalid(
                "file", N_("The workbook is damaged. Save it again, or as csv.")
            ) from error

    def _whole(self, part: str, begin: Callable[[str, dict[str, str]], None]) -> None:
        for _piece in self._parse(part, lambda name, told: begin(_local(name), told)):
            pass

    def _book(self) -> tuple[list[tuple[str, str]], datetime]:
        sheets: list[tuple[str, str]] = []
        from_1904 = False

        def begin(name: str, told: dict[str, str]) -> None:
            nonlocal from_1904
            if name == "workbookPr":
                from_1904 = told.get("date1904", "0") in ("1", "true")
            elif name == "sheet" and told.get("state", "visible") == "visible":
                relation = next((v for k, v in told.items() if _local(k) == "id"), "")
                sheets.append((told.get("name", ""), relation))

        self._whole("xl/workbook.xml", begin)
        return sheets, _EPOCHS[from_1904]

    def _relations(self) -> dict[str, str]:
        parts: dict[str, str] = {}

        def begin(name: str, told: dict[str, str]) -> None:
            if name == "Relationship" and told.get("Type", "").endswith("/worksheet"):
                target = told.get("Target", "")
                parts[told.get("Id", "")] = (
                    target.lstrip("/") if target.startswith("/") else f"xl/{target}"
                )

        self._whole("xl/_rels/workbook.xml.rels", begin)
        return parts

    def _date_styles(self) -> frozenset[str]:
        """The numbers of the cell styles that show a number as a date."""
        own: dict[int, str] = {}
        styles: list[int] = []
        inside = False

        def begin(name: str, told: dict[str, str]) -> None:
            nonlocal inside
            if name == "numFmt":
                own[_number(told.get("numFmtId"))] = told.get("formatCode", "")
            elif name in ("cellXfs", "cellStyleXfs"):
                inside = name == "cellXfs"
            elif name == "xf" and inside and len(styles) < _STYLES:
                styles.append(_number(told.get("numFmtId")))

        if "xl/styles.xml" in self._zip.namelist():
            self._whole("xl/styles.xml", begin)
        return frozenset(
            str(place)
            for place, form in enumerate(styles)
            if (form in _BUILT_IN_DATES if form not in own else _shows_date(own[form]))
        )

    def _strings(self) -> list[str]:
        """The texts that cells share; what is read aloud beside a word is none of it."""
        if self._shared is not None:
            return self._shared
        strings: list[str] = []
        current = _Text()
        aloud = taking = False
        letters = 0

        def begin(name: str, told: dict[str, str]) -> None:
            nonlocal aloud, taking
            name = _local(name)
            if name == "si":
                current.clear()
            elif name == "rPh":
                aloud = True
            taking = name == "t" and not aloud

        def end(name: str) -> None:
            nonlocal aloud, taking, letters
            taking = False
            name = _local(name)
            if name == "rPh":
                aloud = False
            elif name == "si":
                strings.append(current.whole())
                letters += len(strings[-1])
                if len(strings) > _SHARED or letters > _SHARED_LETTERS:
                    raise too_many_lines()

        def text(piece: str) -> None:
            if taking:
                current.add(piece)

        if "xl/sharedStrings.xml" in self._zip.namelist():
            for _piece in self._parse("xl/sharedStrings.xml", begin, end, text):
                pass
        self._shared = strings
        return strings

    # ---- rows

    def rows(self, part: str) -> Iterator[Row]:
        sheet = _Sheet(self._strings(), self._dates, self._epoch)
        for _piece in self._parse(part, sheet.begin, sheet.end, sheet.text):
            yield from sheet.done
            sheet.done.clear()


class _Sheet:
    """Gathers the cells of a sheet into rows, as its XML passes by."""

    def __init__(self, strings: list[str], dates: frozenset[str], epoch: datetime) -> None:
        self.done: list[Row] = []
        self._strings = strings
        self._dates = dates
        self._epoch = epoch
        self._line = 0
        self._cells: list[Cell] = []
        self._column = -1
        self._kind = ""
        self._style = ""
        self._value = _Text()
        self._taking = False

    def begin(self, name: str, told: dict[str, str]) -> None:
        name = _local(name)
        if name == "c":
            place = _REFERENCE.match(told.get("r", ""))
            self._column = self._column + 1 if place is None else _column(place[1])
            self._kind = told.get("t", "n")
            self._style = told.get("s", "")
            self._value.clear()
        elif name in ("v", "t"):
            self._taking = True
        elif name == "row":
            self._line = _number(told.get("r")) or self._line + 1
            self._column = -1
            if len(self.done) > MOST_LINES or self._line > MOST_LINES:
                raise too_many_lines()
        elif name == "rPh":
            self._kind = "aloud"

    def text(self, piece: str) -> None:
        if self._taking and self._kind != "aloud":
            self._value.add(piece)

    def end(self, name: str) -> None:
        name = _local(name)
        if name in ("v", "t"):
            self._taking = False
        elif name == "c":
            value = self._value.whole()
            if value and 0 <= self._column < _COLUMNS:
                while len(self._cells) <= self._column:
                    self._cells.append("")
                self._cells[self._column] = self._cell(value)
        elif name == "row":
            if self._cells:
                self.done.append(Row(self._line, tuple(self._cells)))
            self._cells = []

    def _cell(self, value: str) -> Cell:
        if self._kind == "s":
            place = _number(value)
            return self._strings[place] if place < len(self._strings) else ""
        if self._kind == "d":
            return _iso(value)
        if self._kind != "n":
            return value
        try:
            number = float(value)
        except ValueError:
            return value
        if self._style in self._dates:
            return _moment(number, self._epoch, value)
        # 4.12E+2 is how a sheet may write 412.
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value


class _Text:
    """The text of one cell as it comes in pieces; what is longer than a cell is dropped."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0

    def clear(self) -> None:
        self._pieces.clear()
        self._length = 0

    def add(self, piece: str) -> None:
        if self._length < LONGEST_CELL:
            self._pieces.append(piece)
            self._length += len(piece)

    def whole(self) -> str:
        return "".join(self._pieces)[:LONGEST_CELL]


def _moment(number: float, epoch: datetime, value: str) -> Cell:
    """Days since the epoch; up to 28 February 1900 Excel's calendar is a day behind."""
    try:
        moment = epoch + timedelta(days=number)
    except OverflowError:
        return value
    if number < 60 and epoch.year < 1900:
        moment += timedelta(days=1)
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def _iso(value: str) -> Cell:
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return value


def _column(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _shows_date(form: str) -> bool:
    return _DATE_LETTERS.search(_PLAIN_PARTS.sub("", form)) is not None


def _no_doctype(*_told: object) -> None:
    raise Invalid("file", N_("The workbook is damaged. Save it again, or as csv."))


def _no_workbook() -> Invalid:
    return Invalid("file", N_("This is no Excel workbook. Save the list as .xlsx or as csv."))
