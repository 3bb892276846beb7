"""What is for the doctor: taken, or not taken and back to its sender, who signs for it."""

from __future__ import annotations

from uuid import UUID

import msgspec
import pytest

from kiosk.codes import ItemReason, MedicalFate, Service, Status, StepKind, Template, Verdict
from kiosk.errors import AlreadyDone, Invalid, NotAllowed, Refused
from kiosk.papers import GivenBackBody
from kiosk.services.goods import (
    acts,
    by_code,
    correcting,
    going_back,
    handing_over,
    medical,
    package_register,
)
from kiosk.values.goods import Correction, ParcelCard, Share
from tests.unit.services.gatehouse import Gatehouse

from .finding import ACT
from .shelves import DOCTOR, Shelves
from .table import seized

TAKEN, NOT_TAKEN = MedicalFate.TAKEN, MedicalFate.NOT_TAKEN
RETURNED, WAITS = MedicalFate.RETURNED, MedicalFate.WAITS


@pytest.fixture
def shelves(gatehouse: Gatehouse) -> Shelves:
    return Shelves(gatehouse)


def two_medicines(shelves: Shelves) -> UUID:
    """Tea and two medicines, lines 2 and 3."""
    pills, syrup = (shelves.line("me", no, left_out_grams=100 * no) for no in (1, 2))
    return shelves.put(shelves.line("te"), pills, syrup).case_id


def medicines(shelves: Shelves) -> UUID:
    """A medical package of two lines."""
    lines = shelves.line("me", 1), shelves.line("me", 2)
    return shelves.put(*lines, gross=300, service=Service.MEDICAL_PACKAGE).case_id


def pass_on(shelves: Shelves, case_id: UUID, *not_taken: int, by: str = DOCTOR) -> ParcelCard:
    house = shelves.gatehouse
    return house.do(medical.pass_on, house.officer, case_id, by, not_taken)


def give_back(shelves: Shelves, case_id: UUID) -> ParcelCard:
    house = shelves.gatehouse
    return house.do(going_back.returned, house.officer, case_id)


def hand_over(shelves: Shelves, case_id: UUID) -> ParcelCard:
    house = shelves.gatehouse
    return house.do(handing_over.hand_over, house.officer, case_id)


def fates(card: ParcelCard) -> list[MedicalFate]:
    return [one.medical for one in card.lines if one.medical is not None]


def papers_back(shelves: Shelves) -> list[GivenBackBody]:
    rows = shelves.gatehouse.rows(
        "SELECT s.body FROM spool s JOIN print_job j ON j.id = s.job_id"
        f" WHERE j.template = '{Template.GIVEN_BACK}' ORDER BY j.id"
    )
    return [msgspec.json.decode(body, type=GivenBackBody) for (body,) in rows]


# ---- of a parcel that is for its prisoner as well


def test_what_the_doctor_does_not_take_waits_for_the_sender(shelves: Shelves) -> None:
    case_id = two_medicines(shelves)
    card = pass_on(shelves, case_id, 3)
    assert (card.state, card.place, fates(card)) == ("stored", "A-1", [TAKEN, NOT_TAKEN])
    assert (card.medicine_waits, card.medicine_back) == (False, True)
    assert shelves.steps(case_id) == [
        ("passed_to_medical", "stored", None),
        ("not_taken", "stored", None),
    ]
    (line,) = shelves.list()
    assert (line.medicine_waits, line.medicine_back) == (False, True)


def test_the_doctor_is_named_and_can_be_erased(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, two_medicines(shelves)
    card = pass_on(shelves, case_id, 3, by=" Осмонова Т. ")
    signed = {one.kind: one.signed_by for one in card.steps if one.signed_by}
    assert signed == dict.fromkeys(
        (StepKind.PASSED_TO_MEDICAL, StepKind.NOT_TAKEN), "Осмонова Т."
    )
    assert "Осмонова" not in repr(card)
    subjects = house.rows("SELECT DISTINCT prisoner_id FROM step_words")
    assert subjects == [(shelves.prisoner.prisoner_id.bytes,)]
    assert house.ask(medical.last_doctor) == "Осмонова Т."


def test_the_senders_paper_says_what_goes_back_and_who_said_so(shelves: Shelves) -> None:
    case_id = two_medicines(shelves)
    pass_on(shelves, case_id, 3)
    (paper,) = papers_back(shelves)
    assert (paper.number, paper.doctor) == (shelves.card(case_id).number, DOCTOR)
    assert [(one.name.en, one.pieces) for one in paper.lines] == [("medicine", 2)]
    assert paper.sender == shelves.card(case_id).sender.full


def test_where_the_doctor_takes_all_no_paper_goes_back(shelves: Shelves) -> None:
    pass_on(shelves, two_medicines(shelves))
    assert papers_back(shelves) == []


def test_handed_over_it_is_open_until_the_sender_has_his_medicine_back(
    shelves: Shelves,
) -> None:
    case_id = two_medicines(shelves)
    pass_on(shelves, case_id, 2, 3)
    card = hand_over(shelves, case_id)
    assert (card.state, card.place, card.medicine_back) == ("to_return", "R-1", True)
    assert shelves.now(case_id) == ("to_return", "R-1", None)
    card = give_back(shelves, case_id)
    assert (card.state, card.place, fates(card)) == ("closed", "", [RETURNED, RETURNED])
    assert shelves.steps(case_id) == [
        ("not_taken", "stored", None),
        ("handed_over", "to_return", None),
        ("medicine_returned", "closed", None),
    ]
    # The prisoner has his: it was used up.
    assert shelves.ledger(case_id) == [("use", 1, 2700)]


def test_the_sender_may_have_it_back_before_the_handover(shelves: Shelves) -> None:
    case_id = two_medicines(shelves)
    pass_on(shelves, case_id, 2)
    card = give_back(shelves, case_id)
    assert (card.state, card.place, card.medicine_back) == ("stored", "A-1", False)
    assert fates(card) == [RETURNED, TAKEN]
    with pytest.raises(AlreadyDone):
        give_back(shelves, case_id)
    assert hand_over(shelves, case_id).state == "closed"


def test_after_the_handover_the_doctor_may_not_take_it_either(shelves: Shelves) -> None:
    case_id = two_medicines(shelves)
    assert hand_over(shelves, case_id).state == "handed_over"
    card = pass_on(shelves, case_id, 2)
    assert (card.state, card.place) == ("to_return", "R-1")
    assert give_back(shelves, case_id).state == "closed"


def test_without_room_for_what_goes_back_it_stands_at_no_place_of_another(
    shelves: Shelves,
) -> None:
    case_id = two_medicines(shelves)
    hand_over(shelves, case_id)
    shelves.gatehouse.do(going_back.decline, shelves.gatehouse.officer, shelves.put().case_id)
    assert pass_on(shelves, case_id, 2).place == ""
    assert shelves.put().place == "A-1"


def test_what_spoils_is_the_prisoners_and_not_what_goes_back(shelves: Shelves) -> None:
    pills = shelves.line("me", left_out_grams=100)
    case_id = shelves.put(shelves.line("br"), pills).case_id
    assert shelves.now(case_id)[2] is not None
    hand_over(shelves, case_id)
    assert pass_on(shelves, case_id, 2).keep_until is None


# ---- of a medical package


def test_a_medical_package_of_which_nothing_is_taken_goes_back(shelves: Shelves) -> None:
    case_id = medicines(shelves)
    card = pass_on(shelves, case_id, 1, 2)
    assert (card.state, card.place) == ("to_return", "R-1")
    assert shelves.steps(case_id) == [("not_taken", "to_return", None)]
    assert give_back(shelves, case_id).state == "closed"
    assert shelves.ledger(case_id) == []


def test_a_medical_package_is_over_when_each_has_their_part(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, medicines(shelves)
    assert pass_on(shelves, case_id, 2).state == "to_return"
    number = shelves.card(case_id).number
    seen = house.do(by_code.scanned, house.officer, number)
    assert (seen.ready, "did not take" in seen.sentence) == (False, True)
    give_back(shelves, case_id)
    assert "a part" in house.do(by_code.scanned, house.officer, number).sentence


# ---- corrected, declined, found in


def test_a_supervisor_gives_the_prisoner_what_the_doctor_does_not_take(
    shelves: Shelves,
) -> None:
    house, case_id = shelves.gatehouse, two_medicines(shelves)
    pass_on(shelves, case_id, 2)
    told = Correction((Share(Verdict.ACCEPT, pieces=1, grams=100),))
    card = house.do(correcting.correct, house.supervisor, case_id, 2, told)
    assert (card.medicine_back, card.net_grams) == (False, 2800)
    with pytest.raises(Refused, match="doctor has this line"):
        house.do(correcting.correct, house.supervisor, case_id, 3, told)
    assert hand_over(shelves, case_id).state == "closed"


def test_the_doctor_is_asked_again_by_a_correction(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, two_medicines(shelves)
    pass_on(shelves, case_id, 2)
    told = Correction((Share(Verdict.MEDICAL, pieces=1, grams=100),))
    assert house.do(correcting.correct, house.supervisor, case_id, 2, told).medicine_waits
    card = pass_on(shelves, case_id)
    assert (card.medicine_back, fates(card)) == (False, [TAKEN, TAKEN])
    assert hand_over(shelves, case_id).state == "closed"


def test_what_is_back_is_not_corrected(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, two_medicines(shelves)
    pass_on(shelves, case_id, 2)
    give_back(shelves, case_id)
    told = Correction((Share(Verdict.ACCEPT, pieces=1, grams=100),))
    with pytest.raises(Refused, match="sender has this line back"):
        house.do(correcting.correct, house.supervisor, case_id, 2, told)


def test_where_a_correction_leaves_nothing_but_that_it_waits_for_the_sender(
    shelves: Shelves,
) -> None:
    house = shelves.gatehouse
    pills = shelves.line("me", left_out_grams=100)
    case_id = shelves.put(shelves.line("po", 2900), pills).case_id
    pass_on(shelves, case_id, 2)
    gone = Share(Verdict.REFUSE, grams=2900, reason=ItemReason.TAKEN_BACK)
    card = house.do(correcting.correct, house.supervisor, case_id, 1, Correction((gone,)))
    assert (card.state, card.place) == ("to_return", "R-1")
    assert give_back(shelves, case_id).state == "closed"


def test_declined_as_a_whole_all_of_it_goes_back_at_once(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, two_medicines(shelves)
    pass_on(shelves, case_id, 2)
    house.do(going_back.decline, house.officer, case_id)
    assert fates(give_back(shelves, case_id)) == [RETURNED, TAKEN]
    assert shelves.steps(case_id)[-1] == ("returned", "closed", None)
    assert sum(grams for _kind, _pieces, grams in shelves.ledger(case_id)) == 0


def test_a_find_is_proof_before_anything_of_it_leaves(shelves: Shelves) -> None:
    put = shelves.put(
        shelves.line("te"),
        shelves.line("me", left_out_grams=100),
        seized(shelves.line("ho"), 500),
    )
    pass_on(shelves, put.case_id, 2)
    hand_over(shelves, put.case_id)
    with pytest.raises(Refused, match="act"):
        give_back(shelves, put.case_id)
    house = shelves.gatehouse
    house.do(acts.write, house.officer, put.finds[0], ACT)
    assert shelves.now(put.case_id)[0] == "to_return"
    assert give_back(shelves, put.case_id).state == "closed"


# ---- what cannot be recorded


def test_nobody_passes_medicine_on_without_a_doctor(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, two_medicines(shelves)
    before = house.counts()
    with pytest.raises(Invalid) as refusal:
        pass_on(shelves, case_id, by=" \t")
    assert refusal.value.field == "doctor"
    with pytest.raises(NotAllowed):
        house.do(medical.pass_on, house.administrator, case_id, DOCTOR)
    assert house.written(before) == {}


@pytest.mark.parametrize("line", [1, 4, 99])
def test_only_what_waits_for_the_doctor_is_not_taken(shelves: Shelves, line: int) -> None:
    case_id = two_medicines(shelves)
    with pytest.raises(Refused, match="corrected meanwhile"):
        pass_on(shelves, case_id, 2, line)
    assert shelves.steps(case_id) == []


def test_nothing_waits_for_the_sender_unless_the_doctor_said_so(shelves: Shelves) -> None:
    case_id = two_medicines(shelves)
    with pytest.raises(AlreadyDone):
        give_back(shelves, case_id)
    pass_on(shelves, case_id)
    with pytest.raises(AlreadyDone):
        give_back(shelves, case_id)
    with pytest.raises(Refused, match="medical unit"):
        pass_on(shelves, case_id)


def test_what_is_for_one_who_is_gone_is_not_passed_on(shelves: Shelves) -> None:
    case_id = two_medicines(shelves)
    shelves.is_now(Status.RELEASED)
    with pytest.raises(Refused, match="released"):
        pass_on(shelves, case_id, 2)


def test_the_register_tells_of_each_medicine_who_has_it(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, two_medicines(shelves)
    pass_on(shelves, case_id, 3)
    hand_over(shelves, case_id)
    day = house.desk.day()

    def entry() -> tuple[list[MedicalFate], bool]:
        (one,) = house.ask(lambda desk: list(package_register.packages(desk, day, day)))
        return [x.medical for x in one.items if x.medical is not None], bool(one.ended_at)

    assert entry() == ([TAKEN, NOT_TAKEN], False)
    give_back(shelves, case_id)
    assert entry() == ([TAKEN, RETURNED], True)
