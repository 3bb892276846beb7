"""A register as its paper says it: the roll has no columns, so only words are handed over."""

from __future__ import annotations

from itertools import islice

from kiosk.reports import REPORTS
from kiosk.reports.table import Writing, shown
from kiosk.services.report_access import LINES_ON_PAPER

Said = tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Title, heads, and of each line its cells."""


def said(writing: Writing) -> Said:
    """No more lines than may stand on a roll, and one by which it is seen that they do not."""
    report = REPORTS[writing.asked.name]
    kept = [place for place, one in enumerate(report.columns) if not one.drawn]
    lines = tuple(
        tuple(shown(row.cells[place]) for place in kept)
        for row in islice(report.rows(writing), LINES_ON_PAPER + 1)
    )
    heads = tuple(writing.say(report.columns[place].head) for place in kept)
    return writing.say(report.title), heads, lines
