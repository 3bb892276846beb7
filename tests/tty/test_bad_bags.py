"""What no bag can be, and for whom none may be: each is answered in a sentence, and nothing of
it is counted. In Russian; other tests see that no language cuts a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tty import bags, counter, household
from tests.tty.bags import AUNT, LATE, UNWANTED, WIFE
from tests.tty.counter import Counter
from tests.tty.gate import Gate, Press
from tests.tty.household import Caller
from tests.tty.looks import escape

pytestmark = pytest.mark.tty

NO_WEIGHT = "No weight: {typed}. Kilograms, at most three decimals: 2.5"
NOTHING = "A weight of nothing. Type kilograms, such as 2.5 or .12"
ABSURD = "More than 500 kg. Kilograms are typed here, not grams."
UNUSUAL = "Ten times the usual: {typed}. Enter again if it is so."


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Counter]:
    gate = Gate(tmp_path, language="ru", printer_port="press")
    press = Press(tmp_path / "press")
    household.at_noon(gate)
    bags.configure(gate)
    bags.furnish(gate)
    with gate.run() as glass:
        at = Counter(gate, glass, press)
        at.sign_in(household.OFFICER)
        yield at
    press.close()
    gate.close()


def test_what_is_wrong_with_a_bag_is_said_and_not_counted(at: Counter) -> None:
    for_one_whom_nobody_knows(at)
    refused = for_one_who_is_not_here(at)
    for_one_who_refuses_it(at)
    weights_that_cannot_be(at)
    things_that_cannot_be(at)
    taken = heavier_inside_than_outside(at)
    posted = the_same_post_number_twice(at)
    paper_of_what_was_refused(at, refused)
    at.glass.term()
    assert at.glass.wait_exit() == 143
    assert counter.ledger_of(at.gate, refused) == []
    assert counter.ledger_of(at.gate, taken) == [("use", 1, 11_800)]
    assert counter.ledger_of(at.gate, posted) == [("use", 1, 1500)]
    assert counter.rows(at.gate, "SELECT count(*) FROM draft") == [(0,)]
    counter.chain_is_whole(at.gate)


def brings(at: Counter, one: Caller) -> None:
    at.glass.press("3")
    at.sees_screen("PACKAGE, SENDER")
    at.scan(one)
    at.sees(one.name)


def refuses(at: Counter, typed: str, msgid: str) -> None:
    """That is typed and Enter struck, and a sentence answers; then it is taken back."""
    at.glass.press(typed, "enter")
    at.warned(msgid)
    at.glass.press(*["backspace"] * len(typed))


def for_one_whom_nobody_knows(at: Counter) -> None:
    brings(at, WIFE)
    at.glass.press("9999/99")
    at.sees(at.say("Nobody here is called so. Ask for the file number, or the whole name."))
    at.glass.press("f2")
    at.warned("Nothing found. Type other letters.")
    at.menu()


def for_one_who_is_not_here(at: Counter) -> str:
    brings(at, LATE)
    at.sees(at.say("He is not in this prison: it goes back unopened, with the notice."))
    at.glass.press("f2")
    at.is_asked("Enter = refuse, the notice prints   F7 override   Esc = back")
    at.sees(at.say("NOT TODAY"), LATE.to.file_number)
    at.answer("enter", at.numbered("REFUSED"))
    number = at.verdict("REFUSED")
    assert LATE.name in " ".join(one.text for one in at.papers_of(number, 1))
    at.menu()
    return number


def for_one_who_refuses_it(at: Counter) -> None:
    brings(at, UNWANTED)
    at.sees(at.say("He refused to see this person: ask him before it is taken."))
    at.menu()


def weights_that_cannot_be(at: Counter) -> None:
    brings(at, WIFE)
    at.sees(at.say("MAY BE TAKEN"))
    at.glass.press("f2")
    at.sees_screen("PACKAGE")
    refuses(at, "-5", NO_WEIGHT)
    refuses(at, "2.5.1", NO_WEIGHT)
    refuses(at, "0", NOTHING)
    refuses(at, ".000", NOTHING)
    refuses(at, "5400", ABSURD)
    refuses(at, "120", UNUSUAL)
    at.glass.press("f2")
    at.warned("Nothing is listed yet. Type a code or a word, then Enter.")
    at.glass.press("5", "enter")


def things_that_cannot_be(at: Counter) -> None:
    at.is_asked("Code or word, then Enter   F4 = as last time   0 = weigh   Esc = back")
    at.glass.press("zzzz", "enter")
    at.warned("Not in the catalogue: {typed}. Enter again lists it all the same.")
    at.glass.press("enter")
    refuses(at, "0", "From 1 to 999 in one line. Type the rest as another line.")
    refuses(at, "1000", "From 1 to 999 in one line. Type the rest as another line.")
    refuses(at, "-1", "No number: {typed}. How many are there?")
    at.glass.press("1", "enter")
    at.warned("Not in the catalogue, goes back: {name}. 1 = accept it")
    at.glass.press("enter")
    at.is_asked("Not accepted: take it off the scale, Enter; or type its weight   Esc")
    refuses(at, "-.2", NO_WEIGHT)
    refuses(at, "6", "That is more than the bag weighs. Weigh it again.")
    at.glass.press(".2", "enter")
    at.sees(at.say("not in the catalogue"))


def heavier_inside_than_outside(at: Counter) -> str:
    at.lists("nut", "9")
    at.glass.press("f2")
    at.warned("The things weigh more than the bag: {things}. Weigh the bag anew.")
    at.glass.press("12", "enter", "f2")
    number = at.taken_in()
    at.menu()
    return number


def the_same_post_number_twice(at: Counter) -> str:
    send(at, "RR000000017KG")
    at.sees_screen("PACKAGE")
    at.glass.press("1.5", "enter")
    at.lists("te", "1")
    at.glass.press("f2")
    number = at.taken_in()
    at.menu()
    send(at, "RR000000017KG")
    assert number in at.warned("The parcel of this post number is recorded already: {number}.")
    at.glass.press("f8")
    at.is_asked("Drop what was typed here?  Enter = drop   Esc = keep")
    at.glass.press("enter")
    at.sees_screen("MENU")
    at.glass.press("4")
    at.sees_screen("POSTED PARCEL")
    at.glass.press("enter", "9999/99")
    at.sees(at.say("Nobody here is called so. A parcel for them goes back unopened."))
    escape(at.glass)
    at.menu()
    return number


def send(at: Counter, post_no: str) -> None:
    """From the aunt, whom the register knows; opened by two."""
    at.glass.press("4")
    at.sees_screen("POSTED PARCEL")
    at.glass.press("enter", AUNT.to.file_number)
    at.stands(AUNT.to.surname)
    at.glass.press("enter", AUNT.surname)
    at.stands(AUNT.name)
    at.glass.press("down", "enter", post_no, "enter", "enter", "2", "f2")


def paper_of_what_was_refused(at: Counter, number: str) -> None:
    at.label(number)
    at.warned("{number} was refused: nothing of it is here.")
