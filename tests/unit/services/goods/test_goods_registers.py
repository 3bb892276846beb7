"""The registers of packages and of finds tell what was done: each once, none left out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kiosk.codes import (
    ItemReason,
    OverrideGround,
    PassedTo,
    ReportForm,
    ReportName,
    Service,
    Verdict,
)
from kiosk.services.goods import (
    acts,
    correcting,
    find_cards,
    going_back,
    handing_over,
    medical,
)
from kiosk.values import Override
from kiosk.values.finds import ActEntered
from kiosk.values.goods import Correction, Share
from tests.unit.services.gatehouse import Gatehouse
from tests.unit.services.goods.shelves import DOCTOR, Shelves
from tests.unit.services.goods.table import goes_back, seized
from tests.unit.services.registers import table, written


@pytest.fixture
def shelves(gatehouse: Gatehouse) -> Shelves:
    return Shelves(gatehouse)


def test_a_package_tells_its_weights_its_things_and_what_became_of_it(shelves: Shelves) -> None:
    tea, sugar = shelves.line("te", 2), shelves.line("su", 3000)
    case = shelves.put(tea, sugar, goes_back(shelves.line("so", 2), 200), gross=5000)
    (row,) = table(shelves.gatehouse, ReportName.PACKAGES)
    assert row[0] == case.number
    assert row[6:8] == ("5000", "3800")
    assert "tea 2 pc" in row[8]
    assert "sugar 2.000 kg" in row[8]
    assert "sugar 1.000 kg (over the limit)" in row[9]
    assert "soap 2 pc (packing damaged)" in row[9]
    assert row[11] == "in the storage"
    shelves.gatehouse.do(handing_over.hand_over, shelves.gatehouse.officer, case.case_id)
    (row,) = table(shelves.gatehouse, ReportName.PACKAGES)
    assert row[11].startswith("handed over 06.03.2026")


def test_a_package_of_which_nothing_was_left_did_not_go_to_the_doctor(
    shelves: Shelves,
) -> None:
    house, case_id = (
        shelves.gatehouse,
        shelves.put(shelves.line("ap", 2000), gross=2000).case_id,
    )
    gone = Correction((Share(Verdict.REFUSE, reason=ItemReason.SPOILED),), act_no="A-26-1")
    house.do(correcting.correct, house.supervisor, case_id, 1, gone)
    (row,) = table(house, ReportName.PACKAGES)
    assert row[11].startswith("none left 06.03.2026")


def test_of_medicine_the_register_says_who_has_it(shelves: Shelves) -> None:
    house = shelves.gatehouse
    pills, syrup = (shelves.line("me", no, left_out_grams=50) for no in (1, 2))
    case_id = shelves.put(shelves.line("te"), pills, syrup).case_id

    def said() -> tuple[str, str]:
        ((*_cells, others, _officer, outcome),) = table(house, ReportName.PACKAGES)
        return others, outcome

    assert said() == ("to the doctor: medicine 1 pc; medicine 2 pc", "in the storage")
    house.do(medical.pass_on, house.officer, case_id, DOCTOR, [3])
    house.do(handing_over.hand_over, house.officer, case_id)
    others, outcome = said()
    assert others == "the doctor has it: medicine 1 pc; not taken, goes back: medicine 2 pc"
    assert outcome.startswith("handed over 06.03.2026")
    assert outcome.endswith("medicine to go back")
    house.do(going_back.returned, house.officer, case_id)
    others, outcome = said()
    assert others.endswith("not taken, given back: medicine 2 pc")
    assert outcome.startswith("handed over 06.03.2026")


def test_a_medical_package_that_no_doctor_took_was_returned(shelves: Shelves) -> None:
    house = shelves.gatehouse
    put = shelves.put(shelves.line("me"), gross=90, service=Service.MEDICAL_PACKAGE)
    house.do(medical.pass_on, house.officer, put.case_id, DOCTOR, [1])
    assert table(house, ReportName.PACKAGES)[0][11] == "medicine to go back"
    house.do(going_back.returned, house.officer, put.case_id)
    assert table(house, ReportName.PACKAGES)[0][11].startswith("returned 06.03.2026")


def test_what_was_taken_in_and_what_was_refused_stand_in_the_order_of_recording(
    shelves: Shelves,
) -> None:
    taken = shelves.put()
    house = shelves.gatehouse
    request = shelves.request(
        shelves.prisoner, shelves.sender, goes_back(shelves.line("vo"), 1000), gross=1000
    )
    refused = shelves.refuse(request)
    again = shelves.put(shelves.line("te", 1))
    rows = table(house, ReportName.PACKAGES)
    assert [row[0] for row in rows] == [taken.number, refused.number, again.number]
    assert [row[11] for row in rows] == ["in the storage", "refused", "in the storage"]
    assert table(house, ReportName.PACKAGES, service=Service.PARCEL) == []


def test_a_bag_that_went_back_thing_by_thing_says_why_in_the_register_of_refusals(
    shelves: Shelves,
) -> None:
    vodka = goes_back(shelves.line("vo"), 1000, reason=ItemReason.FORBIDDEN)
    request = shelves.request(shelves.prisoner, shelves.sender, vodka, gross=1000)
    refused = shelves.refuse(request)
    (row,) = table(shelves.gatehouse, ReportName.REFUSALS)
    assert row[0] == refused.number
    assert row[6] == "vodka 1 pc (not allowed)"
    assert row[7] == "vo: Order 111"


def test_what_two_persons_let_pass_of_a_bag_stands_among_the_overrides(
    shelves: Shelves,
) -> None:
    vodka = shelves.line("vo", verdict=Verdict.ACCEPT)
    request = shelves.request(shelves.prisoner, shelves.sender, vodka, gross=900)
    signed = Override(shelves.gatehouse.supervisor, OverrideGround.ORDER, "Буйрук 7")
    taken = shelves.accept(request, signed)
    (row,) = table(shelves.gatehouse, ReportName.OVERRIDES)
    assert row[0] == taken.number
    assert row[7] == "vodka 1 pc"


def test_a_declined_parcel_says_so_until_it_is_returned(shelves: Shelves) -> None:
    case, house = shelves.put(), shelves.gatehouse
    house.do(going_back.decline, house.officer, case.case_id)
    (row,) = table(house, ReportName.PACKAGES)
    assert row[11] == "to go back: declined by the prisoner"
    house.do(going_back.returned, house.officer, case.case_id)
    (row,) = table(house, ReportName.PACKAGES)
    assert row[11].startswith("returned 06.03.2026")


def test_a_find_waits_for_its_act_in_words_and_tells_all_with_it(shelves: Shelves) -> None:
    case = shelves.put(shelves.line("te", 2), seized(shelves.line("ho"), 800), gross=3000)
    house = shelves.gatehouse
    (row,) = table(house, ReportName.FINDS)
    assert row[3:7] == ("SIM card: 6 pc", "in a jar", "package (handed in)", case.number)
    assert row[11] == "not finished"
    (find_id,) = case.finds
    card = house.ask(find_cards.open_find, house.officer, find_id)
    act = ActEntered(
        act_no=card.act_no,
        article="446",
        passed_to="police",  # type: ignore[arg-type]  # as a form gives it
        witness="Осмонов",
        fine_tyiyn=2_000_000,
    )
    house.do(acts.write, house.officer, find_id, act)
    (row,) = table(house, ReportName.FINDS)
    assert row[11:15] == (card.act_no, "446", "20000", "police")


def test_the_article_of_an_act_stands_in_the_language_of_the_register(shelves: Shelves) -> None:
    bag = shelves.put(shelves.line("te", 2), seized(shelves.line("ho"), 800), gross=3000)
    (find_id,) = bag.finds
    house = shelves.gatehouse
    article = "Offences Code, article 446"
    act = ActEntered("A-26-0001", article, PassedTo.POLICE, witness="Осмонов")
    house.do(acts.write, house.officer, find_id, act)
    (row,) = table(house, ReportName.FINDS, "ru")
    assert row[12] == "Кодекс о правонарушениях, статья 446"


def test_without_a_name_people_stand_by_their_initials(shelves: Shelves) -> None:
    shelves.put(seized(shelves.line("ho"), 800), shelves.line("te", 1), gross=3000)
    house = shelves.gatehouse
    for name in (ReportName.PACKAGES, ReportName.FINDS):
        said = " ".join(table(house, name, masked=True)[0])
        assert shelves.sender.name.surname not in said
        assert shelves.prisoner.name.surname not in said
        assert shelves.sender.name.surname in " ".join(table(house, name)[0])


def test_a_year_of_packages_is_written_as_a_file_line_by_line(
    shelves: Shelves, tmp_path: Path
) -> None:
    numbers = [shelves.put(shelves.line("te", 1)).number for _bag in range(3)]
    house = shelves.gatehouse
    text = written(house, ReportName.PACKAGES, ReportForm.CSV, tmp_path).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[0] for row in rows[-3:]] == numbers
    assert all(len(row) == len(rows[0]) for row in rows)


def test_the_net_weight_is_what_stands_after_a_correction(shelves: Shelves) -> None:
    case = shelves.put(shelves.line("su", 1500), shelves.line("te", 2), gross=2300)
    assert table(shelves.gatehouse, ReportName.PACKAGES)[0][6:8] == ("2300", "2300")
    house = shelves.gatehouse
    spoiled = Share(Verdict.REFUSE, reason=ItemReason.SPOILED)
    destroyed = Correction((spoiled,), act_no="S-1")
    house.do(correcting.correct, house.supervisor, case.case_id, 1, destroyed)
    (row,) = table(house, ReportName.PACKAGES)
    assert row[6:8] == ("2300", "800")
    assert row[9] == "goes back: sugar 1.500 kg (spoiled)"
