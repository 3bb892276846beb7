"""What is brought, kept, handed over and found, in three languages: on the grid, in the font's
letters, with nothing cut; and the flows that the keys of these screens lead through."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kiosk.lists.catalogue import HEADS
from tests.tty import house, shelf
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
from tests.tty.parcel_screens import (
    done,
    give_back,
    hand_over,
    said,
    scan_labels,
    send_on,
    what_is_spoiled,
    what_waits,
)

pytestmark = pytest.mark.tty
COMING = house.COMING[:5]


@pytest.fixture(scope="module", params=LANGUAGES)
def gate(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"), language=request.param)
    house.furnish(gate, coming=COMING)
    yield gate
    gate.close()


@pytest.fixture(scope="module")
def numbers(gate: Gate) -> tuple[str, ...]:
    """Of the parcels in the storage, as `shelf.fill` says."""
    return tuple(one.number for one in shelf.fill(gate, COMING))


@pytest.fixture
def glass(gate: Gate) -> Iterator[Glass]:
    with gate.run() as glass:
        house.enter(gate, glass, house.SUPERVISOR)
        yield glass


@pytest.mark.usefixtures("numbers")
def test_places_of_the_storage(gate: Gate, glass: Glass) -> None:
    glass.press("9", "0")
    wait_title(gate, glass, "THINGS, STORAGE")
    check(glass, focus=0)
    look_through_the_catalogue(gate, glass)
    glass.press("2")
    wait_title(gate, glass, "STORAGE PLACES")
    check(glass, focus=1)
    help_is_whole(gate, glass, "STORAGE PLACES")
    glass.press("f7")
    wait_title(gate, glass, "NEW PLACE")
    walk_through_fields(glass)
    glass.press("f10", "9", "0", "2", "f7")
    wait_title(gate, glass, "NEW PLACE")
    glass.press("B-2", "enter", "1", "4", "f2")
    done(glass)
    check(glass, focus=1)
    escape(glass)
    wait_title(gate, glass, "STORAGE PLACES")
    asked = said(gate, "Place {code} is used no more?  Enter = yes   Esc = no")
    glass.press("f8")
    glass.wait_for(asked)
    check(glass, focus=1)
    house.answer(glass, "enter", "! ")
    check(glass, focus=1)
    glass.press("home", "down", "f8")
    glass.wait_for(asked)
    house.answer(glass, "enter", "+ ")
    check(glass, focus=1)


def look_through_the_catalogue(gate: Gate, glass: Glass) -> None:
    """Sugar is found by its Latin code, gets a lower limit, and is taken out of it."""
    glass.press("1")
    wait_title(gate, glass, "CATALOGUE")
    check(glass, focus=2)
    help_is_whole(gate, glass, "CATALOGUE")
    glass.press("zzz")
    glass.wait_for(gate.say("The catalogue has nothing like it."))
    check(glass, focus=1)
    glass.press("f8", *["backspace"] * 3, "su")
    mark = "." if gate.language == "en" else ","
    glass.wait_for(f"2{mark}000")
    check(glass, focus=2)
    glass.press("enter")
    wait_title(gate, glass, "ROW OF CATALOGUE")
    walk_through_fields(glass)
    glass.press("f10", "9", "0", "1", "su", "enter")
    wait_title(gate, glass, "ROW OF CATALOGUE")
    glass.press("2", "down", *["backspace"] * 5, "1.5", "f2")
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("! "))
    check(glass, focus=1)
    glass.press("order 7", "f2")
    wait_title(gate, glass, "CATALOGUE")
    done(glass)
    glass.wait_for(f"1{mark}500")
    check(glass, focus=2)
    glass.press("enter")
    wait_title(gate, glass, "ROW OF CATALOGUE")
    glass.press("4", "f2")
    wait_title(gate, glass, "CATALOGUE")
    done(glass)
    glass.wait_for(lambda g: f"1{mark}500" not in g.text())
    check(glass, focus=2)
    glass.press("f7")
    wait_title(gate, glass, "ROW OF CATALOGUE")
    check(glass, focus=1)
    escape(glass)
    wait_title(gate, glass, "CATALOGUE")
    take_in_a_file(gate, glass)
    glass.press("f10", "9", "0")
    wait_title(gate, glass, "THINGS, STORAGE")


def take_in_a_file(gate: Gate, glass: Glass) -> None:
    """One thing of it is new, one line is wrong."""
    thing = "{};;;казан;казан;cauldron;household;piece;forbidden;;;;{};look;;order 1"
    file = gate.config.with_name("own.csv")
    lines = (";".join(HEADS), thing.format("cau", "no"), thing.format("cat", "?"))
    file.write_text("\n".join(lines), "utf-8")
    glass.press("f4")
    wait_title(gate, glass, "CATALOGUE: A FILE")
    check(glass, focus=2)
    glass.press(str(file), "enter")
    glass.wait_for("cau")
    check(glass, focus=1)
    house.answer(glass, "f2", "+ ")
    check(glass, focus=1)


def test_a_parcel_from_the_shelf_to_its_prisoner_or_back(
    gate: Gate, numbers: tuple[str, ...], glass: Glass
) -> None:
    check(glass, focus=0)
    glass.press("6")
    wait_title(gate, glass, "STORAGE")
    check(glass, focus=1)
    help_is_whole(gate, glass, "STORAGE")
    glass.press("f5")
    done(glass)
    what_is_spoiled(gate, glass)
    hand_over(gate, glass)
    assert numbers[1] not in glass.text()
    scan_labels(gate, glass, numbers)
    what_waits(gate, glass)
    send_on(gate, glass)
    give_back(gate, glass)


@pytest.mark.usefixtures("numbers")
def test_a_find_to_its_act_and_to_a_proposed_ban(gate: Gate, glass: Glass) -> None:
    glass.press("7")
    wait_title(gate, glass, "FINDS")
    check(glass, focus=1)
    help_is_whole(gate, glass, "FINDS")
    glass.press("enter")
    wait_title(gate, glass, "FIND RECORD")
    help_is_whole(gate, glass, "FIND RECORD")
    walk_through_fields(glass)
    add_and_take_back_a_thing(gate, glass)
    write_an_act(gate, glass)
    decide_on_the_ban(gate, glass)
    find_something_in_the_yard(gate, glass)


def add_and_take_back_a_thing(gate: Gate, glass: Glass) -> None:
    glass.press("f7")
    glass.wait_for(gate.say("Counted in"))
    glass.press("1", "enter", "enter", "enter", "2")
    glass.wait_for(gate.say("Where exactly"))
    glass.wait_for(gate.say("in a tin"))
    check(glass, focus=1)
    glass.press("f8")
    glass.wait_for(lambda g: "Enter" in g.row(QUESTION) and "Esc" in g.row(QUESTION))
    check(glass, focus=1)
    house.answer(glass, "enter", "+ ")
    assert gate.say("in a tin") not in glass.text()


def _an_act(glass: Glass) -> bool:
    return re.search(r"\bA-\d\d-", glass.text()) is not None


def write_an_act(gate: Gate, glass: Glass) -> None:
    """What is typed stays when it is left; the rest is proposed, or one digit."""
    glass.press("lid", "enter", "1", "enter", "enter", "004417", "enter", "enter")
    glass.press("tab", "tab", "1", "backspace", "shift+tab")  # there is to be no fine
    escape(glass)
    wait_title(gate, glass, "FINDS")
    check(glass, focus=1)
    glass.press("enter")
    wait_title(gate, glass, "FIND RECORD")
    glass.wait_for("004417")
    check(glass, focus=1)
    (fine,) = (row for row in glass.text().splitlines() if gate.say("Fine, som") in row)
    assert not re.search(r"\d", fine)
    glass.press("f2", "1", "f2", "2", "f2")
    done(glass)
    check(glass, focus=0)
    glass.wait_for(_an_act)
    escape(glass)
    wait_title(gate, glass, "FINDS")
    glass.wait_for(_an_act)
    check(glass, focus=1)


def decide_on_the_ban(gate: Gate, glass: Glass) -> None:
    glass.press("f10", "8", "5")
    wait_title(gate, glass, "REVIEWS")
    glass.press("end")
    check(glass, focus=1)
    glass.press("enter")
    wait_title(gate, glass, "NEW RESTRICTION")
    check(glass, focus=1)
    glass.press("f2")
    wait_title(gate, glass, "REVIEWS")
    glass.wait_for(lambda g: gate.say("a ban is proposed") not in g.text())


def find_something_in_the_yard(gate: Gate, glass: Glass) -> None:
    glass.press("f10", "7", "f7")
    wait_title(gate, glass, "FIND RECORD")
    walk_through_fields(glass)
    glass.press("f10", "7", "f7")
    wait_title(gate, glass, "FIND RECORD")
    glass.press("7", *["enter"] * 4, "2", "enter", "enter", "enter", "1")
    glass.wait_for(gate.say("Where exactly"))
    done(glass)
    check(glass, focus=1)
