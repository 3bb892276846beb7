"""What the officer relies on while working: languages, the way back, and a clean sign-off."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kiosk.text import in_language
from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass

pytestmark = pytest.mark.tty

COLOUR = re.compile(rb"\x1b\[[0-9;]*(3[0-7]|4[0-7]|9[0-7]|10[0-7])[;m]")


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"), language="en")
    house.furnish(gate, coming=house.COMING[:8])
    yield gate
    gate.close()


@pytest.fixture
def glass(gate: Gate) -> Iterator[Glass]:
    with gate.run() as glass:
        yield glass


def title(glass: Glass) -> str:
    return glass.row(0)[9:30].strip()


def wait_title(glass: Glass, wanted: str) -> None:
    glass.wait_for(lambda g: title(g) == wanted)


def escape(glass: Glass) -> None:
    """Esc, and nothing behind it until it was taken for Esc."""
    before = len(glass.received)
    glass.press("escape")
    glass.wait_for(lambda g: len(g.received) > before)
    glass.quiet(0.03)


def focus(glass: Glass) -> tuple[int, str]:
    """The row in focus, and what stands in it."""
    (row,) = (row for row in range(1, 21) if glass.reversed(row))
    return row, glass.row(row)


def test_the_language_changes_at_sign_in_and_in_the_menu_without_a_restart(
    gate: Gate, glass: Glass
) -> None:
    for digit, language in ((2, "ky"), (3, "ru"), (1, "en"), (3, "ru")):
        glass.press(str(digit))
        wait_title(glass, in_language(language)("SIGN IN"))
        glass.wait_for(in_language(language)("Type your login. A digit chooses the language."))
    glass.press(house.OFFICER, "enter", "a long walk to the gate", "enter")
    wait_title(glass, in_language("ru")("MENU"))
    for digit, language in ((2, "ky"), (1, "en"), (3, "ru"), (1, "en")):
        glass.press("f2", str(digit))
        say = in_language(language)
        wait_title(glass, say("MENU"))
        glass.wait_for(say("Waiting board"))
        # A screen that was kept in another language speaks the new one as well.
        glass.press("f3")
        wait_title(glass, say("FIND"))
        glass.press("f10")
        wait_title(glass, say("MENU"))


def test_a_login_may_be_typed_with_digits_behind_its_first_letter(glass: Glass) -> None:
    wait_title(glass, "SIGN IN")
    glass.press("a2")
    glass.wait_for("a2_")
    assert title(glass) == "SIGN IN"


def test_esc_leads_back_from_every_screen(gate: Gate, glass: Glass) -> None:
    house.enter(gate, glass, house.SUPERVISOR)
    for key, wanted in (
        ("1", "ARRIVAL, NEW PERSON"),
        ("2", "DEPARTURE"),
        ("f3", "FIND"),
        ("f9", "WHO IS INSIDE"),
        ("5", "WAITING BOARD"),
        ("8", "REGISTERS"),
        ("9", "SETUP"),
        ("f2", "LANGUAGE"),
        ("f1", "HELP"),
    ):
        glass.press(key)
        wait_title(glass, wanted)
        glass.press("escape")
        wait_title(glass, "MENU")
        glass.quiet(0.03)
    for key, wanted in (("1", "NEW PRISONER"), ("5", "RESTRICTIONS"), ("6", "NEW USER")):
        glass.press("9", key)
        wait_title(glass, wanted)
        escape(glass)
        wait_title(glass, "SETUP")
        escape(glass)
        wait_title(glass, "MENU")
    # A chain of screens is walked back one by one.
    gate.swipe(house.lines(house.COMING[0].holder))
    wait_title(glass, "ARRIVAL")
    glass.press("f9")
    wait_title(glass, "WHO IS INSIDE")
    glass.press("f3")
    wait_title(glass, "FIND")
    for wanted in ("WHO IS INSIDE", "ARRIVAL", "MENU"):
        escape(glass)
        wait_title(glass, wanted)


def test_esc_in_a_field_undoes_it_before_it_leaves_the_form(gate: Gate, glass: Glass) -> None:
    house.enter(gate, glass, house.SUPERVISOR)
    glass.press("9", "1")
    wait_title(glass, "NEW PRISONER")
    glass.press("0412/19", "enter", "Сатыбалдиев")
    glass.wait_for("Сатыбалдиев")
    escape(glass)
    assert title(glass) == "NEW PRISONER"
    assert "Сатыбалдиев" not in glass.text()
    assert "0412/19" in glass.text()
    escape(glass)
    wait_title(glass, "SETUP")


@pytest.mark.parametrize(
    ("key", "other"), [("f1", "HELP"), ("f9", "WHO IS INSIDE"), ("f3", "FIND")]
)
def test_a_look_elsewhere_leaves_the_form_as_it_was(
    gate: Gate, glass: Glass, key: str, other: str
) -> None:
    house.enter(gate, glass)
    gate.swipe(house.lines(house.NEWCOMERS[0].holder))
    wait_title(glass, "ARRIVAL, NEW PERSON")
    glass.press("Сатыбалдиева", "enter", "Өмүркан", "enter", "Талан")
    glass.wait_for("Талан_")
    before = focus(glass), glass.text()
    glass.press(key)
    wait_title(glass, other)
    escape(glass)
    wait_title(glass, "ARRIVAL, NEW PERSON")
    glass.quiet()
    assert (focus(glass), glass.text()) == before
    # What is typed now goes where it would have gone before.
    glass.press("товна")
    glass.wait_for("Талантовна_")


def test_a_form_left_by_f10_is_kept_and_the_menu_says_so(gate: Gate, glass: Glass) -> None:
    house.enter(gate, glass)
    gate.swipe(house.lines(house.NEWCOMERS[1].holder))
    wait_title(glass, "ARRIVAL, NEW PERSON")
    glass.press("Сатыбалдиева")
    glass.wait_for("Сатыбалдиева_")
    glass.press("f10")
    wait_title(glass, "MENU")
    glass.wait_for("Draft: Сатыбалдиева")
    glass.press("f6")
    glass.wait_for("Сатыбалдиева_")
    glass.press("f8")
    glass.quiet()
    glass.press("enter")
    wait_title(glass, "MENU")
    assert "Draft" not in glass.text()


def test_signing_out_leaves_nobody_on_the_glass_or_behind_it(gate: Gate, glass: Glass) -> None:
    house.enter(gate, glass, house.SUPERVISOR)
    one = house.COMING[1]
    gate.swipe(house.lines(one.holder))
    glass.wait_for("? Enter = admit")
    glass.press("enter")
    glass.wait_for("ADMITTED")
    number = glass.text().partition("ADMITTED   ")[2][:11]
    glass.press("f10", "2", number, "enter")
    glass.wait_for(one.name)
    glass.press("f3", one.holder.number)
    glass.wait_for(one.name)
    glass.press("f10", "9", "1", "0999/26", "enter", "Сатыбалдиев")
    glass.wait_for("Сатыбалдиев")
    glass.press("f10")
    wait_title(glass, "MENU")
    gate.swipe(house.lines(house.NEWCOMERS[2].holder))
    wait_title(glass, "ARRIVAL, NEW PERSON")
    glass.press("Эсенгулова")
    glass.wait_for("Эсенгулова_")
    gate.swipe(house.lines(house.COMING[2].holder))
    glass.wait_for("Scan waiting: 1.")
    glass.press("f10", "0")
    wait_title(glass, "SIGN IN")
    before = len(glass.received)
    house.enter(gate, glass, house.SUPERVISOR)
    for keys, wanted in (
        (("1",), "ARRIVAL, NEW PERSON"),
        (("f10", "2"), "DEPARTURE"),
        (("f10", "f3"), "FIND"),
        (("f10", "9", "1"), "NEW PRISONER"),
        (("f10", "9", "5", "7"), "NEW RESTRICTION"),
        (("f10", "f6"), "MENU"),
    ):
        glass.press(*keys)
        wait_title(glass, wanted)
        glass.quiet(0.03)
    glass.wait_for("! No scan is waiting. Put the document on the reader.")
    shown = glass.received[before:].decode()
    for name in ("Айгүл", "Сатыбалдиев", "Эсенгулова", "0999/26", one.holder.number):
        assert name not in shown


def test_who_is_not_signed_in_reaches_no_screen_but_help(gate: Gate, glass: Glass) -> None:
    wait_title(glass, "SIGN IN")
    glass.press("f3", "f9", "f10", "f6", "f5")
    glass.quiet()
    assert title(glass) == "SIGN IN"
    glass.press("f1")
    wait_title(glass, "HELP")
    glass.press("f3", "f9", "f10", "f6")
    glass.quiet()
    assert title(glass) == "HELP"
    assert not glass.row(24).strip(), "keys that do nothing are not shown"
    glass.press("escape")
    wait_title(glass, "SIGN IN")


def test_without_colour_words_and_signs_say_the_same(gate: Gate) -> None:
    with gate.run(env={"NO_COLOR": "1"}) as glass:
        house.enter(gate, glass)
        gate.swipe(house.lines(house.COMING[3].holder))
        glass.wait_for("MAY PASS")
        assert "╔═" in glass.text()
        glass.press("f10")
        wait_title(glass, "MENU")
        gate.swipe(house.lines(house.BANNED.holder))
        glass.wait_for("NOT TODAY")
        glass.wait_for("Banned until")
        glass.quiet()  # a refusal takes no key that was struck before it was painted
        glass.press("f10")
        wait_title(glass, "MENU")
        upper, middle, lower = house.NEWCOMERS[3].holder.td1()
        wrong = middle[:29] + str((int(middle[29]) + 1) % 10)
        gate.swipe((upper, wrong, lower))
        wait_title(glass, "ARRIVAL, NEW PERSON")
        row, text = focus(glass)
        assert text[1] == "!"
        assert glass.row(23).startswith("! ")
        assert len(glass.reversed(row)) == 29, "the field but for its cursor"
        assert not COLOUR.search(bytes(glass.received))


def test_two_documents_read_in_one_go_ask_whether_they_belong_together(
    gate: Gate, glass: Glass
) -> None:
    house.enter(gate, glass)
    first, second = house.COMING[4:6]
    gate.swipe((*house.lines(first.holder), *house.lines(second.holder)))
    glass.wait_for(lambda g: first.name in g.row(1))
    glass.wait_for("Another document: Enter = to the same visit   2 = next case")
    glass.press("2")
    glass.wait_for(lambda g: second.name in g.row(1))
    glass.wait_for("! Not decided yet: Үсөнова А.; scan that document again afterwards.")
    glass.press("enter")
    glass.wait_for("ADMITTED")
    gate.swipe(house.lines(house.COMING[6].holder))
    glass.wait_for(lambda g: house.COMING[6].name in g.row(1))
    assert "Not decided yet" not in glass.text()
