"""Every letter of the gate's languages on some page, and no byte that is a command."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.printers.codepages import (
    EPSON,
    CodePage,
    CodePages,
    TextMode,
    columns_of,
    printable,
    shown,
)

KZ1048 = CodePage.of(TextMode.KZ1048, EPSON)
CP866 = CodePage.of(TextMode.GLYPHS, EPSON)

RUSSIAN = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
KYRGYZ = "АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ"


@pytest.mark.parametrize("letters", [KYRGYZ, KYRGYZ.lower(), "№«»—–…“”"])
def test_page_53_holds_what_kyrgyz_and_russian_papers_need(letters: str) -> None:
    assert b"".join(KZ1048.byte(letter) or b"" for letter in letters) == letters.encode(
        "kz1048"
    )
    assert shown(letters, TextMode.KZ1048) == letters


def test_cp866_lacks_six_kyrgyz_letters_and_no_russian_one() -> None:
    assert all(CP866.byte(letter) for letter in RUSSIAN + RUSSIAN.lower() + "№")
    assert [letter for letter in KYRGYZ + KYRGYZ.lower() if not CP866.byte(letter)] == list(
        "ҢӨҮңөү"
    )


@pytest.mark.parametrize(
    ("mode", "number"),
    [
        (TextMode.KZ1048, 27),
        (TextMode.GLYPHS, 59),
        (TextMode.TRANSLIT, 59),
        (TextMode.RASTER, 0),
    ],
)
def test_the_site_names_the_pages_by_its_printers_numbers(mode: TextMode, number: int) -> None:
    assert CodePage.of(mode, CodePages(kz1048=27, cp866=59)).number == number


def test_only_translit_changes_a_letter() -> None:
    assert shown("Эңилчек Өмүрбек", TextMode.TRANSLIT) == "Энилчек Омурбек"
    for mode in (TextMode.KZ1048, TextMode.GLYPHS, TextMode.RASTER):
        assert shown("Эңилчек Şükrü 王", mode) == "Эңилчек Şükrü 王"


@pytest.mark.parametrize(
    ("given_name", "printed"),
    [
        ("Şükrü Çağlar", "Sukru Caglar"),
        ("Łukasz Ørsted", "Lukasz Orsted"),
        ("José", "Jose"),
        ("Ұлан Ҳамид", "Улан Хамид"),
        ("«№ 3» — “a”", '"№ 3" - "a"'),
        ("王ＡＢ", "王ＡＢ"),  # nothing as wide is near: drawn
    ],
)
def test_translit_prints_the_nearest_letter(given_name: str, printed: str) -> None:
    assert shown(given_name, TextMode.TRANSLIT) == printed


@pytest.mark.parametrize(
    ("given_text", "left"),
    [
        ("a\x1b@\x00\x9b\u200d\u202e\ufeffb", "a@b"),
        ("e\u0301x\u0301", "éx"),  # joined where there is a letter, else dropped
        ("И\u0306", "Й"),
        ("a\u00a0b\u3000c", "a b  c"),
        ("soft\u00adhyphen\ud800", "softhyphen"),
    ],
)
def test_what_has_no_place_on_paper_is_left_out(given_text: str, left: str) -> None:
    assert printable(given_text) == left


@pytest.mark.parametrize("page", [KZ1048, CP866, CodePage("ascii", 0)])
@settings(deadline=None)
@given(character=st.characters())
def test_no_character_is_a_control_byte_or_a_question_mark(
    page: CodePage, character: str
) -> None:
    byte = page.byte(character)
    if byte is not None:
        assert len(byte) == 1
        assert byte >= b"\x20"
        assert byte != b"\x7f"
        assert byte != b"?" or character == "?"
        assert byte.decode(page.codec) == character


@pytest.mark.parametrize("mode", TextMode)
@settings(deadline=None)
@given(text=st.text())
def test_a_text_is_shown_in_the_columns_it_was_laid_out_for(mode: TextMode, text: str) -> None:
    cleaned = printable(text)
    assert sum(map(columns_of, shown(text, mode))) == sum(map(columns_of, cleaned))
    assert printable(cleaned) == cleaned
