"""Visits planned for a session to come: booked, moved, closed when nobody came.

A booking is decided as of the session's moment and holds a place and one visit of the
entitlement. It decides again at the admission; what it held is given back first, once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from peewee import JOIN

from kiosk.codes import (
    Action,
    CaseState,
    LedgerKind,
    MemberRole,
    RoomKind,
    Service,
    StepKind,
    VisitOutcome,
)
from kiosk.errors import AlreadyDone, DecisionChanged, Invalid, NotFound, Refused
from kiosk.models import (
    Case,
    CaseNow,
    Member,
    PersonDetail,
    PrisonerDetail,
    Review,
    Room,
    VisitSlot,
)
from kiosk.rules.decide import decide
from kiosk.rules.decision import Decision
from kiosk.rules.kinds import PRIVILEGED
from kiosk.services import (
    case_writing,
    ledger,
    person_card,
    reviews,
    rulebook,
    same,
    sessions,
)
from kiosk.services.called import called
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up, must_register
from kiosk.services.endings import lasting
from kiosk.services.entry import Entry, day_now, entry, moment
from kiosk.services.facts import Gathered, gather
from kiosk.services.rooms import kind_for
from kiosk.services.under_way import UnderWay, under_way
from kiosk.text import N_
from kiosk.values import Expected, MemberRequest, Name, Officer, Proposal, VisitRequest
from kiosk.values.waiting import BookingLine

_CHANGED = N_("The answer has changed meanwhile; nothing was recorded. Read it once more.")


# ---- asking and booking


def propose(desk: Desk, officer: Officer, request: VisitRequest) -> Proposal:
    """What the rules answer about a visit in the session of `request`. Writes nothing.

    An officer, inspector or supervisor asks. Raises Invalid for a session that has begun or
    is none for this visit.
    """
    must_register(officer)
    slot = _slot(desk, request, moment(desk))
    gathered = _gather(desk, request, slot)
    rules = rulebook.in_force(desk, slot.day)
    return Proposal(
        request=request,
        prisoner=gathered.prisoner,
        decision=decide(gathered.facts, rules),
        rule_set=rules.name,
        rules_confirmed=rules.confirmed,
    )


def propose_move(desk: Desk, officer: Officer, case_id: UUID, slot_id: UUID) -> Proposal:
    """What the rules answer about a booked visit in another session; as `propose`."""
    return propose(desk, officer, replace(request_of(case_id), slot_id=slot_id))


def book(desk: Desk, officer: Officer, request: VisitRequest, seen: Decision) -> UUID:
    """Plan a visit; `seen` is the decision that the screen showed. Gives the id of the case.

    An officer, inspector or supervisor does this. Whom the decision does not admit is not
    booked. Raises DecisionChanged when the rules answer otherwise now or refuse it,
    AlreadyDone for a second Enter; nothing is written then.
    """
    must_register(officer)
    with entry(desk, Action.BOOK, officer=officer, object_id=request.case_id) as e:
        if Case.get_or_none(Case.id == request.case_id) is not None:
            raise AlreadyDone("", N_("This visit is booked already."))
        slot = _slot(desk, request, e.now)
        gathered, rule_set_id, decision = _decide(desk, request, slot, seen)
        coming = replace(
            gathered,
            asking=tuple(
                one for one in gathered.asking if str(one.person_id) in decision.admitted
            ),
        )
        case_writing.add_head(e, officer, request, coming)
        case_writing.add_members(e, request, coming, decision.admitted)
        case_writing.add_decision(e, officer, request.case_id, rule_set_id, gathered, decision)
        case = UnderWay(e, officer, request.case_id, CaseState.BOOKED)
        case.step(StepKind.BOOKED, CaseState.BOOKED)
        _hold(e, officer, request, slot, decision)
    return request.case_id


def move(desk: Desk, officer: Officer, request: VisitRequest, seen: Decision) -> None:
    """Plan a booked visit for another session, that of `request`.

    An officer, inspector or supervisor does this. What was held is given back on its old day
    and held on the new one. Raises as `book` does, and Refused once it is booked no more, or
    for a child who would be none on the new day.
    """
    must_register(officer)
    with entry(desk, Action.MOVE_BOOKING, officer=officer, object_id=request.case_id) as e:
        case = under_way(e, officer, request.case_id)
        _must_be_booked(case.state)
        slot = _slot(desk, request, e.now)
        ledger.give_back(e, officer, request.case_id)
        gathered, rule_set_id, decision = _decide(desk, request, slot, seen)
        _must_stay_of_age(request.case_id, gathered)
        case_writing.add_decision(e, officer, request.case_id, rule_set_id, gathered, decision)
        case.step(StepKind.MOVED, CaseState.BOOKED)
        _hold(e, officer, request, slot, decision)
        reviews.settled(e, request.case_id)


def absent(desk: Desk, officer: Officer, case_id: UUID) -> None:
    """Nobody came to a booked visit: it ends, and what it held is given back.

    An officer, inspector or supervisor does this. Raises Refused before the session is over.
    """
    must_register(officer)
    with entry(desk, Action.CLOSE, officer=officer, object_id=case_id) as e:
        case = under_way(e, officer, case_id)
        _must_be_booked(case.state)
        plan = sessions.plan_of(case_id)
        if plan is not None:
            slot = VisitSlot.get_by_id(plan.slot_id)
            if sessions.end_of(desk, slot) > e.now:
                raise Refused(N_("The session is not over yet. They may still come."))
        case.call_off(VisitOutcome.VISITOR_ABSENT)


# ---- what is booked


def request_of(case_id: UUID) -> VisitRequest:
    """A booked visit as it is asked for again: at the admission, or to be moved.

    Raises NotFound for a case that was never planned.
    """
    case, plan = Case.get_or_none(Case.id == case_id), sessions.plan_of(case_id)
    if case is None or plan is None:
        raise NotFound(N_("There is no such booking."))
    members = Member.select().where(Member.case_id == case_id).order_by(Member.no)
    service, pays = Service(case.service), ledger.held_from(case_id)
    return VisitRequest(
        case_id=case_id,
        service=service,
        prisoner_id=case.prisoner_id,
        members=tuple(MemberRequest(row.person_id, row.relation) for row in members),
        slot_id=plan.slot_id,
        nights=plan.nights,
        swap_from=pays if pays is not service else None,
        booked=True,
    )


def of_today(
    desk: Desk, person_id: UUID, prisoner_id: UUID | None = None
) -> VisitRequest | None:
    """The visit that is booked for today with this person, to this prisoner where one is
    named; under any of their records."""
    people = same.group(person_id)
    prisoners = same.group(prisoner_id) if prisoner_id is not None else frozenset()
    today = sessions.cases_on((day_now(desk),))
    rows = (
        Member.select(Member.case_id, Case.prisoner_id)
        .join(Case, on=(Case.id == Member.case_id))
        .join(CaseNow, on=(CaseNow.case_id == Member.case_id))
        .where(
            Member.case_id.in_(list(today)),
            Member.person_id.in_(list(people)),
            CaseNow.state == CaseState.BOOKED,
        )
        .order_by(Member.case_id)
        .dicts()
    )
    for row in cast("Iterable[dict[str, Any]]", rows):
        if not prisoners or row["prisoner_id"] in prisoners:
            return request_of(row["case_id"])
    return None


def expected(request: VisitRequest) -> tuple[Expected, ...]:
    """Who is to come to a booked visit, each under the record that stands for all of theirs."""
    found = []
    for member in request.members:
        detail = person_card.detail_of(member.person_id)
        name = called(detail)
        found.append(Expected(same.root(member.person_id), name))
    return tuple(found)


def day_of(desk: Desk, case_id: UUID) -> date:
    """The day for which a visit is planned; today for one that never was."""
    plan = sessions.plan_of(case_id)
    if plan is None:
        return day_now(desk)
    day: date = VisitSlot.get_by_id(plan.slot_id).day
    return day


def on_day(desk: Desk, officer: Officer, day: date) -> tuple[BookingLine, ...]:
    """The visits planned for sessions of a day, and what became of them, by their hours.

    Everybody who registers, and an administrator, may look.
    """
    must_look_up(officer)
    slots = {row.id: row for row in VisitSlot.select().where(VisitSlot.day == day)}
    rooms = {
        row.id: row.code
        for row in Room.select().where(Room.id.in_({row.room_id for row in slots.values()}))
    }
    plans = sessions.last_plans(tuple(slots))
    rows = _rows(tuple(plans))
    people = Counter(
        row.case_id for row in Member.select().where(Member.case_id.in_(list(plans)))
    )
    open_reviews = Counter(
        row.case_id for row in lasting(Review, Review.case_id.in_(list(plans)))
    )
    lines = []
    for row in rows:
        plan = plans[row["id"]]
        slot = slots[plan.slot_id]
        lines.append(
            BookingLine(
                case_id=row["id"],
                slot_id=slot.id,
                day=day,
                from_min=slot.from_min,
                to_min=slot.to_min,
                room=rooms[slot.room_id],
                nights=plan.nights,
                service=Service(row["service"]),
                state=CaseState(row["state"]),
                prisoner_id=row["prisoner_id"],
                prisoner=Name(row["prisoner_surname"] or "", row["prisoner_given"] or ""),
                file_number=row["file_number"] or "",
                lead_id=row["person_id"],
                lead=Name(row["surname"] or "", row["given"] or "", row["patronymic"] or ""),
                people=people[row["id"]],
                reviews=open_reviews[row["id"]],
            )
        )
    return tuple(sorted(lines, key=lambda one: (one.from_min, one.room, one.lead.full)))


# ---- inside


def _slot(desk: Desk, request: VisitRequest, now: int) -> VisitSlot:
    """The session asked for, which has not begun and suits the visit."""
    if request.slot_id is None:
        raise Invalid("slot", N_("Choose the session first."))
    slot = sessions.slot_of(request.slot_id)
    kind = RoomKind(Room.get_by_id(slot.room_id).kind)
    if kind is not kind_for(request.service):
        raise Invalid("slot", N_("This room is not for such visits. Choose another session."))
    if sessions.start_of(desk, slot) <= now:
        raise Invalid("slot", N_("This session has begun. Whoever is here comes by Arrival."))
    if not 0 <= request.nights <= sessions.LONGEST_NIGHTS or (
        request.nights and kind is not RoomKind.LONG
    ):
        raise Invalid(
            "nights",
            N_("A long visit stays up to {most} nights; any other none."),
            most=sessions.LONGEST_NIGHTS,
        )
    return slot


def _gather(desk: Desk, request: VisitRequest, slot: VisitSlot) -> Gathered:
    """What will hold when the session begins. Who is inside today is not inside then."""
    gathered = gather(desk, request, sessions.start_of(desk, slot), slot.day)
    people = tuple(replace(one, inside=False) for one in gathered.facts.people)
    return replace(gathered, facts=replace(gathered.facts, people=people))


def _decide(
    desk: Desk, request: VisitRequest, slot: VisitSlot, seen: Decision
) -> tuple[Gathered, UUID, Decision]:
    gathered = _gather(desk, request, slot)
    rule_set_id = rulebook.in_force_id(desk, slot.day)
    decision = decide(gathered.facts, rulebook.load(rule_set_id))
    if not decision.answers_like(seen) or not decision.passes:
        raise DecisionChanged(_CHANGED)
    return gathered, rule_set_id, decision


def _hold(
    e: Entry, officer: Officer, request: VisitRequest, slot: VisitSlot, decision: Decision
) -> None:
    """The place in the session, and one visit of the entitlement where visits are counted."""
    sessions.place(e, request.case_id, slot.id, request.nights)
    if request.service not in PRIVILEGED:
        ledger.take(
            e,
            officer,
            request.prisoner_id,
            request.swap_from or request.service,
            slot.day,
            request.case_id,
            decision.balance.rule if decision.balance is not None else None,
            kind=LedgerKind.RESERVE,
        )


def _must_stay_of_age(case_id: UUID, gathered: Gathered) -> None:
    """Whether somebody comes as a child or as an adult was written down with the booking."""
    booked = Member.select(Member.person_id).where(
        Member.case_id == case_id, Member.role == MemberRole.CHILD
    )
    children = {row.person_id for row in booked}
    if any((one.person_id in children) is one.is_adult for one in gathered.asking):
        raise Refused(
            N_("A visitor comes of age between these days. Call it off and book anew.")
        )


def _must_be_booked(state: CaseState) -> None:
    if state is not CaseState.BOOKED:
        raise Refused(N_("This visit is booked no more. Look at the list once more."))


def _rows(case_ids: Collection[UUID]) -> list[dict[str, Any]]:
    """One row a case, with its prisoner and the first of its people."""
    query = (
        Case.select(
            Case.id,
            Case.service,
            Case.prisoner_id,
            CaseNow.state,
            PrisonerDetail.file_number,
            PrisonerDetail.surname.alias("prisoner_surname"),
            PrisonerDetail.given.alias("prisoner_given"),
            Member.person_id,
            PersonDetail.surname,
            PersonDetail.given,
            PersonDetail.patronymic,
        )
        .join(CaseNow, on=(CaseNow.case_id == Case.id))
        .join(Member, on=(Member.case_id == Case.id) & (Member.no == 1))
        .join(PersonDetail, JOIN.LEFT_OUTER, on=(PersonDetail.id == Member.detail_id))
        .join(
            PrisonerDetail, JOIN.LEFT_OUTER, on=(PrisonerDetail.id == Case.prisoner_detail_id)
        )
        .where(Case.id.in_(list(case_ids)))
    )
    return cast("list[dict[str, Any]]", list(query.dicts()))
