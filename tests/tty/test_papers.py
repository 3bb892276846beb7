"""Papers (F5): cancelled, copied, settled by a person, and sent to the second printer.

The printers are simulated ones, which answer and prove as an Epson does.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.health import DeviceFlag
from kiosk.codes import JobState
from tests.tty import house
from tests.tty.gate import Gate, Press
from tests.tty.harness import Glass

pytestmark = pytest.mark.tty

COMING = iter(house.COMING)
QUESTION, MESSAGE, KEYS = 21, 23, 24
ASKED = "? Did it come out?  1 yes   2 no, print again   3 no, not needed"


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"), language="en", printer_port="press")
    house.furnish(gate)
    yield gate
    gate.close()


@pytest.fixture(scope="module")
def press(gate: Gate) -> Iterator[Press]:
    press = Press(gate.folder / "press")
    yield press
    press.close()


@pytest.fixture
def glass(gate: Gate, press: Press) -> Iterator[Glass]:
    with gate.run() as glass:
        house.enter(gate, glass)
        glass.wait_for("Printer ready")
        yield glass
    press.mend(DeviceFlag.PAPER_OUT)


def admit(gate: Gate, glass: Glass) -> str:
    """The next visitor goes in; the number the visit got."""
    return house.admit(gate, glass, next(COMING))


def row_of(glass: Glass, number: str, word: str) -> str:
    """The row of the paper with this number whose state is `word`; "" when there is none."""
    rows = [glass.row(row) for row in range(1, 21)]
    return next((row for row in rows if number in row and word in row), "")


def open_papers(glass: Glass) -> None:
    if glass.row(0)[9:13] != "MENU":  # where F10 locks
        glass.press("f10")
    glass.wait_for(lambda g: g.row(0)[9:13] == "MENU" and "5Papers" in g.row(KEYS))
    glass.press("f5")
    # The key bar is the last that is painted.
    glass.wait_for(lambda g: g.row(0)[9:15] == "PAPERS" and "5Papers" not in g.row(KEYS))


def focus(glass: Glass) -> int:
    """The row in focus."""
    marked = (row for row in range(4, 20) if ">" in glass.row(row)[:2])
    return next(marked, 0)


def choose(glass: Glass, number: str, word: str) -> None:
    """Bring the paper into focus, with the arrow."""
    glass.wait_for(lambda g: row_of(g, number, word) != "")
    while ">" not in row_of(glass, number, word)[:2]:
        following = focus(glass) + 1
        glass.press("down")
        glass.wait_for(lambda g, following=following: focus(g) == following)


def copies(press: Press, number: str) -> list[bool]:
    """Of each paper of this visit in the tray, whether it is marked as a copy."""
    return ["КОПИЯ" in paper for paper in press.papers if number in paper]


def killed_in_the_middle_of_a_badge(gate: Gate, press: Press) -> str:
    """A badge begun, a roll that ends, and a machine that dies; the number of the visit."""
    with gate.run() as glass:
        house.enter(gate, glass)
        glass.wait_for("Printer ready")
        press.paper_ends_after(4)
        number = admit(gate, glass)
        glass.wait_for("Printer paper!")
        glass.kill()
        glass.wait_exit()
    return number


def test_a_paper_that_waits_is_cancelled_after_a_question_and_never_printed(
    gate: Gate, glass: Glass, press: Press
) -> None:
    press.fault(DeviceFlag.PAPER_OUT)
    number = admit(gate, glass)
    glass.wait_for("Printer paper!")
    open_papers(glass)
    choose(glass, number, "waits")
    glass.wait_for("8Cancel")
    glass.press("f8")
    glass.wait_for(f"? Cancel badge {number}, unprinted?  Enter = cancel   Esc = keep it")
    glass.press("escape")
    glass.wait_for("F8 = cancel it")
    glass.press("f8")
    glass.wait_for("? Cancel")
    house.answer(glass, "enter", "+ Cancelled. This paper is not printed.")
    glass.wait_for(lambda g: row_of(g, number, "cancelled") != "")
    press.mend(DeviceFlag.PAPER_OUT)
    another = admit(gate, glass)
    glass.wait_for(f"+ Printed and proved: badge {another}.")
    assert copies(press, number) == []


def test_a_paper_that_came_out_is_printed_again_marked_as_a_copy(
    gate: Gate, glass: Glass, press: Press
) -> None:
    number = admit(gate, glass)
    glass.wait_for(f"+ Printed and proved: badge {number}.")
    open_papers(glass)
    choose(glass, number, "printed")
    glass.wait_for("5Print")
    glass.press("f5")
    glass.wait_for(f"+ The marked copy of {number} is printed.")
    assert "A marked copy is printing." not in glass.text()
    # The newest stands first; its row follows the message.
    glass.wait_for(lambda g: row_of(g, number, "printed")[60:61] == "1")
    assert copies(press, number) == [False, True]


def test_a_copy_of_what_waits_for_a_roll_is_refused_with_what_to_do_and_no_bell(
    gate: Gate, glass: Glass, press: Press
) -> None:
    press.fault(DeviceFlag.PAPER_OUT)
    glass.wait_for("Printer paper!")
    number = admit(gate, glass)
    glass.wait_for("5Print")
    bells = glass.bells
    glass.press("f5", "f5")
    put_in_a_roll = "! Paper is out. Put in a roll; printing goes on by itself."
    glass.wait_for(lambda g: g.row(MESSAGE).startswith(put_in_a_roll))
    glass.quiet()
    assert glass.row(MESSAGE).startswith(put_in_a_roll)
    assert glass.bells == bells
    press.mend(DeviceFlag.PAPER_OUT)
    glass.wait_for(f"+ Printed and proved: badge {number}.")
    assert copies(press, number) == [False]


def test_a_copy_of_a_copy_that_waits_for_a_roll_is_refused_with_what_to_do(
    gate: Gate, glass: Glass, press: Press
) -> None:
    number = admit(gate, glass)
    glass.wait_for(f"+ Printed and proved: badge {number}.")
    open_papers(glass)
    choose(glass, number, "printed")
    glass.press("enter")
    glass.wait_for("PREVIEW")
    press.fault(DeviceFlag.PAPER_OUT)
    glass.wait_for("Printer paper!")
    glass.press("f5")
    glass.wait_for("+ A marked copy is printing.")
    bells = glass.bells
    glass.press("f5")
    glass.wait_for("! Paper is out. Put in a roll; printing goes on by itself.")
    assert glass.bells == bells
    press.mend(DeviceFlag.PAPER_OUT)
    glass.wait_for(f"+ The marked copy of {number} is printed.")
    assert copies(press, number) == [False, True]


def test_a_key_that_bounces_when_it_opens_the_list_copies_nothing(
    gate: Gate, glass: Glass, press: Press
) -> None:
    number = admit(gate, glass)
    glass.wait_for(f"+ Printed and proved: badge {number}.")
    glass.press("f10")
    glass.wait_for(lambda g: g.row(0)[9:13] == "MENU" and "5Papers" in g.row(KEYS))
    bells = glass.bells
    glass.press("f5", "f5")
    glass.wait_for(lambda g: g.bells > bells and "5Print" in g.row(KEYS))
    glass.quiet()
    glass.wait_for(lambda g: row_of(g, number, "printed").startswith(" >"))
    assert glass.row(4)[60:61] == " "
    assert copies(press, number) == [False]


def test_a_paper_is_looked_at_and_stays_in_focus(gate: Gate, glass: Glass) -> None:
    number = admit(gate, glass)
    glass.wait_for(f"+ Printed and proved: badge {number}.")
    open_papers(glass)
    choose(glass, number, "printed")
    glass.press("down")
    glass.wait_for(lambda g: ">" not in row_of(g, number, "printed")[:2] and focus(g) > 0)
    chosen = focus(glass)
    glass.press("enter")
    glass.wait_for("PREVIEW")
    glass.press("escape")
    glass.wait_for(lambda g: g.row(0)[9:15] == "PAPERS" and focus(g) == chosen)


def test_the_list_follows_the_printer_and_keeps_the_chosen_paper_in_focus(
    gate: Gate, glass: Glass, press: Press
) -> None:
    press.fault(DeviceFlag.PAPER_OUT)
    first, second = admit(gate, glass), admit(gate, glass)
    open_papers(glass)
    choose(glass, second, "waits")
    press.mend(DeviceFlag.PAPER_OUT)
    glass.wait_for(lambda g: row_of(g, first, "printed") and row_of(g, second, "printed"))
    glass.wait_for("? Enter = look at it   F5 = a marked copy")
    glass.wait_for(lambda g: row_of(g, second, "printed").startswith(" >"))


def test_a_badge_cut_short_by_a_power_cut_is_asked_about_and_admissions_do_not_wait(
    gate: Gate, press: Press
) -> None:
    number = killed_in_the_middle_of_a_badge(gate, press)
    press.mend(DeviceFlag.PAPER_OUT)
    with gate.run() as glass:
        house.enter(gate, glass)
        glass.wait_for("1 paper: did it come out?")
        glass.wait_for("Printer check")
        another = admit(gate, glass)
        glass.wait_for(f"+ Printed and proved: badge {another}.")
        assert not row_of(glass, number, "printed")
        open_papers(glass)
        glass.wait_for(lambda g: row_of(g, number, "did it come out?").startswith(">!"))
        assert glass.row(QUESTION).startswith(ASKED)
        house.answer(glass, "1", f"+ Written down: badge {number} came out.")
        glass.wait_for(lambda g: row_of(g, number, "printed") != "")
        glass.wait_for("Printer ready")
        glass.press("f10")
        glass.wait_for("MENU")
        assert "did it come out?" not in glass.text()


def test_a_paper_that_did_not_come_out_is_printed_again_only_as_a_copy(
    gate: Gate, press: Press
) -> None:
    number = killed_in_the_middle_of_a_badge(gate, press)
    press.mend(DeviceFlag.PAPER_OUT)
    with gate.run() as glass:
        house.enter(gate, glass)
        open_papers(glass)
        before = copies(press, number)
        house.answer(glass, "2", f"+ The marked copy of {number} is printed.")
        glass.wait_for(lambda g: row_of(g, number, "did not come out") != "")
        glass.wait_for(lambda g: row_of(g, number, "printed")[60:61] == "1")
        assert copies(press, number) == [*before, True]


def test_an_answer_typed_before_the_question_was_read_settles_nothing(
    gate: Gate, press: Press
) -> None:
    number = killed_in_the_middle_of_a_badge(gate, press)
    press.mend(DeviceFlag.PAPER_OUT)
    with gate.run() as glass:
        house.enter(gate, glass)
        glass.wait_for("1 paper: did it come out?")
        bells = glass.bells
        glass.press("f5", "1")
        glass.wait_for(lambda g: g.bells > bells and g.row(QUESTION).startswith(ASKED))
        glass.quiet()
        glass.wait_for(lambda g: row_of(g, number, "did it come out?") != "")
        house.answer(
            glass, "3", f"+ Written down: badge {number} did not come out and is not needed."
        )


def test_a_paper_that_waits_for_a_new_roll_is_given_up_and_then_asked_about(
    gate: Gate, glass: Glass, press: Press
) -> None:
    press.paper_ends_after(4)
    number = admit(gate, glass)
    glass.wait_for("Printer paper!")
    open_papers(glass)
    choose(glass, number, "is printing")
    glass.press("f8")
    glass.wait_for(f"? Give up badge {number}, half printed or not?")
    house.answer(glass, "enter", "+ Given up. Look whether")
    glass.wait_for(lambda g: row_of(g, number, "did it come out?"))
    glass.wait_for(lambda g: g.row(QUESTION).startswith(ASKED))
    house.answer(glass, "3", "+ Written down:")
    press.mend(DeviceFlag.PAPER_OUT)
    another = admit(gate, glass)
    glass.wait_for(f"+ Printed and proved: badge {another}.")


def test_who_registers_no_visits_looks_and_settles_nothing(gate: Gate, press: Press) -> None:
    number = killed_in_the_middle_of_a_badge(gate, press)
    press.mend(DeviceFlag.PAPER_OUT)
    with gate.run() as glass:
        house.enter(gate, glass, house.ADMINISTRATOR)
        open_papers(glass)
        glass.wait_for(lambda g: row_of(g, number, "did it come out?") != "")
        assert glass.row(QUESTION).startswith("? Enter = look at it   Esc = back")
        glass.press("1", "f8", "f5", "down")
        glass.wait_for(lambda g: row_of(g, number, "did it come out?").startswith(" !"))
        assert glass.row(QUESTION).startswith("? Enter = look at it   Esc = back")
        assert "5Print" not in glass.row(KEYS)
    with gate.run() as glass:
        house.enter(gate, glass)
        open_papers(glass)
        house.answer(glass, "1", "+ Written down:")


def test_a_list_of_more_than_fifty_papers_goes_on_at_its_end(tmp_path: Path) -> None:
    gate = Gate(tmp_path, language="en")
    try:
        house.furnish(gate, coming=house.COMING[:1])
        house.copy_papers(gate, 70)
        with gate.run() as glass:
            house.enter(gate, glass)
            open_papers(glass)
            assert glass.row(4)[60:62] == "70"
            glass.press("end", "end")
            glass.wait_for(lambda g: any(g.row(row)[60:62] == "1 " for row in range(4, 20)))
            glass.press("home")
            glass.wait_for(lambda g: g.row(4)[60:62] == "70")
    finally:
        gate.close()


def test_an_old_paper_stays_in_focus_when_it_is_settled(tmp_path: Path) -> None:
    gate = Gate(tmp_path, language="en")
    try:
        house.furnish(gate, coming=house.COMING[:1])
        house.copy_papers(gate, 1, JobState.UNCERTAIN)
        house.copy_papers(gate, 60)
        with gate.run() as glass:
            house.enter(gate, glass)
            open_papers(glass)
            house.answer(glass, "1", "+ Written down:")
            assert glass.row(focus(glass))[60:62] == "1 "
    finally:
        gate.close()


def test_papers_for_a_printer_that_never_says_are_settled_with_one_key(tmp_path: Path) -> None:
    gate = Gate(tmp_path, language="en")
    try:
        house.furnish(gate, coming=house.COMING[:3])
        with gate.run() as glass:
            house.enter(gate, glass)
            for one in house.COMING[:2]:
                number = house.admit(gate, glass, one)
                glass.wait_for(
                    f"Recorded. Look whether it came out: badge {number}.", timeout=20
                )
            glass.wait_for("Printer unsure")
            glass.press("f10")
            glass.wait_for("MENU")
            glass.press("f5")
            glass.wait_for("handed over: 2")
            assert glass.row(QUESTION).startswith("? Did it come out?  1 yes   2 no, again")
            house.answer(glass, "4", "+ Written down: all came out. Papers: 2.")
            glass.wait_for("handed over: 0")
    finally:
        gate.close()


def test_the_second_printer_takes_over_and_the_screen_says_so(tmp_path: Path) -> None:
    gate = Gate(tmp_path, language="en", printer_port="first", second_port="second")
    first, second = Press(tmp_path / "first"), Press(tmp_path / "second")
    try:
        house.furnish(gate, coming=house.COMING[:3])
        with gate.run() as glass:
            house.enter(gate, glass)
            number = house.admit(gate, glass, house.COMING[0])
            glass.wait_for(f"+ Printed and proved: badge {number}.")
            assert copies(first, number) == [False]
            first.fault(DeviceFlag.PAPER_OUT)
            number = house.admit(gate, glass, house.COMING[1])
            glass.wait_for("Printer second")
            second.wait_for(number, timeout=20)
            glass.wait_for(f"+ Printed and proved: badge {number}.")
            assert copies(first, number) == []
            open_papers(glass)
            glass.wait_for(lambda g: row_of(g, number, "printed").rstrip().endswith("2"))
            first.mend(DeviceFlag.PAPER_OUT)
            glass.wait_for("Printer ready")
            number = house.admit(gate, glass, house.COMING[2])
            first.wait_for(number)
    finally:
        for press in (first, second):
            press.close()
        gate.close()
