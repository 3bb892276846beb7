"""The label of a parcel that was carried to another place, and the old one beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from kiosk.codes import Template
from kiosk.services import printing
from kiosk.services.goods import by_code, storing
from kiosk.values import PrintJob
from tests.unit.services.gatehouse import Gatehouse
from tests.unit.services.paper_acts import body, print_all

from .shelves import Shelves


@pytest.fixture
def shelves(gatehouse: Gatehouse) -> Shelves:
    return Shelves(gatehouse)


def _papers(shelves: Shelves, case_id: UUID, template: Template) -> list[PrintJob]:
    papers = shelves.gatehouse.ask(printing.last_papers, case_id)
    return [one for one in papers if one.template is template]


def _labels(shelves: Shelves, case_id: UUID) -> list[dict[str, Any]]:
    return [body(one) for one in _papers(shelves, case_id, Template.LABEL)]


def test_a_parcel_that_was_carried_gets_a_label_that_says_where_it_is(
    shelves: Shelves,
) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    move = (storing.move, house.officer, case_id)
    house.do(*move, shelves.place["A-2"].place_id)
    house.do(*move, shelves.place["C-1"].place_id, label=False)
    first, renewed = _labels(shelves, case_id)
    assert (first["shelf"], first["renewed_at"]) == ("A-1", None)
    assert (renewed["shelf"], renewed["code"]) == ("A-2", first["code"])
    assert renewed["renewed_at"] == "2026-03-06T09:30+06:00"
    # What is in it is as it was: no second list.
    assert len(_papers(shelves, case_id, Template.CONTENTS)) == 1


def test_a_scan_tells_that_an_earlier_label_is_void(shelves: Shelves) -> None:
    house, put = shelves.gatehouse, shelves.put()
    assert not house.do(by_code.scanned, house.officer, put.number).sentence
    house.do(storing.move, house.officer, put.case_id, shelves.place["C-1"].place_id)
    told = house.do(by_code.scanned, house.officer, put.number)
    assert told.ready
    assert "another place is void" in told.sentence
    assert dict(told.values)["place"] == "C-1"


def test_a_copy_of_an_earlier_label_says_where_the_parcel_is_now(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    house.do(storing.move, house.officer, case_id, shelves.place["C-1"].place_id)
    print_all(house)
    old, _renewed = _papers(shelves, case_id, Template.LABEL)
    house.do(printing.copy, house.officer, old.job_id)
    print_all(house)
    house.do(printing.reprint, house.officer, case_id)
    copies = [(one["copy_no"], one["shelf"]) for one in _labels(shelves, case_id)[2:]]
    assert copies == [(1, "C-1"), (2, "C-1")]
