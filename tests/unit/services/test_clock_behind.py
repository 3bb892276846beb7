"""A clock that is behind, as with a dead battery: the gate's day is that of its last entry."""

from __future__ import annotations

import pytest

from kiosk.codes import Service
from kiosk.services import arrivals, presence, ticket_window, tickets, today
from kiosk.values.waiting import TicketRequest

from .gatehouse import Gatehouse
from .timetables import asked, book, planned, room


@pytest.mark.parametrize("back_to", [(2026, 3, 6, 22, 0), (2000, 1, 1, 5, 0)])
def test_the_day_goes_on_when_the_clock_is_set_back(
    gatehouse: Gatehouse, back_to: tuple[int, ...]
) -> None:
    prisoner, booked, other = gatehouse.prisoner(), gatehouse.visitor(), gatehouse.visitor()
    session = planned(gatehouse, room(gatehouse))[0]
    case_id = book(gatehouse, asked(gatehouse.request(prisoner, booked), session))
    gatehouse.at(2026, 3, 7, 9, 30)
    inside = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    gatehouse.at(*back_to)

    request = TicketRequest(Service.SHORT_VISIT, other.person_id, prisoner.prisoner_id, 0)
    ticket = gatehouse.do(ticket_window.take, gatehouse.officer, request)
    board = gatehouse.ask(tickets.board, gatehouse.officer)
    assert [one.ticket_id for one in board.lines] == [ticket.ticket_id]
    assert board.longest == 0

    wanted = gatehouse.ask(
        arrivals.begin, gatehouse.officer, booked.person_id, prisoner.prisoner_id
    )
    assert (wanted.case_id, wanted.booked) == (case_id, True)
    walked_in = gatehouse.ask(
        arrivals.begin, gatehouse.officer, other.person_id, prisoner.prisoner_id
    )
    assert walked_in.session is not None
    assert walked_in.session.slot_id == session.slot_id

    shown = gatehouse.ask(today.today)
    assert (shown.day, shown.visits, shown.inside) == (session.day, 1, 1)
    assert shown.rule_set == "KG-DRAFT"
    assert [one.case_id for one in gatehouse.ask(presence.inside, gatehouse.officer)] == [
        inside.case_id
    ]
