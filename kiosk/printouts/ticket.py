"""The queue ticket with the early answer: may it be today, and if not, why and when.

It lies about and is called out aloud, so it names nobody: neither the visitor nor the prisoner,
whose file number is enough for the window.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kiosk.codes import Outcome
from kiosk.papers import TicketBody
from kiosk.printouts.layout import Align, Element, Line, Pair, Rule, Terms
from kiosk.printouts.reasons import as_told, told
from kiosk.printouts.words import (
    Languages,
    copy_mark,
    day,
    each,
    foot,
    for_visitor,
    labels,
    moment,
    weight,
)
from kiosk.rules.kinds import GOODS
from kiosk.text import N_, in_language

ANSWERS = {
    Outcome.ALLOWED: N_("MAY PASS TODAY."),
    Outcome.OVERRIDDEN: N_("MAY PASS TODAY."),
    Outcome.PARTLY: N_("NOT EVERYBODY MAY PASS TODAY."),
    Outcome.REFUSED: N_("NOT TODAY."),
}
PACKAGE_TODAY = {
    True: N_("A package is taken today."),
    False: N_("No package is taken today."),
}


def elements(ticket: TicketBody) -> Iterator[Element]:
    """The ticket as it stands on a roll of any width."""
    languages = for_visitor(ticket)
    yield Pair(ticket.site_name, moment(ticket.issued_at))
    yield Terms(each(N_("QUEUE"), languages), align=Align.CENTER, bold=True)
    yield from copy_mark(ticket, languages)
    yield Line(ticket.ticket, Align.CENTER, bold=True, tall=True, wide=True)
    yield Terms(labels(ticket.service, languages))
    if ticket.file_number:
        yield Terms(each(N_("File"), languages), ticket.file_number)
    if ticket.service not in GOODS:
        yield Terms(each(N_("People"), languages), str(ticket.people))
    reasons = tuple(replace(reason, name="") for reason in as_told(ticket.reasons))
    for language in languages:
        say = in_language(language)
        yield Rule()
        if ticket.answer is None:
            yield Line(say(N_("Whether it may be today is said at the window.")))
        else:
            yield Line(say(ANSWERS[ticket.answer]), bold=True)
        yield from told(reasons, ticket.service, language)
        if ticket.package_today is not None:
            yield Line(say(PACKAGE_TODAY[ticket.package_today]))
        if reasons:
            yield Line(say(N_("You may come to the window and have it explained.")))
    yield Rule()
    yield from _facts(ticket, languages)
    yield from foot(ticket)


def _facts(ticket: TicketBody, languages: Languages) -> Iterator[Element]:
    """The numbers and days, once."""
    if ticket.next_allowed:
        yield Terms(
            each(N_("First possible day"), languages), day(ticket.next_allowed), bold=True
        )
    if ticket.limit is not None:
        yield Terms(
            each(N_("This year"), languages), f"{ticket.used or 0} / {ticket.limit}", bold=True
        )
    if ticket.grams_left is not None:
        yield Terms(
            each(N_("At most"), languages), weight(ticket.grams_left, languages), bold=True
        )
    yield Terms(each(N_("Before you"), languages), str(ticket.ahead))
    if ticket.minutes is not None:
        yield Terms(each(N_("About, in minutes"), languages), str(ticket.minutes))
