"""Prisoners whom nobody of their family visited in these days."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.reports.table import Column, Report, Row, Writing
from kiosk.services import unvisited
from kiosk.text import N_


def _rows(writing: Writing) -> Iterator[Row]:
    asked = writing.asked
    for one in unvisited.unvisited(writing.desk, asked.from_day, asked.to_day, asked.service):
        yield Row(
            (
                one.file_number,
                writing.name(one.prisoner),
                one.unit,
                one.admitted,
                one.last_day,
                (asked.to_day - one.last_day).days if one.last_day is not None else None,
            ),
            prisoner_id=one.prisoner_id,
        )


UNVISITED = Report(
    N_("NOT VISITED"),
    (
        Column(N_("file no."), 10, 10),
        Column(N_("prisoner"), 34, 24),
        Column(N_("unit"), 10, 6),
        Column(N_("here since"), 12, 10),
        Column(N_("last visit"), 12, 10),
        Column(N_("days since"), 10, 10),
    ),
    _rows,
)
