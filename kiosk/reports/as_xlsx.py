"""A register as an Excel workbook: text is text, a day is a day, a number is a number.

So no name becomes a formula and no file number a date, whatever the settings of the machine
that opens it.
"""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from xlsxwriter import Workbook

from kiosk.reports.as_table import headings
from kiosk.reports.table import Cell, Report, Writing, shown

_HEAD = 3  # the row of the heads, from 0


def write(report: Report, writing: Writing, out: BinaryIO, folder: Path) -> None:
    """Rows wait in `folder` until the workbook is packed, never in memory, and not in a folder
    that others may read."""
    with TemporaryDirectory(dir=folder) as waiting:
        book = Workbook(out, {"constant_memory": True, "tmpdir": waiting})
        book.set_properties({"title": writing.say(report.title), "author": "Gatebook"})
        _sheet(report, writing, book)
        book.close()


def _sheet(report: Report, writing: Writing, book: Any) -> None:
    bold, day, clock = (
        book.add_format(told)
        for told in ({"bold": True}, {"num_format": "dd.mm.yyyy"}, {"num_format": "hh:mm"})
    )
    sheet = book.add_worksheet()
    kept = [place for place, one in enumerate(report.columns) if not one.drawn]
    for column, place in enumerate(kept):
        sheet.set_column(column, column, report.columns[place].width + 2)
    for row, text in enumerate(headings(report, writing)):
        sheet.write_string(row, 0, text, bold)
    for column, place in enumerate(kept):
        sheet.write_string(_HEAD, column, writing.say(report.columns[place].head), bold)
    sheet.freeze_panes(_HEAD + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)
    for number, line in enumerate(report.rows(writing), _HEAD + 1):
        for column, place in enumerate(kept):
            _cell(sheet, number, column, line.cells[place], day, clock)


def _cell(sheet: Any, row: int, column: int, cell: Cell, day: Any, clock: Any) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, time):
        sheet.write_datetime(row, column, cell, clock)
    elif cell:
        sheet.write_string(row, column, shown(cell))
