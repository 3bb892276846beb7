"""What does not reach its prisoner: given back or sent on, the entitlement refunded once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.codes import PassedTo, PrisonerEventKind, ReviewKind, SameGround, Status, VoidReason
from kiosk.errors import AlreadyDone, Invalid, NotAllowed, Refused
from kiosk.services import doubles, outcomes, prisoner_events, reviews
from kiosk.services.goods import acts, going_back, handing_over
from kiosk.values.finds import ActEntered
from kiosk.values.standing import NewEvent
from tests.unit.services.gatehouse import Gatehouse, at_once

from .shelves import HOUR, Shelves
from .table import goes_back, seized

REFUNDED = [("use", 1, 3000), ("refund", -1, -3000)]


@pytest.fixture
def shelves(gatehouse: Gatehouse) -> Shelves:
    return Shelves(gatehouse)


def to_look_at(shelves: Shelves) -> list[tuple[str, str]]:
    """Number and cause of each line of the list of reviews."""
    house = shelves.gatehouse
    lines = house.ask(reviews.open_reviews, house.officer)
    assert house.ask(reviews.count) == (len(lines), 0)
    return [(one.number, str(one.what)) for one in lines]


# ---- declined


def test_a_declined_parcel_waits_for_its_sender_and_is_refunded(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    card = house.do(going_back.decline, house.officer, case_id)
    assert (card.state, card.place) == ("to_return", "R-1")
    assert shelves.steps(case_id) == [("not_to_prisoner", "to_return", "declined")]
    assert shelves.ledger(case_id) == REFUNDED
    with pytest.raises(AlreadyDone, match="goes back"):
        house.do(handing_over.hand_over, house.officer, case_id)


def test_where_nothing_is_free_for_returns_it_stays_where_it_is(shelves: Shelves) -> None:
    house = shelves.gatehouse
    for place in ("R-1", "A-2"):
        case_id = shelves.put().case_id
        shelves.put()
        assert house.do(going_back.decline, house.officer, case_id).place in (place, "A-1")
    house.must_be_whole()


def test_declined_at_four_windows_at_once_it_is_refunded_once(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id

    def decline() -> None:
        going_back.decline(house.desk, house.officer, case_id)

    answers = at_once(*[decline] * 4)
    assert sum(isinstance(one, AlreadyDone) for one in answers) == 3
    assert shelves.ledger(case_id) == REFUNDED


def test_what_goes_back_may_be_brought_again(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    asked = shelves.request(shelves.prisoner, shelves.sender, shelves.line("te"))
    assert shelves.propose(asked).room.used == 1
    house.do(going_back.decline, house.officer, case_id)
    assert shelves.propose(asked).room.used == 0


# ---- kept too long


def test_a_parcel_goes_back_when_it_was_kept_too_long(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    expire = (going_back.expire, house.supervisor, case_id)
    house.clock.at += 30 * 24 * HOUR
    last = house.desk.day()
    with pytest.raises(Refused, match=f"{last:%d.%m.%Y}"):
        house.do(*expire)
    house.clock.at += 24 * HOUR
    house.do(*expire)
    assert shelves.steps(case_id) == [("not_to_prisoner", "to_return", "expired")]
    assert shelves.ledger(case_id) == REFUNDED


def test_a_parcel_goes_back_when_it_spoils(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put(shelves.line("br")).case_id
    house.clock.at += 8 * HOUR - 1
    with pytest.raises(Refused):
        house.do(going_back.expire, house.supervisor, case_id)
    house.clock.at += 1
    house.do(going_back.expire, house.supervisor, case_id)


def test_only_a_supervisor_sends_back_what_nobody_declined(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    for act in (going_back.expire, going_back.gone):
        with pytest.raises(NotAllowed):
            house.do(act, house.officer, case_id)
    with pytest.raises(NotAllowed):
        house.do(going_back.forward, house.officer, case_id, "p27")


# ---- the prisoner is gone


def test_a_transfer_puts_a_stored_parcel_up_for_review(shelves: Shelves) -> None:
    number = shelves.put().number
    shelves.is_now(Status.TRANSFERRED)
    assert to_look_at(shelves) == [(number, "transferred")]


@pytest.mark.parametrize(("days", "reviewed"), [(2, True), (40, False)])
def test_a_parcel_for_one_who_will_soon_be_released_is_put_up_as_well(
    shelves: Shelves, days: int, reviewed: bool
) -> None:
    house = shelves.gatehouse
    leaves = house.clock.at + days * 24 * HOUR
    released = NewEvent(PrisonerEventKind.STATUS, Status.RELEASED, leaves)
    prisoner_id = shelves.prisoner.prisoner_id
    house.do(prisoner_events.record, house.supervisor, prisoner_id, released)
    number = shelves.put().number
    assert to_look_at(shelves) == ([(number, "released")] if reviewed else [])


@pytest.mark.parametrize("status", [Status.ISOLATOR, Status.COURT, Status.HOSPITAL])
def test_one_who_comes_back_needs_no_review_of_a_parcel(
    shelves: Shelves, status: Status
) -> None:
    shelves.put()
    shelves.is_now(status)
    assert to_look_at(shelves) == []


def test_a_parcel_of_one_who_was_recorded_twice_is_looked_at(shelves: Shelves) -> None:
    house, number = shelves.gatehouse, shelves.put().number
    other = house.prisoner(status=Status.TRANSFERRED).prisoner_id
    mine = shelves.prisoner.prisoner_id
    house.do(doubles.join, house.supervisor, mine, other, SameGround.FACE)
    (line,) = house.ask(reviews.open_reviews, house.officer)
    assert (line.number, line.kind) == (number, ReviewKind.DOUBLE)


def test_what_was_handed_over_needs_no_review(shelves: Shelves) -> None:
    house = shelves.gatehouse
    house.do(handing_over.hand_over, house.officer, shelves.put().case_id)
    house.do(going_back.decline, house.officer, shelves.put().case_id)
    shelves.is_now(Status.RELEASED)
    assert to_look_at(shelves) == []


def test_a_transfer_undone_takes_its_review_back(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    shelves.is_now(Status.TRANSFERRED)
    events = house.ask(prisoner_events.lines, house.supervisor, shelves.prisoner.prisoner_id)
    (moved,) = [one for one in events if one.value == Status.TRANSFERRED]
    house.do(
        prisoner_events.undo,
        house.supervisor,
        shelves.prisoner.prisoner_id,
        moved.event_id,
    )
    assert to_look_at(shelves) == []
    house.do(handing_over.hand_over, house.officer, case_id)


def test_a_parcel_of_one_who_is_gone_goes_back_refunded(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    with pytest.raises(Refused, match="in this prison"):
        house.do(going_back.gone, house.supervisor, case_id)
    shelves.is_now(Status.RELEASED)
    house.do(going_back.gone, house.supervisor, case_id)
    assert shelves.steps(case_id) == [("not_to_prisoner", "to_return", "moved")]
    assert shelves.ledger(case_id) == REFUNDED
    assert to_look_at(shelves) == []


def test_what_is_forwarded_stays_used_up(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    shelves.is_now(Status.TRANSFERRED)
    card = house.do(going_back.forward, house.supervisor, case_id, "p27")
    assert (card.state, card.place, card.steps[-1].named) == ("forwarded", "", "p27")
    assert shelves.ledger(case_id) == [("use", 1, 3000)]
    assert house.rows("SELECT data FROM step WHERE kind = 'forwarded'") == [
        ('{"prison":"p27"}',)
    ]
    assert to_look_at(shelves) == []
    with pytest.raises(AlreadyDone, match="forwarded"):
        house.do(going_back.gone, house.supervisor, case_id)
    assert shelves.ledger(case_id) == [("use", 1, 3000)]


def test_only_after_a_transferred_prisoner_can_it_be_sent(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    for status in (Status.PRESENT, Status.RELEASED, Status.DEAD):
        shelves.is_now(status)
        with pytest.raises(Refused, match="not transferred"):
            house.do(going_back.forward, house.supervisor, case_id, "p27")
    for prison in ("", "27-колония", house.desk.prison):
        with pytest.raises(Invalid):
            house.do(going_back.forward, house.supervisor, case_id, prison)


# ---- given back


@pytest.mark.parametrize("proxy", [False, True])
def test_the_sender_signs_or_who_came_for_them(shelves: Shelves, proxy: bool) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    returned = (going_back.returned, house.officer, case_id)
    with pytest.raises(AlreadyDone):
        house.do(*returned)
    house.do(going_back.decline, house.officer, case_id)
    words = "Асанов Б., брат" if proxy else ""
    card = house.do(*returned, proxy=proxy, words=words)
    assert (card.state, card.place) == ("closed", "")
    assert house.rows("SELECT data FROM step WHERE kind = 'returned'") == [
        (f'{{"proxy":{int(proxy)},"signed":1}}',)
    ]
    assert house.rows("SELECT text FROM note") == ([(words,)] if proxy else [])
    with pytest.raises(AlreadyDone, match="over"):
        house.do(*returned)
    assert shelves.ledger(case_id) == REFUNDED


@pytest.mark.parametrize("on", ["returned", "forwarded", "void"])
def test_nothing_leaves_before_the_act_of_what_was_found_in_it(
    shelves: Shelves, on: str
) -> None:
    house = shelves.gatehouse
    put = shelves.put(shelves.line("te"), seized(shelves.line("ho"), 500))
    act: Callable[[], object]
    if on == "returned":
        house.do(going_back.decline, house.officer, put.case_id)

        def act() -> object:
            return house.do(going_back.returned, house.officer, put.case_id)
    elif on == "forwarded":
        shelves.is_now(Status.TRANSFERRED)

        def act() -> object:
            return house.do(going_back.forward, house.supervisor, put.case_id, "p27")
    else:

        def act() -> object:
            return house.do(outcomes.void, house.supervisor, put.case_id, VoidReason.TWICE)

    with pytest.raises(Refused, match="act"):
        act()
    written = ActEntered("A-26-0001", "446", PassedTo.POLICE, witness="Бек")
    house.do(acts.write, house.officer, put.finds[0], written)
    act()
    assert shelves.now(put.case_id)[0] in ("closed", "forwarded", "void")


# ---- made void


def test_a_void_parcel_gives_back_its_place_and_what_it_took(shelves: Shelves) -> None:
    house, put = shelves.gatehouse, shelves.put()
    shelves.is_now(Status.TRANSFERRED)
    void = (outcomes.void, house.supervisor, put.case_id, VoidReason.WRONG_PRISONER)
    house.do(*void)
    assert shelves.now(put.case_id) == ("void", "", None)
    assert shelves.ledger(put.case_id) == REFUNDED
    assert shelves.card(put.case_id).number == put.number
    assert (shelves.list(), to_look_at(shelves)) == ((), [])
    with pytest.raises(Refused, match="a parcel like that"):
        house.do(*void)
    assert shelves.ledger(put.case_id) == REFUNDED


def test_a_refused_bag_is_made_void_and_gives_nothing_back(shelves: Shelves) -> None:
    house = shelves.gatehouse
    asked = shelves.request(
        shelves.prisoner, shelves.sender, goes_back(shelves.line("te"), 100), gross=100
    )
    case_id = shelves.refuse(asked).case_id
    house.do(outcomes.void, house.supervisor, case_id, VoidReason.TWICE)
    assert (shelves.now(case_id)[0], shelves.ledger(case_id)) == ("void", [])


def test_what_reached_somebody_is_not_made_void(shelves: Shelves) -> None:
    house = shelves.gatehouse
    handed, declined = shelves.put().case_id, shelves.put().case_id
    house.do(handing_over.hand_over, house.officer, handed)
    house.do(going_back.decline, house.officer, declined)
    for case_id in (handed, declined):
        with pytest.raises(Refused, match="on the shelf no more"):
            house.do(outcomes.void, house.supervisor, case_id, VoidReason.TWICE)
    with pytest.raises(NotAllowed):
        house.do(outcomes.void, house.officer, handed, VoidReason.TWICE)


def test_a_refund_of_the_next_year_belongs_to_the_year_of_the_parcel(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    day = house.desk.day()
    house.clock.at += int(timedelta(days=370) / timedelta(milliseconds=1))
    house.do(going_back.decline, house.officer, case_id)
    assert house.rows("SELECT DISTINCT counts_on FROM ledger") == [(str(day),)]
