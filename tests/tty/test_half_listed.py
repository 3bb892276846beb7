"""The power goes while a bag is listed, and another officer unpacks the same bag meanwhile: not
a line is lost, and it is counted once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tty import bags, counter, household
from tests.tty.bags import COLLEAGUE, WIFE
from tests.tty.counter import Counter
from tests.tty.gate import Gate, Press

pytestmark = pytest.mark.tty

LISTED = (("te", "2"), ("so", "3"), ("me", "1"), ("bk", "2"))


def test_a_bag_is_taken_up_after_a_kill_and_two_officers_count_it_once(tmp_path: Path) -> None:
    gate = Gate(tmp_path, language="ky", printer_port="press")
    press = Press(tmp_path / "press")
    household.at_noon(gate)
    bags.configure(gate)
    bags.furnish(gate)
    first, second = gate.config, gate.config.with_name("second.toml")
    second.write_text(f'{first.read_text()}[desk]\nwindow = "2"\n')

    with gate.run() as glass:
        at = Counter(gate, glass, press)
        at.sign_in(household.OFFICER)
        opens(at)
        half_of_it(at)
        glass.kill()
        glass.wait_exit()
    gate.config = second
    with gate.run() as glass:
        at = Counter(gate, glass, press)
        at.sign_in(COLLEAGUE)
        number = the_colleague_takes_it_in(at)
        glass.term()
        assert glass.wait_exit() == 143
    gate.config = first
    with gate.run() as glass:
        at = Counter(gate, glass, press)
        at.sign_in(household.OFFICER)
        all_lines_are_there_and_dropped(at, number)
        glass.kill()
        glass.wait_exit()
    assert counter.ledger_of(gate, number) == [("use", 1, 6000)]
    # This one, and the two that were stored before.
    assert counter.rows(gate, "SELECT count(*) FROM parcel") == [(3,)]
    assert counter.rows(gate, "SELECT count(*) FROM draft") == [(0,)]
    counter.chain_is_whole(gate)
    press.close()
    gate.close()


def opens(at: Counter) -> None:
    at.glass.press("3")
    at.sees_screen("PACKAGE, SENDER")
    at.scan(WIFE)
    at.sees(WIFE.name, at.say("MAY BE TAKEN"))
    at.glass.press("f2")
    at.is_asked("The weight of the whole bag, then Enter   F4 = as last time   Esc")


def half_of_it(at: Counter) -> None:
    """The power goes between a code and how much of it there is."""
    at.glass.press("6.12", "enter")
    for code, quantity in LISTED:
        at.lists(code, quantity)
        if code == "me":
            at.glass.press(".12", "enter")
    at.stands(f" {at.codes['bk']} ")
    at.glass.press(at.codes["su"], "enter", "1")
    at.sees(at.names["su"])


def the_colleague_takes_it_in(at: Counter) -> str:
    opens(at)
    at.sees(at.say("! Listed at window {window} too").format(window=1))
    at.glass.press("6", "enter")
    at.lists("te", "2")
    at.glass.press("f2")
    return at.taken_in()


def all_lines_are_there_and_dropped(at: Counter, number: str) -> None:
    at.sees(WIFE.surname)  # the menu names whose bag was left
    at.glass.press("f6")
    at.sees_screen("PACKAGE")
    at.sees(*(at.names[code] for code, _quantity in LISTED), at.say("MEDICAL"), "6,120")
    assert at.names["su"] not in at.glass.text(), "nobody said how much of it"
    at.sees(at.say("today already {numbers}").format(numbers=number))
    at.glass.press("f8")
    at.is_asked("Take out: {name}?  Enter = yes   8 = the whole bag   Esc")
    at.answer("8", at.titled("MENU"))
    at.is_told("Nothing was recorded: {name}")
