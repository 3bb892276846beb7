"""Who is kept out, who signs against it, and what is looked at again: in three languages.

One story in one kiosk, for each screen follows from the one before: a banned visitor is
refused, two persons sign, a new restriction finds them inside, lifting it settles the review.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tty import house
from tests.tty.gate import PASSPHRASE, Gate
from tests.tty.harness import Glass
from tests.tty.looks import LANGUAGES, MESSAGE, check, escape, title, wait_title

pytestmark = pytest.mark.tty


def test_a_ban_an_override_and_what_a_new_restriction_finds_inside(tmp_path: Path) -> None:
    gate = Gate(tmp_path, language=LANGUAGES[0])
    house.furnish(gate, coming=house.COMING[:1])
    with gate.run() as glass:
        house.enter(gate, glass)
        gate.swipe(house.lines(house.BANNED.holder))
        glass.wait_for(gate.say("NOT TODAY"))
        for _language in each_language(gate, glass):
            ask_for_an_override(gate, glass)
        two_sign(gate, glass)
        glass.press("f10", "0")
        house.enter(gate, glass, house.SUPERVISOR)
        restrict(gate, glass)
        for _language in each_language(gate, glass):
            look_at_lists(gate, glass)
        lift(gate, glass)
    gate.close()


def test_a_supervisor_makes_a_refusal_void_from_the_prisoners_card(tmp_path: Path) -> None:
    gate = Gate(tmp_path, language=LANGUAGES[0])
    house.furnish(gate, coming=())
    with gate.run() as glass:
        house.enter(gate, glass, house.SUPERVISOR)
        gate.swipe(house.lines(house.BANNED.holder))
        glass.wait_for(gate.say("NOT TODAY"))
        glass.quiet(0.04)
        glass.press("enter")
        glass.wait_for("R-")
        glass.press("f3")
        wait_title(gate, glass, "FIND")
        glass.press("f4", house.BANNED.file_number)
        # In the field where it was typed, and in the only line that is found.
        glass.wait_for(lambda g: g.text().count(house.BANNED.file_number) == 2)
        glass.quiet(0.04)
        glass.press("enter")
        wait_title(gate, glass, "PRISONER")
        glass.press("1")
        wait_title(gate, glass, "VISITS SO FAR")
        check(glass, focus=1)
        glass.press("8")
        wait_title(gate, glass, "MAKE VOID")
        check(glass, focus=1)
        assert "R-" in "".join(glass.row(row) for row in range(1, 5))
        glass.quiet(0.04)
        glass.press("1", "f2")
        wait_title(gate, glass, "MENU")
        glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ "))
        assert "R-" in glass.row(MESSAGE)
    gate.close()


def each_language(gate: Gate, glass: Glass) -> Iterator[str]:
    """The menu in every language in turn, the one it began with last."""
    for digit, language in ((2, LANGUAGES[1]), (3, LANGUAGES[2]), (1, LANGUAGES[0])):
        if title(glass) != gate.say("MENU"):  # where F10 locks
            glass.press("f10")
            wait_title(gate, glass, "MENU")
        glass.press("f2")
        wait_title(gate, glass, "LANGUAGE")
        glass.press(str(digit))
        gate.language = language
        wait_title(gate, glass, "MENU")
        yield language


def ask_for_an_override(gate: Gate, glass: Glass) -> None:
    # The refusal is not recorded, so the menu keeps it as a draft.
    glass.press("f6")
    glass.wait_for(gate.say("NOT TODAY"))
    check(glass, focus=0)
    glass.press("f7")
    wait_title(gate, glass, "OVERRIDE")
    check(glass, focus=1)
    glass.press("3", "оору", "enter", house.OFFICER, "enter", PASSPHRASE, "enter")
    glass.wait_for(gate.say("You asked for this override; another person must sign."))
    check(glass, focus=1)
    escape(glass)
    glass.wait_for(gate.say("NOT TODAY"))


def two_sign(gate: Gate, glass: Glass) -> None:
    glass.quiet(0.04)
    glass.press("f7")
    wait_title(gate, glass, "OVERRIDE")
    # What is struck before the question has been read is dropped.
    glass.quiet(0.04)
    glass.press("3", "оору", "enter", house.SUPERVISOR, "enter", PASSPHRASE, "enter")
    glass.wait_for(gate.say("ADMITTED"))
    check(glass, focus=0)


def restrict(gate: Gate, glass: Glass) -> None:
    glass.press("9", "5", "7")
    wait_title(gate, glass, "NEW RESTRICTION")
    glass.press("6", *["tab"] * 8, "8", "f2")
    wait_title(gate, glass, "RESTRICTIONS")
    glass.wait_for(gate.say("stop of the facility"))
    check(glass, focus=1)
    # It found somebody inside, and says so first of all.
    assert glass.row(MESSAGE).startswith("! ")
    assert "1!" in glass.row(MESSAGE)


def look_at_lists(gate: Gate, glass: Glass) -> None:
    glass.press("8", "5")
    wait_title(gate, glass, "REVIEWS")
    glass.wait_for(gate.say("INSIDE"))
    check(glass, focus=1)
    glass.press("f10", "9", "5")
    wait_title(gate, glass, "RESTRICTIONS")
    check(glass, focus=1)
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass, focus=0)
    escape(glass)
    wait_title(gate, glass, "RESTRICTIONS")
    glass.press("6")
    wait_title(gate, glass, "LONGER")
    check(glass, focus=1)
    glass.press("f2")
    glass.wait_for(gate.say("It holds that long already; nothing was recorded."))
    check(glass, focus=1)
    escape(glass)
    wait_title(gate, glass, "RESTRICTIONS")
    glass.press("7")
    wait_title(gate, glass, "NEW RESTRICTION")
    check(glass, focus=1)
    glass.press("f2")
    check(glass, focus=1)
    assert glass.row(MESSAGE).startswith("! ")
    glass.press(*["tab"] * 5)
    glass.wait_for(gate.say("electronics"))  # while the classes of goods are asked for
    check(glass, focus=1)
    glass.press("3, 17 16,21", "tab")
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("! "))
    check(glass, focus=1)
    glass.press("shift+tab", *["backspace"] * 3, "tab")
    glass.wait_for("3 16 17")
    check(glass, focus=1)
    glass.press("f8", "enter")
    wait_title(gate, glass, "RESTRICTIONS")
    glass.press("8")
    glass.wait_for(gate.say("Why is it lifted?"))
    check(glass, focus=1)
    escape(glass)


def lift(gate: Gate, glass: Glass) -> None:
    glass.press("f10", "9", "5", "8")
    glass.wait_for(gate.say("Why is it lifted?"))
    glass.quiet(0.04)
    glass.press("4")
    glass.wait_for(gate.say("It is lifted. It stays on this list, with the reason."))
    glass.press("f10", "8", "5")
    wait_title(gate, glass, "REVIEWS")
    glass.wait_for(gate.say("Nothing has to be looked at again."))
    check(glass, focus=0)
