"""Says which letter a drawn cell shows, by comparing its dots with the letters of a font.

A second opinion on user-defined characters and drawn rows: nothing is known here of how they
were drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.paper.elements import CELL_HEIGHT, CELL_WIDTH, Dots

Cell = NDArray[np.float32]

UNKNOWN = "\ufffd"
KYRGYZ = "ҢңӨөҮү"
CYRILLIC = "".join(map(chr, range(0x410, 0x450))) + "Ёё" + KYRGYZ
SIGNS = "0123456789.,:;/|()+-–—=_№«»\"'…•%*#&<>!?"
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_RARE = "№«»–—…“”„‘’•ӘәҒғҚқҰұҺһҲҳҶҷЇїЄєҐґЎў"
_PRINTED = CYRILLIC + LATIN + SIGNS
READABLE = frozenset(_PRINTED + " ")
"""What `read_cell` tells apart, but for letters of one look."""

# What no eye tells apart in one row.
_ALIKE = str.maketrans("ABCEHKMOPTXYaceopxyЗз0ӨѲlI|Ү–—'", "АВСЕНКМОРТХУасеорху33ОӨӨIIIҮ--,")
_SIZES = (19, 20, 21)
_BASE_LINE = 19
# Below this the dots are of no letter, or of one that was drawn quite otherwise.
_LIKENESS = 0.75


def named(dots: Dots) -> str:
    """The letter that a user-defined character shows; `\ufffd` is like none known here.

    Never one of ASCII: those every printer has.
    """
    return _likeliest(_cell(dots.picture), CYRILLIC + _RARE) or UNKNOWN


def read_cell(ink: NDArray[np.bool_]) -> str:
    """The letter of one drawn cell (True is a dot), a space for none; `\ufffd` is like no
    letter of the papers' languages."""
    if not ink.any():
        return " "
    picture = Image.fromarray(np.where(ink, 0, 255).astype(np.uint8))
    return _likeliest(_cell(picture), _PRINTED) or UNKNOWN


def alike(text: str) -> str:
    """`text` with letters of one look made one."""
    return text.translate(_ALIKE)


def _likeliest(cell: Cell, alphabet: str) -> str:
    letters, drawn = _drawn(alphabet)
    likeness = np.max([drawn @ moved - cost for moved, cost in _moved(cell)], axis=0)
    best = int(np.argmax(likeness))
    return letters[best] if likeness[best] >= _LIKENESS else ""


def _moved(cell: Cell) -> Iterator[tuple[Cell, float]]:
    """`cell` a little beside its place; far moves cost, or a small letter is a capital."""
    for down in (-2, -1, 0, 1, 2):
        for right in (-1, 0, 1):
            yield _unit(np.roll(cell, (down, right), (0, 1))), 0.02 * (abs(down) + abs(right))


@cache
def _drawn(alphabet: str) -> tuple[str, Cell]:
    """Each letter at some sizes, one a row of the array."""
    letters, cells = "", []
    for size in _SIZES:
        font = ImageFont.truetype("DejaVuSansMono.ttf", size)
        for letter in alphabet:
            for bold in (False, True):
                cell = Image.new("L", (CELL_WIDTH, CELL_HEIGHT), 255)
                pen = ImageDraw.Draw(cell)
                # Dots are black or white.
                pen.fontmode = "1"
                pen.text((0, _BASE_LINE), letter, 0, font, "ls")
                if bold:
                    pen.text((1, _BASE_LINE), letter, 0, font, "ls")
                letters += letter
                cells.append(_unit(_cell(cell)))
    return letters, np.array(cells)


def _cell(picture: Image.Image) -> Cell:
    """Ink from 0 to 1, a little blurred: a dot beside its place is nearly right."""
    blurred = picture.filter(ImageFilter.GaussianBlur(0.5))
    return 1 - np.asarray(blurred, np.float32) / 255


def _unit(cell: Cell) -> Cell:
    flat = cell.ravel() - cell.mean()
    return flat / max(float(np.linalg.norm(flat)), 1e-6)
