"""Gathers what the rules may know about a request: from the register, at one moment."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from kiosk.badge_code import MEMBERS_AT_MOST
from kiosk.codes import Service, Status
from kiosk.errors import Invalid
from kiosk.rules.facts import Facts, PersonFacts, PrisonerFacts, StatusEvent
from kiosk.rules.rule_set import RuleRow, Scope
from kiosk.rules.terms import Medical
from kiosk.services import (
    individual,
    known,
    ledger,
    meetings,
    permissions,
    prisoners,
    relations,
    restrictions,
    same,
    sessions,
)
from kiosk.services.asking import Asking, everybody
from kiosk.services.desk import Desk
from kiosk.services.standing import Standing
from kiosk.text import N_
from kiosk.values import PrisonerCard, VisitRequest

__all__ = ["VISITS", "Asking", "Gathered", "about", "gather", "granted", "prisoner_facts"]

VISITS = frozenset(service for service in Service if service.value.endswith("_visit"))


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts for the rules, and the people behind their ids."""

    facts: Facts
    prisoner: PrisonerCard
    asking: tuple[Asking, ...]


def gather(desk: Desk, request: VisitRequest, at: int, day: date) -> Gathered:
    """All that is known about `request` at the moment `at` (UTC ms), a local `day`.

    What was recorded after `at` does not exist yet. A booked case does not stand in its own
    way. Raises Invalid for a request that is none: nobody in it, somebody twice, more people
    than badges can count, no visit; NotFound for an unknown prisoner, person or session.
    """
    _check(request)
    return about(desk, request, at, day)


def about(desk: Desk, request: VisitRequest, at: int, day: date) -> Gathered:
    """As `gather`, and also of goods, or of a prisoner whom nobody asks to see.

    Raises Invalid when somebody is in it twice, under whichever records; NotFound for an
    unknown prisoner, person or session.
    """
    with known.at(at):
        return _gather(desk, request, at, day)


def _gather(desk: Desk, request: VisitRequest, at: int, day: date) -> Gathered:
    person_ids = [member.person_id for member in request.members]
    groups = same.groups((request.prisoner_id, *person_ids))
    prisoner_ids = groups[request.prisoner_id]
    records = {one: groups[one] for one in person_ids}
    if len(set(records.values())) < len(person_ids):
        raise Invalid("members", N_("Somebody is in this group twice. Take one out."))
    card, standing = prisoners.known_at(desk, request.prisoner_id, at)
    asking = everybody(request.members, records, day)
    inside = meetings.inside(records, request.case_id)
    met = meetings.met_on(desk, records, prisoner_ids, day, request.case_id)
    relation = relations.holding(person_ids, prisoner_ids, desk)
    papers = permissions.naming(desk, prisoner_ids, person_ids, request.case_id)
    lead = next((one for one in asking if one.is_adult), None)
    session = (
        sessions.facts_of(desk, request.slot_id, request.case_id, request.nights)
        if request.slot_id is not None
        else None
    )
    facts = Facts(
        service=request.service,
        at=at,
        zone=desk.zone,
        prisoner=prisoner_facts(card, standing),
        people=tuple(
            PersonFacts(
                person=str(one.person_id),
                birth=one.birth,
                lead=one is lead,
                document=one.document,
                relation=relation.get(one.person_id),
                permissions=papers.get(one.person_id, ()),
                inside=one.person_id in inside,
                met_on=met[one.person_id],
            )
            for one in asking
        ),
        uses=ledger.uses(prisoner_ids, day, request.case_id),
        restrictions=restrictions.concerning(desk, person_ids, prisoner_ids, at),
        # Only whoever sits in a session can be kept apart from others in it.
        non_associated=restrictions.not_associated(prisoner_ids, day)
        if session is not None
        else frozenset(),
        blocked_dates=sessions.blocked_dates(desk, day),
        session=session,
        swap_from=request.swap_from,
        individual=granted(card, prisoner_ids, day),
        period_start=desk.period_start,
        min_interval=desk.min_interval,
    )
    return Gathered(facts, card, asking)


def prisoner_facts(card: PrisonerCard, standing: Standing) -> PrisonerFacts:
    """What the rules may know of a prisoner. Of two events of one moment the later recorded
    stands."""
    statuses = {event.from_at: event for event in standing.statuses}
    return PrisonerFacts(
        file_number=card.file_number,
        category=standing.category,
        regime=standing.regime,
        condition=standing.condition,
        sex=card.sex,
        birth=str(card.birth_year),
        admitted=standing.admitted,
        statuses=tuple(
            StatusEvent(Status(event.value), event.from_at, event.until_at)
            for event in statuses.values()
        ),
        medical=frozenset(Medical(code) for code in standing.medical),
    )


def granted(
    card: PrisonerCard, prisoner_ids: Collection[UUID], day: date
) -> tuple[RuleRow, ...]:
    """The decisions about this prisoner, under whichever file number they were written."""
    own = Scope(prisoner_id=card.file_number)
    return tuple(replace(row, scope=own) for row in individual.rows(prisoner_ids, day))


def _check(request: VisitRequest) -> None:
    if request.service not in VISITS:
        raise Invalid("service", N_("This is no visit."))
    if not request.members:
        raise Invalid("members", N_("Nobody asks to enter. Scan a document first."))
    if len(request.members) > MEMBERS_AT_MOST:
        raise Invalid(
            "members",
            N_("A visit has at most {count} visitors. Register the others apart."),
            count=MEMBERS_AT_MOST,
        )
