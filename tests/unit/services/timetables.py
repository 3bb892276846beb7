"""Rooms and sessions for tests, made as the prison makes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from kiosk.codes import RoomKind
from kiosk.services import bookings, rooms, sessions, timetable
from kiosk.values import Proposal, VisitRequest
from kiosk.values.waiting import RoomLine, SessionLine, SessionTable

from .gatehouse import Gatehouse

EVERY_DAY = frozenset(range(1, 8))
MORNING, AFTERNOON = (9 * 60, 11 * 60), (14 * 60, 16 * 60)


def room(
    house: Gatehouse, code: str = "1", kind: RoomKind = RoomKind.SHORT, seats: int = 2
) -> RoomLine:
    return house.do(rooms.add, house.supervisor, code, kind, seats)


def table(
    one: RoomLine, first: date, days: int, *hours: tuple[int, int], seats: int | None = None
) -> SessionTable:
    last = first + timedelta(days=days - 1)
    return SessionTable(one.room_id, EVERY_DAY, hours or (MORNING,), first, last, seats)


def planned(
    house: Gatehouse, one: RoomLine, days: int = 3, *hours: tuple[int, int]
) -> list[SessionLine]:
    """Sessions of the next days, from tomorrow on, in their order."""
    first = house.desk.day() + timedelta(days=1)
    house.do(timetable.plan, house.supervisor, table(one, first, days, *hours))
    return [
        line
        for more in range(days)
        for line in on(house, first + timedelta(days=more))
        if line.room_id == one.room_id
    ]


def on(house: Gatehouse, day: date) -> tuple[SessionLine, ...]:
    return house.ask(sessions.on_day, house.officer, day)


def free(house: Gatehouse, session: SessionLine) -> int:
    return house.ask(lambda _desk: sessions.line_of(session.slot_id)).free


def asked(request: VisitRequest, session: SessionLine, nights: int = 0) -> VisitRequest:
    return replace(request, slot_id=session.slot_id, nights=nights)


def proposed(house: Gatehouse, request: VisitRequest) -> Proposal:
    return house.ask(bookings.propose, house.officer, request)


def book(house: Gatehouse, request: VisitRequest) -> UUID:
    """Propose, and Enter on MAY COME."""
    seen = proposed(house, request).decision
    return house.do(bookings.book, house.officer, request, seen)
