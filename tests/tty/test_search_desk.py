"""A post that also keeps things and searches: who was admitted goes in after the search.

The whole way in three languages: phone under a tag, search, way in, things back, way out.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.looks import LANGUAGES, check, escape, wait_title

pytestmark = pytest.mark.tty

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
    house.furnish(gate, coming=())
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
