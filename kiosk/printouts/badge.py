"""The badge a visitor wears and gives back: its number large, and a QR for the way out."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.papers import BadgeBody
from kiosk.printouts.layout import Align, Blank, Cut, Element, Line, Qr, Rule, Terms
from kiosk.printouts.words import (
    copy_mark,
    each,
    for_visitor,
    labels,
    moment,
    prisoner_lines,
)
from kiosk.text import N_


def elements(badge: BadgeBody) -> Iterator[Element]:
    """The badge as it stands on a roll of any width."""
    languages = for_visitor(badge)
    yield Line(badge.site_name, Align.CENTER, rows=3)
    yield Terms(each(N_("VISITOR"), languages), align=Align.CENTER, bold=True)
    yield Rule("=")
    yield Line(badge.badge, Align.CENTER, bold=True, tall=True, wide=True)
    yield Rule("=")
    yield from copy_mark(badge, languages)
    yield Line(badge.name, bold=True, tall=True, rows=4)
    yield Terms(labels(badge.service, languages))
    yield from prisoner_lines(badge, languages)
    if badge.room:
        yield Terms(each(N_("Room"), languages), badge.room, bold=True)
    if badge.tag:
        yield Terms(each(N_("Deposit"), languages), badge.tag)
    yield Terms(each(N_("Entered"), languages), moment(badge.admitted_at))
    if badge.signed_by:
        yield Terms(each(N_("By exception, signed"), languages), badge.signed_by)
    if badge.due_at:
        yield Terms(each(N_("Leave by"), languages), moment(badge.due_at), bold=True)
    yield Blank()
    for sentence in each(N_("Give this badge back when you leave."), languages):
        yield Line(sentence)
    yield Blank()
    yield Qr(badge.code, caption=badge.code)
    yield Cut()
