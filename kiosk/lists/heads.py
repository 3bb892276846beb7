"""The heads of a list: which column is which, in whatever words, order and line they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice

from kiosk.errors import Invalid
from kiosk.lists.table import Cell, Row, Scores, Table
from kiosk.lists.text_table import HEAD_LINES
from kiosk.text import N_, clean

_BETWEEN = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Words as they are compared: small letters, е for ё, one space between, № as n."""
    text = clean(text, 300).casefold().replace("ё", "е").replace("№", " n ")
    return _BETWEEN.sub(" ", text).strip()


@dataclass(frozen=True, slots=True)
class Columns:
    """What a list may consist of: for each column the heads that mean it.

    `needed`: sets of columns of which the list must have at least one each.
    """

    heads: Mapping[str, str]
    """By a head as `plain` has it, the column."""
    needed: tuple[tuple[str, ...], ...]

    @property
    def scores(self) -> Scores:
        def score(cells: Iterable[Cell]) -> int:
            return len(
                {plain(cell) for cell in cells if isinstance(cell, str)} & self.heads.keys()
            )

        return score


def columns(heads: Mapping[str, str], needed: tuple[tuple[str, ...], ...]) -> Columns:
    """`heads`: for each column its heads, with commas between."""
    return Columns(
        {
            plain(head): column
            for column, written in heads.items()
            for head in (column, *written.split(","))
        },
        needed,
    )


@dataclass(frozen=True, slots=True)
class Headed:
    """A table whose heads were found.

    `places`: where each column stands; `heads`: its head as the file has it; `unknown`: heads
    that mean nothing here. `rows`: what stands below.
    """

    written_in: str
    places: Mapping[str, int]
    heads: Mapping[str, str]
    unknown: tuple[str, ...]
    width: int
    rows: Iterator[Row] = field(repr=False)


def headed(table: Table, known: Columns) -> Headed:
    """Finds the line of heads. Raises Invalid when there is none, or one is there twice."""
    rows = table.rows
    first = list(islice((row for row in rows if not row.is_blank), HEAD_LINES))
    found = max(range(len(first)), key=lambda at: known.scores(first[at].cells), default=None)
    if found is None or not known.scores(first[found].cells):
        raise Invalid(
            "file",
            N_("There are no heads. The first line of the list names its columns: {names}."),
            names=_named(known.needed),
        )
    head = first[found]
    places: dict[str, int] = {}
    unknown: list[str] = []
    width = 0
    for place, cell in enumerate(head.cells):
        text = clean(cell, 40) if isinstance(cell, str) else f"{cell:%d.%m.%Y}"
        column = known.heads.get(plain(text))
        if text:
            width = place + 1
        if column is None:
            if text:
                unknown.append(text)
        elif column in places:
            raise Invalid(
                "file",
                N_("The head {name} stands twice in line {line}. Take one of them out."),
                name=text,
                line=head.line,
            )
        else:
            places[column] = place
    missing = [either for either in known.needed if places.keys().isdisjoint(either)]
    if missing:
        raise Invalid(
            "file",
            N_("The heads in line {line} lack: {names}."),
            line=head.line,
            names=_named(missing),
        )
    heads = {column: clean(str(head.cells[place]), 40) for column, place in places.items()}
    below = chain(first[found + 1 :], rows)
    return Headed(
        table.written_in,
        places,
        heads,
        tuple(unknown),
        width,
        (row for row in below if not (row.is_blank or _repeats(row, head) or _counts(row))),
    )


def _named(needed: Iterable[tuple[str, ...]]) -> str:
    return ", ".join(either[0] for either in needed)


def _repeats(row: Row, head: Row) -> bool:
    """Heads again, at the top of a printed page."""
    return row.cells == head.cells


def _counts(row: Row) -> bool:
    """The line below the heads that numbers the columns: 1, 2, 3."""
    texts = [cell.strip() for cell in row.cells if isinstance(cell, str) and cell.strip()]
    return len(texts) > 2 and texts == [str(number + 1) for number in range(len(texts))]
