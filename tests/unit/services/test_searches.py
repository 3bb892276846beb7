"""The search: consent, whose hands, children; and who goes in after it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from kiosk.codes import (
    CaseState,
    Left,
    OverrideGround,
    ReasonCode,
    Screening,
    ScreeningConsent,
    ScreeningResult,
    Sex,
)
from kiosk.errors import Invalid, NotFound, Refused
from kiosk.services import (
    departures,
    deposits,
    outcomes,
    searches,
    staff,
    unfinished,
    visits,
)
from kiosk.values import AtWindow, Override, Recorded, SearchRecord, ThingLeft

from .gatehouse import Gatehouse

DETECTOR, THINGS, PAT_DOWN = Screening.DETECTOR, Screening.THINGS, Screening.PAT_DOWN
YES, NO, WITHDRAWN = ScreeningConsent
NOTHING, FOUND, NOT_DONE = ScreeningResult


@pytest.fixture
def searching(gatehouse: Gatehouse) -> Gatehouse:
    """The same gatehouse, where visitors go in after the search."""
    gatehouse.desk = replace(gatehouse.desk, enters_after_search=True)
    return gatehouse


@pytest.fixture
def family(searching: Gatehouse) -> Recorded:
    """Two women and a child are admitted and wait for the search."""
    return searching.visit(
        searching.prisoner(),
        searching.visitor("Асанова"),
        searching.visitor("Бекова"),
        searching.child(),
    )


def at_window(gatehouse: Gatehouse, recorded: Recorded) -> AtWindow:
    return gatehouse.ask(searches.at_window, gatehouse.officer, recorded.case_id)


def record(
    gatehouse: Gatehouse,
    member_id: UUID,
    level: Screening = DETECTOR,
    consent: ScreeningConsent = YES,
    result: ScreeningResult = NOTHING,
    *,
    goes_in: bool = True,
) -> CaseState:
    search = SearchRecord(level, gatehouse.officer.staff_id, consent, result, goes_in)
    return gatehouse.do(searches.record, gatehouse.officer, member_id, search).state


def inside(gatehouse: Gatehouse) -> list[str]:
    return [one.name.surname for one in gatehouse.inside()]


def lines(gatehouse: Gatehouse) -> list[tuple[str, int]]:
    return gatehouse.rows("SELECT kind, pieces FROM ledger ORDER BY id")


def test_who_serves_here_no_more_searches_nobody(
    searching: Gatehouse, family: Recorded
) -> None:
    who, member = searching.officer, at_window(searching, family).members[0]
    searching.do(staff.change_user, searching.administrator, who.staff_id, who.roles, False)
    search = SearchRecord(DETECTOR, who.staff_id, YES, NOTHING)
    with pytest.raises(Invalid, match="no such officer"):
        searching.do(searches.record, searching.supervisor, member.member_id, search)
    assert inside(searching) == []


def test_who_is_admitted_waits_for_the_search_and_goes_in_with_it(
    searching: Gatehouse, family: Recorded
) -> None:
    assert family.number == "V-26-000001"
    assert len(family.badges) == 3
    assert inside(searching) == []
    first, second, child = at_window(searching, family).members
    assert [one.waits for one in (first, second, child)] == [True] * 3
    assert (child.is_adult, first.sex) == (False, Sex.FEMALE)
    record(searching, child.member_id, THINGS)
    assert inside(searching) == [], "a child waits for its adult"
    record(searching, first.member_id)
    assert inside(searching) == ["Асанова", "Асанов"]
    record(searching, second.member_id)
    assert inside(searching) == ["Асанова", "Бекова", "Асанов"]
    assert all(one.searched and not one.waits for one in at_window(searching, family).members)


def test_the_time_counts_from_the_admission(searching: Gatehouse, family: Recorded) -> None:
    first, *_ = at_window(searching, family).members
    searching.clock.at += 600_000
    record(searching, first.member_id)
    (one,) = searching.inside()
    assert one.due == family.due
    assert one.since == searching.clock.at


def test_where_all_go_in_at_once_the_search_is_recorded_beside_it(
    gatehouse: Gatehouse,
) -> None:
    recorded = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    (member,) = at_window(gatehouse, recorded).members
    assert record(gatehouse, member.member_id, PAT_DOWN) is CaseState.INSIDE
    assert gatehouse.rows("SELECT level, officer_sex, consent, result FROM search") == [
        ("pat_down", "F", "yes", "nothing")
    ]


def test_of_a_child_only_the_things_are_searched(
    searching: Gatehouse, family: Recorded
) -> None:
    *_, child = at_window(searching, family).members
    for level in (DETECTOR, PAT_DOWN):
        with pytest.raises(Invalid) as told:
            record(searching, child.member_id, level)
        assert told.value.field == "level"
    assert searching.rows("SELECT count(*) FROM search") == [(0,)]


def test_a_pat_down_is_done_by_the_same_sex(searching: Gatehouse) -> None:
    man = searching.visitor("Асанов", sex=Sex.MALE)
    recorded = searching.visit(searching.prisoner(), man)
    (member,) = at_window(searching, recorded).members
    with pytest.raises(Invalid) as told:
        record(searching, member.member_id, PAT_DOWN)
    assert told.value.field == "officer"
    search = SearchRecord(PAT_DOWN, searching.administrator.staff_id, YES, NOTHING)
    searching.do(searches.record, searching.officer, member.member_id, search)
    assert searching.rows("SELECT officer_sex FROM search") == [("M",)]


@pytest.mark.parametrize(
    ("consent", "result", "field"), [(YES, NOT_DONE, "result"), (NO, NOTHING, "consent")]
)
def test_consent_and_result_fit(
    searching: Gatehouse,
    family: Recorded,
    consent: ScreeningConsent,
    result: ScreeningResult,
    field: str,
) -> None:
    first, *_ = at_window(searching, family).members
    with pytest.raises(Invalid) as told:
        record(searching, first.member_id, DETECTOR, consent, result)
    assert told.value.field == field


@pytest.mark.parametrize(("consent", "result"), [(NO, NOT_DONE), (WITHDRAWN, NOT_DONE)])
def test_without_consent_nobody_goes_in_and_the_visit_is_given_back(
    searching: Gatehouse, consent: ScreeningConsent, result: ScreeningResult
) -> None:
    recorded = searching.visit(searching.prisoner(), searching.visitor(), searching.child())
    first, _ = at_window(searching, recorded).members
    state = record(searching, first.member_id, DETECTOR, consent, result)
    assert state is CaseState.CANCELLED, "the child does not go in alone"
    assert inside(searching) == []
    assert lines(searching) == [("use", 1), ("refund", -1)]
    steps = searching.rows("SELECT kind, reason FROM step ORDER BY no")
    assert steps[1:] == [
        ("turned_away", "refused_entry"),
        ("turned_away", "refused_entry"),
        ("cancelled", "refused_entry"),
    ]
    with pytest.raises(Refused):
        record(searching, first.member_id)


def test_somebody_else_of_the_group_still_goes_in_and_the_visit_is_used(
    searching: Gatehouse, family: Recorded
) -> None:
    first, second, child = at_window(searching, family).members
    record(searching, first.member_id, DETECTOR, NO, NOT_DONE)
    record(searching, second.member_id)
    record(searching, child.member_id, THINGS)
    assert inside(searching) == ["Бекова", "Асанов"]
    assert lines(searching) == [("use", 1)]


def test_something_found_may_turn_away_or_not(searching: Gatehouse, family: Recorded) -> None:
    first, second, _child = at_window(searching, family).members
    record(searching, first.member_id, DETECTOR, YES, FOUND)
    record(searching, second.member_id, DETECTOR, YES, FOUND, goes_in=False)
    assert inside(searching) == ["Асанова"]
    turned = searching.rows("SELECT reason FROM step WHERE kind = 'turned_away'")
    assert turned == [("failed_search",)]


def test_the_last_who_waits_keeps_the_visit_open(
    searching: Gatehouse, family: Recorded
) -> None:
    first, second, child = at_window(searching, family).members
    record(searching, first.member_id)
    departure = searching.do(departures.leave, searching.officer, family.case_id)
    assert departure.state is CaseState.ADMITTED
    record(searching, second.member_id, DETECTOR, NO, NOT_DONE)
    assert searching.rows("SELECT state FROM case_now") == [("closed",)]
    assert child.member_id not in {one.member_id for one in searching.inside()}
    assert lines(searching) == [("use", 1)], "somebody was inside"


def test_who_waits_for_the_search_may_call_the_visit_off(
    searching: Gatehouse, family: Recorded
) -> None:
    from kiosk.codes import CancelReason

    searching.do(outcomes.cancel, searching.officer, family.case_id, CancelReason.VISITOR)
    assert lines(searching) == [("use", 1), ("refund", -1)]


def test_what_hangs_here_goes_back_to_who_was_turned_away(searching: Gatehouse) -> None:
    recorded = searching.visit(searching.prisoner(), searching.visitor())
    (one,) = at_window(searching, recorded).members
    phone = [ThingLeft(Left.PHONE)]
    searching.do(deposits.leave_things, searching.officer, one.member_id, "7", phone)
    assert record(searching, one.member_id, consent=NO, result=NOT_DONE) is CaseState.CANCELLED
    (line,) = searching.ask(unfinished.unfinished, searching.officer)
    assert (line.number, line.tags) == (recorded.number, ("007",))
    opened = searching.ask(departures.open_badge, searching.officer, recorded.badges[0])
    assert [tag.tag for tag in opened.tags] == ["007"]
    searching.do(deposits.give_back, searching.officer, "007")
    assert searching.ask(unfinished.unfinished, searching.officer) == ()
    with pytest.raises(NotFound):
        searching.ask(departures.open_badge, searching.officer, recorded.badges[0])


def test_who_waits_for_the_search_is_not_admitted_to_the_same_prisoner_once_more(
    searching: Gatehouse,
) -> None:
    prisoner, visitor = searching.prisoner(), searching.visitor()
    recorded = searching.visit(prisoner, visitor)
    again = searching.request(prisoner, visitor)
    refused = searching.propose(again).decision
    assert [reason.code for reason in refused.reasons] == [ReasonCode.DUPLICATE_TODAY]
    (one,) = at_window(searching, recorded).members
    record(searching, one.member_id, consent=NO, result=NOT_DONE)
    assert searching.propose(again).decision.passes


def test_a_visit_is_not_closed_over_what_hangs_when_the_last_one_is_turned_away(
    searching: Gatehouse, family: Recorded
) -> None:
    first, second, child = at_window(searching, family).members
    record(searching, child.member_id, THINGS)
    record(searching, first.member_id)
    phone = [ThingLeft(Left.PHONE)]
    searching.do(deposits.leave_things, searching.officer, first.member_id, "7", phone)
    searching.do(departures.leave, searching.officer, family.case_id, things_back=False)
    assert record(searching, second.member_id, consent=NO, result=NOT_DONE) is CaseState.LEFT
    searching.do(deposits.give_back, searching.officer, "007")
    assert at_window(searching, family).state is CaseState.CLOSED


def test_of_two_tags_of_one_visitor_each_is_given_back(
    searching: Gatehouse, family: Recorded
) -> None:
    first, *_ = at_window(searching, family).members
    for tag in ("7", "8"):
        phone = [ThingLeft(Left.PHONE)]
        searching.do(deposits.leave_things, searching.officer, first.member_id, tag, phone)
    assert searching.do(deposits.give_back, searching.officer, "008").tag == "008"
    assert searching.do(deposits.give_back, searching.officer, "007").tag == "007"


def test_a_ban_that_two_signed_against_opens_the_gate_after_the_search(
    searching: Gatehouse,
) -> None:
    visitor = searching.visitor()
    searching.ban(visitor)
    request = searching.request(searching.prisoner(), visitor)
    seen = searching.propose(request).decision
    signed = Override(searching.supervisor, OverrideGround.ORDER)
    recorded = searching.do(visits.admit, searching.officer, request, seen, signed)
    (one,) = at_window(searching, recorded).members
    assert record(searching, one.member_id) is CaseState.INSIDE
