"""A visitor is recorded once, whatever they show and however it is typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from kiosk.codes import DocumentCheck, DocumentKind, DocumentSource, Relation, Sex, VoidReason
from kiosk.errors import Invalid, NotFound
from kiosk.services import departures, find, identify, outcomes, people
from kiosk.values import DocumentSeen, MemberRequest, PersonCard

from .gatehouse import Gatehouse, at_once, id_card

NUMBER = "10107198500017"  # a woman, born on 1 July 1985


def seen_card(
    gatehouse: Gatehouse, seen: DocumentSeen, *, consult: bool = True
) -> PersonCard | None:
    return gatehouse.do(identify.identify, gatehouse.officer, seen, consult=consult)


def register(gatehouse: Gatehouse, surname: str = "Асанова", **told: object) -> PersonCard:
    return gatehouse.visitor(surname, **told)


def count(gatehouse: Gatehouse, table: str) -> int:
    ((rows,),) = gatehouse.rows(f"SELECT count(*) FROM {table}")
    return int(rows)


# ---- whose document is it


def test_a_stranger_is_nobody_and_leaves_no_trace(gatehouse: Gatehouse) -> None:
    before = gatehouse.counts()
    assert seen_card(gatehouse, id_card()) is None
    assert gatehouse.written(before) == {}


def test_a_known_document_leads_to_its_person(gatehouse: Gatehouse) -> None:
    known = register(gatehouse, document=id_card("ID1234567"))
    card = seen_card(gatehouse, id_card("ID1234567"))
    assert card is not None
    assert card.person_id == known.person_id
    assert card.document_id == known.document_id


def test_a_passport_with_cyrillic_names_is_recorded_and_found(gatehouse: Gatehouse) -> None:
    passport = DocumentSeen(
        kind=DocumentKind.PASSPORT,
        country="RUS",
        number="4510123456",
        surname="ЩУКИНА",
        given="ЮЛИЯ ЮРЬЕВНА",
        birth="1985-06-14",
        sex=Sex.FEMALE,
        source=DocumentSource.SCAN,
    )
    known = register(gatehouse, "Щукина", given="Юлия", birth="1985-06-14", document=passport)
    card = seen_card(gatehouse, passport)
    assert card is not None
    assert card.person_id == known.person_id
    for typed in ("щукин", "shchuk", "4510123456"):
        found = gatehouse.ask(find.find, gatehouse.officer, typed)
        assert [one.subject_id for one in found] == [known.person_id]


def test_the_personal_number_counts_more_than_the_document(gatehouse: Gatehouse) -> None:
    mother = register(gatehouse, personal_number=NUMBER, document=id_card("ID1111111"))
    register(gatehouse, "Бекова", birth="1990-01-01", document=id_card("ID2222222"))
    card = seen_card(gatehouse, id_card("ID2222222", personal_number=NUMBER))
    assert card is not None
    assert card.person_id == mother.person_id
    assert card.number_conflict


def test_a_new_document_of_a_known_number_is_recorded_by_the_scan(gatehouse: Gatehouse) -> None:
    known = register(gatehouse, personal_number=NUMBER, document=id_card("ID1111111"))
    card = seen_card(gatehouse, id_card("ID3333333", personal_number=NUMBER))
    assert card is not None
    assert card.person_id == known.person_id
    assert card.document is not None
    assert card.document.number == "ID3333333"
    assert count(gatehouse, "document") == 2
    seen_card(gatehouse, id_card("ID3333333", personal_number=NUMBER))
    assert count(gatehouse, "document") == 2


@pytest.mark.parametrize(
    "doubt", [{"source": DocumentSource.TYPED}, {"check": DocumentCheck.REVIEW}]
)
def test_what_was_typed_or_is_doubtful_waits_for_the_admission(
    gatehouse: Gatehouse, doubt: dict[str, object]
) -> None:
    known = register(gatehouse, personal_number=NUMBER, document=id_card("ID1111111"))
    seen = id_card("ID3333333", personal_number=NUMBER, **doubt)
    card = seen_card(gatehouse, seen)
    assert card is not None
    assert count(gatehouse, "document") == 1
    member = MemberRequest(known.person_id, Relation.SPOUSE, seen=seen)
    gatehouse.admit(gatehouse.request(gatehouse.prisoner(), member))
    assert count(gatehouse, "document") == 2
    found = seen_card(gatehouse, replace(seen, personal_number=""))
    assert found is not None
    assert found.person_id == known.person_id


def test_opening_a_card_leaves_a_trace(gatehouse: Gatehouse) -> None:
    known = register(gatehouse, document=id_card())
    before = gatehouse.counts()
    seen_card(gatehouse, id_card())
    gatehouse.do(identify.card, gatehouse.officer, known.person_id)
    assert gatehouse.written(before) == {"audit_entry": 2, "sign_in": 2}
    traces = gatehouse.rows(
        "SELECT staff_id, kind, subject_id FROM sign_in WHERE kind = 'consult'"
    )
    assert traces == [(gatehouse.officer.staff_id.bytes, "consult", known.person_id.bytes)] * 2


def test_who_is_not_in_the_register_has_no_card(gatehouse: Gatehouse) -> None:
    before = gatehouse.counts()
    with pytest.raises(NotFound):
        gatehouse.do(identify.card, gatehouse.officer, UUID(int=1))
    assert gatehouse.written(before) == {}


# ---- registered once


def test_the_same_form_twice_changes_nothing(gatehouse: Gatehouse) -> None:
    entered = gatehouse.entered(personal_number=NUMBER)
    first = gatehouse.do(people.register, gatehouse.officer, entered)
    before = gatehouse.counts()
    second = gatehouse.do(people.register, gatehouse.officer, entered)
    assert (second.person_id, second.detail_id) == (first.person_id, first.detail_id)
    assert gatehouse.written(before) == {}


@pytest.mark.parametrize("number", ["", NUMBER])
def test_eight_windows_that_register_one_document_make_one_person(
    gatehouse: Gatehouse, number: str
) -> None:
    entered = gatehouse.entered(personal_number=number)
    cards = at_once(*[lambda: people.register(gatehouse.desk, gatehouse.officer, entered)] * 8)
    assert not [one for one in cards if isinstance(one, Exception)]
    assert len({one.person_id for one in cards if isinstance(one, PersonCard)}) == 1
    assert [count(gatehouse, table) for table in ("person", "person_detail", "document")] == [
        1,
        1,
        1,
    ]


def test_a_form_adds_to_what_is_known_and_erases_nothing(gatehouse: Gatehouse) -> None:
    first = register(gatehouse, birth="1985", phone="0555 123456", document=id_card("ID1"))
    second = register(
        gatehouse, birth="1985-07-01", personal_number=NUMBER, document=id_card("ID1")
    )
    assert second.person_id == first.person_id
    assert (second.birth, second.phone) == ("1985-07-01", "0555 123456")
    third = register(gatehouse, "Бекова", birth="1985", document=id_card("ID1"))
    assert (third.birth, third.name.surname) == ("1985-07-01", "Бекова")
    assert third.personal_number == NUMBER
    assert count(gatehouse, "person_detail") == 3


def test_two_people_who_show_one_document_are_two_and_in_conflict(gatehouse: Gatehouse) -> None:
    first = register(gatehouse, document=id_card("ID1"))
    second = register(gatehouse, birth="1990-01-01", document=id_card("ID1"))
    assert second.person_id != first.person_id
    assert second.number_conflict


def test_a_personal_number_of_somebody_else_is_read_again(gatehouse: Gatehouse) -> None:
    register(gatehouse, personal_number=NUMBER)
    with pytest.raises(Invalid) as told:
        register(gatehouse, birth="1990-01-01", personal_number=NUMBER)
    assert told.value.field == "personal_number"


def test_a_wrong_birth_is_corrected_by_the_personal_number(gatehouse: Gatehouse) -> None:
    first = register(gatehouse, birth="1958-07-01", personal_number=NUMBER)
    second = register(gatehouse, birth="1985-07-01", personal_number=NUMBER)
    assert second.person_id == first.person_id
    assert second.birth == "1985-07-01"


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("surname", {"surname": " \u200b"}),
        ("given", {"given": ""}),
        ("birth", {"birth": ""}),
        ("birth", {"birth": "2026-02-30"}),
        ("birth", {"birth": "19850701"}),
        ("birth", {"birth": "1985-W27-1"}),
        ("birth", {"birth": "2026-03-07"}),
        ("birth", {"birth": "1899"}),
        ("number", {"document": id_card(" ")}),
        ("country", {"document": id_card(country="")}),
        ("country", {"document": id_card(country="КЫР")}),
        ("country", {"document": id_card(country="K1")}),
        ("country", {"document": id_card(country="KGZX")}),
        ("personal_number", {"personal_number": "30107198500017"}),
        ("personal_number", {"personal_number": "1010719850001"}),
        (
            "personal_number",
            {"personal_number": "12AB", "document": id_card("N1", country="UZB")},
        ),
        (
            "personal_number",
            {"personal_number": "3110180A001PB1", "document": id_card("N1")},
        ),
    ],
)
def test_what_cannot_be_recorded_names_its_field_and_writes_nothing(
    gatehouse: Gatehouse, field: str, told: dict[str, Any]
) -> None:
    entered = replace(gatehouse.entered(), **told)
    before = gatehouse.counts()
    with pytest.raises(Invalid) as refusal:
        gatehouse.do(people.register, gatehouse.officer, entered)
    assert refusal.value.field == field
    assert gatehouse.written(before) == {}


@pytest.mark.parametrize(
    ("country", "typed", "recorded"),
    [
        ("BLR", "3110180a001pb1", "3110180A001PB1"),
        ("BLR", "3110180А001РВ1", "3110180A001PB1"),  # in Cyrillic letters
        ("KAZ", "850701400123", "850701400123"),
        ("D", "", ""),
    ],
)
def test_the_personal_number_of_another_state_is_recorded_as_it_stands(
    gatehouse: Gatehouse, country: str, typed: str, recorded: str
) -> None:
    card = register(gatehouse, personal_number=typed, document=id_card("N1", country=country))
    assert card.personal_number == recorded
    assert card.document is not None
    assert card.document.country == country


def test_a_country_typed_in_cyrillic_letters_is_the_same_country(gatehouse: Gatehouse) -> None:
    card = register(gatehouse, document=id_card("N1", country="вЕн"))
    assert card.document is not None
    assert card.document.country == "BEH"


def test_text_is_recorded_clean_and_found_as_it_is_recorded(gatehouse: Gatehouse) -> None:
    card = register(
        gatehouse,
        "Аса\u00adнова\u202e [/]",
        phone="\x1b[2J0555",
        document=id_card("id 123", country="kgz", surname="ASA\u00adNOVA"),
    )
    assert card.name.surname == "Асанова [/]"
    assert card.phone == "[2J0555"
    assert card.document is not None
    assert (card.document.number, card.document.country) == ("ID 123", "KGZ")
    found = gatehouse.ask(find.find, gatehouse.officer, "асанова")
    assert [one.subject_id for one in found] == [card.person_id]


# ---- the card


def test_the_card_tells_how_often_and_to_whom_they_came(gatehouse: Gatehouse) -> None:
    visitor, child = gatehouse.visitor(), gatehouse.child()
    prisoners = [gatehouse.prisoner(surname) for surname in ("Осмонов", "Садыров")]
    for day, prisoner in enumerate(prisoners, 1):
        gatehouse.at(2026, 4, day, 10, 0)
        recorded = gatehouse.visit(prisoner, visitor, child)
        gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id)
    gatehouse.at(2026, 4, 3, 10, 0)
    gatehouse.refuse(gatehouse.request(prisoners[0], child))
    card = gatehouse.do(identify.card, gatehouse.officer, visitor.person_id)
    assert card.visits == 2
    assert [one.prisoner for one in card.last_cases] == ["Садыров Т.", "Осмонов Т."]
    assert card.last_prisoner is not None
    assert card.last_prisoner.prisoner_id == prisoners[1].prisoner_id
    assert card.last_relation is Relation.SPOUSE
    his = gatehouse.do(identify.card, gatehouse.officer, child.person_id)
    assert [(one.number, one.refused) for one in his.last_cases] == [
        ("R-26-000001", True),
        ("V-26-000002", False),
        ("V-26-000001", False),
    ]
    assert his.visits == 2


def test_the_card_tells_of_no_visit_that_was_made_void(gatehouse: Gatehouse) -> None:
    visitor, wrong = gatehouse.visitor(), gatehouse.prisoner("Садыров")
    gatehouse.at(2026, 4, 1, 10, 0)
    recorded = gatehouse.visit(wrong, visitor)
    gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id)
    gatehouse.do(
        outcomes.void, gatehouse.supervisor, recorded.case_id, VoidReason.WRONG_VISITOR
    )
    card = gatehouse.do(identify.card, gatehouse.officer, visitor.person_id)
    assert (card.visits, card.last_cases, card.last_prisoner) == (0, (), None)


def test_the_newest_visit_stands_first_also_after_the_clock_was_set_back(
    gatehouse: Gatehouse,
) -> None:
    visitor = gatehouse.visitor()
    for day, prisoner in ((9, gatehouse.prisoner("Осмонов")), (8, gatehouse.prisoner())):
        gatehouse.at(2026, 4, day, 10, 0)
        recorded = gatehouse.visit(prisoner, visitor)
        gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id)
    card = gatehouse.do(identify.card, gatehouse.officer, visitor.person_id)
    assert [one.number for one in card.last_cases] == ["V-26-000002", "V-26-000001"]
    assert card.last_prisoner is not None
    assert card.last_prisoner.prisoner_id == prisoner.prisoner_id


def test_the_card_says_that_they_are_inside(gatehouse: Gatehouse) -> None:
    visitor = gatehouse.visitor()
    recorded = gatehouse.visit(gatehouse.prisoner(), visitor)
    card = gatehouse.do(identify.card, gatehouse.officer, visitor.person_id)
    assert card.inside is not None
    assert card.inside.badge == f"{recorded.number}-1"


def test_a_document_is_kept_as_it_was_seen(gatehouse: Gatehouse) -> None:
    seen = DocumentSeen(
        kind=DocumentKind.PASSPORT,
        country="RUS",
        number="771234567",
        surname="IVANOVA",
        given="ANNA",
        birth="1985-07-01",
        sex=Sex.FEMALE,
        expires=date(2030, 2, 28),
        source=DocumentSource.SCAN,
        check=DocumentCheck.REVIEW,
    )
    assert register(gatehouse, "Иванова", document=seen).document == seen
