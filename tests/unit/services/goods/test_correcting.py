"""A line corrected: new lines stand in for it, and the ledger follows what they weigh."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from kiosk.codes import Allowed, ItemReason, PassedTo, Service, Verdict, VoidReason
from kiosk.errors import AlreadyDone, Invalid, NotAllowed, Refused
from kiosk.services import outcomes
from kiosk.services.goods import acts, correcting, handing_over, medical
from kiosk.values.finds import ActEntered
from kiosk.values.goods import Correction, ParcelCard, Share
from tests.unit.services.gatehouse import Gatehouse

from .shelves import DOCTOR, HOUR, Shelves
from .table import SIM_CARDS, entry, goes_back, seized

SPOILED = ItemReason.SPOILED
TAKEN_BACK = ItemReason.TAKEN_BACK


@pytest.fixture
def shelves(gatehouse: Gatehouse) -> Shelves:
    return Shelves(gatehouse)


def correct(
    shelves: Shelves, case_id: UUID, no: int, *shares: Share, **told: Any
) -> ParcelCard:
    house = shelves.gatehouse
    return house.do(
        correcting.correct, house.supervisor, case_id, no, Correction(shares, **told)
    )


def accepted(card: ParcelCard) -> list[tuple[str, int, int]]:
    """Name, pieces and grams of what is for the prisoner."""
    standing = [one for one in card.lines if not one.replaced]
    assert card.net_grams == sum(one.grams for one in standing if one.verdict is Verdict.ACCEPT)
    assert card.net_grams <= card.gross_grams
    return [
        (one.name.en, one.pieces, one.grams)
        for one in standing
        if one.verdict is Verdict.ACCEPT
    ]


def counted(shelves: Shelves, case_id: UUID) -> tuple[int, int]:
    """What the ledger holds of a case: pieces and grams."""
    lines = shelves.ledger(case_id)
    return sum(pieces for _kind, pieces, _grams in lines), sum(grams for *_, grams in lines)


def test_a_mistyped_weight_is_undone_and_taken_anew(shelves: Shelves) -> None:
    case_id = shelves.put(shelves.line("su", 2000), shelves.line("te")).case_id
    card = correct(shelves, case_id, 1, Share(Verdict.ACCEPT, grams=1500))
    assert accepted(card) == [("tea", 1, 0), ("other and packing", 0, 1000), ("sugar", 0, 1500)]
    assert shelves.ledger(case_id) == [
        ("use", 1, 3000),
        ("refund", -1, -3000),
        ("use", 1, 2500),
    ]
    assert shelves.gatehouse.rows("SELECT count(DISTINCT rule), count(*) FROM ledger") == [
        (1, 3)
    ]
    assert shelves.steps(case_id) == [("corrected", "stored", None)]
    assert shelves.gatehouse.rows("SELECT data FROM step WHERE kind = 'corrected'") == [
        ('{"by":4,"grams":-500,"no":1}',)
    ]


def test_pieces_alone_change_no_weight(shelves: Shelves) -> None:
    case_id = shelves.put(shelves.line("te", 2)).case_id
    card = correct(shelves, case_id, 1, Share(Verdict.ACCEPT, pieces=3))
    assert accepted(card) == [("other and packing", 0, 2800 + 200), ("tea", 3, 0)]
    assert shelves.ledger(case_id) == [("use", 1, 3000)]


def test_what_leaves_a_line_that_was_not_weighed_leaves_the_rest(shelves: Shelves) -> None:
    case_id = shelves.put(shelves.line("te", 5), shelves.line("su", 1000)).case_id
    card = correct(
        shelves,
        case_id,
        1,
        Share(Verdict.ACCEPT, pieces=3),
        Share(Verdict.REFUSE, pieces=2, grams=400, reason=TAKEN_BACK),
    )
    assert accepted(card) == [("sugar", 0, 1000), ("tea", 3, 0), ("other and packing", 0, 1600)]
    assert counted(shelves, case_id) == (1, 2600)


def test_spoiled_things_are_destroyed_with_an_act(shelves: Shelves) -> None:
    house = shelves.gatehouse
    case_id = shelves.put(shelves.line("br", 2), shelves.line("ap", 1000)).case_id
    accepted_at = house.clock.at
    gone = Share(Verdict.REFUSE, pieces=2, grams=700, reason=SPOILED)
    with pytest.raises(Invalid, match="act"):
        correct(shelves, case_id, 1, gone)
    with pytest.raises(Invalid, match="act"):
        correct(shelves, case_id, 1, gone, act_no="Иванов выбросил")
    assert shelves.now(case_id)[2] == accepted_at + 8 * HOUR
    card = correct(shelves, case_id, 1, gone, act_no="у-26-3")
    assert card.steps[-1].named == "У-26-3"
    assert shelves.steps(case_id) == [("corrected", "stored", "spoiled")]
    # The apples keep longer than the bread did.
    assert shelves.now(case_id)[2] == accepted_at + 48 * HOUR
    assert [one.spoils.en for one in shelves.list() if one.spoils] == ["apples"]
    correct(
        shelves, case_id, 2, Share(Verdict.REFUSE, grams=1000, reason=SPOILED), act_no="У-26-4"
    )
    assert shelves.now(case_id)[2] is None
    assert counted(shelves, case_id) == (1, 1300)


def test_a_parcel_of_which_nothing_is_left_is_over(shelves: Shelves) -> None:
    case_id = shelves.put(shelves.line("ap", 3000)).case_id
    gone = Share(Verdict.REFUSE, grams=3000, reason=SPOILED)
    card = correct(shelves, case_id, 1, gone, act_no="У-26-5")
    assert (card.state, card.place) == ("closed", "")
    # The prisoner got nothing, so nothing was used.
    assert counted(shelves, case_id) == (0, 0)


def test_the_label_and_the_list_are_printed_anew(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put(shelves.line("su", 2000)).case_id
    before = house.rows("SELECT count(*) FROM print_job")[0][0]
    correct(shelves, case_id, 1, Share(Verdict.ACCEPT, grams=1000))
    papers = house.rows("SELECT template, copy_no FROM print_job ORDER BY id")[before:]
    assert papers == [("label", 0), ("contents", 0)]


def test_a_line_goes_to_the_doctor_after_all(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put(shelves.line("ho", 2)).case_id
    card = correct(shelves, case_id, 1, Share(Verdict.MEDICAL, pieces=2, grams=800))
    assert card.medicine_waits
    assert counted(shelves, case_id) == (1, 2200)
    house.do(medical.pass_on, house.officer, case_id, DOCTOR)
    with pytest.raises(Refused, match="doctor"):
        correct(shelves, case_id, 3, Share(Verdict.ACCEPT, pieces=2))


def test_what_goes_to_the_doctor_later_is_passed_on_as_well(shelves: Shelves) -> None:
    house = shelves.gatehouse
    medicine = shelves.line("me", left_out_grams=100)
    case_id = shelves.put(shelves.line("te", 2), medicine).case_id
    house.do(medical.pass_on, house.officer, case_id, DOCTOR)
    some = Share(Verdict.MEDICAL, pieces=1, grams=200)
    assert correct(shelves, case_id, 1, Share(Verdict.ACCEPT, pieces=1), some).medicine_waits
    with pytest.raises(Refused, match="doctor"):
        correct(shelves, case_id, 2, Share(Verdict.ACCEPT, pieces=1))
    assert house.do(handing_over.hand_over, house.officer, case_id).state == "handed_over"
    assert house.do(medical.pass_on, house.officer, case_id, DOCTOR).state == "closed"


def test_a_line_that_the_doctor_does_not_want_reaches_the_prisoner(shelves: Shelves) -> None:
    case_id = shelves.put(shelves.line("te"), shelves.line("me", left_out_grams=300)).case_id
    card = correct(shelves, case_id, 2, Share(Verdict.ACCEPT, pieces=1))
    assert ("medicine", 1, 300) in accepted(card)
    assert not card.medicine_waits
    assert counted(shelves, case_id) == (1, 3000)


def test_what_weighed_nothing_for_the_prisoner_is_counted_now(shelves: Shelves) -> None:
    case_id = shelves.put(shelves.line("me", left_out_grams=300), gross=300).case_id
    assert shelves.ledger(case_id) == []
    correct(shelves, case_id, 1, Share(Verdict.ACCEPT, pieces=1))
    assert shelves.ledger(case_id) == [("use", 1, 300)]


def test_what_is_found_in_the_storage_becomes_a_find(shelves: Shelves) -> None:
    case_id = shelves.put(shelves.line("ho", 2)).case_id
    card = correct(
        shelves,
        case_id,
        1,
        Share(Verdict.ACCEPT, pieces=1),
        Share(Verdict.SEIZE, pieces=1, grams=500),
        seized=SIM_CARDS,
    )
    assert card.finds_open == 1
    assert [one.find for one in card.lines if one.verdict is Verdict.SEIZE] == ["F-26-000001"]
    assert shelves.gatehouse.rows("SELECT kind, pieces FROM find_thing") == [("sim", 6)]


def test_what_was_seized_by_mistake_has_no_find_any_more(shelves: Shelves) -> None:
    case_id = shelves.put(shelves.line("te"), seized(shelves.line("ho"), 500)).case_id
    card = correct(shelves, case_id, 2, Share(Verdict.ACCEPT, pieces=1))
    assert (card.finds_open, card.net_grams) == (0, 3000)
    assert counted(shelves, case_id) == (1, 3000)


def test_one_person_alone_lets_no_forbidden_thing_pass_by_a_correction(
    shelves: Shelves,
) -> None:
    vodka = seized(shelves.line("vo"), 500)
    case_id = shelves.put(shelves.line("te"), vodka).case_id
    with pytest.raises(Refused, match="forbids it"):
        correct(shelves, case_id, 2, Share(Verdict.ACCEPT, pieces=1))
    assert shelves.card(case_id).finds_open == 1


def test_what_was_seized_with_an_act_stays_seized(shelves: Shelves) -> None:
    house = shelves.gatehouse
    put = shelves.put(shelves.line("te"), seized(shelves.line("ho"), 500))
    written = ActEntered("A-26-0001", "446", PassedTo.POLICE, witness="Бек")
    house.do(acts.write, house.officer, put.finds[0], written)
    with pytest.raises(AlreadyDone, match="act"):
        correct(shelves, put.case_id, 2, Share(Verdict.ACCEPT, pieces=1))


def test_an_amount_of_money_is_corrected(shelves: Shelves) -> None:
    case_id = shelves.put(shelves.line("mo", tyiyn=50_000), gross=10).case_id
    card = correct(shelves, case_id, 1, Share(Verdict.ACCEPT), tyiyn=5_000)
    assert [one.tyiyn for one in card.lines if not one.replaced] == [None, 5_000]
    tea = shelves.put().case_id
    with pytest.raises(Invalid, match="money"):
        correct(shelves, tea, 1, Share(Verdict.ACCEPT, pieces=1), tyiyn=1)


@pytest.mark.parametrize(
    ("shares", "field"),
    [
        ((), "verdict"),
        ((Share(Verdict.ACCEPT, grams=1), Share(Verdict.ACCEPT, grams=1)), "verdict"),
        ((Share(Verdict.ACCEPT, grams=-1),), "grams"),
        ((Share(Verdict.ACCEPT, grams=3001),), "grams"),
        ((Share(Verdict.ACCEPT, pieces=10_001),), "pieces"),
        ((Share(Verdict.REFUSE, grams=100),), "reason"),
        ((Share(Verdict.ACCEPT), Share(Verdict.REFUSE, reason=TAKEN_BACK)), "grams"),
        (
            (Share(Verdict.ACCEPT), Share(Verdict.REFUSE, grams=2001, reason=TAKEN_BACK)),
            "grams",
        ),
    ],
)
def test_what_cannot_be_is_not_written(
    shelves: Shelves, shares: tuple[Share, ...], field: str
) -> None:
    house, case_id = shelves.gatehouse, shelves.put(shelves.line("su", 2000)).case_id
    before = house.counts()
    with pytest.raises(Invalid) as refused:
        correct(shelves, case_id, 1, *shares)
    assert refused.value.field == field
    assert house.written(before) == {}


def test_no_more_leaves_the_rest_than_it_weighs(shelves: Shelves) -> None:
    case_id = shelves.put(shelves.line("te", 2), shelves.line("su", 2000)).case_id
    gone = Share(Verdict.REFUSE, pieces=2, grams=1001, reason=TAKEN_BACK)
    with pytest.raises(Invalid, match="beside what was weighed"):
        correct(shelves, case_id, 1, gone)


def test_a_line_that_went_back_or_was_corrected_is_not_corrected(shelves: Shelves) -> None:
    back = goes_back(shelves.line("ho"), 100)
    case_id = shelves.put(back, shelves.line("su", 1000)).case_id
    with pytest.raises(Refused, match="went back"):
        correct(shelves, case_id, 1, Share(Verdict.ACCEPT, pieces=1))
    correct(shelves, case_id, 2, Share(Verdict.ACCEPT, grams=900))
    with pytest.raises(Refused, match="corrected meanwhile"):
        correct(shelves, case_id, 2, Share(Verdict.ACCEPT, grams=800))


def test_all_of_a_medical_package_stays_for_the_doctor(shelves: Shelves) -> None:
    case_id = shelves.put(
        shelves.line("me", left_out_grams=None), gross=200, service=Service.MEDICAL_PACKAGE
    ).case_id
    with pytest.raises(Invalid, match="medical package"):
        correct(shelves, case_id, 1, Share(Verdict.ACCEPT, pieces=1, grams=10))
    card = correct(
        shelves,
        case_id,
        1,
        Share(Verdict.MEDICAL, pieces=3),
        Share(Verdict.REFUSE, pieces=1, reason=TAKEN_BACK),
    )
    assert [(one.pieces, one.grams) for one in card.lines] == [(1, 0), (3, 0), (1, 0)]
    assert (card.state, shelves.ledger(case_id)) == ("stored", [])


def test_a_supervisor_corrects_what_is_on_the_shelf(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put().case_id
    told = Correction((Share(Verdict.ACCEPT, pieces=1),))
    with pytest.raises(NotAllowed):
        house.do(correcting.correct, house.officer, case_id, 1, told)
    house.do(handing_over.hand_over, house.officer, case_id)
    with pytest.raises(AlreadyDone):
        house.do(correcting.correct, house.supervisor, case_id, 1, told)


def test_a_void_gives_back_what_the_correction_left(shelves: Shelves) -> None:
    house, case_id = shelves.gatehouse, shelves.put(shelves.line("su", 2000)).case_id
    correct(shelves, case_id, 1, Share(Verdict.ACCEPT, grams=1000), words="Две пачки, не три")
    house.do(outcomes.void, house.supervisor, case_id, VoidReason.TWICE)
    assert counted(shelves, case_id) == (0, 0)
    assert house.rows("SELECT text FROM note") == [("Две пачки, не три",)]


def test_no_correction_sends_a_forbidden_thing_to_the_doctor(shelves: Shelves) -> None:
    put = shelves.put(shelves.line("te"), seized(shelves.line("vo"), 500))
    with pytest.raises(Refused, match="no medicine"):
        correct(shelves, put.case_id, 2, Share(Verdict.MEDICAL, pieces=1))
    shelves.enter(entry("md", "morphine", allowed=Allowed.FORBIDDEN, medical=True))
    put = shelves.put(shelves.line("te"), seized(shelves.line("md"), 50))
    assert correct(shelves, put.case_id, 2, Share(Verdict.MEDICAL, pieces=1)).medicine_waits


def test_a_document_keeps_its_number_through_a_correction(shelves: Shelves) -> None:
    paper = shelves.line("pa", paper_number="AN123")
    case_id = shelves.put(paper, gross=10).case_id
    card = correct(shelves, case_id, 1, Share(Verdict.ACCEPT, pieces=1))
    assert [one.paper_number for one in card.lines if not one.replaced] == ["", "AN123"]


def test_no_correction_gives_more_than_the_rules_leave(shelves: Shelves) -> None:
    medicine = replace(shelves.line("me", 3), left_out_grams=15_000)
    case_id = shelves.put(shelves.line("po", 15_000), medicine, gross=30_000).case_id
    with pytest.raises(Refused, match="leave"):
        correct(shelves, case_id, 2, Share(Verdict.ACCEPT, pieces=3, grams=15_000))
    assert counted(shelves, case_id) == (1, 15_000)
    some = (Share(Verdict.ACCEPT, pieces=1, grams=5_000), Share(Verdict.MEDICAL, pieces=2))
    correct(shelves, case_id, 2, *some)
    assert counted(shelves, case_id) == (1, 20_000)
