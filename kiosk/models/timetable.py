"""Rooms, sessions, what is closed, and which visit is planned where."""

from __future__ import annotations

from peewee import Check

from kiosk.codes import BlockReason, RoomKind
from kiosk.models.base import Fact
from kiosk.models.fields import Code, Day, Id, Small


class Room(Fact):
    """Where visits take place. `seats` visits, not people, have room at one time."""

    code = Code()
    kind = Code(RoomKind)
    seats = Small()
    staff_id = Id()


class VisitSlot(Fact):
    """A session: a room for some minutes of a local day, `from_min` … `to_min` after 0:00.

    It is taken back by an `ending`.
    """

    room_id = Id()
    day = Day(index=True)
    from_min = Small()
    to_min = Small()
    seats = Small()
    staff_id = Id()

    class Meta:
        constraints = (
            Check("0 <= from_min AND from_min < to_min AND to_min <= 1440"),
            Check("seats > 0"),
        )


class SlotBlock(Fact):
    """A closed session, or a whole closed day; opened again by an `ending`."""

    slot_id = Id(null=True, index=True)
    day = Day(null=True, index=True)
    reason = Code(BlockReason)
    staff_id = Id()

    class Meta:
        constraints = (Check("(slot_id IS NULL) <> (day IS NULL)"),)


class VisitPlan(Fact):
    """In which session a visit takes place; moving it is a new row, and the last counts."""

    case_id = Id("gate_case", index=True)
    slot_id = Id(index=True)
    nights = Small(default=0)
