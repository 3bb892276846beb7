"""A paper on a screen: what the printer will print, one cell a column of the roll."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.printouts.layout import Align, Barcode, Cut, Printed, Qr, Row, columns_of

# Signs that console fonts have beside letters of the papers' scripts.
_SIGNS = frozenset("№«»–—…•°±─│")
_SCRIPTS = ("LATIN ", "CYRILLIC ")
# Stands for a column of a letter that the printer draws and no console has.
DRAWN = "░"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """At most as many letters as the roll has columns."""

    text: str
    bold: bool = False


def preview(printed: Iterable[Printed], columns: int) -> tuple[PreviewRow, ...]:
    """The rows of a paper as they will stand on a roll of `columns` columns.

    Wide letters are spaced out, a code is a box with what it holds, a cut is a line.
    """
    return tuple(row for one in printed for row in _shown(one, columns))


def _shown(printed: Printed, columns: int) -> Iterator[PreviewRow]:
    match printed:
        case Row(text, align, bold, _, wide):
            letters = "".join(map(_letter, text))
            if wide:
                letters = " ".join(letters)
            yield PreviewRow(_placed(letters, align, columns), bold)
        case Qr(data):
            yield from _boxed("QR", data, Align.CENTER, columns)
        case Barcode(data, _, align):
            yield from _boxed("CODE128", data, align, columns)
        case Cut():
            yield PreviewRow("─" * columns)


def _letter(letter: str) -> str:
    """`letter`, or a grey cell for each of its columns."""
    if letter.isascii() or letter in _SIGNS:
        return letter
    known = unicodedata.name(letter, "").startswith(_SCRIPTS) and columns_of(letter) == 1
    return letter if known else DRAWN * columns_of(letter)


def _placed(letters: str, align: Align, columns: int) -> str:
    room = columns - len(letters)
    before = {Align.LEFT: 0, Align.CENTER: room // 2, Align.RIGHT: room}[align]
    return " " * before + letters


def _boxed(kind: str, data: str, align: Align, columns: int) -> Iterator[PreviewRow]:
    inside = f"{kind} {data}"[: columns - 4]
    edge = "─" * (len(inside) + 2)
    for row in (f"┌{edge}┐", f"│ {inside} │", f"└{edge}┘"):
        yield PreviewRow(_placed(row, align, columns))
