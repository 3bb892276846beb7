"""Sessions: when a room has places, how many are taken, and what is closed.

A place is a visit, not a person. It is taken from the booking until the last of its visitors
has left; whoever gives one out counts under the pen, so none is given out twice. A long visit
of n nights holds its place in the room on n days, beginning with that of its session.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from uuid import UUID

from peewee import SQL, ModelSelect, fn

from kiosk.clock import local, milliseconds
from kiosk.codes import BlockReason, CaseState, RoomKind, Service
from kiosk.errors import NotFound
from kiosk.models import (
    Case,
    CaseNow,
    PrisonerDetail,
    Room,
    SlotBlock,
    VisitPlan,
    VisitSlot,
)
from kiosk.rules.facts import SessionFacts
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.endings import lasting
from kiosk.services.entry import Entry, moment
from kiosk.services.prepared import Prepared
from kiosk.services.rooms import kind_for
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values.waiting import SessionLine

# Whoever is in one of these holds a place.
HOLDING = (CaseState.BOOKED, CaseState.ADMITTED, CaseState.INSIDE)
LONGEST_NIGHTS = 10


@dataclass(frozen=True, slots=True)
class Stay:
    """An open visit planned in a room: on which days it holds a place there."""

    case_id: UUID
    prisoner_id: UUID
    slot_id: UUID
    room_id: UUID
    day: date
    nights: int

    def holds(self, slot: VisitSlot) -> bool:
        """Whether it takes a place of this session."""
        if slot.day == self.day:
            return bool(slot.id == self.slot_id)
        last = self.day + timedelta(days=self.nights - 1)
        return bool(self.room_id == slot.room_id and self.day < slot.day <= last)


# ---- for the rules


def facts_of(
    desk: Desk, slot_id: UUID, besides_case: UUID | None, nights: int = 0
) -> SessionFacts:
    """What the rules may know of a session, one case apart. Raises NotFound.

    For a long visit of `nights`: of the fullest day that it would stay.
    """
    slot = slot_of(slot_id)
    days = [slot.day + timedelta(days=more) for more in range(max(1, nights))]
    slots = [slot, *_of_room(slot.room_id, days[1:])]
    stays = [one for one in staying(slots) if one.case_id != besides_case]
    places, taken = slot.seats, 0
    others: set[UUID] = set()
    for day in days:
        # A night needs no session of its own: where none is planned, the room counts.
        of_day = [one for one in slots if one.day == day] or [_night(slot, day)]
        for one in of_day:
            holding = [stay for stay in stays if stay.holds(one)]
            others.update(stay.prisoner_id for stay in holding)
            if one.seats - len(holding) < places - taken:
                places, taken = one.seats, len(holding)
    closed = _closing(slots, days[1:])
    return SessionFacts(
        session=str(slot_id),
        places=places,
        taken=taken,
        others=frozenset(_file_numbers(others).values()),
        blocked=bool(closed),
    )


def blocked_dates(desk: Desk, from_day: date) -> frozenset[date]:
    """The days from `from_day` on that are closed as a whole."""
    return frozenset(row.day for row in _CLOSED(from_day))


_CLOSED = Prepared(
    lambda from_day: lasting(SlotBlock, SlotBlock.day.is_null(False), SlotBlock.day >= from_day)
)


def block_of_day(desk: Desk, day: date) -> UUID | None:
    """What closes a whole day."""
    return next((row.id for row in lasting(SlotBlock, SlotBlock.day == day)), None)


# ---- for whoever plans a visit


def slot_of(slot_id: UUID) -> VisitSlot:
    """A session that was not taken back. Raises NotFound."""
    for row in _SLOT(slot_id):
        found: VisitSlot = row
        return found
    raise NotFound(N_("This session is not planned any more. Choose another."))


_SLOT = Prepared(lambda slot_id: lasting(VisitSlot, VisitSlot.id == slot_id))


def place(e: Entry, case_id: UUID, slot_id: UUID, nights: int = 0) -> None:
    """Say inside the transaction `e` in which session a visit takes place; the last counts."""
    e.add(VisitPlan, case_id=case_id, slot_id=slot_id, nights=nights)


def plan_of(case_id: UUID) -> VisitPlan | None:
    """Where and when a visit is planned."""
    plan: VisitPlan | None = (
        VisitPlan.select()
        .where(VisitPlan.case_id == case_id)
        .order_by(VisitPlan.id.desc())
        .first()
    )
    return plan


def days_of(case_ids: Collection[UUID]) -> dict[UUID, date]:
    """On which day each of these visits takes place that has a session; the last plan counts.

    A case that was booked bears the day of the booking itself.
    """
    rows = (
        VisitPlan.select(VisitPlan.case_id, VisitSlot.day)
        .join(VisitSlot, on=(VisitSlot.id == VisitPlan.slot_id))
        .where(VisitPlan.case_id.in_(list(case_ids)))
        .order_by(VisitPlan.id)
        .tuples()
    )
    return dict(cast("Iterable[tuple[UUID, date]]", rows))


def last_plans(slot_ids: Collection[UUID]) -> dict[UUID, VisitPlan]:
    """By case, the plans of these sessions that count still: not those that were moved."""
    query = VisitPlan.select().where(VisitPlan.slot_id.in_(list(slot_ids)), ~_moved())
    return {row.case_id: row for row in query}


def start_of(desk: Desk, slot: VisitSlot) -> int:
    """The moment (UTC ms) at which a session begins."""
    return _moment(desk, slot.day, slot.from_min)


def end_of(desk: Desk, slot: VisitSlot, nights: int = 0) -> int:
    """The moment (UTC ms) at which a session ends; a long visit, `nights` later."""
    return _moment(desk, slot.day + timedelta(days=nights), slot.to_min)


# ---- looking


def on_day(
    desk: Desk, officer: Officer, day: date, kind: RoomKind | None = None
) -> tuple[SessionLine, ...]:
    """The sessions of a day, by their hours. Who may see people and prisoners may look."""
    must_look_up(officer)
    return _lines(day, kind)


def now_for(desk: Desk, officer: Officer, service: Service) -> SessionLine | None:
    """The session that a visit would join now: the running one with a free place, else the
    running one, else the next of today; None when the day has none for it."""
    must_look_up(officer)
    now = local(moment(desk), desk.zone)
    minute = now.hour * 60 + now.minute
    to_come = [one for one in _lines(now.date(), kind_for(service)) if one.to_min > minute]
    order = sorted(
        to_come, key=lambda one: (one.from_min > minute, one.closed is not None, not one.free)
    )
    return next(iter(order), None)


def line_of(slot_id: UUID) -> SessionLine:
    """One session as screens show it. Raises NotFound."""
    slot = slot_of(slot_id)
    return next(one for one in _lines(slot.day, None) if one.slot_id == slot_id)


def staying(slots: Collection[VisitSlot]) -> list[Stay]:
    """The open visits that may hold a place of one of these sessions."""
    if not slots:
        return []
    days = [slot.day for slot in slots]
    rooms = list({slot.room_id for slot in slots})
    first = min(days) - timedelta(days=LONGEST_NIGHTS)
    return [Stay(**row) for row in _STAYING(rooms, first, max(days))]


def cases_on(days: Collection[date]) -> frozenset[UUID]:
    """The open visits that are planned for one of these days, or stay over it."""
    if not days:
        return frozenset()
    near = _stays(VisitSlot.day.between(min(days) - timedelta(days=LONGEST_NIGHTS), max(days)))
    return frozenset(
        one.case_id
        for one in near
        if any(one.day <= day < one.day + timedelta(days=max(1, one.nights)) for day in days)
    )


def cases_in(slot_id: UUID) -> frozenset[UUID]:
    """The open visits that hold a place of this session."""
    slot = slot_of(slot_id)
    return frozenset(one.case_id for one in staying((slot,)) if one.holds(slot))


def _stays(*conditions: Any) -> list[Stay]:
    return [Stay(**row) for row in _planned(*conditions)]


def _planned(*conditions: Any) -> ModelSelect[Any]:
    return (
        VisitPlan.select(
            VisitPlan.case_id,
            VisitPlan.slot_id,
            VisitPlan.nights,
            VisitSlot.room_id,
            VisitSlot.day,
            Case.prisoner_id,
        )
        .join(VisitSlot, on=(VisitSlot.id == VisitPlan.slot_id))
        .join(CaseNow, on=(CaseNow.case_id == VisitPlan.case_id))
        .join(Case, on=(Case.id == VisitPlan.case_id))
        .where(*conditions, CaseNow.state.in_(HOLDING), ~_moved())
        .dicts()
    )


_STAYING = Prepared(
    lambda rooms, first, last: _planned(
        VisitSlot.room_id.in_(rooms), VisitSlot.day.between(first, last)
    )
)


def _moved() -> Any:
    """Whether a later plan of the same visit counts instead."""
    later = VisitPlan.alias()
    newer = (later.case_id == VisitPlan.case_id) & (later.id > VisitPlan.id)
    return fn.EXISTS(later.select(SQL("1")).where(newer))


def _lines(day: date, kind: RoomKind | None) -> tuple[SessionLine, ...]:
    slots = list(lasting(VisitSlot, VisitSlot.day == day))
    rooms = {
        row.id: row for row in Room.select().where(Room.id.in_({s.room_id for s in slots}))
    }
    stays = staying(slots)
    closing = _closing(slots, (day,))
    lines = (
        _line(slot, rooms[slot.room_id], stays, closing)
        for slot in slots
        if kind is None or rooms[slot.room_id].kind == kind
    )
    return tuple(sorted(lines, key=lambda one: (one.from_min, one.to_min, one.room)))


def _line(
    slot: VisitSlot, room: Room, stays: Iterable[Stay], closing: Sequence[SlotBlock]
) -> SessionLine:
    block = next((one for one in closing if one.day == slot.day), None)
    block = block or next((one for one in closing if one.slot_id == slot.id), None)
    return SessionLine(
        slot_id=slot.id,
        room_id=room.id,
        room=room.code,
        kind=RoomKind(room.kind),
        day=slot.day,
        from_min=slot.from_min,
        to_min=slot.to_min,
        seats=slot.seats,
        taken=sum(1 for one in stays if one.holds(slot)),
        block_id=block.id if block else None,
        closed=BlockReason(block.reason) if block else None,
        day_closed=block is not None and block.day is not None,
    )


def _closing(slots: Collection[VisitSlot], days: Collection[date]) -> list[SlotBlock]:
    """What closes one of these sessions, or one of these days as a whole."""
    return _CLOSING([slot.id for slot in slots], list(days))


_CLOSING = Prepared(
    lambda slot_ids, days: lasting(
        SlotBlock, SlotBlock.slot_id.in_(slot_ids) | SlotBlock.day.in_(days)
    )
)


def _of_room(room_id: UUID, days: Collection[date]) -> list[VisitSlot]:
    if not days:
        return []
    return _OF_ROOM(room_id, list(days))


_OF_ROOM = Prepared(
    lambda room_id, days: lasting(
        VisitSlot, VisitSlot.room_id == room_id, VisitSlot.day.in_(days)
    )
)


def _night(slot: VisitSlot, day: date) -> VisitSlot:
    """The room on a day of a long visit on which no session begins."""
    return VisitSlot(
        id=slot.id,
        room_id=slot.room_id,
        day=day,
        from_min=slot.from_min,
        to_min=slot.to_min,
        seats=slot.seats,
    )


def _file_numbers(prisoner_ids: Collection[UUID]) -> dict[UUID, str]:
    details = (
        PrisonerDetail.select(PrisonerDetail.prisoner_id, PrisonerDetail.file_number)
        .where(PrisonerDetail.prisoner_id.in_(list(prisoner_ids)))
        .order_by(PrisonerDetail.id)
    )
    # A later version stands over the earlier ones.
    return {row.prisoner_id: row.file_number for row in details}


def _moment(desk: Desk, day: date, minutes: int) -> int:
    midnight = datetime.combine(day, time(), tzinfo=desk.zone)
    return milliseconds(midnight + timedelta(minutes=minutes))
