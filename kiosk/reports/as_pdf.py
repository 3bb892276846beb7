"""A register as pages to print and to file: A4 across, the heads on each, pages numbered.

The font is embedded, so that Ң, Ө and Ү are there on any machine.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import zip_longest
from typing import BinaryIO

from fpdf import FPDF

from kiosk.clock import local
from kiosk.reports.as_table import headings
from kiosk.reports.table import Report, Writing, shown

_FONT = "DejaVuSansCondensed"
_WIDTH, _HEIGHT, _MARGIN = 297.0, 210.0, 10.0  # mm
_SIZE, _ROW = 7.0, 3.1  # points, mm
_GAP = 1.2  # mm, between columns
_LAST = _HEIGHT - _MARGIN - 2 * _ROW  # the foot stands below


def write(report: Report, writing: Writing, out: BinaryIO) -> None:
    pages = _Pages(report, writing)
    for row in report.rows(writing):
        pages.add([shown(cell) for cell in row.cells])
    out.write(pages.end())


class _Pages:
    """Fills page after page; a row is never parted unless it is longer than a page."""

    def __init__(self, report: Report, writing: Writing) -> None:
        self._report, self._writing = report, writing
        now = writing.desk.clock.now()
        self._made = f"{local(now, writing.desk.zone):%d.%m.%Y %H:%M}"
        self._pdf = pdf = FPDF("landscape", "mm", "A4")
        with importlib.resources.as_file(
            importlib.resources.files("kiosk.reports") / "fonts" / f"{_FONT}.ttf"
        ) as font:
            pdf.add_font(_FONT, fname=font)
        pdf.set_auto_page_break(False)
        pdf.set_title(writing.say(report.title))
        pdf.set_creator("Gatebook")
        pdf.set_lang(writing.language)
        pdf.set_creation_date(datetime.fromtimestamp(now / 1000, UTC))
        self._letters: dict[str, float] = {}
        self._places = list(self._columns())
        self._heads = [
            self._wrapped(writing.say(one.head), at)
            for one, at in zip(report.columns, self._places, strict=True)
        ]
        self._y = 0.0
        self._page()

    def add(self, cells: list[str]) -> None:
        wrapped = [
            self._wrapped(cell, at) for cell, at in zip(cells, self._places, strict=True)
        ]
        rows = list(zip_longest(*wrapped, fillvalue=""))
        if self._y + len(rows) * _ROW > _LAST:
            self._page()
        for row in rows:
            if self._y + _ROW > _LAST:
                self._page()
            self._y += _ROW
            for (x, _width), text in zip(self._places, row, strict=True):
                if text:
                    self._pdf.text(x, self._y, text)
        self._y += _ROW / 4
        self._line(self._y)
        self._y += _ROW / 4

    def end(self) -> bytes:
        return bytes(self._pdf.output())

    # ---- pages

    def _page(self) -> None:
        pdf = self._pdf
        pdf.add_page()
        pdf.set_font(_FONT, size=_SIZE + 2)
        self._y = _MARGIN
        for text in headings(self._report, self._writing):
            pdf.text(_MARGIN, self._y + 1, text)
            self._y += _ROW * 1.4
        pdf.set_font(_FONT, size=_SIZE)
        pdf.text(_MARGIN, _HEIGHT - _MARGIN, self._made)
        pdf.text(_WIDTH - 2 * _MARGIN, _HEIGHT - _MARGIN, str(pdf.page_no()))
        rows = list(zip_longest(*self._heads, fillvalue=""))
        pdf.set_fill_color(225)
        pdf.rect(_MARGIN, self._y, _WIDTH - 2 * _MARGIN, (len(rows) + 0.5) * _ROW, style="F")
        for row in rows:
            self._y += _ROW
            for (x, _width), text in zip(self._places, row, strict=True):
                pdf.text(x, self._y, text)
        self._y += _ROW / 2

    def _line(self, y: float) -> None:
        self._pdf.set_draw_color(190)
        self._pdf.set_line_width(0.1)
        self._pdf.line(_MARGIN, y, _WIDTH - _MARGIN, y)

    # ---- columns

    def _columns(self) -> Iterator[tuple[float, float]]:
        """Left edge and width of each, in mm: the page shared out by their letters."""
        columns = self._report.columns
        room = _WIDTH - 2 * _MARGIN - _GAP * (len(columns) - 1)
        letters = sum(one.width for one in columns)
        x = _MARGIN
        for one in columns:
            width = room * one.width / letters
            yield x, width
            x += width + _GAP

    def _wrapped(self, text: str, place: tuple[float, float]) -> list[str]:
        """`text` broken at spaces; a word wider than its column is broken where that ends."""
        room, lines, line = place[1], [], ""
        for word in text.split():
            longer = f"{line} {word}" if line else word
            if self._wide(longer) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while self._wide(line) > room and len(line) > 1:
                fits = next(
                    n
                    for n in range(len(line) - 1, 0, -1)
                    if n == 1 or self._wide(line[:n]) <= room
                )
                lines.append(line[:fits])
                line = line[fits:]
        return [*lines, line] if line else lines or [""]

    def _wide(self, text: str) -> float:
        """In mm. Letters are measured once each: their sum is the text, without kerning."""
        return sum(map(self._letter, text))

    def _letter(self, letter: str) -> float:
        width = self._letters.get(letter)
        if width is None:
            self._pdf.set_font(_FONT, size=_SIZE)
            width = self._letters[letter] = self._pdf.get_string_width(letter)
        return width
