"""Who is found by what was typed: in either script, misspelt, by number, harmlessly."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kiosk.codes import SameGround
from kiosk.services import doubles, find
from kiosk.values import Found

from .gatehouse import Gatehouse, id_card


def found(gatehouse: Gatehouse, text: str, **narrowed: Any) -> list[Found]:
    return list(gatehouse.ask(find.find, gatehouse.officer, text, **narrowed))


def surnames(gatehouse: Gatehouse, text: str) -> list[str]:
    return [one.name.surname for one in found(gatehouse, text)]


@pytest.mark.parametrize("text", ["Асанова", "асан", "ASANOVA", "asan", "АСАНОВА", "Asanova A"])
def test_a_name_is_found_in_either_script(gatehouse: Gatehouse, text: str) -> None:
    gatehouse.visitor("Асанова")
    gatehouse.visitor("Бекова", document=id_card("ID7000001", surname="BEKOVA"))
    assert surnames(gatehouse, text) == ["Асанова"]


@pytest.mark.parametrize(
    "text", ["Токтогулов", "Тоқтогулов", "TOKTOGULOV", "Токтгулов", "Токтогулоф"]
)
def test_a_typo_still_finds(gatehouse: Gatehouse, text: str) -> None:
    gatehouse.prisoner("Токтогулов")
    gatehouse.visitor("Бекова", document=id_card("ID7000001", surname="BEKOVA"))
    assert surnames(gatehouse, text) == ["Токтогулов"]


def test_somebody_recorded_since_is_found_by_a_typo_too(gatehouse: Gatehouse) -> None:
    gatehouse.prisoner("Токтогулов")
    assert surnames(gatehouse, "Жээнбкова") == []
    gatehouse.visitor("Жээнбекова", document=id_card("ID7000001", surname="", given=""))
    assert surnames(gatehouse, "Жээнбкова") == ["Жээнбекова"]


def test_exact_ones_stand_before_those_that_are_alike(gatehouse: Gatehouse) -> None:
    paper = id_card("ID7000001", surname="", given="")
    gatehouse.visitor("Османов", document=paper)
    gatehouse.visitor("Осмонов", document=id_card("ID7000002", surname="", given=""))
    assert surnames(gatehouse, "осмонов") == ["Осмонов", "Османов"]
    assert surnames(gatehouse, "османов") == ["Османов", "Осмонов"]


def test_every_word_narrows(gatehouse: Gatehouse) -> None:
    for given in ("Айгүл", "Гүлнара"):
        paper = id_card(f"ID70000{len(given)}", surname="", given="")
        gatehouse.visitor("Асанова", given=given, document=paper)
    names = [one.name.given for one in found(gatehouse, "асанова гү")]
    assert names == ["Гүлнара"]
    assert [one.name.given for one in found(gatehouse, "айг ас")] == ["Айгүл"]


@pytest.mark.parametrize("text", ["0001/19", "0001", "000119", "0001/1"])
def test_a_prisoner_is_found_by_the_file_number(gatehouse: Gatehouse, text: str) -> None:
    prisoner = gatehouse.prisoner()
    assert prisoner.file_number == "0001/19"
    (one,) = found(gatehouse, text)
    assert (one.kind, one.subject_id, one.note) == ("prisoner", prisoner.prisoner_id, "0001/19")


@pytest.mark.parametrize(
    "text", ["ID1234567", "id1234567", "1234567", "12345", "10107198500017"]
)
def test_a_visitor_is_found_by_document_or_personal_number(
    gatehouse: Gatehouse, text: str
) -> None:
    visitor = gatehouse.visitor(personal_number="10107198500017", document=id_card("ID1234567"))
    (one,) = found(gatehouse, text)
    assert (one.subject_id, one.note) == (visitor.person_id, "…567")


def test_shorter_names_stand_first_and_the_list_narrows(gatehouse: Gatehouse) -> None:
    for number, surname in enumerate(("Асанова", "Асан", "Асанбекова", "Бекова")):
        paper = id_card(f"ID700000{number}", surname="", given="")
        gatehouse.visitor(surname, document=paper)
    assert surnames(gatehouse, "асан") == ["Асан", "Асанбекова", "Асанова"]
    assert surnames(gatehouse, "асано")[0] == "Асанова"


@pytest.mark.parametrize("text", ["", " ", "а", "Ж", "я", "щ ", "1", "' а"])
def test_nobody_is_shown_below_two_letters(gatehouse: Gatehouse, text: str) -> None:
    gatehouse.visitor("Жаяпова")
    gatehouse.visitor("Щукина")
    gatehouse.prisoner()
    assert found(gatehouse, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "[/]",
        "%%",
        "__",
        "''",
        "a%",
        "а_а",
        "'; DROP TABLE person; --",
        "\x00\x1b[2J",
        "~~",
        "王王",
    ],
)
def test_signs_are_no_commands(gatehouse: Gatehouse, text: str) -> None:
    gatehouse.visitor("Асанова")
    assert found(gatehouse, text) == []


def test_signs_beside_a_name_do_not_hide_it(gatehouse: Gatehouse) -> None:
    gatehouse.visitor("Асанова [/]")
    for text in ("[/]асанова", "'асанова'", "асанова%"):
        assert surnames(gatehouse, text) == ["Асанова [/]"]


def test_one_may_look_for_prisoners_alone(gatehouse: Gatehouse) -> None:
    gatehouse.visitor("Осмонова", document=id_card("ID7000001", surname="", given=""))
    gatehouse.prisoner("Осмонов")
    assert [one.kind for one in found(gatehouse, "осмон")] == ["prisoner", "person"]
    assert [one.kind for one in found(gatehouse, "осмон", kinds=["prisoner"])] == ["prisoner"]
    assert [one.kind for one in found(gatehouse, "осмон", kinds=["person"])] == ["person"]


def test_a_banned_visitor_is_marked_as_long_as_the_ban_holds(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    assert not found(gatehouse, "асанова")[0].banned
    tomorrow = date(2026, 3, 7)
    gatehouse.ban(visitor, tomorrow, tomorrow)
    marked = []
    for _ in range(3):
        marked.append(found(gatehouse, "асанова")[0].banned)
        gatehouse.clock.at += 24 * 3_600_000
    assert marked == [False, True, False]


def test_the_newest_name_is_shown_and_the_former_one_still_finds(gatehouse: Gatehouse) -> None:
    paper = id_card("ID7000001", surname="", given="")
    gatehouse.visitor("Асанова", document=paper)
    gatehouse.visitor("Бекова", document=paper)
    assert surnames(gatehouse, "асанова") == ["Бекова"]
    assert surnames(gatehouse, "бекова") == ["Бекова"]


def test_all_visitors_are_listed_page_by_page(gatehouse: Gatehouse) -> None:
    names = [f"Асанова{letter}" for letter in "абвгдежзик"]
    for name in names:
        gatehouse.visitor(name)
    # The first comes again under another name.
    gatehouse.visitor("Бекова", document=id_card("ID0000001"))
    assert gatehouse.ask(find.count_people) == 10
    pages = [
        one.name.surname
        for offset in (0, 4, 8)
        for one in gatehouse.ask(find.people, gatehouse.officer, offset, 4)
    ]
    assert pages == ["Бекова", *names[1:]]


# ---- what else leads to somebody


def two_namesakes(gatehouse: Gatehouse) -> None:
    gatehouse.visitor("Асанова", birth="1985-07-01", document=id_card("ID1111567"))
    gatehouse.visitor("Асанова", birth="1961-02-03", document=id_card("ID1111999"))


@pytest.mark.parametrize("text", ["асанова 1961", "1961 Асанова Айг", "asanova 03.02.1961"])
def test_namesakes_are_told_apart_by_year_and_day_of_birth(
    gatehouse: Gatehouse, text: str
) -> None:
    two_namesakes(gatehouse)
    assert [one.born for one in found(gatehouse, text)] == ["1961-02-03"]


def test_a_prisoner_is_told_from_namesakes_by_the_year_of_birth(gatehouse: Gatehouse) -> None:
    for year in (1975, 1980):
        gatehouse.prisoner("Осмонов", birth_year=year)
    assert [one.born for one in found(gatehouse, "осмонов 1975")] == ["1975"]


def test_nobody_else_is_shown_for_a_year_in_which_no_namesake_was_born(
    gatehouse: Gatehouse,
) -> None:
    two_namesakes(gatehouse)
    assert found(gatehouse, "асанова 1999") == []


def test_namesakes_are_told_apart_by_the_last_digits_that_the_list_shows(
    gatehouse: Gatehouse,
) -> None:
    two_namesakes(gatehouse)
    (one,) = found(gatehouse, "асанова 999")
    assert one.note == "…999"


@pytest.mark.parametrize("text", ["Fcfyjdf", "fcfyj", "фыфтщм"])  # Асанова, asanov
def test_what_the_other_keyboard_would_have_typed_is_found(
    gatehouse: Gatehouse, text: str
) -> None:
    gatehouse.visitor("Асанова", document=id_card("ID7000001", surname="", given=""))
    assert surnames(gatehouse, text) == ["Асанова"]


@pytest.mark.parametrize("text", ["WUKINA 7LI8", "wukina 7li8"])
def test_the_letters_of_the_russian_passport_are_read(gatehouse: Gatehouse, text: str) -> None:
    paper = id_card("ID7000001", surname="", given="")
    gatehouse.visitor("Щукина", given="Юлия", document=paper)
    assert surnames(gatehouse, text) == ["Щукина"]


def test_a_patronymic_that_is_not_recorded_hides_nobody(gatehouse: Gatehouse) -> None:
    gatehouse.visitor("Токомбаева", given="Рахат")
    assert surnames(gatehouse, "токомбаева рахат аалыевна") == ["Токомбаева"]
    assert surnames(gatehouse, "токомбаева аалыевна") == []


def test_a_slip_in_the_given_name_hides_nobody(gatehouse: Gatehouse) -> None:
    gatehouse.visitor("Садырбаева", given="Динара")
    assert surnames(gatehouse, "садырбаева динраа") == ["Садырбаева"]
    assert surnames(gatehouse, "садрыбаева динраа") == ["Садырбаева"]


def test_somebody_with_one_name_and_a_child_are_found(gatehouse: Gatehouse) -> None:
    paper = id_card("ID7000001", surname="", given="")
    gatehouse.visitor("Гүлпери", given="-", document=paper)
    gatehouse.child("Калыбеков", birth="2020-01-31")
    assert surnames(gatehouse, "гульпери") == ["Гүлпери"]
    assert surnames(gatehouse, "калибеков 2020") == ["Калыбеков"]


def test_somebody_recorded_twice_is_one_line_and_leaves_room_for_others(
    gatehouse: Gatehouse,
) -> None:
    twins = [
        gatehouse.visitor("Асанова", document=id_card(f"ID700000{n}", surname="", given=""))
        for n in range(3)
    ]
    gatehouse.do(
        doubles.join,
        gatehouse.supervisor,
        twins[0].person_id,
        twins[2].person_id,
        SameGround.FACE,
    )
    lines = found(gatehouse, "асанова", limit=2)
    assert {one.subject_id for one in lines} == {twins[0].person_id, twins[1].person_id}


def test_a_name_is_found_whole_before_longer_ones(gatehouse: Gatehouse) -> None:
    for number, given in enumerate(("Нурланбек", "Нурлан")):
        paper = id_card(f"ID700000{number}", surname="", given="")
        gatehouse.visitor("Асанов", given=given, document=paper)
    assert [one.name.given for one in found(gatehouse, "асанов нурлан")] == [
        "Нурлан",
        "Нурланбек",
    ]
