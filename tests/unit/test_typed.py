"""What is typed into a search is taken apart, and read as it may have been meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.readers.keyboard_layouts import as_typed_on_kyrgyz, as_typed_on_us
from kiosk.typed import Typed, other_readings, typed


@pytest.mark.parametrize(
    ("text", "words", "born"),
    [
        ("асанова 1986", ("ASANOVA",), "1986"),
        ("1986 асан", ("ASAN",), "1986"),
        ("Асанова 5.7.1986", ("ASANOVA",), "1986-07-05"),
        ("05.07.1986 асанова", ("ASANOVA",), "1986-07-05"),
        # A number by itself, and the number of a file, are no year.
        ("1986", ("1986",), ""),
        ("2012/19", ("2012", "19"), ""),
        ("асанов 1985/20", ("ASANOV", "1985", "20"), ""),
        ("асанов 12/1985", ("ASANOV", "12", "1985"), ""),
        ("асанов 1234", ("ASANOV", "1234"), ""),
        ("ID1986123", ("ID1986123",), ""),
        ("", (), ""),
    ],
)
def test_a_birth_is_taken_from_beside_a_name(
    text: str, words: tuple[str, ...], born: str
) -> None:
    assert typed(text) == Typed(words, born)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Fcfyjd", ("ASANOV",)),
        (",frsn", ("BAKIT",)),
        ("фыфтщм", ("ASANOV",)),
        ("WUKINA 7LI8", ("SHUKINA", "IULIA")),
        ("KOL9COV", ("KOLTSOV",)),
    ],
)
def test_the_other_keyboard_and_the_code_of_passports_are_readings(
    text: str, meant: tuple[str, ...]
) -> None:
    assert meant in [reading.words for reading in other_readings(text)]


@pytest.mark.parametrize("text", ["ID1234567", "AN0412", "0412/19", "ASANOV"])
def test_a_number_and_a_plain_name_are_no_code(text: str) -> None:
    assert len(list(other_readings(text))) == 1  # the keyboard's


def test_each_key_types_its_letter_on_either_keyboard() -> None:
    for letter in "ёйцукенгшщзхъфывапролджэячсмитьюңөү":
        assert as_typed_on_kyrgyz(as_typed_on_us(letter)) == letter


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for reading in (typed(text), *other_readings(text)):
        assert all(reading.words)
        assert reading.longest >= 0
