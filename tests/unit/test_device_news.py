"""What a device says is told once, in full, and taken back when it is over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest

from devices.events import CodeRead, DeviceChanged, Event
from devices.health import DeviceFlag, DeviceState
from kiosk import text
from kiosk.device_board import PRINTER, SECOND_PRINTER
from kiosk.device_news import DeviceNews
from kiosk.errors import KioskError, StorageError
from kiosk.screens.screen import KioskScreen
from kiosk.spool import SpoolState


class Front(KioskScreen):
    """The screen in front; it is never painted."""

    def __init__(self) -> None:
        super().__init__()
        self.states: list[SpoolState] = []

    async def paper_changed(self, state: SpoolState) -> None:
        self.states.append(state)


class Pictures:
    def heard(self, event: Event) -> None:
        return


class Desk:
    """Stands for the app: what it was asked to do."""

    def __init__(self) -> None:
        self.screen = self.front = Front()
        self.pictures = Pictures()
        self.bells = self.bars = 0
        self.told: list[KioskError] = []
        self.work: list[Callable[[], Awaitable[None]]] = []
        self.scanned: list[object] = []
        self.news = DeviceNews(cast(Any, self), self.scanned.append)

    def bell(self) -> None:
        self.bells += 1

    def refresh_bar(self) -> None:
        self.bars += 1

    def soon(self, work: Callable[[], Awaitable[None]]) -> None:
        self.work.append(work)

    def tell(self, fault: KioskError) -> None:
        self.told.append(fault)

    def printer(self, state: DeviceState, *flags: DeviceFlag, name: str = PRINTER) -> None:
        self.news.heard(DeviceChanged(name, state, frozenset(flags)))


@pytest.fixture
def desk() -> Desk:
    text.use("en")
    return Desk()


def test_a_fault_rings_once_and_is_taken_back_when_it_is_over(desk: Desk) -> None:
    desk.printer(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
    desk.printer(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT, DeviceFlag.OFFLINE)
    assert desk.bells == 1
    assert desk.front.said.startswith("Paper is out.")
    desk.printer(DeviceState.READY)
    assert desk.front.said == ""
    assert desk.bells == 1
    assert desk.bars == 3


def test_another_fault_of_the_same_printer_rings_again(desk: Desk) -> None:
    desk.printer(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
    desk.printer(DeviceState.BLOCKED, DeviceFlag.COVER_OPEN)
    assert desk.bells == 2
    assert desk.front.said.startswith("The lid of the printer is open.")


def test_a_printer_switched_off_rings_once_though_first_it_is_silent_and_then_its_line_goes(
    desk: Desk,
) -> None:
    desk.printer(DeviceState.READY)
    desk.printer(DeviceState.BLOCKED, DeviceFlag.MUTE)
    desk.printer(DeviceState.LOST)
    desk.printer(DeviceState.ABSENT)
    assert desk.bells == 1
    assert desk.front.said.startswith("The printer has fallen silent.")
    desk.printer(DeviceState.READY)
    assert desk.front.said == ""


def test_a_printer_that_is_well_again_takes_nothing_else_off_the_message_row(
    desk: Desk,
) -> None:
    desk.printer(DeviceState.LOST)
    desk.front.say("+", "Visit {number} has ended.", number="V-26-000001")
    desk.printer(DeviceState.READY)
    assert desk.front.said == "Visit {number} has ended."


def test_when_the_second_printer_takes_over_it_is_told_once(desk: Desk) -> None:
    desk.printer(DeviceState.READY, name=SECOND_PRINTER)
    desk.printer(DeviceState.READY)
    desk.printer(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
    assert desk.front.said.startswith("First printer:")
    desk.printer(DeviceState.DEGRADED, DeviceFlag.PAPER_NEAR_END, name=SECOND_PRINTER)
    assert desk.bells == 1
    desk.printer(DeviceState.LOST, name=SECOND_PRINTER)
    assert desk.bells == 2
    assert desk.front.said.startswith("Paper is out.")


def test_a_scan_goes_to_its_turn_among_the_keys(desk: Desk) -> None:
    code = CodeRead("GBV01260000011", 1.0, "reader")
    desk.news.heard(code)
    assert desk.scanned == [code]


async def test_the_screen_in_front_is_told_how_the_papers_stand(desk: Desk) -> None:
    state = SpoolState(waiting=2, uncertain=1)
    desk.news.papers_changed(state)
    assert (desk.news.board.waiting, desk.news.board.uncertain) == (2, 1)
    for work in desk.work:
        await work()
    assert desk.front.states == [state]


def test_a_disk_that_takes_nothing_is_told_once(desk: Desk) -> None:
    full = StorageError("The disk is full.")
    desk.news.papers_changed(SpoolState(fault=full))
    desk.news.papers_changed(SpoolState(waiting=1, fault=full))
    assert desk.told == [full]
    desk.news.papers_changed(SpoolState())
    desk.news.papers_changed(SpoolState(fault=full))
    assert desk.told == [full, full]
