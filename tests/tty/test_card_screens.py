"""The card of a visitor and all that its digits open, in three languages, nothing cut."""

from __future__ import annotations

from collections.abc import Iterator

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
    wait_title,
    walk_through_fields,
)

pytestmark = pytest.mark.tty

FIRST, OTHER = house.COMING[:2]


@pytest.fixture(params=LANGUAGES)
def gate(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Gate:
    gate = Gate(tmp_path_factory.mktemp("gate"), language=request.param)
    house.furnish(gate, coming=(FIRST, OTHER))
    return gate


@pytest.fixture
def glass(gate: Gate) -> Iterator[Glass]:
    try:
        with gate.run() as glass:
            house.enter(gate, glass, house.SUPERVISOR)
            yield glass
    finally:
        gate.close()


def done(glass: Glass) -> None:
    """Something was recorded, and the screen says so."""
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ "))


def test_a_visitors_card_and_what_its_digits_open(gate: Gate, glass: Glass) -> None:
    glass.press("f3")
    wait_title(gate, glass, "FIND")
    glass.press(FIRST.holder.number)
    glass.wait_for(FIRST.name)
    check(glass)
    glass.press("f2")
    card(gate, glass)
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass, focus=0)
    escape(glass)
    card(gate, glass)
    documents(gate, glass)
    relations(gate, glass)
    twice(gate, glass)
    glass.press("5")
    wait_title(gate, glass, "CORRECTION")
    walk_through_fields(glass)
    glass.press("f2")
    card(gate, glass)
    glass.press("6")
    wait_title(gate, glass, "NOTE")
    check(glass, focus=1)
    glass.press("инвалид, лифт", "f2")
    done(glass)
    card(gate, glass)


def walk(glass: Glass, fields: int) -> None:
    """Through all the fields, and back to the first."""
    walk_through_fields(glass)
    glass.press(*["shift+tab"] * (fields - 1))
    glass.quiet()


def ask(glass: Glass, digit: str) -> str:
    """Press a digit that asks first; the question that stood there before."""
    before = glass.row(QUESTION)
    glass.press(digit)
    glass.wait_for(lambda g: g.row(QUESTION) != before)
    check(glass, focus=1)
    return before


def card(gate: Gate, glass: Glass) -> None:
    wait_title(gate, glass, "VISITOR")
    check(glass, focus=0)


def documents(gate: Gate, glass: Glass) -> None:
    glass.press("1")
    wait_title(gate, glass, "DOCUMENTS")
    check(glass, focus=1)
    glass.press("1")
    wait_title(gate, glass, "NEW DOCUMENT")
    walk(glass, 4)
    glass.press("4", "enter", "KG123456", "f2")
    wait_title(gate, glass, "DOCUMENTS")
    done(glass)
    check(glass, focus=1)
    escape(glass)
    card(gate, glass)


def relations(gate: Gate, glass: Glass) -> None:
    glass.press("2")
    wait_title(gate, glass, "RELATIONS")
    check(glass, focus=0)
    glass.press("5")
    wait_title(gate, glass, "NEW RELATION")
    walk(glass, 4)
    glass.press(FIRST.file_number)
    glass.wait_for(lambda g: any(FIRST.file_number in g.row(row) for row in range(6, 20)))
    glass.press("enter", "6", "5", "f2")
    wait_title(gate, glass, "RELATIONS")
    done(glass)
    check(glass, focus=1)
    for digit in ("3", "4"):
        before = ask(glass, digit)
        escape(glass)
        glass.wait_for(before)
    glass.press("1")
    wait_title(gate, glass, "APPROVAL")
    walk_through_fields(glass)
    escape(glass)
    wait_title(gate, glass, "RELATIONS")
    ask(glass, "3")
    glass.press("enter")
    done(glass)
    check(glass, focus=1)
    permissions(gate, glass)
    escape(glass)
    card(gate, glass)


def permissions(gate: Gate, glass: Glass) -> None:
    glass.press("6")
    wait_title(gate, glass, "PERMISSIONS")
    check(glass, focus=0)
    glass.press("1")
    wait_title(gate, glass, "NEW PERMISSION")
    walk(glass, 6)
    glass.press(FIRST.file_number)
    glass.wait_for(lambda g: any(FIRST.file_number in g.row(row) for row in range(6, 20)))
    glass.press("enter", "1", "123-45", "f2")
    wait_title(gate, glass, "PERMISSIONS")
    done(glass)
    check(glass, focus=1)
    ask(glass, "2")
    glass.press("enter")
    done(glass)
    check(glass, focus=0)
    escape(glass)
    wait_title(gate, glass, "RELATIONS")


def twice(gate: Gate, glass: Glass) -> None:
    glass.press("4")
    wait_title(gate, glass, "RECORDED TWICE")
    check(glass, focus=0)
    glass.press("1")
    wait_title(gate, glass, "JOIN TWO RECORDS")
    walk(glass, 2)
    glass.press(OTHER.holder.number)
    glass.wait_for(OTHER.name)
    glass.press("enter", "3")
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("! "))
    check(glass, focus=1)
    glass.press("enter")
    wait_title(gate, glass, "RECORDED TWICE")
    done(glass)
    check(glass, focus=1)
    escape(glass)
    card(gate, glass)
