"""A bag at the window: kept at each line, there again after a crash, decided anew at F2."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from kiosk.codes import DraftKind, OverrideGround, ReasonCode, Service, Verdict
from kiosk.errors import DecisionChanged, NotFound, Refused
from kiosk.screens.goods import package_draft
from kiosk.screens.goods.objections import lines_to_sign
from kiosk.screens.goods.package_case import PackageCase
from kiosk.screens.screen import FormUnfinished
from kiosk.services import drafts, overrides
from kiosk.values import Override
from kiosk.values.goods import GoodsRecorded
from tests.unit.services.gatehouse import Gatehouse
from tests.unit.services.goods.table import Table
from tests.unit.services.goods.window import Window

BAG = "5\rte\r2\rsu\r3\rme\r1\r.2\rpa\rAN123\r"


@pytest.fixture
def table(gatehouse: Gatehouse) -> Table:
    return Table(gatehouse)


@pytest.fixture
def window(table: Table) -> Window:
    return Window.of(table.gatehouse)


async def listed(window: Window, keys: str = BAG) -> PackageCase:
    house = window.gatehouse
    case = await window.bring(house.visitor(), house.prisoner())
    await window.type(case, keys)
    return case


async def closed(case: PackageCase) -> GoodsRecorded:
    assert not case.till.ask_what_is_missing()
    return await case.take_in(await case.decide())


async def test_a_listed_bag_is_recorded_and_its_draft_is_gone(window: Window) -> None:
    case = await listed(window)
    recorded = await closed(case)
    assert (recorded.number, recorded.net_grams) == ("P-26-000001", 3800)
    assert await window.read(drafts.kept, window.signed_in) == ()


async def test_after_a_crash_the_bag_stands_there_line_by_line(window: Window) -> None:
    case = await listed(window, BAG + "vo\r1\r.5\r4" + "gadget\r\r1\r.1\r^23")
    again = await window.take_up()
    assert again.listed.lines == case.listed.lines
    assert again.listed.bag == case.listed.bag
    assert again.request == case.request


async def test_power_cut_at_each_key_loses_no_finished_line(window: Window) -> None:
    house = window.gatehouse
    case = await window.bring(house.visitor(), house.prisoner())
    for key in BAG:
        await window.type(case, key)
        again = await window.take_up()
        assert again.listed.lines == case.listed.lines
        assert again.listed.gross == case.listed.gross


async def test_the_same_two_once_more_go_on_with_their_bag(window: Window) -> None:
    house = window.gatehouse
    sender, prisoner = house.visitor(), house.prisoner()
    case = await window.bring(sender, prisoner)
    await window.type(case, "5\rte\r2\r")
    again = await window.bring(sender, prisoner)
    assert (again.case_id, len(again.listed.lines)) == (case.case_id, 1)


async def test_another_bag_waits_until_the_half_listed_one_is_closed(window: Window) -> None:
    house = window.gatehouse
    await listed(window)
    with pytest.raises(FormUnfinished, match="half listed"):
        await window.bring(house.visitor(), house.prisoner())
    assert len((await window.take_up()).listed.lines) == 4


async def test_a_bag_of_which_nothing_was_listed_makes_room_for_the_next(
    window: Window,
) -> None:
    house = window.gatehouse
    first = await window.bring(house.visitor(), house.prisoner())
    second = await window.bring(house.visitor(), house.prisoner())
    assert second.case_id != first.case_id
    assert len(await window.read(drafts.kept, window.signed_in)) == 1


async def test_a_bag_that_was_closed_meanwhile_is_not_taken_up_again(window: Window) -> None:
    await closed(await listed(window))
    with pytest.raises(Refused, match="finished meanwhile"):
        await window.take_up()


async def test_a_thing_that_left_the_catalogue_is_told_as_lost(
    window: Window, table: Table
) -> None:
    await listed(window)
    table.enter(replace(table.things["te"], legal_ref="Order 112"))
    again = await window.take_up()
    assert (again.lost, len(again.listed.lines)) == (1, 3)


async def test_another_window_is_told_who_lists_the_bag(window: Window) -> None:
    house = window.gatehouse
    sender, prisoner = house.visitor(), house.prisoner()
    await window.bring(sender, prisoner)
    other = Window(house, replace(window.desk, window="2"), house.supervisor)
    assert (await other.bring(sender, prisoner)).other_window == window.desk.window


async def test_two_officers_on_one_bag_record_it_once_unless_the_second_insists(
    window: Window,
) -> None:
    house = window.gatehouse
    sender, prisoner = house.visitor(), house.prisoner()
    other = Window(house, replace(window.desk, window="2"), house.supervisor)
    mine, theirs = await window.bring(sender, prisoner), await other.bring(sender, prisoner)
    await window.type(mine, BAG)
    await other.type(theirs, BAG)
    first = await closed(mine)
    with pytest.raises(DecisionChanged) as changed:
        await closed(theirs)
    assert changed.value.values["number"] == first.number
    await theirs.ask_again()
    assert (await closed(theirs)).number == "P-26-000002"


async def test_20001_grams_are_refused_and_20000_are_taken(window: Window) -> None:
    case = await listed(window, "20.001\rte\r2\r")
    proposal = await case.decide()
    assert case.stands_against(proposal)
    assert [one.code for one in proposal.decision.reasons] == [ReasonCode.WEIGHT_EXCEEDED]
    await window.type(case, "020\r")
    assert (await closed(case)).net_grams == 20_000


async def test_what_a_second_person_signed_for_is_taken_in(window: Window) -> None:
    case = await listed(window, "20.001\rte\r2\r")
    refused = await case.decide()
    signed = Override(window.gatehouse.supervisor, OverrideGround.ORDER, "")
    await case.sign(signed, refused)
    proposal = await case.decide()
    assert not case.stands_against(proposal)
    assert (await case.take_in(proposal)).net_grams == 20_001


async def test_a_bag_of_somebody_who_was_erased_stands_in_the_way_of_no_other(
    window: Window,
) -> None:
    await listed(window)
    draft = await package_draft.kept(window)  # type: ignore[arg-type]  # it has all that is asked
    assert draft is not None
    gone = replace(draft, sender_id=UUID(int=5))
    await window.write(drafts.keep, window.signed_in, DraftKind.PACKAGE, gone, "")
    with pytest.raises(NotFound):
        await window.take_up()
    house = window.gatehouse
    assert (await window.bring(house.visitor(), house.prisoner())).listed.is_empty


async def test_one_forbidden_thing_that_was_signed_for_passes_with_the_rest_of_the_bag(
    window: Window,
) -> None:
    case = await listed(window, "5\rte\r2\rvo\r1\r.7\r1")
    assert case.till.barred == 1
    asked = await case.wanting(1)
    assert lines_to_sign(asked.request, asked)
    await case.sign(Override(window.gatehouse.supervisor, OverrideGround.ORDER, ""), asked)
    recorded = await closed(case)
    assert (recorded.refused, recorded.net_grams) == (False, 5000)
    house = window.gatehouse
    assert house.rows("SELECT result FROM decision") == [("override",)]
    [told] = house.ask(overrides.between, house.desk.day(), house.desk.day())
    assert (told.number, told.second) == (recorded.number, "Supervisor")


async def test_a_signature_for_a_thing_that_goes_back_after_all_is_none_of_the_bags(
    window: Window,
) -> None:
    case = await listed(window, "5\rte\r2\rvo\r1\r.7\r1")
    asked = await case.wanting(1)
    await case.sign(Override(window.gatehouse.supervisor, OverrideGround.ORDER, ""), asked)
    await window.type(case, "21.7\r")
    await closed(case)
    assert window.gatehouse.rows("SELECT result FROM decision") == [("allow",)]


async def test_a_bag_of_which_nothing_passes_is_refused_with_a_number_of_its_own(
    window: Window,
) -> None:
    case = await listed(window, "1\rvo\r1\r.7\r")
    recorded = await closed(case)
    assert (recorded.refused, recorded.number) == (True, "R-26-000001")


async def test_what_the_rules_refuse_is_turned_back_before_a_line_is_typed(
    window: Window,
) -> None:
    house = window.gatehouse
    sender = house.visitor()
    house.ban(sender)
    case = await window.bring(sender, house.prisoner())
    assert not case.proposal.decision.passes
    assert await window.read(drafts.kept, window.signed_in) == ()
    assert (await case.turn_back(case.proposal)).refused


async def test_where_the_lot_falls_another_officer_must_be_named(window: Window) -> None:
    window.desk = replace(window.desk, extra_check_percent=100)
    case = await listed(window)
    assert case.drawn
    with pytest.raises(Refused, match="lot fell"):
        await closed(case)
    case.looked_through(window.gatehouse.supervisor.staff_id)
    assert not case.asks_second_look
    await window.type(case, "br\r1\r")
    assert case.asks_second_look, "they have not seen the bread"
    with pytest.raises(Refused, match="another now"):
        await closed(case)
    case.looked_through(window.gatehouse.supervisor.staff_id)
    assert (await closed(case)).number == "P-26-000001"


async def test_everything_in_a_medical_package_is_for_the_doctor(window: Window) -> None:
    house = window.gatehouse
    case = await window.bring(house.visitor(), house.prisoner(), Service.MEDICAL_PACKAGE)
    await window.type(case, "2\rme\r3\rte\r1\r")
    assert {one.shares[0].verdict for one in case.listed.bag.lines} == {Verdict.MEDICAL}
    assert (await closed(case)).net_grams == 0


async def test_200_lines_are_kept_and_taken_in(window: Window) -> None:
    case = await listed(window, "15\r" + "te\r1\r" * 200)
    assert len((await window.take_up()).listed.lines) == 200
    assert (await closed(case)).net_grams == 15_000
