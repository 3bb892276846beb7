"""Each doubt about a reading has a field of the form and a sentence."""

from __future__ import annotations

import pytest
from mrz_builder import ASANOVA, BERTHIER, ERIKSSON, SHCHUKINA
from mrz_cases import TODAY

from devices.mrz import Document, Evidence, Reason, ReasonCode, Status, parse
from devices.mrz.answer import STATUS_STAYS
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
