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

from kiosk.codes import CaseState, StepKind
from kiosk.models import Case, CaseNow, Member, Presence, Step, VisitPlan, VisitSlot
from kiosk.rules.days import start_of
from kiosk.services import known
from kiosk.services.desk import Desk
from kiosk.services.ids import first_after
from kiosk.services.prepared import Prepared

Groups = Mapping[UUID, frozenset[UUID]]
_OUT = (StepKind.LEFT, StepKind.STOPPED)
# A form may stand open over night before its case, which bears the id made with the form.
_FORM_OPEN = timedelta(days=3)
# Nobody plans a visit further ahead.
_PLANNED_AHEAD = timedelta(days=400)


def inside(groups: Groups) -> frozenset[UUID]:
    """Those of the persons (with their records) who are inside."""
    everybody = [one for group in groups.values() for one in group]
    there = _was_inside(everybody) if known.is_past() else _is_inside(everybody)
    return frozenset(one for one, group in groups.items() if not there.isdisjoint(group))


def met_on(
    desk: Desk,
    groups: Groups,
    prisoner_ids: Collection[UUID],
    day: date,
    besides_case: UUID,
) -> Mapping[UUID, frozenset[date]]:
    """Of each person the days from `day` on with a visit to the prisoner, one case apart.

    A visit that took place counts on its day, one that is planned on each day of its stay.
    """
    everybody = [one for group in groups.values() for one in group]
    days: dict[UUID, set[date]] = defaultdict(set)
    for person_id, case_id, on in (
        *_took_place(desk, everybody, prisoner_ids, day),
        *_planned(desk, everybody, prisoner_ids, day),
    ):
        if case_id != besides_case:
            days[person_id].add(on)
    return {
        one: frozenset(met for record in group for met in days.get(record, ()))
        for one, group in groups.items()
    }


def _is_inside(person_ids: Collection[UUID]) -> frozenset[UUID]:
    return frozenset(root for (root,) in _PRESENT(list(person_ids)))


_PRESENT = Prepared(
    lambda ids: (
        Presence.select(Presence.person_root).where(Presence.person_root.in_(ids)).tuples()
    )
)


def _was_inside(person_ids: Collection[UUID]) -> frozenset[UUID]:
    """By the last step in or out of each member, as far as steps were recorded."""
    query = (
        Step.select(Member.person_id, Step.member_id, Step.kind)
        .join(Member, on=(Member.id == Step.member_id) & (Member.case_id == Step.case_id))
        .where(
            Member.person_id.in_(list(person_ids)),
            Step.kind.in_((StepKind.ENTERED, *_OUT)),
            known.so_far(Step),
        )
        .order_by(Step.id)
        .tuples()
    )
    rows = cast("Iterable[tuple[UUID, UUID, str]]", query)
    last = {member_id: (person_id, kind) for person_id, member_id, kind in rows}
    return frozenset(person for person, kind in last.values() if kind == StepKind.ENTERED)


def _took_place(
    desk: Desk, person_ids: Collection[UUID], prisoner_ids: Collection[UUID], day: date
) -> Iterable[tuple[UUID, UUID, date]]:
    """Person, case and day of the visits to which they went in, from `day` on."""
    earliest = _earliest(desk, day, _FORM_OPEN)
    return _ENTERED(list(person_ids), earliest, list(prisoner_ids), day)


_ENTERED = Prepared(
    lambda person_ids, earliest, prisoner_ids, day: (
        Member.select(Member.person_id, Member.case_id, Case.day)
        .join(Case, on=(Case.id == Member.case_id))
        .join(Step, on=(Step.case_id == Member.case_id) & (Step.member_id == Member.id))
        .where(
            Member.person_id.in_(person_ids),
            # A person's cases by their ids: a lawyer has thousands, few of them of late.
            Member.case_id >= earliest,
            Case.prisoner_id.in_(prisoner_ids),
            Case.day >= day,
            Step.kind == StepKind.ENTERED,
            known.so_far(Step),
        )
        .tuples()
    )
)


def _planned(
    desk: Desk, person_ids: Collection[UUID], prisoner_ids: Collection[UUID], day: date
) -> Iterable[tuple[UUID, UUID, date]]:
    """Person, case and day of the visits that are booked, one for each day of a stay."""
    earliest = _earliest(desk, day, _PLANNED_AHEAD)
    booked = _OF_LATE(list(person_ids), list(prisoner_ids), earliest)
    for person_id, case_id, state in booked:
        if known.is_past():
            state = _state_then(case_id)
        if state == CaseState.BOOKED:
            for on in _days_of(case_id):
                if on >= day:
                    yield person_id, case_id, on


# Of the prisoner's cases of a year, not of the many that a lawyer ever had.
_OF_LATE = Prepared(
    lambda person_ids, prisoner_ids, earliest: (
        Member.select(Member.person_id, Member.case_id, CaseNow.state)
        .join(CaseNow, on=(CaseNow.case_id == Member.case_id))
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


def _earliest(desk: Desk, day: date, before: timedelta) -> UUID:
    """The least id of a case that was begun so long before `day` or later."""
    return first_after(start_of(max(day, date.min + before) - before, desk.zone))


def _state_then(case_id: UUID) -> str | None:
    query = Step.select(Step.state).where(Step.case_id == case_id, known.so_far(Step))
    last: Any = query.order_by(Step.no.desc()).tuples().first()
    return None if last is None else str(last[0])


def _days_of(case_id: UUID) -> Iterable[date]:
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
