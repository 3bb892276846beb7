"""Draws a decoded paper dot by dot, with codes as real symbols: for zbarimg, tesseract, eyes.

Pictures and user-defined characters are drawn exactly as they were sent; what the printer
letters itself is lettered with a font. Between the codes stands only what was printed there:
the white that a reader needs around a code must come from the layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import qrcode
from barcode.charsets.code128 import CODES, STOP
from PIL import Image, ImageChops, ImageDraw, ImageFont
from qrcode import constants

from tests.paper.code128 import Code128
from tests.paper.elements import Barcode, Feed, Letter, Printed, Qr, Raster, Row

# The paper is 4 mm wider on each side than the head.
MARGIN = 32
DOTS_PER_INCH = 203


def drawn(items: Sequence[Printed], area: int) -> Image.Image:
    """The paper, 8 dots to the millimetre, black 0 on white 255; `area` is the head's dots."""
    strips = [_strip(item) for item in items]
    height = sum(strip.height for strip in strips)
    sheet = Image.new("L", (area + 2 * MARGIN, height + 2 * MARGIN), 255)
    y = MARGIN
    for item, strip in zip(items, strips, strict=True):
        align = "left" if isinstance(item, Feed) else item.align
        x = {"left": 0, "center": (area - strip.width) // 2, "right": area - strip.width}
        sheet.paste(strip, (MARGIN + x[align], y))
        y += strip.height
    return sheet


def qr_squares(qr: Qr) -> list[list[bool]]:
    """The squares of `qr`, row by row, without white around."""
    correction = getattr(constants, f"ERROR_CORRECT_{qr.correction}")
    code = qrcode.QRCode(error_correction=correction, border=0)
    code.add_data(qr.payload)
    code.make(fit=True)
    return code.get_matrix()


def _strip(item: Printed) -> Image.Image:
    match item:
        case Row():
            return _row(item)
        case Feed(dots):
            return Image.new("L", (1, dots), 255)
        case Qr():
            squares = qr_squares(item)
            side = len(squares)
            small = Image.new("L", (side, side))
            small.putdata([0 if dark else 255 for row in squares for dark in row])
            return small.resize((side * item.module,) * 2, Image.Resampling.NEAREST)
        case Barcode():
            return _barcode(item)
        case Raster():
            dots = item.dots.picture
            size = dots.width * item.width, dots.height * item.height
            return dots.resize(size, Image.Resampling.NEAREST)


def _barcode(barcode: Barcode) -> Image.Image:
    check = Code128(barcode.payload, barcode.values).check
    # The last bar of the stop is not in the library's table.
    modules = "".join(CODES[value] for value in (*barcode.values, check)) + STOP + "11"
    bars = Image.new("L", (len(modules), 1))
    bars.putdata([0 if dark == "1" else 255 for dark in modules])
    size = len(modules) * barcode.module, barcode.height
    return bars.resize(size, Image.Resampling.NEAREST)


def _row(row: Row) -> Image.Image:
    strip = Image.new("L", (max(1, row.dots), row.feed), 255)
    bottom = max(row.rise, 1)
    for letter in row.letters:
        cell = _letter(letter)
        # Letters of unlike height stand on one base line.
        box = (letter.at, min(bottom, row.feed) - cell.height)
        strip.paste(cell, box)
    return strip


def _letter(letter: Letter) -> Image.Image:
    small = letter.cell // letter.width, letter.rise // letter.height
    if letter.dots is None:
        cell = Image.new("L", small, 255)
        ImageDraw.Draw(cell).text(
            (small[0] / 2, small[1] * 0.78),
            letter.character,
            fill=0,
            font=_font(small[1] * 5 // 6),
            anchor="ms",
        )
    else:
        cell = letter.dots.picture
    if letter.bold:
        # As a printer does it: every dot once more, one to the right.
        cell = ImageChops.darker(cell, ImageChops.offset(cell, 1, 0))
    if letter.underlined:
        ImageDraw.Draw(cell).line([(0, small[1] - 1), (small[0], small[1] - 1)], fill=0)
    return cell.resize((letter.cell, letter.rise), Image.Resampling.NEAREST)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype("DejaVuSansMono.ttf", size)
    except OSError:
        return ImageFont.load_default(size)
