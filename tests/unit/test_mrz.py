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
    SHCHUKINA,
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
    assert SHCHUKINA.russian() == E


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
        (
            E,
            {
                "format": "RUS_INTERNAL",
                "document_code": "PN",
                "document_number": "4510123456",
                "surname": "ЩУКИНА",
                "given_names": "ЮЛИЯ ЮРЬЕВНА",
                "birth_date": "1985-06-14",
                "sex": "F",
                "expiry_date": None,
                "optional": "150320770001",
                "personal_number": None,
            },
        ),
    ],
    ids=["A", "B passport", "C", "D", "E"],
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
