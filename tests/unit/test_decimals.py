"""The mark before the decimals is that of the language, wherever a weight is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk import text, wording
from kiosk.decimals import Kilograms, decimals, kilograms, short_kilograms, som
from kiosk.errors import Refused
from kiosk.printouts.words import weight
from kiosk.screens.goods.weights import typed_grams
from kiosk.text import fill, in_language
from kiosk.widgets.fields import Measure, Number


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    text.use("en")


@pytest.mark.parametrize(("language", "mark"), [("en", "."), ("ky", ","), ("ru", ",")])
def test_a_weight_has_the_mark_of_its_language_on_the_screen_and_on_paper(
    language: str, mark: str
) -> None:
    text.use(language)
    field = Number("grams", "Weight, kg", measure=Measure.KILOGRAMS)
    said = f"9{mark}380"
    assert kilograms(9380) == said
    assert kilograms(-9380) == f"-{said}"
    assert short_kilograms(9300) == f"9{mark}3"
    assert short_kilograms(20_000) == "20"
    assert wording.weight(9380).startswith(f"{said} ")
    assert weight(9380, (language,)).startswith(f"{said} ")
    assert field.show("9300") == f"9{mark}3"
    assert (field.show("20000"), field.show("")) == ("20", "")
    assert som(150_050) == f"1 500{mark}50"
    assert som(150_000) == "1 500"


def test_a_paper_in_three_languages_has_both_marks() -> None:
    assert weight(2000, ("ky", "ru", "en")) == "2,000 кг / 2.000 kg"


def test_a_sentence_of_a_service_is_written_in_the_language_that_shows_it() -> None:
    refused = Refused("{kg} kg are left.", kg=Kilograms(9380))
    assert str(refused) == "9.380 kg are left."
    text.use("ky")
    assert fill(refused.sentence, **refused.values) == "9,380 kg are left."


def test_a_register_is_written_in_its_own_language_whatever_the_screen_shows() -> None:
    assert decimals(12_345, 2, in_language("ru")) == "123,45"


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("typed", ["2.5", "2,5", "2,500"])
def test_weights_are_typed_with_either_mark(language: str, typed: str) -> None:
    text.use(language)
    assert typed_grams(typed) == 2500
    field = Number("grams", "Weight, kg", measure=Measure.KILOGRAMS)
    assert field.read(typed, {}).value == "2500"
