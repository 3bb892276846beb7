"""Fifteen and five minutes before a visit ends, and when it is over: told once, when it can
be read."""

from __future__ import annotations

from typing import Any, cast

import pytest

from kiosk.app import KioskApp
from kiosk.end_warnings import EndWarnings
from kiosk.services import departures, inside_list
from kiosk.values import Officer, Recorded

from .gatehouse import Gatehouse
from .timetables import room

HOURS_ALLOWED = 4
MINUTE = 60_000


class Front:
    """The screen in front, as the warnings see it."""

    NEEDS_OFFICER = True

    def __init__(self) -> None:
        self.said = ""
        self.unsaved = False
        self.undecided = ""
        self.consequence = False
        self.answer = "enter"
        self.told: list[tuple[str, int]] = []

    def answers(self, key: str, character: str | None) -> bool:
        return key == self.answer

    def say(self, marker: str, sentence: str, **values: Any) -> None:
        assert marker == "!"
        self.said = sentence
        self.told.append((sentence.split(":")[0].split(" at ")[0], values["minutes"]))


class Window:
    """A kiosk with one screen, at the gatehouse."""

    def __init__(self, house: Gatehouse) -> None:
        self.house = house
        self.officer: Officer | None = house.officer
        self.locked = False
        self.front = Front()
        self.bells = 0
        self.warnings = EndWarnings(cast("KioskApp", self))

    async def read(self, fn: Any, *args: Any) -> Any:
        return self.house.ask(fn, *args)

    def now(self) -> int:
        return self.house.clock.at

    def bell(self) -> None:
        self.bells += 1

    async def after(self, minutes: int) -> list[tuple[str, int]]:
        """So many minutes go by, one look each; what was told, each read at once."""
        before = len(self.front.told)
        for _ in range(minutes):
            self.house.clock.at += MINUTE
            self.front.said = ""
            await self.warnings.look()
        return self.front.told[before:]


@pytest.fixture
def visit(gatehouse: Gatehouse) -> Recorded:
    """One visit, which ends in four hours."""
    return gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor(), gatehouse.child())


@pytest.fixture
def window(gatehouse: Gatehouse, visit: Recorded) -> Window:
    """Twenty minutes before the end."""
    gatehouse.clock.at += HOURS_ALLOWED * 60 * MINUTE - 20 * MINUTE
    return Window(gatehouse)


async def test_each_is_told_once_with_a_bell_and_once_for_a_group(window: Window) -> None:
    assert await window.after(4) == []
    assert await window.after(1) == [("Ends", 15)]
    assert await window.after(9) == []
    assert await window.after(1) == [("Ends", 5)]
    assert await window.after(5) == []
    assert await window.after(2) == [("Should have left", -1)]
    assert await window.after(30) == []
    assert window.bells == 3


async def test_a_busy_screen_is_told_at_the_next_quiet_moment(window: Window) -> None:
    window.front.unsaved = True
    assert await window.after(7) == []
    window.front.unsaved = False
    window.front.said = "something is being read"
    await window.warnings.tell()
    assert window.front.told == []
    window.front.said = ""
    await window.warnings.tell()
    assert window.front.told == [("Ends", 13)]


async def test_the_menu_which_only_guards_the_lock_is_a_quiet_moment(window: Window) -> None:
    window.front.consequence = True
    window.front.answer = "f10"
    assert await window.after(5) == [("Ends", 15)]


@pytest.mark.parametrize("busy", ["undecided", "consequence"])
async def test_a_question_with_consequences_is_not_talked_over(
    window: Window, busy: str
) -> None:
    setattr(window.front, busy, "Асанова А.")
    assert await window.after(8) == []
    assert window.bells == 0


async def test_what_waited_too_long_is_replaced_by_what_holds_now(window: Window) -> None:
    window.front.unsaved = True
    await window.after(16)
    window.front.unsaved = False
    await window.warnings.tell()
    await window.warnings.tell()
    assert window.front.told == [("Ends", 4)]


async def test_a_locked_screen_hears_nothing_and_the_officer_afterwards(
    window: Window,
) -> None:
    window.locked = True
    assert await window.after(6) == []
    window.locked = False
    assert await window.after(1) == [("Ends", 13)]


async def test_who_has_left_is_not_warned_of(
    window: Window, gatehouse: Gatehouse, visit: Recorded
) -> None:
    window.front.unsaved = True
    await window.after(6)
    gatehouse.do(departures.leave, gatehouse.officer, visit.case_id)
    window.front.unsaved = False
    assert await window.after(10) == []


async def test_whoever_does_not_stand_at_the_gate_is_not_warned(
    window: Window, gatehouse: Gatehouse
) -> None:
    window.officer = gatehouse.administrator
    assert await window.after(10) == []


def test_the_list_of_who_is_inside_is_printed(gatehouse: Gatehouse, visit: Recorded) -> None:
    room(gatehouse)
    before = gatehouse.counts()
    gatehouse.do(inside_list.order_paper, gatehouse.officer)
    assert gatehouse.written(before) == {"audit_entry": 1, "print_job": 1, "spool": 1}
    listed = gatehouse.ask(inside_list.look, gatehouse.officer)
    assert len(listed.people) == 2
    assert listed.rooms == {}
