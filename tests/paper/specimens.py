"""Hand-made bytes of a printer, command by command from Epson's reference."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from tests.paper.drawn_letters import KYRGYZ
from tests.paper.elements import CELL_HEIGHT, CELL_WIDTH, Dots

# ESC @, FS ., ESC t 53; and a partial cut.
BEGIN = b"\x1b@\x1c.\x1bt\x35"
CUT = b"\x1dV\x01"

# The reference's own: "No." in code set B, then 12 34 56 in code set C.
EPSON_CODE128 = b"\x1dk\x49\x0a\x7b\x42\x4e\x6f\x2e\x7b\x43\x0c\x22\x38"


def bitmap(rows: Sequence[str]) -> Dots:
    """`#` is a dot."""
    width = len(rows[0])
    packed = b"".join(
        int("".join("1" if dot == "#" else "0" for dot in row), 2).to_bytes(width // 8, "big")
        for row in rows
    )
    return Dots(width, len(rows), packed)


def picture(dots: Dots) -> bytes:
    """GS v 0 of `dots`."""
    sizes = (dots.width // 8).to_bytes(2, "little") + dots.height.to_bytes(2, "little")
    return b"\x1dv0\0" + sizes + dots.packed


def qr(payload: str) -> bytes:
    """GS ( k: model 2, squares of six dots, correction M, stored, printed."""
    data = payload.encode()
    store = (len(data) + 3).to_bytes(2, "little") + b"1P0" + data
    return (
        b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1"
        b"\x1d(k" + store + b"\x1d(k\x03\x001Q0"
    )  # fmt: skip


def _column_by_column(letter: str) -> bytes:
    cell = Image.new("L", (CELL_WIDTH, CELL_HEIGHT))
    font = ImageFont.truetype("DejaVuSansMono.ttf", 20)
    ImageDraw.Draw(cell).text((0, 0), letter, 255, font)
    columns = [
        sum(1 << CELL_HEIGHT - 1 - y for y in range(CELL_HEIGHT) if cell.getpixel((x, y)) > 100)
        for x in range(CELL_WIDTH)
    ]
    return bytes((CELL_WIDTH,)) + b"".join(column.to_bytes(3, "big") for column in columns)


# ESC & 3, from 21 to 26: the six Kyrgyz letters in place of ! to &.
DEFINED = b"\x1b&\x03\x21\x26" + b"".join(_column_by_column(letter) for letter in KYRGYZ)
