"""What stands against those who ask to enter: each alone, then the group."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kiosk.codes import ReasonCode, Service
from kiosk.rules.ages import adult_from
from kiosk.rules.days import day_after, day_of
from kiosk.rules.decision import Reason
from kiosk.rules.entitlement import Rows, rows_for
from kiosk.rules.facts import DocumentFacts, Facts, PersonFacts, RestrictionFacts
from kiosk.rules.kinds import GOODS, ON_DUTY
from kiosk.rules.prisoner import turns_adult
from kiosk.rules.rule_set import Limit, Period, RuleSet


def about_person(
    one: PersonFacts, facts: Facts, rules: RuleSet, day: date, at: int
) -> Iterable[Reason]:
    for ban in facts.restrictions:
        if ban.person == one.person and bans(ban, facts.service, at):
            yield banned(ban, facts, rules, one.person)
    if one.document is not None:
        if is_withdrawn(one.document):
            yield rules.reason(ReasonCode.DOCUMENT_WITHDRAWN, one.person)
        if one.document.expires is not None and one.document.expires < day:
            yield rules.reason(
                ReasonCode.DOCUMENT_EXPIRED, one.person, until=one.document.expires
            )
    if facts.service in GOODS:
        return
    if one.inside:
        yield rules.reason(ReasonCode.ALREADY_INSIDE, one.person)
    if day in one.met_on:
        yield rules.reason(ReasonCode.DUPLICATE_TODAY, one.person, free_from=day_after(day))


def is_withdrawn(document: DocumentFacts) -> bool:
    """Whether the document is a Kyrgyz ID card of the series AN, withdrawn in 2024.

    Typed by hand the series may stand in Cyrillic letters.
    """
    series = document.number.replace(" ", "").upper()[:2]
    return document.country == "KGZ" and series in ("AN", "АН")


def bans(ban: RestrictionFacts, service: Service, at: int) -> bool:
    return ban.span.holds(at) and (
        service in ban.services or ("*" in ban.services and service not in ON_DUTY)
    )


def banned(ban: RestrictionFacts, facts: Facts, rules: RuleSet, person: str | None) -> Reason:
    reference = rules.reference(ReasonCode.BANNED)
    from_at, until_at = ban.span.from_at, ban.span.until_at
    until = day_of(until_at - 1, facts.zone) if until_at is not None else None
    return Reason(
        ReasonCode.BANNED,
        reference.code,
        reference.legal_ref,
        person=person,
        free_from=day_after(until) if until is not None else None,
        until=until,
        restriction=ban.restriction,
        since=day_of(from_at, facts.zone) if from_at is not None else None,
        ground=ban.ground,
    )


# ---- the group


def about_group(
    facts: Facts,
    rules: RuleSet,
    rows: Rows,
    alone: list[tuple[Reason, ...]],
    day: date,
) -> Iterable[Reason]:
    """A child needs an adult who goes in; of the adults the first named go in."""
    if facts.service in GOODS:
        return
    adults = [_is_adult(one, day) for one in facts.people]
    good = [adult and not reasons for adult, reasons in zip(adults, alone, strict=True)]
    if not any(good):
        leader = _first_leader(facts, alone, day)
        for one, adult in zip(facts.people, adults, strict=True):
            if not adult:
                yield rules.reason(ReasonCode.NO_ADULT, one.person, free_from=leader)
    row = rows.get((Limit.MAX_ADULTS, Period.EACH))
    if row is None or row.value is None:
        return
    room = row.value
    for one, passes in zip(facts.people, good, strict=True):
        if passes and room <= 0:
            yield Reason(
                ReasonCode.TOO_MANY_ADULTS,
                row.code,
                row.legal_ref,
                person=one.person,
                free_from=_day_with_places(facts, rules, day),
                used=sum(adults),
                limit=row.value,
            )
        room -= passes


def _is_adult(one: PersonFacts, day: date) -> bool:
    """Whether the person is an adult on `day`. An unknown birth makes no adult of them."""
    adult = adult_from(one.birth)
    return adult is not None and adult <= day


def _first_leader(facts: Facts, alone: list[tuple[Reason, ...]], day: date) -> date | None:
    """The first day on which somebody of the group may lead: grown up, and free themselves."""
    free: list[date] = []
    for one, reasons in zip(facts.people, alone, strict=True):
        ends = [adult_from(one.birth), *(reason.free_from for reason in reasons)]
        known = [end for end in ends if end is not None]
        if len(known) == len(ends):
            free.append(max(known))
    return min((end for end in free if end > day), default=None)


def _day_with_places(facts: Facts, rules: RuleSet, day: date) -> date | None:
    """The day on which all adults of the group have a place.

    Grown-ups never grow fewer, so only another row gives room: when the prisoner, a child
    until then, is an adult.
    """
    adult = turns_adult(facts, day)
    if adult is None:
        return None
    rows = rows_for(rules, facts.service, facts.prisoner, adult)
    row = rows.get((Limit.MAX_ADULTS, Period.EACH))
    if row is None or row.value is None:
        return adult
    return adult if sum(_is_adult(one, adult) for one in facts.people) <= row.value else None
