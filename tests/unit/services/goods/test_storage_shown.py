"""What the screens of the storage make of it: the menu's counters, the list for a block, and
the parts of a line that a correction speaks of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kiosk.codes import (
    CaseState,
    GoneReason,
    GoodsClass,
    ItemReason,
    JobState,
    Service,
    StepKind,
    Template,
    Unit,
    Verdict,
    VoidReason,
)
from kiosk.papers import ThingName
from kiosk.screens.goods import block_list, parcel_lines
from kiosk.screens.goods.corrections import shares
from kiosk.services import printing
from kiosk.services.goods import going_back, storage_paper
from kiosk.services.today import today
from kiosk.text import LANGUAGES, in_language, use
from kiosk.values.goods import ItemRecorded, Share, StepTaken
from kiosk.widgets.lines import plain
from tests.unit.services.gatehouse import BISHKEK, Gatehouse

from .shelves import HOUR, Shelves
from .table import seized


@pytest.fixture
def shelves(gatehouse: Gatehouse) -> Shelves:
    return Shelves(gatehouse)


def test_the_menu_counts_what_came_today_and_what_is_on_the_shelves(shelves: Shelves) -> None:
    house = shelves.gatehouse
    shelves.brought(shelves.line("br", 2))
    shelves.brought(shelves.line("te", 2), seized(shelves.line("ho"), 800))
    declined = shelves.brought(shelves.line("te", 3))
    house.do(going_back.decline, house.officer, declined.case_id)
    now = house.ask(today)
    assert (now.packages, now.finds, now.stored, now.spoiled) == (3, 1, 2, 0)
    house.clock.at += 9 * HOUR
    assert house.ask(today).spoiled == 1
    house.clock.at += 24 * HOUR
    later = house.ask(today)
    assert (later.packages, later.finds, later.stored) == (0, 0, 2)


def test_the_list_for_a_block_has_what_may_be_fetched_the_soonest_to_spoil_first(
    shelves: Shelves,
) -> None:
    house = shelves.gatehouse
    tea = shelves.brought(shelves.line("te", 2))
    spoiled = shelves.brought(shelves.line("br", 1))
    apples = shelves.brought(shelves.line("ap", 900))
    pills = shelves.brought(shelves.line("me", 1), service=Service.MEDICAL_PACKAGE)
    declined = shelves.brought(shelves.line("te", 3))
    house.do(going_back.decline, house.officer, declined.case_id)
    house.clock.at += 9 * HOUR
    title, heads, lines = block_list.said(
        shelves.list(), in_language("ru"), house.clock.at, BISHKEK
    )
    assert title == "ПЕРЕДАЧИ К ВЫДАЧЕ"
    assert [len(one) for one in lines] == [len(heads)] * 2
    assert [one[0].split()[-1] for one in lines] == [apples.number, tea.number]
    gone = {spoiled.number, pills.number, declined.number}
    assert not gone & {one[0].split()[-1] for one in lines}


def test_the_list_for_a_block_is_printed(shelves: Shelves) -> None:
    house = shelves.gatehouse
    shelves.put()
    told = block_list.said(shelves.list(), in_language("ky"), house.clock.at, BISHKEK)
    job_id = house.do(storage_paper.order_paper, house.officer, *told)
    papers = house.ask(printing.papers, house.officer)
    paper = next(one for one in papers if one.job_id == job_id)
    assert (paper.template, paper.state) == (Template.REPORT, JobState.QUEUED)
    assert shelves.list()[0].state is CaseState.STORED


# ---- the parts of a line


def item(**told: Any) -> ItemRecorded:
    """Ten pieces of soap that weigh a kilogram, accepted."""
    soap = ItemRecorded(
        no=2,
        name=ThingName("самын"),
        goods_class=GoodsClass.HYGIENE,
        unit=Unit.PIECE,
        pieces=10,
        grams=1000,
        verdict=Verdict.ACCEPT,
    )
    return replace(soap, **told)


def test_a_part_that_leaves_a_line_parts_it_in_two() -> None:
    assert shares(item(), Verdict.REFUSE, 4, 400, ItemReason.PACKING) == (
        Share(Verdict.REFUSE, 4, 400, ItemReason.PACKING),
        Share(Verdict.ACCEPT, 6, None),
    )


def test_the_whole_of_a_line_that_leaves_is_one_share() -> None:
    assert shares(item(), Verdict.SEIZE, 10, 1000) == (Share(Verdict.SEIZE, 10, 1000),)


def test_what_is_weighed_is_parted_by_its_weight() -> None:
    sugar = item(unit=Unit.KILOGRAM, pieces=0)
    assert shares(sugar, Verdict.MEDICAL, 0, 300) == (
        Share(Verdict.MEDICAL, 0, 300),
        Share(Verdict.ACCEPT, 0, None),
    )


def test_another_amount_of_the_same_is_one_share_whether_more_or_less() -> None:
    assert shares(item(), Verdict.ACCEPT, 4, None) == (Share(Verdict.ACCEPT, 4, None),)
    assert shares(item(), Verdict.ACCEPT, 40, 4000) == (Share(Verdict.ACCEPT, 40, 4000),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_happened_to_a_parcel_stands_there_whole(language: str) -> None:
    use(language)
    steps = [
        StepTaken(kind, 0, "Токтосунов Б.", reason)
        for kind, reasons in (
            (StepKind.VOID, VoidReason),
            (StepKind.CORRECTED, ItemReason),
            (StepKind.NOT_TO_PRISONER, GoneReason),
        )
        for reason in reasons
    ]
    destroyed = StepTaken(
        StepKind.CORRECTED, 0, "Токтосунов Б.", ItemReason.SPOILED, named="АК-17/2026"
    )
    steps += [destroyed, StepTaken(StepKind.FORWARDED, 0, "Токтосунов Б.", named="p27")]
    try:
        for step in steps:
            said = plain(parcel_lines.step_line(step, BISHKEK))
            assert "…" not in said, said
            assert len(said) <= 80
    finally:
        use("en")
