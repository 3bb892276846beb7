"""Who is inside, with their rooms: to look at, to print, and to be warned of in time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, cast
from uuid import UUID

from kiosk.clock import local
from kiosk.codes import Action, Template
from kiosk.models import Deposit, Room, VisitPlan, VisitSlot
from kiosk.papers import InsideBody, PersonInside
from kiosk.services import presence, printing
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.endings import lasting
from kiosk.services.entry import entry
from kiosk.values import Officer
from kiosk.values.waiting import InsideList, LeavingSoon


def look(desk: Desk, officer: Officer) -> InsideList:
    """Everybody inside, the overdue first, with their rooms and their tags.

    Everybody who registers, and an administrator, may look.
    """
    people = presence.inside(desk, officer)
    return InsideList(
        people,
        _rooms({one.case_id for one in people}),
        _tags({one.member_id for one in people}),
    )


def order_paper(desk: Desk, officer: Officer) -> UUID:
    """Print the list for the duty officer, as it stands now; the id of its job."""
    must_look_up(officer)
    with entry(desk, Action.REPORT, officer=officer) as e:
        listed = look(desk, officer)
        body = InsideBody(
            site_name=desk.site_name,
            language=desk.languages[0],
            at=printing.iso_local(e.now, desk.zone),
            people=tuple(
                PersonInside(
                    badge=one.badge,
                    name=one.name.full,
                    born=one.birth,
                    service=one.service,
                    file_number=one.file_number,
                    place=listed.rooms.get(one.case_id, ""),
                    since=printing.iso_local(one.since, desk.zone),
                    due=printing.iso_local(one.due, desk.zone) if one.due else None,
                )
                for one in listed.people
            ),
            officer=officer.name,
        )
        return printing.order(desk, e, None, Template.INSIDE, body)


def leaving(desk: Desk, officer: Officer, within: int) -> tuple[LeavingSoon, ...]:
    """The visits that end within so many milliseconds or should have ended, one line each.

    The name is that of the first who is still inside. Who may look at who is inside, may.
    """
    listed = look(desk, officer)
    until = desk.clock.now() + within
    found: dict[UUID, LeavingSoon] = {}
    for one in listed.people:
        if one.due is not None and one.due <= until and one.case_id not in found:
            found[one.case_id] = LeavingSoon(
                case_id=one.case_id,
                badge=one.badge,
                name=one.name,
                room=listed.rooms.get(one.case_id, ""),
                due=one.due,
                at=local(one.due, desk.zone).strftime("%H:%M"),
            )
    return tuple(sorted(found.values(), key=lambda one: one.due))


def _rooms(case_ids: Collection[UUID]) -> dict[UUID, str]:
    """The code of the room in which each visit takes place; its last plan counts."""
    rows = (
        VisitPlan.select(VisitPlan.case_id, Room.code)
        .join(VisitSlot, on=(VisitSlot.id == VisitPlan.slot_id))
        .join(Room, on=(Room.id == VisitSlot.room_id))
        .where(VisitPlan.case_id.in_(list(case_ids)))
        .order_by(VisitPlan.id)
        .dicts()
    )
    return {row["case_id"]: row["code"] for row in cast("Iterable[dict[str, Any]]", rows)}


def _tags(member_ids: Collection[UUID]) -> dict[UUID, str]:
    """The tag on which things of each of these members hang, if any do."""
    rows = lasting(Deposit, Deposit.member_id.in_(list(member_ids)))
    return {row.member_id: row.tag for row in rows}
