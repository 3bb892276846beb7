"""A row of text as dots: the same height, width, weight and columns as the printer's own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from devices.printers.codepages import columns_of
from devices.printers.letter_case import CELL_HEIGHT, CELL_WIDTH, doubled, picture

# Epson's default line spacing is 30 dots; a picture feeds the paper by no more than itself.
LINE_SPACING = 30

_REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")


@dataclass(frozen=True, slots=True)
class Drawing:
    """One bit a dot, 1 is black, the leftmost in the highest bit; each row begins a byte."""

    bytes_a_row: int
    rows: int
    bits: bytes


def drawn(
    text: str, columns: int, *, align: str, bold: bool, tall: bool, wide: bool
) -> Drawing:
    """`text`, which fits, placed on a row of `columns` columns. White at its right is left
    out, since every byte takes its time on a serial line."""
    rows, width = _set(text, bold, wide)
    free = max(0, columns * CELL_WIDTH - width)
    left = {"left": 0, "center": free // 2, "right": free}[align]
    bytes_a_row = (left + width + 7) // 8
    shift = bytes_a_row * 8 - left - width
    lines = [(row << shift).to_bytes(bytes_a_row) for row in rows]
    if tall:
        lines = [line for line in lines for _ in range(2)]
    return Drawing(bytes_a_row, len(lines), without_commands(b"".join(lines)))


def without_commands(bits: bytes) -> bytes:
    """`bits`, with a dot more where they would be a real-time command.

    A printer obeys DLE EOT, ENQ and DC4 even among the dots of a picture (Epson's notes on
    real-time commands): one could open the drawer, or prove a paper that never came out.
    """
    return _REAL_TIME.sub(b"\x30", bits)


def _set(text: str, bold: bool, wide: bool) -> tuple[list[int], int]:
    """The rows of `text` as numbers, and their width in dots."""
    rows = [0] * CELL_HEIGHT
    width = 0
    for character in text:
        cell = CELL_WIDTH * columns_of(character)
        rows = [row << cell | dots for row, dots in zip(rows, picture(character), strict=True)]
        width += cell
    if bold:
        rows = [row | row >> 1 for row in rows]
    if wide:
        return [doubled(row) for row in rows], 2 * width
    return rows, width
