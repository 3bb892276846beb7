"""Each kind of visit by its own rules: what pays, how long, in which room, and its papers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.codes import (
    Condition,
    DraftKind,
    Proof,
    ReasonCode,
    Relation,
    RoomKind,
    Service,
    Status,
)
from kiosk.errors import Invalid
from kiosk.services import (
    arrivals,
    drafts,
    relations,
    ticket_window,
    tickets,
    timetable,
)
from kiosk.values import MemberRequest, PersonCard, PrisonerCard, Wanted
from kiosk.values.belonging import Stated
from kiosk.values.waiting import SessionLine, TicketRequest

from .gatehouse import Gatehouse
from .timetables import AFTERNOON, MORNING, on, planned, room

HOUR = 3_600_000
NOT_COUNTED = (Service.LAWYER_VISIT, Service.CONSULAR_VISIT, Service.MONITOR_VISIT)
ON_DUTY = (*NOT_COUNTED, Service.OFFICIAL_VISIT, Service.CLERGY_VISIT)


def ledger(gatehouse: Gatehouse) -> list[tuple[str, str, int]]:
    return gatehouse.rows("SELECT service, kind, pieces FROM ledger ORDER BY id")


def wife(gatehouse: Gatehouse, prisoner: PrisonerCard) -> PersonCard:
    """Somebody whose relation is close and approved."""
    card = gatehouse.visitor()
    stated = Stated(prisoner.prisoner_id, Relation.SPOUSE, Proof.MARRIAGE_CERTIFICATE)
    gatehouse.do(relations.state, gatehouse.officer, card.person_id, stated)
    return card


def begun(gatehouse: Gatehouse, card: PersonCard, prisoner: PrisonerCard) -> Wanted:
    return gatehouse.ask(
        arrivals.begin, gatehouse.officer, card.person_id, prisoner.prisoner_id
    )


def today(gatehouse: Gatehouse, kind: RoomKind = RoomKind.SHORT) -> list[SessionLine]:
    """Two sessions of a day that begins at half past eight; it is that day."""
    planned(gatehouse, room(gatehouse, kind=kind), 1, MORNING, AFTERNOON)
    day = gatehouse.desk.day() + timedelta(days=1)
    gatehouse.at(day.year, day.month, day.day, 8, 30)
    return list(on(gatehouse, day))


# ---- whoever comes on duty


@pytest.mark.parametrize("service", ON_DUTY)
def test_who_comes_on_duty_needs_no_relation(gatehouse: Gatehouse, service: Service) -> None:
    prisoner = gatehouse.prisoner()
    member = MemberRequest(gatehouse.visitor().person_id, None)
    recorded = gatehouse.admit(gatehouse.request(prisoner, member, service=service))
    assert recorded.number == "V-26-000001"
    assert gatehouse.rows("SELECT relation FROM member") == [(None,)]


@pytest.mark.parametrize("service", NOT_COUNTED)
def test_lawyers_consuls_and_monitors_are_not_counted_and_pass_the_isolator(
    gatehouse: Gatehouse, service: Service
) -> None:
    prisoner = gatehouse.prisoner(status=Status.ISOLATOR)
    gatehouse.admit(gatehouse.request(prisoner, gatehouse.visitor(), service=service))
    assert ledger(gatehouse) == []


# ---- a long visit


def test_a_long_visit_needs_a_close_approved_relation(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    request = gatehouse.request(prisoner, gatehouse.visitor(), service=Service.LONG_VISIT)
    seen = gatehouse.propose(request).decision
    assert ReasonCode.RELATION_NOT_CLOSE in {reason.code for reason in seen.reasons}


@pytest.mark.parametrize(("nights", "hours"), [(1, 24), (3, 72), (9, 72)])
def test_a_long_visit_lasts_its_nights_and_no_longer_than_the_rules_give(
    gatehouse: Gatehouse, nights: int, hours: int
) -> None:
    prisoner = gatehouse.prisoner()
    request = gatehouse.request(prisoner, wife(gatehouse, prisoner), service=Service.LONG_VISIT)
    recorded = gatehouse.admit(replace(request, nights=nights))
    assert recorded.due == gatehouse.clock.at + hours * HOUR
    assert ledger(gatehouse) == [("long_visit", "use", 1)]


def test_a_short_visit_may_be_paid_by_a_long_one(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner(condition=Condition.STRICT)
    request = gatehouse.request(prisoner, gatehouse.visitor())
    recorded = gatehouse.admit(replace(request, swap_from=Service.LONG_VISIT))
    assert ledger(gatehouse) == [("long_visit", "use", 1)]
    assert recorded.due == gatehouse.clock.at + 4 * HOUR


# ---- how an arrival begins


def test_without_a_ticket_or_a_session_a_short_visit_is_asked_for(
    gatehouse: Gatehouse,
) -> None:
    wanted = begun(gatehouse, gatehouse.visitor(), gatehouse.prisoner())
    assert wanted == Wanted(wanted.case_id)


def test_a_visit_takes_its_place_in_the_session_and_ends_with_it(gatehouse: Gatehouse) -> None:
    morning, afternoon = today(gatehouse)
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    wanted = begun(gatehouse, visitor, prisoner)
    assert wanted.session == morning
    member = MemberRequest(visitor.person_id, None)
    recorded = gatehouse.admit(wanted.by(prisoner.prisoner_id, (member,)))
    assert recorded.due == gatehouse.clock.at + 150 * 60_000, "11:00, before four hours"
    assert [one.free for one in on(gatehouse, gatehouse.desk.day())] == [1, 2]
    ((body,),) = gatehouse.rows("SELECT body FROM spool")
    assert json.loads(body)["room"] == "1"
    another = gatehouse.ask(
        arrivals.another_kind,
        gatehouse.officer,
        wanted,
        Service.SHORT_VISIT,
        slot_id=afternoon.slot_id,
    )
    assert another.session == afternoon


def test_an_arrival_left_half_done_goes_on_after_its_session_was_taken_back(
    gatehouse: Gatehouse,
) -> None:
    morning, _afternoon = today(gatehouse)
    visitor = gatehouse.visitor()
    wanted = begun(gatehouse, visitor, gatehouse.prisoner())
    left = (gatehouse.officer, visitor.person_id, wanted, morning.slot_id)
    assert gatehouse.ask(arrivals.go_on, *left).session == morning
    day = gatehouse.desk.day()
    gatehouse.do(timetable.take_back, gatehouse.supervisor, morning.room_id, day, day)
    assert gatehouse.ask(arrivals.go_on, *left) == replace(wanted, session=None)


def test_the_ticket_says_what_they_came_for_and_is_done_with_the_case(
    gatehouse: Gatehouse,
) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    asked = TicketRequest(Service.LAWYER_VISIT, visitor.person_id, prisoner.prisoner_id)
    ticket = gatehouse.do(ticket_window.take, gatehouse.officer, asked)
    wanted = begun(gatehouse, visitor, prisoner)
    assert (wanted.service, wanted.ticket_id) == (Service.LAWYER_VISIT, ticket.ticket_id)
    gatehouse.admit(wanted.by(prisoner.prisoner_id, (MemberRequest(visitor.person_id, None),)))
    assert gatehouse.rows("SELECT ticket_id FROM gate_case") == [(ticket.ticket_id.bytes,)]
    assert gatehouse.ask(tickets.board, gatehouse.officer).lines == ()
    assert begun(gatehouse, visitor, prisoner).ticket_id is None


@pytest.mark.parametrize(
    ("service", "nights", "swap"),
    [
        (Service.LONG_VISIT, 0, None),
        (Service.LONG_VISIT, 11, None),
        (Service.SHORT_VISIT, 1, None),
        (Service.LAWYER_VISIT, 0, Service.LONG_VISIT),
        (Service.SHORT_VISIT, 0, Service.PARCEL),
    ],
)
def test_what_no_visit_can_be_is_refused(
    gatehouse: Gatehouse, service: Service, nights: int, swap: Service | None
) -> None:
    wanted = begun(gatehouse, gatehouse.visitor(), gatehouse.prisoner())
    with pytest.raises(Invalid):
        gatehouse.ask(arrivals.another_kind, gatehouse.officer, wanted, service, nights, swap)


# ---- papers and drafts


def test_the_order_to_fetch_somebody_is_printed_once_where_the_site_wants_it(
    gatehouse: Gatehouse,
) -> None:
    gatehouse.desk = replace(gatehouse.desk, movement_slip=True)
    prisoner = gatehouse.prisoner()
    gatehouse.visit(prisoner, gatehouse.visitor(), gatehouse.child())
    templates = gatehouse.rows("SELECT template FROM print_job ORDER BY id")
    assert templates == [("badge",), ("badge",), ("movement",)]
    ((body,),) = gatehouse.rows(
        "SELECT s.body FROM spool s JOIN print_job j ON j.id = s.job_id"
        " WHERE j.template = 'movement'"
    )
    slip = json.loads(body)
    assert (slip["people"], slip["unit"]) == (2, prisoner.unit)
    assert "Асанова" not in body


def test_a_recorded_case_is_no_draft_any_more(gatehouse: Gatehouse) -> None:
    gatehouse.do(drafts.keep, gatehouse.officer, DraftKind.ARRIVAL, {}, "Асанова А.")
    gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    assert gatehouse.ask(drafts.kept, gatehouse.officer) == ()
