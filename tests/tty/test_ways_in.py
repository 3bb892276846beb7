"""From the window to the bag in three languages: who brings or sends it, for whom, how much
may still come; on the grid, in the font's letters, with nothing cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass
from tests.tty.looks import (
    LANGUAGES,
    MESSAGE,
    QUESTION,
    check,
    escape,
    help_is_whole,
    wait_title,
    walk_through_fields,
)

pytestmark = pytest.mark.tty

FIRST, OTHER, THIRD, FOURTH, FIFTH = house.COMING[:5]
NEW = house.NEWCOMERS[0]


@pytest.fixture(scope="module", params=LANGUAGES)
def gate(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"), language=request.param)
    house.furnish(gate, coming=(FIRST, OTHER, THIRD, FOURTH, FIFTH))
    yield gate
    gate.close()


def test_the_ways_in_of_a_bag(gate: Gate) -> None:
    with gate.run() as glass:
        house.enter(gate, glass, house.SUPERVISOR)
        by_the_menu(gate, glass)
        by_the_arrival(gate, glass)
        of_somebody_new(gate, glass)
        by_the_board(gate, glass)
        by_post(gate, glass)
        glass.press("f10")
        wait_title(gate, glass, "MENU")
        by_one_of_a_group(gate, glass)


def by_the_menu(gate: Gate, glass: Glass) -> None:
    """The sender is scanned here, and whom they visited last stands there."""
    glass.press("3")
    wait_title(gate, glass, "PACKAGE, SENDER")
    walk_through_fields(glass)
    help_is_whole(gate, glass, "PACKAGE, SENDER")
    glass.press("f2")
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("! "))
    check(glass, focus=1)
    gate.swipe(house.lines(house.BANNED.holder))
    glass.wait_for(house.BANNED.name)
    glass.wait_for(gate.say("NOT TODAY"))
    check(glass, focus=1)
    compare_the_document(gate, glass)
    glass.wait_for(gate.say("MAY BE TAKEN"))
    check(glass, focus=1)
    for_another_prisoner(gate, glass)
    glass.press("f2")
    wait_title(gate, glass, "PACKAGE")
    glass.press("f10")
    wait_title(gate, glass, "MENU")
    assert FIRST.surname not in glass.text(), "nothing was listed: nothing is half done"


def compare_the_document(gate: Gate, glass: Glass) -> None:
    """A card whose last check digit fails is compared before anything else."""
    upper, middle, lower = FIRST.holder.td1()
    wrong = str((int(middle[29]) + 1) % 10)
    gate.swipe((upper, middle[:29] + wrong, lower))
    glass.wait_for(
        gate.say("The card check fails: read the PIN from the card, digit by digit.")
    )
    glass.wait_for(FIRST.name)
    check(glass, focus=1)
    glass.press("f2")
    check(glass, focus=1)
    glass.press("enter")


def for_another_prisoner(gate: Gate, glass: Glass) -> None:
    """What the sender is to the one prisoner is not said of the other."""

    def is_said(g: Glass) -> bool:
        (row,) = (g.row(n) for n in range(1, QUESTION) if gate.say("Relation") in g.row(n)[:19])
        return bool(row[19:50].strip("> ._"))

    assert is_said(glass)
    glass.press(OTHER.file_number, "enter")
    glass.wait_for(lambda g: not is_said(g))
    glass.press("shift+tab", FIRST.file_number, "enter")
    glass.wait_for(is_said)


def by_the_arrival(gate: Gate, glass: Glass) -> None:
    """2 on an arrival: the same person, for the same prisoner; Esc comes back to it."""
    gate.swipe(house.lines(OTHER.holder))
    wait_title(gate, glass, "ARRIVAL")
    glass.wait_for(gate.say("MAY PASS"))
    check(glass, focus=0)
    glass.press("2")
    wait_title(gate, glass, "PACKAGE")
    glass.wait_for(OTHER.surname)
    escape(glass)
    wait_title(gate, glass, "ARRIVAL")
    glass.wait_for(gate.say("MAY PASS"))
    glass.press("2")
    wait_title(gate, glass, "PACKAGE")
    glass.press("f10")
    wait_title(gate, glass, "MENU")
    assert OTHER.surname not in glass.text(), "who only brings a package is no arrival left"


def by_one_of_a_group(gate: Gate, glass: Glass) -> None:
    """They are scanned once: whose package is listed first is admitted with the others."""
    gate.swipe(house.lines(FIFTH.holder))
    wait_title(gate, glass, "ARRIVAL")
    glass.press("7")
    glass.wait_for(gate.say("Scan the next person of this group.   Esc = nobody else"))
    gate.swipe(house.lines(FOURTH.holder))
    glass.wait_for(FOURTH.name)
    glass.press("2")
    wait_title(gate, glass, "PACKAGE")
    glass.press("f10")
    wait_title(gate, glass, "MENU")
    glass.wait_for(FIFTH.surname)
    glass.press("f6")
    wait_title(gate, glass, "ARRIVAL")
    glass.wait_for(FOURTH.name)
    glass.press("8", "8")
    wait_title(gate, glass, "MENU")


def of_somebody_new(gate: Gate, glass: Glass) -> None:
    """Who is not in the register is written down first; then the bag is listed."""
    glass.press("3")
    wait_title(gate, glass, "PACKAGE, SENDER")
    gate.swipe(house.lines(NEW.holder))
    wait_title(gate, glass, "ARRIVAL, NEW PERSON")
    glass.press("f2")
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("! "))
    glass.press(FIRST.file_number)
    glass.wait_for("Токтосунов Бакыт")
    glass.press("enter", "4", "f2")
    wait_title(gate, glass, "PACKAGE")
    glass.press("f10")
    wait_title(gate, glass, "MENU")


def by_the_board(gate: Gate, glass: Glass) -> None:
    """A ticket for a package leads to its sender, who may be scanned then."""
    glass.press("5", "f7")
    wait_title(gate, glass, "NEW TICKET")
    gate.swipe(house.lines(THIRD.holder))
    glass.wait_for(THIRD.name)
    glass.press("shift+tab", "shift+tab")
    package = gate.say("package (handed in)")
    glass.press(package[:7], "enter", "f2")
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ ") and "001" in g.row(MESSAGE))
    escape(glass)
    wait_title(gate, glass, "WAITING BOARD")
    glass.press("enter")
    glass.wait_for(gate.say("CALLED"))
    glass.press("enter")
    wait_title(gate, glass, "PACKAGE, SENDER")
    glass.wait_for(THIRD.name)
    check(glass, focus=1)
    glass.press("f10")
    wait_title(gate, glass, "MENU")


def by_post(gate: Gate, glass: Glass) -> None:
    glass.press("4")
    wait_title(gate, glass, "POSTED PARCEL")
    walk_through_fields(glass)
    help_is_whole(gate, glass, "POSTED PARCEL")
    glass.press("f2")
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("! "))
    glass.press("9999/99")
    glass.wait_for(gate.say("Nobody here is called so. A parcel for them goes back unopened."))
    check(glass, focus=1)
    glass.press(*["backspace"] * 7, FIRST.file_number)
    glass.wait_for("Токтосунов Бакыт")
    glass.press("enter")
    glass.wait_for(gate.say("MAY BE TAKEN"))
    glass.press("мамытова г")
    glass.wait_for(gate.say("as on the wrapper"))
    check(glass)
    glass.press("enter", "RR000000001KG", "enter", "enter")
    check(glass, focus=1)
    glass.press("1")
    glass.wait_for(gate.say("This officer is named already. Name another one."))
    check(glass, focus=1)
    glass.press("2", "f2")
    wait_title(gate, glass, "PACKAGE")
    glass.wait_for("RR000000001KG")
    assert glass.row(QUESTION).startswith("? ")


def test_a_sender_whom_a_scan_brings_begins_a_package_of_their_own(tmp_path: Path) -> None:
    gate = Gate(tmp_path, language="en")
    house.furnish(gate, coming=(FIRST, OTHER))
    with gate.config.open("a") as config:
        config.write('\n[desk]\nsteps = ["package", "handover"]\n')
    medicines = gate.say("package of medicines")
    with gate.run() as glass:
        house.enter(gate, glass)
        gate.swipe(house.lines(FIRST.holder))
        wait_title(gate, glass, "PACKAGE, SENDER")
        glass.wait_for(FIRST.name)
        glass.press("shift+tab", "shift+tab", "2")
        glass.wait_for(medicines)
        glass.press("f10")
        wait_title(gate, glass, "MENU")
        gate.swipe(house.lines(OTHER.holder))
        wait_title(gate, glass, "PACKAGE, SENDER")
        glass.wait_for(OTHER.name)
        assert medicines not in glass.text()
    gate.close()
