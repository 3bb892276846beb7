"""The restrictions of somebody, or of the whole facility, with their history, for a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from kiosk.codes import LiftReason, RestrictionKind, Service
from kiosk.models import AuditEntry, Ending, PrisonerDetail, Restriction
from kiosk.services import same
from kiosk.services.bearers import bearers
from kiosk.services.called import called, of_people
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.entry import day_now
from kiosk.services.staff import names_of
from kiosk.values import Name, Officer, RestrictionLine


def of_person(desk: Desk, officer: Officer, person_id: UUID) -> tuple[RestrictionLine, ...]:
    """What was ever put on a visitor, under whichever record."""
    ids = bearers((person_id,))[person_id]
    return _lines(desk, officer, Restriction.person_id.in_(list(ids)))


def of_prisoner(desk: Desk, officer: Officer, prisoner_id: UUID) -> tuple[RestrictionLine, ...]:
    """What was ever put on visits to a prisoner, and from whom they are kept apart."""
    ids = list(same.group(prisoner_id))
    return _lines(
        desk,
        officer,
        Restriction.prisoner_id.in_(ids) | Restriction.other_prisoner_id.in_(ids),
    )


def of_facility(desk: Desk, officer: Officer) -> tuple[RestrictionLine, ...]:
    """What was ever stopped for the whole facility."""
    return _lines(
        desk, officer, Restriction.person_id.is_null(), Restriction.prisoner_id.is_null()
    )


def _lines(desk: Desk, officer: Officer, *conditions: Any) -> tuple[RestrictionLine, ...]:
    """What holds or begins later first, then what is over; the newest of each first.

    Everybody who registers, and an administrator, may look.
    """
    must_look_up(officer)
    rows = list(Restriction.select().where(*conditions))
    endings = {one.target_id: one for one in _endings(rows)}
    entries = {
        (one.gate_id, one.seq): one
        for one in AuditEntry.select().where(
            AuditEntry.seq.in_([row.audit_seq for row in rows])
        )
    }
    people = of_people({row.person_id for row in rows})
    prisoners = _prisoners({one for row in rows for one in _of(row)})
    staff = names_of(
        {one.staff_id for one in endings.values()}
        | {one.staff_id for one in entries.values() if one.staff_id is not None}
    )
    lines = (
        _line(
            row,
            entries[row.gate_id, row.audit_seq],
            endings.get(row.id),
            people,
            prisoners,
            staff,
        )
        for row in sorted(rows, key=lambda row: row.id, reverse=True)
    )
    today = day_now(desk)
    return tuple(sorted(lines, key=lambda one: not one.holds(today)))


def _line(
    row: Restriction,
    entry: AuditEntry,
    ending: Ending | None,
    people: dict[UUID | None, Name],
    prisoners: dict[UUID, tuple[Name, str]],
    staff: dict[UUID, str],
) -> RestrictionLine:
    prisoner, file_number = prisoners.get(row.prisoner_id, (None, ""))
    other, other_file_number = prisoners.get(row.other_prisoner_id, (None, ""))
    return RestrictionLine(
        restriction_id=row.id,
        kind=RestrictionKind(row.kind),
        person=people.get(row.person_id),
        prisoner=prisoner,
        file_number=file_number,
        other=other,
        other_file_number=other_file_number,
        services=frozenset(Service(code) for code in row.services or ()),
        goods=frozenset(row.goods or ()),
        from_day=row.from_day,
        from_at=row.from_at,
        to_day=row.to_day,
        ground=row.ground,
        issuer=row.issuer,
        paper_no=row.paper_no or "",
        recorded_at=entry.at,
        recorded_by=staff.get(entry.staff_id, ""),
        lifted_on=ending.on_day if ending is not None else None,
        lift_reason=LiftReason(ending.reason) if ending is not None else None,
        lifted_by=staff.get(ending.staff_id, "") if ending is not None else "",
    )


def _endings(rows: Collection[Restriction]) -> Iterable[Ending]:
    gates = {row.gate_id for row in rows}
    return Ending.select().where(
        Ending.gate_id.in_(list(gates)), Ending.target_id.in_([row.id for row in rows])
    )


def _of(row: Restriction) -> tuple[UUID | None, UUID | None]:
    return row.prisoner_id, row.other_prisoner_id


def _prisoners(ids: Collection[UUID | None]) -> dict[UUID, tuple[Name, str]]:
    query = PrisonerDetail.select().where(PrisonerDetail.prisoner_id.in_(list(ids)))
    return {
        row.prisoner_id: (called(row), row.file_number)
        for row in query.order_by(PrisonerDetail.id)
    }
