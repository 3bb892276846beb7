"""The same bag twice: a second Enter, a second officer, the last of what is left."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from kiosk.codes import (
    CaseState,
    Category,
    SameGround,
    Service,
    VoidReason,
)
from kiosk.errors import AlreadyDone, DecisionChanged
from kiosk.services import doubles, outcomes
from kiosk.services.goods import accepting
from kiosk.values import PrisonerCard
from kiosk.values.goods import GoodsRequest
from tests.unit.services.gatehouse import Gatehouse, at_once
from tests.unit.services.goods.table import Table


@pytest.fixture
def table(gatehouse: Gatehouse) -> Table:
    return Table(gatehouse)


def remand(gatehouse: Gatehouse, **told: Any) -> PrisonerCard:
    return gatehouse.prisoner(category=Category.REMAND, **told)


def test_a_second_enter_is_answered_with_the_number_of_the_first(table: Table) -> None:
    gatehouse = table.gatehouse
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), gross=9
    )
    table.accept(request)
    before = gatehouse.counts()
    with pytest.raises(AlreadyDone) as told:
        table.accept(request)
    assert told.value.number == "P-26-000001"
    assert gatehouse.written(before) == {}


def test_two_enters_at_one_moment_take_it_in_once(table: Table) -> None:
    gatehouse = table.gatehouse
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), gross=9
    )
    first, second = at_once(lambda: table.accept(request), lambda: table.accept(request))
    assert sorted((type(first).__name__, type(second).__name__)) == [
        "AlreadyDone",
        "GoodsRecorded",
    ]
    assert gatehouse.rows("SELECT count(*) FROM ledger") == [(1,)]


def test_of_two_officers_with_one_bag_the_later_is_told_the_number_of_the_first(
    table: Table,
) -> None:
    gatehouse = table.gatehouse
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    mine = table.request(prisoner, sender, table.line("te"), gross=900)
    seen = table.propose(mine)
    theirs = table.accept(
        table.request(prisoner, sender, table.line("te"), gross=900), by=gatehouse.supervisor
    )
    before = gatehouse.counts()
    with pytest.raises(DecisionChanged, match="Meanwhile") as told:
        gatehouse.do(accepting.accept, gatehouse.officer, mine, seen.decision, seen.earlier)
    assert told.value.values["number"] == theirs.number
    assert gatehouse.written(before) == {}
    # Seen with its number, a second bag of the same day is a bag of its own.
    assert table.propose(mine).earlier == (theirs.number,)
    assert table.accept(mine).number == "P-26-000002"


def test_the_last_grams_of_a_month_are_given_out_once(table: Table) -> None:
    gatehouse = table.gatehouse
    prisoner = remand(gatehouse)
    asked = [
        table.request(prisoner, gatehouse.visitor(), table.line("te"), gross=20_000)
        for _ in range(3)
    ]
    seen = [table.propose(one) for one in asked]

    def take(no: int) -> object:
        return gatehouse.do(
            accepting.accept, gatehouse.officer, asked[no], seen[no].decision, ()
        )

    answers = at_once(*(partial(take, no) for no in range(3)))
    assert sorted(type(one).__name__ for one in answers) == [
        "DecisionChanged",
        "DecisionChanged",
        "GoodsRecorded",
    ]
    assert gatehouse.rows("SELECT sum(grams) FROM ledger") == [(20_000,)]


def test_the_catalogue_that_changed_overnight_is_told_by_the_line(table: Table) -> None:
    gatehouse = table.gatehouse
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), gross=9
    )
    seen = table.propose(request).decision
    table.enter(replace(table.things["te"], perishable_hours=3))
    with pytest.raises(DecisionChanged, match="line 1"):
        gatehouse.do(accepting.accept, gatehouse.officer, request, seen, ())


def test_a_stored_bag_is_open_until_somebody_has_it(table: Table) -> None:
    table.brought(table.line("te"))
    assert table.gatehouse.rows("SELECT state, is_open FROM case_now") == [
        (CaseState.STORED.value, 1)
    ]


def test_a_bag_that_was_made_void_stands_in_nobodys_way(table: Table) -> None:
    gatehouse = table.gatehouse
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    commission = (gatehouse.officer.staff_id, gatehouse.supervisor.staff_id)

    def parcel() -> GoodsRequest:
        return table.request(
            prisoner,
            sender,
            table.line("te"),
            gross=900,
            service=Service.PARCEL,
            post_no="KG1",
            commission=commission,
        )

    first = table.accept(parcel())
    gatehouse.do(outcomes.void, gatehouse.supervisor, first.case_id, VoidReason.TWICE)
    again = parcel()
    assert table.propose(again).earlier == ()
    assert table.propose(again).room.used == 0
    assert table.accept(again).number == "P-26-000002"


def test_two_records_of_one_sender_are_one_sender(table: Table) -> None:
    gatehouse = table.gatehouse
    prisoner, sender, double = gatehouse.prisoner(), gatehouse.visitor(), gatehouse.visitor()
    gatehouse.do(
        doubles.join,
        gatehouse.supervisor,
        sender.person_id,
        double.person_id,
        SameGround.DOCUMENT,
        gatehouse.ask(
            doubles.compare, gatehouse.supervisor, sender.person_id, double.person_id
        ).differences,
    )
    first = table.accept(table.request(prisoner, sender, table.line("te"), gross=900))
    again = table.request(prisoner, double, table.line("te"), gross=900)
    assert table.propose(again).earlier == (first.number,)
