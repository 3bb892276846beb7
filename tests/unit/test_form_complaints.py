"""What a form does with a wrong or a doubtful value, key by key."""

from __future__ import annotations

from datetime import date

from kiosk.widgets.fields import Complaint, Country, Date, PersonalNumber, Text
from kiosk.widgets.form import Form, FormKind
from tests.unit.typed_form import form, press, row, said


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
