"""What has to be looked at again: planned visits and open cases that something new concerns.

A review is opened by the transaction that records its cause. A person ends it, acted on or
"no change"; it ends by itself when its cause goes, and is no longer asked for once its case
is over.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, cast
from uuid import UUID

from peewee import JOIN

from kiosk.codes import (
    Action,
    BlockReason,
    CaseState,
    RestrictionKind,
    ReviewEnding,
    ReviewKind,
    Series,
    Service,
    Status,
)
from kiosk.errors import Invalid, NotFound
from kiosk.models import (
    Case,
    CaseNow,
    Ending,
    Member,
    PersonDetail,
    Presence,
    PrisonerDetail,
    PrisonerEvent,
    Restriction,
    Review,
    SlotBlock,
    VisitPlan,
    VisitSlot,
)
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up, must_register, must_supervise
from kiosk.services.endings import lasting
from kiosk.services.entry import Entry, entry
from kiosk.services.register_numbers import numbers_of
from kiosk.text import N_
from kiosk.values import Name, Officer, ReviewLine

# Planned, or under way: what comes after that cannot be changed any more.
_CONCERNED = (CaseState.BOOKED, CaseState.ADMITTED, CaseState.INSIDE)
# As long as a parcel waits for its prisoner.
_WAITING = (CaseState.STORED,)


@dataclass(frozen=True, slots=True)
class Days:
    """The days from the first to the last, both included; `last` None: without end."""

    first: date
    last: date | None = None

    def __contains__(self, day: object) -> bool:
        return (
            isinstance(day, date)
            and self.first <= day
            and (self.last is None or day <= self.last)
        )

    def each(self) -> Iterator[date]:
        """One after the other; of days without end the first."""
        last = self.last or self.first
        for more in range((last - self.first).days + 1):
            yield self.first + timedelta(days=more)


@dataclass(frozen=True, slots=True)
class Raised:
    """How many reviews were opened: of planned visits, and of visits that are inside."""

    planned: int = 0
    inside: int = 0


def raise_for(
    e: Entry,
    kind: ReviewKind,
    cause_id: UUID,
    *,
    prisoner_ids: Collection[UUID] = (),
    person_ids: Collection[UUID] = (),
    case_ids: Collection[UUID] | None = None,
    days: Container[date] = (),
    services: Container[Service] | None = None,
) -> Raised:
    """Open one review for each planned visit and open case that meets all that is given.

    `case_ids`: only of these, of none where it is empty. `days` are those on which the visit
    takes place, on one of them at least; a visit under way is of today and of the rest of its
    stay; empty: whenever. `services` None: of any kind. A group is concerned by one of its
    visitors who has not left. A cause opens no second review of the same case, unless
    the first ended because the cause was gone.
    """
    cases = _cases(prisoner_ids, person_ids, case_ids)
    stays = _stays([case["id"] for case in cases])
    known = _known(cause_id)
    planned = inside = 0
    for case in cases:
        stay = stays.get(case["id"], Days(case["day"], case["day"]))
        if case["state"] != CaseState.BOOKED:
            stay = Days(e.day, max(e.day, stay.last or e.day))
        if case["id"] in known or (services is not None and case["service"] not in services):
            continue
        if days != () and not any(day in days for day in stay.each()):
            continue
        e.add(Review, case_id=case["id"], kind=kind, cause_id=cause_id, at=e.now)
        if case["state"] == CaseState.INSIDE:
            inside += 1
        else:
            planned += 1
    return Raised(planned, inside)


def raise_for_two(
    e: Entry,
    cause_id: UUID,
    these: Collection[UUID],
    those: Collection[UUID],
    days: Container[date],
) -> Raised:
    """Open a review of each visit of two prisoners who are kept apart, where they would meet.

    `these` and `those` are the records of one prisoner each. They meet in a session.
    """
    of_these = _last_plans([case["id"] for case in _cases(these)])
    of_those = _last_plans([case["id"] for case in _cases(those)])
    sessions = [{plan.slot_id for plan in plans.values()} for plans in (of_these, of_those)]
    shared = set.intersection(*sessions)
    plans = of_these | of_those
    meeting = {case_id for case_id, plan in plans.items() if plan.slot_id in shared}
    return raise_for(e, ReviewKind.NON_ASSOCIATION, cause_id, case_ids=meeting, days=days)


def concerns(prisoner_ids: Collection[UUID]) -> bool:
    """Whether these records of a prisoner have a planned visit or an open case."""
    return bool(_cases(prisoner_ids))


def raise_for_parcels(
    e: Entry, kind: ReviewKind, cause_id: UUID, prisoner_ids: Collection[UUID]
) -> None:
    """Open one review for each parcel that waits for one of these prisoners."""
    known = _known(cause_id)
    for case in _cases(prisoner_ids, states=_WAITING):
        if case["id"] not in known:
            e.add(Review, case_id=case["id"], kind=kind, cause_id=cause_id, at=e.now)


def cause_gone(e: Entry, cause_id: UUID) -> None:
    """The cause was lifted, ended or undone: what it had put up for review is settled."""
    _end_all(e, ReviewEnding.CAUSE_GONE, Review.cause_id == cause_id)


def settled(e: Entry, case_id: UUID) -> None:
    """The case was decided anew, with all that is known: moved, admitted, cancelled."""
    _end_all(e, ReviewEnding.HANDLED, Review.case_id == case_id)


def end(desk: Desk, officer: Officer, review_id: UUID, ending: ReviewEnding) -> None:
    """Say that a review was acted on, or that it changes nothing.

    Whoever registers visits does this, of a proposed ban a supervisor. Raises Invalid when
    somebody ended it meanwhile, NotFound for no such review.
    """
    must_register(officer)
    with entry(desk, Action.END_REVIEW, officer=officer, object_id=review_id) as e:
        review = Review.get_or_none(Review.id == review_id)
        if review is None:
            raise NotFound(N_("There is no such line on the list of reviews."))
        if review.kind is ReviewKind.BAN_PROPOSED:
            must_supervise(officer)
        if not lasting(Review, Review.id == review_id).exists():
            raise Invalid("review", N_("This was settled meanwhile; nothing was recorded."))
        _end_all(e, ending, Review.id == review_id)


def count(desk: Desk) -> tuple[int, int]:
    """How many cases and proposed bans have to be looked at, and how many are inside."""
    states = [row["state"] for row in _open_rows()]
    bans = lasting(Review, Review.kind == ReviewKind.BAN_PROPOSED).count()
    return len(states) + bans, sum(1 for state in states if state == CaseState.INSIDE)


def open_reviews(desk: Desk, officer: Officer) -> tuple[ReviewLine, ...]:
    """What has to be looked at again: those inside first, then by the visit's day.

    Everybody who registers, and an administrator, may look.
    """
    must_look_up(officer)
    rows = list(_open_rows())
    case_ids = [row["case_id"] for row in rows]
    numbers = numbers_of(case_ids)
    stays = _stays(case_ids)
    visitors = visitors_of(case_ids)
    lines = (
        ReviewLine(
            review_id=row["id"],
            case_id=row["case_id"],
            kind=row["kind"],
            what=_what(row["kind"], row["cause_id"]),
            since=row["at"],
            state=CaseState(row["state"]),
            number=_number(numbers[row["case_id"]]),
            service=row["service"],
            day=stays[row["case_id"]].first if row["case_id"] in stays else row["day"],
            prisoner_id=row["prisoner_id"],
            prisoner=Name(row["surname"] or "", row["given"] or "", row["patronymic"] or ""),
            file_number=row["file_number"] or "",
            visitors=tuple(visitors.get(row["case_id"], ())),
        )
        for row in rows
    )
    return tuple(sorted(lines, key=lambda one: (not one.is_inside, one.day, one.since)))


# ---- rows


def _cases(
    prisoner_ids: Collection[UUID] = (),
    person_ids: Collection[UUID] = (),
    case_ids: Collection[UUID] | None = None,
    states: Collection[CaseState] = _CONCERNED,
) -> list[dict[str, Any]]:
    """Planned visits and open cases, of these prisoners and visitors where they are given."""
    query = (
        Case.select(Case.id, Case.service, Case.day, CaseNow.state)
        .join(CaseNow, on=(CaseNow.case_id == Case.id))
        .where(CaseNow.is_open, CaseNow.state.in_(states))
        .order_by(Case.id)
    )
    if case_ids is not None:
        query = query.where(Case.id.in_(list(case_ids)))
    if prisoner_ids:
        query = query.where(Case.prisoner_id.in_(list(prisoner_ids)))
    if person_ids:
        here = Presence.select(Presence.member_id)
        comes = Member.select(Member.case_id).where(
            Member.case_id == Case.id,
            Member.person_id.in_(list(person_ids)),
            (CaseNow.state != CaseState.INSIDE) | Member.id.in_(here),
        )
        query = query.where(Case.id.in_(comes))
    return cast("list[dict[str, Any]]", list(query.dicts()))


def _number(numbers: Mapping[Series, str]) -> str:
    """The number of a case: of a visit, or of a parcel."""
    return numbers.get(Series.VISIT) or numbers.get(Series.PACKAGE, "")


def _known(cause_id: UUID) -> frozenset[UUID]:
    """The cases of which a review of this cause waits, or was answered by a person."""
    gone = (
        (Ending.gate_id == Review.gate_id)
        & (Ending.target_id == Review.id)
        & (Ending.reason == ReviewEnding.CAUSE_GONE)
    )
    query = Review.select(Review.case_id).join(Ending, JOIN.LEFT_OUTER, on=gone)
    rows = query.where(Review.cause_id == cause_id, Ending.id.is_null())
    return frozenset(row.case_id for row in rows)


def _last_plans(case_ids: Collection[UUID]) -> dict[UUID, VisitPlan]:
    """The plan of each case that has one; the last counts."""
    query = VisitPlan.select().where(VisitPlan.case_id.in_(list(case_ids)))
    return {row.case_id: row for row in query.order_by(VisitPlan.id)}


def _stays(case_ids: Collection[UUID]) -> dict[UUID, Days]:
    """The days of each case that has a session; who stays over night leaves on the last."""
    plans = _last_plans(case_ids)
    query = VisitSlot.select().where(VisitSlot.id.in_([one.slot_id for one in plans.values()]))
    begins = {row.id: row.day for row in query}
    return {
        case_id: Days(first, first + timedelta(days=plan.nights))
        for case_id, plan in plans.items()
        if (first := begins.get(plan.slot_id)) is not None
    }


def _open_rows() -> Iterable[dict[str, Any]]:
    """Reviews not ended, of cases not over, the oldest first."""
    ended = (Ending.gate_id == Review.gate_id) & (Ending.target_id == Review.id)
    query = (
        Review.select(
            Review.id,
            Review.case_id,
            Review.kind,
            Review.cause_id,
            Review.at,
            CaseNow.state,
            Case.service,
            Case.day,
            Case.prisoner_id,
            PrisonerDetail.surname,
            PrisonerDetail.given,
            PrisonerDetail.patronymic,
            PrisonerDetail.file_number,
        )
        .join(Ending, JOIN.LEFT_OUTER, on=ended)
        .join(Case, on=(Case.id == Review.case_id))
        .join(CaseNow, on=(CaseNow.case_id == Case.id))
        .join(
            PrisonerDetail, JOIN.LEFT_OUTER, on=(PrisonerDetail.id == Case.prisoner_detail_id)
        )
        .where(Ending.id.is_null(), CaseNow.is_open, CaseNow.state.in_(_CONCERNED + _WAITING))
        .order_by(Review.id)
    )
    return cast("list[dict[str, Any]]", list(query.dicts()))


def visitors_of(case_ids: Collection[UUID]) -> dict[UUID, list[Name]]:
    """The names of each case as recorded then, in the order of the group."""
    query = (
        Member.select(
            Member.case_id, PersonDetail.surname, PersonDetail.given, PersonDetail.patronymic
        )
        .join(PersonDetail, JOIN.LEFT_OUTER, on=(PersonDetail.id == Member.detail_id))
        .where(Member.case_id.in_(list(case_ids)))
        .order_by(Member.case_id, Member.no)
    )
    names: dict[UUID, list[Name]] = {}
    for row in cast("Iterable[dict[str, Any]]", query.dicts()):
        name = Name(row["surname"] or "", row["given"] or "", row["patronymic"] or "")
        names.setdefault(row["case_id"], []).append(name)
    return names


def _what(kind: ReviewKind, cause_id: UUID) -> Enum | None:
    """The code of the cause: which restriction, which state, why a session is closed."""
    if kind in (ReviewKind.RESTRICTION, ReviewKind.NON_ASSOCIATION):
        restriction = Restriction.get_or_none(Restriction.id == cause_id)
        return RestrictionKind(restriction.kind) if restriction else None
    if kind in (ReviewKind.PRISONER_MOVED, ReviewKind.PRISONER_ISOLATED):
        event = PrisonerEvent.get_or_none(PrisonerEvent.id == cause_id)
        return Status(event.value) if event and event.value in list(Status) else None
    if kind is ReviewKind.DATE_BLOCKED:
        block = SlotBlock.get_or_none(SlotBlock.id == cause_id)
        return BlockReason(block.reason) if block else None
    return None


def _end_all(e: Entry, ending: ReviewEnding, condition: Any) -> None:
    for review in list(lasting(Review, condition)):
        e.add(
            Ending,
            target_id=review.id,
            target="review",
            reason=ending,
            on_day=e.day,
            staff_id=e.staff_id,
        )
