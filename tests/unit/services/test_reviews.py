"""What a new restriction concerns is looked at again, until it is settled or its cause goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from kiosk.codes import (
    BanGround,
    BlockReason,
    LiftReason,
    RestrictionKind,
    ReviewEnding,
    ReviewKind,
    RoomKind,
    Service,
)
from kiosk.errors import Invalid, NotAllowed, NotFound
from kiosk.services import bookings, departures, restricting, reviews, rooms, timetable
from kiosk.services.sessions import cases_in, on_day
from kiosk.values import (
    PersonCard,
    PrisonerCard,
    Restricted,
    RestrictionEntry,
    ReviewLine,
)
from kiosk.values.waiting import SessionTable

from .gatehouse import Gatehouse

TODAY = date(2026, 3, 6)
PLANNED = date(2026, 3, 10)
HOUR = 3_600_000

Book = Callable[[PrisonerCard, PersonCard], UUID]


@pytest.fixture
def book(gatehouse: Gatehouse) -> Book:
    """Books a short visit for the morning of PLANNED."""
    room = gatehouse.do(rooms.add, gatehouse.supervisor, "1", RoomKind.SHORT, 10)
    table = SessionTable(room.room_id, frozenset(range(1, 8)), ((540, 720),), PLANNED, PLANNED)
    gatehouse.do(timetable.plan, gatehouse.supervisor, table)
    (session,) = gatehouse.ask(on_day, gatehouse.officer, PLANNED, None)

    def made(prisoner: PrisonerCard, visitor: PersonCard) -> UUID:
        request = replace(gatehouse.request(prisoner, visitor), slot_id=session.slot_id)
        seen = gatehouse.ask(bookings.propose, gatehouse.officer, request).decision
        return gatehouse.do(bookings.book, gatehouse.officer, request, seen)

    return made


def open_lines(gatehouse: Gatehouse) -> tuple[ReviewLine, ...]:
    return gatehouse.ask(reviews.open_reviews, gatehouse.officer)


def put(gatehouse: Gatehouse, kind: RestrictionKind, **told: Any) -> Restricted:
    asked = RestrictionEntry(kind, TODAY, None, BanGround.HEAD)
    asked = replace(asked, **told)
    return gatehouse.do(restricting.restrict, gatehouse.supervisor, asked)


def test_a_ban_puts_up_each_planned_visit_of_the_visitor_and_no_other(
    gatehouse: Gatehouse, book: Book
) -> None:
    banned, other = gatehouse.visitor(), gatehouse.visitor("Бекова")
    case_id = book(gatehouse.prisoner(), banned)
    book(gatehouse.prisoner(), other)
    told = put(gatehouse, RestrictionKind.BAN, person_id=banned.person_id)
    assert (told.planned, told.inside) == (1, 0)
    (line,) = open_lines(gatehouse)
    assert (line.case_id, line.kind, line.what) == (
        case_id,
        ReviewKind.RESTRICTION,
        RestrictionKind.BAN,
    )
    assert (line.day, line.number, line.is_inside) == (PLANNED, "", False)
    assert [name.short for name in line.visitors] == [banned.name.short]
    assert gatehouse.ask(reviews.count) == (1, 0)


@pytest.mark.parametrize(
    ("told", "planned"),
    [
        ({"to_day": PLANNED - timedelta(days=1)}, 0),
        ({"to_day": PLANNED}, 1),
        ({"from_day": PLANNED + timedelta(days=1)}, 0),
        ({"services": frozenset({Service.LAWYER_VISIT})}, 0),
        ({"goods": frozenset({"food"})}, 0),
    ],
)
def test_only_a_visit_on_a_day_and_of_a_kind_it_holds_for_is_put_up(
    gatehouse: Gatehouse, book: Book, told: dict[str, object], planned: int
) -> None:
    book(gatehouse.prisoner(), gatehouse.visitor())
    recorded = put(gatehouse, RestrictionKind.STOP, **told)
    assert recorded.planned == planned == len(open_lines(gatehouse))


def test_a_pair_puts_up_no_visit_to_another_prisoner(gatehouse: Gatehouse, book: Book) -> None:
    visitor, prisoner = gatehouse.visitor(), gatehouse.prisoner()
    book(prisoner, visitor)
    pair = {"person_id": visitor.person_id, "prisoner_id": gatehouse.prisoner().prisoner_id}
    assert put(gatehouse, RestrictionKind.NO_CONTACT, **pair).planned == 0
    pair["prisoner_id"] = prisoner.prisoner_id
    assert put(gatehouse, RestrictionKind.NO_CONTACT, **pair).planned == 1


def test_who_is_inside_stands_first_and_is_counted_apart(
    gatehouse: Gatehouse, book: Book
) -> None:
    visitor = gatehouse.visitor()
    book(gatehouse.prisoner(), visitor)
    recorded = gatehouse.visit(gatehouse.prisoner(), visitor)
    told = put(gatehouse, RestrictionKind.BAN, person_id=visitor.person_id)
    assert (told.planned, told.inside) == (1, 1)
    first, second = open_lines(gatehouse)
    assert (first.is_inside, first.number, first.day) == (True, recorded.number, TODAY)
    assert not second.is_inside
    assert gatehouse.ask(reviews.count) == (2, 1)


def test_one_of_a_group_who_has_left_concerns_it_no_more(gatehouse: Gatehouse) -> None:
    gone, stays = gatehouse.visitor(), gatehouse.visitor("Бекова")
    recorded = gatehouse.visit(gatehouse.prisoner(), gone, stays)
    badge = next(one for one in gatehouse.inside() if one.name.short == gone.name.short)
    gatehouse.do(
        departures.leave, gatehouse.officer, recorded.case_id, frozenset({badge.member_id})
    )
    assert put(gatehouse, RestrictionKind.BAN, person_id=gone.person_id).inside == 0
    assert put(gatehouse, RestrictionKind.BAN, person_id=stays.person_id).inside == 1


def test_a_visit_that_is_over_is_not_asked_for_any_more(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    recorded = gatehouse.visit(gatehouse.prisoner(), visitor)
    put(gatehouse, RestrictionKind.BAN, person_id=visitor.person_id)
    assert len(open_lines(gatehouse)) == 1
    gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id)
    assert open_lines(gatehouse) == ()


def test_lifting_clears_what_it_had_put_up(gatehouse: Gatehouse, book: Book) -> None:
    visitor = gatehouse.visitor()
    book(gatehouse.prisoner(), visitor)
    told = put(gatehouse, RestrictionKind.BAN, person_id=visitor.person_id)
    put(gatehouse, RestrictionKind.PRE_INFO, person_id=visitor.person_id)
    gatehouse.do(restricting.lift, gatehouse.supervisor, told.restriction_id, LiftReason.COURT)
    assert [line.what for line in open_lines(gatehouse)] == [RestrictionKind.PRE_INFO]
    reasons = gatehouse.rows("SELECT target, reason FROM ending ORDER BY target")
    assert reasons == [("restriction", "court"), ("review", "cause_gone")]


@pytest.mark.parametrize("answer", [ReviewEnding.HANDLED, ReviewEnding.NO_CHANGE])
def test_an_answer_settles_a_review_once(
    gatehouse: Gatehouse, book: Book, answer: ReviewEnding
) -> None:
    book(gatehouse.prisoner(), gatehouse.visitor())
    put(gatehouse, RestrictionKind.STOP)
    (line,) = open_lines(gatehouse)
    gatehouse.do(reviews.end, gatehouse.officer, line.review_id, answer)
    assert open_lines(gatehouse) == ()
    with pytest.raises(Invalid):
        gatehouse.do(reviews.end, gatehouse.officer, line.review_id, answer)
    assert gatehouse.rows("SELECT reason FROM ending") == [(answer.value,)]


def test_only_who_registers_visits_settles_a_review(gatehouse: Gatehouse, book: Book) -> None:
    book(gatehouse.prisoner(), gatehouse.visitor())
    put(gatehouse, RestrictionKind.STOP)
    (line,) = gatehouse.ask(reviews.open_reviews, gatehouse.administrator)
    with pytest.raises(NotAllowed):
        gatehouse.do(reviews.end, gatehouse.administrator, line.review_id, ReviewEnding.HANDLED)
    with pytest.raises(NotFound):
        gatehouse.do(reviews.end, gatehouse.officer, UUID(int=1), ReviewEnding.HANDLED)


def test_a_closed_day_is_cleared_when_it_is_opened_again(
    gatehouse: Gatehouse, book: Book
) -> None:
    book(gatehouse.prisoner(), gatehouse.visitor())
    gatehouse.do(timetable.close_day, gatehouse.supervisor, PLANNED, BlockReason.SANITATION, "")
    (line,) = open_lines(gatehouse)
    assert (line.kind, line.what) == (ReviewKind.DATE_BLOCKED, BlockReason.SANITATION)
    ((block_id,),) = gatehouse.rows("SELECT id FROM slot_block")
    gatehouse.do(timetable.open_again, gatehouse.supervisor, UUID(bytes=block_id))
    assert open_lines(gatehouse) == ()


def test_prisoners_kept_apart_put_up_both_their_visits_in_one_session(
    gatehouse: Gatehouse, book: Book
) -> None:
    one, other, third = (gatehouse.prisoner() for _ in range(3))
    cases = {book(who, gatehouse.visitor()) for who in (one, other)}
    book(third, gatehouse.visitor())
    told = put(
        gatehouse,
        RestrictionKind.NON_ASSOCIATION,
        prisoner_id=one.prisoner_id,
        other_prisoner_id=other.prisoner_id,
    )
    assert told.planned == 2
    assert {line.case_id for line in open_lines(gatehouse)} == cases
    assert {line.kind for line in open_lines(gatehouse)} == {ReviewKind.NON_ASSOCIATION}
    (slot,) = {UUID(bytes=row[0]) for row in gatehouse.rows("SELECT slot_id FROM visit_plan")}
    assert len(gatehouse.ask(lambda _desk: cases_in(slot))) == 3
