"""Groups, drafts and scans at the wrong moment: nobody joins a visit by accident."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.tty import house
from tests.tty.gate import Gate
from tests.tty.harness import Glass
from tests.tty.test_at_work import escape, title, wait_title

pytestmark = pytest.mark.tty


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"), language="en")
    house.furnish(gate, coming=house.COMING[:12])
    yield gate
    gate.close()


@pytest.fixture
def glass(gate: Gate) -> Iterator[Glass]:
    with gate.run() as glass:
        house.enter(gate, glass)
        yield glass


def scan(gate: Gate, glass: Glass, who: house.Visitor) -> None:
    gate.swipe(house.lines(who.holder))
    glass.wait_for(lambda g: who.name in "\n".join(g.screen.display[1:6]))


def test_who_is_scanned_after_the_menu_joins_no_group(gate: Gate, glass: Glass) -> None:
    first, second, third = house.COMING[:3]
    scan(gate, glass, first)
    glass.press("7", "f10")
    wait_title(glass, "MENU")
    scan(gate, glass, second)
    glass.wait_for("Enter = admit")
    gate.swipe(house.lines(third.holder))
    glass.wait_for("Another document: Enter = to the same visit   2 = next case")
    glass.press("2")
    glass.wait_for(lambda g: third.name in g.row(1))
    glass.wait_for("Enter = admit")
    assert second.name not in "\n".join(glass.screen.display[1:6])


def test_a_second_document_joins_the_visit_by_enter(gate: Gate, glass: Glass) -> None:
    first, second = house.COMING[9:11]
    scan(gate, glass, first)
    gate.swipe(house.lines(second.holder))
    glass.wait_for("Another document: Enter = to the same visit   2 = next case")
    glass.press("enter")
    glass.wait_for(lambda g: second.name in g.row(2) and "Enter = admit" in g.row(21))
    assert first.name in glass.row(1)


def test_a_recorded_visit_takes_nobody_more(gate: Gate, glass: Glass) -> None:
    first, second = house.COMING[3:5]
    scan(gate, glass, first)
    glass.press("7", "enter")
    glass.wait_for("ADMITTED")
    glass.wait_for("Scan the next person")
    scan(gate, glass, second)
    glass.wait_for("Enter = admit")
    assert first.name not in "\n".join(glass.screen.display[1:6])


def test_a_group_goes_together_to_the_prisoner_chosen_anew(gate: Gate, glass: Glass) -> None:
    first, second = house.COMING[5:7]
    scan(gate, glass, first)
    glass.press("7")
    glass.wait_for("Scan the next person of this group.")
    gate.swipe(house.lines(second.holder))
    glass.wait_for(lambda g: second.name in g.row(2) and "Enter = admit" in g.row(21))
    group = "\n".join(glass.screen.display[1:4])
    assert first.name in group
    assert second.name in group

    glass.press("7")
    glass.wait_for("Scan the next person of this group.")
    # By name, as the reader takes the same document twice for one for two seconds.
    glass.press("f3", first.holder.number)
    glass.wait_for(f"…{first.holder.number[-3:]}")
    glass.press("enter")
    glass.wait_for("This person is in the group already.")
    for _ in ("what was typed", "Find", "adding"):
        escape(glass)
    glass.wait_for("Enter = admit")
    other = house.COMING[7].file_number
    glass.press("3")
    glass.wait_for("Two letters of the name")
    glass.press(other)
    glass.wait_for(lambda g: other in "\n".join(g.screen.display[5:20]))
    glass.press("enter", "4", "2")
    glass.wait_for("Enter = admit")
    group = "\n".join(glass.screen.display[1:5])
    assert first.name in group
    assert second.name in group
    assert other in group


def test_an_unfinished_form_keeps_its_fields_and_the_scan(gate: Gate, glass: Glass) -> None:
    newcomer = house.NEWCOMERS[0]
    glass.press("1")
    wait_title(glass, "ARRIVAL, NEW PERSON")
    glass.press("1", "enter", "AC1234567", "f10")
    glass.wait_for("fields 3 / ")
    gate.swipe(house.lines(newcomer.holder))
    glass.wait_for("A form is unfinished: menu, 1.")
    glass.wait_for("Reader scan 1")
    glass.press("1")
    glass.wait_for("AC1234567")
    glass.press("f8", "enter")
    wait_title(glass, "MENU")
    glass.press("f6")
    glass.wait_for(newcomer.holder.number)
    assert "scan 1" not in glass.row(0)


def test_a_draft_survives_the_lock(gate: Gate, glass: Glass) -> None:
    glass.press("1")
    wait_title(glass, "ARRIVAL, NEW PERSON")
    glass.press("1", "enter", "AC7654321", "f8")
    glass.wait_for("Drop what was typed here?")
    glass.press("escape")
    glass.quiet(0.1)
    glass.press("f10")
    wait_title(glass, "MENU")
    glass.quiet()
    glass.press("f10")
    wait_title(glass, "LOCKED")
    glass.press("f8")
    glass.wait_for("Sign this officer out?")
    glass.press("x", "a long walk to the gate", "enter")
    wait_title(glass, "MENU")
    glass.press("1")
    glass.wait_for("AC7654321")
    glass.press("enter")
    assert title(glass) == "ARRIVAL, NEW PERSON"


def test_who_is_inside_is_shown_the_way_out(gate: Gate, glass: Glass) -> None:
    one = house.COMING[8]
    scan(gate, glass, one)
    glass.press("enter")
    glass.wait_for("ADMITTED")
    glass.term()
    glass.wait_exit()
    # Another run: the first would take the second swipe for the reader's own double.
    with gate.run() as again:
        house.enter(gate, again)
        gate.swipe(house.lines(one.holder))
        nobody_leaves_by_a_misread(gate, again, one)


def nobody_leaves_by_a_misread(gate: Gate, glass: Glass, one: house.Visitor) -> None:
    wait_title(glass, "DEPARTURE")
    glass.wait_for("Is inside already, badge V-")
    gate.reader.send(b"P<KGZ?\r\n")
    glass.wait_for(lambda g: g.row(23).startswith("!") and one.name not in g.text())
    glass.press("enter")
    glass.press("f9")
    glass.wait_for("inside ")
    assert one.surname in glass.text(), "a misread let somebody out"


def test_an_unknown_badge_leaves_nobody_standing_there(gate: Gate, glass: Glass) -> None:
    glass.press("2", "4711", "enter")
    glass.wait_for("There is no visit 4711")
    glass.press("5")
    glass.wait_for(lambda g: "5_" in g.row(1) and "47115" not in g.row(1))


def test_a_number_typed_over_somebody_who_waits_lets_nobody_out(
    gate: Gate, glass: Glass
) -> None:
    one = house.COMING[11]
    scan(gate, glass, one)
    glass.press("enter")
    glass.wait_for("ADMITTED   V-")
    number = re.findall(r"V-\d\d-0*(\d+)", glass.text())[0]
    glass.press("f10", "2", *number, "enter")
    glass.wait_for("Enter = leaves, the badge is back")
    # Meant for the next badge, struck without a look at who still stands here.
    glass.press("6", "3", "enter")
    glass.wait_for("Esc first, then the other number.")
    glass.press("f9")
    wait_title(glass, "WHO IS INSIDE")
    assert one.surname in glass.text()
    escape(glass)
    wait_title(glass, "DEPARTURE")
    glass.quiet()  # what is struck before the question stands there answers nothing
    glass.press("enter")
    glass.wait_for("Enter = leaves, the badge is back")
    glass.press("enter")
    glass.wait_for("has ended.")


def test_an_administrator_is_told_that_an_officer_registers(gate: Gate) -> None:
    with gate.run() as glass:
        house.enter(gate, glass, house.ADMINISTRATOR)
        gate.swipe(house.lines(house.NEWCOMERS[1].holder))
        glass.wait_for("Your role registers no visits.")
        assert title(glass) == "MENU"


def test_a_letter_that_only_looks_like_a_digit_chooses_nothing(
    gate: Gate, glass: Glass
) -> None:
    glass.press("f2")
    wait_title(glass, "LANGUAGE")
    glass.press("²")
    glass.press("3")
    wait_title(glass, "МЕНЮ")
    assert glass.running
