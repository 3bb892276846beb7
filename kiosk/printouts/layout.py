"""Lays a paper out for the width of its roll: nothing ever runs over the edge.

A printout is a list of elements; `compose` breaks them into rows that fit. One letter is one
column of the paper, an East Asian one two; both count double in a wide row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import zip_longest

from kiosk import text

# Columns of font A: 576 dots on an 80 mm roll, 384 on a 58 mm roll.
COLUMNS = {"80": 48, "58": 32}

CUT_OFF = "…"
BESIDE = " / "  # between the languages of one label
# Between two halves that are torn apart; every code page has it. Half of a narrower roll
# has no room for a barcode.
TEAR = " | "
BOTH_HALVES = 48
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
class Terms:
    """One thing in every language of the paper, and perhaps its value at the right edge.

    The languages stand side by side where the roll is wide enough, else below one another.
    """

    words: tuple[str, ...]
    value: str = ""
    align: Align = Align.LEFT
    bold: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Halves:
    """Two halves to be torn apart: side by side on an 80 mm roll, else below one another.

    Only text in its plain width; a row of both is bold or tall when one of them is.
    """

    left: tuple[Element, ...]
    right: tuple[Element, ...]


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
class Barcode:
    """CODE128 of `data` (ASCII), with what it holds in letters below.

    In the middle; at an edge it stays in its half of an 80 mm roll (two dots a module).
    """

    data: str
    caption: str = ""
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of the paper."""


Element = Line | Pair | Terms | Halves | Rule | Blank | Qr | Barcode | Cut


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row; `text` fits the columns, counted double when `wide`."""

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    tall: bool = False
    wide: bool = False


Printed = Row | Qr | Barcode | Cut


def compose(elements: Iterable[Element], columns: int) -> tuple[Printed, ...]:
    """`elements` as rows of at most `columns` columns."""
    return tuple(printed for element in elements for printed in _compose(element, columns))


def on_paper(given: str) -> str:
    """`given` as letters that take one column each.

    Cleaned again, although the register holds clean text: a paper may be older than a rule
    of cleaning, and a control character in a name must never steer a printer. Marks that
    NFC could not join to their letter have no column of their own and are dropped.
    """
    cleaned = text.clean(given, _LONGEST + 1)
    if len(cleaned) > _LONGEST:
        cleaned = cleaned[: _LONGEST - 1].rstrip() + CUT_OFF
    if cleaned.isascii():
        return cleaned
    return "".join(letter for letter in cleaned if unicodedata.category(letter)[0] != "M")


def columns_of(letters: str) -> int:
    """How many columns `letters` take: two each that is wide in East Asian type, else one."""
    if letters.isascii():
        return len(letters)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in letters)


def _compose(element: Element, columns: int) -> Iterator[Printed]:
    match element:
        case Line():
            yield from _wrapped(element, columns)
        case Pair(left, right, bold):
            yield from _facing(on_paper(left), on_paper(right), bold, columns)
        case Terms():
            yield from _terms(element, columns)
        case Halves(left_half, right_half):
            yield from _halves(left_half, right_half, columns)
        case Rule(of):
            yield Row((of * columns)[:columns].rstrip())
        case Blank(rows):
            for _ in range(rows):
                yield Row("")
        case Qr(_, caption):
            yield element
            if caption:
                yield Row(_fitted(on_paper(caption), columns), Align.CENTER)
        case Barcode(_, caption, align):
            yield element
            if caption:
                yield Row(_fitted(on_paper(caption), columns), align)
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
        if row.strip() and columns_of(row) + 1 + columns_of(word) <= width:
            row = f"{row} {word}"
            continue
        if row.strip():
            lines.append(row)
            row = " " * indent
        while columns_of(row) + columns_of(word) > width:
            fits = _first_columns(word, width - columns_of(row))
            lines.append(row + fits)
            word = word[len(fits) :]
            row = " " * indent
        row += word
    if row.strip() or not lines:
        lines.append(row.rstrip())
    return lines


def _facing(left: str, right: str, bold: bool, columns: int) -> Iterator[Row]:
    if row := _in_one_row(left, right, columns):
        yield Row(row, bold=bold)
        return
    yield from (Row(words, bold=bold) for words in _words(left, columns))
    if right:
        yield from (Row(words, Align.RIGHT, bold=bold) for words in _words(right, columns))


def _in_one_row(left: str, right: str, columns: int) -> str:
    """Both at their edges; "" when they do not fit."""
    if not right:
        return left if columns_of(left) <= columns else ""
    between = columns - columns_of(left) - columns_of(right)
    return left + " " * between + right if between >= 2 else ""


def _terms(terms: Terms, columns: int) -> Iterator[Row]:
    words = [on_paper(one) for one in terms.words]
    value, margin = on_paper(terms.value), " " * terms.indent
    if row := _in_one_row(margin + BESIDE.join(words), value, columns):
        yield Row(row, terms.align, terms.bold)
        return
    first, others = words[0], words[1:]
    if value and (row := _in_one_row(margin + first, value, columns)):
        yield Row(row, bold=terms.bold)
        words, value = others, ""
    elif row := _in_one_row(margin + BESIDE.join(words), "", columns):
        yield Row(row, terms.align, terms.bold)
        words = []
    for word in words:
        wrapped = Line(
            word, terms.align, terms.bold, start=terms.indent, indent=terms.indent + 1, rows=4
        )
        yield from _wrapped(wrapped, columns)
    if value:
        yield from _wrapped(Line(value, Align.RIGHT, terms.bold, rows=4), columns)


def _halves(
    left: tuple[Element, ...], right: tuple[Element, ...], columns: int
) -> Iterator[Printed]:
    if columns < BOTH_HALVES:
        yield from compose([*left, Rule("- "), *right], columns)
        return
    width = (columns - len(TEAR)) // 2
    rows = [
        [row for row in compose(half, width) if isinstance(row, Row)] for half in (left, right)
    ]
    for one, other in zip_longest(*rows, fillvalue=Row("")):
        yield Row(
            (_aligned(one, width) + TEAR + _aligned(other, width)).rstrip(),
            bold=one.bold or other.bold,
            tall=one.tall or other.tall,
        )


def _aligned(row: Row, width: int) -> str:
    room = width - columns_of(row.text)
    before = {Align.LEFT: 0, Align.CENTER: room // 2, Align.RIGHT: room}[row.align]
    return " " * before + row.text + " " * (room - before)


def _fitted(letters: str, width: int) -> str:
    if columns_of(letters) <= width:
        return letters
    return _first_columns(letters, width - 1).rstrip() + CUT_OFF


def _first_columns(letters: str, width: int) -> str:
    """As many of the first `letters` as `width` columns hold."""
    taken = 0
    for at, letter in enumerate(letters):
        taken += columns_of(letter)
        if taken > width:
            return letters[:at]
    return letters
