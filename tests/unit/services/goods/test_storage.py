"""The list of the storage, its counts, a scanned label, and a parcel of 200 lines opened."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from kiosk import paper_code
from kiosk.codes import ItemReason, PlaceKind, Service, Status, Verdict, VoidReason
from kiosk.errors import NotAllowed, NotFound
from kiosk.services import audit, outcomes
from kiosk.services.desk import Desk
from kiosk.services.goods import (
    by_code,
    correcting,
    going_back,
    handing_over,
    medical,
    opened,
    places,
    storage,
    storage_counts,
)
from kiosk.services.ids import new_id
from kiosk.values import StorageCounts
from kiosk.values.goods import Correction, Scanned, Share
from tests.unit.services.gatehouse import Gatehouse

from .shelves import DOCTOR, HOUR, Shelves
from .table import goes_back, seized


@pytest.fixture
def shelves(gatehouse: Gatehouse) -> Shelves:
    return Shelves(gatehouse)


def scan(shelves: Shelves, number: str, desk: Desk | None = None) -> Scanned:
    house = shelves.gatehouse
    code = paper_code.of_number(house.desk.gate, number)
    at = desk or house.desk
    return house.db.run_write(by_code.scanned, at, house.officer, code)


def said(found: Scanned) -> str:
    return found.sentence.format(**dict(found.values))


# ---- the list


def test_what_spoils_soonest_stands_first(shelves: Shelves) -> None:
    tea = shelves.put().number
    apples = shelves.put(shelves.line("ap", 500), shelves.line("te")).number
    bread = shelves.put(shelves.line("br"), shelves.line("ap", 500)).number
    lines = shelves.list()
    assert [one.number for one in lines] == [bread, apples, tea]
    assert [one.spoils.en if one.spoils else "" for one in lines] == ["bread", "apples", ""]
    assert [one.net_grams for one in lines] == [3000, 3000, 3000]
    assert lines[0].keep_until == shelves.gatehouse.clock.at + 8 * HOUR
    assert lines[0].unit == "3"


def test_the_list_holds_what_is_not_over(shelves: Shelves) -> None:
    house = shelves.gatehouse
    handed, back = shelves.put().case_id, shelves.put()
    house.do(handing_over.hand_over, house.officer, handed)
    house.do(going_back.decline, house.officer, back.case_id)
    found = shelves.put(shelves.line("te"), seized(shelves.line("ho"), 100))
    house.do(handing_over.hand_over, house.officer, found.case_id)
    assert [(one.number, one.state, one.place) for one in shelves.list()] == [
        (back.number, "to_return", "R-1"),
        (found.number, "handed_over", ""),
    ]


def test_the_storage_is_counted(shelves: Shelves) -> None:
    house = shelves.gatehouse
    assert house.ask(storage_counts.counts) == StorageCounts()
    shelves.put(shelves.line("br"))
    house.do(going_back.decline, house.officer, shelves.put().case_id)
    house.clock.at += 3 * HOUR
    shelves.put(shelves.line("ap", 100))
    assert house.ask(storage_counts.counts) == StorageCounts(stored=2, soon=1, to_return=1)
    house.clock.at += 5 * HOUR
    assert house.ask(storage_counts.counts) == StorageCounts(stored=2, past=1, to_return=1)
    house.clock.at += 31 * 24 * HOUR
    assert house.ask(storage_counts.counts) == StorageCounts(
        stored=2, past=2, too_long=2, to_return=1
    )


def test_support_sees_no_parcel(shelves: Shelves) -> None:
    support = replace(shelves.gatehouse.officer, roles=frozenset())
    case_id = shelves.put().case_id
    for ask, about in ((storage.stored, ()), (opened.open_parcel, (case_id,))):
        with pytest.raises(NotAllowed):
            shelves.gatehouse.ask(ask, support, *about)


# ---- a label is scanned


def test_a_label_leads_to_its_parcel(shelves: Shelves) -> None:
    put = shelves.put()
    found = scan(shelves, put.number)
    assert (found.case_id, found.number, found.ready) == (put.case_id, put.number, True)
    assert found.sentence == ""
    # Once more at the same window is nothing strange.
    assert scan(shelves, put.number).sentence == ""


def test_the_label_of_a_medical_package_leads_to_no_handover(shelves: Shelves) -> None:
    medicine = shelves.line("me", left_out_grams=None)
    put = shelves.put(medicine, service=Service.MEDICAL_PACKAGE)
    assert not scan(shelves, put.number).ready


@pytest.mark.parametrize(
    "typed",
    [
        "P-26-000001",
        "p26000001",
        "P26000001-4",
        "26-000001",
        "26-1",
        "000001-4",
        "P-1",
        "1",
        " 000001 ",
    ],
)
def test_a_number_is_typed_in_any_of_its_forms(shelves: Shelves, typed: str) -> None:
    house, put = shelves.gatehouse, shelves.put()
    assert house.do(by_code.scanned, house.officer, typed).case_id == put.case_id


def test_a_paper_at_two_windows_is_a_duplicate(shelves: Shelves) -> None:
    house, number = shelves.gatehouse, shelves.put().number
    scan(shelves, number)
    other = replace(house.desk, window="2")
    assert f"{number} was scanned at window 1" in said(scan(shelves, number, other))
    house.clock.at += by_code.JUST_NOW + 1
    assert scan(shelves, number, other).sentence == ""


def test_a_scan_says_what_became_of_the_parcel(shelves: Shelves) -> None:
    house = shelves.gatehouse
    put = [shelves.put() for _ in range(5)]
    medicine = shelves.put(
        shelves.line("me", left_out_grams=None), service=Service.MEDICAL_PACKAGE
    )
    bag = shelves.request(
        shelves.prisoner, shelves.sender, goes_back(shelves.line("te"), 100), gross=100
    )
    refused = shelves.refuse(bag).number
    house.do(handing_over.hand_over, house.officer, put[0].case_id)
    house.do(going_back.decline, house.officer, put[1].case_id)
    house.do(going_back.decline, house.officer, put[2].case_id)
    house.do(going_back.returned, house.officer, put[2].case_id)
    house.do(outcomes.void, house.supervisor, put[3].case_id, VoidReason.TWICE)
    house.do(medical.pass_on, house.officer, medicine.case_id, DOCTOR)
    apples = shelves.put(shelves.line("ap", 2000), gross=2000)
    gone = Correction((Share(Verdict.REFUSE, reason=ItemReason.SPOILED),), act_no="A-26-1")
    house.do(correcting.correct, house.supervisor, apples.case_id, 1, gone)
    shelves.is_now(Status.TRANSFERRED)
    house.do(going_back.forward, house.supervisor, put[4].case_id, "p27")
    told = {
        put[0].number: "handed over already",
        put[1].number: "goes back",
        put[2].number: "went back",
        put[3].number: "void",
        put[4].number: "forwarded",
        medicine.number: "with the doctor",
        apples.number: "nothing of it was left",
        refused: "refused",
    }
    for number, word in told.items():
        found = scan(shelves, number)
        assert word in said(found)
        assert not found.ready


def test_a_scan_says_that_something_spoiled_or_is_kept_too_long(shelves: Shelves) -> None:
    house = shelves.gatehouse
    bread, tea = shelves.put(shelves.line("br")).number, shelves.put().number
    house.clock.at += 9 * HOUR
    assert "past its time" in said(scan(shelves, bread))
    assert scan(shelves, tea).sentence == ""
    house.clock.at += 31 * 24 * HOUR
    assert "too long" in said(scan(shelves, tea))


def test_a_scan_says_why_it_waits(shelves: Shelves) -> None:
    number = shelves.put().number
    shelves.is_now(Status.ISOLATOR)
    found = scan(shelves, number)
    assert ("isolator" in found.sentence, found.ready) == (True, False)


def test_of_a_parcel_of_last_year_the_number_is_enough(shelves: Shelves) -> None:
    house, put = shelves.gatehouse, shelves.put()
    house.clock.at += 300 * 24 * HOUR
    assert house.do(by_code.scanned, house.officer, "1").case_id == put.case_id


def test_what_is_no_parcel_is_unknown(shelves: Shelves) -> None:
    house = shelves.gatehouse
    visit = house.refuse(house.request(shelves.prisoner, house.child()))
    codes = {
        "P-26-000009": "no parcel P-26-000009",
        "чай": "no parcel of this gate",
        "0": "no parcel of this gate",
        "P012600000": "no parcel of this gate",
        paper_code.of_number(7, "P-26-000001"): "gate 7",
        visit.number: "refused",
    }
    for code, word in codes.items():
        with pytest.raises(NotFound) as refused:
            house.do(by_code.scanned, house.officer, code)
        assert word in str(refused.value)
    with pytest.raises(NotFound, match="parcel"):
        house.ask(opened.open_parcel, house.officer, new_id(house.desk.clock))


# ---- what is only a cache


def test_a_wrong_place_or_hour_in_the_cache_is_found(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put(shelves.line("br")).case_id
    house.must_be_whole()
    for wrong in ("place_id = NULL", "due_at = due_at + 1"):
        house.db.run_write(house.db.file.execute_sql, f"UPDATE case_now SET {wrong}")
        assert [str(one.kind) for one in house.ask(audit.verify).findings] == ["case_now"]
        house.db.run_write(places.remember, case_id)
        house.must_be_whole()


def test_a_parcel_of_200_lines_is_opened_in_50_ms(shelves: Shelves) -> None:
    house = shelves.gatehouse
    house.do(places.record, house.supervisor, "A-9", PlaceKind.SHELF)
    kinds = ("te", "ho", "ci", "br")
    case_id = shelves.put(*(shelves.line(kinds[no % 4]) for no in range(200))).case_id

    def open_it() -> float:
        before = time.thread_time()
        card = opened.open_parcel(house.desk, house.officer, case_id)
        assert len(card.lines) == 201
        return time.thread_time() - before

    assert min(house.db.run_read(open_it) for _ in range(5)) <= 0.050
