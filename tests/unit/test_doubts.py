"""Each doubt about a reading has a field of the form and a sentence."""

from __future__ import annotations

import pytest
from mrz_builder import ASANOVA, BERTHIER, ERIKSSON, SHCHUKINA
from mrz_cases import TODAY

from devices.mrz import Document, Evidence, Reason, ReasonCode, Status, parse
from devices.mrz.answer import STATUS_STAYS
from devices.mrz.parse import parse_picture
from kiosk import doubts, names
from kiosk.codes import DocumentCheck, DocumentKind, Sex
from kiosk.scans import document_seen
from kiosk.screens.person import proposed_by

REJECTS = {
    ReasonCode.NOT_MRZ,
    ReasonCode.TRUNCATED,
    ReasonCode.MISREAD,
    ReasonCode.UNSUPPORTED_FORMAT,
    ReasonCode.UNREADABLE,
    ReasonCode.NOT_A_PICTURE,
    ReasonCode.TOO_SLOW,
    ReasonCode.READING_FAILED,
    ReasonCode.TOO_LARGE,
}
FIELDS = {
    "kind",
    "country",
    "number",
    "expires",
    "birth",
    "sex",
    "personal_number",
    "surname",
    "given",
}


@pytest.mark.parametrize("code", sorted(set(ReasonCode) - REJECTS - STATUS_STAYS))
def test_every_reason_to_look_again_names_a_field(code: ReasonCode) -> None:
    (doubt,) = doubts.of(Document(Status.REVIEW, None, (Reason(code),)))
    assert doubt.field in FIELDS
    assert doubt.sentence


def test_a_right_document_leaves_no_doubt() -> None:
    for lines in (ASANOVA.td1(), SHCHUKINA.russian(), ERIKSSON.td3()):
        assert doubts.of(parse(lines, TODAY)) == ()


def test_a_doubtful_series_is_a_doubtful_number() -> None:
    upper, lower = SHCHUKINA.russian()
    document = parse((upper, lower[:28] + "1" + lower[29:]), TODAY)
    assert document.evidence["document_number"] is Evidence.REFUTED
    assert {doubt.field for doubt in doubts.of(document) if doubt.retype} == {"number"}


# ---- which characters


def marked_of(document: Document) -> list[tuple[str, tuple[int, ...], bool]]:
    return [(one.field, one.marked, one.retype) for one in doubts.of(document) if one.marked]


def test_a_repaired_number_is_doubted_at_its_own_character_and_nowhere_else() -> None:
    upper, *rest = ASANOVA.but(number="ID1204567").td1()
    document = parse((upper.replace("ID1204567", "ID12O4567"), *rest), TODAY)
    (doubt,) = doubts.of(document)
    assert (doubt.code, doubt.field, doubt.marked) == ("repaired", "number", (4,))
    assert not doubt.retype


def test_each_field_with_a_hardly_legible_character_is_doubted() -> None:
    unsure = ((0, 6), (0, 15), (1, 2), (1, 7), (1, 13), (2, 2), (2, 9))
    hardly = (ReasonCode.HARDLY_LEGIBLE, ReasonCode.BLANK_CHARACTER)
    document = parse_picture(ASANOVA.td1(), TODAY, hardly, (), unsure)
    once = [
        ("number", (1,), False),
        ("surname", (2,), False),
        ("given", (0,), False),
        ("birth", (5,), False),
        ("sex", (0,), False),
        ("expires", (9,), False),
        ("personal_number", (0,), False),
    ]
    assert marked_of(document) == once * 2
    assert len({doubt.sentence for doubt in doubts.of(document)}) == 1
    assert set(doubts.marked(doubts.of(document))) == {field for field, _, _ in once}


def test_a_doubtful_check_digit_has_its_whole_field_compared() -> None:
    document = parse_picture(ASANOVA.td1(), TODAY, (ReasonCode.HARDLY_LEGIBLE,), (), ((1, 6),))
    assert marked_of(document) == [("birth", tuple(range(10)), False)]


def test_a_personal_number_that_lost_a_digit_is_asked_for_and_nothing_is_marked() -> None:
    upper, *rest = ASANOVA.td1()
    # Where paper shows through, a filler is read.
    document = parse_picture(
        (upper[:28] + "<" + upper[29:], *rest),
        TODAY,
        (ReasonCode.HARDLY_LEGIBLE,),
        (),
        ((0, 28),),
    )
    assert document.personal_number is None
    found = [
        (one.field, one.marked) for one in doubts.of(document) if one.code == "hardly_legible"
    ]
    assert found == [("personal_number", ())]


def test_a_doubtful_nationality_is_told_though_no_field_shows_it() -> None:
    document = parse_picture(ASANOVA.td1(), TODAY, (ReasonCode.HARDLY_LEGIBLE,), (), ((1, 16),))
    (doubt,) = doubts.of(document)
    assert (doubt.field, doubt.marked) == ("country", ())


def test_a_doubt_that_no_field_shows_is_told_as_one_of_the_whole_document() -> None:
    document = parse_picture(ASANOVA.td1(), TODAY, (ReasonCode.REPAIRED,), ((1, 29),))
    (doubt,) = doubts.of(document)
    assert (doubt.field, doubt.marked) == ("number", ())


def test_the_patronymic_of_a_russian_passport_is_doubted_by_itself() -> None:
    upper, lower = SHCHUKINA.russian()
    given = upper.index("<<") + 2
    patronymic = upper.index("<", given) + 1
    hardly = (ReasonCode.HARDLY_LEGIBLE,)
    document = parse_picture(
        (upper, lower), TODAY, hardly, (), ((0, given), (0, patronymic + 2))
    )
    assert marked_of(document) == [("given", (0,), False), ("patronymic", (2,), False)]
    parted = parse_picture((upper, lower), TODAY, hardly, (), ((0, patronymic - 1),))
    assert marked_of(parted) == [("given", (0, 1, 2, 3), False)]


# ---- what the register takes from a scan


def test_a_russian_passport_fills_the_form_in_its_own_letters() -> None:
    seen = document_seen(parse(SHCHUKINA.russian(), TODAY))
    assert (seen.kind, seen.country, seen.number) == (
        DocumentKind.PASSPORT,
        "RUS",
        "4510123456",
    )
    assert (seen.expires, seen.check, seen.sex) == (None, DocumentCheck.OK, Sex.FEMALE)
    values = proposed_by(seen)
    assert (values["surname"], values["given"], values["patronymic"]) == (
        "Щукина",
        "Юлия",
        "Юрьевна",
    )
    assert names.keys(seen.surname) == names.keys("Щукина")


def test_a_latin_name_is_proposed_in_cyrillic_as_before() -> None:
    values = proposed_by(document_seen(parse(ASANOVA.td1(), TODAY)))
    assert (values["surname"], values["given"], values["patronymic"]) == (
        "Асанова",
        "Айгүл",
        "",
    )


def test_a_french_card_is_an_id_card_and_a_visa_is_neither_that_nor_a_passport() -> None:
    assert document_seen(parse(BERTHIER.french(), TODAY)).kind is DocumentKind.ID_CARD
    visa = ERIKSSON.but(code="V", optional="").mrva()
    assert document_seen(parse(visa, TODAY)).kind is DocumentKind.OTHER
