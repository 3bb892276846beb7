"""The day with which the demo begins: rooms, sessions, a booked visit, three who wait."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from kiosk.codes import EarlyAnswer, Relation, Service
from kiosk.demo import first_day, people
from kiosk.demo.officer import OFFICER
from kiosk.demo.past_visits import Coming
from kiosk.demo.people import MadeUpVisitor
from kiosk.services import bookings, sessions
from kiosk.services.tickets import board

from .gatehouse import Gatehouse


def coming(gatehouse: Gatehouse, *, banned: bool = False) -> Coming:
    entered = gatehouse.entered()
    visitor = gatehouse.visitor()
    if banned:
        gatehouse.ban(visitor)
    assert visitor.document_id is not None
    prisoner = gatehouse.prisoner()
    return Coming(
        visitor.person_id,
        visitor.document_id,
        MadeUpVisitor(entered, prisoner.file_number, Relation.SIBLING),
        prisoner.prisoner_id,
        next(people.prisoners(random.Random(1), 1, gatehouse.desk.day())),
    )


@pytest.mark.parametrize("at", [(10, 0), (0, 5), (23, 55)], ids=["morning", "night", "late"])
def test_the_demo_begins_its_day_with_sessions_a_booking_and_three_who_wait(
    gatehouse: Gatehouse, at: tuple[int, int]
) -> None:
    gatehouse.at(2026, 12, 30, *at)
    kept_out = coming(gatehouse, banned=True)
    first, second, third = (coming(gatehouse) for _ in range(3))
    gatehouse.do(first_day.begin, (kept_out, first, second, third))

    waiting = gatehouse.ask(board, OFFICER)
    assert [(one.person_id, one.service) for one in waiting.lines] == [
        (first.person_id, Service.SHORT_VISIT),
        (second.person_id, Service.SHORT_VISIT),
        (third.person_id, Service.PACKAGE),
    ]
    assert {one.answer for one in waiting.lines} == {EarlyAnswer.PASS}
    today = gatehouse.desk.day()
    week = [gatehouse.ask(sessions.on_day, OFFICER, today + timedelta(n)) for n in range(7)]
    assert {one.room for day in week for one in day} == {"1", "2"}
    assert {len(day) for day in week} == {5}
    days = (today, today + timedelta(days=1))
    (booked,) = [line for day in days for line in gatehouse.ask(bookings.on_day, OFFICER, day)]
    assert booked.lead_id == first.person_id
    # Nothing is printed before somebody works.
    assert gatehouse.rows("SELECT * FROM spool") == []
    gatehouse.must_be_whole()
