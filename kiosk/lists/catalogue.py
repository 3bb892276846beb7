"""The catalogue of things as a table, a line for each thing: read from csv or xlsx, written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from kiosk.codes import Allowed, GoodsClass, Inspection, Unit
from kiosk.lists import cells
from kiosk.lists.faults import Fault, Rejected
from kiosk.lists.heads import columns, headed
from kiosk.lists.prisoners import Cells, table_of
from kiosk.lists.table import Cell, content
from kiosk.lists.words import code_of
from kiosk.papers import ThingName
from kiosk.text import N_
from kiosk.values.goods import UNRECORDED, CatalogueEntry

T = TypeVar("T")
Code = TypeVar("Code", bound=StrEnum)

COLUMNS = columns(
    {
        "code": "код",
        "code_ky": "код ky,код кырг,коду",
        "code_ru": "код ru,код рус",
        "name_ky": "кыргызча,аталышы",
        "name_ru": "по русски,название,наименование",
        "name_en": "name,english,по английски",
        "class": "goods class,класс,вид,түрү",
        "unit": "единица,ед,ед изм,бирдиги",
        "allowed": "разрешено,уруксат",
        "max_pieces": "не больше штук,предел штук,предел,чеги",
        "max_grams": "не больше граммов,предел граммов,чеги грамм",
        "perishable_hours": "часов хранения,портится часов,сактоо саат",
        "medical": "медчасть,дарыгерге",
        "inspection": "осмотр,досмотр,кароо",
        "valid_from": "from,с,действует с,күчүндө",
        "legal_ref": "основание,правило,негизи",
    },
    needed=(("code",), ("name_ky",), ("name_ru",), ("class",), ("unit",), ("allowed",)),
)
HEADS = tuple(dict.fromkeys(COLUMNS.heads.values()))
"""The columns as a file has them that is written here, in their order."""

NAME_LENGTH = 40
_LATIN = re.compile(r"[a-z]{2,4}", re.ASCII)
_CYRILLIC = re.compile(r"[а-яёөүң]{2,4}")
_MOST_PIECES = 10_000
_MOST_GRAMS = 500_000
_MOST_HOURS = 8_760
_YES = frozenset({"yes", "1", "да", "ооба", "+", "true"})
_NO = frozenset({"", "no", "0", "нет", "жок", "-", "false"})


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """A thing as a file has it; `valid_from` None: from the day on which it is taken in."""

    line: int
    entry: CatalogueEntry


@dataclass(frozen=True, slots=True)
class CatalogueList:
    """As `lists.prisoners.PrisonerList`, of things; `named`: the codes of all lines."""

    name: str
    file_hash: bytes
    written_in: str
    heads: Mapping[str, str]
    unknown: tuple[str, ...]
    lines: tuple[CatalogueLine, ...]
    rejected: tuple[Rejected, ...]
    named: frozenset[str]

    @property
    def rows(self) -> int:
        return len(self.lines) + len(self.rejected)


def read(path: Path) -> CatalogueList:
    """The things in a file. Raises Invalid for a file that is no such list."""
    data, _digest = content(path)
    return read_bytes(path.name, data)


def read_bytes(name: str, data: bytes) -> CatalogueList:
    """As `read`, of bytes that are there already."""
    table = headed(table_of(data, COLUMNS), COLUMNS)
    lines: list[CatalogueLine] = []
    refused: list[Rejected] = []
    seen: dict[tuple[str, date | None], int] = {}
    for row in table.rows:
        row_cells = Cells(table, row)
        entry = _entry(row_cells)
        for column, fault in faults_of(entry) if not row_cells.faults else ():
            row_cells.faults.append((column, fault))
        before = seen.setdefault((entry.code, entry.valid_from), row.line)
        if before != row.line and entry.code:
            fault = Fault(N_("The same stands in line {line} as well."), line=before)
            row_cells.faults.append(("code", fault))
        if row_cells.faults:
            refused.append(row_cells.rejected())
        else:
            lines.append(CatalogueLine(row.line, entry))
    return CatalogueList(
        name,
        sha256(data).digest(),
        table.written_in,
        table.heads,
        table.unknown,
        tuple(lines),
        tuple(refused),
        frozenset(code for code, _since in seen),
    )


def faults_of(entry: CatalogueEntry) -> Iterator[tuple[str, Fault]]:
    """What contradicts itself in a thing, or cannot be typed; by the column it is about."""
    if not _LATIN.fullmatch(entry.code):
        yield "code", Fault(N_("A code has two to four small Latin letters: te."))
    for column, code in (("code_ky", entry.code_ky), ("code_ru", entry.code_ru)):
        if code and not _CYRILLIC.fullmatch(code):
            yield column, Fault(N_("This code has two to four small Cyrillic letters."))
    names = (("name_ky", entry.name.ky), ("name_ru", entry.name.ru), ("name_en", entry.name.en))
    for column, name in names:
        if not name:
            yield column, Fault(N_("The name is missing."))
        elif not name[0].isalnum():
            yield column, Fault(N_("A name begins with a letter or a digit."))
        elif len(name) > NAME_LENGTH:
            yield column, Fault(N_("A name has at most {limit} letters."), limit=NAME_LENGTH)
    if not entry.legal_ref:
        yield "legal_ref", Fault(N_("By which rule? Write the order or the law."))
    elif not entry.legal_ref[0].isalnum():
        # A spreadsheet takes "=" and its like for a formula, in the file that is written.
        yield "legal_ref", Fault(N_("A reference begins with a letter or a digit."))
    yield from _limits(entry)


def _limits(entry: CatalogueEntry) -> Iterator[tuple[str, Fault]]:
    weighed = entry.unit is Unit.KILOGRAM
    if weighed and entry.max_pieces is not None:
        yield "max_pieces", Fault(N_("What is weighed has a limit in grams."))
    if not weighed and entry.max_grams is not None:
        yield "max_grams", Fault(N_("What is counted has a limit in pieces."))
    has_limit = entry.max_pieces is not None or entry.max_grams is not None
    if (entry.allowed is Allowed.LIMITED) is not has_limit and entry.allowed in (
        Allowed.LIMITED,
        Allowed.ALLOWED,
    ):
        yield "allowed", Fault(N_("A limit stands where a thing is limited, and only there."))


# ---- reading


def _entry(row: Cells) -> CatalogueEntry:
    row.must_fit()
    return CatalogueEntry(
        catalogue_id=UNRECORDED,
        code=row.read("code", _small, ""),
        code_ky=row.read("code_ky", _small, ""),
        code_ru=row.read("code_ru", _small, ""),
        name=ThingName(
            row.read("name_ky", cells.text_of, ""),
            row.read("name_ru", cells.text_of, ""),
            row.read("name_en", cells.text_of, "") or row.read("name_ru", cells.text_of, ""),
        ),
        goods_class=row.read("class", _one_of(GoodsClass), GoodsClass.OTHER),
        unit=row.read("unit", _one_of(Unit), Unit.PIECE),
        allowed=row.read("allowed", _one_of(Allowed), Allowed.FORBIDDEN),
        max_pieces=row.read("max_pieces", _number(_MOST_PIECES), None),
        max_grams=row.read("max_grams", _number(_MOST_GRAMS), None),
        perishable_hours=row.read("perishable_hours", _number(_MOST_HOURS), None),
        medical=row.read("medical", _yes, False),
        inspection=row.read("inspection", _inspection, Inspection.LOOK),
        valid_from=row.read("valid_from", _day, None),
        legal_ref=row.read("legal_ref", cells.text_of, ""),
    )


def _small(cell: Cell) -> str:
    return cells.text_of(cell).lower()


def _one_of(codes: type[Code]) -> Callable[[Cell], Code]:
    words = {code.value.replace("_", " "): code for code in codes}

    def meaning(cell: Cell) -> Code:
        text = cells.text_of(cell)
        if not text:
            raise Fault(N_("This is missing. Known are: {words}."), words=", ".join(codes))
        return code_of(text, words)

    return meaning


def _inspection(cell: Cell) -> Inspection:
    return _one_of(Inspection)(cell) if cells.text_of(cell) else Inspection.LOOK


def _number(most: int) -> Callable[[Cell], int | None]:
    def meaning(cell: Cell) -> int | None:
        return cells.whole(cell, most) or None

    return meaning


def _yes(cell: Cell) -> bool:
    text = _small(cell)
    if text not in _YES | _NO:
        raise Fault(N_("Yes or no belongs here."))
    return text in _YES


def _day(cell: Cell) -> date | None:
    """A day to come as well: a row may begin next year."""
    if not isinstance(cell, datetime) and not cells.text_of(cell):
        return None
    return cells.day(cell)


# ---- writing


def written(entries: Iterable[CatalogueEntry]) -> bytes:
    """A file that `read` takes in again unchanged: UTF-8 with its mark, semicolons, CR LF, as
    spreadsheets in Kyrgyz and Russian settings open it."""
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow(HEADS)
    for entry in entries:
        rows.writerow(cells_of(entry))
    return out.getvalue().encode("utf-8-sig")


def cells_of(entry: CatalogueEntry) -> tuple[str, ...]:
    """The cells of its line, in the order of `HEADS`."""
    return (
        entry.code,
        entry.code_ky,
        entry.code_ru,
        entry.name.ky,
        entry.name.ru,
        entry.name.en,
        entry.goods_class,
        entry.unit,
        entry.allowed,
        _shown(entry.max_pieces),
        _shown(entry.max_grams),
        _shown(entry.perishable_hours),
        "yes" if entry.medical else "no",
        entry.inspection,
        "" if entry.valid_from is None else entry.valid_from.isoformat(),
        entry.legal_ref,
    )


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)
