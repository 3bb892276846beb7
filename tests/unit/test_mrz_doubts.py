"""What makes a document a review or a reject, and what is still read of it."""

from __future__ import annotations

import pytest
from mrz_builder import ASANOVA, BEKOV_PASSPORT, KARIMOV, Holder
from mrz_cases import TODAY, put

from devices.mrz import Document, Evidence, Status, parse

A = ASANOVA.td1()
B_PASSPORT = BEKOV_PASSPORT.td3()


def codes(document: Document) -> set[str]:
    return {reason.code.value for reason in document.reasons}


# ---- doubts


@pytest.mark.parametrize(
    ("line", "at", "reason", "field"),
    [
        (0, 13, "document_number_check", "document_number"),
        (1, 1, "birth_date_check", "birth_date"),
        (1, 9, "expiry_date_check", "expiry_date"),
    ],
)
def test_a_wrong_field_of_a_card_is_refuted_and_the_others_stay(
    line: int, at: int, reason: str, field: str
) -> None:
    document = parse(put(A, (line, at), "0"), TODAY)
    assert document.status is Status.REVIEW
    assert reason in codes(document)
    assert not codes(document) & {"composite", "compare_personal_number"}
    refuted = {name for name, each in document.evidence.items() if each is Evidence.REFUTED}
    assert refuted == {field, "composite"}
    assert document.evidence["personal_number"] is Evidence.UNCOVERED
    assert document.surname == "ASANOVA"


def test_a_card_with_only_the_composite_wrong_asks_to_compare_the_personal_number() -> None:
    serial_digit_changed = put(A, (0, 27), "9")
    document = parse(serial_digit_changed, TODAY)
    assert (document.status, codes(document)) == (Status.REVIEW, {"compare_personal_number"})
    assert document.evidence["personal_number"] is Evidence.REFUTED
    assert document.personal_number == "11203198601294"


@pytest.mark.parametrize(
    ("at", "digit_", "reason"),
    [
        (15, "2", "personal_number_sex"),
        (17, "3", "personal_number_birth_date"),
        (23, "7", "personal_number_birth_date"),
    ],
)
def test_a_personal_number_that_contradicts_the_fields_is_seen(
    at: int, digit_: str, reason: str
) -> None:
    document = parse(put(A, (0, at), digit_), TODAY)
    assert codes(document) == {"compare_personal_number", reason}


def test_a_contradiction_is_seen_even_when_every_check_digit_is_right() -> None:
    document = parse(BEKOV_PASSPORT.but(optional="10511197900457").td3(), TODAY)
    assert (document.status, codes(document)) == (Status.REVIEW, {"personal_number_sex"})


def test_a_passport_with_only_the_composite_wrong_is_for_review() -> None:
    document = parse(put(B_PASSPORT, (1, 43), "9"), TODAY)
    assert (document.status, codes(document)) == (Status.REVIEW, {"composite"})
    assert document.evidence["personal_number"] is Evidence.VERIFIED


def test_a_passports_personal_number_has_its_own_check_digit() -> None:
    document = parse(put(B_PASSPORT, (1, 40), "9"), TODAY)
    assert codes(document) == {"personal_number_check"}
    assert document.evidence["personal_number"] is Evidence.REFUTED


def test_transposed_digits_are_refuted() -> None:
    document = parse(put(B_PASSPORT, (1, 3), "32"), TODAY)
    assert codes(document) == {"document_number_check"}
    assert document.document_number == "PE1324567"


@pytest.mark.parametrize(
    ("holder", "reason"),
    [
        (ASANOVA.but(number="IDO234567"), "document_number_pattern"),
        (ASANOVA.but(number="ID12<4567"), "document_number_pattern"),
        (ASANOVA.but(code="IK"), "document_code"),
        (ASANOVA.but(issuer="QQQ"), "unknown_issuer"),
        (ASANOVA.but(nationality="9Q9"), "unknown_nationality"),
        (ASANOVA.but(sex="Q"), "sex"),
        (ASANOVA.but(sex="X"), "sex"),
        (ASANOVA.but(surname="5O18OZOV"), "name"),
        (ASANOVA.but(surname="<ASANOVA"), "name"),
        (ASANOVA.but(given="AIGUL<<<KKKK"), "name"),
        (ASANOVA.but(given="<AIGUL"), "name"),
        (ASANOVA.but(surname="", given=""), "name"),
        (ASANOVA.but(birth="901332", optional=""), "impossible_birth_date"),
        (ASANOVA.but(birth="90<<01", optional=""), "impossible_birth_date"),
        (ASANOVA.but(expiry="309999"), "impossible_expiry_date"),
        (ASANOVA.but(expiry="<<<<<<"), "no_expiry_date"),
        (ASANOVA.but(optional="31203198601234"), "personal_number_pattern"),
        (ASANOVA.but(optional="13102198601234"), "personal_number_pattern"),
        (ASANOVA.but(optional="11203209901234"), "personal_number_pattern"),
        (ASANOVA.but(optional="11203198A01234"), "personal_number_pattern"),
        (
            KARIMOV.but(birth="260101", expiry="200101"),
            "born_after_expiry",
        ),
    ],
)
def test_what_check_digits_cannot_see_is_for_review(holder: Holder, reason: str) -> None:
    document = parse(holder.td1(), TODAY)
    assert document.status is Status.REVIEW
    assert reason in codes(document)


def test_an_impossible_date_loses_no_other_field() -> None:
    document = parse(KARIMOV.but(birth="901332").td1(), TODAY)
    assert document.birth_date is None
    assert (document.surname, document.document_number) == ("KARIMOV", "AA7654321")


@pytest.mark.parametrize("issuer", ["D", "XOM", "UNO", "RKS", "GBD"])
def test_codes_of_the_icao_table_are_known(issuer: str) -> None:
    holder = KARIMOV.but(issuer=issuer, nationality="XXA", optional="")
    assert parse(holder.td1(), TODAY).status is Status.OK


# ---- lines of a wrong length


def test_a_trimmed_name_line_is_for_review() -> None:
    for lines in ((*A[:2], A[2].rstrip("<")), (*A[:2], A[2][:-3])):
        document = parse(lines, TODAY)
        assert (document.status, codes(document)) == (Status.REVIEW, {"name_line_length"})
        assert document.given_names == "AIGUL"
    trimmed = (B_PASSPORT[0].rstrip("<"), B_PASSPORT[1])
    assert codes(parse(trimmed, TODAY)) == {"name_line_length"}


def test_a_cut_line_with_check_digits_is_refused() -> None:
    for lines in ((B_PASSPORT[0], B_PASSPORT[1][:-3]), (A[0][:-1], A[1], A[2])):
        document = parse(lines, TODAY)
        assert (document.status, codes(document)) == (Status.REJECT, {"truncated"})
        assert document.document_number is None


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ((), "not_mrz"),
        (("", ""), "not_mrz"),
        (("HELLO", "WORLD"), "not_mrz"),
        ((A[0], A[1]), "not_mrz"),
        ((*A, *A), "not_mrz"),
        ((A[0].replace("K", "К"), A[1], A[2]), "not_mrz"),  # a Cyrillic letter
        (("P<KGZÉRIKSSON".ljust(44, "<"), B_PASSPORT[1]), "not_mrz"),
        (
            ("D<UTO".ljust(36, "<"), "D231458907UTO7408122F1204159<<<<<<<6"),
            "unsupported_format",
        ),
        (("P<UTOıKSSON".ljust(44, "<"), B_PASSPORT[1]), "not_mrz"),
    ],
)
def test_what_is_no_document_is_refused_with_a_reason(
    lines: tuple[str, ...], reason: str
) -> None:
    document = parse(lines, TODAY)
    assert (document.status, codes(document)) == (Status.REJECT, {reason})


def test_a_line_of_nonsense_is_refused_as_unreadable() -> None:
    document = parse((B_PASSPORT[0], "Q" * 44), TODAY)
    assert codes(document) == {"unreadable"}
