"""Who brings or sends a bag is told, and the kiosk is locked and dies before the till opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tty import bags, counter, household
from tests.tty.bags import POSTED_TO, WIFE
from tests.tty.counter import Counter
from tests.tty.gate import Gate, Press

pytestmark = pytest.mark.tty

SENT_BY, POST_NO = "Мамытова Гүлнара", "RR004417001KG"


def test_what_was_told_before_the_till_is_taken_up_after_a_lock_and_a_kill(
    tmp_path: Path,
) -> None:
    gate = Gate(tmp_path, language="ky", printer_port="press")
    press = Press(tmp_path / "press")
    household.at_noon(gate)
    bags.configure(gate)
    bags.furnish(gate)
    with gate.run() as glass:
        at = Counter(gate, glass, press)
        at.sign_in(household.OFFICER)
        glass.press("3")
        at.sees_screen("PACKAGE, SENDER")
        at.scan(WIFE)
        at.sees(WIFE.name, at.say("MAY BE TAKEN"))
        at.menu()
        types_a_wrapper(at)
        at.menu()
        at.answer("f10", at.titled("LOCKED"))
        glass.press(household.PASSPHRASE, "enter")
        at.sees_screen("MENU")
        glass.press("4")
        the_wrapper_stands_there(at)
        glass.kill()
        glass.wait_exit()
    with gate.run() as glass:
        at = Counter(gate, glass, press)
        at.sign_in(household.OFFICER)
        at.sees("Мамытова Г.", WIFE.surname)
        glass.press("f6")
        the_wrapper_stands_there(at)
        glass.press("f8", "enter")
        at.sees_screen("MENU")
        glass.press("f6")
        at.sees_screen("PACKAGE, SENDER")
        at.sees(WIFE.name, at.say("MAY BE TAKEN"))
        glass.press("f2")
        at.is_asked("The weight of the whole bag, then Enter   F4 = as last time   Esc")
        glass.kill()
        glass.wait_exit()
    # The till keeps the bag now.
    assert counter.rows(gate, "SELECT kind FROM draft") == [("package",)]
    counter.chain_is_whole(gate)
    press.close()
    gate.close()


def types_a_wrapper(at: Counter) -> None:
    at.glass.press("4")
    at.sees_screen("POSTED PARCEL")
    at.glass.press("enter", POSTED_TO.file_number)
    at.stands(POSTED_TO.surname)
    at.glass.press("enter")
    at.sees(at.say("MAY BE TAKEN"))
    at.glass.press(SENT_BY)
    at.sees(at.say("as on the wrapper"))
    at.glass.press("enter", POST_NO, "enter")


def the_wrapper_stands_there(at: Counter) -> None:
    at.sees_screen("POSTED PARCEL")
    at.sees(POSTED_TO.surname, SENT_BY, POST_NO, at.say("MAY BE TAKEN"))
