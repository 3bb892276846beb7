"""Letters that a printer is taught for one paper: user-defined characters (ESC &, ESC %).

They take the codes of ASCII characters that this paper does not have, so a taught letter
costs one byte wherever it stands and nothing has to be switched in between. With Ң ң Ө ө
Ү ү taught, CP866 prints Kyrgyz.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from devices.printers.codepages import CodePage
from devices.printers.drawing import without_commands
from devices.printers.letter_case import CELL_HEIGHT, CELL_WIDTH, picture

# What CP866 lacks of Kyrgyz, then the signs that sentences in Kyrgyz and Russian have.
_TAUGHT = "ҢңӨөҮү«»–—…“”„‘’"
# Rarest first. One ESC & defines a range, so neighbours are cheaper.
_CODES = b"[\\]^_`{|}~;<=>@#$%&*+!\"'?"


def codes_for(rows: Iterable[str], page: CodePage) -> dict[str, int]:
    """The code of each letter that is taught for a paper of `rows`: what the `page` lacks."""
    had = set().union(*rows)
    wanted = (letter for letter in _TAUGHT if letter in had and page.byte(letter) is None)
    free = (code for code in _CODES if chr(code) not in had)
    return dict(zip(wanted, free, strict=False))


def definitions(codes: dict[str, int]) -> bytes:
    """The commands that teach the printer `codes` and switch them on; nothing for none.

    ESC @ makes it forget them.
    """
    if not codes:
        return b""
    letters = {code: letter for letter, code in codes.items()}
    first = [code for code in sorted(letters) if code - 1 not in letters]
    taught = bytearray()
    for start, following in pairwise([*first, 256]):
        block = [code for code in sorted(letters) if start <= code < following]
        # ESC & y c1 c2: y bytes of 8 dots make a column; then its width and columns each.
        taught += b"\x1b&" + bytes((CELL_HEIGHT // 8, block[0], block[-1]))
        for code in block:
            taught += bytes((CELL_WIDTH,)) + _columns(letters[code])
    return bytes(taught) + b"\x1b%\1"


def _columns(letter: str) -> bytes:
    """The picture of `letter` column by column, the uppermost dot in the highest bit."""
    rows = picture(letter)
    columns = bytearray()
    for shift in reversed(range(CELL_WIDTH)):
        dots = 0
        for row in rows:
            dots = dots << 1 | (row >> shift & 1)
        columns += dots.to_bytes(CELL_HEIGHT // 8)
    return without_commands(bytes(columns))
