"""The paper journals' counts of the running period: what each prisoner has used so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.codes import Service
from kiosk.lists import cells, words
from kiosk.lists.faults import Fault, Rejected
from kiosk.lists.heads import columns, headed
from kiosk.lists.prisoners import Cells, table_of
from kiosk.lists.table import Cell, Row, content
from kiosk.text import N_

COLUMNS = columns(
    {
        "file_no": (
            "file number,№ дела,номер дела,дело,личное дело,№ личного дела,"
            "номер личного дела,л/д,№ л/д,өздүк иш,иштин номери"
        ),
        "service": "услуга,вид,вид услуги,вид свидания,свидание,кызмат,түрү",
        "pieces": "count,number,количество,кол-во,использовано,число,раз,саны",
        "grams": "weight,вес,граммы,граммов,г,грамм,салмагы",
    },
    needed=(("file_no",), ("service",), ("pieces",)),
)
# More visits than days of a year, more than a ton: a slip of the finger.
_MOST_PIECES = 366
_MOST_GRAMS = 1_000_000


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """What one prisoner used of one service in the running period; grams where it counts."""

    line: int
    file_number: str = field(repr=False)
    service: Service
    pieces: int
    grams: int


@dataclass(frozen=True, slots=True)
class BalanceList:
    """As `lists.prisoners.PrisonerList`, of balances."""

    name: str
    file_hash: bytes
    written_in: str
    heads: Mapping[str, str]
    unknown: tuple[str, ...]
    lines: tuple[BalanceLine, ...] = field(repr=False)
    rejected: tuple[Rejected, ...] = field(repr=False)

    @property
    def rows(self) -> int:
        return len(self.lines) + len(self.rejected)


def read(path: Path) -> BalanceList:
    """The list in a file. Raises Invalid for a file that is no such list."""
    data, file_hash = content(path)
    table = headed(table_of(data, COLUMNS), COLUMNS)
    lines: list[BalanceLine] = []
    refused: list[Rejected] = []
    seen: dict[tuple[str, Service], int] = {}
    for row in table.rows:
        row_cells = Cells(table, row)
        line = _line(row, row_cells)
        if line is not None:
            before = seen.setdefault((line.file_number, line.service), row.line)
            if before != row.line:
                fault = Fault(N_("The same stands in line {line} as well."), line=before)
                row_cells.faults.append(("file_no", fault))
        if line is None or row_cells.faults:
            refused.append(row_cells.rejected())
        else:
            lines.append(line)
    return BalanceList(
        path.name,
        file_hash,
        table.written_in,
        table.heads,
        table.unknown,
        tuple(lines),
        tuple(refused),
    )


def _line(row: Row, row_cells: Cells) -> BalanceLine | None:
    row_cells.must_fit()
    file_number = row_cells.read("file_no", cells.file_number, "")
    service = row_cells.read("service", _service, None)
    pieces = row_cells.read("pieces", lambda cell: cells.whole(cell, _MOST_PIECES), 0)
    grams = row_cells.read("grams", lambda cell: cells.whole(cell, _MOST_GRAMS), 0)
    if service is None:
        return None
    return BalanceLine(row.line, file_number, service, pieces, grams)


def _service(cell: Cell) -> Service:
    text = cells.text_of(cell)
    if not text:
        raise Fault(N_("The service is missing."))
    return words.code_of(text, words.SERVICE)
