"""Every letter of the gate's languages in one byte, and no byte that is a command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printers.codepages import MISSING, CodePage

KZ1048 = CodePage()
CP866 = CodePage("cp866", 17)

KYRGYZ = "АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ"


@pytest.mark.parametrize("letters", [KYRGYZ, KYRGYZ.lower(), "№«»—–…“”"])
def test_page_53_holds_what_kyrgyz_and_russian_papers_need(letters: str) -> None:
    assert all(KZ1048.holds(letter) for letter in letters)
    assert KZ1048.encode(letters).decode("kz1048") == letters


def test_a_page_without_kyrgyz_letters_prints_the_nearest() -> None:
    assert CP866.encode("Эңилчек Өмүрбек").decode("cp866") == "Энилчек Омурбек"


@pytest.mark.parametrize(
    ("given_name", "printed"),
    [
        ("Şükrü Çağlar", "Sukru Caglar"),
        ("Łukasz Ørsted", "Lukasz Orsted"),
        ("José", "Jose"),
        ("Ўткир Ҳамид", "Уткир Хамид"),
        ("ＡＢＣ", "ABC"),
        ("a\u00a0b", "a b"),
    ],
)
def test_a_letter_that_the_page_lacks_is_its_nearest(given_name: str, printed: str) -> None:
    assert KZ1048.encode(given_name).decode("kz1048") == printed


@pytest.mark.parametrize("name", ["王小明", "محمد", "😀"])
def test_what_has_no_near_letter_is_a_visible_sign_and_never_a_question_mark(
    name: str,
) -> None:
    assert KZ1048.encode(name).decode("kz1048") == MISSING * len(name)


@pytest.mark.parametrize("page", [KZ1048, CP866])
@given(text=st.text())
def test_no_text_gives_a_control_byte_or_more_bytes_than_letters(
    page: CodePage, text: str
) -> None:
    encoded = page.encode(text)
    assert len(encoded) <= len(text)
    assert all(byte >= 0x20 and byte != 0x7F for byte in encoded)
    assert encoded.count(b"?") <= sum(
        letter in "?\uff1f\ufe56\ufe16\u2047\u2048\u2049\u203d" for letter in text
    )
    encoded.decode(page.codec)
