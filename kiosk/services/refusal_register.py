"""The register of refusals: who may not pass, why, and by which rule.

Who may see it is asked in `services.report_access`, through which screens and commands come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any, cast
from uuid import UUID

from kiosk.codes import Series, Service, StepKind
from kiosk.models import Decision
from kiosk.rules.decision import Reason
from kiosk.rules.kinds import GOODS
from kiosk.services.decision_record import reason_of
from kiosk.services.desk import Desk
from kiosk.services.goods.package_register import items_of
from kiosk.services.numbered import Numbered, name_of, numbered
from kiosk.services.staff import names_of
from kiosk.services.visit_register import admitted, members_of, steps_of
from kiosk.values.goods_reports import PackageItem
from kiosk.values.reports import RefusalEntry


def refusals(
    desk: Desk, from_day: date, to_day: date, service: Service | None = None
) -> Iterator[RefusalEntry]:
    """Every refusal of these days, both included, in the order of the numbers.

    Of a group of which some were let in, those who were not.
    """
    for cases in numbered(desk, Series.REFUSAL, from_day, to_day, service):
        case_ids = [case.case_id for case in cases]
        members, steps = members_of(case_ids), steps_of(case_ids)
        decisions = _decisions(case_ids)
        things = items_of([case.case_id for case in cases if case.service in GOODS])
        officers = names_of({row["staff_id"] for row in decisions.values()})
        for case in cases:
            # The decision of the very transaction that gave the number.
            decision = decisions.get((case.case_id, case.entry))
            of_case, did = members[case.case_id], steps[case.case_id]
            let_in = admitted(of_case, did)
            yield _entry(
                case,
                [one for one in of_case if one["id"] not in let_in],
                tuple(_against(decision)) if decision is not None else (),
                officers.get(decision["staff_id"], "") if decision is not None else "",
                any(step["kind"] == StepKind.VOID for step in did),
                tuple(things[case.case_id]) if case.case_id in things else (),
            )


def _decisions(case_ids: Collection[UUID]) -> dict[tuple[UUID, int], dict[str, Any]]:
    query = Decision.select(
        Decision.case_id, Decision.audit_seq, Decision.reasons, Decision.staff_id
    ).where(Decision.case_id.in_(list(case_ids)))
    rows = cast("Iterable[dict[str, Any]]", query.dicts())
    return {(row["case_id"], row["audit_seq"]): row for row in rows}


def _against(decision: dict[str, Any]) -> Iterator[Reason]:
    """What stood against it; a condition bound those who were let in."""
    for kept in decision["reasons"]:
        if not kept.get("condition"):
            yield reason_of(kept)


def _entry(
    case: Numbered,
    refused: list[dict[str, Any]],
    reasons: tuple[Reason, ...],
    officer: str,
    is_void: bool,
    things: tuple[PackageItem, ...],
) -> RefusalEntry:
    days = [reason.free_from for reason in reasons]
    known = [day for day in days if day is not None]
    return RefusalEntry(
        case_id=case.case_id,
        number=case.number,
        day=case.day,
        service=case.service,
        prisoner_id=case.prisoner_id,
        prisoner=case.prisoner,
        file_number=case.file_number,
        officer=officer,
        visitors=tuple((one["person_id"], name_of(one)) for one in refused),
        reasons=reasons,
        next_day=max(known) if known and len(known) == len(days) else None,
        is_void=is_void,
        things=() if reasons else things,
    )
