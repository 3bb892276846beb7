"""A badge leads to its visit in every form it may have, and nobody leaves twice."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from kiosk import badge_code
from kiosk.codes import Service
from kiosk.errors import NotFound, Refused
from kiosk.services import departures, visits
from kiosk.values import Departure, Recorded

from .gatehouse import Gatehouse, at_once


@pytest.fixture
def recorded(gatehouse: Gatehouse) -> Recorded:
    """Two visitors who are inside."""
    return gatehouse.visit(
        gatehouse.prisoner(), gatehouse.visitor("Асанова"), gatehouse.visitor("Бекова")
    )


def open_badge(gatehouse: Gatehouse, code: str) -> Departure:
    return gatehouse.ask(departures.open_badge, gatehouse.officer, code)


def leave(gatehouse: Gatehouse, recorded: Recorded, *members: int) -> Departure:
    """Let all leave, or the members of these places."""
    inside = open_badge(gatehouse, recorded.number).members
    some = [inside[place].member_id for place in members] if members else None
    return gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id, some)


# ---- the badge


@pytest.mark.parametrize(
    "typed",
    [
        "V-26-000001-1",
        "V-26-000001",
        "v-26-1",
        "26-1",
        "V26000001",
        "V260000012",
        "1",
        " 000001 ",
    ],
)
def test_a_number_typed_in_any_form_leads_to_the_visit(
    gatehouse: Gatehouse, recorded: Recorded, typed: str
) -> None:
    departure = open_badge(gatehouse, typed)
    assert departure.case_id == recorded.case_id
    assert departure.number == "V-26-000001"
    assert [one.name.surname for one in departure.members] == ["Асанова", "Бекова"]
    assert departure.left_at is None


def test_each_scanned_badge_leads_to_the_visit(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    for code in recorded.badges:
        assert open_badge(gatehouse, code).case_id == recorded.case_id


@pytest.mark.parametrize("typed", ["", "X", "GBV0126000001", "R-26-000001", "0", "V-26-000002"])
def test_what_is_no_badge_leads_to_nobody(
    gatehouse: Gatehouse, recorded: Recorded, typed: str
) -> None:
    with pytest.raises(NotFound):
        open_badge(gatehouse, typed)


def test_a_badge_with_a_misread_digit_leads_to_nobody(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    code = recorded.badges[0]
    for place in range(3, len(code)):
        wrong = code[:place] + str((int(code[place]) + 1) % 10) + code[place + 1 :]
        with pytest.raises(NotFound):
            open_badge(gatehouse, wrong)


def test_a_badge_of_another_gate_is_named_as_such(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    with pytest.raises(NotFound) as told:
        open_badge(gatehouse, badge_code.encode(2, 26, 1, 1))
    assert told.value.values == {"gate": 2}


def test_the_number_of_a_refusal_is_no_badge(gatehouse: Gatehouse) -> None:
    child = gatehouse.child()
    refused = gatehouse.refuse(gatehouse.request(gatehouse.prisoner(), child))
    with pytest.raises(NotFound):
        open_badge(gatehouse, refused.number)


def test_who_came_on_31_december_leaves_in_january(gatehouse: Gatehouse) -> None:
    gatehouse.at(2026, 12, 31, 17, 0)
    recorded = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    gatehouse.at(2027, 1, 2, 9, 0)
    for code in (recorded.badges[0], "V-26-000001", "1"):
        assert open_badge(gatehouse, code).case_id == recorded.case_id
    assert leave(gatehouse, recorded).members == ()
    # Once this year has such a number, it is the one that is meant without a year.
    later = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor("Бекова"))
    assert later.number == "V-27-000001"
    assert open_badge(gatehouse, "1").case_id == later.case_id
    assert open_badge(gatehouse, "26-1").case_id == recorded.case_id


def test_a_badge_of_a_year_to_come_leads_to_nobody(
    gatehouse: Gatehouse, recorded: Recorded
) -> None:
    with pytest.raises(NotFound):
        open_badge(gatehouse, "V-27-000001")


# ---- leaving


def test_when_all_leave_the_visit_is_closed(gatehouse: Gatehouse, recorded: Recorded) -> None:
    gatehouse.clock.at += 3_600_000
    before = gatehouse.counts()
    departure = leave(gatehouse, recorded)
    assert departure.members == ()
    assert departure.left_at == gatehouse.clock.at
    assert gatehouse.written(before) == {"audit_entry": 1, "presence": -2, "step": 3}
    steps = gatehouse.rows("SELECT no, kind, state FROM step ORDER BY no")
    assert steps[3:] == [
        (4, "left", "inside"),
        (5, "left", "left"),
        (6, "closed", "closed"),
    ]
    assert gatehouse.rows("SELECT state, is_open, last_no FROM case_now") == [("closed", 0, 6)]


def test_one_of_two_may_leave_first(gatehouse: Gatehouse, recorded: Recorded) -> None:
    departure = leave(gatehouse, recorded, 0)
    assert [one.name.surname for one in departure.members] == ["Бекова"]
    assert gatehouse.rows("SELECT state, is_open FROM case_now") == [("inside", 1)]
    assert [one.badge for one in gatehouse.inside()] == ["V-26-000001-2"]
    assert leave(gatehouse, recorded).members == ()
    assert gatehouse.rows("SELECT state, is_open FROM case_now") == [("closed", 0)]


def test_nobody_leaves_twice(gatehouse: Gatehouse, recorded: Recorded) -> None:
    first = open_badge(gatehouse, recorded.number).members[0].member_id
    gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id, [first])
    before = gatehouse.counts()
    with pytest.raises(Refused, match="others are still inside"):
        gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id, [first])
    assert gatehouse.written(before) == {}
    leave(gatehouse, recorded)
    with pytest.raises(Refused, match="ended already"):
        gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id)


def test_of_four_windows_one_lets_them_leave(gatehouse: Gatehouse, recorded: Recorded) -> None:
    answers = at_once(
        *[lambda: departures.leave(gatehouse.desk, gatehouse.officer, recorded.case_id)] * 4
    )
    assert sum(isinstance(one, Departure) for one in answers) == 1
    assert sum(type(one) is Refused for one in answers) == 3
    assert gatehouse.rows("SELECT count(*) FROM step WHERE kind = 'left'") == [(2,)]


def test_who_was_refused_is_not_let_out(gatehouse: Gatehouse) -> None:
    refused = gatehouse.refuse(gatehouse.request(gatehouse.prisoner(), gatehouse.child()))
    with pytest.raises(Refused):
        gatehouse.do(departures.leave, gatehouse.officer, refused.case_id)


def test_who_has_left_may_come_in_again(gatehouse: Gatehouse, recorded: Recorded) -> None:
    visitors = gatehouse.rows("SELECT person_root FROM presence")
    leave(gatehouse, recorded)
    gatehouse.clock.at += 24 * 3_600_000
    prisoner = gatehouse.prisoner("Садыров")
    request = gatehouse.request(prisoner, gatehouse.visitor("Токтоева"))
    member = request.members[0]
    again = replace(request, members=(replace(member, person_id=UUID(bytes=visitors[0][0])),))
    seen = gatehouse.propose(again).decision
    assert gatehouse.do(visits.admit, gatehouse.officer, again, seen).number == "V-26-000002"


# ---- who is inside


def test_the_longest_overdue_stand_first_then_who_came_first(gatehouse: Gatehouse) -> None:
    long_visit = gatehouse.visitor("Длинная")
    for surname in ("Первая", "Вторая", "Третья"):
        gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor(surname))
        gatehouse.clock.at += 3_600_000
    gatehouse.admit(
        gatehouse.request(gatehouse.prisoner(), long_visit, service=Service.LAWYER_VISIT)
    )
    gatehouse.clock.at += 2 * 3_600_000 + 60_000  # four hours after the second came in
    inside = gatehouse.inside()
    now = gatehouse.clock.at
    assert [one.name.surname for one in inside] == ["Первая", "Вторая", "Третья", "Длинная"]
    assert [one.due is not None and one.due < now for one in inside] == [
        True,
        True,
        False,
        False,
    ]


def test_the_overdue_stand_before_who_came_earlier(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    gatehouse.admit(
        gatehouse.request(prisoner, gatehouse.visitor("Ранняя"), service=Service.LAWYER_VISIT)
    )
    gatehouse.clock.at += 60_000
    gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor("Поздняя"))
    assert [one.name.surname for one in gatehouse.inside()] == ["Ранняя", "Поздняя"]
    gatehouse.clock.at += 5 * 3_600_000
    assert [one.name.surname for one in gatehouse.inside()] == ["Поздняя", "Ранняя"]


def test_a_badge_opens_after_the_clock_was_set_back_over_new_year(gatehouse: Gatehouse) -> None:
    gatehouse.at(2027, 1, 1, 9, 0)
    recorded = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    gatehouse.at(2026, 12, 31, 9, 0)
    for code in (recorded.badges[0], recorded.number):
        opened = gatehouse.ask(departures.open_badge, gatehouse.officer, code)
        assert opened.case_id == recorded.case_id
