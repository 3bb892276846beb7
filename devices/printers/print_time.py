"""How long a slow printer needs for a paper, computed from its bytes.

For printers that say when they are well, and not when they are done. Rather too long than
too short: a paper called printed must be out.
"""

from __future__ import annotations

import re

# Cheap 58 mm printers do 50-90 mm/s, others 150 and more (their data sheets).
SLOWEST_MM_PER_S = 50.0
CUT_S = 1.0

# An eighth of a millimetre each: 203 dpi. A line is 1/6 inch, ESC @ sets it so.
DOTS_PER_MM = 8
LINE_DOTS = 34
# GS h, as ESC @ sets it, with room for the digits below the bars.
BARCODE_DOTS = 162 + LINE_DOTS
# Version 6 holds 41 modules a side and 106 letters at level M, more than any paper has; and
# four of white on each side.
QR_MODULES = 49
QR_MODULE_DOTS = 3
KNIFE_DOTS = 6 * LINE_DOTS

# All that matters here begins with one of these.
_CONTROL = re.compile(rb"[\n\x1b\x1c\x1d]")

# Length in bytes of commands that move no paper; two where it is not said.
_LENGTHS = {
    b"\x1bt": 3, b"\x1ba": 3, b"\x1bE": 3, b"\x1b!": 3, b"\x1bM": 3, b"\x1b-": 3, b"\x1b%": 3,
    b"\x1dh": 3, b"\x1dw": 3, b"\x1dH": 3, b"\x1df": 3, b"\x1da": 3, b"\x1dr": 3, b"\x1dB": 3,
}  # fmt: skip


def seconds(paper: bytes) -> float:
    """From the moment at which the printer has all of `paper`."""
    return _dots(paper) / DOTS_PER_MM / SLOWEST_MM_PER_S + CUT_S


def _dots(paper: bytes) -> int:
    """The length of `paper` in rows of dots."""
    dots = at = 0
    height = tallest = 1
    module = QR_MODULE_DOTS
    while found := _CONTROL.search(paper, at):
        at = found.start()
        start = paper[at : at + 2]
        length = 1 if start[:1] == b"\n" else _LENGTHS.get(start, 2)
        rest = paper[at + 2 : at + 8]
        if start[:1] == b"\n":
            dots += LINE_DOTS * tallest
            tallest = height
        elif start == b"\x1d!" and rest:
            length = 3
            height = 1 + (rest[0] & 7)
            tallest = max(tallest, height)
        elif start == b"\x1bd" and rest:
            length = 3
            dots += rest[0] * LINE_DOTS
        elif start == b"\x1dv" and len(rest) == 6:
            rows = rest[4] + 256 * rest[5]
            length = 8 + (rest[2] + 256 * rest[3]) * rows
            dots += rows
        elif start == b"\x1d(" and len(rest) >= 3:
            length = 5 + rest[1] + 256 * rest[2]
            if rest[3:5] == b"1C":  # GS ( k fn 67, the size of a module
                module = paper[at + 7] if at + 7 < len(paper) else module
            elif rest[3:5] == b"1Q":  # GS ( k fn 81, print
                dots += QR_MODULES * module
        elif start == b"\x1dk" and len(rest) >= 2:
            length = 4 + rest[1]
            dots += BARCODE_DOTS
        elif start == b"\x1dV":
            length = 3
            dots += KNIFE_DOTS
        at += length
    return dots
