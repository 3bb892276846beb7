"""No visit is over before the act of what was found in it; nobody is kept inside for that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.codes import CancelReason, CaseState, Left, VoidReason
from kiosk.errors import Refused
from kiosk.services import departures, deposits, outcomes, prisoner_file, searches, unfinished
from kiosk.services.goods import acts, finds
from kiosk.values import ThingLeft
from tests.unit.services.gatehouse import Gatehouse
from tests.unit.services.goods.finding import PHONE, proposing, searched, standing, written


@pytest.fixture
def gate(gatehouse: Gatehouse) -> Gatehouse:
    """Visitors go in after the search, so they may be turned away by it."""
    gatehouse.desk = replace(proposing(gatehouse).desk, enters_after_search=True)
    return gatehouse


def lines(gate: Gatehouse) -> list[tuple[str, int]]:
    return gate.rows("SELECT kind, pieces FROM ledger ORDER BY id")


def test_who_is_turned_away_for_what_was_found_leaves_the_visit_open_until_the_act(
    gate: Gatehouse,
) -> None:
    prisoner = gate.prisoner()
    visit = gate.visit(prisoner, gate.visitor(), gate.child())
    find = searched(gate, visit, goes_in=False)
    assert standing(gate, visit) is CaseState.LEFT
    assert lines(gate) == [("use", 1), ("refund", -1)], "the prisoner waits for no act"
    assert gate.propose(gate.request(prisoner, gate.visitor())).decision.passes
    assert [one.number for one in gate.ask(unfinished.unfinished, gate.officer)] == [
        visit.number
    ]
    (past,) = gate.ask(prisoner_file.visits_of, gate.officer, prisoner.prisoner_id)
    assert past.state is CaseState.CANCELLED, "it did not take place"
    gate.do(finds.add_thing, gate.officer, find.find_id, PHONE)
    assert written(gate, find.find_id).case_closed
    assert standing(gate, visit) is CaseState.CANCELLED
    assert lines(gate) == [("use", 1), ("refund", -1)], "given back once"
    last = gate.rows("SELECT kind, reason FROM step ORDER BY id DESC LIMIT 1")
    assert last == [("cancelled", "failed_search")]
    gate.must_be_whole()


def test_what_hangs_at_the_gate_and_the_act_are_both_waited_for(gate: Gatehouse) -> None:
    visit = gate.visit(gate.prisoner(), gate.visitor())
    (member,) = gate.ask(searches.at_window, gate.officer, visit.case_id).members
    phone = [ThingLeft(Left.PHONE)]
    gate.do(deposits.leave_things, gate.officer, member.member_id, "7", phone)
    find = searched(gate, visit, goes_in=False)
    gate.do(finds.add_thing, gate.officer, find.find_id, PHONE)
    assert not written(gate, find.find_id).case_closed
    gate.do(deposits.give_back, gate.officer, "007")
    assert standing(gate, visit) is CaseState.CANCELLED


def test_a_wrong_key_taken_back_ends_the_visit_too(gate: Gatehouse) -> None:
    visit = gate.visit(gate.prisoner(), gate.visitor())
    find = searched(gate, visit, goes_in=False)
    gate.do(acts.take_back, gate.supervisor, find.find_id)
    assert standing(gate, visit) is CaseState.CANCELLED


def _cancel(gate: Gatehouse) -> Callable[..., None]:
    return lambda case_id: gate.do(outcomes.cancel, gate.officer, case_id, CancelReason.VISITOR)


def _void(gate: Gatehouse) -> Callable[..., None]:
    return lambda case_id: gate.do(outcomes.void, gate.supervisor, case_id, VoidReason.TWICE)


@pytest.mark.parametrize("ends", [_cancel, _void])
def test_a_visit_is_neither_called_off_nor_made_void_before_the_act(
    gate: Gatehouse, ends: Callable[[Gatehouse], Callable[..., None]]
) -> None:
    """One of two is turned away with a phone; the other has not gone in yet."""
    visit = gate.visit(gate.prisoner(), gate.visitor(), gate.visitor("Бекова"))
    find = searched(gate, visit, goes_in=False)
    before = gate.counts()
    with pytest.raises(Refused, match=f"{find.number} has no act yet") as told:
        ends(gate)(visit.case_id)
    assert dict(told.value.values) == {"number": find.number}
    assert gate.counts() == before
    gate.do(finds.add_thing, gate.officer, find.find_id, PHONE)
    written(gate, find.find_id)
    ends(gate)(visit.case_id)
    assert lines(gate)[1:] == [("refund", -1)]


@pytest.mark.parametrize("how", ["leave", "stop"])
def test_nobody_is_kept_inside_for_an_act(gate: Gatehouse, how: str) -> None:
    visit = gate.visit(gate.prisoner(), gate.visitor())
    find = searched(gate, visit)
    act = departures.leave if how == "leave" else outcomes.stop
    gate.do(act, gate.officer, visit.case_id)
    assert gate.inside() == ()
    assert standing(gate, visit) is CaseState.LEFT
    with pytest.raises(Refused, match="has no act yet"):
        _void(gate)(visit.case_id)
    gate.do(finds.add_thing, gate.officer, find.find_id, PHONE)
    assert written(gate, find.find_id).case_closed
    assert standing(gate, visit) is CaseState.CLOSED
