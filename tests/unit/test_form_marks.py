"""Characters of a form that a person has to compare: how they are shown, and until when."""

from __future__ import annotations

from datetime import date

from kiosk.widgets.fields import (
    Choice,
    Complaint,
    Date,
    Marks,
    Name,
    Option,
    PersonalNumber,
)
from kiosk.widgets.form import Form
from kiosk.widgets.ink import Ink

KIN = (Option("spouse", "wife/husband"), Option("parent", "parent"), Option("child", "child"))


def press(one: Form, *keys: str) -> None:
    for key in keys:
        one.press(key, None)


def marked_form(**marked: Marks) -> Form:
    """A form whose birth date, number and names are to be compared at these characters."""
    one = Form()
    one.load(
        [
            Name("surname", "Surname"),
            Date("birth", "Born", today=date(2026, 1, 1)),
            PersonalNumber("pin", "PIN"),
            Choice("relation", "Relation", options=KIN),
        ],
        {
            "surname": "Асанова",
            "birth": "1986-03-12",
            "pin": "11203198601234",
            "relation": "parent",
        },
        proposed=("surname", "birth", "pin", "relation"),
        evidence={"surname": "ASANOVA"},
        doubtful={name: Complaint("Compare.") for name in marked},
        marked=marked,
    )
    return one


def at_marks(one: Form, field: str) -> dict[int, str]:
    """What stands in the ink of marks on the row of a field, by column."""
    y = next(y for y, text in enumerate(one.text()) if text[3:].startswith(field))
    inks, marks = one.inks()[y], (Ink.MARK.value, Ink.MARK_IN_FOCUS.value)
    return {x: one.text()[y][x] for x, ink in enumerate(inks) if ink in marks}


def test_marked_characters_are_told_from_those_around_them() -> None:
    one = marked_form(
        surname=Marks(beside=frozenset({2})),
        birth=Marks(frozenset({2, 3, 5, 9})),
        pin=Marks(frozenset({0, 1, 9})),
        relation=Marks(frozenset({0})),
    )
    assert at_marks(one, "Surname") == {54: "A"}
    assert at_marks(one, "Born") == {21: "2", 23: "0", 28: "8", 29: "6"}
    assert at_marks(one, "PIN") == {20: "1", 22: "1", 31: "0"}
    assert "".join(at_marks(one, "Relation").values()) == "parent"


def test_in_the_current_field_a_mark_is_out_of_the_bar_that_is_in_reverse() -> None:
    one = marked_form(birth=Marks(frozenset({9})))
    assert one.current == "birth"
    assert at_marks(one, "Born") == {21: "2"}
    y = next(y for y, text in enumerate(one.text()) if text[3:].startswith("Born"))
    assert one.inks()[y][20:23] == "fnf"
    press(one, "tab")
    assert one.inks()[y][20:23] == "dmd"


def test_marks_go_when_the_doubt_is_confirmed() -> None:
    one = marked_form(birth=Marks(frozenset({9})))
    press(one, "enter")
    assert one.confirmed_doubts == {"birth"}
    assert at_marks(one, "Born") == {}


def test_marks_go_when_the_field_is_edited_and_come_back_with_what_stood_there() -> None:
    one = marked_form(birth=Marks(frozenset({9})))
    press(one, "left", "backspace")
    assert at_marks(one, "Born") == {}
    press(one, "escape")
    assert at_marks(one, "Born") == {21: "2"}
