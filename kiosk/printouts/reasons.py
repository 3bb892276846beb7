"""Why not today, as a paper may say it: the reasons of a notice and of a ticket.

A paper says only what its holder may know. Where the prisoner is (isolator, quarantine,
hospital, court, another prison) stands on the officer's screen; on paper all of it is one
sentence with a date, and none of these reasons can be told from another by its words or
by its reference to the law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kiosk.codes import ReasonCode, Service
from kiosk.papers import PaperReason
from kiosk.printouts.layout import Element, Line
from kiosk.printouts.words import day
from kiosk.rules.kinds import GOODS
from kiosk.text import N_, fill, in_language

# Reasons that tell where the prisoner is.
WITHHELD = frozenset(
    {
        ReasonCode.NOT_IN_PRISON,
        ReasonCode.PRISONER_AWAY,
        ReasonCode.ISOLATOR,
        ReasonCode.QUARANTINE,
    }
)
# Of a visit, and of a package. The second two have no date.
NOT_FOR_NOW = (N_("No visits are given for now."), N_("No packages are taken for now."))
NOT_GIVEN = (
    N_("The visit cannot be given. Please ask the head of the facility."),
    N_("The package cannot be taken. Please ask the head of the facility."),
)

SENTENCES = {
    ReasonCode.COUNT_EXHAUSTED: N_("The visits of this year are used up: {used} / {limit}."),
    ReasonCode.MONTHLY_EXHAUSTED: N_("The visits of this month are used up: {used} / {limit}."),
    ReasonCode.NO_RULE: N_("The rules provide for no such visit."),
    ReasonCode.BANNED: N_("Visits are forbidden to you."),
    ReasonCode.DOCUMENT_EXPIRED: N_(
        "The document is out of date: {until}. Bring one that is valid."
    ),
    ReasonCode.DOCUMENT_WITHDRAWN: N_(
        "The document is withdrawn from use. Bring one that is valid."
    ),
    ReasonCode.NO_ADULT: N_("A child comes in only with an adult."),
    ReasonCode.TOO_MANY_ADULTS: N_("Adults at one visit: {limit} at most."),
    ReasonCode.ALREADY_INSIDE: N_("You are inside already, by another visit."),
    ReasonCode.DUPLICATE_TODAY: N_("The visit of today has taken place already."),
}
# What a package has a sentence of its own for.
OF_GOODS = {
    ReasonCode.COUNT_EXHAUSTED: N_("The packages of this year are used up: {used} / {limit}."),
    ReasonCode.MONTHLY_EXHAUSTED: N_(
        "The packages of this month are used up: {used} / {limit}."
    ),
    ReasonCode.NO_RULE: N_("The rules provide for no such package."),
    ReasonCode.BANNED: N_("You may hand in no packages."),
}


def as_told(reasons: Iterable[PaperReason]) -> Iterator[PaperReason]:
    """`reasons` as the holder may know them: those about the prisoner's place become one."""
    withheld = [reason for reason in reasons if reason.code in WITHHELD]
    if withheld:
        last = max(withheld, key=lambda reason: reason.free_from or date.max)
        yield PaperReason(ReasonCode.ISOLATOR, last.rule, "", free_from=last.free_from)
    yield from (reason for reason in reasons if reason.code not in WITHHELD)


def told(reasons: Iterable[PaperReason], service: Service, language: str) -> Iterator[Element]:
    """Each of `reasons` (as told) in one language, with its rule and its day."""
    for number, reason in enumerate(reasons, start=1):
        yield Line(f"{number}. {sentence(reason, service, language)}", indent=3)
        further = _rule_and_day(reason, language)
        if further:
            yield Line(further, start=3, indent=3)


def sentence(reason: PaperReason, service: Service, language: str) -> str:
    """What stands against `service`, with the name of whom it concerns."""
    say = in_language(language)
    of_goods = service in GOODS
    if reason.code in WITHHELD:
        return say((NOT_FOR_NOW if reason.free_from else NOT_GIVEN)[of_goods])
    said = (OF_GOODS if of_goods else SENTENCES).get(reason.code, SENTENCES[reason.code])
    filled = fill(
        say(said),
        used="–" if reason.used is None else reason.used,
        limit="–" if reason.limit is None else reason.limit,
        until=day(reason.until) if reason.until else "–",
    )
    return f"{reason.name}: {filled}" if reason.name else filled


def _rule_and_day(reason: PaperReason, language: str) -> str:
    say = in_language(language)
    parts = []
    if reason.rule:
        parts.append(fill(say(N_("Rule {rule}.")), rule=reason.rule))
    if reason.since:
        parts.append(fill(say(N_("Ban of {day}.")), day=day(reason.since)))
    if reason.free_from:
        parts.append(fill(say(N_("Possible from {day}.")), day=day(reason.free_from)))
    elif reason.code is ReasonCode.BANNED:
        parts.append(say(N_("No end is set.")))
    return " ".join(parts)
