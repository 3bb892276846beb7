"""The installer's test page: the same sentences in every text mode, so that the eye picks one.

Every heading is a line of config.toml as it would be written there, in ASCII, which all
printers have. Whatever comes out wrong under it is not this printer's way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from textwrap import wrap

from devices.printers.codepages import EPSON, CodePages, TextMode
from devices.printers.escpos import Cutting, Page

# With every letter of the two alphabets, large and small where they differ.
KYRGYZ = (
    "Өмүрбек уулу Эңилчек: ӨөҮүҢң",
    "АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ",
    "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
)
RUSSIAN = ("№ 27 «Съешь ещё этих мягких французских булок, да выпей чаю» —",)

# Makers number CP866 as they please (python-escpos's profiles name these); page 53 is the
# only number that is known of KZ-1048.
CP866_NUMBERS = (17, 7, 10, 11, 37, 59)
COLUMNS = (32, 42, 48)
CODE = "SAMPLE012345"


def trial_page(
    pages: CodePages = EPSON,
    *,
    columns: int = 48,
    qr_module: int = 6,
    cutting: Cutting = Cutting.PARTIAL,
) -> bytes:
    """The bytes of the page. The first call imports the byte builder, as `Page` does.

    `pages`, `columns`, `qr_module` and `cutting` are what config.toml says now.
    """
    sheets = [
        *_modes(pages, columns),
        *_code_pages(pages, columns),
        _rulers(columns),
        _codes(columns, qr_module, cutting),
    ]
    return b"".join(sheet.output for sheet in sheets)


def _modes(pages: CodePages, columns: int) -> Iterator[Page]:
    for mode in TextMode:
        sheet = Page(mode, pages, columns=columns)
        sheet.line(f'text_mode = "{mode}"', bold=True)
        for sentence in (*KYRGYZ, *RUSSIAN):
            for row in wrap(sentence, columns):
                sheet.line(row)
        sheet.line("Өмүр", bold=True, tall=True, wide=True)
        sheet.line("")
        yield sheet


def _code_pages(pages: CodePages, columns: int) -> Iterator[Page]:
    """A row under every number that a page may have; the configured ones first."""
    heading = Page(TextMode.RASTER, columns=columns)
    heading.line("[printer.codepages]", bold=True)
    yield heading
    for number in dict.fromkeys((pages.kz1048, EPSON.kz1048)):
        sheet = Page(TextMode.KZ1048, replace(pages, kz1048=number), columns=columns)
        sheet.line(f"kz1048 = {number:<3} ЖЫЙЯжыйя ӨөҮүҢң №")
        yield sheet
    for number in dict.fromkeys((pages.cp866, *CP866_NUMBERS)):
        sheet = Page(TextMode.TRANSLIT, replace(pages, cp866=number), columns=columns)
        sheet.line(f"cp866  = {number:<3} ЖЫЙЯжыйя Ёё №")
        yield sheet


def _rulers(columns: int) -> Page:
    sheet = Page(TextMode.RASTER, columns=columns)
    sheet.line("")
    for number in COLUMNS:
        if number <= columns:
            sheet.line(f"columns = {number}", bold=True)
            sheet.line("".join(str(at % 10) for at in range(1, number + 1)))
    return sheet


def _codes(columns: int, qr_module: int, cutting: Cutting) -> Page:
    sheet = Page(TextMode.RASTER, columns=columns, qr_module=qr_module, cutting=cutting)
    sheet.line("")
    sheet.qr(CODE)
    sheet.line("")
    sheet.barcode(CODE)
    sheet.line(CODE, align="center")
    sheet.cut()
    return sheet
