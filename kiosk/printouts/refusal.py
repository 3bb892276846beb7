"""The refusal notice: why not today, by which rule, from which day, and where to complain.

A paper says only what its holder may know. Where the prisoner is (isolator, quarantine,
hospital, court, another prison) stands on the officer's screen; on paper all of it is one
sentence with a date, and none of these reasons can be told from another by its words or
by its reference to the law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from kiosk.codes import ReasonCode, Service
from kiosk.papers import PaperReason, RefusalBody
from kiosk.printouts.layout import (
    Align,
    Blank,
    Cut,
    Element,
    Line,
    Pair,
    Printed,
    Rule,
    compose,
)
from kiosk.printouts.words import (
    copy_mark,
    day,
    head,
    joined,
    moment,
    paper_languages,
    prisoner_line,
)
from kiosk.text import N_, fill, in_language
from kiosk.wording import LABELS

# Reasons that tell where the prisoner is.
WITHHELD = frozenset(
    {
        ReasonCode.NOT_IN_PRISON,
        ReasonCode.PRISONER_AWAY,
        ReasonCode.ISOLATOR,
        ReasonCode.QUARANTINE,
    }
)
NOT_FOR_NOW = N_("No visits are given for now.")
NOT_GIVEN = N_("The visit cannot be given. Please ask the head of the facility.")

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


def layout(notice: RefusalBody, columns: int) -> tuple[Printed, ...]:
    """The rows of `notice` on a roll of `columns` columns."""
    return compose(_elements(notice), columns)


def _elements(notice: RefusalBody) -> Iterator[Element]:
    spoken = notice.language
    reasons = tuple(_as_told(notice.reasons))
    yield from head(notice.site_name, joined(N_("NOTICE"), spoken))
    yield Pair(notice.number, moment(notice.refused_at), bold=True)
    yield from copy_mark(notice.copy_no, notice.first_made, spoken)
    yield Rule()
    for name in notice.names:
        yield Line(name, bold=True, indent=2)
    yield from prisoner_line(notice.prisoner, notice.file_number, spoken)
    for language in paper_languages(spoken):
        yield Blank()
        yield from _told(notice, reasons, language)
    yield Rule()
    if notice.next_allowed:
        yield Line(joined(N_("First possible day"), spoken), Align.CENTER, bold=True)
        yield Line(day(notice.next_allowed), Align.CENTER, bold=True, tall=True, wide=True)
        yield Blank()
    yield from _law(reasons, spoken)
    yield Pair(notice.officer, joined(N_("Signature"), spoken) + " ________")
    yield Cut()


def _told(
    notice: RefusalBody, reasons: tuple[PaperReason, ...], language: str
) -> Iterator[Element]:
    """The notice in one language: what, every reason, the way to complain."""
    say = in_language(language)
    service = say(LABELS[Service][notice.service])
    yield Line(fill(say(N_("Not possible today: {service}.")), service=service), bold=True)
    for number, reason in enumerate(reasons, start=1):
        yield Line(f"{number}. {_sentence(reason, language)}", indent=3)
        further = _rule_and_day(reason, language)
        if further:
            yield Line(further, start=3, indent=3)
    yield Line(
        say(
            N_(
                "Complaints: to the head of the facility, the prosecutor, the Ombudsman. "
                "A complaint costs nothing."
            )
        )
    )


def _sentence(reason: PaperReason, language: str) -> str:
    say = in_language(language)
    if reason.code in WITHHELD:
        return say(NOT_FOR_NOW if reason.free_from else NOT_GIVEN)
    sentence = fill(
        say(SENTENCES[reason.code]),
        used="–" if reason.used is None else reason.used,
        limit="–" if reason.limit is None else reason.limit,
        until=day(reason.until) if reason.until else "–",
    )
    return f"{reason.name}: {sentence}" if reason.name else sentence


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


def _law(reasons: tuple[PaperReason, ...], spoken: str) -> Iterator[Element]:
    """The law behind each rule, once; a set of the prison quotes it in its own language."""
    quoted = dict.fromkeys((r.rule, r.legal_ref) for r in reasons if r.legal_ref)
    if not quoted:
        return
    yield Line(joined(N_("By law"), spoken) + ":")
    for rule, legal_ref in quoted:
        source = joined(legal_ref, spoken)
        yield Line(f"{rule}: {source}" if rule else source, indent=2)
    yield Blank()


def _as_told(reasons: Iterable[PaperReason]) -> Iterator[PaperReason]:
    """`reasons` as the holder may know them: those about the prisoner's place become one."""
    withheld = [reason for reason in reasons if reason.code in WITHHELD]
    if withheld:
        last = max(withheld, key=lambda reason: reason.free_from or date.max)
        yield replace(last, code=ReasonCode.ISOLATOR, legal_ref="", name="", until=None)
    yield from (reason for reason in reasons if reason.code not in WITHHELD)
