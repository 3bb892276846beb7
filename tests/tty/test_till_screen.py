"""The till in three languages: each of its questions on the grid, in the font's letters, with
nothing cut; a bag taken in, one turned back by the rules, one signed for by a second person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import UUID

import pytest

from kiosk.codes import Role, Sex
from kiosk.config import load
from kiosk.services import staff
from kiosk.services.desk import Desk
from kiosk.services.opening import open_register
from kiosk.services.staff import names_of
from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass
from tests.tty.looks import KEYS, LANGUAGES, MESSAGE, QUESTION, check, escape, wait_title

pytestmark = pytest.mark.tty

SENDER, OTHER = house.COMING[:2]


@pytest.fixture(params=LANGUAGES)
def gate(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gate]:
    # Every bag is looked through once more, so that the lot is no chance here.
    gate = Gate(
        tmp_path_factory.mktemp("gate"), language=request.param, extra_check_percent=100
    )
    house.furnish(gate, coming=(SENDER, OTHER))
    hire(gate)
    yield gate
    gate.close()


def hire(gate: Gate) -> None:
    """More than one screen has digits for: 23 with the supervisor, besides who signs in."""
    register = open_register(load(gate.config))
    try:
        register.db.run_write(_hire, register.desk)
    finally:
        register.db.close()


def _hire(desk: Desk) -> None:
    administrator = next(one for one in staff.users(desk) if one.may(Role.ADMINISTRATOR))
    roles = frozenset({Role.OFFICER})
    for no in range(1, 23):
        login, name = f"officer{no}", f"Сотрудник {no:02d}"
        staff.add_user(
            desk,
            administrator,
            login,
            name,
            Sex.MALE,
            roles,
            house.PASSPHRASE,
            cost=house.QUICK,
        )


def asks(gate: Gate, glass: Glass, msgid: str, focus: int = 1) -> None:
    """The entry line asks this, above it all stands as it should."""
    glass.wait_for(gate.say(msgid))
    check(glass, focus=focus)


def bring(gate: Gate, glass: Glass, one: house.Visitor) -> None:
    gate.swipe(house.lines(one.holder))
    wait_title(gate, glass, "ARRIVAL")
    glass.wait_for(one.name)
    house.answer(glass, "2", gate.say("PACKAGE"))
    wait_title(gate, glass, "PACKAGE")


def test_the_till_and_what_ends_a_bag(gate: Gate) -> None:
    with gate.run() as glass:
        house.enter(gate, glass)
        bring(gate, glass, SENDER)
        list_a_bag(gate, glass)
        take_it_in(gate, glass)
        sign_for_a_heavy_one(gate, glass)
        turn_one_back(gate, glass)


def list_a_bag(gate: Gate, glass: Glass) -> None:
    asks(gate, glass, "weight of the whole bag")
    assert gate.say("Seize") not in glass.row(KEYS)
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass, focus=0)
    escape(glass)
    wait_title(gate, glass, "PACKAGE")
    glass.press("11.3", "enter")
    asks(gate, glass, "next line")
    glass.press("s")
    glass.wait_for(lambda g: g.row(20).strip().startswith("1 "))
    check(glass, focus=1)
    glass.press("u", "enter")
    asks(gate, glass, "how much of it")
    glass.press("3", "enter")
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("! "))
    check(glass, focus=1)
    glass.press("me", "enter", "2", "enter")
    asks(gate, glass, "weight of what is not accepted")
    assert gate.say("Seize") in glass.row(KEYS)
    glass.press(".12", "enter", "ho", "enter", "1", "enter", "f7")
    asks(gate, glass, "what was found")
    glass.press("2")
    asks(gate, glass, "how many were found")
    glass.press("6", "enter")
    asks(gate, glass, "where it was hidden")
    glass.press("3", ".8", "enter", "br", "enter", "4", "enter", "2")
    asks(gate, glass, "why it goes back")
    glass.press("3", ".4", "enter", "home")
    glass.wait_for(lambda g: g.row(4).startswith(">"))
    check(glass, focus=1)
    before = glass.row(QUESTION)
    glass.press("f8")
    glass.wait_for(lambda g: g.row(QUESTION) != before)
    check(glass, focus=1)
    house.answer(glass, "x", before)


def take_it_in(gate: Gate, glass: Glass) -> None:
    glass.press("f2")
    asks(gate, glass, "Who looked it through once more?", focus=0)
    glass.wait_for(
        gate.say("Another officer looked it through: digit   F4 = others   Esc = back")
    )
    for last, digit in (("17", "9"), ("22", "5"), ("08", "9")):
        glass.press("f4")
        glass.wait_for(f"{digit}  Сотрудник {last}")
        check(glass, focus=0)
    glass.press("f4", "f4")
    glass.wait_for("Сотрудник 22")
    house.answer(glass, "5", gate.say("ACCEPTED"))
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ "))
    check(glass, focus=0)
    assert looked_through_by(gate) == ["Сотрудник 22"]
    assert gate.say("finds {count}").partition("{")[0] in glass.text()
    glass.press("enter")
    wait_title(gate, glass, "MENU")


def looked_through_by(gate: Gate) -> list[str]:
    """Whom the register names for it."""
    db = house.register_of(gate)
    try:
        query = "SELECT data FROM step WHERE kind = 'extra_checked'"
        steps = db.run_read(lambda: db.file.execute_sql(query).fetchall())
        ids = [UUID(json.loads(data)["staff"]) for (data,) in steps]
        names = db.run_read(lambda: names_of({*ids}))
        return [names[one] for one in ids]
    finally:
        db.close()


def sign_for_a_heavy_one(gate: Gate, glass: Glass) -> None:
    """One gram too many: the rules, then a supervisor's signature, then the bag goes on."""
    bring(gate, glass, OTHER)
    asks(gate, glass, "weight of the whole bag")
    glass.press("20.001", "enter", "te", "enter", "2", "enter", "f2")
    asks(gate, glass, "Who looked it through once more?", focus=0)
    house.answer(glass, "1", gate.say("NOT TODAY"))
    check(glass, focus=0)
    glass.wait_for(
        gate.say("Enter = refuse all of it   F7 override   Esc = take something out")
    )
    is_signed(gate, glass)
    glass.press("bt", "enter", "1", "enter", ".5", "enter", "1")
    glass.wait_for(gate.say("F7 = a second person signs   or the next thing, it goes back"))
    check(glass, focus=1)
    is_signed(gate, glass)
    glass.wait_for(lambda g: gate.say("RETURN") not in g.text())
    glass.press("f2")
    # A line came after it was looked through: that is looked at too.
    asks(gate, glass, "Who looked it through once more?", focus=0)
    house.answer(glass, "1", gate.say("ACCEPTED"))
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ "))
    assert gate.say("ACCEPTED") in glass.text()
    glass.press("enter")
    wait_title(gate, glass, "MENU")


def is_signed(gate: Gate, glass: Glass) -> None:
    """F7: a second person reads what stands against it, and signs."""
    house.answer(glass, "f7", gate.say("OVERRIDE"))
    check(glass, focus=1)
    assert gate.say("yes") in glass.text()
    house.answer(glass, "1", gate.say("In a few words, why"))
    glass.press("приказ 7", "enter", house.SUPERVISOR, "enter", house.PASSPHRASE, "enter")
    wait_title(gate, glass, "PACKAGE")
    asks(gate, glass, "next line")


def turn_one_back(gate: Gate, glass: Glass) -> None:
    bring(gate, glass, house.BANNED)
    glass.wait_for(gate.say("NOT TODAY"))
    check(glass, focus=0)
    glass.quiet()
    # A code and Enter, typed by who did not look up.
    glass.press("te", "enter")
    glass.wait_for(gate.say("Nothing was done. Read the question, then answer it."))
    assert gate.say("REFUSED") not in glass.text()
    house.answer(glass, "enter", gate.say("REFUSED"))
    check(glass, focus=0)
