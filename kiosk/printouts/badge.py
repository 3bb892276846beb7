"""The badge a visitor wears and gives back: its number large, and a QR for the way out."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.papers import BadgeBody
from kiosk.printouts.layout import (
    Align,
    Blank,
    Cut,
    Element,
    Line,
    Pair,
    Printed,
    Qr,
    Rule,
    compose,
)
from kiosk.printouts.words import (
    copy_mark,
    each,
    head,
    joined,
    moment,
    prisoner_line,
    service_lines,
)
from kiosk.text import N_


def layout(badge: BadgeBody, columns: int) -> tuple[Printed, ...]:
    """The rows of `badge` on a roll of `columns` columns."""
    return compose(_elements(badge), columns)


def _elements(badge: BadgeBody) -> Iterator[Element]:
    spoken = badge.language
    yield from head(badge.site_name, joined(N_("VISITOR"), spoken))
    yield Rule("=")
    yield Line(badge.badge, Align.CENTER, bold=True, tall=True, wide=True)
    yield Rule("=")
    yield from copy_mark(badge.copy_no, badge.first_made, spoken)
    yield Line(badge.name, bold=True, tall=True, rows=4)
    yield from service_lines(badge.service, spoken)
    yield from prisoner_line(badge.prisoner, badge.file_number, spoken)
    yield Pair(joined(N_("Entered"), spoken), moment(badge.admitted_at))
    if badge.due_at:
        yield Pair(joined(N_("Leave by"), spoken), moment(badge.due_at), bold=True)
    yield Blank()
    for sentence in each(N_("Give this badge back when you leave."), spoken):
        yield Line(sentence)
    yield Blank()
    yield Qr(badge.code, caption=badge.code)
    yield Cut()
