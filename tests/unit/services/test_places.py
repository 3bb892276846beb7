"""Whatever is booked, moved, called off and admitted in whatever order: no place is given
out twice, nothing is given back twice, no ticket's number is missing."""

from __future__ import annotations

from collections import Counter
from itertools import count
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.codes import CallReason, CancelReason, Service
from kiosk.errors import Refused
from kiosk.services import (
    bookings,
    departures,
    outcomes,
    ticket_window,
    tickets,
    timetable,
    visits,
)
from kiosk.values import VisitRequest
from kiosk.values.waiting import SessionLine, TicketRequest

from .gatehouse import Gatehouse
from .timetables import AFTERNOON, asked, free, on, room, table

CHEAP = settings(
    max_examples=6,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SEATS, DAYS, FAMILIES = 2, 3, 4
DOINGS = ("book", "move", "cancel", "admit", "leave", "absent")
codes = count(1)

deeds = st.lists(
    st.tuples(st.sampled_from(DOINGS), st.integers(0, 11), st.integers(0, DAYS - 1)),
    min_size=8,
    max_size=16,
)


class Days:
    """A room of two places on three days, and four families who come and go."""

    def __init__(self, house: Gatehouse) -> None:
        self.house = house
        today = house.desk.day()
        one = room(house, f"R{next(codes)}", seats=SEATS)
        house.do(timetable.plan, house.supervisor, table(one, today, DAYS, AFTERNOON))
        self.sessions: list[SessionLine] = [
            line
            for slot in range(DAYS)
            for line in on(house, today.fromordinal(today.toordinal() + slot))
            if line.room_id == one.room_id
        ]
        self.families = [(house.prisoner(), house.visitor()) for _ in range(FAMILIES)]
        self.cases: list[UUID] = []

    def do(self, deed: str, whom: int, day: int) -> None:
        """One deed; what the rules or a guard refuse is left undone."""
        try:
            if deed == "book":
                self._book(whom % FAMILIES, day)
            elif self.cases:
                self._go_on(deed, self.cases[whom % len(self.cases)], day)
        except Refused:
            pass

    def _book(self, whom: int, day: int) -> None:
        prisoner, visitor = self.families[whom]
        request = asked(self.house.request(prisoner, visitor), self.sessions[day])
        seen = self.house.ask(bookings.propose, self.house.officer, request).decision
        self.house.do(bookings.book, self.house.officer, request, seen)
        self.cases.append(request.case_id)

    def _go_on(self, deed: str, case_id: UUID, day: int) -> None:
        house = self.house
        if deed == "cancel":
            house.do(outcomes.cancel, house.officer, case_id, CancelReason.PRISON)
        elif deed == "leave":
            house.do(departures.leave, house.officer, case_id)
        elif deed == "absent":
            house.do(bookings.absent, house.officer, case_id)
        elif deed == "move":
            slot_id = self.sessions[day].slot_id
            moved = house.ask(bookings.propose_move, house.officer, case_id, slot_id)
            house.do(bookings.move, house.officer, moved.request, moved.decision)
        else:
            request: VisitRequest = house.ask(lambda _desk: bookings.request_of(case_id))
            seen = house.propose(request).decision
            house.do(visits.admit, house.officer, request, seen)

    # ---- what must hold

    def must_fit(self) -> None:
        held = Counter(
            slot
            for case_id in self.cases
            for slot, state in self._where(case_id)
            if state in ("booked", "admitted", "inside")
        )
        for session in self.sessions:
            assert held[session.slot_id] <= SEATS
            assert free(self.house, session) == SEATS - held[session.slot_id]

    def must_balance(self) -> None:
        for case_id in self.cases:
            ((_slot, state),) = self._where(case_id)
            ((uses, lines, backs, twice),) = self.house.rows(
                "SELECT coalesce(sum(pieces), 0), sum(reverses IS NULL),"
                " sum(reverses IS NOT NULL), count(reverses) - count(DISTINCT reverses)"
                " FROM ledger WHERE case_id = ?",
                case_id.bytes,
            )
            over = state in ("cancelled", "refused")
            assert (uses, twice) == (0 if over else 1, 0)
            assert backs == (lines if over else lines - 1)

    def _where(self, case_id: UUID) -> list[tuple[UUID, str]]:
        ((slot, state),) = self.house.rows(
            "SELECT slot_id, state FROM visit_plan JOIN case_now USING (case_id)"
            " WHERE case_id = ? ORDER BY visit_plan.id DESC LIMIT 1",
            case_id.bytes,
        )
        return [(UUID(bytes=slot), state)]


@given(deeds)
@CHEAP
def test_no_place_is_given_out_twice_and_nothing_given_back_twice(
    gatehouse: Gatehouse, done: list[tuple[str, int, int]]
) -> None:
    days = Days(gatehouse)
    for deed in done:
        days.do(*deed)
        days.must_fit()
    days.must_balance()


@given(st.lists(st.sampled_from(("take", "call", "gone", "done", "night", "wrong"))))
@CHEAP
def test_the_numbers_of_every_day_are_whole(gatehouse: Gatehouse, done: list[str]) -> None:
    house, officer = gatehouse, gatehouse.officer
    for deed in done:
        lines = house.ask(tickets.board, officer).lines
        try:
            if deed == "take":
                house.do(ticket_window.take, officer, TicketRequest(Service.PACKAGE))
            elif deed == "wrong":
                house.do(ticket_window.take, officer, TicketRequest(Service.PACKAGE, others=99))
            elif deed == "night":
                house.clock.at += 86_400_000
            elif lines and deed == "call":
                house.do(tickets.call, officer, lines[-1].ticket_id, CallReason.FRAIL)
            elif lines:
                act = tickets.gone if deed == "gone" else tickets.done
                house.do(act, officer, lines[0].ticket_id)
        except Refused:
            continue
    for count_, least, most in house.rows(
        "SELECT count(*), min(no), max(no) FROM register_number WHERE series = 'T'"
        " GROUP BY period"
    ):
        assert (least, most) == (1, count_)
