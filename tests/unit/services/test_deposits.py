"""Things left at the gate: a tag each, given back once, and no visit closes over them."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from kiosk.codes import Left
from kiosk.errors import Invalid, NotAllowed, NotFound, Refused
from kiosk.services import departures, deposits, inside_list, unfinished
from kiosk.values import Recorded, TagLine, ThingLeft

from .gatehouse import Gatehouse, at_once

PHONE = ThingLeft(Left.PHONE)
KEYS = ThingLeft(Left.KEYS, 3)


@pytest.fixture
def recorded(gatehouse: Gatehouse) -> Recorded:
    """Two visitors who are inside."""
    return gatehouse.visit(
        gatehouse.prisoner(), gatehouse.visitor("Асанова"), gatehouse.visitor("Бекова")
    )


def member(gatehouse: Gatehouse, place: int = 0) -> UUID:
    return gatehouse.inside()[place].member_id


def hang(gatehouse: Gatehouse, tag: str, *things: ThingLeft, place: int = 0) -> None:
    who = member(gatehouse, place)
    gatehouse.do(deposits.leave_things, gatehouse.officer, who, tag, things)


def tags(gatehouse: Gatehouse) -> tuple[TagLine, ...]:
    return gatehouse.ask(lambda _desk: deposits.tags_of(None))


def state(gatehouse: Gatehouse) -> str:
    ((now,),) = gatehouse.rows("SELECT state FROM case_now")
    return str(now)


def test_the_next_tag_follows_the_last_of_the_day_and_skips_what_hangs(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    assert gatehouse.ask(deposits.next_tag) == "001"
    hang(gatehouse, "1", PHONE)
    assert gatehouse.ask(deposits.next_tag) == "002"
    hang(gatehouse, "998", PHONE, place=1)
    assert gatehouse.ask(deposits.next_tag) == "999"
    gatehouse.do(deposits.give_back, gatehouse.officer, "998")
    assert gatehouse.ask(deposits.next_tag) == "999"
    hang(gatehouse, "999", PHONE, place=1)
    assert gatehouse.ask(deposits.next_tag) == "002", "001 hangs still"
    gatehouse.clock.at += 24 * 3_600_000
    assert gatehouse.ask(deposits.next_tag) == "002"


def test_the_tag_says_what_hangs_on_it_and_names_nobody(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    hang(gatehouse, "037", PHONE, KEYS, ThingLeft(Left.MONEY, 1200))
    ((body,),) = gatehouse.rows(
        "SELECT s.body FROM spool s JOIN print_job j ON j.id = s.job_id"
        " WHERE j.template = 'tag'"
    )
    told = json.loads(body)
    assert (told["tag"], told["badge"]) == ("037", "V-26-000001-1")
    assert told["money"] == 120_000
    assert [(one["name"]["ru"], one["pieces"]) for one in told["things"]] == [
        ("телефон", 1),
        ("ключи", 3),
    ]
    assert "Асанова" not in body


def test_more_things_of_the_same_visitor_come_under_the_same_tag(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    hang(gatehouse, "037", PHONE)
    hang(gatehouse, "037", KEYS)
    (line,) = tags(gatehouse)
    assert line.things == (PHONE, KEYS)
    with pytest.raises(Invalid) as told:
        hang(gatehouse, "037", PHONE, place=1)
    assert told.value.field == "tag"


@pytest.mark.parametrize("tag", ["", "0", "1000", "x", "٣", "-1"])
def test_what_is_no_tag_is_refused(gatehouse: Gatehouse, recorded: Recorded, tag: str) -> None:
    with pytest.raises(Invalid):
        hang(gatehouse, tag, PHONE)


def test_nothing_is_no_deposit(gatehouse: Gatehouse, recorded: Recorded) -> None:
    for things in ((), (ThingLeft(Left.KEYS, 0),)):
        with pytest.raises(Invalid):
            hang(gatehouse, "1", *things)


def test_who_leaves_has_their_things_back_with_the_same_key(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    hang(gatehouse, "001", PHONE, KEYS)
    hang(gatehouse, "002", KEYS, place=1)
    first = member(gatehouse)
    gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id, [first])
    assert [line.tag for line in tags(gatehouse)] == ["002"]
    departure = gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id)
    assert departure.tags == tags(gatehouse) == ()
    assert state(gatehouse) == "closed"
    endings = gatehouse.rows("SELECT target, reason FROM ending")
    assert endings == [("deposit", "returned")] * 3


def test_a_visit_is_not_closed_while_something_hangs(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    hang(gatehouse, "001", PHONE)
    departure = gatehouse.do(
        departures.leave, gatehouse.officer, recorded.case_id, things_back=False
    )
    assert [line.tag for line in departure.tags] == ["001"]
    assert state(gatehouse) == "left"
    (open_case,) = gatehouse.ask(unfinished.unfinished, gatehouse.officer)
    assert (open_case.number, open_case.tags) == ("V-26-000001", ("001",))
    gatehouse.do(deposits.give_back, gatehouse.officer, "001")
    assert state(gatehouse) == "closed"
    assert gatehouse.ask(unfinished.unfinished, gatehouse.officer) == ()
    with pytest.raises(NotFound):
        gatehouse.do(deposits.give_back, gatehouse.officer, "001")


def test_a_supervisor_may_close_over_it_by_writing_the_tag_off(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    hang(gatehouse, "001", PHONE)
    gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id, things_back=False)
    with pytest.raises(NotAllowed):
        gatehouse.do(deposits.write_off, gatehouse.officer, "001")
    gatehouse.do(deposits.write_off, gatehouse.supervisor, "001")
    assert state(gatehouse) == "closed"
    assert tags(gatehouse) == ()
    assert gatehouse.rows("SELECT reason FROM ending") == [("kept",)]


def test_the_list_of_who_is_inside_says_under_which_tag_their_things_hang(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    hang(gatehouse, "37", PHONE, KEYS, place=1)
    first, second = gatehouse.inside()
    listed = gatehouse.ask(inside_list.look, gatehouse.officer)
    assert listed.tags == {second.member_id: "037"}
    assert first.member_id not in listed.tags
    gatehouse.do(deposits.give_back, gatehouse.officer, "037")
    assert gatehouse.ask(inside_list.look, gatehouse.officer).tags == {}


def test_nothing_is_left_with_a_visit_that_has_ended(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    who = member(gatehouse)
    gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id)
    with pytest.raises(Refused):
        gatehouse.do(deposits.leave_things, gatehouse.officer, who, "1", [PHONE])


def test_of_four_windows_one_gives_a_tag_back(gatehouse: Gatehouse, recorded: Recorded) -> None:
    hang(gatehouse, "001", PHONE)
    answers = at_once(
        *[lambda: deposits.give_back(gatehouse.desk, gatehouse.officer, "001")] * 4
    )
    assert sum(isinstance(one, TagLine) for one in answers) == 1
    assert sum(isinstance(one, NotFound) for one in answers) == 3
