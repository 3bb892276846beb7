"""The register of visits: every case that was let in, with each of its visitors.

Who may see it is asked in `services.report_access`, through which screens and commands come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from peewee import JOIN

from kiosk.codes import (
    CancelReason,
    Part,
    Series,
    Service,
    StepKind,
    VisitOutcome,
    VoidReason,
)
from kiosk.models import Document, Member, PersonDetail, Step
from kiosk.services.desk import Desk
from kiosk.services.numbered import Numbered, name_of, numbered
from kiosk.services.register_numbers import numbers_of
from kiosk.services.staff import names_of
from kiosk.services.under_way import MEMBERS
from kiosk.values.reports import VisitEntry, VisitorEntry

Rows = dict[UUID, list[dict[str, Any]]]

_OUT = frozenset({StepKind.LEFT, StepKind.STOPPED})
_TOLD = (
    StepKind.ADMITTED,
    StepKind.ENTERED,
    *sorted(_OUT),
    StepKind.TURNED_AWAY,
    StepKind.CANCELLED,
    StepKind.VOID,
)


def visits(
    desk: Desk, from_day: date, to_day: date, service: Service | None = None
) -> Iterator[VisitEntry]:
    """Every visit let in on these days, both included, in the order of the numbers.

    A case that was void or called off keeps its number, and says so.
    """
    for cases in numbered(desk, Series.VISIT, from_day, to_day, service):
        case_ids = [case.case_id for case in cases]
        members, steps = members_of(case_ids), steps_of(case_ids)
        numbers = numbers_of(case_ids)
        officers = names_of({step["staff_id"] for rows in steps.values() for step in rows})
        for case in cases:
            yield _entry(
                case,
                numbers[case.case_id].get(Series.REFUSAL, ""),
                members[case.case_id],
                steps[case.case_id],
                officers,
            )


def members_of(case_ids: Collection[UUID]) -> Rows:
    """Everybody of these cases in their order, with the name and document of that day."""
    query = (
        Member.select(
            Member.id,
            Member.case_id,
            Member.no,
            Member.person_id,
            Member.relation,
            PersonDetail.surname,
            PersonDetail.given,
            PersonDetail.patronymic,
            Document.number,
        )
        .join(PersonDetail, JOIN.LEFT_OUTER, on=(PersonDetail.id == Member.detail_id))
        .join(Document, JOIN.LEFT_OUTER, on=(Document.id == Member.document_id))
        .where(Member.case_id.in_(list(case_ids)))
        .order_by(Member.case_id, Member.no)
    )
    return _by_case(query.dicts())


def steps_of(case_ids: Collection[UUID]) -> Rows:
    """What happened to these cases, as far as it says how somebody's visit went."""
    query = (
        Step.select(
            Step.case_id,
            Step.kind,
            Step.member_id,
            Step.at,
            Step.staff_id,
            Step.second_id,
            Step.reason,
            Step.data,
        )
        .where(Step.case_id.in_(list(case_ids)), Step.kind.in_(_TOLD))
        .order_by(Step.case_id, Step.no)
    )
    return _by_case(query.dicts())


def admitted(members: Iterable[dict[str, Any]], steps: Iterable[dict[str, Any]]) -> set[UUID]:
    """The members of a case who were let in, whether they went in or not."""
    rows = list(steps)
    numbers = {
        no
        for step in rows
        if step["kind"] == StepKind.ADMITTED
        for no in (step["data"] or {}).get(MEMBERS, ())
    }
    # A case of the time when everybody went in at once says who did by their steps only.
    entered = {step["member_id"] for step in rows if step["kind"] == StepKind.ENTERED}
    return {one["id"] for one in members if one["no"] in numbers or one["id"] in entered}


def _by_case(rows: object) -> Rows:
    found: Rows = defaultdict(list)
    for row in cast("Iterable[dict[str, Any]]", rows):
        found[row["case_id"]].append(row)
    return found


def _entry(
    case: Numbered,
    refusal: str,
    members: list[dict[str, Any]],
    steps: list[dict[str, Any]],
    officers: dict[UUID, str],
) -> VisitEntry:
    let_in = next((step for step in steps if step["kind"] == StepKind.ADMITTED), None)
    going_in = admitted(members, steps)
    return VisitEntry(
        case_id=case.case_id,
        number=case.number,
        refusal=refusal,
        day=case.day,
        service=case.service,
        prisoner_id=case.prisoner_id,
        prisoner=case.prisoner,
        file_number=case.file_number,
        officer=officers.get(let_in["staff_id"], "") if let_in is not None else "",
        overridden=let_in is not None and let_in["second_id"] is not None,
        visitors=tuple(_visitor(one, one["id"] in going_in, steps) for one in members),
    )


def _visitor(
    member: dict[str, Any], was_admitted: bool, steps: list[dict[str, Any]]
) -> VisitorEntry:
    part = Part.WAITS if was_admitted else Part.REFUSED
    reason: StrEnum | None = None
    entered_at = left_at = None
    for step in steps:
        kind, own = step["kind"], step["member_id"] == member["id"]
        if own and kind == StepKind.ENTERED:
            part, entered_at = Part.INSIDE, step["at"]
        elif own and kind in _OUT:
            part, reason, left_at = Part.LEFT, _outcome(step["reason"]), step["at"]
        elif own and kind == StepKind.TURNED_AWAY:
            part, reason = Part.TURNED_AWAY, VisitOutcome(step["reason"])
        elif kind == StepKind.CANCELLED and part is Part.WAITS:
            part, reason = Part.CANCELLED, _called_off(step["reason"])
        elif kind == StepKind.VOID and part is not Part.REFUSED:
            part, reason = Part.VOID, VoidReason(step["reason"])
    return VisitorEntry(
        no=member["no"],
        name=name_of(member),
        document=member["number"] or "",
        relation=member["relation"],
        part=part,
        reason=reason,
        entered_at=entered_at,
        left_at=left_at,
    )


def _outcome(reason: str | None) -> VisitOutcome | None:
    """None in a case of the time before outcomes were kept."""
    return VisitOutcome(reason) if reason is not None else None


def _called_off(reason: str) -> StrEnum:
    """Somebody called it off, or the last who could have gone in did not."""
    return CancelReason(reason) if reason in list(CancelReason) else VisitOutcome(reason)
