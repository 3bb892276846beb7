"""All that is on screen and on paper exists in Kyrgyz, Russian and English."""

from __future__ import annotations

import ast
import re
import unicodedata
from gettext import GNUTranslations
from io import BytesIO

import pytest

from kiosk import wording
from kiosk.codes import Service
from kiosk.text import in_language
from tests import catalogues

PLACE = re.compile(r"\{(\w+)\}")
ROW = 78  # columns of the message row

languages = pytest.mark.parametrize("language", catalogues.LANGUAGES)


def translated(language: str) -> dict[str, str]:
    return {str(m.id): str(m.string) for m in catalogues.read(language) if m.id}


def longest(sentence: str) -> int:
    """Columns with ordinary data in the places."""
    return len(PLACE.sub("01.01.2027", sentence))


def test_every_marked_sentence_is_a_plain_string() -> None:
    for source in catalogues.KIOSK.rglob("*.py"):
        for argument in catalogues.marked(source):
            plain = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            named = isinstance(argument, (ast.Name, ast.Attribute, ast.Subscript, ast.Call))
            choice = isinstance(argument, (ast.IfExp, ast.BoolOp))
            assert plain or named or choice, f"{source}:{argument.lineno}"


@languages
def test_every_sentence_of_the_program_is_translated(language: str) -> None:
    known = translated(language)
    missing = {s: file for s, file in catalogues.sentences().items() if not known.get(s)}
    assert not missing


@languages
def test_no_translation_is_a_guess(language: str) -> None:
    assert not [m.id for m in catalogues.read(language) if m.id and m.fuzzy]


@languages
def test_no_sentence_is_left_that_nobody_says(language: str) -> None:
    assert not set(translated(language)) - set(catalogues.sentences())


@languages
def test_a_translation_has_the_places_of_its_sentence(language: str) -> None:
    for sentence, text in translated(language).items():
        assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(sentence)), sentence


@languages
def test_no_word_that_holds_data_is_inflected(language: str) -> None:
    for text in translated(language).values():
        assert not re.search(r"\}-?[^\W\d_]", text), text
        assert not re.search(r"[^\W\d_]\{", text), text


@languages
def test_a_translation_is_clean_text_and_keeps_its_keys(language: str) -> None:
    for sentence, text in translated(language).items():
        assert unicodedata.is_normalized("NFC", text), text
        assert text == text.strip(), text
        for key in ("Enter", "Esc", "F2", "F5", "F6"):
            assert len(re.findall(rf"\b{key}\b", text)) >= (key in sentence.split()), text


@languages
def test_what_fits_the_message_row_in_english_fits_it_in_translation(language: str) -> None:
    for sentence, text in translated(language).items():
        if longest(sentence) <= ROW and not sentence.startswith("KG: "):
            assert longest(text) <= ROW, f"{longest(text)}: {text}"


@languages
def test_the_words_of_narrow_columns_fit_them(language: str) -> None:
    say = in_language(language)
    for service in Service:
        assert len(say(wording.SHORT[service])) <= wording.SHORT_WIDTH


@languages
def test_the_program_loads_the_catalogue_that_was_written(language: str) -> None:
    compiled = catalogues.po_file(language).with_suffix(".mo").read_bytes()
    loaded = GNUTranslations(BytesIO(compiled))
    for sentence, text in translated(language).items():
        assert loaded.gettext(sentence) == (text or sentence)
        assert in_language(language)(sentence) == (text or sentence)
