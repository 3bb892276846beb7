"""The demo's first day: two rooms and their sessions, a visit booked, three who wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

from kiosk.clock import FixedClock, milliseconds
from kiosk.codes import Action, RoomKind, Service
from kiosk.demo.officer import OFFICER
from kiosk.demo.past_visits import Coming
from kiosk.rules.decision import Decision
from kiosk.services import bookings, rooms, sessions, ticket_window, timetable, visits
from kiosk.services.desk import Desk
from kiosk.services.entry import entry
from kiosk.services.goods import may_bring
from kiosk.values import MemberRequest, Proposal, VisitRequest
from kiosk.values.waiting import SessionLine, SessionTable, TicketRequest

DAYS = 7
SHORT = (
    (9 * 60, 11 * 60),
    (11 * 60 + 30, 13 * 60 + 30),
    (14 * 60, 16 * 60),
    (16 * 60, 18 * 60),
)
LONG = ((10 * 60, 18 * 60),)
TABLES, FLATS = 40, 4
EVERY_DAY = frozenset(range(1, 8))
WAIT_SINCE = (12, 5)  # minutes
BRINGS_SINCE = 2


class _Passing(NamedTuple):
    one: Coming
    proposal: Proposal


def begin(desk: Desk, known: Sequence[Coming]) -> None:
    """Plan the week, and let two of `known` who may pass wait; the first of them has booked.
    Then comes one with a package."""
    now = desk.clock.now()
    midnight = milliseconds(datetime.combine(desk.day(), time(), desk.zone))
    clock = FixedClock(max(midnight, now - max(WAIT_SINCE) * 60_000))
    early = replace(desk, clock=clock)
    _plan(early)
    passing = (found for one in known if (found := _may_pass(early, one)) is not None)
    waiting = list(islice(passing, len(WAIT_SINCE)))
    _book(early, waiting[0].one)
    for minutes, (one, proposal) in zip(WAIT_SINCE, waiting, strict=True):
        clock.at = max(clock.at, now - minutes * 60_000)
        _wait(early, Service.SHORT_VISIT, one, proposal.decision)
    clock.at = max(clock.at, now - BRINGS_SINCE * 60_000)
    those = {found.one.person_id for found in waiting}
    for one in known:
        decision = _may_bring(early, one)
        if decision.passes and one.person_id not in those:
            _wait(early, Service.PACKAGE, one, decision)
            break


def _wait(desk: Desk, service: Service, one: Coming, decision: Decision) -> None:
    asked = TicketRequest(service, one.person_id, one.prisoner_id)
    with entry(desk, Action.TICKET, officer=OFFICER) as e:
        ticket_window.give_out(desk, e, OFFICER, asked, decision)


def _plan(desk: Desk) -> None:
    first = desk.day()
    for code, kind, places, hours in (
        ("1", RoomKind.SHORT, TABLES, SHORT),
        ("2", RoomKind.LONG, FLATS, LONG),
    ):
        room = rooms.add(desk, OFFICER, code, kind, places)
        last = first + timedelta(days=DAYS - 1)
        table = SessionTable(room.room_id, EVERY_DAY, hours, first, last)
        timetable.plan(desk, OFFICER, table)


def _may_pass(desk: Desk, one: Coming) -> _Passing | None:
    proposal = visits.propose(desk, OFFICER, _asked(desk, one))
    return _Passing(one, proposal) if proposal.decision.passes else None


def _may_bring(desk: Desk, one: Coming) -> Decision:
    sender = MemberRequest(one.person_id, one.visitor.relation)
    return may_bring.look(desk, OFFICER, Service.PACKAGE, one.prisoner_id, sender).decision


def _book(desk: Desk, one: Coming) -> None:
    """The next session of today; after the last one, the first of tomorrow."""
    asked = replace(_asked(desk, one), slot_id=_next_session(desk).slot_id)
    seen = bookings.propose(desk, OFFICER, asked).decision
    if seen.passes:
        bookings.book(desk, OFFICER, asked, seen)


def _next_session(desk: Desk) -> SessionLine:
    at = desk.clock.now()
    days = (desk.day(), desk.day() + timedelta(days=1))
    return next(
        line
        for day in days
        for line in sessions.on_day(desk, OFFICER, day)
        if line.kind is RoomKind.SHORT
        and sessions.start_of(desk, sessions.slot_of(line.slot_id)) > at
    )


def _asked(desk: Desk, one: Coming) -> VisitRequest:
    return VisitRequest(
        case_id=visits.new_case_id(desk),
        service=Service.SHORT_VISIT,
        prisoner_id=one.prisoner_id,
        members=(MemberRequest(one.person_id, one.visitor.relation),),
    )
