"""Choices and searches in a form, key by key."""

from __future__ import annotations

from kiosk.widgets.fields import Choice, Lookup, Option, Text
from kiosk.widgets.form import Form, FormKind
from tests.unit.typed_form import form, press, row, said


def test_a_digit_takes_a_choice_at_once() -> None:
    one = form(first="relation")
    answer = press(one, "3")
    assert answer.changed
    assert one.values["relation"] == "child"
    assert one.current == "note"


def test_letters_filter_a_choice_and_enter_takes_the_line() -> None:
    one = form(first="relation")
    press(one, "par", "enter")
    assert one.values["relation"] == "parent"


def test_a_digit_takes_no_choice_that_letters_have_filtered_out() -> None:
    one = form(first="relation")
    press(one, "par", "3")
    assert one.values["relation"] == ""
    assert said(one).startswith("{digit} is not among these lines.")
    press(one, "2")
    assert one.values["relation"] == "parent"


def test_a_filtered_choice_keeps_the_digits_of_the_whole_list() -> None:
    one = form(first="relation")
    press(one, "ch")
    assert "3 child" in row(one, "Relation")
    press(one, "3")
    assert one.values["relation"] == "child"


def test_letters_that_fit_nothing_leave_all_choices_and_their_digits() -> None:
    one = form(first="relation")
    press(one, "zz")
    assert "3 child" in "\n".join(one.text())
    press(one, "3")
    assert one.values["relation"] == "child"


def test_f4_shows_all_choices_and_every_digit_takes_again() -> None:
    one = form(first="relation")
    press(one, "par")
    assert one.list_choices()
    press(one, "3")
    assert one.values["relation"] == "child"


def test_a_list_longer_than_the_form_keeps_the_line_in_focus_on_the_glass() -> None:
    """23 officers, on a form that has room for nine lines."""
    officers = tuple(Option(str(no), f"Officer {no:02d}") for no in range(1, 24))
    one = Form(rows=9)
    one.load([Choice("witness", "Witness", options=officers)])
    one.list_choices()
    for no in range(1, 24):
        (focused,) = (text for text in one.text() if ">" in text)
        assert focused.rstrip().endswith(f"Officer {no:02d}")
        press(one, "down")
    press(one, "up", "enter")
    assert one.values["witness"] == "23"


def test_letters_that_fit_no_choice_are_kept_by_enter_and_replaced_by_the_next() -> None:
    one = form(first="relation")
    press(one, "zz", "enter")
    assert one.current == "relation"
    assert said(one).startswith("Not chosen yet.")
    press(one, "par", "enter")
    assert one.values["relation"] == "parent"


def test_arrows_choose_and_enter_takes() -> None:
    one = form(first="relation")
    press(one, "down", "down", "enter")
    assert one.values["relation"] == "parent"


def test_esc_closes_the_list_first() -> None:
    one = form(first="relation")
    press(one, "down")
    assert press(one, "escape").kind is FormKind.TAKEN
    assert press(one, "escape").kind is FormKind.BACK


def test_letters_that_fit_no_choice_are_told() -> None:
    one = form(first="relation")
    press(one, "zz", "tab")
    assert row(one, "Relation").startswith(" ! Relation")


def test_no_choice_is_made_by_passing_over_it() -> None:
    one = form(first="relation")
    press(one, "enter")
    assert one.values["relation"] == ""
    assert row(one, "Relation").startswith(" * Relation")


def search() -> Form:
    one = Form()
    one.load([Lookup("prisoner", "Prisoner", required=True), Text("note", "Note")])
    return one


FOUND = [Option(f"p{n}", f"Асанов {n}", f"file {n}") for n in range(40)]


def test_enter_takes_the_line_that_is_shown() -> None:
    one = search()
    press(one, "ас")
    one.offer("prisoner", FOUND)
    press(one, "down", "enter")
    assert one.values["prisoner"] == "p1"
    assert one.typed("prisoner") == "Асанов 1"
    assert one.current == "note"


def test_the_line_in_focus_stays_when_the_list_is_offered_again() -> None:
    one = search()
    press(one, "ас")
    one.offer("prisoner", FOUND)
    press(one, "down", "down")
    one.offer("prisoner", list(reversed(FOUND[:5])))
    press(one, "enter")
    assert one.values["prisoner"] == "p2"


def test_a_list_for_other_letters_cannot_be_taken() -> None:
    one = search()
    press(one, "ас")
    one.offer("prisoner", FOUND)
    press(one, "ы", "enter")
    assert one.values["prisoner"] == ""
    assert one.current == "prisoner"


def test_at_most_fifteen_lines_are_shown() -> None:
    one = search()
    press(one, "ас")
    one.offer("prisoner", FOUND)
    assert sum("file" in text for text in one.text()) == 15


def test_a_long_name_in_a_list_is_shortened_before_its_note() -> None:
    one = search()
    press(one, "ба")
    one.offer("prisoner", [Option("p1", "Байболотов-Мамбетов " * 3, "1984  0398/22")])
    shown = next(text for text in one.text() if "0398/22" in text)
    assert "… 1984  0398/22" in shown


def test_nothing_found_is_said_only_when_the_screen_found_nothing() -> None:
    one = search()
    press(one, "zz")
    one.offer("prisoner", [])
    press(one, "enter")
    assert one.current == "prisoner"
    assert said(one).startswith("Nothing found.")


def test_a_list_closed_by_esc_is_not_chosen_from_and_opens_again() -> None:
    for again in ("down", "f4"):
        one = search()
        press(one, "ас")
        one.offer("prisoner", FOUND)
        press(one, "escape", "enter")
        assert one.current == "prisoner"
        assert said(one).startswith("Not chosen yet.")
        assert one.list_choices() if again == "f4" else press(one, again)
        press(one, "down", "enter")
        assert one.values["prisoner"] == "p1"


def test_f2_says_that_a_found_line_is_not_chosen() -> None:
    one = search()
    press(one, "ас")
    one.offer("prisoner", FOUND)
    press(one, "tab", "f2")
    assert said(one).startswith("Not chosen yet.")


def test_typed_letters_without_a_line_taken_cannot_be_saved() -> None:
    one = search()
    press(one, "zz", "tab")
    assert press(one, "f2").kind is FormKind.MOVED
    assert one.current == "prisoner"


def test_changing_the_text_drops_what_was_taken() -> None:
    one = search()
    press(one, "ас")
    one.offer("prisoner", FOUND)
    press(one, "enter", "shift+tab", "б")
    assert one.values["prisoner"] == ""
