"""Typing a code or the start of a name, in any language and on any layout, finds the thing."""

from __future__ import annotations

from itertools import combinations

import pytest

from devices.readers.keyboard_layouts import as_typed_on_kyrgyz, as_typed_on_us
from kiosk.goods_words import matching
from kiosk.services.goods import shipped_catalogue
from kiosk.text import LANGUAGES
from kiosk.values.goods import CatalogueEntry

THINGS = shipped_catalogue.entries()
BY_CODE = {one.code: one for one in THINGS}


def first(typed: str, language: str) -> str:
    """The Latin code of the likeliest thing."""
    return matching(THINGS, typed, language)[0].code


def struck_on_us(cyrillic: str) -> str:
    """What the keys of small letters type on a US keyboard: the comma for б."""
    return as_typed_on_us(cyrillic).replace("<", ",")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_screens_language_finds_its_thing_first(language: str) -> None:
    for one in THINGS:
        assert first(one.code_in(language), language) == one.code


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_every_code_finds_its_thing_first_also_when_the_keyboard_types_latin(
    language: str,
) -> None:
    for one in THINGS[::3]:
        struck = struck_on_us(one.code_in(language))
        assert first(struck, language) == one.code, struck


def test_a_latin_code_counts_on_a_keyboard_that_types_cyrillic() -> None:
    for one in THINGS[::4]:
        assert first(as_typed_on_kyrgyz(one.code), "en") == one.code


def test_a_latin_code_counts_on_every_screen() -> None:
    for language in ("ky", "ru"):
        assert all(first(one.code, language) == one.code for one in THINGS[::4])


def test_a_code_of_another_language_counts_after_those_of_the_screen() -> None:
    # са is sugar in Russian and garlic in Kyrgyz.
    assert [one.code for one in matching(THINGS, "са", "ru")][:2] == ["su", "ga"]
    assert [one.code for one in matching(THINGS, "са", "ky")][:2] == ["ga", "su"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("сахар", "su"),
        ("Шекер", "su"),
        ("suga", "su"),
        ("ШОКО", "ch"),
        ("зубная щ", "th"),
        ("щетка", "th"),  # е for ё
        ("көк ч", "tg"),
        ("кок чай", "tg"),  # a keyboard without ө
    ],
)
def test_the_start_of_a_word_of_a_name_finds_it_in_any_language(typed: str, found: str) -> None:
    for language in LANGUAGES:
        assert first(typed, language) == found


def test_a_name_counts_on_the_wrong_layout_too() -> None:
    assert first(struck_on_us("сахар"), "ru") == "su"
    assert first(as_typed_on_kyrgyz("sugar"), "en") == "su"


def test_a_word_of_no_thing_finds_nothing() -> None:
    assert matching(THINGS, "велосипед", "ru") == ()
    assert matching(THINGS, "?!", "ru") == ()


def test_without_anything_typed_all_things_stand_by_their_names() -> None:
    names = [one.name.ru.casefold() for one in matching(THINGS, "  ", "ru")]
    assert len(names) == len(THINGS)
    assert names == sorted(names)


def test_no_two_things_that_come_with_gatebook_have_a_code_or_a_name_in_common() -> None:
    def told(one: CatalogueEntry, language: str) -> set[str]:
        plain = str.maketrans("ёөүң", "еоун")
        return {one.code_in(language).translate(plain), one.name.in_language(language)}

    for language in LANGUAGES:
        for one, other in combinations(THINGS, 2):
            assert not told(one, language) & told(other, language)


def test_the_codes_of_the_first_lesson_stand() -> None:
    codes = {one: (BY_CODE[one].code_ky, BY_CODE[one].code_ru) for one in BY_CODE}
    assert codes["te"] == ("ча", "ча")
    assert codes["su"] == ("ше", "са")
    assert codes["br"] == ("на", "хл")
    assert codes["ap"] == ("ал", "яб")
    assert codes["sw"] == ("ко", "ко")
    assert codes["ci"] == ("та", "си")
    assert codes["me"] == ("да", "ле")
    assert codes["ho"] == ("ба", "мё")
