"""Who is inside now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID

from peewee import JOIN, ModelSelect

from kiosk.codes import MemberRole, Series
from kiosk.models import Case, Member, PersonDetail, Presence, PrisonerDetail
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.entry import moment
from kiosk.services.register_numbers import numbers_of
from kiosk.values import Inside, Name, Officer


def inside(desk: Desk, officer: Officer) -> tuple[Inside, ...]:
    """Everybody inside: the overdue first, the longest overdue at the top, then by arrival.

    Everybody who registers, and an administrator, may look.
    """
    must_look_up(officer)
    now = moment(desk)
    return tuple(
        sorted(
            inside_where(),
            key=lambda one: (
                (0, one.due) if one.due is not None and one.due < now else (1, one.since)
            ),
        )
    )


def count(desk: Desk) -> tuple[int, int]:
    """How many are inside, and how many of them are overdue."""
    now = moment(desk)
    overdue = Presence.select().where(Presence.due < now).count()
    return Presence.select().count(), overdue


def inside_where(*conditions: Any) -> Iterable[Inside]:
    """Those inside that meet the conditions, in the order of the members of each case.

    Names are those recorded at the visit, so an erased one is empty.
    """
    query = _query().where(*conditions) if conditions else _query()
    rows = cast("list[dict[str, Any]]", list(query.dicts()))
    numbers = numbers_of({row["case_id"] for row in rows})
    return [_inside(row, numbers[row["case_id"]].get(Series.VISIT, "")) for row in rows]


def _query() -> ModelSelect[Presence]:
    return (
        Presence.select(
            Presence.member_id,
            Presence.case_id,
            Presence.since,
            Presence.due,
            Member.no,
            Member.role,
            PersonDetail.surname,
            PersonDetail.given,
            PersonDetail.patronymic,
            PersonDetail.birth,
            Case.service,
            PrisonerDetail.file_number,
            PrisonerDetail.surname.alias("prisoner_surname"),
            PrisonerDetail.given.alias("prisoner_given"),
        )
        .join(Member, on=(Member.id == Presence.member_id))
        .join(PersonDetail, JOIN.LEFT_OUTER, on=(PersonDetail.id == Member.detail_id))
        .join(Case, on=(Case.id == Presence.case_id))
        .join(
            PrisonerDetail, JOIN.LEFT_OUTER, on=(PrisonerDetail.id == Case.prisoner_detail_id)
        )
        .order_by(Presence.case_id, Member.no)
    )


def _inside(row: dict[str, Any], number: str) -> Inside:
    prisoner = Name(row["prisoner_surname"] or "", row["prisoner_given"] or "")
    member_id: UUID = row["member_id"]
    return Inside(
        member_id=member_id,
        case_id=row["case_id"],
        badge=f"{number}-{row['no']}",
        name=Name(row["surname"] or "", row["given"] or "", row["patronymic"] or ""),
        birth=row["birth"] or "",
        service=row["service"],
        prisoner=prisoner.short,
        file_number=row["file_number"] or "",
        since=row["since"],
        due=row["due"],
        is_adult=row["role"] != MemberRole.CHILD,
    )
