"""Lines of a machine-readable zone → fields, evidence and doubts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mrz_builder import (
    ASANOVA,
    BEKOV,
    BEKOV_PASSPORT,
    BEKOVA,
    KARIMOV,
    Holder,
    digit,
)

from devices.mrz import Document, Evidence, Status, as_json, parse
from devices.mrz.check_digits import ALPHABET, agrees, check_digit

TODAY = date(2026, 11, 24)

# Made-up documents, written out so that the builder is checked too.
A = (
    "IDKGZID1234567311203198601234<",
    "8603120F3105205KGZ<<<<<<<<<<<5",
    "ASANOVA<<AIGUL<<<<<<<<<<<<<<<<",
)
B = (
    "IDKGZID7654321120511197900457<",
    "7911059M3208302KGZ<<<<<<<<<<<7",
    "BEKOV<<NURLAN<<<<<<<<<<<<<<<<<",
)
B_PASSPORT = (
    "P<KGZBEKOV<<NURLAN<TALANTOVICH<<<<<<<<<<<<<<",
    "PE12345675KGZ7911059M32083022051119790045736",
)
C = (
    "IDKGZID2223334410107201000011<",
    "1007017F3001156KGZ<<<<<<<<<<<2",
    "BEKOVA<<MEERIM<<<<<<<<<<<<<<<<",
)
D = (
    "I<UZBAA7654321630512901230017<",
    "9005123M3001019UZB<<<<<<<<<<<6",
    "KARIMOV<<ALISHER<<<<<<<<<<<<<<",
)
E = (
    "PNRUSWUKINA<<7LI8<7R9EVNA<<<<<<<<<<<<<<<<<<<",
    "4511234569RUS8506140F<<<<<<<0150320770001<46",
)


def codes(document: Document) -> set[str]:
    return {reason.code.value for reason in document.reasons}


def replaced(lines: tuple[str, ...], line: int, at: int, by: str) -> tuple[str, ...]:
    changed = lines[line][:at] + by + lines[line][at + len(by) :]
    return (*lines[:line], changed, *lines[line + 1 :])


# ---- check digits


def test_check_digits_of_the_specimens_are_those_icao_prints() -> None:
    assert check_digit("L898902C3") == "6"
    assert check_digit("740812") == "2"
    assert check_digit("D23145890734") == "9"
    assert check_digit("ZE184226B<<<<<") == "1"


def test_a_filler_stands_for_the_check_digit_of_nothing_only() -> None:
    assert agrees("<<<<<<", "<")
    assert agrees("<<<<<<", "0")
    assert not agrees("123456", "<")


@given(st.text(ALPHABET, max_size=40))
def test_check_digits_are_those_of_a_second_reckoning(text: str) -> None:
    assert check_digit(text) == digit(text)


@pytest.mark.parametrize("blind", ["6G", "8S", "5Z", "1L", "<K"])
def test_a_check_digit_is_blind_to_characters_equal_modulo_ten(blind: str) -> None:
    assert check_digit(blind[0] + "1234") == check_digit(blind[1] + "1234")


# ---- documents that are right


def test_the_builder_writes_the_made_up_documents() -> None:
    assert (ASANOVA.td1(), BEKOV.td1(), BEKOVA.td1(), KARIMOV.td1()) == (A, B, C, D)
    assert BEKOV_PASSPORT.td3() == B_PASSPORT


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            A,
            {
                "format": "TD1",
                "document_code": "ID",
                "issuer": "KGZ",
                "document_number": "ID1234567",
                "surname": "ASANOVA",
                "given_names": "AIGUL",
                "nationality": "KGZ",
                "birth_date": "1986-03-12",
                "sex": "F",
                "expiry_date": "2031-05-20",
                "optional": "11203198601234",
                "personal_number": "11203198601234",
            },
        ),
        (
            B_PASSPORT,
            {
                "format": "TD3",
                "document_code": "P",
                "document_number": "PE1234567",
                "surname": "BEKOV",
                "given_names": "NURLAN TALANTOVICH",
                "birth_date": "1979-11-05",
                "sex": "M",
                "expiry_date": "2032-08-30",
                "personal_number": "20511197900457",
            },
        ),
        (C, {"birth_date": "2010-07-01", "personal_number": "10107201000011"}),
        (
            D,
            {
                "document_code": "I",
                "issuer": "UZB",
                "document_number": "AA7654321",
                "personal_number": "30512901230017",
            },
        ),
    ],
    ids=["A", "B passport", "C", "D"],
)
def test_a_right_document_is_read_whole(
    lines: tuple[str, ...], expected: dict[str, Any]
) -> None:
    answer = as_json(parse(lines, TODAY))
    assert answer["status"] == "ok"
    assert answer["reasons"] == []
    assert {name: answer[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            (
                "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
                "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
            ),
            {
                "document_number": "L898902C3",
                "surname": "ERIKSSON",
                "given_names": "ANNA MARIA",
                "birth_date": "1974-08-12",
                "expiry_date": "2012-04-15",
                "optional": "ZE184226B",
                "personal_number": None,
            },
        ),
        (
            (
                "I<UTOD231458907<<<<<<<<<<<<<<<",
                "7408122F1204159UTO<<<<<<<<<<<6",
                "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
            ),
            {"document_number": "D23145890", "optional": "", "sex": "F"},
        ),
        (
            (
                "I<UTOD23145890<7349<<<<<<<<<<<",
                "3407127M9507122UTO<<<<<<<<<<<2",
                "STEVENSON<<PETER<<<<<<<<<<<<<<",
            ),
            {
                "document_number": "D23145890734",
                "birth_date": "1934-07-12",
                "expiry_date": "1995-07-12",
                "optional": "",
            },
        ),
    ],
    ids=["TD3", "TD1", "TD1 with a long number"],
)
def test_the_specimens_of_doc_9303_are_read(
    lines: tuple[str, ...], expected: dict[str, Any]
) -> None:
    answer = as_json(parse(lines, TODAY))
    assert answer["status"] == "ok"
    assert [reason["code"] for reason in answer["reasons"]] == ["expired"]
    assert {name: answer[name] for name in expected} == expected


def test_evidence_says_what_vouches_for_each_field() -> None:
    card, passport = parse(A, TODAY), parse(B_PASSPORT, TODAY)
    for document in (card, passport):
        assert document.evidence["document_number"] is Evidence.VERIFIED
        assert document.evidence["personal_number"] is Evidence.VERIFIED
        assert document.evidence["surname"] is Evidence.UNCOVERED
        assert document.evidence["sex"] is Evidence.UNCOVERED


def test_a_repr_tells_nothing_of_the_holder() -> None:
    shown = repr(parse(A, TODAY))
    for secret in ("ASANOVA", "AIGUL", "1234567", "1986", "11203198601234"):
        assert secret not in shown


def test_a_name_without_given_names_is_whole() -> None:
    document = parse(ASANOVA.but(surname="ASANOVA", given="").td1(), TODAY)
    assert (document.status, document.surname, document.given_names) == (
        Status.OK,
        "ASANOVA",
        "",
    )


def test_a_name_that_fills_its_line_may_be_cut_and_stays_ok() -> None:
    document = parse(ASANOVA.but(given="A" * 30).td1(), TODAY)
    assert (document.status, codes(document)) == (Status.OK, {"name_truncated"})


def test_sex_filler_is_unspecified() -> None:
    assert as_json(parse(ASANOVA.but(sex="<").td1(), TODAY))["sex"] == "X"


@pytest.mark.parametrize(
    ("birth", "expected"),
    [("7205<<", "1972-05"), ("63<<<<", "1963"), ("26<<<<", "2026"), ("<<<<<<", None)],
)
def test_a_partly_unknown_birth_date_keeps_what_is_known(
    birth: str, expected: str | None
) -> None:
    holder = Holder(issuer="UTO", nationality="UTO", birth=birth, optional="")
    document = parse(holder.td1(), TODAY)
    assert (document.status, document.birth_date) == (Status.OK, expected)


# ---- centuries


@pytest.mark.parametrize(
    ("birth", "born"),
    [("261124", "2026-11-24"), ("261125", "1926-11-25"), ("000229", "2000-02-29")],
)
def test_a_birth_lies_in_the_latest_past(birth: str, born: str) -> None:
    holder = Holder(issuer="UTO", nationality="UTO", birth=birth, optional="")
    assert parse(holder.td1(), TODAY).birth_date == born


def test_a_personal_number_knows_the_century() -> None:
    old = ASANOVA.but(birth="200312", optional="11203192001234")
    young = ASANOVA.but(birth="200312", optional="11203202001234")
    assert parse(old.td1(), TODAY).birth_date == "1920-03-12"
    assert parse(young.td1(), TODAY).birth_date == "2020-03-12"
    assert parse(old.td1(), TODAY).status is Status.OK


@pytest.mark.parametrize(
    ("expiry", "expires"), [("460101", "2046-01-01"), ("061231", "2006-12-31")]
)
def test_an_expiry_lies_within_twenty_years(expiry: str, expires: str) -> None:
    assert as_json(parse(ASANOVA.but(expiry=expiry).td1(), TODAY))["expiry_date"] == expires


# ---- reasons that leave the status


def test_an_expired_document_is_read_and_says_so() -> None:
    document = parse(ASANOVA.but(expiry="261123").td1(), TODAY)
    assert (document.status, codes(document)) == (Status.OK, {"expired"})
    assert codes(parse(ASANOVA.but(expiry="261124").td1(), TODAY)) == set()


def test_a_card_of_the_withdrawn_series_is_read_and_says_so() -> None:
    document = parse(ASANOVA.but(number="AN1234567").td1(), TODAY)
    assert (document.status, codes(document)) == (Status.OK, {"withdrawn"})


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
    document = parse(replaced(A, line, at, "0"), TODAY)
    assert document.status is Status.REVIEW
    assert reason in codes(document)
    assert not codes(document) & {"composite", "compare_personal_number"}
    refuted = {name for name, each in document.evidence.items() if each is Evidence.REFUTED}
    assert refuted == {field, "composite"}
    assert document.evidence["personal_number"] is Evidence.UNCOVERED
    assert document.surname == "ASANOVA"


def test_a_card_with_only_the_composite_wrong_asks_to_compare_the_personal_number() -> None:
    serial_digit_changed = replaced(A, 0, 27, "9")
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
    document = parse(replaced(A, 0, at, digit_), TODAY)
    assert codes(document) == {"compare_personal_number", reason}


def test_a_contradiction_is_seen_even_when_every_check_digit_is_right() -> None:
    document = parse(BEKOV_PASSPORT.but(optional="10511197900457").td3(), TODAY)
    assert (document.status, codes(document)) == (Status.REVIEW, {"personal_number_sex"})


def test_a_passport_with_only_the_composite_wrong_is_for_review() -> None:
    document = parse(replaced(B_PASSPORT, 1, 43, "9"), TODAY)
    assert (document.status, codes(document)) == (Status.REVIEW, {"composite"})
    assert document.evidence["personal_number"] is Evidence.VERIFIED


def test_a_passports_personal_number_has_its_own_check_digit() -> None:
    document = parse(replaced(B_PASSPORT, 1, 40, "9"), TODAY)
    assert codes(document) == {"personal_number_check"}
    assert document.evidence["personal_number"] is Evidence.REFUTED


def test_transposed_digits_are_refuted() -> None:
    document = parse(replaced(B_PASSPORT, 1, 3, "32"), TODAY)
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
