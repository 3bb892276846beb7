"""A register as a table of letters, for a terminal and for `less -S`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap
from typing import BinaryIO

from kiosk import wording
from kiosk.reports.table import Report, Writing, shown

_BETWEEN = "  "


def write(report: Report, writing: Writing, out: BinaryIO) -> None:
    """UTF-8; a cell that is longer than its column goes on below."""
    for line in lines(report, writing):
        out.write(line.rstrip().encode() + b"\n")


def lines(report: Report, writing: Writing) -> Iterator[str]:
    columns = report.columns
    yield from headings(report, writing)
    yield ""
    yield from _row([writing.say(one.head) for one in columns], report)
    yield _BETWEEN.join("─" * one.width for one in columns)
    for row in report.rows(writing):
        yield from _row([shown(cell) for cell in row.cells], report)


def headings(report: Report, writing: Writing) -> Iterator[str]:
    """What the register is, of whom and of when."""
    asked = writing.asked
    yield "   ".join(filter(None, (writing.say(report.title), writing.desk.site_name)))
    days = f"{wording.day_text(asked.from_day)} – {wording.day_text(asked.to_day)}"
    if asked.service is not None:
        days += f"   {wording.label(asked.service, writing.translate)}"
    yield days


def _row(cells: list[str], report: Report) -> Iterator[str]:
    wrapped = [
        wrap(cell, one.width, break_on_hyphens=False) or [""]
        for cell, one in zip(cells, report.columns, strict=True)
    ]
    for parts in zip_longest(*wrapped, fillvalue=""):
        yield _BETWEEN.join(
            part.ljust(one.width) for part, one in zip(parts, report.columns, strict=True)
        )
