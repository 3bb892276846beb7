"""Every screen in three languages: on the grid, in the font's letters, with nothing cut.

These are the checks that the design of the screens asks for; a translation that grows too long
or a field that loses its focus fails here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass
from tests.tty.looks import LANGUAGES, MESSAGE, check, escape, wait_title, walk_through_fields

pytestmark = pytest.mark.tty


@pytest.fixture(scope="module", params=LANGUAGES)
def gate(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"), language=request.param)
    house.furnish(gate, coming=house.COMING[:20])
    yield gate
    gate.close()


@pytest.fixture
def glass(gate: Gate) -> Iterator[Glass]:
    with gate.run() as glass:
        yield glass


def test_sign_in_and_its_help(gate: Gate, glass: Glass) -> None:
    wait_title(gate, glass, "SIGN IN")
    glass.wait_for(gate.say("Printer"))
    check(glass, focus=1)
    glass.press("enter", "enter")
    check(glass, focus=1)
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass, focus=0)
    escape(glass)
    wait_title(gate, glass, "SIGN IN")
    glass.press("x", "enter", "y", "enter")
    glass.wait_for(gate.say("Login or passphrase is wrong. Type both again."))
    check(glass, focus=1)


def test_menu_setup_and_the_forms_behind_it(gate: Gate, glass: Glass) -> None:
    house.enter(gate, glass, house.SUPERVISOR)
    check(glass, focus=0)
    for msgid, keys in (
        ("NEW PRISONER", ("9", "1")),
        ("NEW USER", ("9", "6")),
    ):
        glass.press(keys[0])
        wait_title(gate, glass, "SETUP")
        check(glass, focus=0)
        glass.press("f1")
        wait_title(gate, glass, "HELP")
        check(glass, focus=0)
        escape(glass)
        glass.press(keys[1])
        wait_title(gate, glass, msgid)
        check(glass, focus=1)
        walk_through_fields(glass)
        glass.press("f2")
        glass.wait_for(lambda g: g.row(MESSAGE).startswith("! "))
        check(glass, focus=1)
        escape(glass)
        wait_title(gate, glass, "SETUP")
        glass.press("f10")
        wait_title(gate, glass, "MENU")
    glass.press("f2")
    wait_title(gate, glass, "LANGUAGE")
    check(glass, focus=0)
    escape(glass)
    wait_title(gate, glass, "MENU")
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass, focus=0)


def test_rules_and_what_is_decided_for_one_prisoner(gate: Gate, glass: Glass) -> None:
    house.enter(gate, glass, house.SUPERVISOR)
    glass.press("9")
    wait_title(gate, glass, "SETUP")
    glass.press("3")
    wait_title(gate, glass, "RULES")
    check(glass, focus=1)
    glass.press("pagedown")
    check(glass, focus=1)
    glass.press("1")
    wait_title(gate, glass, "RULE SETS")
    check(glass, focus=1)
    escape(glass)
    wait_title(gate, glass, "RULES")
    glass.press("2")
    wait_title(gate, glass, "TAKE IN RULES")
    check(glass, focus=1)
    glass.press("down", "enter")
    glass.wait_for("RU-UIK 1")
    check(glass, focus=1)
    glass.press("pagedown")
    check(glass, focus=1)
    escape(glass)
    escape(glass)
    wait_title(gate, glass, "RULES")
    glass.press("3")
    wait_title(gate, glass, "SIGN RULES")
    check(glass, focus=1)
    walk_through_fields(glass)
    escape(glass)
    wait_title(gate, glass, "RULES")
    glass.press("4")
    wait_title(gate, glass, "OWN RULE")
    check(glass, focus=1)
    glass.press("ток")
    glass.wait_for("0001/20")
    glass.press("enter", "1", "1", "9", "enter", "14", "enter", "enter")
    check(glass, focus=1)
    glass.press("f2")
    wait_title(gate, glass, "OWN RULES")
    glass.wait_for("+ ")
    check(glass, focus=1)
    glass.press("2")
    check(glass, focus=1)
    glass.press("enter")
    glass.wait_for(gate.say("Nothing was decided for this prisoner alone."))
    check(glass, focus=0)


def test_a_list_of_prisoners_and_what_happens_to_one(gate: Gate, glass: Glass) -> None:
    rows = "file_no;surname;birth_year;sex\n1/26;Осмонов;1980;?\n2/26;Осмонов;1980;M\n"
    (gate.folder / "list.csv").write_text(rows, "utf-8")
    house.enter(gate, glass, house.SUPERVISOR)
    glass.press("9")
    wait_title(gate, glass, "SETUP")
    glass.press("2")
    wait_title(gate, glass, "LIST OF PRISONERS")
    check(glass, focus=2)
    counts_of_the_paper_journals(gate, glass)
    glass.press(str(gate.folder / "list.csv"), "enter")
    glass.wait_for("given_names")
    check(glass, focus=1)
    escape(glass)
    wait_title(gate, glass, "LIST OF PRISONERS")
    # What was typed goes first.
    escape(glass)
    escape(glass)
    wait_title(gate, glass, "SETUP")
    glass.press("f3")
    wait_title(gate, glass, "FIND")
    glass.press("0001")
    glass.wait_for("0001/20")
    glass.press("enter")
    wait_title(gate, glass, "PRISONER")
    glass.press("2")
    wait_title(gate, glass, "EVENTS")
    check(glass, focus=1)
    for digit in "16":
        glass.press(digit)
        wait_title(gate, glass, "NEW EVENT")
        check(glass, focus=1)
        walk_through_fields(glass)
        escape(glass)
        wait_title(gate, glass, "EVENTS")
    glass.press("7")
    glass.wait_for(gate.say("Was this recorded by mistake?  Enter = undo it   Esc = keep it"))
    check(glass, focus=1)


def counts_of_the_paper_journals(gate: Gate, glass: Glass) -> None:
    rows = "file_no;service;pieces\n0001/20;short_visit;2\n9/99;short_visit;1\n"
    (gate.folder / "counts.csv").write_text(rows, "utf-8")
    glass.press("f4")
    glass.wait_for(gate.say("What the paper journals counted"))
    check(glass, focus=2)
    glass.press(str(gate.folder / "counts.csv"), "enter")
    wait_title(gate, glass, "PAPER COUNTS")
    record = gate.say("Record the lines that are right?  F2 = record   Esc = leave it")
    glass.wait_for(record)
    check(glass, focus=1)
    glass.quiet(0.04)
    glass.press("f2")
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ "))
    check(glass, focus=1)
    escape(glass)
    wait_title(gate, glass, "LIST OF PRISONERS")
    escape(glass)
    glass.press("f4")
    glass.wait_for(gate.say("Prisoners"))


def test_reports_line_by_line_and_as_csv(gate: Gate, glass: Glass) -> None:
    house.enter(gate, glass, house.SUPERVISOR)
    glass.press("8", "7")
    wait_title(gate, glass, "REPORTS")
    check(glass, focus=1)
    walk_through_fields(glass)
    glass.press("f10", "8", "7")
    wait_title(gate, glass, "REPORTS")
    for digit in "12345":
        first = f"{house.today(gate):%d%m%Y}" if digit == "5" else "01012020"
        glass.press(digit, first, "enter", "f2")
        wait_title(gate, glass, "REPORT")
        check(glass)
        if digit in "15":
            check(glass, focus=1)
            glass.press("pagedown", "down")
            check(glass, focus=1)
            glass.press("4")
            glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ "))
            check(glass, focus=1)
        if digit == "1":
            glass.press("f1")
            wait_title(gate, glass, "HELP")
            check(glass, focus=0)
            escape(glass)
            wait_title(gate, glass, "REPORT")
        escape(glass)
        wait_title(gate, glass, "REPORTS")
    names = sorted(path.name.split("-")[0] for path in (gate.folder / "exports").iterdir())
    assert names[-2:] == ["unvisited", "visits"]


def test_arrival_of_somebody_new(gate: Gate, glass: Glass) -> None:
    house.enter(gate, glass)
    gate.swipe(house.lines(house.NEWCOMERS[0].holder))
    wait_title(gate, glass, "ARRIVAL, NEW PERSON")
    check(glass, focus=1)
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass, focus=0)
    escape(glass)
    wait_title(gate, glass, "ARRIVAL, NEW PERSON")
    glass.press("f2")
    check(glass, focus=1)
    glass.press("ток")
    glass.wait_for("0001/20")
    check(glass, focus=2)
    glass.press("enter")
    check(glass, focus=1)
    glass.press("4")
    check(glass, focus=1)
    glass.press("2")
    wait_title(gate, glass, "ARRIVAL")
    glass.wait_for(gate.say("MAY PASS"))
    check(glass, focus=0)


def test_arrival_that_may_pass_alone_and_in_a_group(gate: Gate, glass: Glass) -> None:
    house.enter(gate, glass)
    first, second, third = house.COMING[:3]
    gate.swipe(house.lines(first.holder))
    glass.wait_for(gate.say("MAY PASS"))
    check(glass, focus=0)
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass)
    escape(glass)
    glass.press("3")
    glass.wait_for(gate.say("Relation"))
    check(glass, focus=1)
    escape(glass)
    glass.wait_for(gate.say("MAY PASS"))
    glass.press("7")
    check(glass, focus=0)
    gate.swipe(house.lines(second.holder))
    glass.wait_for(second.name)
    glass.wait_for(first.name)
    check(glass, focus=0)
    glass.press("down")
    glass.wait_for(gate.say("Nothing stands against this visitor."))
    check(glass, focus=0)
    glass.press("4")
    wait_title(gate, glass, "KIND OF VISIT")
    check(glass, focus=1)
    glass.press("3")
    glass.wait_for(gate.say("Nights"))
    check(glass, focus=1)
    escape(glass)
    glass.wait_for(gate.say("MAY PASS"))
    glass.press("enter")
    glass.wait_for(gate.say("ADMITTED"))
    check(glass, focus=0)
    gate.swipe(house.lines(third.holder))
    glass.wait_for(third.name)
    glass.press("enter")
    glass.wait_for(gate.say("ADMITTED"))
    check(glass, focus=0)


@pytest.mark.parametrize("one", [house.BANNED, house.EXPIRED, house.WITHDRAWN])
def test_arrival_that_may_not_pass(gate: Gate, glass: Glass, one: house.Visitor) -> None:
    house.enter(gate, glass)
    gate.swipe(house.lines(one.holder))
    glass.wait_for(gate.say("NOT TODAY"))
    check(glass, focus=0)
    glass.press("enter")
    glass.wait_for(gate.say("REFUSED"))
    check(glass, focus=0)


def test_arrival_with_a_doubt_about_the_document(gate: Gate, glass: Glass) -> None:
    house.enter(gate, glass)
    upper, middle, lower = house.COMING[4].holder.td1()
    wrong = middle[:29] + str((int(middle[29]) + 1) % 10)
    gate.swipe((upper, wrong, lower))
    glass.wait_for("1 12031986 00005?")
    check(glass, focus=0)
    assert glass.row(MESSAGE).startswith("! ")


def test_find_prisoner_departure_and_who_is_inside(gate: Gate, glass: Glass) -> None:
    house.enter(gate, glass)
    glass.press("f9")
    wait_title(gate, glass, "WHO IS INSIDE")
    check(glass)
    for one in house.COMING[5:7]:
        gate.swipe(house.lines(one.holder))
        glass.wait_for(one.name)
        glass.press("enter")
        glass.wait_for(gate.say("ADMITTED"))
    glass.press("f9")
    wait_title(gate, glass, "WHO IS INSIDE")
    check(glass, focus=1)
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass)
    escape(glass)
    glass.press("enter")
    wait_title(gate, glass, "DEPARTURE")
    check(glass)
    glass.press("enter")
    glass.wait_for(gate.say("ALL HAVE LEFT"))
    check(glass)
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass)
    glass.press("f10")
    wait_title(gate, glass, "MENU")
    glass.press("2")
    wait_title(gate, glass, "DEPARTURE")
    check(glass, focus=1)
    glass.press("999999", "enter")
    glass.wait_for("! ")
    check(glass, focus=1)
    glass.press("f3")
    wait_title(gate, glass, "FIND")
    check(glass, focus=1)
    glass.press("f4")
    glass.wait_for("… ")
    check(glass)
    glass.press("токт")
    glass.wait_for("0001/20")
    check(glass)
    glass.press("жжжжжж")
    glass.wait_for(gate.say("Nobody is found so."))
    check(glass)
    glass.press(*["backspace"] * 6, "enter")
    wait_title(gate, glass, "PRISONER")
    check(glass, focus=1)
    glass.press("1")
    wait_title(gate, glass, "VISITS SO FAR")
    check(glass)
    escape(glass)
    wait_title(gate, glass, "PRISONER")
    glass.press("5")
    wait_title(gate, glass, "ADJUST")
    check(glass, focus=1)
    walk_through_fields(glass)
    escape(glass)
    wait_title(gate, glass, "PRISONER")
    glass.press("f1")
    wait_title(gate, glass, "HELP")
    check(glass)
