"""Why not today, as a paper may say it: the reasons of a notice and of a ticket.

A paper says only what its holder may know. Where the prisoner is (isolator, quarantine,
hospital, court, another prison) stands on the officer's screen; on paper all of it is one
sentence with a date, and none of these reasons can be told from another by its words or
by its reference to the law. Nor does a paper say that a prisoner refused somebody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kiosk.codes import ReasonCode, Service
from kiosk.papers import PaperReason
from kiosk.printouts.layout import Element, Line
from kiosk.printouts.words import day, weight
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
# What a visitor is not told: that a prisoner refused them, whom a prisoner is kept apart
# from, and what was ordered about a prisoner or to protect a child.
UNSAID = frozenset(
    {
        ReasonCode.PRISONER_REFUSES,
        ReasonCode.NON_ASSOCIATION,
        ReasonCode.PRISONER_RESTRICTED,
        ReasonCode.CHILD_PROTECTION,
    }
)

SENTENCES = {
    ReasonCode.COUNT_EXHAUSTED: N_("The visits of this year are used up: {used} / {limit}."),
    ReasonCode.MONTHLY_EXHAUSTED: N_("The visits of this month are used up: {used} / {limit}."),
    ReasonCode.MIN_INTERVAL: N_("From one visit to the next {limit} days must pass."),
    ReasonCode.NO_RULE: N_("The rules provide for no such visit."),
    ReasonCode.BANNED: N_("Visits are forbidden to you."),
    ReasonCode.NO_CONTACT: N_("Contact with this person is forbidden to you."),
    ReasonCode.FACILITY_RESTRICTION: N_("Visits are stopped for the whole facility."),
    ReasonCode.CLOSED_VISIT: N_("A long visit is not allowed."),
    ReasonCode.PRE_INFO: N_("The visit is to be announced in advance."),
    ReasonCode.NO_PERMISSION: N_("A permission of the investigator or the court is needed."),
    ReasonCode.PERMISSION_NOT_YET: N_("The permission is not in force yet."),
    ReasonCode.PERMISSION_EXPIRED: N_("The permission has run out: {until}."),
    ReasonCode.PERMISSION_USED_UP: N_("The permission is used up: {used} / {limit}."),
    ReasonCode.RELATION_NOT_CLOSE: N_("A long visit is given to close kin only."),
    ReasonCode.RELATION_NOT_APPROVED: N_("The relation is not approved."),
    ReasonCode.RELATION_NOT_YET: N_("The relation does not hold yet."),
    ReasonCode.RELATION_EXPIRED: N_("The relation holds no longer: {until}."),
    ReasonCode.DOCUMENT_EXPIRED: N_(
        "The document is out of date: {until}. Bring one that is valid."
    ),
    ReasonCode.DOCUMENT_WITHDRAWN: N_(
        "The document is withdrawn from use. Bring one that is valid."
    ),
    ReasonCode.NO_ADULT: N_("A child comes in only with an adult."),
    ReasonCode.TOO_MANY_ADULTS: N_("Adults at one visit: {limit} at most."),
    ReasonCode.ALREADY_INSIDE: N_("You are inside already, by another visit."),
    ReasonCode.DUPLICATE_TODAY: N_("There is a visit on this day already."),
    ReasonCode.SESSION_FULL: N_("No place is left at this hour."),
    ReasonCode.SESSION_BLOCKED: N_("No visits are held at this hour."),
    ReasonCode.DATE_BLOCKED: N_("No visits are held on this day."),
}
# What a package has a sentence of its own for.
OF_GOODS = {
    ReasonCode.COUNT_EXHAUSTED: N_("The packages of this year are used up: {used} / {limit}."),
    ReasonCode.MONTHLY_EXHAUSTED: N_(
        "The packages of this month are used up: {used} / {limit}."
    ),
    ReasonCode.WEIGHT_EXCEEDED: N_("Too heavy: {used}, {limit} at most."),
    ReasonCode.INVALID_WEIGHT: N_("The package has no weight that can be accepted."),
    ReasonCode.MIN_INTERVAL: N_("From one package to the next {limit} days must pass."),
    ReasonCode.NO_RULE: N_("The rules provide for no such package."),
    ReasonCode.BANNED: N_("You may hand in no packages."),
    ReasonCode.FACILITY_RESTRICTION: N_("These things are not taken in for now."),
}
# A weight of a year or a month, where pieces have the sentences above.
OF_WEIGHT = {
    ReasonCode.COUNT_EXHAUSTED: N_("The weight allowed is exceeded: {used}, {limit} at most."),
    ReasonCode.MONTHLY_EXHAUSTED: N_(
        "The weight of this month is exceeded: {used}, {limit} at most."
    ),
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
    if reason.code in WITHHELD | UNSAID:
        return say((NOT_FOR_NOW if reason.free_from else NOT_GIVEN)[of_goods])
    filled = fill(
        say(_said(reason, of_goods)),
        used=_amount(reason, reason.used, language),
        limit=_amount(reason, reason.limit, language),
        until=day(reason.until) if reason.until else "–",
    )
    return f"{reason.name}: {filled}" if reason.name else filled


def _said(reason: PaperReason, of_goods: bool) -> str:
    if reason.in_grams and reason.code in OF_WEIGHT:
        return OF_WEIGHT[reason.code]
    if of_goods and reason.code in OF_GOODS:
        return OF_GOODS[reason.code]
    return SENTENCES.get(reason.code, NOT_GIVEN[of_goods])


def _amount(reason: PaperReason, amount: int | None, language: str) -> str:
    if amount is None:
        return "–"
    return weight(amount, (language,)) if reason.in_grams else str(amount)


def _rule_and_day(reason: PaperReason, language: str) -> str:
    say = in_language(language)
    parts = []
    if reason.rule:
        parts.append(fill(say(N_("Rule {rule}.")), rule=reason.rule))
    if reason.since and reason.code not in UNSAID:
        of_day = (
            N_("Ban of {day}.") if reason.code is ReasonCode.BANNED else N_("Order of {day}.")
        )
        parts.append(fill(say(of_day), day=day(reason.since)))
    if reason.free_from:
        parts.append(fill(say(N_("Possible from {day}.")), day=day(reason.free_from)))
    elif reason.code is ReasonCode.BANNED:
        parts.append(say(N_("No end is set.")))
    return " ".join(parts)
