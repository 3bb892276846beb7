"""How long people waited, by hour and by kind: half, nine of ten, and the longest."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk import wording
from kiosk.reports.table import Column, Report, Row, Writing
from kiosk.services import waiting_times
from kiosk.text import N_
from kiosk.values.waiting import WaitingLine

_BAR = 13
"""Columns of the longest bar: the longest median."""


def _rows(writing: Writing) -> Iterator[Row]:
    asked = writing.asked
    lines = waiting_times.between(writing.desk, asked.from_day, asked.to_day, asked.service)
    most = max((one.median for one in lines), default=0)
    for one in lines:
        yield Row(
            (
                _what(writing, one),
                one.tickets,
                one.median,
                one.p90,
                one.longest,
                "█" * (one.median * _BAR // most) if most else "",
            )
        )


def _what(writing: Writing, one: WaitingLine) -> str:
    if one.hour is not None:
        return f"{one.hour:02d}:00–{one.hour + 1:02d}:00"
    if one.service is not None:
        return wording.label(one.service, writing.translate)
    return writing.say(N_("all"))


WAITING = Report(
    N_("WAITING TIMES, MINUTES"),
    (
        Column(N_("hour, kind"), 24, 22),
        Column(N_("called"), 8, 8),
        Column(N_("half within"), 12, 12),
        Column(N_("9 of 10"), 10, 8),
        Column(N_("longest"), 10, 8),
        Column(N_("as a bar"), _BAR, 13, drawn=True),
    ),
    _rows,
)
