"""Bookings: a place and a visit held until it takes place, and given back exactly once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from kiosk.codes import (
    BanGround,
    BlockReason,
    CancelReason,
    CaseState,
    Outcome,
    Proof,
    ReasonCode,
    Relation,
    RestrictionKind,
    RoomKind,
    Service,
    VoidReason,
)
from kiosk.errors import AlreadyDone, DecisionChanged, Invalid, Refused
from kiosk.services import (
    bookings,
    departures,
    identify,
    outcomes,
    prisoner_file,
    relations,
    restricting,
    reviews,
    timetable,
    visits,
)
from kiosk.values import PersonCard, PrisonerCard, Proposal, VisitRequest
from kiosk.values.belonging import Stated
from kiosk.values.limits import RestrictionEntry
from kiosk.values.waiting import SessionLine

from .gatehouse import Gatehouse, at_once
from .timetables import AFTERNOON, MORNING, asked, book, free, planned, proposed, room


def used(house: Gatehouse, prisoner: PrisonerCard) -> int:
    (row,) = house.rows(
        "SELECT coalesce(sum(pieces), 0) FROM ledger WHERE prisoner_id = ?",
        prisoner.prisoner_id.bytes,
    )
    return int(row[0])


def state(house: Gatehouse, case_id: UUID) -> str:
    ((found,),) = house.rows("SELECT state FROM case_now WHERE case_id = ?", case_id.bytes)
    return str(found)


def codes(proposal: Proposal) -> set[ReasonCode]:
    return {reason.code for reason in proposal.decision.reasons}


def test_a_booking_holds_a_place_and_one_visit(gatehouse: Gatehouse) -> None:
    prisoner, session = gatehouse.prisoner(), planned(gatehouse, room(gatehouse))[0]
    case_id = book(gatehouse, asked(gatehouse.request(prisoner, gatehouse.visitor()), session))
    assert free(gatehouse, session) == 1
    assert used(gatehouse, prisoner) == 1
    assert state(gatehouse, case_id) == CaseState.BOOKED
    (line,) = gatehouse.ask(bookings.on_day, gatehouse.officer, session.day)
    assert (line.case_id, line.state, line.people) == (case_id, CaseState.BOOKED, 1)
    assert line.file_number == prisoner.file_number


def test_a_place_is_a_visit_and_not_a_person(gatehouse: Gatehouse) -> None:
    session = planned(gatehouse, room(gatehouse, seats=1))[0]
    group = gatehouse.request(gatehouse.prisoner(), gatehouse.visitor(), gatehouse.child())
    book(gatehouse, asked(group, session))
    (line,) = gatehouse.ask(bookings.on_day, gatehouse.officer, session.day)
    assert line.people == 2
    full = proposed(
        gatehouse,
        asked(gatehouse.request(gatehouse.prisoner(), gatehouse.visitor()), session),
    )
    assert ReasonCode.SESSION_FULL in codes(full)


def test_of_two_who_book_the_last_place_at_once_one_gets_it(gatehouse: Gatehouse) -> None:
    session = planned(gatehouse, room(gatehouse, seats=1))[0]
    requests = [
        asked(gatehouse.request(gatehouse.prisoner(), gatehouse.visitor()), session)
        for _ in range(4)
    ]
    seen = [proposed(gatehouse, request).decision for request in requests]
    got = at_once(
        *(
            partial(gatehouse.do, bookings.book, gatehouse.officer, request, decision)
            for request, decision in zip(requests, seen, strict=True)
        )
    )
    refused = [one for one in got if isinstance(one, DecisionChanged)]
    assert (len(got) - len(refused), len(refused)) == (1, 3)
    assert free(gatehouse, session) == 0


def test_the_same_pair_books_a_day_once(gatehouse: Gatehouse) -> None:
    morning, afternoon = planned(gatehouse, room(gatehouse), 1, MORNING, AFTERNOON)
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    book(gatehouse, asked(gatehouse.request(prisoner, visitor), morning))
    twice = proposed(gatehouse, asked(gatehouse.request(prisoner, visitor), afternoon))
    assert ReasonCode.DUPLICATE_TODAY in codes(twice)


def test_a_second_enter_books_nothing_more(gatehouse: Gatehouse) -> None:
    session = planned(gatehouse, room(gatehouse))[0]
    request = asked(gatehouse.request(gatehouse.prisoner(), gatehouse.visitor()), session)
    seen = proposed(gatehouse, request).decision
    gatehouse.do(bookings.book, gatehouse.officer, request, seen)
    with pytest.raises(AlreadyDone):
        gatehouse.do(bookings.book, gatehouse.officer, request, seen)


def test_a_closed_day_and_a_closed_session_take_no_booking(gatehouse: Gatehouse) -> None:
    first, second, _third = planned(gatehouse, room(gatehouse))
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.visitor())
    gatehouse.do(timetable.close_day, gatehouse.supervisor, first.day, BlockReason.HOLIDAY)
    gatehouse.do(
        timetable.close_session, gatehouse.supervisor, second.slot_id, BlockReason.STAFF
    )
    assert ReasonCode.DATE_BLOCKED in codes(proposed(gatehouse, asked(request, first)))
    assert ReasonCode.SESSION_BLOCKED in codes(proposed(gatehouse, asked(request, second)))


def test_a_session_that_has_begun_or_is_for_others_takes_no_booking(
    gatehouse: Gatehouse,
) -> None:
    session = planned(gatehouse, room(gatehouse))[0]
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.visitor())
    lawyer = gatehouse.request(
        gatehouse.prisoner(), gatehouse.visitor(), service=Service.LAWYER_VISIT
    )
    with pytest.raises(Invalid):
        proposed(gatehouse, asked(lawyer, session))
    gatehouse.at(2026, 3, 7, 9, 0)
    with pytest.raises(Invalid):
        proposed(gatehouse, asked(request, session))


def test_moving_holds_the_new_place_and_day_and_frees_the_old(gatehouse: Gatehouse) -> None:
    first, second, _third = planned(gatehouse, room(gatehouse))
    prisoner = gatehouse.prisoner()
    case_id = book(gatehouse, asked(gatehouse.request(prisoner, gatehouse.visitor()), first))
    moved = gatehouse.ask(bookings.propose_move, gatehouse.officer, case_id, second.slot_id)
    gatehouse.do(bookings.move, gatehouse.officer, moved.request, moved.decision)
    assert (free(gatehouse, first), free(gatehouse, second)) == (2, 1)
    assert used(gatehouse, prisoner) == 1
    held = gatehouse.rows(
        "SELECT counts_on FROM ledger WHERE kind = 'reserve' ORDER BY id DESC LIMIT 1"
    )
    assert held == [(second.day.isoformat(),)]
    assert gatehouse.ask(bookings.on_day, gatehouse.officer, first.day) == ()


def test_the_last_visit_of_the_year_may_be_moved(gatehouse: Gatehouse) -> None:
    first, *later = planned(gatehouse, room(gatehouse), 9)
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    cases = [
        book(gatehouse, asked(gatehouse.request(prisoner, visitor), session))
        for session in (first, *later[:5])
    ]
    assert used(gatehouse, prisoner) == 6
    more = proposed(gatehouse, asked(gatehouse.request(prisoner, visitor), later[6]))
    assert ReasonCode.COUNT_EXHAUSTED in codes(more)
    moved = gatehouse.ask(bookings.propose_move, gatehouse.officer, cases[0], later[7].slot_id)
    assert moved.decision.passes
    gatehouse.do(bookings.move, gatehouse.officer, moved.request, moved.decision)
    assert used(gatehouse, prisoner) == 6


def test_calling_off_gives_back_exactly_once(gatehouse: Gatehouse) -> None:
    session = planned(gatehouse, room(gatehouse))[0]
    prisoner = gatehouse.prisoner()
    case_id = book(gatehouse, asked(gatehouse.request(prisoner, gatehouse.visitor()), session))
    gatehouse.do(outcomes.cancel, gatehouse.officer, case_id, CancelReason.VISITOR)
    with pytest.raises(Refused):
        gatehouse.do(outcomes.cancel, gatehouse.officer, case_id, CancelReason.VISITOR)
    assert used(gatehouse, prisoner) == 0
    assert free(gatehouse, session) == 2
    assert gatehouse.rows("SELECT count(*) FROM ledger WHERE kind = 'refund'") == [(1,)]


def test_who_did_not_come_is_closed_after_the_session_only(gatehouse: Gatehouse) -> None:
    session = planned(gatehouse, room(gatehouse))[0]
    prisoner = gatehouse.prisoner()
    case_id = book(gatehouse, asked(gatehouse.request(prisoner, gatehouse.visitor()), session))
    gatehouse.at(2026, 3, 7, 10, 59)
    with pytest.raises(Refused):
        gatehouse.do(bookings.absent, gatehouse.officer, case_id)
    gatehouse.at(2026, 3, 7, 11, 0)
    gatehouse.do(bookings.absent, gatehouse.officer, case_id)
    assert state(gatehouse, case_id) == CaseState.CANCELLED
    assert used(gatehouse, prisoner) == 0
    ((reason,),) = gatehouse.rows(
        "SELECT reason FROM step WHERE case_id = ? ORDER BY no DESC LIMIT 1", case_id.bytes
    )
    assert reason == "visitor_absent"


def test_the_booking_is_offered_on_its_day_and_admitted_once(gatehouse: Gatehouse) -> None:
    session = planned(gatehouse, room(gatehouse, seats=1))[0]
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    case_id = book(gatehouse, asked(gatehouse.request(prisoner, visitor), session))
    assert gatehouse.ask(bookings.of_today, visitor.person_id) is None
    gatehouse.at(2026, 3, 7, 9, 5)
    request = gatehouse.ask(bookings.of_today, visitor.person_id)
    assert request is not None
    assert (request.case_id, request.booked) == (case_id, True)
    seen = gatehouse.propose(request).decision
    assert seen.outcome is Outcome.ALLOWED, seen.reasons
    recorded = gatehouse.do(visits.admit, gatehouse.officer, request, seen)
    assert recorded.case_id == case_id
    assert used(gatehouse, prisoner) == 1
    assert free(gatehouse, session) == 0
    assert gatehouse.ask(bookings.of_today, visitor.person_id) is None
    gatehouse.do(departures.leave, gatehouse.officer, case_id)
    assert free(gatehouse, session) == 1


def test_a_booked_visit_that_took_place_is_the_visit_of_its_day(gatehouse: Gatehouse) -> None:
    session = planned(gatehouse, room(gatehouse))[0]
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    case_id = book(gatehouse, asked(gatehouse.request(prisoner, visitor), session))
    gatehouse.at(2026, 3, 7, 9, 5)
    booked = gatehouse.ask(bookings.of_today, visitor.person_id)
    assert booked is not None
    gatehouse.admit(booked)
    assert gatehouse.do(departures.leave, gatehouse.officer, case_id).day == session.day
    (past,) = gatehouse.ask(prisoner_file.visits_of, gatehouse.officer, prisoner.prisoner_id)
    card = gatehouse.do(identify.card, gatehouse.officer, visitor.person_id)
    assert past.day == card.last_cases[0].day == session.day
    again = gatehouse.propose(gatehouse.request(prisoner, visitor))
    assert codes(again) == {ReasonCode.DUPLICATE_TODAY}


def test_a_visit_made_void_leaves_the_day_free(gatehouse: Gatehouse) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    wrong = gatehouse.visit(prisoner, visitor)
    gatehouse.do(departures.leave, gatehouse.officer, wrong.case_id)
    gatehouse.do(outcomes.void, gatehouse.supervisor, wrong.case_id, VoidReason.WRONG_VISITOR)
    again = gatehouse.propose(gatehouse.request(prisoner, visitor))
    assert again.decision.passes, again.decision.reasons


def test_a_booking_called_off_meanwhile_admits_nobody(gatehouse: Gatehouse) -> None:
    session = planned(gatehouse, room(gatehouse))[0]
    visitor = gatehouse.visitor()
    case_id = book(gatehouse, asked(gatehouse.request(gatehouse.prisoner(), visitor), session))
    gatehouse.at(2026, 3, 7, 9, 5)
    request = gatehouse.ask(bookings.of_today, visitor.person_id)
    assert request is not None
    seen = gatehouse.propose(request).decision
    gatehouse.do(outcomes.cancel, gatehouse.officer, case_id, CancelReason.VISITOR)
    before = gatehouse.counts()
    with pytest.raises(Refused, match="booked no more"):
        gatehouse.do(visits.admit, gatehouse.officer, request, seen)
    assert gatehouse.written(before) == {}


def wife_of(house: Gatehouse, prisoner: PrisonerCard) -> PersonCard:
    """Close kin whose proof was seen: a long visit needs one."""
    wife = house.visitor()
    proved = Stated(prisoner.prisoner_id, Relation.SPOUSE, Proof.MARRIAGE_CERTIFICATE)
    house.do(relations.state, house.officer, wife.person_id, proved)
    return wife


def long_visit(
    house: Gatehouse, session: SessionLine, nights: int, prisoner: PrisonerCard | None = None
) -> VisitRequest:
    prisoner = prisoner or house.prisoner()
    request = house.request(prisoner, wife_of(house, prisoner), service=Service.LONG_VISIT)
    return asked(request, session, nights)


def test_a_long_visit_given_up_for_a_booked_short_one_pays_also_when_it_is_moved(
    gatehouse: Gatehouse,
) -> None:
    first, second, _third = planned(gatehouse, room(gatehouse))
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.visitor())
    swapped = replace(request, swap_from=Service.LONG_VISIT)
    case_id = book(gatehouse, asked(swapped, first))
    moved = gatehouse.ask(bookings.propose_move, gatehouse.officer, case_id, second.slot_id)
    gatehouse.do(bookings.move, gatehouse.officer, moved.request, moved.decision)
    gatehouse.at(2026, 3, 8, 9, 5)
    booked = gatehouse.ask(lambda _desk: bookings.request_of(case_id))
    assert booked.swap_from is Service.LONG_VISIT
    gatehouse.admit(booked)
    paid = gatehouse.rows(
        "SELECT service, sum(pieces) FROM ledger GROUP BY service HAVING sum(pieces) <> 0"
    )
    assert paid == [("long_visit", 1)]


def test_a_long_visit_holds_its_room_on_each_of_its_days(gatehouse: Gatehouse) -> None:
    flat = room(gatehouse, "9", RoomKind.LONG, seats=1)
    first, second, third, fourth = planned(gatehouse, flat, 4, (10 * 60, 24 * 60))
    case_id = book(gatehouse, long_visit(gatehouse, second, nights=2))
    assert [free(gatehouse, one) for one in (first, second, third, fourth)] == [1, 0, 0, 1]
    # The day before, one night fits; two would meet the other family in the flat.
    one_night = proposed(gatehouse, long_visit(gatehouse, first, nights=1))
    assert one_night.decision.passes, one_night.decision.reasons
    two_nights = proposed(gatehouse, long_visit(gatehouse, first, nights=2))
    assert ReasonCode.SESSION_FULL in codes(two_nights)
    gatehouse.do(outcomes.cancel, gatehouse.officer, case_id, CancelReason.PRISON)
    assert [free(gatehouse, one) for one in (first, second, third, fourth)] == [1, 1, 1, 1]


def test_a_long_visit_is_put_up_for_review_when_one_of_its_days_is_closed(
    gatehouse: Gatehouse,
) -> None:
    flat = room(gatehouse, "9", RoomKind.LONG, seats=2)
    first, second, third = planned(gatehouse, flat, 3, (10 * 60, 24 * 60))
    staying = book(gatehouse, long_visit(gatehouse, first, nights=2))
    book(gatehouse, long_visit(gatehouse, third, nights=1))
    gatehouse.do(timetable.close_day, gatehouse.supervisor, second.day, BlockReason.QUARANTINE)
    (line,) = gatehouse.ask(reviews.open_reviews, gatehouse.officer)
    assert line.case_id == staying
    over_it = proposed(gatehouse, long_visit(gatehouse, first, nights=2))
    assert ReasonCode.SESSION_BLOCKED in codes(over_it)
    before_it = proposed(gatehouse, long_visit(gatehouse, first, nights=1))
    assert before_it.decision.passes, before_it.decision.reasons


def test_a_stay_is_put_up_for_review_when_a_ban_begins_before_its_end(
    gatehouse: Gatehouse,
) -> None:
    flat = room(gatehouse, "9", RoomKind.LONG, seats=2)
    first, second, third = planned(gatehouse, flat, 3, (10 * 60, 24 * 60))
    prisoner = gatehouse.prisoner()
    staying = long_visit(gatehouse, first, nights=2, prisoner=prisoner)
    book(gatehouse, staying)
    wife = gatehouse.do(identify.card, gatehouse.officer, staying.members[0].person_id)
    gatehouse.ban(wife, from_day=third.day + timedelta(days=1))
    assert gatehouse.ask(reviews.open_reviews, gatehouse.officer) == ()
    gatehouse.ban(wife, from_day=second.day)
    (line,) = gatehouse.ask(reviews.open_reviews, gatehouse.officer)
    assert (line.case_id, line.day) == (staying.case_id, first.day)


def test_prisoners_who_are_kept_apart_share_no_session(gatehouse: Gatehouse) -> None:
    session, other_day, _third = planned(gatehouse, room(gatehouse))
    one, other = gatehouse.prisoner(), gatehouse.prisoner()
    apart = RestrictionEntry(
        kind=RestrictionKind.NON_ASSOCIATION,
        from_day=gatehouse.desk.day(),
        to_day=None,
        ground=BanGround.CONFLICT,
        prisoner_id=one.prisoner_id,
        other_prisoner_id=other.prisoner_id,
    )
    gatehouse.do(restricting.restrict, gatehouse.supervisor, apart)
    book(gatehouse, asked(gatehouse.request(one, gatehouse.visitor()), session))
    request = gatehouse.request(other, gatehouse.visitor())
    together = proposed(gatehouse, asked(request, session))
    assert ReasonCode.NON_ASSOCIATION in codes(together)
    assert proposed(gatehouse, asked(request, other_day)).decision.passes


def test_nights_are_only_for_long_visits(gatehouse: Gatehouse) -> None:
    session = planned(gatehouse, room(gatehouse))[0]
    request = gatehouse.request(gatehouse.prisoner(), gatehouse.visitor())
    with pytest.raises(Invalid):
        proposed(gatehouse, asked(request, session, nights=1))


def test_who_is_inside_today_may_book_for_another_day(gatehouse: Gatehouse) -> None:
    session = planned(gatehouse, room(gatehouse))[0]
    visitor = gatehouse.visitor()
    gatehouse.visit(gatehouse.prisoner(), visitor)
    later = proposed(
        gatehouse, asked(gatehouse.request(gatehouse.prisoner(), visitor), session)
    )
    assert later.decision.passes, later.decision.reasons


def test_who_may_not_come_is_not_booked_and_the_others_are(gatehouse: Gatehouse) -> None:
    session = planned(gatehouse, room(gatehouse))[0]
    banned, other = gatehouse.visitor("Беков"), gatehouse.visitor("Асанова")
    gatehouse.ban(banned, to_day=session.day + timedelta(days=30))
    case_id = book(
        gatehouse, asked(gatehouse.request(gatehouse.prisoner(), banned, other), session)
    )
    booked = gatehouse.ask(lambda _desk: bookings.request_of(case_id))
    assert [member.person_id for member in booked.members] == [other.person_id]


def test_who_comes_of_age_between_two_days_is_booked_anew(gatehouse: Gatehouse) -> None:
    """Else a child would bear the badge of an adult, and stay inside alone."""
    first, second, *_ = planned(gatehouse, room(gatehouse))
    born = second.day.replace(year=second.day.year - 18)
    mother, son = gatehouse.visitor(), gatehouse.child(birth=born.isoformat())
    request = asked(gatehouse.request(gatehouse.prisoner(), mother, son), second)
    case_id = book(gatehouse, request)
    moved = gatehouse.ask(bookings.propose_move, gatehouse.officer, case_id, first.slot_id)
    with pytest.raises(Refused, match="of age"):
        gatehouse.do(bookings.move, gatehouse.officer, moved.request, moved.decision)
