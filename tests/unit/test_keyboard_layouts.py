"""A reader that plays keyboard, under the layouts of the gate: what it typed comes back."""

from __future__ import annotations

import string

import pytest
from keyboards import LAYOUTS, typed
from mrz_builder import ASANOVA, BEKOV_PASSPORT

from devices.readers.keyboard_layouts import as_typed_on_us, letters_typing

OF_A_DOCUMENT = string.ascii_uppercase + string.digits + "<"


@pytest.mark.parametrize("caps", [False, True], ids=["", "caps"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("character", OF_A_DOCUMENT)
def test_every_character_of_a_document_comes_back(
    character: str, layout: str, caps: bool
) -> None:
    for struck in {character, character.lower()}:
        assert as_typed_on_us(typed(struck, layout, caps=caps)).upper() == character


@pytest.mark.parametrize("layout", LAYOUTS)
def test_letters_keep_their_shift(layout: str) -> None:
    text = string.ascii_letters + string.digits + "<"
    assert as_typed_on_us(typed(text, layout)) == text


@pytest.mark.parametrize("caps", [False, True], ids=["", "caps"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "lines", [ASANOVA.td1(), BEKOV_PASSPORT.td3()], ids=["card", "passport"]
)
def test_a_whole_document_comes_back(lines: tuple[str, ...], layout: str, caps: bool) -> None:
    text = "\r".join(lines) + "\r"
    assert as_typed_on_us(typed(text, layout, caps=caps)).upper() == text


def test_the_kyrgyz_letters_stand_for_their_own_keys() -> None:
    assert as_typed_on_us("ӨөҢңҮү") == "_-+=|\\"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("mark", "?*_")
def test_the_mark_of_an_unread_letter_never_becomes_a_filler_or_a_letter(
    mark: str, layout: str
) -> None:
    assert as_typed_on_us(typed(mark, layout)).upper() not in OF_A_DOCUMENT


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_tilde_before_the_text_comes_back(layout: str) -> None:
    assert as_typed_on_us(typed("~", layout)) == "~"


@pytest.mark.parametrize("layout", ["winkeys", "legacy", "kyrgyz"])
def test_what_a_sign_may_come_as_is_known(layout: str) -> None:
    for sign in "~`[]{};:'\"<":
        for caps in (False, True):
            assert typed(sign, layout, caps=caps) in letters_typing(sign)
    for sign in "(!)*":
        assert letters_typing(sign) == ""
