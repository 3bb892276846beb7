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

Groups = Mapping[UUID, frozenset[UUID]]
_OUT = (StepKind.LEFT, StepKind.STOPPED)
# A form may stand open over night before its case, which bears the id made with the form.
_FORM_OPEN = timedelta(days=3)


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
    query = Presence.select(Presence.person_root).where(
        Presence.person_root.in_(list(person_ids))
    )
    return frozenset(row.person_root for row in query)


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
    earliest = first_after(start_of(max(day, date.min + _FORM_OPEN) - _FORM_OPEN, desk.zone))
    query = (
        Member.select(Member.person_id, Member.case_id, Case.day)
        .join(Case, on=(Case.id == Member.case_id))
        .join(Step, on=(Step.case_id == Member.case_id) & (Step.member_id == Member.id))
        .where(
            Member.person_id.in_(list(person_ids)),
            # A person's cases by their ids: a lawyer has thousands, few of them of late.
            Member.case_id >= earliest,
            Case.prisoner_id.in_(list(prisoner_ids)),
            Case.day >= day,
            Step.kind == StepKind.ENTERED,
            known.so_far(Step),
        )
        .tuples()
    )
    return cast("Iterable[tuple[UUID, UUID, date]]", query)


def _planned(
    desk: Desk, person_ids: Collection[UUID], prisoner_ids: Collection[UUID], day: date
) -> Iterable[tuple[UUID, UUID, date]]:
    """Person, case and day of the visits that are booked, one for each day of a stay."""
    query = (
        Member.select(Member.person_id, Member.case_id)
        .join(Case, on=(Case.id == Member.case_id))
        .join(CaseNow, on=(CaseNow.case_id == Member.case_id))
        .where(
            Member.person_id.in_(list(person_ids)),
            Case.prisoner_id.in_(list(prisoner_ids)),
            known.so_far(Member),
        )
        .tuples()
    )
    if not known.is_past():
        # Of the few open cases of the house, not of the many a lawyer ever had.
        query = query.where(CaseNow.is_open, CaseNow.state == CaseState.BOOKED)
    booked = list(cast("Iterable[tuple[UUID, UUID]]", query))
    if known.is_past():
        booked = [pair for pair in booked if _was_booked(pair[1])]
    for person_id, case_id in booked:
        for on in _days_of(case_id):
            if on >= day:
                yield person_id, case_id, on


def _was_booked(case_id: UUID) -> bool:
    query = Step.select(Step.state).where(Step.case_id == case_id, known.so_far(Step))
    last: Any = query.order_by(Step.no.desc()).tuples().first()
    return last is not None and last[0] == CaseState.BOOKED


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
