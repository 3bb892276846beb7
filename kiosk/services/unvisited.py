"""Prisoners who are here and were not visited: whom the prison should ask how they are.

Contact with the family is what keeps somebody from coming back, so the silent ones are
counted. Who may see it is asked in `services.report_access`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, cast
from uuid import UUID

from peewee import fn

from kiosk.clock import local_day
from kiosk.codes import Service, StepKind
from kiosk.models import Case, PrisonerDetail, Step
from kiosk.rules.kinds import SOCIAL
from kiosk.services import same
from kiosk.services.desk import Desk
from kiosk.services.numbered import end_of, moments
from kiosk.services.standing import GONE, standing_at
from kiosk.values import Name
from kiosk.values.reports import UnvisitedEntry


def unvisited(
    desk: Desk, from_day: date, to_day: date, service: Service | None = None
) -> Iterator[UnvisitedEntry]:
    """Everybody here on `to_day` who had no such visit from `from_day` to then, both included.

    Whoever came after `from_day` is left out: it says nothing of them yet. `service` None:
    the visits of family and friends. In the order of the file numbers.
    """
    services = sorted(SOCIAL) if service is None else [service]
    first, end = moments(desk, from_day, to_day)
    visited = {
        same.root(row.prisoner_id)
        for row in _entered(services).where(Step.id > first, Step.id < end).distinct()
    }
    at = min(desk.clock.now(), end_of(desk, to_day))
    for detail in _prisoners():
        root = same.root(detail["prisoner_id"])
        if root in visited or root != detail["prisoner_id"]:
            continue
        standing = standing_at(desk, root, at)
        if standing.status is None or standing.status in GONE:
            continue
        if standing.admitted is not None and standing.admitted > from_day:
            continue
        yield UnvisitedEntry(
            prisoner_id=root,
            prisoner=Name(detail["surname"], detail["given"], detail["patronymic"] or ""),
            file_number=detail["file_number"],
            unit=standing.unit,
            admitted=standing.admitted,
            last_day=_last_day(desk, root, services, end),
        )


def _entered(services: list[Service]) -> Any:
    """Whom somebody went in to see."""
    return (
        Case.select(Case.prisoner_id)
        .join(Step, on=(Step.case_id == Case.id))
        .where(Step.kind == StepKind.ENTERED, Case.service.in_(services))
    )


def _prisoners() -> list[dict[str, Any]]:
    """What is known of each prisoner now; who was erased has no such row."""
    current = PrisonerDetail.select(fn.MAX(PrisonerDetail.id)).group_by(
        PrisonerDetail.prisoner_id
    )
    query = PrisonerDetail.select().where(PrisonerDetail.id.in_(current))
    ordered = query.order_by(PrisonerDetail.file_number, PrisonerDetail.id)
    return cast("list[dict[str, Any]]", list(ordered.dicts()))


def _last_day(desk: Desk, root: UUID, services: list[Service], end: UUID) -> date | None:
    """The day on which somebody last went in to them, up to then."""
    last = (
        _entered(services)
        .where(Case.prisoner_id.in_(list(same.group(root))), Step.id < end)
        .select(Step.at)
        .order_by(Case.id.desc())
        .limit(1)
        .tuples()
        .first()
    )
    return None if last is None else local_day(last[0], desk.zone)
