"""The queue, the rooms, the sessions and the bookings in three languages: on the grid, in the
font's letters, with nothing cut; and the flows that their keys lead through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.tty import house
from tests.tty.gate import KIOSK, Gate
from tests.tty.harness import Glass
from tests.tty.looks import (
    LANGUAGES,
    MESSAGE,
    QUESTION,
    check,
    escape,
    focused_rows,
    help_is_whole,
    wait_title,
)

pytestmark = pytest.mark.tty

COMING = house.COMING[:3]


@pytest.fixture(scope="module", params=LANGUAGES)
def gate(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gate]:
    gate = Gate(tmp_path_factory.mktemp("gate"), language=request.param)
    house.furnish(gate, coming=COMING)
    yield gate
    gate.close()


def said(gate: Gate, msgid: str) -> str:
    """What a sentence says up to its first place."""
    return gate.say(msgid).partition("{")[0].strip()


def test_rooms_sessions_bookings_and_the_queue(gate: Gate) -> None:
    with gate.run() as glass:
        house.enter(gate, glass, house.SUPERVISOR)
        enter_room(gate, glass)
        plan_ten_days(gate, glass)
        book(gate, glass, COMING[0])
        move_and_call_off(gate, glass)
        close_and_open(gate, glass)
        open_the_board(gate, glass)
        take_tickets(gate, glass)
        call_tickets(gate, glass)
        keep_the_room(gate, glass)


def enter_room(gate: Gate, glass: Glass) -> None:
    glass.press("9", "9")
    wait_title(gate, glass, "ROOMS")
    check(glass, focus=0)
    glass.press("f7")
    wait_title(gate, glass, "NEW ROOM")
    help_is_whole(gate, glass, "NEW ROOM")
    glass.press("1", "enter", "1", "2", "f2")
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ "))
    check(glass, focus=1)
    escape(glass)
    wait_title(gate, glass, "ROOMS")
    check(glass, focus=1)
    help_is_whole(gate, glass, "ROOMS")
    glass.press("f8")
    glass.wait_for(lambda g: "Enter" in g.row(QUESTION) and "F7" not in g.row(QUESTION))
    check(glass, focus=1)
    glass.press("x", "f10")


def keep_the_room(gate: Gate, glass: Glass) -> None:
    """It is used still: that is said, and nothing is asked any more."""
    glass.press("f10")
    wait_title(gate, glass, "MENU")
    glass.press("9", "9")
    wait_title(gate, glass, "ROOMS")
    before = glass.row(QUESTION)
    glass.press("f8")
    glass.wait_for(lambda g: g.row(QUESTION) != before)
    house.answer(glass, "enter", before)
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("! "))
    check(glass, focus=1)


def plan_ten_days(gate: Gate, glass: Glass) -> None:
    wait_title(gate, glass, "MENU")
    glass.press("9", "4")
    wait_title(gate, glass, "SESSIONS")
    check(glass, focus=0)
    glass.press("1")
    wait_title(gate, glass, "PLAN SESSIONS")
    check(glass, focus=1)
    help_is_whole(gate, glass, "PLAN SESSIONS")
    last = f"{house.today(gate) + timedelta(days=9):%d%m%Y}"
    glass.press("1", "1234567", "enter", "10:00-12:00 14:00-16:00", "enter", "enter")
    glass.press(last, "enter")
    check(glass, focus=1)
    glass.press("f2")
    wait_title(gate, glass, "SESSIONS")
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ ") and "20" in g.row(MESSAGE))
    check(glass, focus=1)
    help_is_whole(gate, glass, "SESSIONS")


def book(gate: Gate, glass: Glass, one: house.Visitor) -> None:
    """The day after tomorrow, so that midnight changes nothing."""
    glass.press("right", "right", "f7")
    wait_title(gate, glass, "NEW BOOKING")
    check(glass, focus=1)
    help_is_whole(gate, glass, "NEW BOOKING")
    glass.press("1", one.file_number)
    glass.wait_for("Токтосунов Бакыт")
    glass.press("enter", one.holder.number)
    glass.wait_for(one.name)
    glass.press("enter", "f2")
    glass.wait_for(gate.say("MAY COME"))
    check(glass, focus=1)
    house.answer(glass, "enter", gate.say("SESSIONS"))
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ "))
    check(glass, focus=1)


def move_and_call_off(gate: Gate, glass: Glass) -> None:
    glass.press("enter")
    wait_title(gate, glass, "BOOKED VISITS")
    check(glass, focus=1)
    help_is_whole(gate, glass, "BOOKED VISITS")
    glass.press("2")
    wait_title(gate, glass, "SESSIONS")
    check(glass, focus=1)
    glass.press("down", "enter")
    glass.wait_for(said(gate, "Move it to this session?  Enter = yes   Esc = no"))
    check(glass, focus=1)
    house.answer(glass, "enter", gate.say("BOOKED VISITS"))
    glass.wait_for("14:00")
    glass.press("f8")
    glass.wait_for(lambda g: g.row(QUESTION).startswith("? 1 "))
    check(glass, focus=1)
    house.answer(glass, "1", gate.say("called off"))
    check(glass, focus=1)
    glass.press("f10")
    wait_title(gate, glass, "MENU")


def close_and_open(gate: Gate, glass: Glass) -> None:
    glass.press("9", "4", "right", "9")
    wait_title(gate, glass, "CLOSE FOR VISITS")
    check(glass, focus=1)
    glass.press("1", "f2")
    wait_title(gate, glass, "SESSIONS")
    glass.wait_for(gate.say("THE DAY IS CLOSED"))
    glass.wait_for(gate.say("sanitary day"))
    check(glass, focus=1)
    glass.press("9")
    glass.wait_for(said(gate, "Open it again?  Enter = yes   Esc = no"))
    check(glass, focus=1)
    open_again = gate.say("It is open again. What it put up for review is settled.")
    house.answer(glass, "enter", open_again)
    assert gate.say("THE DAY IS CLOSED") not in glass.text()


def open_the_board(gate: Gate, glass: Glass) -> None:
    glass.press("f10")
    wait_title(gate, glass, "MENU")
    glass.press("8")
    wait_title(gate, glass, "REGISTERS")
    check(glass, focus=0)
    help_is_whole(gate, glass, "REGISTERS")
    glass.press("f10")
    wait_title(gate, glass, "MENU")
    glass.press("5")
    wait_title(gate, glass, "WAITING BOARD")
    check(glass, focus=0)
    help_is_whole(gate, glass, "WAITING BOARD")
    glass.press("f7")
    wait_title(gate, glass, "NEW TICKET")
    check(glass, focus=1)
    help_is_whole(gate, glass, "NEW TICKET")


def take_tickets(gate: Gate, glass: Glass) -> None:
    """One by a scan, of somebody known; one of somebody new; one without a scan."""
    gate.swipe(house.lines(COMING[1].holder))
    glass.wait_for(COMING[1].name)
    check(glass, focus=1)
    glass.press("f2")
    glass.wait_for(said(gate, "Ticket {number}. May pass today."))
    glass.wait_for(lambda g: "001" in g.row(MESSAGE))
    check(glass, focus=1)
    gate.swipe(house.lines(house.NEWCOMERS[0].holder))
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("! "))
    check(glass, focus=1)
    glass.press("f2")
    glass.wait_for(lambda g: "002" in g.row(MESSAGE))
    gate.swipe(house.lines(house.BANNED.holder))
    glass.wait_for(house.BANNED.name)
    glass.press("f2")
    glass.wait_for(lambda g: "003" in g.row(MESSAGE))
    check(glass, focus=1)
    escape(glass)
    wait_title(gate, glass, "WAITING BOARD")
    glass.wait_for(gate.say("may pass"))
    glass.wait_for(gate.say("not scanned yet"))
    check(glass, focus=1)


def call_tickets(gate: Gate, glass: Glass) -> None:
    glass.press("down", "enter")
    glass.wait_for(said(gate, "old, ill or disabled"))
    check(glass)
    glass.press("1")
    glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ ") and "002" in g.row(MESSAGE))
    check(glass, focus=1)
    glass.press("3")
    glass.wait_for(lambda g: gate.say("CALLED") not in g.text())
    glass.press("home", "enter")
    glass.wait_for(lambda g: gate.say("CALLED") in g.text())
    check(glass, focus=1)
    glass.press("f4")
    wait_title(gate, glass, "CALLED NOW")
    glass.wait_for(lambda g: len(focused_rows(g)) >= 10)
    check(glass)
    help_is_whole(gate, glass, "CALLED NOW")
    escape(glass)
    wait_title(gate, glass, "WAITING BOARD")
    glass.press("enter")
    wait_title(gate, glass, "ARRIVAL")
    glass.wait_for(gate.say("MAY PASS"))
    check(glass, focus=0)
    glass.press("enter")
    glass.wait_for(gate.say("ADMITTED"))
    glass.press("f10")
    wait_title(gate, glass, "MENU")
    glass.press("5")
    wait_title(gate, glass, "WAITING BOARD")
    glass.wait_for(lambda g: "003" in g.text() and "001" not in g.text())
    glass.press("end", "f8")
    glass.wait_for(lambda g: "003" in g.row(MESSAGE))
    check(glass, focus=1)
    glass.press("f9")
    wait_title(gate, glass, "WHO IS INSIDE")
    glass.wait_for(COMING[1].surname)
    check(glass, focus=1)
    glass.press("f5")
    glass.wait_for(gate.say("The list of who is inside is printing."))
    check(glass, focus=1)


def test_a_second_monitor_follows_the_calls_and_opens_nothing(tmp_path: Path) -> None:
    gate = Gate(tmp_path, language="ky")
    house.furnish(gate, coming=())
    with (
        gate.run() as glass,
        Glass([*KIOSK, "--config", str(gate.config), "calls"]) as monitor,
    ):
        house.enter(gate, glass)
        glass.press("5", "f7")
        wait_title(gate, glass, "NEW TICKET")
        glass.press("f2")
        glass.wait_for(lambda g: g.row(MESSAGE).startswith("+ "))
        escape(glass)
        wait_title(gate, glass, "WAITING BOARD")
        glass.press("home", "enter")
        monitor.wait_for(lambda g: len(focused_rows(g)) >= 10, timeout=20)
        monitor.press("f3", "f9", "f10", "f5", "0", "1")
        monitor.quiet()
        wait_title(gate, monitor, "CALLED NOW")
    gate.close()
