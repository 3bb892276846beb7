"""Lays a paper out for the width of its roll: nothing ever runs over the edge.

A printout is a list of elements; `compose` breaks them into rows that fit. One character
is one column of the paper (two when it is wide), which a thermal printer's fixed fonts
make true for every letter of the papers' languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from kiosk import text

# Columns of font A: 576 dots on an 80 mm roll, 384 on a 58 mm roll.
COLUMNS = {"80": 48, "58": 32}

CUT_OFF = "…"
# The longest thing worth repeating on a paper; what is longer is cut off, never the paper.
_LONGEST = 400
# A count is one word: "3 / 3" must not be torn at the end of a row.
_WORD = re.compile(r"\d+ / \d+\S*|\S+")


class Align(Enum):
    LEFT = auto()
    CENTER = auto()
    RIGHT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """Text in words; what does not fit goes on below.

    The first row begins after `start` columns, the others after `indent`. `rows` limits how
    many rows it may take; the rest is cut off with an ellipsis.
    """

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    tall: bool = False
    wide: bool = False
    start: int = 0
    indent: int = 0
    rows: int = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """A label at the left edge, its value at the right, or below when both do not fit."""

    left: str
    right: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line from edge to edge."""

    of: str = "-"


@dataclass(frozen=True, slots=True)
class Blank:
    """Empty rows."""

    rows: int = 1


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code in the middle, with what it holds in letters below."""

    data: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of the paper."""


Element = Line | Pair | Rule | Blank | Qr | Cut


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row; `text` fits the columns, counted double when `wide`."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    tall: bool = False
    wide: bool = False


Printed = Row | Qr | Cut


def compose(elements: Iterable[Element], columns: int) -> tuple[Printed, ...]:
    """`elements` as rows of at most `columns` columns."""
    return tuple(printed for element in elements for printed in _compose(element, columns))


def on_paper(given: str) -> str:
    """`given` as letters that take one column each.

    Cleaned again, although the register holds clean text: a paper may be older than a rule
    of cleaning, and a control character in a name must never steer a printer. Marks that
    NFC could not join to their letter have no column of their own and are dropped.
    """
    cleaned = text.clean(given, _LONGEST)
    if cleaned.isascii():
        return cleaned
    return "".join(letter for letter in cleaned if unicodedata.category(letter)[0] != "M")


def _compose(element: Element, columns: int) -> Iterator[Printed]:
    match element:
        case Line():
            yield from _wrapped(element, columns)
        case Pair(left, right, bold):
            yield from _facing(on_paper(left), on_paper(right), bold, columns)
        case Rule(of):
            yield Row(of * columns)
        case Blank(rows):
            for _ in range(rows):
                yield Row("")
        case Qr():
            yield element
            if element.caption:
                yield Row(_fitted(on_paper(element.caption), columns), Align.CENTER)
        case Cut():
            yield element


def _wrapped(line: Line, columns: int) -> Iterator[Row]:
    width = columns // 2 if line.wide else columns
    lines = _words(on_paper(line.text), width, line.start, line.indent)
    if len(lines) > line.rows:
        lines = [*lines[: line.rows - 1], _fitted(f"{lines[line.rows - 1]}{CUT_OFF}", width)]
    for words in lines:
        yield Row(words, line.align, line.bold, line.tall, line.wide)


def _words(sentence: str, width: int, start: int = 0, indent: int = 0) -> list[str]:
    """`sentence` broken at spaces; a word longer than a row is broken where the row ends."""
    lines: list[str] = []
    row = " " * start
    for word in _WORD.findall(sentence):
        if row.strip() and len(row) + 1 + len(word) <= width:
            row = f"{row} {word}"
            continue
        if row.strip():
            lines.append(row)
            row = " " * indent
        while len(row) + len(word) > width:
            room = width - len(row)
            lines.append(row + word[:room])
            word = word[room:]
            row = " " * indent
        row += word
    if row.strip() or not lines:
        lines.append(row.rstrip())
    return lines


def _facing(left: str, right: str, bold: bool, columns: int) -> Iterator[Row]:
    if len(left) + 2 + len(right) <= columns:
        yield Row(left + right.rjust(columns - len(left)), bold=bold)
        return
    yield from (Row(words, bold=bold) for words in _words(left, columns))
    yield from (Row(words, Align.RIGHT, bold=bold) for words in _words(right, columns))


def _fitted(letters: str, width: int) -> str:
    return letters if len(letters) <= width else letters[: width - 1].rstrip() + CUT_OFF
