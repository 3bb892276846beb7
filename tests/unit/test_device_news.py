"""What a device says is told once, in full, and taken back when it is over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest

from devices.events import CodeRead, DeviceChanged, Event, WeightRead
from devices.health import DeviceFlag, DeviceState
from kiosk import text
from kiosk.device_board import PRINTER, SCALE, SECOND_PRINTER
from kiosk.device_news import DeviceNews
from kiosk.errors import KioskError, StorageError
from kiosk.screens.screen import KioskScreen
from kiosk.spool import SpoolState


class Front(KioskScreen):
    """The screen in front; it is never painted."""

    def __init__(self) -> None:
        super().__init__()
        self.states: list[SpoolState] = []
        self.weights: list[WeightRead | None] = []

    async def weighed(self, event: WeightRead | None) -> None:
        self.weights.append(event)

    async def paper_changed(self, state: SpoolState) -> None:
        self.states.append(state)


class Pictures:
    def __init__(self) -> None:
        self.events: list[Event] = []

    def heard(self, event: Event) -> None:
        self.events.append(event)


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


def weight(grams: int, *, stable: bool = True) -> WeightRead:
    return WeightRead(grams, stable, 1.0, SCALE)


async def test_what_lies_on_the_scale_goes_to_the_screen_in_front_in_its_turn(
    desk: Desk,
) -> None:
    assert desk.news.scale is None
    for event in (weight(900, stable=False), weight(5400)):
        desk.news.heard(event)
        assert desk.news.scale == event
    assert desk.front.weights == []
    for work in desk.work:
        await work()
    # Whoever comes late is told what lies there now.
    assert desk.front.weights == [weight(5400)] * 2
    assert desk.bells == desk.bars == 0


@pytest.mark.parametrize(
    "state",
    [DeviceState.LOST, DeviceState.STUCK, DeviceState.BLOCKED, DeviceState.UNKNOWN],
)
async def test_of_a_scale_that_is_gone_no_weight_is_left(
    desk: Desk, state: DeviceState
) -> None:
    desk.news.heard(DeviceChanged(SCALE, DeviceState.READY))
    desk.news.heard(weight(5400))
    desk.news.heard(DeviceChanged(SCALE, state))
    assert desk.news.scale is None
    await desk.work[-1]()
    assert desk.front.weights == [None]
    desk.news.heard(DeviceChanged(SCALE, DeviceState.ABSENT))
    assert len(desk.work) == 2, "told once"


def test_a_scale_that_is_gone_rings_once_and_is_taken_back_when_it_weighs(
    desk: Desk,
) -> None:
    for state in (DeviceState.READY, DeviceState.LOST, DeviceState.ABSENT):
        desk.news.heard(DeviceChanged(SCALE, state))
    assert desk.bells == 1
    assert desk.front.said.startswith("The scale was unplugged.")
    for state in (DeviceState.UNKNOWN, DeviceState.READY):
        desk.news.heard(DeviceChanged(SCALE, state))
    assert desk.front.said == ""


def test_a_weight_ends_no_reading_of_a_picture(desk: Desk) -> None:
    desk.news.heard(weight(5400))
    assert desk.pictures.events == []
