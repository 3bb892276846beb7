"""What bans, stops and their like refuse, and under which conditions a visit is held.

Readings that the rules left open: `no_contact` and `child_protection` refuse whomever they
are put on, a child or not; `closed` concerns short and long visits only; where a restriction
names classes of things, it refuses those things and nobody, so it says nothing of a visit.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.codes import ReasonCode, RestrictionKind, Service
from kiosk.rules.asked import Asked
from kiosk.rules.days import day_of
from kiosk.rules.decision import Reason
from kiosk.rules.facts import RestrictionFacts
from kiosk.rules.kinds import GOODS, ON_DUTY

_ORDERED = {
    RestrictionKind.NO_CONTACT: ReasonCode.NO_CONTACT,
    RestrictionKind.CHILD_PROTECTION: ReasonCode.CHILD_PROTECTION,
    RestrictionKind.CLOSED: ReasonCode.CLOSED_VISIT,
    RestrictionKind.PRE_INFO: ReasonCode.PRE_INFO,
}


def in_force(asked: Asked) -> list[RestrictionFacts]:
    """Those that concern this prisoner and service now."""
    facts = asked.facts
    return [
        one
        for one in facts.restrictions
        if one.prisoner in (None, facts.prisoner.file_number)
        and one.kind is not RestrictionKind.NON_ASSOCIATION
        and means(one, facts.service)
        and one.span.holds(asked.at)
    ]


def means(one: RestrictionFacts, service: Service) -> bool:
    """Whether it is about `service`: named, or "*" and not somebody on duty."""
    return service in one.services or ("*" in one.services and service not in ON_DUTY)


def refuses(one: RestrictionFacts, service: Service) -> bool:
    """Whether it keeps out whom it concerns, and not only a thing."""
    if one.goods is not None or one.kind is RestrictionKind.PRE_INFO:
        return False
    return one.kind is not RestrictionKind.CLOSED or service is Service.LONG_VISIT


def refuses_things(one: RestrictionFacts, service: Service) -> bool:
    return one.goods is not None and service in GOODS and one.kind not in _CONDITIONS


_CONDITIONS = (RestrictionKind.CLOSED, RestrictionKind.PRE_INFO)


def conditions(asked: Asked, holding: list[RestrictionFacts]) -> Iterator[Reason]:
    """What binds a visit that passes, of those who ask."""
    people = {None, *(one.person for one in asked.facts.people)}
    for one in holding:
        closed = one.kind is RestrictionKind.CLOSED
        binds = asked.facts.service is Service.SHORT_VISIT if closed else True
        if one.kind in _CONDITIONS and one.goods is None and binds and one.person in people:
            yield told(asked, one)


def told(asked: Asked, one: RestrictionFacts) -> Reason:
    """A restriction as a reason, with the rule behind it and its own days."""
    zone, span = asked.facts.zone, one.span
    return asked.rules.reason(
        _code(one),
        one.person,
        until=day_of(span.until_at - 1, zone) if span.until_at is not None else None,
        restriction=one.restriction,
        since=day_of(span.from_at, zone) if span.from_at is not None else None,
        ground=one.ground,
    )


def _code(one: RestrictionFacts) -> ReasonCode:
    if one.kind in _ORDERED:
        return _ORDERED[one.kind]
    if one.person is not None:
        return ReasonCode.BANNED
    if one.prisoner is not None:
        return ReasonCode.PRISONER_RESTRICTED
    return ReasonCode.FACILITY_RESTRICTION
