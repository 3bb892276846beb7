"""The numbers of a series that were given on some days, with their cases, some at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, cast
from uuid import UUID

from peewee import JOIN, SQL, ModelSelect

from kiosk.clock import local_day
from kiosk.codes import Series, Service
from kiosk.models import AuditEntry, Case, PrisonerDetail, RegisterNumber
from kiosk.rules.days import moment_on, start_of
from kiosk.services.desk import Desk
from kiosk.services.ids import first_after
from kiosk.services.register_numbers import shown
from kiosk.values import Name

AT_ONCE = 400
"""So many cases are held in memory at one time, however long the register is."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A case under one of its numbers. `entry` is the audit entry that gave it."""

    number: str
    day: date
    entry: int
    case_id: UUID
    service: Service
    prisoner_id: UUID
    prisoner: Name | None = field(repr=False)
    file_number: str = field(repr=False)


def numbered(
    desk: Desk,
    series: Series,
    from_day: date,
    to_day: date,
    service: Service | None,
    at_once: int = AT_ONCE,
) -> Iterator[list[Numbered]]:
    """The cases with a number of this gate's `series` given on these days, both included, in
    the order of their numbers, `at_once` at a time; `service` None: of every kind."""
    after, end = moments(desk, from_day, to_day)
    while rows := _rows(desk, series, service, after, end, at_once):
        after = rows[-1]["id"]
        yield [
            Numbered(
                number=shown(series, row["period"], row["no"]),
                day=local_day(row["at"], desk.zone),
                entry=row["audit_seq"],
                case_id=row["object_id"],
                service=row["service"],
                prisoner_id=row["prisoner_id"],
                prisoner=name_of(row),
                file_number=row["file_number"] or "",
            )
            for row in rows
        ]


def moments(desk: Desk, from_day: date, to_day: date) -> tuple[UUID, UUID]:
    """The ids between which all lie that was recorded on these days."""
    before = start_of(from_day, desk.zone) - 1
    return first_after(before), first_after(end_of(desk, to_day))


def end_of(desk: Desk, day: date) -> int:
    """The last moment (UTC ms) of a day of the site."""
    return moment_on(day, time.max, desk.zone)


def name_of(row: dict[str, Any]) -> Name | None:
    """The name that stands in a row; None when it was erased."""
    if row["surname"] is None:
        return None
    return Name(row["surname"], row["given"], row["patronymic"] or "")


def _rows(
    desk: Desk, series: Series, service: Service | None, after: UUID, end: UUID, at_once: int
) -> list[dict[str, Any]]:
    query = (
        RegisterNumber.select(
            RegisterNumber.id,
            RegisterNumber.period,
            RegisterNumber.no,
            RegisterNumber.object_id,
            RegisterNumber.audit_seq,
            AuditEntry.at,
            Case.service,
            Case.prisoner_id,
            PrisonerDetail.surname,
            PrisonerDetail.given,
            PrisonerDetail.patronymic,
            PrisonerDetail.file_number,
        )
        .join(Case, on=(Case.id == RegisterNumber.object_id))
        .join(
            PrisonerDetail, JOIN.LEFT_OUTER, on=(PrisonerDetail.id == Case.prisoner_detail_id)
        )
    )
    if service is not None:
        query = query.where(Case.service == service)
    return given(query, desk, series, after, end, at_once)


def given(
    query: ModelSelect[Any],
    desk: Desk,
    series: Series,
    after: UUID,
    end: UUID,
    at_once: int = AT_ONCE,
) -> list[dict[str, Any]]:
    """The first rows of a `query` on register numbers, with the audit entry that gave each:
    those of a series of this gate between two ids, in their order."""
    rows = (
        query.join(
            AuditEntry,
            on=(AuditEntry.gate_id == RegisterNumber.gate_id)
            & (AuditEntry.seq == RegisterNumber.audit_seq),
        )
        .where(
            RegisterNumber.id > after,
            RegisterNumber.id < end,
            # Only the days may choose the rows: an index on the series holds ten years.
            SQL('+"t1"."series" = ? AND +"t1"."gate_id" = ?', (series.value, desk.gate)),
        )
        .order_by(RegisterNumber.id)
        .limit(at_once)
    )
    return cast("list[dict[str, Any]]", list(rows.dicts()))
