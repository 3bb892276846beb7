"""Queue tickets: numbered by the day, answered at once, called in their turn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk import paper_code
from kiosk.codes import CallReason, DraftKind, EarlyAnswer, Service, Template, TicketState
from kiosk.errors import Invalid, NotAllowed, NotFound, Refused
from kiosk.services import drafts, ticket_window, tickets, visits, waiting_times
from kiosk.values import PersonCard, PrisonerCard
from kiosk.values.waiting import TicketLine, TicketRequest

from .gatehouse import Gatehouse, at_once
from .timetables import asked, book, planned, room

SHORT = Service.SHORT_VISIT


def take(
    house: Gatehouse,
    person: PersonCard | None = None,
    prisoner: PrisonerCard | None = None,
    service: Service = SHORT,
    others: int = 0,
) -> TicketLine:
    request = TicketRequest(
        service,
        person.person_id if person else None,
        prisoner.prisoner_id if prisoner else None,
        others,
    )
    return house.do(ticket_window.take, house.officer, request)


def call(house: Gatehouse, ticket: TicketLine, reason: CallReason | None = None) -> TicketLine:
    return house.do(tickets.call, house.officer, ticket.ticket_id, reason)


def later(house: Gatehouse, minutes: int) -> None:
    house.clock.at += minutes * 60_000


def test_the_numbers_of_a_day_have_no_hole_and_begin_anew(gatehouse: Gatehouse) -> None:
    assert [take(gatehouse).shown for _ in range(3)] == ["001", "002", "003"]
    with pytest.raises(NotFound):
        take(
            gatehouse,
            prisoner=replace(
                gatehouse.prisoner(), prisoner_id=visits.new_case_id(gatehouse.desk)
            ),
        )
    assert take(gatehouse).shown == "004"
    gatehouse.at(2026, 3, 7, 8, 0)
    assert take(gatehouse).shown == "001"


def test_tickets_taken_at_once_each_have_their_own_number(gatehouse: Gatehouse) -> None:
    got = at_once(*(lambda: take(gatehouse) for _ in range(6)))
    assert sorted(one.no for one in got if isinstance(one, TicketLine)) == [1, 2, 3, 4, 5, 6]


def test_the_answer_comes_before_the_wait(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    assert take(gatehouse, gatehouse.visitor(), prisoner).answer is EarlyAnswer.PASS
    banned = gatehouse.visitor()
    gatehouse.ban(banned, to_day=None)
    no = take(gatehouse, banned, prisoner)
    assert (no.answer, no.reasons, no.next_day) == (EarlyAnswer.NO, 1, None)
    alone = take(gatehouse, gatehouse.child(), prisoner)
    assert alone.answer is EarlyAnswer.ASK
    assert take(gatehouse).answer is EarlyAnswer.UNKNOWN
    assert take(gatehouse, gatehouse.visitor()).answer is EarlyAnswer.UNKNOWN


def test_whoever_booked_for_today_is_asked_about_that_visit(gatehouse: Gatehouse) -> None:
    session = planned(gatehouse, room(gatehouse, seats=1))[0]
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    book(gatehouse, asked(gatehouse.request(prisoner, visitor), session))
    gatehouse.at(2026, 3, 7, 8, 30)
    assert take(gatehouse, visitor, prisoner).answer is EarlyAnswer.PASS
    stranger = take(gatehouse, gatehouse.visitor(), gatehouse.prisoner())
    assert stranger.answer is EarlyAnswer.NO


def test_the_ticket_is_printed_and_names_nobody(gatehouse: Gatehouse) -> None:
    visitor, prisoner = gatehouse.visitor("Тажибаева"), gatehouse.prisoner("Осмонкулов")
    take(gatehouse, visitor, prisoner)
    ((template, body),) = gatehouse.rows(
        "SELECT template, body FROM print_job JOIN spool ON job_id = id"
        " ORDER BY id DESC LIMIT 1"
    )
    assert template == Template.TICKET
    said = bytes(body).decode() if not isinstance(body, str) else body
    assert prisoner.file_number in said
    assert "Тажибаева" not in said
    assert "Осмонкулов" not in said


def test_the_one_who_waits_longest_is_called_first(gatehouse: Gatehouse) -> None:
    first, second = take(gatehouse), take(gatehouse)
    with pytest.raises(Invalid) as refused:
        call(gatehouse, second)
    assert refused.value.field == "reason"
    assert call(gatehouse, second, CallReason.FRAIL).state is TicketState.CALLED
    assert call(gatehouse, first).state is TicketState.CALLED
    reasons = gatehouse.rows(
        "SELECT reason FROM ticket_step WHERE state = 'called' ORDER BY id"
    )
    assert reasons == [("frail",), (None,)]


def test_a_ticket_goes_its_way_and_no_other(gatehouse: Gatehouse) -> None:
    one, officer = take(gatehouse), gatehouse.officer
    with pytest.raises(Refused):
        gatehouse.do(tickets.serve, officer, one.ticket_id)
    call(gatehouse, one)
    assert gatehouse.do(tickets.recall, officer, one.ticket_id).state is TicketState.WAITING
    call(gatehouse, one)
    call(gatehouse, one)
    assert gatehouse.do(tickets.serve, officer, one.ticket_id).state is TicketState.SERVING
    assert gatehouse.do(tickets.done, officer, one.ticket_id).state is TicketState.DONE
    for act in (tickets.call, tickets.recall, tickets.serve, tickets.done, tickets.gone):
        with pytest.raises(Refused):
            gatehouse.do(act, officer, one.ticket_id)
    two = take(gatehouse)
    assert gatehouse.do(tickets.gone, officer, two.ticket_id).state is TicketState.GONE
    with pytest.raises(NotAllowed):
        gatehouse.do(tickets.call, gatehouse.administrator, two.ticket_id)


def test_the_board_shows_who_waits_by_ticket_with_their_waits(gatehouse: Gatehouse) -> None:
    take(gatehouse, others=2)
    later(gatehouse, 10)
    second = take(gatehouse)
    later(gatehouse, 10)
    third = take(gatehouse)
    later(gatehouse, 5)
    gone = take(gatehouse)
    gatehouse.do(tickets.gone, gatehouse.officer, gone.ticket_id)
    board = gatehouse.ask(tickets.board, gatehouse.officer)
    assert [one.no for one in board.lines] == [1, 2, 3]
    assert (board.waiting, board.longest, board.half_within) == (3, 25, 15)
    call(gatehouse, second, CallReason.ON_DUTY)
    call(gatehouse, third, CallReason.ON_DUTY)
    gatehouse.do(tickets.recall, gatehouse.officer, third.ticket_id)
    board = gatehouse.ask(tickets.board, gatehouse.officer)
    assert (board.waiting, board.called) == (2, 2)
    assert gatehouse.ask(tickets.count) == (2, 25)


def test_the_waiting_room_reads_numbers_only_the_latest_first(gatehouse: Gatehouse) -> None:
    first, second = take(gatehouse, gatehouse.visitor()), take(gatehouse)
    call(gatehouse, first)
    later(gatehouse, 1)
    call(gatehouse, second)
    shown = [(one.number, one.window) for one in gatehouse.ask(tickets.called_now)]
    assert shown == [("002", "1"), ("001", "1")]


def test_each_window_of_a_gate_has_its_own_ticket_and_its_own_drafts(
    gatehouse: Gatehouse,
) -> None:
    first, second = take(gatehouse), take(gatehouse)
    call(gatehouse, first)
    gatehouse.do(tickets.serve, gatehouse.officer, first.ticket_id)
    gatehouse.do(drafts.keep, gatehouse.officer, DraftKind.PERSON, {})
    gatehouse.desk = replace(gatehouse.desk, window="2")
    assert gatehouse.ask(tickets.held_by, ()) is None, "that one stands at the other window"
    assert gatehouse.ask(drafts.kept, gatehouse.officer) == ()
    call(gatehouse, second)
    assert [one.window for one in gatehouse.ask(tickets.called_now)] == ["2"]
    gatehouse.do(tickets.serve, gatehouse.officer, second.ticket_id)
    assert gatehouse.ask(tickets.held_by, ()) == second.ticket_id


def test_the_visit_ends_the_ticket_of_its_visitor(gatehouse: Gatehouse) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    ticket = take(gatehouse, visitor, prisoner)
    held = gatehouse.ask(tickets.held_by, (visitor.person_id,))
    assert held == ticket.ticket_id
    request = replace(gatehouse.request(prisoner, visitor), ticket_id=held)
    gatehouse.admit(request)
    assert gatehouse.ask(tickets.board, gatehouse.officer).lines == ()
    assert gatehouse.ask(tickets.held_by, (visitor.person_id,)) is None


def test_a_scanned_ticket_of_today_is_found_and_one_of_yesterday_is_not(
    gatehouse: Gatehouse,
) -> None:
    ticket = take(gatehouse)
    code = paper_code.encode_ticket(1, gatehouse.desk.day(), ticket.no)
    assert gatehouse.ask(tickets.by_code, gatehouse.officer, code).ticket_id == ticket.ticket_id
    gatehouse.at(2026, 3, 7, 8, 0)
    take(gatehouse)
    with pytest.raises(NotFound):
        gatehouse.ask(tickets.by_code, gatehouse.officer, code)


def test_waits_are_counted_by_hour_and_service(gatehouse: Gatehouse) -> None:
    gatehouse.at(2026, 3, 6, 9, 0)
    for minutes in (10, 20, 30, 40, 100):
        ticket = take(gatehouse)
        later(gatehouse, minutes)
        call(gatehouse, ticket)
    package = take(gatehouse, service=Service.PACKAGE)
    later(gatehouse, 7)
    call(gatehouse, package)
    gone = take(gatehouse)
    gatehouse.do(tickets.gone, gatehouse.officer, gone.ticket_id)
    day = gatehouse.desk.day()
    lines = gatehouse.ask(waiting_times.between, day, day)
    told = {(one.hour, one.service): one for one in lines}
    visits_only = told[None, SHORT]
    assert (visits_only.tickets, visits_only.median) == (5, 30)
    assert (visits_only.p90, visits_only.longest) == (100, 100)
    assert told[None, Service.PACKAGE].median == 7
    assert told[None, None].tickets == 6
    assert told[9, None].tickets == 3
