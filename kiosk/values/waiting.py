"""Rooms, sessions, bookings and the queue, as their screens show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import BlockReason, CaseState, EarlyAnswer, RoomKind, Service, TicketState

if TYPE_CHECKING:
    from kiosk.values.people import Name
    from kiosk.values.visits import Inside


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room in use. `seats` visits, not people, take place in it at one time."""

    room_id: UUID
    code: str
    kind: RoomKind
    seats: int


@dataclass(frozen=True, slots=True)
class SessionTable:
    """A small time table: the same hours on the same weekdays, from one day to another.

    `weekdays` are 1 (Monday) to 7; `hours` pairs of minutes after midnight. `seats` None: as
    many as the room has.
    """

    room_id: UUID
    weekdays: frozenset[int]
    hours: tuple[tuple[int, int], ...]
    from_day: date
    to_day: date
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """What became of a time table: sessions added, and those left out because the room is
    taken at that time already."""

    added: int
    left_out: int


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session of one day. Minutes after midnight; `block_id` is what closes it.

    `day_closed`: the whole day is closed, not only this session.
    """

    slot_id: UUID
    room_id: UUID
    room: str
    kind: RoomKind
    day: date
    from_min: int
    to_min: int
    seats: int
    taken: int
    block_id: UUID | None = None
    closed: BlockReason | None = None
    day_closed: bool = False

    @property
    def free(self) -> int:
        return max(0, self.seats - self.taken)

    @property
    def hours(self) -> str:
        """09:00-11:00"""
        return f"{clock_text(self.from_min)}-{clock_text(self.to_min)}"


@dataclass(frozen=True, slots=True)
class BookingLine:
    """A visit planned for a session. `people` counts all of the group, `reviews` what has to
    be looked at again."""

    case_id: UUID
    slot_id: UUID
    day: date
    from_min: int
    to_min: int
    room: str
    nights: int
    service: Service
    state: CaseState
    prisoner_id: UUID
    prisoner: Name = field(repr=False)
    file_number: str = field(repr=False)
    lead_id: UUID
    lead: Name = field(repr=False)
    people: int
    reviews: int = 0


@dataclass(frozen=True, slots=True)
class TicketRequest:
    """Who takes a place in the queue, and for what. `others` came along; `person_id` None:
    nobody was scanned yet; `prisoner_id` None: to be said at the window."""

    service: Service
    person_id: UUID | None = None
    prisoner_id: UUID | None = None
    others: int = 0


@dataclass(frozen=True, slots=True)
class TicketLine:
    """A place in the queue. `at` is when it was given out, `since` the last step (UTC ms).

    `reasons` counts what was against it, `next_day` is the first possible one.
    """

    ticket_id: UUID
    no: int
    at: int
    service: Service
    person_id: UUID | None
    name: Name | None = field(repr=False)
    prisoner_id: UUID | None
    file_number: str = field(repr=False)
    others: int
    answer: EarlyAnswer
    reasons: int
    next_day: date | None
    state: TicketState
    since: int
    window: str

    @property
    def shown(self) -> str:
        """The number as it is called: 046."""
        return f"{self.no:03d}"


@dataclass(frozen=True, slots=True)
class Called:
    """What the waiting room reads: a number, and at which window. It names nobody."""

    number: str
    window: str


@dataclass(frozen=True, slots=True)
class Board:
    """Who waits, is called or stands at a window now. Times in minutes; `called` counts the
    tickets of the day that were called at least once."""

    lines: tuple[TicketLine, ...]
    waiting: int
    longest: int
    half_within: int
    called: int


@dataclass(frozen=True, slots=True)
class Wait:
    """One ticket's wait: given out `at`, over at `ended` (UTC ms), whole `minutes` long."""

    at: int
    ended: int
    service: Service
    minutes: int


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """How long it took from the ticket to the call, in minutes, for one hour of the day (or
    the whole of it: `hour` None) and one service (or all: None)."""

    hour: int | None
    service: Service | None
    tickets: int
    median: int
    p90: int
    longest: int


@dataclass(frozen=True, slots=True)
class InsideList:
    """Who is inside; `rooms` by case, where a visit has one; `tags` by member, of those whose
    things hang at the gate."""

    people: tuple[Inside, ...]
    rooms: Mapping[UUID, str]
    tags: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class LeavingSoon:
    """A visit that ends soon or should have ended: `due` in UTC ms, `at` as clocks show it."""

    case_id: UUID
    badge: str
    name: Name = field(repr=False)
    room: str
    due: int
    at: str


def clock_text(minutes: int) -> str:
    """Minutes after midnight as a clock shows them: 09:00; the day's end is 24:00."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
