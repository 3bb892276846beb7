"""Who is inside, and on which days a visitor meets a prisoner: now, or as known at a moment.

Now is read from the caches. At a past moment (`known.at`) the caches would tell what came
later, so there the steps of each case are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from peewee import JOIN

from kiosk.clock import local_day
from kiosk.codes import CaseState, StepKind
from kiosk.models import Case, CaseNow, Member, Presence, Step, VisitPlan, VisitSlot
from kiosk.rules.days import start_of
from kiosk.services import known
from kiosk.services.desk import Desk
from kiosk.services.ids import first_after
from kiosk.services.prepared import Prepared
from kiosk.services.under_way import MEMBERS

Groups = Mapping[UUID, frozenset[UUID]]
_OUT = (StepKind.LEFT, StepKind.STOPPED)
# Nobody plans a visit further ahead.
_PLANNED_AHEAD = timedelta(days=400)


def inside(groups: Groups, besides_case: UUID) -> frozenset[UUID]:
    """Those of the persons (with their records) who are inside by another case."""
    everybody = [one for group in groups.values() for one in group]
    look = _was_inside if known.is_past() else _is_inside
    there = look(everybody, besides_case)
    return frozenset(one for one, group in groups.items() if not there.isdisjoint(group))


def met_on(
    desk: Desk,
    groups: Groups,
    prisoner_ids: Collection[UUID],
    day: date,
    besides_case: UUID,
) -> Mapping[UUID, frozenset[date]]:
    """Of each person the days from `day` on with a visit to the prisoner, one case apart.

    A visit that took place counts on the day on which they went in, one that waits for the
    search on the day of its admission, one that is planned on each day of its stay; a void
    one on none.
    """
    everybody = [one for group in groups.values() for one in group]
    days: dict[UUID, set[date]] = defaultdict(set)
    earliest = _earliest(desk, day)
    for person_id, case_id, state, entered_at in _OF_LATE(
        everybody, list(prisoner_ids), earliest
    ):
        if case_id != besides_case:
            days[person_id].update(_days_of(desk, person_id, case_id, state, entered_at))
    return {
        one: frozenset(met for record in group for met in days.get(record, ()) if met >= day)
        for one, group in groups.items()
    }


def _is_inside(person_ids: Collection[UUID], besides_case: UUID) -> frozenset[UUID]:
    return frozenset(root for (root,) in _PRESENT(list(person_ids), besides_case))


_PRESENT = Prepared(
    lambda ids, besides_case: (
        Presence.select(Presence.person_root)
        .where(Presence.person_root.in_(ids), Presence.case_id != besides_case)
        .tuples()
    )
)


def _was_inside(person_ids: Collection[UUID], besides_case: UUID) -> frozenset[UUID]:
    """By the last step in or out of each member, as far as steps were recorded."""
    query = (
        Step.select(Member.person_id, Step.member_id, Step.kind)
        .join(Member, on=(Member.id == Step.member_id) & (Member.case_id == Step.case_id))
        .where(
            Member.person_id.in_(list(person_ids)),
            Member.case_id != besides_case,
            Step.kind.in_((StepKind.ENTERED, *_OUT)),
            known.so_far(Step),
        )
        .order_by(Step.id)
        .tuples()
    )
    rows = cast("Iterable[tuple[UUID, UUID, str]]", query)
    last = {member_id: (person_id, kind) for person_id, member_id, kind in rows}
    return frozenset(person for person, kind in last.values() if kind == StepKind.ENTERED)


# Of the prisoner's cases of a year, not of the many that a lawyer ever had. A case that was
# booked bears the day of the booking, so the step in tells when it took place.
_OF_LATE = Prepared(
    lambda person_ids, prisoner_ids, earliest: (
        Member.select(Member.person_id, Member.case_id, CaseNow.state, Step.at)
        .join(CaseNow, on=(CaseNow.case_id == Member.case_id))
        .join(
            Step,
            JOIN.LEFT_OUTER,
            on=(Step.case_id == Member.case_id)
            & (Step.member_id == Member.id)
            & (Step.kind == StepKind.ENTERED)
            & known.so_far(Step),
        )
        .where(
            Member.case_id.in_(
                Case.select(Case.id).where(
                    Case.prisoner_id.in_(prisoner_ids), Case.id >= earliest
                )
            ),
            Member.person_id.in_(person_ids),
            known.so_far(Member),
        )
        .tuples()
    )
)


def _earliest(desk: Desk, day: date) -> UUID:
    """The least id of a case that may have been booked for `day` or later."""
    before = _PLANNED_AHEAD
    return first_after(start_of(max(day, date.min + before) - before, desk.zone))


def _days_of(
    desk: Desk, person_id: UUID, case_id: UUID, state: str | None, entered_at: int | None
) -> Iterable[date]:
    """On which days somebody of a case met the prisoner, or is to."""
    if known.is_past():
        state = _state_then(case_id)
    if entered_at is not None and state != CaseState.VOID:
        return (local_day(entered_at, desk.zone),)
    if state in (CaseState.ADMITTED, CaseState.INSIDE):
        return _waits_since(desk, person_id, case_id)
    return _planned_days(case_id) if state == CaseState.BOOKED else ()


def _waits_since(desk: Desk, person_id: UUID, case_id: UUID) -> Iterable[date]:
    """On which day somebody was admitted who was not turned away after it."""
    query = (
        Step.select(Step.kind, Step.at, Step.data, Step.member_id, Member.id, Member.no)
        .join(Member, on=(Member.case_id == Step.case_id) & (Member.person_id == person_id))
        .where(
            Step.case_id == case_id,
            Step.kind.in_((StepKind.ADMITTED, StepKind.TURNED_AWAY)),
            known.so_far(Step),
        )
        .tuples()
    )
    since: tuple[date, ...] = ()
    for kind, at, data, turned_away, member_id, no in cast("Iterable[Any]", query):
        if turned_away == member_id:
            return ()
        if kind == StepKind.ADMITTED and no in (data or {}).get(MEMBERS, ()):
            since = (local_day(at, desk.zone),)
    return since


def _state_then(case_id: UUID) -> str | None:
    query = Step.select(Step.state).where(Step.case_id == case_id, known.so_far(Step))
    last: Any = query.order_by(Step.no.desc()).tuples().first()
    return None if last is None else str(last[0])


def _planned_days(case_id: UUID) -> Iterable[date]:
    query = (
        VisitPlan.select(VisitSlot.day, VisitPlan.nights)
        .join(VisitSlot, on=(VisitSlot.id == VisitPlan.slot_id))
        .where(VisitPlan.case_id == case_id, known.so_far(VisitPlan))
        .order_by(VisitPlan.id.desc())
        .tuples()
    )
    plan: Any = query.first()
    if plan is None:
        return ()
    first, nights = plan
    return tuple(first + timedelta(days=more) for more in range(nights + 1))
