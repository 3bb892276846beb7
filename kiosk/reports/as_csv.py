"""A register as csv, as Excel in Kyrgyz and Russian settings opens it by a double click.

There the comma parts decimals, so Excel expects semicolons between cells; without the mark at
its beginning it takes UTF-8 for Windows-1251. Days are 24.11.2026. A name may be typed so that
a spreadsheet takes it for a formula, which could send the sheet away: such a text gets an
apostrophe in front (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from kiosk.reports.table import Cell, Report, Writing, shown
from kiosk.values import Name

# The wide forms are taken for the plain ones under East Asian settings.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write(report: Report, writing: Writing, out: BinaryIO) -> None:
    """UTF-8 with its mark, semicolons, CR LF. The heads are the first line."""
    text = io.TextIOWrapper(out, "utf-8-sig", newline="", write_through=True)
    try:
        rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
        kept = [place for place, one in enumerate(report.columns) if not one.drawn]
        rows.writerow([safe(writing.say(report.columns[place].head)) for place in kept])
        for row in report.rows(writing):
            rows.writerow([safe(row.cells[place]) for place in kept])
    finally:
        text.detach()  # who gave the file closes it


def safe(cell: Cell) -> str:
    """The text of a cell that no spreadsheet takes for a formula."""
    text = shown(cell)
    dangerous = isinstance(cell, str | Name) and text.startswith(_BEGINS_A_FORMULA)
    return f"'{text}" if dangerous else text
