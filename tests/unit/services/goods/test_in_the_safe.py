"""Money and papers of a parcel lie in a safe, its bag on a shelf; both are handed over."""

from __future__ import annotations

from uuid import UUID

import msgspec
import pytest

from kiosk.codes import Allowed, GoodsClass, ItemReason, PlaceKind, Service, Template, Verdict
from kiosk.errors import Refused
from kiosk.papers import ContentsBody, LabelBody, ReceiptBody
from kiosk.printouts.layouts import elements
from kiosk.services.goods import (
    by_code,
    correcting,
    going_back,
    handing_over,
    medical,
    places,
    storing,
)
from kiosk.values.goods import BroughtLine, Correction, ParcelCard, Share
from tests.unit.services.gatehouse import Gatehouse

from .shelves import DOCTOR, Shelves
from .table import entry, seized


@pytest.fixture
def shelves(gatehouse: Gatehouse) -> Shelves:
    return Shelves(gatehouse)


def money(shelves: Shelves) -> BroughtLine:
    return shelves.line("mo", tyiyn=100_000)


def passport(shelves: Shelves) -> BroughtLine:
    return shelves.line("pa", paper_number="AN 12")


def both(shelves: Shelves) -> UUID:
    """Tea, money and a passport: lines 1, 2 and 3."""
    return shelves.put(shelves.line("te"), money(shelves), passport(shelves)).case_id


def where(card: ParcelCard) -> tuple[str, str]:
    return card.place, card.safe


def move(shelves: Shelves, case_id: UUID, code: str) -> ParcelCard:
    house, place_id = shelves.gatehouse, shelves.place[code].place_id
    return house.do(storing.move, house.officer, case_id, place_id)


def correct(shelves: Shelves, case_id: UUID, no: int, *shares: Share) -> ParcelCard:
    house = shelves.gatehouse
    told = Correction(shares)
    return house.do(correcting.correct, house.supervisor, case_id, no, told)


GONE = Share(Verdict.REFUSE, pieces=1, reason=ItemReason.TAKEN_BACK)


# ---- taken in


def test_money_and_papers_lie_in_a_safe_and_the_bag_on_its_shelf(shelves: Shelves) -> None:
    put = shelves.put(shelves.line("br"), money(shelves), passport(shelves))
    assert (put.place, put.safe, put.stands_at) == ("C-1", "S-1", "C-1 + S-1")
    assert where(shelves.card(put.case_id)) == ("C-1", "S-1")
    (line,) = shelves.list()
    assert (line.place, line.safe) == ("C-1", "S-1")
    assert shelves.taken() == ["C-1", "S-1"]
    shelves.gatehouse.must_be_whole()


def test_nothing_but_money_needs_no_shelf(shelves: Shelves) -> None:
    put = shelves.put(money(shelves), gross=10)
    assert (put.place, put.safe) == ("", "S-1")
    assert shelves.taken() == ["S-1"]


def test_a_full_safe_holds_no_more_and_no_shelf_stands_in_for_it(shelves: Shelves) -> None:
    put = [shelves.put(shelves.line("te"), money(shelves)) for _ in range(2)]
    assert [(one.place, one.safe) for one in put] == [("A-1", "S-1"), ("A-2", "")]


def test_valuables_are_for_the_safe_and_weigh_what_they_weigh(shelves: Shelves) -> None:
    shelves.enter(entry("wa", "watch", goods_class=GoodsClass.VALUABLE))
    put = shelves.put(shelves.line("te"), shelves.line("wa"), gross=900)
    assert (put.place, put.safe, put.net_grams) == ("A-1", "S-1", 900)


def test_money_that_goes_back_or_is_seized_lies_in_no_safe(shelves: Shelves) -> None:
    shelves.enter(
        entry("fx", "dollars", goods_class=GoodsClass.MONEY, allowed=Allowed.FORBIDDEN)
    )
    lines = shelves.line("fx", tyiyn=500), seized(money(shelves))
    assert shelves.put(shelves.line("te"), *lines).safe == ""


def test_a_paper_for_the_doctor_goes_with_the_medicine(shelves: Shelves) -> None:
    put = shelves.put(passport(shelves), gross=20, service=Service.MEDICAL_PACKAGE)
    assert (put.place, put.safe) == ("A-1", "")


def test_receipt_list_and_label_say_in_which_safe(shelves: Shelves) -> None:
    both(shelves)
    for template, body in (
        (Template.RECEIPT, ReceiptBody),
        (Template.CONTENTS, ContentsBody),
        (Template.LABEL, LabelBody),
    ):
        ((encoded,),) = shelves.gatehouse.rows(
            "SELECT s.body FROM spool s JOIN print_job j ON j.id = s.job_id"
            f" WHERE j.template = '{template}'"
        )
        paper = msgspec.json.decode(encoded, type=body)
        assert paper.safe == "S-1"
        assert "S-1" in repr(list(elements(paper, 48)))


# ---- what becomes of it


def test_both_are_handed_over_and_both_places_are_free(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, both(shelves)
    assert where(house.do(handing_over.hand_over, house.officer, case_id)) == ("", "")
    assert shelves.taken() == []
    house.must_be_whole()


def test_what_goes_back_leaves_its_money_in_the_safe_until_it_is_signed_for(
    shelves: Shelves,
) -> None:
    house, case_id = shelves.gatehouse, both(shelves)
    card = house.do(going_back.decline, house.officer, case_id)
    assert where(card) == ("R-1", "S-1")
    assert where(house.do(going_back.returned, house.officer, case_id)) == ("", "")


def test_nothing_but_money_that_goes_back_takes_no_other_place(shelves: Shelves) -> None:
    house, put = shelves.gatehouse, shelves.put(money(shelves), gross=10)
    card = house.do(going_back.decline, house.officer, put.case_id)
    assert (card.state, *where(card)) == ("to_return", "", "S-1")
    assert shelves.taken() == ["S-1"]


def test_medicine_that_goes_back_after_the_handover_has_no_safe(shelves: Shelves) -> None:
    house = shelves.gatehouse
    pills = shelves.line("me", left_out_grams=100)
    case_id = shelves.put(shelves.line("te"), money(shelves), pills).case_id
    house.do(handing_over.hand_over, house.officer, case_id)
    card = house.do(medical.pass_on, house.officer, case_id, DOCTOR, [3])
    assert where(card) == ("R-1", "")
    with pytest.raises(Refused, match="for a safe"):
        move(shelves, case_id, "S-1")
    house.must_be_whole()


# ---- carried elsewhere


def test_a_safe_is_for_the_money_any_other_place_for_the_bag(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, both(shelves)
    shelves.place["S-2"] = house.do(places.record, house.supervisor, "S-2", PlaceKind.SAFE)
    assert where(move(shelves, case_id, "S-2")) == ("A-1", "S-2")
    assert where(move(shelves, case_id, "A-2")) == ("A-2", "S-2")
    assert shelves.taken() == ["A-2", "S-2"]
    seen = house.do(by_code.scanned, house.officer, shelves.card(case_id).number)
    assert dict(seen.values)["place"] == "A-2 + S-2"
    with pytest.raises(Refused, match="already"):
        move(shelves, case_id, "S-2")
    house.must_be_whole()


def test_nothing_is_carried_where_it_does_not_belong(shelves: Shelves) -> None:
    tea = shelves.put().case_id
    with pytest.raises(Refused, match="for a safe"):
        move(shelves, tea, "S-1")
    papers = shelves.put(passport(shelves), gross=10).case_id
    with pytest.raises(Refused, match="choose one"):
        move(shelves, papers, "A-2")
    assert shelves.taken() == ["A-1", "S-1"]


def test_a_safe_with_something_in_it_is_not_given_up(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, both(shelves)
    end = (places.end, house.supervisor, shelves.place["S-1"].place_id)
    with pytest.raises(Refused, match="parcels at S-1: 1"):
        house.do(*end)
    house.do(handing_over.hand_over, house.officer, case_id)
    house.do(*end)


# ---- corrected


def test_a_safe_is_free_once_a_correction_leaves_nothing_in_it(shelves: Shelves) -> None:
    case_id = both(shelves)
    assert where(correct(shelves, case_id, 2, GONE)) == ("A-1", "S-1")
    assert where(correct(shelves, case_id, 3, GONE)) == ("A-1", "")
    shelves.gatehouse.must_be_whole()


def test_money_that_was_seized_by_mistake_gets_a_safe(shelves: Shelves) -> None:
    put = shelves.put(shelves.line("te"), seized(money(shelves)))
    card = correct(shelves, put.case_id, 2, Share(Verdict.ACCEPT, pieces=1))
    assert where(card) == ("A-1", "S-1")


def test_a_thing_that_was_seized_by_mistake_gets_a_shelf(shelves: Shelves) -> None:
    put = shelves.put(money(shelves), seized(shelves.line("te"), 500), gross=510)
    assert (put.place, put.safe) == ("", "S-1")
    card = correct(shelves, put.case_id, 2, Share(Verdict.ACCEPT, pieces=1, grams=500))
    assert where(card) == ("A-1", "S-1")
