"""A post that also keeps things and searches: who was admitted goes in after the search.

The whole way in three languages: phone under a tag, search, way in, things back, way out.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.codes import BanGround, RestrictionKind
from kiosk.config import load
from kiosk.models import PersonDetail
from kiosk.services import restricting, staff
from kiosk.services.desk import Desk
from kiosk.services.opening import open_register
from kiosk.text import fill
from kiosk.values import RestrictionEntry
from tests.tty import house
from tests.tty.gate import PASSPHRASE, Gate
from tests.tty.harness import Glass
from tests.tty.looks import LANGUAGES, MESSAGE, check, escape, wait_title

pytestmark = pytest.mark.tty

COMING = (house.COMING[7], house.COMING[3])  # of short names
POST = """
[desk]
steps = ["arrival", "deposit", "search", "departure"]
enter = "search"
movement_slip = true
"""


@pytest.fixture(scope="module", params=LANGUAGES)
def gate(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"), language=request.param)
    house.furnish(gate, coming=COMING)
    gate.config.write_text(gate.config.read_text() + POST)
    yield gate
    gate.close()


def test_from_the_scan_to_the_way_out(gate: Gate) -> None:
    one = house.PASSPORT  # furnished with those who come for a reason of their own
    with gate.run() as glass:
        house.enter(gate, glass, house.SUPERVISOR)
        gate.swipe(house.lines(one.holder))
        glass.wait_for(gate.say("MAY PASS"))
        glass.press("enter")
        wait_title(gate, glass, "DEPOSIT, SEARCH")
        check(glass, focus=1)
        number = glass.row(1).split()[0]
        glass.press("1", "2", "enter")  # two phones
        glass.wait_for(lambda g: "2 " in g.row(5))
        check(glass, focus=1)
        glass.press("0")
        glass.wait_for(gate.say("Consent"))
        check(glass, focus=1)
        glass.press("f1")
        wait_title(gate, glass, "HELP")
        check(glass, focus=0)
        escape(glass)
        wait_title(gate, glass, "DEPOSIT, SEARCH")
        glass.press("1")
        glass.wait_for(gate.say("nothing found"))
        check(glass, focus=1)
        glass.press("1")
        glass.wait_for(gate.say("All were asked.   Enter = menu, or scan the next person"))
        glass.wait_for(gate.say("inside"))
        check(glass, focus=0)

        glass.press("f10", "2")
        wait_title(gate, glass, "DEPARTURE")
        glass.press(number, "enter")
        glass.wait_for(gate.say("Look at the face; ask for the birth date."))
        check(glass, focus=1)
        glass.press("f4")
        glass.wait_for(gate.say("stopped by the staff"))
        check(glass, focus=1)
        glass.press("3")
        glass.wait_for(gate.say("prisoner left early"))
        check(glass)
        glass.press("f8")
        wait_title(gate, glass, "MAKE VOID")
        check(glass, focus=1)
        escape(glass)
        wait_title(gate, glass, "DEPARTURE")
        glass.press("7", "enter")
        glass.wait_for(gate.say("ALL HAVE LEFT"))
        check(glass)
        glass.press("f10", "8", "6")
        wait_title(gate, glass, "NOT FINISHED")
        check(glass, focus=1)
        glass.press("enter")
        wait_title(gate, glass, "DEPARTURE")
        back = gate.say("Enter = the things are back   0 nobody took them   Esc = menu")
        glass.wait_for(back)
        # The number typed next may begin with 0: nothing is written off by that digit alone.
        glass.press("0")
        lost = gate.say("Did nobody take the things?  Enter = write them off   Esc = no")
        glass.wait_for(lost)
        check(glass, focus=1)
        escape(glass)
        glass.wait_for(back)
        glass.press("enter", "f10", "8", "6")
        glass.wait_for(gate.say("Every visit is finished, every tag is free."))
        check(glass, focus=0)


def test_who_is_banned_while_they_wait_goes_in_by_two_or_goes_away(gate: Gate) -> None:
    with gate.run() as glass:
        house.enter(gate, glass)
        for one in COMING:
            gate.swipe(house.lines(one.holder))
            glass.wait_for(gate.say("MAY PASS"))
            glass.press("enter")
            wait_title(gate, glass, "DEPOSIT, SEARCH")
            glass.press("f10")
            wait_title(gate, glass, "MENU")
    _ban(gate, COMING)
    kept_out = gate.say("Kept out: F7 = a second person signs   8 = goes away   Enter = menu")
    with gate.run() as glass:
        house.enter(gate, glass)
        for by_two in (True, False):
            _search_who_waits(gate, glass)
            glass.wait_for(kept_out)
            said = fill(gate.say("May not go in now. {why}"), why="")
            glass.wait_for(lambda g, said=said: said in g.row(MESSAGE))
            check(glass, focus=0)
            if by_two:
                house.answer(glass, "f7", gate.say("OVERRIDE"))
                wait_title(gate, glass, "OVERRIDE")
                check(glass, focus=1)
                glass.quiet(0.04)  # what is struck before it has been read is dropped
                glass.press("1", "order 7", "enter", house.SUPERVISOR, "enter", PASSPHRASE)
                glass.press("enter")
                wait_title(gate, glass, "DEPOSIT, SEARCH")
                glass.wait_for(gate.say("inside"))
            else:
                given_back = "Nobody goes in. The visit is given back to the prisoner."
                house.answer(glass, "8", gate.say(given_back))
            check(glass, focus=0)
            glass.quiet(0.04)
            glass.press("enter")
            wait_title(gate, glass, "MENU")


def _search_who_waits(gate: Gate, glass: Glass) -> None:
    """The first on the list of what is not finished: leaves nothing, nothing is found."""
    glass.press("8", "6")
    wait_title(gate, glass, "NOT FINISHED")
    glass.press("enter")
    wait_title(gate, glass, "DEPOSIT, SEARCH")
    glass.press("0")
    glass.wait_for(gate.say("Consent"))
    glass.press("1", "1")


def _ban(gate: Gate, visitors: tuple[house.Visitor, ...]) -> None:
    def ban(desk: Desk) -> None:
        (supervisor,) = [one for one in staff.users(desk) if one.login == house.SUPERVISOR]
        surnames = [one.surname for one in visitors]
        rows = PersonDetail.select().where(PersonDetail.surname.in_(surnames))
        for person_id in {row.person_id for row in rows}:
            restricting.restrict(
                desk,
                supervisor,
                RestrictionEntry(
                    RestrictionKind.BAN, desk.day(), None, BanGround.COURT, person_id
                ),
            )

    register = open_register(load(gate.config))
    try:
        register.db.run_write(ban, register.desk)
    finally:
        register.db.close()
