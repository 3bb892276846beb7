"""Languages change without a restart; nothing but text enters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import text


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    text.use("en")


def test_a_sentence_follows_the_language_of_the_screen_at_once() -> None:
    text.use("en")
    assert text._("MAY PASS") == "MAY PASS"
    text.use("ky")
    assert text._("MAY PASS") == "УРУКСАТ"
    text.use("ru")
    assert text._("MAY PASS") == "МОЖНО"
    assert text.language() == "ru"


def test_a_paper_keeps_its_language_whatever_the_screen_shows() -> None:
    kyrgyz = text.in_language("ky")
    text.use("en")
    assert kyrgyz("MAY PASS") == "УРУКСАТ"


def test_english_stands_in_where_there_is_no_catalogue() -> None:
    assert text.in_language("uz")("MAY PASS") == "MAY PASS"
    text.use("ky")
    assert text._("a sentence nobody translated") == "a sentence nobody translated"
    assert text._("") == ""


def test_an_unknown_language_of_the_screen_is_refused_and_the_old_one_stays() -> None:
    text.use("ru")
    with pytest.raises(ValueError, match="xx"):
        text.use("xx")
    assert text.language() == "ru"


def test_places_are_filled_and_data_is_never_read_as_a_place() -> None:
    assert text.fill("{name} until {day}", name="{day}", day=3) == "{day} until 3"
    assert text.fill("{name}", day=3) == "{name}"


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("  Асанова \t Айгүл\r\n", "Асанова Айгүл"),
        ("a\u00a0b\u2003c\u3000d", "a b c d"),
        ("\x1b[2JАсанов\x07", "[2JАсанов"),
        ("\u202eАсанов\u202c", "Асанов"),
        ("Аса\u200bнов\ufeff", "Асанов"),
        ("Асанов\x9b31m\x85", "Асанов31m"),
        ("\ud800x\ue000\U0010ffff", "x"),
        ("и\u0306", "й"),
        ("е\u200d\u0308", "ё"),
        ("[/]", "[/]"),
        ("строка\u2028строка\u2029", "строка строка"),
        ("", ""),
    ],
)
def test_nothing_but_text_is_kept(dirty: str, clean: str) -> None:
    assert text.clean(dirty) == clean


def test_a_long_text_is_cut_and_does_not_end_in_a_space() -> None:
    assert text.clean("abcd efgh", limit=5) == "abcd"


@given(st.text(max_size=300))
def test_what_was_cleaned_is_clean(raw: str) -> None:
    once = text.clean(raw)
    assert text.clean(once) == once
    assert len(once) <= 200
    assert once == once.strip()
    assert "  " not in once
    assert unicodedata.is_normalized("NFC", once)
    forbidden = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not forbidden & {unicodedata.category(character) for character in once}
