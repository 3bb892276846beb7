"""Rooms and sessions: planned by a small table, taken back, closed and opened again."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from kiosk.codes import BlockReason, ReviewKind, RoomKind
from kiosk.errors import Invalid, NotAllowed, NotFound, Refused
from kiosk.services import reviews, rooms, sessions, timetable
from kiosk.values.waiting import SessionTable

from .gatehouse import Gatehouse
from .timetables import AFTERNOON, MORNING, asked, book, on, planned, room, table

TODAY = date(2026, 3, 6)


def test_rooms_are_entered_by_a_supervisor_and_listed_by_kind(gatehouse: Gatehouse) -> None:
    with pytest.raises(NotAllowed):
        gatehouse.do(rooms.add, gatehouse.officer, "1", RoomKind.SHORT, 2)
    room(gatehouse, "2", RoomKind.LONG)
    room(gatehouse, "1")
    listed = gatehouse.ask(rooms.rooms, gatehouse.officer)
    assert [(one.code, one.kind, one.seats) for one in listed] == [
        ("1", RoomKind.SHORT, 2),
        ("2", RoomKind.LONG, 2),
    ]


@pytest.mark.parametrize(
    ("code", "seats", "field"),
    [("комната", 2, "code"), ("", 2, "code"), ("1", 2, "code"), ("2", 0, "seats")],
)
def test_a_room_that_is_none_names_its_field(
    gatehouse: Gatehouse, code: str, seats: int, field: str
) -> None:
    room(gatehouse, "1")
    with pytest.raises(Invalid) as refused:
        gatehouse.do(rooms.add, gatehouse.supervisor, code, RoomKind.SHORT, seats)
    assert refused.value.field == field


def test_a_room_with_sessions_to_come_stays_in_use(gatehouse: Gatehouse) -> None:
    one = room(gatehouse)
    planned(gatehouse, one)
    with pytest.raises(Refused):
        gatehouse.do(rooms.close, gatehouse.supervisor, one.room_id)
    gatehouse.do(
        timetable.take_back, gatehouse.supervisor, one.room_id, TODAY, TODAY + timedelta(9)
    )
    gatehouse.do(rooms.close, gatehouse.supervisor, one.room_id)
    assert gatehouse.ask(rooms.rooms, gatehouse.officer) == ()


def test_a_table_gives_the_same_hours_on_its_weekdays_only(gatehouse: Gatehouse) -> None:
    one = room(gatehouse)
    monday_and_friday = SessionTable(
        one.room_id, frozenset({1, 5}), (MORNING, AFTERNOON), TODAY, TODAY + timedelta(13)
    )
    made = gatehouse.do(timetable.plan, gatehouse.supervisor, monday_and_friday)
    assert (made.added, made.left_out) == (8, 0)
    assert [line.hours for line in on(gatehouse, TODAY)] == ["09:00-11:00", "14:00-16:00"]
    assert on(gatehouse, TODAY + timedelta(days=1)) == ()


def test_a_table_planned_twice_adds_nothing_and_says_so(gatehouse: Gatehouse) -> None:
    one = room(gatehouse)
    twice = table(one, TODAY, 5)
    gatehouse.do(timetable.plan, gatehouse.supervisor, twice)
    again = gatehouse.do(timetable.plan, gatehouse.supervisor, twice)
    assert (again.added, again.left_out) == (0, 5)


def test_a_year_of_sessions_is_one_entry_and_costs_little(gatehouse: Gatehouse) -> None:
    one = room(gatehouse, seats=12)
    year = table(one, TODAY, 365, MORNING, AFTERNOON, (17 * 60, 19 * 60))
    before, began = gatehouse.counts(), time.process_time()
    made = gatehouse.do(timetable.plan, gatehouse.supervisor, year)
    spent = time.process_time() - began
    assert made.added == 3 * 365
    assert gatehouse.written(before) == {"audit_entry": 1, "visit_slot": 3 * 365}
    assert spent < 3, f"{spent:.2f} s of CPU for a year of sessions"


@pytest.mark.parametrize(
    ("hours", "weekdays", "field"),
    [
        (((9 * 60, 8 * 60),), {1}, "hours"),
        (((540, 660), (600, 720)), {1}, "hours"),
        ((), {1}, "hours"),
        (((540, 1500),), {1}, "hours"),
        (((540, 660),), set(), "weekdays"),
        (((540, 660),), {8}, "weekdays"),
    ],
)
def test_a_table_that_is_none_plans_nothing(
    gatehouse: Gatehouse, hours: tuple[tuple[int, int], ...], weekdays: set[int], field: str
) -> None:
    one = room(gatehouse)
    wrong = SessionTable(one.room_id, frozenset(weekdays), hours, TODAY, TODAY)
    with pytest.raises(Invalid) as refused:
        gatehouse.do(timetable.plan, gatehouse.supervisor, wrong)
    assert refused.value.field == field


def test_more_places_than_the_room_has_are_not_planned(gatehouse: Gatehouse) -> None:
    one = room(gatehouse, seats=2)
    with pytest.raises(Invalid):
        gatehouse.do(timetable.plan, gatehouse.supervisor, table(one, TODAY, 1, seats=3))


def test_booked_sessions_are_not_taken_back(gatehouse: Gatehouse) -> None:
    one = room(gatehouse)
    first, *_others = planned(gatehouse, one)
    book(
        gatehouse,
        asked(gatehouse.request(gatehouse.prisoner(), gatehouse.visitor()), first),
    )
    kept = gatehouse.do(
        timetable.take_back, gatehouse.supervisor, one.room_id, TODAY, TODAY + timedelta(9)
    )
    assert (kept.added, kept.left_out) == (2, 1)
    assert [line.slot_id for line in on(gatehouse, first.day)] == [first.slot_id]


def test_a_closed_day_closes_its_sessions_until_it_is_opened_again(
    gatehouse: Gatehouse,
) -> None:
    first, second, _third = planned(gatehouse, room(gatehouse))
    with pytest.raises(NotAllowed):
        gatehouse.do(timetable.close_day, gatehouse.officer, first.day, BlockReason.SANITATION)
    block = gatehouse.do(
        timetable.close_day, gatehouse.supervisor, first.day, BlockReason.SANITATION
    )
    (line,) = on(gatehouse, first.day)
    assert (line.closed, line.day_closed) == (BlockReason.SANITATION, True)
    assert on(gatehouse, second.day)[0].closed is None
    assert gatehouse.ask(sessions.blocked_dates, TODAY) == {first.day}
    gatehouse.do(timetable.open_again, gatehouse.supervisor, block)
    assert on(gatehouse, first.day)[0].closed is None
    assert gatehouse.ask(sessions.blocked_dates, TODAY) == frozenset()
    with pytest.raises(NotFound):
        gatehouse.do(timetable.open_again, gatehouse.supervisor, block)


def test_another_reason_needs_words_and_the_past_stays_open(gatehouse: Gatehouse) -> None:
    with pytest.raises(Invalid):
        gatehouse.do(timetable.close_day, gatehouse.supervisor, TODAY, BlockReason.OTHER)
    gatehouse.do(
        timetable.close_day, gatehouse.supervisor, TODAY, BlockReason.OTHER, "прорвало трубу"
    )
    with pytest.raises(Invalid):
        gatehouse.do(
            timetable.close_day,
            gatehouse.supervisor,
            TODAY - timedelta(days=1),
            BlockReason.HOLIDAY,
        )


def test_closing_a_session_puts_its_visits_up_for_review_and_opening_settles_them(
    gatehouse: Gatehouse,
) -> None:
    first, second, _third = planned(gatehouse, room(gatehouse))
    case_id = book(
        gatehouse,
        asked(gatehouse.request(gatehouse.prisoner(), gatehouse.visitor()), first),
    )
    book(
        gatehouse,
        asked(gatehouse.request(gatehouse.prisoner(), gatehouse.visitor()), second),
    )
    block = gatehouse.do(
        timetable.close_session, gatehouse.supervisor, first.slot_id, BlockReason.SEARCH
    )
    (line,) = gatehouse.ask(reviews.open_reviews, gatehouse.officer)
    assert (line.case_id, line.kind) == (case_id, ReviewKind.DATE_BLOCKED)
    gatehouse.do(timetable.open_again, gatehouse.supervisor, block)
    assert gatehouse.ask(reviews.open_reviews, gatehouse.officer) == ()
