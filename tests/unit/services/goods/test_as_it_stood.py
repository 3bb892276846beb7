"""What another officer looked at, or signed for, is what is taken in: no more, nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.codes import OverrideGround, Verdict
from kiosk.errors import Refused
from kiosk.services.goods import accepting, lots
from kiosk.values import Override
from kiosk.values.goods import BroughtLine, GoodsRequest
from tests.unit.services.gatehouse import Gatehouse
from tests.unit.services.goods.table import Table, goes_back


@pytest.fixture
def table(gatehouse: Gatehouse) -> Table:
    gatehouse.desk = replace(gatehouse.desk, extra_check_percent=100)
    return Table(gatehouse)


def brought(table: Table, *lines: BroughtLine) -> GoodsRequest:
    """Two packs of tea and `lines`, looked through by another officer."""
    house = table.gatehouse
    tea = table.line("te", 2)
    request = table.request(house.prisoner(), house.visitor(), tea, *lines, gross=5000)
    house.do(lots.draw, house.officer, request.prisoner_id, request.sender.person_id)
    return request.looked_through(house.supervisor.staff_id)


def must_be_refused(table: Table, request: GoodsRequest, match: str) -> None:
    before = table.gatehouse.counts()
    with pytest.raises(Refused, match=match):
        table.accept(request)
    assert table.gatehouse.written(before) == {}


@pytest.mark.parametrize("change", ["more", "another", "verdict", "added", "taken out"])
def test_a_line_that_changed_after_the_second_look_is_looked_at_again(
    table: Table, change: str
) -> None:
    looked_at = brought(table, table.line("ho", 1))
    tea, honey = looked_at.lines
    lines = {
        "more": (tea, replace(honey, pieces=2)),
        "another": (tea, table.line("br", 1)),
        "verdict": (tea, goes_back(honey, 400)),
        "added": (tea, honey, table.line("ci", 1)),
        "taken out": (tea,),
    }[change]
    changed = replace(looked_at, lines=lines)
    line = "Line 3" if change == "added" else "Line 2"
    must_be_refused(table, changed, f"{line} is another now")
    again = changed.looked_through(table.gatehouse.supervisor.staff_id)
    assert table.accept(again).number == "P-26-000001"


def test_what_is_only_weighed_after_the_second_look_changes_nothing(table: Table) -> None:
    looked_at = brought(table, goes_back(table.line("ho", 1)))
    tea, honey = looked_at.lines
    weighed = replace(looked_at, lines=(tea, replace(honey, left_out_grams=400)))
    assert table.accept(weighed).net_grams == 4600


def test_who_is_named_without_having_looked_at_the_lines_is_not_enough(table: Table) -> None:
    looked_at = brought(table)
    must_be_refused(table, replace(looked_at, looked_at=()), "Line 1 is another now")


def test_a_second_person_signs_for_so_much_of_a_thing_and_for_no_more(table: Table) -> None:
    """Twelve bars of soap, where five are the limit, and one vodka."""
    soap = table.line("so", 12, verdict=Verdict.ACCEPT)
    vodka = table.line("vo", verdict=Verdict.ACCEPT)
    saw = brought(table, soap, vodka).signed_for()
    signed = Override(table.gatehouse.supervisor, OverrideGround.ORDER)

    def close(*lines: BroughtLine) -> str:
        request = replace(saw, lines=(saw.lines[0], *lines))
        request = request.looked_through(table.gatehouse.supervisor.staff_id)
        house = table.gatehouse
        seen = table.propose(request, signed=True)
        taken = house.do(
            accepting.accept, house.officer, request, seen.decision, seen.earlier, signed
        )
        return taken.number

    before = table.gatehouse.counts()
    for no, lines in (
        (2, (replace(soap, pieces=13), vodka)),
        (3, (soap, replace(vodka, pieces=2))),
        (4, (soap, vodka, vodka)),
        (4, (soap, vodka, replace(soap, pieces=1))),
    ):
        with pytest.raises(Refused, match=f"Line {no} is not what was signed for"):
            close(*lines)
    assert table.gatehouse.written(before) == {}
    assert close(replace(soap, pieces=11), vodka) == "P-26-000001"


def test_what_stood_there_to_go_back_was_not_signed_for(table: Table) -> None:
    vodka = table.line("vo", verdict=Verdict.ACCEPT)
    saw = brought(table, goes_back(table.line("vo"), 700)).signed_for()
    request = replace(saw, lines=(saw.lines[0], vodka))
    request = request.looked_through(table.gatehouse.supervisor.staff_id)
    house = table.gatehouse
    seen = table.propose(request, signed=True)
    signed = Override(house.supervisor, OverrideGround.ORDER)
    with pytest.raises(Refused, match="Line 2 is not what was signed for"):
        house.do(accepting.accept, house.officer, request, seen.decision, (), signed)
