"""A few days of every run: whatever is done at the gate, its promises hold."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from kiosk.codes import AdjustReason, Service
from kiosk.errors import DecisionChanged
from kiosk.rules.terms import Limit
from kiosk.services import adjusting, visits
from kiosk.values import MemberRequest, Recorded, VisitRequest
from kiosk.values.balances import Adjustment
from tests.invariants.days import DaysOfGoods
from tests.invariants.playing import play
from tests.invariants.prison import Prison
from tests.unit.services.gatehouse import at_once


def test_whatever_is_done_at_the_gate_every_promise_holds(
    first_morning: Prison, tmp_path: Path
) -> None:
    folders = (tmp_path / str(no) for no in count())
    played = play(first_morning, folders, registers=12, steps=60)
    assert played.acts > 100


def test_whatever_is_done_with_goods_every_promise_holds(
    first_morning: Prison, tmp_path: Path
) -> None:
    folders = (tmp_path / str(no) for no in count())
    played = play(first_morning, folders, registers=10, steps=60, days=DaysOfGoods)
    assert played.acts > 100


def test_of_two_officers_on_the_last_visit_one_gets_it(
    first_morning: Prison, tmp_path: Path
) -> None:
    prison = first_morning.copy(tmp_path / "gate.db", enters_after_search=False)
    house, prisoner_id = prison.house, prison.prisoners[0].prisoner_id
    fewer = Adjustment(prisoner_id, Service.SHORT_VISIT, Limit.COUNT, -2, AdjustReason.PENALTY)
    house.do(adjusting.adjust, house.supervisor, fewer)
    waiting = []
    for login, who in (("officer", 0), ("inspector", 1)):
        request = VisitRequest(
            visits.new_case_id(house.desk),
            Service.SHORT_VISIT,
            prisoner_id,
            (MemberRequest(prison.visitors[who].person_id, None),),
        )
        seen = house.ask(visits.propose, prison.staff[login], request).decision
        assert seen.passes
        waiting.append((prison.staff[login], request, seen))
    one, other = waiting
    results = at_once(
        lambda: house.do(visits.admit, *one), lambda: house.do(visits.admit, *other)
    )
    assert {type(result) for result in results} == {DecisionChanged, Recorded}
    assert house.rows("SELECT sum(pieces) FROM ledger") == [(3,)]
    house.must_be_whole()
    house.db.close()
