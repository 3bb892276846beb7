"""Rows of a text file: comma, semicolon or tab, in whatever letters it is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from kiosk.errors import Invalid
from kiosk.lists.letters import NAMES, encoding_of
from kiosk.lists.table import MOST_LINES, Row, Scores, Table, too_many_lines
from kiosk.text import N_

# The heads stand somewhere in these lines, below a title.
HEAD_LINES = 50
# The first one wins where nothing tells them apart.
_SEPARATORS = {";": ";", "\t": "tab", ",": ","}


def read(data: bytes, scores: Scores) -> Table:
    """The table of a text file, in the encoding and with the separator that fit best."""
    encoding = encoding_of(data)

    def score(separator: str) -> int:
        try:
            head = list(islice(_rows(data, encoding, separator), HEAD_LINES))
        except Invalid:
            return 0
        return max((scores(row.cells) for row in head), default=0)

    separator = max(_SEPARATORS, key=score)
    written_in = f"{NAMES[encoding]} ({_SEPARATORS[separator]})"
    return Table(written_in, _rows(data, encoding, separator))


def _rows(data: bytes, encoding: str, separator: str) -> Iterator[Row]:
    text = io.TextIOWrapper(io.BytesIO(data), encoding, "replace", newline="")
    lines = csv.reader(text, delimiter=separator)
    begins = 1
    while True:
        try:
            cells = next(lines, None)
        except csv.Error as error:
            raise Invalid(
                "file",
                N_("In line {line} a cell does not end. Is a quotation mark missing?"),
                line=begins,
            ) from error
        if cells is None:
            return
        if lines.line_num > MOST_LINES:
            raise too_many_lines()
        if cells:
            yield Row(begins, tuple(cells))
        begins = lines.line_num + 1
