"""What PassportEye 2.2.2 answers wrong or not at all, one test a defect, with our answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from mrz_builder import (
    ASANOVA,
    BEKOV,
    BEKOV_PASSPORT,
    BERTHIER,
    ERIKSSON,
    MUSTERMANN,
    SHCHUKINA,
    digit,
)

from devices.mrz import as_json, parse, read

TODAY = date(2026, 11, 24)
VISA = ERIKSSON.but(code="V", optional="")

SPECIMEN = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)


def answer(lines: tuple[str, ...]) -> dict[str, Any]:
    return as_json(parse(lines, TODAY))


def heard(raw: bytes) -> dict[str, Any]:
    return as_json(read(raw, TODAY))


def codes(answered: dict[str, Any]) -> set[str]:
    return {reason["code"] for reason in answered["reasons"]}


def sent(lines: tuple[str, ...], end: bytes = b"\r\n") -> bytes:
    return b"".join(line.encode() + end for line in lines)


@pytest.mark.parametrize(
    "lines",
    [
        (
            "I<UTOD23145890<7349<<<<<<<<<<<",
            "3407127M9507122UTO<<<<<<<<<<<2",
            "STEVENSON<<PETER<<<<<<<<<<<<<<",
        ),
        ("I<UTOSTEVENSON<<PETER<<<<<<<<<<<<<<<", "D23145890<UTO3407127M95071227349<<<8"),
    ],
    ids=["1", "2"],
)
def test_1_and_2_a_long_number_goes_on_in_the_optional_data(lines: tuple[str, ...]) -> None:
    read_ = answer(lines)
    assert (read_["status"], read_["document_number"]) == ("ok", "D23145890734")
    assert read_["optional"] == ""
    assert read_["evidence"]["document_number"] == "verified"


@pytest.mark.parametrize(
    ("birth", "known"), [("7205<<", "1972-05"), ("63<<<<", "1963"), ("<<<<<<", None)]
)
def test_3_unknown_parts_of_a_birth_date_are_allowed(birth: str, known: str | None) -> None:
    for lines in (ERIKSSON.but(birth=birth).td3(), MUSTERMANN.but(birth=birth).td1()):
        assert (answer(lines)["status"], answer(lines)["birth_date"]) == ("ok", known)


def test_4_impossible_dates_of_a_visa_are_seen() -> None:
    for visa in (VISA.but(birth="901332"), VISA.but(expiry="309999")):
        for lines in (visa.mrva(), visa.mrvb()):
            assert answer(lines)["status"] == "review"
            assert codes(answer(lines)) & {"impossible_birth_date", "impossible_expiry_date"}


def test_5_a_sex_is_m_f_or_left_open() -> None:
    assert codes(answer(ERIKSSON.but(sex="Q").td3())) == {"sex"}


def test_6_states_are_those_of_the_list() -> None:
    for changes in ({"issuer": "Q1Q"}, {"nationality": "9Q9"}):
        assert answer(ERIKSSON.but(**changes).td3())["status"] == "review"
    mended = answer(BEKOV_PASSPORT.but(nationality="KG2").td3())
    assert (mended["status"], mended["nationality"]) == ("review", "KGZ")
    assert mended["repaired"] == [[1, 12]]


def test_7_fillers_read_as_letters_are_no_names() -> None:
    noisy = (SPECIMEN[0][:25] + "<<<KKKK<<<SSLK<<<<<", SPECIMEN[1])
    read_ = answer(noisy)
    assert (read_["status"], read_["given_names"]) == ("review", "ANNA MARIA")
    assert codes(read_) == {"repaired", "name", "expired"}


def test_8_names_have_letters_only() -> None:
    accented = (SPECIMEN[0].replace("ERIKSSON", "ÉRIKSSON"), SPECIMEN[1])
    assert answer(accented)["status"] == "reject"
    digits = answer(ERIKSSON.but(surname="5O18OZOV").td3())
    assert (digits["status"], "name" in codes(digits)) == ("review", True)


def test_9_the_french_card_has_a_layout_of_its_own() -> None:
    read_ = answer(
        ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6")
    )
    assert (read_["status"], read_["format"]) == ("ok", "FRA_ID")
    assert (read_["surname"], read_["given_names"]) == ("BERTHIER", "CORINNE")
    assert (read_["document_number"], read_["birth_date"]) == ("880692310285", "1965-12-06")
    assert (read_["sex"], read_["expiry_date"]) == ("F", None)
    assert read_["evidence"]["surname"] == "verified"
    assert read_["evidence"]["expiry_date"] == "uncovered"


def test_9_a_wrong_letter_of_a_french_name_is_seen() -> None:
    upper, lower = BERTHIER.french()
    wrong = answer((upper.replace("BERTHIER", "BERTMIER"), lower))
    assert (wrong["status"], codes(wrong)) == ("review", {"composite", "name_truncated"})
    assert wrong["evidence"]["surname"] == "refuted"


def test_10_the_russian_internal_passport_is_shown_in_cyrillic() -> None:
    read_ = answer(
        SHCHUKINA.but(surname="КУЗНЕЦОВ", given="ИГОРЬ<СЕРГЕЕВИЧ", sex="M").russian()
    )
    assert (read_["status"], read_["format"]) == ("ok", "RUS_INTERNAL")
    assert (read_["surname"], read_["given_names"]) == ("КУЗНЕЦОВ", "ИГОРЬ СЕРГЕЕВИЧ")
    assert (read_["document_number"], read_["expiry_date"]) == ("4510123456", None)
    assert read_["optional"] == "150320770001"
    assert read_["reasons"] == []


def test_10_the_series_is_vouched_for_by_two_check_digits() -> None:
    upper, lower = SHCHUKINA.russian()
    other_series = lower[:28] + "1" + lower[29:]
    read_ = answer((upper, other_series))
    assert codes(read_) == {"optional_check"}
    assert read_["evidence"]["document_number"] == "refuted"


def test_11_lines_in_one_text_are_read_whatever_ends_them() -> None:
    assert heard("\n".join(SPECIMEN).encode())["document_number"] == "L898902C3"


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n", b"\t", b""])
def test_12_and_13_any_end_of_line_will_do(end: bytes) -> None:
    for lines in (BEKOV.td1(), SPECIMEN, VISA.mrva(), VISA.mrvb(), SHCHUKINA.russian()):
        assert heard(sent(lines, end))["status"] == "ok"


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"\x02", b"\x03"), (b"MRZ:", b""), (b"\xef\xbb\xbf", b""), (b"\t", b"")],
)
def test_13_what_stands_around_a_zone_shifts_nothing(before: bytes, after: bytes) -> None:
    read_ = heard(before + sent(SPECIMEN) + after)
    assert (read_["status"], read_["issuer"], read_["document_code"]) == ("ok", "UTO", "P")


def test_14_small_letters_count_as_capitals() -> None:
    assert answer((SPECIMEN[0].lower(), SPECIMEN[1].lower()))["status"] == "ok"
    assert heard(sent(SPECIMEN).lower())["status"] == "ok"


def test_15_text_around_the_zone_is_no_part_of_it() -> None:
    printed = b"PASSPORT NO L898902C3 UTOPIA 1234567890123\r\n"
    assert heard(printed + sent(SPECIMEN))["document_number"] == "L898902C3"


def test_16_the_same_document_twice_is_one() -> None:
    assert heard(sent(SPECIMEN) * 2)["status"] == "ok"


def test_17_a_name_line_may_be_trimmed_or_one_filler_too_long() -> None:
    for upper in (SPECIMEN[0].rstrip("<"), SPECIMEN[0] + "<"):
        read_ = answer((upper, SPECIMEN[1]))
        assert read_["status"] == "review"
        assert (read_["surname"], read_["given_names"]) == ("ERIKSSON", "ANNA MARIA")


def test_18_a_line_of_check_digits_one_short_is_read_again() -> None:
    assert codes(answer((SPECIMEN[0], SPECIMEN[1][:-1]))) == {"truncated"}


def test_19_a_letter_in_a_number_is_put_right_when_one_answer_is_left() -> None:
    holder = BEKOV.but(number="ID7054321")
    upper, *others = holder.td1()
    read_ = answer((upper.replace("ID7054321", "ID7O54321"), *others))
    assert (read_["status"], read_["document_number"]) == ("review", "ID7054321")
    assert (read_["repaired"], codes(read_)) == ([[0, 8]], {"repaired"})
    pin = answer((upper.replace("20511197900457", "2O5111979OO457"), *others))
    assert (pin["status"], pin["personal_number"]) == ("review", "20511197900457")
    assert pin["repaired"] == [[0, 16], [0, 24], [0, 25]]


def test_19_a_number_of_unknown_build_is_never_put_right() -> None:
    upper, lower = ERIKSSON.but(number="L80890203").td3()
    read_ = answer((upper, lower.replace("L80890203", "L8O890203")))
    assert (read_["document_number"], read_["repaired"]) == ("L8O890203", [])
    assert "document_number_check" in codes(read_)


def test_20_fillers_read_k_are_seen_where_no_check_digit_sees_them() -> None:
    code = answer(("PK" + SPECIMEN[0][2:], SPECIMEN[1]))
    assert (code["status"], code["document_code"]) == ("review", "P")
    lower = SPECIMEN[1][:41] + "K" + SPECIMEN[1][42:]
    assert digit(lower[28:42]) == lower[42]
    optional = answer((SPECIMEN[0], lower))
    assert (optional["status"], optional["optional"]) == ("review", "ZE184226B")
    touching = SPECIMEN[1][:37] + "K" + SPECIMEN[1][38:]
    assert codes(answer((SPECIMEN[0], touching))) == {"filler_noise", "expired"}


def test_21_a_personal_number_that_says_otherwise_is_seen() -> None:
    read_ = answer(ASANOVA.but(sex="M", birth="950312").td1())
    assert codes(read_) == {"personal_number_sex", "personal_number_birth_date"}
