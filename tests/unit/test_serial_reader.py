"""A reader on a real pseudo-terminal: swipes, misreads, and the cable pulled out."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from mrz_builder import ASANOVA, BEKOV, BEKOV_PASSPORT, digit

from devices.events import (
    CodeRead,
    DeviceChanged,
    DocumentRead,
    Event,
    ReadRejected,
    RejectReason,
)
from devices.health import DeviceFlag, DeviceState
from devices.mrz import Status
from devices.port import LineSettings, open_line
from devices.readers.framing import Code
from devices.readers.listening import Patience
from devices.readers.serial import SerialReader
from devices.sim.reader import Framing, SimulatedReader, framed

BADGE = Code(re.compile(r"GBV\d{12}"), 15, accepts=lambda text: digit(text[:-1]) == text[-1])
BADGE_TEXT = "GBV01260045121" + digit("GBV01260045121")


QUICK = Patience(gap=0.02, look=0.01)


class Desk:
    """A simulated reader, the driver that listens to it, and what it said."""

    def __init__(self, folder: Path, patience: Patience = QUICK) -> None:
        self.sim = SimulatedReader(folder)
        self.reader = SerialReader(
            LineSettings(str(self.sim.port)),
            [BADGE],
            today=lambda: date(2026, 11, 24),
            patience=patience,
        )
        self.events: asyncio.Queue[Event] = asyncio.Queue()
        self.task: asyncio.Task[object] | None = None

    def listen(self) -> None:
        self.task = asyncio.create_task(self.reader.run(self.events.put_nowait))

    async def state(self, state: DeviceState) -> DeviceChanged:
        """Waits until the reader is in `state`."""
        while True:
            event = await asyncio.wait_for(self.events.get(), 3)
            if isinstance(event, DeviceChanged) and event.state is state:
                return event

    async def reading(self) -> Event:
        """The next thing read, with no change of state before it."""
        event = await asyncio.wait_for(self.events.get(), 3)
        assert not isinstance(event, DeviceChanged), event
        return event

    async def document(self) -> DocumentRead:
        event = await self.reading()
        assert isinstance(event, DocumentRead), event
        return event

    async def nothing_more(self) -> None:
        """The line falls quiet and says nothing."""
        with suppress(TimeoutError):
            pytest.fail(f"{await asyncio.wait_for(self.events.get(), 0.06)} was emitted")

    async def stop(self) -> None:
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(tmp_path)
    desk.sim.start()
    desk.listen()
    await desk.state(DeviceState.READY)
    yield desk
    await desk.stop()
    desk.sim.stop()


@pytest.mark.parametrize("framing", Framing)
@pytest.mark.parametrize("holder", ["card", "passport"])
async def test_a_clean_swipe_is_one_document(desk: Desk, framing: Framing, holder: str) -> None:
    lines = ASANOVA.td1() if holder == "card" else BEKOV_PASSPORT.td3()
    desk.sim.swipe(lines, framing)
    read = await desk.document()
    assert (read.document.lines, read.document.status) == (lines, Status.OK)
    assert read.source == "reader"
    await desk.nothing_more()


async def test_what_an_outsider_writes_to_the_link_is_read(desk: Desk) -> None:
    for lines in (ASANOVA.td1(), BEKOV.td1()):
        outside = os.open(desk.sim.outside, os.O_WRONLY | os.O_NOCTTY)
        os.write(outside, framed(lines))
        os.close(outside)
        assert (await desk.document()).document.lines == lines


async def test_the_same_document_within_two_seconds_is_one(desk: Desk) -> None:
    desk.sim.swipe(ASANOVA.td1())
    await desk.document()
    await desk.nothing_more()
    desk.sim.swipe(ASANOVA.td1(), Framing.RAW)
    await desk.nothing_more()
    desk.sim.swipe(BEKOV.td1())
    assert (await desk.document()).document.surname == "BEKOV"


async def test_the_same_document_later_is_read_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Patience(gap=0.02, dedupe=0.05))
    desk.sim.start()
    desk.listen()
    await desk.state(DeviceState.READY)
    desk.sim.swipe(ASANOVA.td1())
    await desk.document()
    await desk.nothing_more()
    desk.sim.swipe(ASANOVA.td1())
    await desk.document()
    await desk.stop()
    desk.sim.stop()


async def test_a_badge_is_read_over_the_same_line(desk: Desk) -> None:
    desk.sim.send(BADGE_TEXT.encode() + b"\r\n")
    event = await desk.reading()
    assert isinstance(event, CodeRead)
    assert event.code == BADGE_TEXT
    await desk.nothing_more()


async def test_a_document_in_doubt_comes_for_review(desk: Desk) -> None:
    upper, lower = BEKOV_PASSPORT.td3()
    desk.sim.swipe((upper, lower[:4] + "9" + lower[5:]))
    read = await desk.document()
    assert read.document.status is Status.REVIEW


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\r\n", RejectReason.EMPTY),
        (framed(ASANOVA.td1())[:45], RejectReason.TRUNCATED),
        (framed(ASANOVA.td1()).replace(b"AIGUL", b"A?GUL"), RejectReason.MISREAD),
        (framed(ASANOVA.td1()).replace(b"AIGUL", b"[/]\x1b"), RejectReason.MISREAD),
        (framed((BEKOV_PASSPORT.td3()[0], "Q" * 44)), RejectReason.CHECK_DIGITS),
        (framed(("I<UTO".ljust(36, "<"), "D" * 36)), RejectReason.UNSUPPORTED),
        (b"4870012345678\r\n", RejectReason.UNKNOWN),
    ],
)
async def test_a_useless_reading_says_why_and_the_next_swipe_is_read(
    desk: Desk, raw: bytes, reason: RejectReason
) -> None:
    desk.sim.send(raw)
    event = await desk.reading()
    assert isinstance(event, ReadRejected)
    assert event.reason is reason
    desk.sim.swipe(ASANOVA.td1())
    assert (await desk.document()).document.status is Status.OK


async def test_a_reader_pulled_out_mid_swipe_says_so_and_comes_back(desk: Desk) -> None:
    # The badge before it tells that the half was heard: a hang-up drops what was not.
    desk.sim.send(BADGE_TEXT.encode() + b"\r\n" + framed(ASANOVA.td1())[:50])
    assert isinstance(await desk.reading(), CodeRead)
    desk.sim.unplug()
    event = await desk.reading()
    assert isinstance(event, ReadRejected)
    assert event.reason is RejectReason.INTERRUPTED
    await desk.state(DeviceState.LOST)
    await desk.state(DeviceState.ABSENT)
    desk.sim.plug()
    await desk.state(DeviceState.READY)
    desk.sim.swipe(ASANOVA.td1())
    await desk.document()


async def test_unplugging_is_noticed_in_100_ms_and_plugging_in_1_s(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Patience())
    desk.sim.start()
    desk.listen()
    await desk.state(DeviceState.READY)
    loop = asyncio.get_running_loop()
    desk.sim.unplug()
    at = loop.time()
    await desk.state(DeviceState.LOST)
    assert loop.time() - at < 0.1
    await desk.state(DeviceState.ABSENT)
    desk.sim.plug()
    at = loop.time()
    await desk.state(DeviceState.READY)
    assert loop.time() - at < 1
    await desk.stop()
    desk.sim.stop()


async def test_a_line_that_another_program_holds_is_blocked_until_it_is_free(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    desk.sim.start()
    other = open_line(LineSettings(str(desk.sim.port)))
    desk.listen()
    assert (await desk.state(DeviceState.BLOCKED)).flags == {DeviceFlag.BUSY}
    os.close(other)
    await desk.state(DeviceState.READY)
    await desk.stop()
    desk.sim.stop()


async def test_twenty_flaps_leak_neither_descriptors_nor_tasks(desk: Desk) -> None:
    def held() -> tuple[int, int]:
        return len(os.listdir("/proc/self/fd")), len(asyncio.all_tasks())

    before = held()
    for _ in range(20):
        desk.sim.unplug()
        await desk.state(DeviceState.LOST)
        desk.sim.plug()
        await desk.state(DeviceState.READY)
    desk.sim.swipe(ASANOVA.td1())
    await desk.document()
    assert held() == before


async def test_a_cancelled_reader_lets_its_line_go(desk: Desk) -> None:
    await desk.stop()
    os.close(open_line(LineSettings(str(desk.sim.port))))
