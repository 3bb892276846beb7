"""A case → the facts of its decision, as they were known at the moment of the request.

Readings that the format left open: a relation of a kind that is not close kin is other kin;
without a status event that has begun the prisoner is not yet admitted, whatever `admitted`
says, which only begins the year; rules that a case adds stand before those of the set where
both rank alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from kiosk.codes import Relation, Service, Sex
from kiosk.rules.cases.format import (
    AddedRule,
    Case,
    Number,
    Permission,
    Person,
    Restriction,
)
from kiosk.rules.cases.history import uses
from kiosk.rules.cases.times import BadCase, began, birth, day, moment, span
from kiosk.rules.days import day_of
from kiosk.rules.facts import (
    DocumentFacts,
    Facts,
    Item,
    PermissionFacts,
    PersonFacts,
    PrisonerFacts,
    RelationFacts,
    RestrictionFacts,
    SessionFacts,
    StatusEvent,
)
from kiosk.rules.kinds import GOODS
from kiosk.rules.rule_set import UNNAMED, RuleRow, Scope

# The law counts adoption as kinship by blood.
_KIN = {
    **{one.value: one for one in Relation},
    "adopter": Relation.PARENT,
    "adopted": Relation.CHILD,
}
_SERVICES = frozenset({"*", *(one.value for one in Service)})
_NO_WEIGHT = 0


def facts_of(case: Case, zone: ZoneInfo) -> Facts:
    """Raises BadCase."""
    request = case.request
    at = moment(request.at, "request.at")
    file_number = case.prisoner.file_no
    pairs = [set(pair) for pair in case.non_associations if file_number in pair]
    session = request.session
    return Facts(
        service=request.service,
        at=at,
        zone=zone,
        prisoner=_prisoner(case, at, zone),
        people=tuple(_person(one, case, at, zone) for one in request.people),
        uses=uses(case.history, at, zone),
        restrictions=tuple(_restrictions(case, at, zone)),
        non_associated=frozenset[str]().union(*pairs) - {file_number},
        blocked_dates=frozenset(day(one, "blocked_dates") for one in case.blocked_dates),
        session=SessionFacts(
            session.id,
            session.places,
            session.taken,
            frozenset(session.others),
            session.blocked,
        )
        if session is not None
        else None,
        swap_from=request.swap_from,
        grams=_grams(request.grams),
        items=tuple(
            Item(one.id, one.goods_class or "", _grams(one.grams))
            for one in request.items or ()
        ),
        individual=tuple(_row(one) for one in case.rules_added),
        period_start=case.settings.period_start,
        min_interval=case.settings.min_interval,
    )


def _prisoner(case: Case, at: int, zone: ZoneInfo) -> PrisonerFacts:
    one = case.prisoner
    admitted = day(one.admitted, "prisoner.admitted") if one.admitted is not None else None
    statuses = [
        StatusEvent(
            event.kind,
            began(event.at, "status_events.at", zone),
            span(None, event.until, "status_events.until", zone).until_at,
        )
        for event in one.status_events
    ]
    return PrisonerFacts(
        file_number=one.file_no,
        category=one.category,
        regime=one.regime,
        condition=one.condition,
        sex=one.sex or Sex.UNSPECIFIED,
        birth=birth(one.birth, "prisoner.birth"),
        admitted=admitted,
        statuses=tuple(event for event in statuses if event.from_at <= at),
        medical=frozenset(one.medical),
    )


def _person(one: Person, case: Case, at: int, zone: ZoneInfo) -> PersonFacts:
    relation, document = one.relation, one.document
    return PersonFacts(
        person=one.id,
        birth=birth(one.birth, "people.birth"),
        lead=one.lead,
        document=DocumentFacts(
            "KGZ",
            document.series or "",
            day(document.expiry, "document.expiry") if document.expiry is not None else None,
        )
        if document is not None
        else None,
        relation=RelationFacts(
            _KIN.get(relation.kind, Relation.OTHER_KIN),
            relation.approved,
            relation.prisoner_consent,
            span(relation.first, relation.last, "relation", zone),
        )
        if relation is not None
        else None,
        permissions=tuple(
            _permission(paper, number, zone)
            for number, paper in enumerate(one.permissions or (), 1)
        ),
        inside=any(
            who.person == one.id
            and (who.since is None or moment(who.since, "inside.since") <= at)
            for who in case.inside
        ),
        met_on=frozenset(
            day_of(began(visit.planned, "open_visits.planned", zone), zone)
            for visit in case.open_visits
            if (visit.person, visit.prisoner) == (one.id, case.prisoner.file_no)
            and visit.service not in GOODS
        ),
    )


def _permission(paper: Permission, number: int, zone: ZoneInfo) -> PermissionFacts:
    return PermissionFacts(
        permission=str(number),
        issuer=paper.issuer or "",
        number=paper.number or "",
        prisoner=paper.prisoner or "",
        span=span(paper.first, paper.last, "permissions", zone),
        uses=paper.uses,
        used=paper.used,
    )


def _restrictions(case: Case, at: int, zone: ZoneInfo) -> Iterator[RestrictionFacts]:
    for one in case.restrictions:
        person, prisoner = _target(one)
        lifted = one.lifted_at is not None and began(one.lifted_at, "lifted_at", zone) <= at
        if not lifted:
            yield RestrictionFacts(
                restriction=one.id,
                kind=one.kind,
                services=_services(one),
                goods=frozenset(one.goods) if one.goods else None,
                span=span(one.first, one.last, "restrictions", zone),
                ground=one.ground or "",
                person=person,
                prisoner=prisoner,
            )


def _services(one: Restriction) -> frozenset[str]:
    for service in one.services or ():
        if service not in _SERVICES:
            known = ", ".join(sorted(_SERVICES))
            raise BadCase(f"restrictions: {one.id}: no service is called {service!r}: {known}")
    return frozenset(one.services or ("*",))


def _target(one: Restriction) -> tuple[str | None, str | None]:
    """Person and prisoner. Raises BadCase when one that the target needs is missing."""
    target = one.target
    needed = {"person": ("person",), "prisoner": ("prisoner",), "pair": ("person", "prisoner")}
    keys = needed.get(target.type, ())
    for key in keys:
        if getattr(target, key) is None:
            raise BadCase(f"restrictions: {one.id}: target needs the key {key}")
    return (
        target.person if "person" in keys else None,
        target.prisoner if "prisoner" in keys else None,
    )


def _row(rule: AddedRule) -> RuleRow:
    scope = rule.scope
    return RuleRow(
        rule.id,
        frozenset(rule.service),
        rule.limit,
        rule.period,
        rule.value if isinstance(rule.value, int) else None,
        rule.legal_ref or UNNAMED,
        Scope(
            prisoner_id=scope.prisoner,
            medical=scope.medical,
            sex=scope.sex,
            minor=scope.minor,
            condition=scope.condition,
            regime=scope.regime,
            category=scope.category,
        ),
    )


def _grams(weight: Number | None) -> int | None:
    """What is no positive whole number is no weight, and is judged as that."""
    if weight is None:
        return None
    return int(weight) if weight > 0 and weight == int(weight) else _NO_WEIGHT
