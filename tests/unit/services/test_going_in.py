"""Between the admission and the search the answer may change: it is asked again, and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from kiosk.codes import (
    CaseState,
    OverrideGround,
    ReasonCode,
    SameGround,
    Screening,
    ScreeningConsent,
    ScreeningResult,
)
from kiosk.errors import DecisionChanged, NotAllowed, Refused
from kiosk.services import (
    audit,
    decision_record,
    departures,
    documents,
    doubles,
    going_in,
    overrides,
    searches,
)
from kiosk.values import MemberRequest, Override, PersonCard, Proposal, Recorded, SearchRecord
from kiosk.values.finds import Searched

from .gatehouse import Gatehouse, id_card


@pytest.fixture
def searching(gatehouse: Gatehouse) -> Gatehouse:
    """The same gatehouse, where visitors go in after the search."""
    gatehouse.desk = replace(gatehouse.desk, enters_after_search=True)
    return gatehouse


def search(
    gatehouse: Gatehouse,
    recorded: Recorded,
    no: int = 0,
    result: ScreeningResult = ScreeningResult.NOTHING,
) -> Searched:
    """The things of one of those who wait, by their place."""
    window = gatehouse.ask(searches.at_window, gatehouse.officer, recorded.case_id)
    told = SearchRecord(
        Screening.THINGS, gatehouse.officer.staff_id, ScreeningConsent.YES, result
    )
    member_id = window.members[no].member_id
    return gatehouse.do(searches.record, gatehouse.officer, member_id, told)


def kept_out(gatehouse: Gatehouse, recorded: Recorded) -> Proposal:
    found = gatehouse.ask(going_in.kept_out, gatehouse.officer, recorded.case_id)
    assert found is not None
    return found


def why(gatehouse: Gatehouse, recorded: Recorded) -> list[ReasonCode]:
    return [reason.code for reason in kept_out(gatehouse, recorded).news]


def inside(gatehouse: Gatehouse) -> list[str]:
    return [one.name.surname for one in gatehouse.inside()]


def state(gatehouse: Gatehouse, recorded: Recorded) -> str:
    sql = "SELECT state FROM case_now WHERE case_id = ?"
    ((found,),) = gatehouse.rows(sql, recorded.case_id.bytes)
    return str(found)


def lines(gatehouse: Gatehouse, recorded: Recorded) -> list[tuple[str, int]]:
    return gatehouse.rows(
        "SELECT kind, pieces FROM ledger WHERE case_id = ? ORDER BY id", recorded.case_id.bytes
    )


def join(gatehouse: Gatehouse, one: UUID, other: UUID) -> UUID:
    return gatehouse.do(doubles.join, gatehouse.supervisor, one, other, SameGround.FACE)


def one_woman_twice(gatehouse: Gatehouse) -> tuple[Recorded, Recorded, UUID]:
    """Admitted under two records to one prisoner; the join of the two is made meanwhile."""
    prisoner = gatehouse.prisoner()
    first, second = gatehouse.visitor(), gatehouse.visitor()
    earlier = gatehouse.visit(prisoner, first)
    later = gatehouse.visit(prisoner, second)
    return earlier, later, join(gatehouse, first.person_id, second.person_id)


def test_nobody_meets_a_prisoner_twice_a_day_by_two_records_joined_meanwhile(
    searching: Gatehouse,
) -> None:
    earlier, later, _link = one_woman_twice(searching)
    assert search(searching, earlier).kept_out, "she waits by the other visit too"
    searching.do(going_in.turn_away, searching.officer, earlier.case_id)
    assert state(searching, earlier) == "cancelled"
    assert lines(searching, earlier) == [("use", 1), ("refund", -1)]
    assert not search(searching, later).kept_out, "nothing else stands against this one now"
    assert inside(searching) == ["Асанова"]
    assert lines(searching, later) == [("use", 1)]


def test_who_met_the_prisoner_today_is_kept_out_and_nobody_may_sign_for_it(
    searching: Gatehouse,
) -> None:
    prisoner = searching.prisoner()
    first, second = searching.visitor(), searching.visitor()
    met = searching.visit(prisoner, first)
    search(searching, met)
    waits = searching.visit(prisoner, second)
    searching.do(departures.leave, searching.officer, met.case_id)
    join(searching, first.person_id, second.person_id)
    found = search(searching, waits)
    assert found.kept_out
    assert found.state is CaseState.ADMITTED
    assert why(searching, waits) == [ReasonCode.DUPLICATE_TODAY]
    before = searching.counts()
    signed = Override(searching.supervisor, OverrideGround.ORDER)
    seen = kept_out(searching, waits).decision
    with pytest.raises(Refused, match="No signature"):
        searching.do(going_in.let_in, searching.officer, waits.case_id, seen, signed)
    with pytest.raises(DecisionChanged):
        searching.do(going_in.let_in, searching.officer, waits.case_id)
    assert searching.counts() == before
    assert inside(searching) == []


def test_once_the_join_is_undone_they_go_in(searching: Gatehouse) -> None:
    earlier, _later, link_id = one_woman_twice(searching)
    assert search(searching, earlier).kept_out
    searching.do(doubles.part, searching.supervisor, link_id)
    assert searching.ask(going_in.kept_out, searching.officer, earlier.case_id) is None
    with pytest.raises(Refused, match="Nothing keeps them out"):
        searching.do(going_in.turn_away, searching.officer, earlier.case_id)
    searching.do(going_in.let_in, searching.officer, earlier.case_id)
    assert inside(searching) == ["Асанова"]
    with pytest.raises(Refused, match="Nobody who was searched waits"):
        searching.do(going_in.let_in, searching.officer, earlier.case_id)


def test_a_case_is_not_counted_against_itself(searching: Gatehouse) -> None:
    """The last visit of the year, of a group whose first is inside already."""
    prisoner = searching.prisoner()
    for _before in range(5):
        gone = searching.visit(prisoner, searching.visitor())
        search(searching, gone)
        searching.clock.at += 24 * 3_600_000
    last = searching.visit(prisoner, searching.visitor("Бекова"), searching.visitor())
    assert not search(searching, last).kept_out
    assert not search(searching, last, 1).kept_out
    assert state(searching, last) == "inside"


def banned_meanwhile(
    searching: Gatehouse,
) -> tuple[Recorded, PersonCard]:
    """Two women and a child; one of the two is banned while they wait."""
    first = searching.visitor("Асанова")
    family = searching.visit(
        searching.prisoner(), first, searching.visitor("Бекова"), searching.child()
    )
    searching.ban(first)
    return family, first


def test_a_ban_that_comes_while_they_wait_keeps_one_out_and_lets_the_others_in(
    searching: Gatehouse,
) -> None:
    family, first = banned_meanwhile(searching)
    assert search(searching, family).kept_out
    assert [(one.code, one.person) for one in kept_out(searching, family).news] == [
        (ReasonCode.BANNED, str(first.person_id))
    ]
    search(searching, family, 2)
    search(searching, family, 1)
    assert inside(searching) == ["Бекова", "Асанов"]
    searching.do(going_in.turn_away, searching.officer, family.case_id)
    turned = searching.rows("SELECT reason FROM step WHERE kind = 'turned_away'")
    assert turned == [("refused_entry",)]
    assert state(searching, family) == "inside"


def test_two_persons_sign_for_what_came_since_as_at_the_admission(
    searching: Gatehouse,
) -> None:
    family, _first = banned_meanwhile(searching)
    search(searching, family)
    seen = kept_out(searching, family).decision
    own = Override(replace(searching.supervisor), OverrideGround.ORDER)
    with pytest.raises(NotAllowed):
        searching.do(going_in.let_in, searching.supervisor, family.case_id, seen, own)
    signed = Override(searching.supervisor, OverrideGround.ORDER, "приказ 7")
    searching.do(going_in.let_in, searching.officer, family.case_id, seen, signed)
    assert inside(searching) == ["Асанова"]
    assert not search(searching, family, 1).kept_out, "what was signed for stands"
    day = searching.desk.day()
    (told,) = searching.ask(overrides.between, day, day)
    assert (told.words, told.second) == ("приказ 7", searching.supervisor.name)
    again = searching.ask(lambda _desk: decision_record.decide_again(family.case_id))
    assert [one.agrees for one in again] == [True, True]
    assert searching.ask(audit.verify).is_whole


def test_what_was_signed_is_what_was_shown(searching: Gatehouse) -> None:
    family, first = banned_meanwhile(searching)
    search(searching, family)
    seen = kept_out(searching, family).decision
    searching.ban(searching.visitor())  # of somebody else: nothing changes
    searching.do(
        doubles.join,
        searching.supervisor,
        first.person_id,
        searching.visitor(document=id_card("ID7")).person_id,
        SameGround.FACE,
    )
    signed = Override(searching.supervisor, OverrideGround.ORDER)
    searching.clock.at += 5_000
    other = replace(seen, reasons=())
    with pytest.raises(DecisionChanged):
        searching.do(going_in.let_in, searching.officer, family.case_id, other, signed)
    assert inside(searching) == []
    searching.do(going_in.let_in, searching.officer, family.case_id, seen, signed)
    assert inside(searching) == ["Асанова"]


def test_who_showed_a_good_card_is_not_refused_for_an_old_passport(
    searching: Gatehouse,
) -> None:
    """The document of the admission counts, not the one that was recorded last."""
    good = id_card("ID5550001")
    visitor = searching.visitor(document=good)
    old = id_card("ID4440001", expires=date(2020, 1, 1))
    searching.do(documents.add, searching.officer, visitor.person_id, old)
    asked = MemberRequest(visitor.person_id, None, seen=good)
    recorded = searching.admit(searching.request(searching.prisoner(), asked))
    assert not search(searching, recorded).kept_out
    assert inside(searching) == ["Асанова"]


def test_what_the_search_found_is_recorded_though_they_are_kept_out(
    searching: Gatehouse,
) -> None:
    earlier, _later, _link = one_woman_twice(searching)
    found = search(searching, earlier, result=ScreeningResult.FOUND)
    assert found.kept_out
    assert found.find is not None


def test_two_of_a_group_who_are_one_are_turned_away_together(searching: Gatehouse) -> None:
    first, second = searching.visitor("Асанова"), searching.visitor("Бекова")
    group = searching.visit(searching.prisoner(), first, second)
    join(searching, first.person_id, second.person_id)
    assert not search(searching, group).kept_out, "one of the two records goes in"
    assert search(searching, group, 1).kept_out
    with pytest.raises(Refused, match="in this group twice"):
        kept_out(searching, group)
    searching.do(going_in.turn_away, searching.officer, group.case_id)
    assert len(searching.inside()) == 1
    assert state(searching, group) == "inside"
