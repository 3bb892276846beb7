"""Handover: whole, once, to a prisoner who is there; and what closes the case after it."""

from __future__ import annotations

import pytest

from kiosk.codes import PassedTo, Service, Status
from kiosk.errors import AlreadyDone, NotAllowed, NotFound, Refused
from kiosk.services.goods import acts, going_back, handing_over, medical
from kiosk.services.ids import new_id
from kiosk.values.finds import ActEntered
from tests.unit.services.gatehouse import Gatehouse, at_once

from .shelves import DOCTOR, Shelves
from .table import seized


@pytest.fixture
def shelves(gatehouse: Gatehouse) -> Shelves:
    return Shelves(gatehouse)


def write_act(shelves: Shelves, find_id: object) -> None:
    house = shelves.gatehouse
    act = ActEntered(
        act_no="A-26-0001",
        article="446",
        passed_to=PassedTo.POLICE,
        witness_id=house.supervisor.staff_id,
    )
    house.do(acts.write, house.officer, find_id, act)


def test_the_prisoner_gets_it_whole_and_signs(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    card = house.do(handing_over.hand_over, house.officer, case_id)
    assert (card.state, card.place, card.keep_until) == ("closed", "", None)
    assert shelves.steps(case_id) == [("handed_over", "closed", None)]
    assert shelves.ledger(case_id) == [("use", 1, 3000)]
    assert house.rows("SELECT data FROM step WHERE kind = 'handed_over'") == [('{"signed":1}',)]


def test_a_parcel_is_handed_over_once(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    house.do(handing_over.hand_over, house.officer, case_id)
    with pytest.raises(AlreadyDone):
        house.do(handing_over.hand_over, house.officer, case_id)
    assert len(shelves.steps(case_id)) == 1


def test_of_four_who_hand_it_over_at_once_one_does(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id

    def hand_over() -> None:
        handing_over.hand_over(house.desk, house.officer, case_id)

    answers = at_once(*[hand_over] * 4)
    assert sum(isinstance(one, AlreadyDone) for one in answers) == 3
    assert shelves.steps(case_id) == [("handed_over", "closed", None)]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.ISOLATOR, "isolator"),
        (Status.QUARANTINE, "quarantine"),
        (Status.HOSPITAL, "hospital"),
        (Status.COURT, "court"),
        (Status.TRANSFERRED, "transferred"),
        (Status.RELEASED, "released"),
        (Status.DEAD, "died"),
    ],
)
def test_it_waits_while_its_prisoner_is_not_there(
    shelves: Shelves, status: Status, reason: str
) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    shelves.is_now(status)
    assert reason in shelves.card(case_id).barred
    assert reason in shelves.list()[0].waits
    before = house.counts()
    with pytest.raises(Refused, match=reason):
        house.do(handing_over.hand_over, house.officer, case_id)
    assert house.written(before) == {}
    shelves.is_now(Status.PRESENT)
    assert shelves.card(case_id).barred == ""
    house.do(handing_over.hand_over, house.officer, case_id)


def test_an_administrator_hands_nothing_over(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    with pytest.raises(NotAllowed):
        house.do(handing_over.hand_over, house.administrator, case_id)


def test_there_is_nothing_to_hand_over_of_no_parcel(shelves: Shelves) -> None:
    house = shelves.gatehouse
    with pytest.raises(NotFound, match="parcel"):
        house.do(handing_over.hand_over, house.officer, new_id(house.desk.clock))


# ---- what is for the doctor


def test_medicine_may_be_passed_on_before_the_handover(shelves: Shelves) -> None:
    house = shelves.gatehouse
    case_id = shelves.put(shelves.line("te"), shelves.line("me", left_out_grams=100)).case_id
    assert shelves.card(case_id).medicine_waits
    card = house.do(medical.pass_on, house.officer, case_id, DOCTOR)
    assert (card.state, card.medicine_waits) == ("stored", False)
    with pytest.raises(Refused, match="medical unit"):
        house.do(medical.pass_on, house.officer, case_id, DOCTOR)
    assert house.do(handing_over.hand_over, house.officer, case_id).state == "closed"


def test_medicine_that_is_passed_on_after_the_handover_closes_the_case(
    shelves: Shelves,
) -> None:
    house = shelves.gatehouse
    case_id = shelves.put(shelves.line("te"), shelves.line("me", left_out_grams=100)).case_id
    card = house.do(handing_over.hand_over, house.officer, case_id)
    assert (card.state, card.place, card.medicine_waits) == ("handed_over", "", True)
    house.do(medical.pass_on, house.officer, case_id, DOCTOR)
    assert shelves.steps(case_id) == [
        ("handed_over", "handed_over", None),
        ("passed_to_medical", "handed_over", None),
        ("closed", "closed", None),
    ]


def test_a_medical_package_is_over_once_the_doctor_has_it(shelves: Shelves) -> None:
    house = shelves.gatehouse
    medicine = shelves.line("me", left_out_grams=None)
    case_id = shelves.put(medicine, gross=200, service=Service.MEDICAL_PACKAGE).case_id
    with pytest.raises(Refused, match="medical unit"):
        house.do(handing_over.hand_over, house.officer, case_id)
    # The isolator holds nobody's medicine back.
    shelves.is_now(Status.ISOLATOR)
    card = house.do(medical.pass_on, house.officer, case_id, DOCTOR)
    assert (card.state, card.place) == ("closed", "")
    assert shelves.ledger(case_id) == []


def test_medicine_of_one_who_is_gone_goes_back_with_the_rest(shelves: Shelves) -> None:
    house = shelves.gatehouse
    case_id = shelves.put(shelves.line("te"), shelves.line("me", left_out_grams=100)).case_id
    shelves.is_now(Status.TRANSFERRED)
    with pytest.raises(Refused, match="transferred"):
        house.do(medical.pass_on, house.officer, case_id, DOCTOR)
    card = house.do(going_back.gone, house.supervisor, case_id)
    assert (card.state, card.medicine_waits) == ("to_return", False)


# ---- what was found in it


def test_a_parcel_with_a_find_closes_by_its_act_only(shelves: Shelves) -> None:
    house = shelves.gatehouse
    put = shelves.put(shelves.line("te"), seized(shelves.line("ho"), 500))
    card = house.do(handing_over.hand_over, house.officer, put.case_id)
    assert (card.state, card.finds_open) == ("handed_over", 1)
    assert [(one.case_id, one.finds_open) for one in shelves.list()] == [(put.case_id, 1)]
    write_act(shelves, put.finds[0])
    assert shelves.now(put.case_id)[0] == "closed"
    assert shelves.list() == ()


def test_the_last_of_medicine_and_act_closes_it(shelves: Shelves) -> None:
    house = shelves.gatehouse
    put = shelves.put(
        shelves.line("te"),
        shelves.line("me", left_out_grams=100),
        seized(shelves.line("ho"), 500),
    )
    house.do(handing_over.hand_over, house.officer, put.case_id)
    write_act(shelves, put.finds[0])
    assert shelves.now(put.case_id)[0] == "handed_over"
    house.do(medical.pass_on, house.officer, put.case_id, DOCTOR)
    assert shelves.now(put.case_id)[0] == "closed"


def test_an_act_before_the_handover_leaves_it_on_the_shelf(shelves: Shelves) -> None:
    house = shelves.gatehouse
    put = shelves.put(shelves.line("te"), seized(shelves.line("ho"), 500))
    write_act(shelves, put.finds[0])
    assert shelves.now(put.case_id)[:2] == ("stored", "A-1")
    assert house.do(handing_over.hand_over, house.officer, put.case_id).state == "closed"


def test_medicine_with_a_find_waits_for_the_act(shelves: Shelves) -> None:
    house = shelves.gatehouse
    put = shelves.put(
        shelves.line("me", left_out_grams=None),
        seized(shelves.line("ho"), 500),
        gross=900,
        service=Service.MEDICAL_PACKAGE,
    )
    assert house.do(medical.pass_on, house.officer, put.case_id, DOCTOR).state == "stored"
    write_act(shelves, put.finds[0])
    assert shelves.now(put.case_id) == ("closed", "", None)


def test_what_is_found_is_named_on_its_line(shelves: Shelves) -> None:
    put = shelves.put(shelves.line("te"), seized(shelves.line("ho"), 500))
    assert [one.find for one in shelves.card(put.case_id).lines] == ["", "F-26-000001", ""]
