"""Rooms where visits take place: entered by the prison, taken out of use, never deleted."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Action, RoomKind, Service
from kiosk.errors import Invalid, NotFound, Refused
from kiosk.models import Room, VisitSlot
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up, must_supervise
from kiosk.services.endings import end, lasting
from kiosk.services.entry import entry
from kiosk.text import N_, clean
from kiosk.values import Officer
from kiosk.values.waiting import RoomLine

SEATS_AT_MOST = 200

# Which room a visit needs. Officials sit where nobody else hears them.
KINDS = {
    Service.SHORT_VISIT: RoomKind.SHORT,
    Service.LONG_VISIT: RoomKind.LONG,
}


def kind_for(service: Service) -> RoomKind:
    """The kind of room in which a visit takes place."""
    return KINDS.get(service, RoomKind.OFFICIAL)


def add(desk: Desk, officer: Officer, code: str, kind: RoomKind, seats: int) -> RoomLine:
    """Take a room into use. A supervisor or an administrator does this.

    Raises Invalid for a code that is no short number or Latin word, or is in use.
    """
    must_supervise(officer)
    code = clean(code, 8).strip()
    if not code.isascii() or not code.isalnum():
        raise Invalid("code", N_("A room has a number or a short Latin name: 1, 2, B3."))
    if not 0 < seats <= SEATS_AT_MOST:
        raise Invalid("seats", N_("A room has 1 to {most} places."), most=SEATS_AT_MOST)
    with entry(desk, Action.RECORD_ROOM, officer=officer) as e:
        if any(one.code == code for one in _in_use(desk)):
            raise Invalid("code", N_("Room {code} is in use already."), code=code)
        room_id = e.add(Room, code=code, kind=kind, seats=seats, staff_id=officer.staff_id)
        e.object_id = room_id
    return RoomLine(room_id, code, kind, seats)


def close(desk: Desk, officer: Officer, room_id: UUID) -> None:
    """Take a room out of use. A supervisor or an administrator does this.

    Raises Refused while sessions are planned in it from today on, NotFound when it is not
    in use.
    """
    must_supervise(officer)
    with entry(desk, Action.END_ROOM, officer=officer, object_id=room_id) as e:
        room = find(desk, room_id)
        if lasting(VisitSlot, VisitSlot.room_id == room_id, VisitSlot.day >= e.day).exists():
            raise Refused(
                N_("Room {code} has sessions to come. Take them back first, then the room."),
                code=room.code,
            )
        end(e, officer, Room, room_id, "closed", e.day)


def rooms(desk: Desk, officer: Officer) -> tuple[RoomLine, ...]:
    """The rooms in use, by kind and code. Who may see people and prisoners may look."""
    must_look_up(officer)
    return tuple(
        sorted(_in_use(desk), key=lambda one: (list(RoomKind).index(one.kind), one.code))
    )


def find(desk: Desk, room_id: UUID) -> RoomLine:
    """A room in use. Raises NotFound."""
    for one in _in_use(desk):
        if one.room_id == room_id:
            return one
    raise NotFound(N_("This room is not in use any more. Choose another."))


def _in_use(desk: Desk) -> list[RoomLine]:
    return [
        RoomLine(row.id, row.code, RoomKind(row.kind), row.seats)
        for row in lasting(Room, Room.gate_id == desk.gate)
    ]
