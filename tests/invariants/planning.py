"""Acts around the sessions and the queue: booked, moved, closed, called."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from kiosk.codes import BlockReason, CallReason, Service
from kiosk.services import bookings, sessions, ticket_window, tickets, timetable
from kiosk.services.rooms import kind_for
from kiosk.values.waiting import TicketRequest
from tests.invariants.gate import (
    Gate,
    Party,
    chiefs,
    officers,
    parties,
    pick,
    prisoners,
    services,
    which,
)
from tests.invariants.tables import ids

ahead = st.integers(0, 3)


class Planning(Gate):
    def _session(self, service: Service, days: int, no: int) -> UUID | None:
        day = self.house.desk.day() + timedelta(days=days)
        kind = kind_for(service)
        lines = self.ask(sessions.on_day, self.house.officer, day, kind) or ()
        line = pick(lines, no)
        return line.slot_id if line is not None else None

    @rule(
        party=parties,
        service=services,
        days=ahead,
        no=which,
        nights=st.integers(0, 2),
        login=officers,
    )
    def book(
        self,
        party: Party,
        service: Service,
        days: int,
        no: int,
        nights: int,
        login: str,
    ) -> None:
        slot_id = self._session(service, days, no)
        if slot_id is None:
            return
        request = self.request(*party, service, slot_id)
        if service is Service.LONG_VISIT:
            request = replace(request, nights=nights)
        seen = self.ask(bookings.propose, self.officer(login), request)
        if seen is not None:
            self.do(bookings.book, self.officer(login), request, seen.decision)

    @rule(no=which, days=ahead, slot=which, login=officers)
    def move(self, no: int, days: int, slot: int, login: str) -> None:
        case_id = pick(self.cases("booked"), no)
        if case_id is None:
            self.next_in_line(no)
            return
        request = self.ask(lambda _desk: bookings.request_of(case_id))
        assert request is not None
        slot_id = self._session(request.service, days, slot)
        if slot_id is not None:
            officer = self.officer(login)
            moved = self.ask(bookings.propose_move, officer, case_id, slot_id)
            if moved is not None:
                self.do(bookings.move, officer, moved.request, moved.decision)

    @rule(no=which, login=officers)
    def nobody_came(self, no: int, login: str) -> None:
        case_id = pick(self.cases("booked"), no)
        if case_id is None:
            self.next_in_line(no)
        else:
            self.do(bookings.absent, self.officer(login), case_id)

    @rule(days=ahead, no=which, whole_day=st.booleans(), login=chiefs)
    def close_a_day_or_session(self, days: int, no: int, whole_day: bool, login: str) -> None:
        officer, reason = self.officer(login), BlockReason.SANITATION
        if whole_day:
            day = self.house.desk.day() + timedelta(days=days)
            self.do(timetable.close_day, officer, day, reason)
        else:
            slot_id = self._session(Service.SHORT_VISIT, days, no)
            if slot_id is not None:
                self.do(timetable.close_session, officer, slot_id, reason)

    @rule(no=which, login=chiefs)
    def open_again(self, no: int, login: str) -> None:
        closed = ids(
            self.house.rows(
                "SELECT id FROM slot_block b WHERE NOT EXISTS"
                " (SELECT 1 FROM ending e WHERE e.target_id = b.id) ORDER BY id"
            )
        )
        block_id = pick(closed, no)
        if block_id is None:
            self.next_in_line(no)
        else:
            self.do(timetable.open_again, self.officer(login), block_id)

    # ---- the queue

    @rule(who=st.none() | st.integers(0, 6), whom=st.none() | prisoners, service=services)
    def take_a_ticket(self, who: int | None, whom: int | None, service: Service) -> None:
        asked = TicketRequest(
            service,
            None if who is None else self.prison.visitors[who].person_id,
            None if whom is None else self.prison.prisoners[whom].prisoner_id,
        )
        self.do(ticket_window.take, self.house.officer, asked)

    @rule(no=which, deed=st.sampled_from(["call", "serve", "done", "gone", "recall"]))
    def work_on_the_queue(self, no: int, deed: str) -> None:
        board = self.ask(tickets.board, self.house.officer)
        line = pick(board.lines, no) if board is not None else None
        if line is None:
            self.next_in_line(no)
            return
        if deed == "call":
            reason = CallReason.FRAIL if no % 2 else None
            self.do(tickets.call, self.house.officer, line.ticket_id, reason)
        else:
            act = {
                "serve": tickets.serve,
                "done": tickets.done,
                "gone": tickets.gone,
                "recall": tickets.recall,
            }[deed]
            self.do(act, self.house.officer, line.ticket_id)
