"""Gathers what the rules may know about a request: from the register, at one moment."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kiosk.badge_code import MEMBERS_AT_MOST
from kiosk.codes import Relation, Service, StepKind
from kiosk.errors import Invalid
from kiosk.models import Case, Member, Presence, Step
from kiosk.rules.ages import adult_from, years_old
from kiosk.rules.days import start_of
from kiosk.rules.facts import (
    DocumentFacts,
    Facts,
    PersonFacts,
    PrisonerFacts,
    StatusEvent,
)
from kiosk.rules.terms import Medical
from kiosk.services import individual, ledger, prisoners, restrictions, same
from kiosk.services.desk import Desk
from kiosk.services.identify import record_of
from kiosk.services.person_card import detail_of, document_of, seen_of
from kiosk.services.standing import Standing
from kiosk.text import N_
from kiosk.values import (
    DocumentSeen,
    MemberRequest,
    Name,
    PrisonerCard,
    VisitRequest,
)

VISITS = frozenset(service for service in Service if service.value.endswith("_visit"))


@dataclass(frozen=True, slots=True)
class Asking:
    """One who asks to enter, as known at the moment of the decision. `age` in years.

    `document_id` is None when `seen` is a document that the register does not know yet.
    """

    person_id: UUID
    detail_id: UUID
    document_id: UUID | None
    seen: DocumentSeen | None
    name: Name
    birth: str
    language: str
    age: int | None
    is_adult: bool
    relation: Relation | None
    confirmed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts for the rules, and the people behind their ids."""

    facts: Facts
    prisoner: PrisonerCard
    asking: tuple[Asking, ...]


def gather(desk: Desk, request: VisitRequest, at: int, day: date) -> Gathered:
    """All that is known about `request` at the moment `at` (UTC ms), a local `day`.

    Raises Invalid for a request that is none: nobody in it, somebody twice, more people
    than badges can count, no visit; NotFound for an unknown prisoner or person.
    """
    _check(request)
    card, standing = prisoners.known_at(desk, request.prisoner_id, at)
    prisoner_ids = same.group(request.prisoner_id)
    asking = tuple(_asking(member, day) for member in request.members)
    person_ids = [one.person_id for one in asking]
    inside = _inside(person_ids)
    today = _visited_today(person_ids, request.prisoner_id, day)
    lead = next((one for one in asking if one.is_adult), None)
    facts = Facts(
        service=request.service,
        at=at,
        zone=desk.zone,
        prisoner=PrisonerFacts(
            file_number=card.file_number,
            category=standing.category,
            regime=standing.regime,
            condition=standing.condition,
            sex=card.sex,
            birth=str(card.birth_year),
            statuses=_statuses(desk, standing, at),
            medical=frozenset(Medical(code) for code in standing.medical),
        ),
        people=tuple(
            PersonFacts(
                person=str(one.person_id),
                birth=one.birth,
                lead=one is lead,
                document=_document_facts(one.seen),
                inside=one.person_id in inside,
                met_on=frozenset({day} if one.person_id in today else ()),
            )
            for one in asking
        ),
        uses=ledger.uses(prisoner_ids, day),
        restrictions=restrictions.concerning(desk, person_ids, prisoner_ids, at),
        individual=individual.rows(prisoner_ids, day),
        period_start=desk.period_start,
        min_interval=desk.min_interval,
    )
    return Gathered(facts, card, asking)


def _check(request: VisitRequest) -> None:
    if request.service not in VISITS:
        raise Invalid("service", N_("This is no visit."))
    person_ids = {member.person_id for member in request.members}
    if not person_ids:
        raise Invalid("members", N_("Nobody asks to enter. Scan a document first."))
    if len(person_ids) < len(request.members):
        raise Invalid("members", N_("Somebody is in this group twice. Take one out."))
    if len(person_ids) > MEMBERS_AT_MOST:
        raise Invalid(
            "members",
            N_("A visit has at most {count} visitors. Register the others apart."),
            count=MEMBERS_AT_MOST,
        )


def _asking(member: MemberRequest, day: date) -> Asking:
    detail = detail_of(member.person_id)
    if member.seen is not None:
        document = record_of(member.person_id, member.seen)
    else:
        document = document_of(member.person_id)
    seen = member.seen or (seen_of(document, detail) if document else None)
    adult = adult_from(detail.birth)
    return Asking(
        person_id=member.person_id,
        detail_id=detail.id,
        document_id=document.id if document else None,
        seen=seen,
        name=Name(detail.surname, detail.given, detail.patronymic or ""),
        birth=detail.birth,
        language=detail.language or "",
        age=years_old(detail.birth, day),
        is_adult=adult is not None and adult <= day,
        relation=member.relation,
        confirmed=member.confirmed,
    )


def _statuses(desk: Desk, standing: Standing, at: int) -> tuple[StatusEvent, ...]:
    if standing.status is None:
        return ()
    free_on = standing.free_on
    until = start_of(free_on, desk.zone) if free_on is not None else None
    return (StatusEvent(standing.status, at, until),)


def _document_facts(seen: DocumentSeen | None) -> DocumentFacts | None:
    return DocumentFacts(seen.country, seen.number, seen.expires) if seen else None


def _inside(person_ids: Collection[UUID]) -> frozenset[UUID]:
    query = Presence.select().where(Presence.person_root.in_(list(person_ids)))
    return frozenset(row.person_root for row in query)


def _visited_today(
    person_ids: Collection[UUID], prisoner_id: UUID, day: date
) -> frozenset[UUID]:
    """Those who went in to this prisoner on this day."""
    query = (
        Member.select(Member.person_id)
        .join(Case, on=(Case.id == Member.case_id))
        .join(Step, on=(Step.case_id == Case.id) & (Step.member_id == Member.id))
        .where(
            Case.prisoner_id == prisoner_id,
            Case.day == day,
            Member.person_id.in_(list(person_ids)),
            Step.kind == StepKind.ENTERED,
        )
    )
    return frozenset(row.person_id for row in query)
