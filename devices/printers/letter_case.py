"""The case of type: one small picture for every character, out of a compressed file.

`letters.bin` is made by `type_foundry` and read as it is needed: of 256 neighbouring
characters at a time, about 4 kB, so that a drawn name costs no megabyte. Its parts:

    2 bytes     how many blocks there are
    9 bytes a block: its number (character >> 8; 2), where it begins (4), its length (3)
    the blocks, each compressed by zlib: 256 bytes that say how many bytes the picture of
    each character has, then the pictures one after another

A picture of 36 bytes is 12 x 24 dots, ready (DejaVu Sans Mono); one of 16 or 32 bytes is
8 x 16 or 16 x 16 dots (Unifont). Rows from the top, the leftmost dot in the highest bit.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from devices.printers.codepages import columns_of

FILE = Path(__file__).with_name("letters.bin")

# A cell of the printer's font A.
CELL_WIDTH, CELL_HEIGHT = 12, 24

Rows = tuple[int, ...]
"""The 24 rows of a picture, `columns_of` its character x 12 bits wide."""


@lru_cache(maxsize=1024)
def picture(character: str) -> Rows:
    """The picture of `character`; what no font has is a box with its number in it."""
    if character == " ":
        return (0,) * CELL_HEIGHT
    block, place = divmod(ord(character), 256)
    cut = _block(block)[place]
    columns = columns_of(character)
    match len(cut):
        case 0:
            box = _box(ord(character))
            return box if columns == 1 else tuple(map(doubled, box))
        case 36:
            whole = int.from_bytes(cut)
            return tuple(whole >> 12 * row & 0xFFF for row in reversed(range(CELL_HEIGHT)))
        case 16:
            narrow = [_grown(row, 8) for row in cut]
            # In the middle of its two columns.
            return _grown_rows([row << 6 for row in narrow] if columns == 2 else narrow)
        case _:
            broad = [int.from_bytes(cut[at : at + 2]) for at in range(0, 32, 2)]
            fit = _grown if columns == 2 else _squeezed
            return _grown_rows([fit(row, 16) for row in broad])


@lru_cache(maxsize=16)
def _block(number: int) -> tuple[bytes, ...]:
    """The pictures of 256 characters as they lie in the file; empty for those it lacks."""
    with FILE.open("rb") as file:
        count = int.from_bytes(file.read(2))
        index = file.read(9 * count)
        for at in range(0, 9 * count, 9):
            if int.from_bytes(index[at : at + 2]) == number:
                file.seek(int.from_bytes(index[at + 2 : at + 6]))
                block = zlib.decompress(file.read(int.from_bytes(index[at + 6 : at + 9])))
                ends = list(accumulate(block[:256], initial=256))
                return tuple(block[ends[i] : ends[i + 1]] for i in range(256))
    return (b"",) * 256


def _grown(row: int, width: int) -> int:
    """Half as wide again: of two dots a b three, a (a or b) b. Every stroke of one dot gets
    two, wherever it stands, and no gap closes."""
    grown = 0
    for at in range(width - 2, -1, -2):
        a, b = row >> at + 1 & 1, row >> at & 1
        grown = grown << 3 | a << 2 | (a | b) << 1 | b
    return grown


def _grown_rows(rows: list[int]) -> Rows:
    """Half as high again, in the same way."""
    grown: list[int] = []
    for a, b in zip(rows[::2], rows[1::2], strict=True):
        grown += (a, a | b, b)
    return tuple(grown)


def _squeezed(row: int, width: int) -> int:
    """Three dots for each four: what Unifont sets broad but has one column on our paper."""
    squeezed = 0
    for at in range(width - 4, -1, -4):
        a, b, c, d = (row >> at + place & 1 for place in (3, 2, 1, 0))
        squeezed = squeezed << 3 | a << 2 | (b | c) << 1 | d
    return squeezed


def doubled(row: int) -> int:
    """Each dot twice."""
    return int(f"{row:b}".translate({48: "00", 49: "11"}), 2)


# Digits of 3 x 5 dots, five rows each, a row an octal digit.
_DIGITS = "75557262277174771717557117471774757711227575775717257556565634443655567464774644"


def _box(number: int) -> Rows:
    """A frame with the number in hexadecimal, two digits a row, as Unifont shows it."""
    digits = f"{number:04X}" if number < 0x10000 else f"{number:06X}"
    frame, side = 0xFFE, 0x802
    inside: list[int] = []
    for left, right in zip(digits[::2], digits[1::2], strict=True):
        for a, b in zip(_dots_of(left), _dots_of(right), strict=True):
            inside.append(side | a << 7 | b << 3)
        inside.append(side)
    above = (20 - len(inside) + 1) // 2
    rows = [side] * above + inside
    rows += [side] * (20 - len(rows))
    return (0, frame, *rows, frame, 0)


def _dots_of(digit: str) -> list[int]:
    first = 5 * int(digit, 16)
    return [int(row, 8) for row in _DIGITS[first : first + 5]]
