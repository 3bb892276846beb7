"""The time table: sessions planned for a range of days, taken back, closed and opened again.

A year of sessions is one transaction of as many facts as it has sessions. Closing a day or a
session puts each visit planned there into the list of reviews; opening it again takes them out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from kiosk.codes import Action, BlockReason, ReviewKind
from kiosk.errors import Invalid, NotFound, Refused
from kiosk.models import Note, SlotBlock, VisitSlot
from kiosk.services import reviews, rooms, sessions
from kiosk.services.desk import Desk
from kiosk.services.duty import must_supervise
from kiosk.services.endings import end, lasting
from kiosk.services.entry import Entry, entry
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values.waiting import Planned, SessionTable

DAYS_AT_MOST = 400
A_DAY = 24 * 60


def plan(desk: Desk, officer: Officer, table: SessionTable) -> Planned:
    """Plan the sessions of a time table. A supervisor or an administrator does this.

    Those that would overlap a session planned in that room are left out, so that the same
    table may be planned twice. Raises Invalid for a table that is none.
    """
    must_supervise(officer)
    room = rooms.find(desk, table.room_id)
    with entry(desk, Action.PLAN_SLOTS, officer=officer, object_id=table.room_id) as e:
        _check(table, e.day)
        seats = table.seats if table.seats is not None else room.seats
        if not 0 < seats <= room.seats:
            raise Invalid("seats", N_("The room has 1 to {most} places."), most=room.seats)
        taken: dict[date, list[tuple[int, int]]] = {}
        for slot in lasting(
            VisitSlot,
            VisitSlot.room_id == table.room_id,
            VisitSlot.day.between(table.from_day, table.to_day),
        ):
            taken.setdefault(slot.day, []).append((slot.from_min, slot.to_min))
        added = left_out = 0
        for day in _days(table):
            there = taken.get(day, ())
            for from_min, to_min in table.hours:
                if any(begins < to_min and from_min < ends for begins, ends in there):
                    left_out += 1
                    continue
                e.add(
                    VisitSlot,
                    room_id=table.room_id,
                    day=day,
                    from_min=from_min,
                    to_min=to_min,
                    seats=seats,
                    staff_id=officer.staff_id,
                )
                added += 1
    return Planned(added, left_out)


def take_back(
    desk: Desk, officer: Officer, room_id: UUID, from_day: date, to_day: date
) -> Planned:
    """Take back the sessions of a room on these days, both included, that nobody booked.

    A supervisor or an administrator does this. `added` says how many were taken back,
    `left_out` how many stay because visits are planned in them.
    """
    must_supervise(officer)
    with entry(desk, Action.PLAN_SLOTS, officer=officer, object_id=room_id) as e:
        if from_day < e.day:
            raise Invalid("from_day", N_("Sessions of the past stay as they were."))
        slots = list(
            lasting(
                VisitSlot,
                VisitSlot.room_id == room_id,
                VisitSlot.day.between(from_day, to_day),
            )
        )
        stays = sessions.staying(slots)
        kept = [slot for slot in slots if any(one.holds(slot) for one in stays)]
        gone = [slot for slot in slots if slot not in kept]
        for slot in gone:
            end(e, officer, VisitSlot, slot.id, "taken_back", e.day)
    return Planned(len(gone), len(kept))


def close_day(
    desk: Desk, officer: Officer, day: date, reason: BlockReason, words: str = ""
) -> UUID:
    """Close a whole day for visits. A supervisor or an administrator does this.

    Every open visit planned for it is put into the list of reviews. `words` are kept as a
    note, obligatory where the reason is "other". Raises Refused when it is closed already.
    """
    must_supervise(officer)
    with entry(desk, Action.BLOCK_SLOT, officer=officer) as e:
        if day < e.day:
            raise Invalid("day", N_("A day of the past cannot be closed."))
        if lasting(SlotBlock, SlotBlock.day == day).exists():
            raise Refused(N_("This day is closed already."))
        block_id = e.add(SlotBlock, day=day, reason=reason, staff_id=officer.staff_id)
        _closed(e, officer, block_id, reason, words, sessions.cases_on((day,)))
    return block_id


def close_session(
    desk: Desk, officer: Officer, slot_id: UUID, reason: BlockReason, words: str = ""
) -> UUID:
    """Close one session; as `close_day`."""
    must_supervise(officer)
    with entry(desk, Action.BLOCK_SLOT, officer=officer) as e:
        slot = sessions.slot_of(slot_id)
        if slot.day < e.day:
            raise Invalid("day", N_("A day of the past cannot be closed."))
        if lasting(SlotBlock, SlotBlock.slot_id == slot_id).exists():
            raise Refused(N_("This session is closed already."))
        block_id = e.add(SlotBlock, slot_id=slot_id, reason=reason, staff_id=officer.staff_id)
        _closed(e, officer, block_id, reason, words, sessions.cases_in(slot_id))
    return block_id


def open_again(desk: Desk, officer: Officer, block_id: UUID) -> None:
    """Open what was closed; the reviews that it caused end by themselves.

    A supervisor or an administrator does this. Raises NotFound when it is open already.
    """
    must_supervise(officer)
    with entry(desk, Action.UNBLOCK_SLOT, officer=officer, object_id=block_id) as e:
        if not lasting(SlotBlock, SlotBlock.id == block_id).exists():
            raise NotFound(N_("This is open already. Nothing was recorded."))
        end(e, officer, SlotBlock, block_id, "opened", e.day)
        reviews.cause_gone(e, block_id)


def _closed(
    e: Entry,
    officer: Officer,
    block_id: UUID,
    reason: BlockReason,
    words: str,
    case_ids: frozenset[UUID],
) -> None:
    e.object_id = block_id
    words = words.strip()
    if reason is BlockReason.OTHER and not words:
        raise Invalid("words", N_("Say in a few words why it is closed."))
    if words:
        e.add(Note, subject_id=block_id, text=words, staff_id=officer.staff_id)
    reviews.raise_for(e, ReviewKind.DATE_BLOCKED, block_id, case_ids=case_ids)


def _days(table: SessionTable) -> Iterable[date]:
    for more in range((table.to_day - table.from_day).days + 1):
        day = table.from_day + timedelta(days=more)
        if day.isoweekday() in table.weekdays:
            yield day


def _check(table: SessionTable, today: date) -> None:
    if table.from_day < today:
        raise Invalid("from_day", N_("Sessions are planned from today on."))
    if not table.from_day <= table.to_day <= table.from_day + timedelta(days=DAYS_AT_MOST):
        raise Invalid(
            "to_day",
            N_("Between the first and the last day lie at most {days} days."),
            days=DAYS_AT_MOST,
        )
    if not table.weekdays or not table.weekdays <= frozenset(range(1, 8)):
        raise Invalid("weekdays", N_("Weekdays are digits from 1 (Monday) to 7 (Sunday)."))
    hours = sorted(table.hours)
    if not hours or any(not 0 <= begins < ends <= A_DAY for begins, ends in hours):
        raise Invalid("hours", N_("Hours are written so: 09:00-11:00 11:30-13:30."))
    if any(first[1] > second[0] for first, second in pairwise(hours)):
        raise Invalid("hours", N_("Two of these hours overlap."))
