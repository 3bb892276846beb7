"""The language of the screen changes while a form stands there half done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk import text
from kiosk.screens import choices
from kiosk.widgets.fields import Choice, Lookup, Option, Text
from kiosk.widgets.form import Form, FormKind
from tests.unit.typed_form import press, row

ASANOVA = Option("7", "Асанова Айгүл")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    text.use("en")
    yield
    text.use("en")


@pytest.fixture
def one() -> Form:
    form = Form()
    form.load(
        [
            Choice("relation", "Relation", options=choices.relations()),
            Lookup("sender", "Sender", known=(ASANOVA,)),
            Text("note", "Note"),
        ],
        {"sender": "7"},
    )
    press(form, "2")
    return form


def test_what_was_chosen_and_what_may_be_chosen_follow_the_language(one: Form) -> None:
    assert "parent" in row(one, "Relation")
    press(one, "shift+tab")
    text.use("ru")
    one.draw()
    shown = "\n".join(one.text())
    assert one.typed("relation") == "мать/отец"
    assert "3 сын/дочь" in shown
    assert "son/daughter" not in shown
    assert ASANOVA.label in shown
    assert one.values == {"relation": "parent", "sender": "7", "note": ""}


def test_a_change_of_language_is_nothing_to_be_undone(one: Form) -> None:
    press(one, "shift+tab")
    text.use("ru")
    one.draw()
    assert press(one, "escape").kind is FormKind.BACK


def test_esc_brings_back_what_stood_there_in_the_language_of_now(one: Form) -> None:
    press(one, "shift+tab", "spo")
    text.use("ru")
    one.draw()
    assert one.typed("relation") == "spo"
    press(one, "escape", "escape")
    assert (one.values["relation"], one.typed("relation")) == ("parent", "мать/отец")
