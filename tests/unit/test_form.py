"""How forms behave, key by key."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.widgets.fields import Complaint, Passphrase, Text
from kiosk.widgets.form import Form, FormKind
from tests.unit.typed_form import FIELDS, NAMED, form, press, row, said

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
