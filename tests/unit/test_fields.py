"""What typed text means, field by field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import text as languages
from kiosk.widgets.field import Field
from kiosk.widgets.fields import (
    Choice,
    Country,
    Date,
    DocumentNumber,
    Measure,
    Name,
    Number,
    Option,
    Passphrase,
    PersonalNumber,
    Phone,
    Side,
    Text,
)

TODAY = date(2026, 11, 24)


def typed(field: Field, keys: str) -> str:
    """The text after typing `keys` into an empty field."""
    text, at = "", 0
    for key in keys:
        edit = field.put(text, at, key)
        if edit is not None:
            text, at = edit
    return text


def value(field: Field, keys: str, **others: str) -> str:
    return field.read(typed(field, keys), others).value


# ---- dates


def birth(**settings: Any) -> Date:
    return Date("birth", "Born", today=TODAY, **settings)


def test_a_date_is_typed_as_digits_and_drawn_with_points() -> None:
    field = birth()
    assert field.drawn(typed(field, "0511")) == "05.11.____"
    assert value(field, "05111979") == "1979-11-05"


def test_points_typed_from_habit_do_no_harm() -> None:
    assert value(birth(), "5.11.1979") == "1979-11-05"
    assert value(birth(), "05.11.1979") == "1979-11-05"
    assert value(birth(), "5/1/1979") == "1979-01-05"


@pytest.mark.parametrize(
    ("side", "keys", "expected"),
    [
        (Side.PAST, "051179", "1979-11-05"),
        (Side.PAST, "241126", "2026-11-24"),
        (Side.PAST, "251126", "1926-11-25"),
        (Side.EXPIRY, "300832", "2032-08-30"),
        (Side.EXPIRY, "140325", "2025-03-14"),
        (Side.FUTURE, "010127", "2027-01-01"),
    ],
)
def test_a_two_digit_year_falls_on_the_side_of_the_field(
    side: Side, keys: str, expected: str
) -> None:
    assert value(birth(side=side), keys) == expected


def test_a_two_digit_year_becomes_visible_on_leaving() -> None:
    field = birth()
    assert field.read("051179", {}).text == "05111979"


def test_a_birth_date_may_be_known_in_part() -> None:
    field = birth(partly_unknown=True)
    assert value(field, "00001952") == "1952"
    assert value(field, "00051952") == "1952-05"
    assert field.show("1952") == "00001952"
    assert field.show("1952-05") == "00051952"


def test_an_expiry_is_never_known_in_part() -> None:
    assert birth(side=Side.EXPIRY).read("00002030", {}).wrong is not None


@pytest.mark.parametrize("keys", ["31021990", "00131990", "05001990", "99999999", "01010000"])
def test_an_impossible_date_is_told_and_kept(keys: str) -> None:
    reading = birth(partly_unknown=True).read(keys, {})
    assert reading.value == ""
    assert reading.text == keys
    assert reading.wrong is not None
    assert "{typed}" in reading.wrong.sentence


@pytest.mark.parametrize("keys", ["0", "051", "0511197"])
def test_a_date_that_is_not_whole_is_wrong(keys: str) -> None:
    assert birth().read(keys, {}).wrong is not None


def test_nobody_is_born_tomorrow_and_no_ban_ends_yesterday() -> None:
    assert birth().read("25112026", {}).wrong is not None
    assert birth(side=Side.FUTURE).read("23112026", {}).wrong is not None


def test_an_unusual_age_or_expiry_is_doubtful_not_wrong() -> None:
    old = birth().read("01011910", {})
    assert old.value == "1910-01-01"
    assert old.doubtful is not None
    assert birth(side=Side.EXPIRY).read("01012060", {}).doubtful is not None


def test_arrows_step_a_day_over_the_end_of_a_year() -> None:
    field = birth()
    assert field.step("31122025", 1) == "01012026"
    assert field.step("01012026", -1) == "31122025"
    assert field.step("0511", 1) is None
    assert field.step("01019999", 365 * 4000) is None


@given(st.dates(min_value=date(1917, 1, 1), max_value=TODAY))
def test_every_day_of_a_life_is_read_as_it_is_shown(day: date) -> None:
    field = birth()
    assert field.read(field.show(day.isoformat()), {}).value == day.isoformat()


@given(st.text(alphabet="0123456789.,/-", max_size=12))
def test_no_digits_break_a_date(keys: str) -> None:
    for side in Side:
        reading = birth(side=side, partly_unknown=True).read(typed(birth(), keys), {})
        assert bool(reading.value) + (reading.wrong is not None) <= 1


# ---- numbers


@pytest.mark.parametrize(
    ("keys", "grams"), [("11.3", "11300"), (".12", "120"), (",8", "800"), ("20", "20000")]
)
def test_a_weight_is_typed_with_point_or_comma_and_kept_in_grams(keys: str, grams: str) -> None:
    assert value(Number("weight", "Weight", measure=Measure.KILOGRAMS), keys) == grams


def test_a_weight_is_shown_with_the_point_of_the_language() -> None:
    field = Number("weight", "Weight", measure=Measure.KILOGRAMS)
    assert field.show("9380") == "9.38"
    try:
        languages.use("ru")
        assert field.show("9380") == "9,38"
        assert field.show("20000") == "20"
    finally:
        languages.use("en")


def test_a_number_takes_neither_letters_nor_a_second_point_nor_a_fourth_decimal() -> None:
    field = Number("weight", "Weight", measure=Measure.KILOGRAMS)
    assert typed(field, "1x1.2.345") == "11.234"
    assert typed(Number("count", "Pieces"), "1.234") == "123"


def test_limits_say_what_is_allowed() -> None:
    field = Number("count", "Pieces", least=1, most=10, doubtful_above=5)
    assert field.read("0", {}).wrong is not None
    high = field.read("11", {}).wrong
    assert high is not None
    assert high.values == {"most": "10"}
    assert field.read("6", {}).doubtful is not None
    assert field.read("5", {}).doubtful is None


@given(st.integers(min_value=0, max_value=999_999))
def test_every_weight_is_read_as_it_is_shown(grams: int) -> None:
    field = Number("weight", "Weight", measure=Measure.KILOGRAMS)
    assert field.read(field.show(str(grams)), {}).value == str(grams)


# ---- what stands on documents


def test_the_personal_number_is_grouped_while_typing() -> None:
    field = PersonalNumber("pin", "PIN")
    assert field.drawn(typed(field, "2051119")) == "2 051119__ _____"
    assert field.column("2051119", 7) == 8


def test_the_personal_number_agrees_with_birth_and_sex() -> None:
    field = PersonalNumber("pin", "PIN")
    assert field.read("20511197900457", {"birth": "1979-11-05", "sex": "M"}).doubtful is None
    assert field.read("20511197900457", {"birth": "1979-11-06"}).doubtful is not None
    assert field.read("20511197900457", {"sex": "F"}).doubtful is not None
    assert field.read("30511197900457", {}).doubtful is not None
    assert field.read("2051119790045", {}).wrong is not None


@pytest.mark.parametrize("number", ["3110180A001PB1", "850701400123"])
def test_a_foreign_personal_number_is_right_beside_a_foreign_country(number: str) -> None:
    field = PersonalNumber("pin", "PIN")
    foreign = field.read(number, {"country": "BLR", "birth": "1979-11-05", "sex": "M"})
    assert (foreign.value, foreign.wrong, foreign.doubtful) == (number, None, None)
    assert field.read(number, {"country": "KGZ"}).wrong is not None
    assert field.read(number, {}).wrong is not None
    assert field.read("3110180A", {"country": "BLR"}).wrong is not None


def test_the_personal_number_takes_letters_and_draws_them_as_they_stand() -> None:
    field = PersonalNumber("pin", "PIN")
    text = typed(field, "3110180а001рв1-")
    assert text == "3110180A001PB1"
    assert field.drawn(text) == text
    assert field.column(text, 9) == 9
    assert field.show("3110180A001PB1") == text


def test_a_country_is_latin_capitals() -> None:
    field = Country("country", "Issued by")
    assert value(field, "kgz") == "KGZ"
    assert value(field, "вен") == "BEH"
    assert value(field, "d") == "D"
    assert value(field, "") == ""
    assert field.read("КЫР", {}).wrong is not None


def test_a_birth_year_alone_does_not_contradict_the_personal_number() -> None:
    assert (
        PersonalNumber("pin", "PIN").read("20511197900457", {"birth": "1979"}).doubtful is None
    )


def test_the_zero_of_a_phone_stands_there_already() -> None:
    field = Phone("phone", "Phone")
    assert value(field, "555123456") == "0555123456"
    assert value(field, "0555123456") == "0555123456"
    assert field.drawn(typed(field, "555123456")) == "0555 12 34 56"
    assert field.show("0555123456") == "555123456"


def test_a_short_phone_is_wrong_and_a_foreign_one_is_not() -> None:
    wrong = Phone("phone", "Phone").read("55512345", {}).wrong
    assert wrong is not None
    assert wrong.values == {"count": 8}
    assert value(Phone("phone", "Phone"), "+79161234567") == "+79161234567"


def test_a_document_number_is_upper_case_and_latin() -> None:
    assert value(DocumentNumber("number", "Number"), "ас1234567") == "AC1234567"


def test_the_pattern_decides_between_o_and_0() -> None:
    field = DocumentNumber("number", "Number", patterns=("AA9999999",))
    assert field.read("1DI23O567", {}).value == "ID1230567"
    strange = field.read("X1", {})
    assert strange.value == "X1"
    assert strange.doubtful is not None


# ---- names and the rest


def test_first_letters_of_names_are_raised_and_the_rest_is_kept() -> None:
    assert typed(Name("name", "Name"), "мээрим уулу-кызы") == "Мээрим Уулу-Кызы"
    assert typed(Name("name", "Name"), "мкЭвой") == "МкЭвой"


def test_latin_letters_ask_for_the_layout_after_two() -> None:
    field = Name("name", "Name")
    assert field.hint("A") is None
    assert field.hint("As") is not None
    assert field.hint("Асанов") is None


def test_a_digit_in_a_name_is_doubtful() -> None:
    assert Name("name", "Name").read("Асан0в", {}).doubtful is not None


def test_text_comes_clean_and_a_passphrase_as_typed() -> None:
    assert Text("note", "Note").read("  a  b\x1b[2J ", {}).value == "a b[2J"
    assert Passphrase("secret", "Passphrase").read("  a  b ", {}).value == "  a  b "


def test_a_passphrase_is_never_drawn() -> None:
    assert Passphrase("secret", "Passphrase").drawn("тайна") == "•••••"


def test_control_characters_cannot_be_typed() -> None:
    assert typed(Text("note", "Note"), "a\x1b\x00\n\u202eb") == "ab"


def test_choices_are_found_by_the_beginning_of_any_word() -> None:
    field = Choice(
        "relation",
        "Relation",
        options=(Option("spouse", "жена / муж"), Option("parent", "отец")),
    )
    assert [option.code for option in field.found("му")] == ["spouse"]
    assert field.numbered("2") == Option("parent", "отец")
    assert field.numbered("3") is None
    assert field.numbered("0") is None
