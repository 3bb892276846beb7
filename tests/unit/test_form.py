"""How forms behave, key by key."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.widgets.fields import (
    Choice,
    Complaint,
    Country,
    Date,
    Field,
    Lookup,
    Name,
    Option,
    Passphrase,
    PersonalNumber,
    Phone,
    Text,
)
from kiosk.widgets.form import Form, FormAnswer, FormKind

KIN = (Option("spouse", "wife/husband"), Option("parent", "parent"), Option("child", "child"))
FIELDS: tuple[Field, ...] = (
    Name("surname", "Surname", required=True, missing="Surname is missing."),
    Date("birth", "Born", today=date(2026, 11, 24)),
    Phone("phone", "Phone"),
    Choice("relation", "Relation", required=True, options=KIN),
    Text("note", "Note"),
)


def form(**settings: object) -> Form:
    one = Form()
    one.load(FIELDS, **settings)  # type: ignore[arg-type]  # each test says what
    return one


def press(one: Form, *keys: str) -> FormAnswer:
    """Names of keys, or text typed letter by letter; the answer to the last key."""
    answer = FormAnswer(FormKind.IGNORED)
    for key in keys:
        if len(key) > 1 and (key.islower() and key.isascii() and key in NAMED):
            answer = one.press(key, {"enter": "\r", "tab": "\t"}.get(key))
        else:
            for letter in key:
                answer = one.press(letter, letter)
    return answer


_KEYS = "enter tab shift+tab escape up down left right home end insert delete backspace f2 f4"
NAMED = frozenset(_KEYS.split())


def row(one: Form, field: str) -> str:
    """The drawn row with the label of a field."""
    return next(text for text in one.text() if text[3:].startswith(field))


def said(one: Form) -> str:
    return one.message.sentence if one.message else ""


# ---- where it opens


def test_it_opens_on_the_first_doubtful_field() -> None:
    one = form(
        values={"surname": "Беков", "phone": "0555123456"},
        doubtful={"phone": Complaint("Is it?")},
    )
    assert one.current == "phone"
    assert said(one) == "Is it?"


def test_it_opens_on_the_first_empty_required_field() -> None:
    assert form().current == "surname"
    assert form(values={"surname": "Беков"}).current == "relation"


def test_it_opens_on_the_first_proposed_field_when_nothing_is_missing() -> None:
    values = {"surname": "Беков", "relation": "parent", "birth": "1979-11-05"}
    assert form(values=values, proposed={"birth"}).current == "birth"


# ---- keys


def test_enter_goes_on_and_the_last_enter_saves() -> None:
    one = form()
    press(one, "беков", "enter", "05111979", "enter", "555123456", "enter", "2")
    assert one.current == "note"
    assert press(one, "enter").kind is FormKind.SAVE
    assert dict(one.values) == {
        "surname": "Беков",
        "birth": "1979-11-05",
        "phone": "0555123456",
        "relation": "parent",
        "note": "",
    }


def test_keys_typed_ahead_stand_in_their_fields() -> None:
    one = form()
    press(one, "qwe", "tab", "0511", "tab", "555", "tab", "tab", "asd")
    assert [one.typed(name) for name in ("surname", "birth", "phone", "note")] == [
        "Qwe",
        "0511",
        "555",
        "asd",
    ]


def test_tab_moves_without_confirming_and_enter_confirms() -> None:
    one = form(values={"surname": "Беков"}, proposed={"surname"}, first="surname")
    press(one, "tab")
    assert one.unconfirmed == {"surname"}
    press(one, "shift+tab", "enter")
    assert one.unconfirmed == frozenset()


def test_f2_confirms_everything_proposed() -> None:
    one = form(values={"surname": "Беков", "relation": "child"}, proposed={"surname"})
    assert press(one, "f2").kind is FormKind.SAVE
    assert one.unconfirmed == frozenset()


def test_f2_goes_to_what_is_missing_and_says_so() -> None:
    one = form()
    press(one, "tab", "tab")
    assert press(one, "f2").kind is FormKind.MOVED
    assert one.current == "surname"
    assert said(one) == "Surname is missing."


def test_the_first_letter_replaces_and_an_arrow_first_edits() -> None:
    one = form(values={"surname": "Беков"}, first="surname")
    press(one, "а")
    assert one.typed("surname") == "А"
    one = form(values={"surname": "Беков"}, first="surname")
    press(one, "left", "а")
    assert one.typed("surname") == "Бекоав"


def test_a_value_left_and_entered_again_is_replaced_by_the_first_letter() -> None:
    one = form()
    press(one, "беков", "tab", "shift+tab", "а")
    assert one.typed("surname") == "А"


def test_esc_gives_the_value_back_then_leaves() -> None:
    one = form(values={"surname": "Беков"}, proposed={"surname"}, first="surname")
    press(one, "асанов")
    assert press(one, "escape").kind is FormKind.CHANGED
    assert one.typed("surname") == "Беков"
    assert one.unconfirmed == {"surname"}
    assert press(one, "escape").kind is FormKind.BACK


def test_ins_takes_the_value_of_the_last_record() -> None:
    one = form(dup={"phone": "0700111222", "relation": "child"}, first="phone")
    press(one, "insert", "enter", "insert")
    assert one.values["phone"] == "0700111222"
    assert one.values["relation"] == "child"
    assert one.touched


def test_ins_never_fills_in_a_passphrase() -> None:
    one = Form()
    one.load([Passphrase("secret", "Passphrase")], dup={"secret": "x"})
    press(one, "insert")
    assert one.values["secret"] == ""


def test_function_keys_are_the_screens() -> None:
    one = form()
    for key in ("f1", "f3", "f4", "f5", "f9", "f10", "pagedown", "ctrl+a"):
        assert one.press(key, None).kind is FormKind.IGNORED


def test_arrows_move_between_fields_and_step_a_date() -> None:
    one = form(values={"birth": "1979-11-05"})
    press(one, "down", "up")
    assert one.values["birth"] == "1979-11-06"
    assert one.current == "birth"


def test_nothing_is_unsaved_until_a_person_changes_something() -> None:
    one = form(values={"surname": "Беков"})
    press(one, "tab", "shift+tab", "enter", "left")
    assert not one.touched
    press(one, "up", "а")
    assert one.touched


# ---- wrong and doubtful


def test_enter_stays_on_a_wrong_value_and_what_is_typed_next_replaces_it() -> None:
    one = form(first="birth")
    assert press(one, "31021990", "enter").kind is FormKind.MOVED
    assert one.current == "birth"
    assert row(one, "Born").startswith(" ! Born")
    assert "31.02.1990" in row(one, "Born")
    assert said(one) == "No such date: {typed}. Correct the day."
    press(one, "28021990", "enter")
    assert one.values["birth"] == "1990-02-28"
    assert one.current == "phone"


def test_a_second_enter_leaves_a_wrong_value_which_keeps_its_mark() -> None:
    one = form(values={"surname": "Беков", "relation": "child"}, first="birth")
    press(one, "31021990", "enter", "enter")
    assert one.current == "phone"
    assert row(one, "Born").startswith(" ! Born")
    assert press(one, "f2").kind is FormKind.MOVED
    assert one.current == "birth"


def test_another_wrong_value_is_stayed_on_again() -> None:
    one = form(first="birth")
    press(one, "31021990", "enter", "30021990", "enter")
    assert one.current == "birth"
    press(one, "enter", "shift+tab", "enter")
    assert one.current == "birth"


def test_tab_leaves_a_wrong_value_at_once() -> None:
    one = form(first="birth")
    press(one, "31021990", "tab")
    assert one.current == "phone"
    assert row(one, "Born").startswith(" ! Born")
    assert said(one) == "No such date: {typed}. Correct the day."


def test_a_wrong_value_entered_again_is_replaced_by_the_first_letter() -> None:
    one = form(first="birth")
    press(one, "31021990", "tab", "shift+tab", "28021990")
    assert one.typed("birth") == "28021990"


def test_f2_cannot_pass_a_wrong_field() -> None:
    one = form(values={"surname": "Беков", "relation": "child"}, first="birth")
    press(one, "31021990", "tab")
    assert press(one, "f2").kind is FormKind.MOVED
    assert one.current == "birth"


def test_an_arrow_first_mends_a_wrong_value() -> None:
    one = form(first="birth")
    press(one, "31021990", "tab", "shift+tab", "home", "delete", "delete", "28")
    assert one.typed("birth") == "28021990"


def test_a_mark_goes_when_the_text_is_mended() -> None:
    one = form(first="birth")
    press(one, "31021990", "tab", "shift+tab", "home", "delete", "2", "right", "enter")
    assert row(one, "Born").startswith("   Born")


def test_a_doubtful_value_is_passed_by_enter_a_second_time() -> None:
    one = form(first="birth")
    press(one, "01011910", "enter")
    assert one.current == "birth"
    assert one.message is not None
    press(one, "enter")
    assert one.current == "phone"
    assert one.confirmed_doubts == {"birth"}


def test_f2_stops_at_a_doubt_until_enter_confirms_it() -> None:
    one = form(values={"surname": "Беков", "relation": "child"}, first="birth")
    press(one, "01011910", "tab")
    assert press(one, "f2").kind is FormKind.MOVED
    assert one.current == "birth"
    assert press(one, "f2").kind is FormKind.MOVED
    press(one, "enter")
    assert press(one, "f2").kind is FormKind.SAVE


def test_a_doubt_the_form_opened_with_is_confirmed_by_one_enter() -> None:
    one = form(
        values={"phone": "0555123456"}, doubtful={"phone": Complaint("The check fails.")}
    )
    press(one, "enter")
    assert one.current == "relation"
    assert one.confirmed_doubts == {"phone"}


def test_a_confirmed_doubt_returns_when_the_value_changes() -> None:
    one = form(first="birth")
    press(one, "01011910", "enter", "enter", "shift+tab", "02011910", "enter")
    assert one.current == "birth"
    assert one.confirmed_doubts == frozenset()


def test_after_the_doubt_of_a_check_digit_the_fields_own_doubt_is_asked() -> None:
    one = Form()
    one.load(
        [PersonalNumber("pin", "PIN"), Date("birth", "Born", today=date(2026, 1, 1))],
        {"pin": "20511197900457", "birth": "1979-11-06"},
        doubtful={"pin": Complaint("The check fails.")},
    )
    press(one, "enter")
    assert one.current == "pin"
    press(one, "enter")
    assert one.current == "birth"


def test_a_foreign_personal_number_hangs_on_the_country_beside_it() -> None:
    one = Form()
    one.load(
        [PersonalNumber("pin", "PIN"), Country("country", "Issued by"), Text("note", "Note")],
        {"pin": "3110180A001PB1", "country": "BLR"},
        first="pin",
    )
    assert one.values["pin"] == "3110180A001PB1"
    press(one, "enter", "kgz", "enter")
    assert one.values["pin"] == ""
    assert press(one, "f2").kind is FormKind.MOVED
    assert one.current == "pin"


def test_a_service_can_refuse_a_value_until_it_changes() -> None:
    one = form(values={"surname": "Беков", "relation": "child"})
    one.complain("surname", "No such {what}.", what="name")
    assert one.current == "surname"
    assert press(one, "f2").kind is FormKind.MOVED
    press(one, "асанов")
    assert press(one, "f2").kind is FormKind.SAVE


def test_latin_letters_in_a_name_are_told_and_not_converted() -> None:
    one = form()
    press(one, "as")
    assert said(one) == "Latin letters: layout?"
    assert one.typed("surname") == "As"


def test_a_letter_too_many_is_told() -> None:
    one = form()
    press(one, "а" * 60)
    assert said(one) == ""
    press(one, "а")
    assert said(one).startswith("No more than {count} letters fit here.")
    assert one.message is not None
    assert one.message.values == {"count": 60}
    assert len(one.typed("surname")) == 60
    press(one, "backspace")
    assert said(one) == ""


# ---- choices and searches


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


# ---- the glass


def test_the_focus_is_in_reverse_and_only_there() -> None:
    one = form(values={"surname": "Беков"})
    focused = [y for y, inks in enumerate(one.inks()) if "f" in inks]
    assert len(focused) == 1
    assert one.text()[focused[0]][3:11] == "Relation"


def test_what_the_machine_proposed_stands_dim() -> None:
    one = form(values={"surname": "Беков"}, proposed={"surname"})
    inks = one.inks()[0]
    assert inks[20:25] == "ddddd"


def test_data_is_drawn_as_it_is_and_never_as_markup() -> None:
    one = form(values={"surname": "[red]\x1b[2J[/red]"}, first="note")
    assert "[red][2J[/red]" in one.text()[0]


def test_a_long_text_slides_under_the_cursor() -> None:
    one = form(first="note")
    press(one, "a" * 20 + "b" * 20)
    assert row(one, "Note")[20:50] == "a" * 9 + "b" * 20 + "_"


def test_a_form_longer_than_the_glass_scrolls() -> None:
    one = Form(rows=5)
    one.load([Text(f"f{n}", f"Field {n}") for n in range(12)])
    for _ in range(11):
        press(one, "tab")
    assert any("Field 11" in text for text in one.text())
    for _ in range(11):
        press(one, "shift+tab")
    assert any("Field 0" in text for text in one.text())


def test_read_only_fields_are_never_entered() -> None:
    one = Form()
    one.load([Text("a", "A", read_only=True), Text("b", "B"), Text("c", "C", read_only=True)])
    assert one.current == "b"
    press(one, "tab", "shift+tab")
    assert one.current == "b"
    assert press(one, "enter").kind is FormKind.SAVE


def test_a_form_without_fields_only_saves_and_goes_back() -> None:
    one = Form()
    one.load([])
    assert one.press("enter", "\r").kind is FormKind.SAVE
    assert one.press("escape", None).kind is FormKind.BACK
    assert one.press("a", "a").kind is FormKind.IGNORED


KEYS = st.sampled_from([*sorted(NAMED), "а", "B", "1", "7", "0", " ", "ң", "\u202e", "漢"])


@settings(max_examples=60, deadline=None)
@given(st.lists(KEYS, max_size=60))
def test_no_run_of_keys_breaks_a_form_or_leaves_its_grid(keys: list[str]) -> None:
    one = form(dup={"phone": "0700111222", "relation": "child"})
    for key in keys:
        press(one, key)
        assert all(len(text) == 80 for text in one.text())
        assert one.current in {field.name for field in FIELDS}
    assert set(one.values) == {field.name for field in FIELDS}
