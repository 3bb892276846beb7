"""A reader on a real pseudo-terminal: swipes, misreads, and the cable pulled out."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from mrz_builder import ASANOVA, BEKOV, BEKOV_PASSPORT
from reader_desk import BADGE_TEXT, Desk, held

from devices.events import CodeRead, ReadRejected, RejectReason
from devices.health import DeviceFlag, DeviceState
from devices.mrz import Status
from devices.port import LineSettings, open_line
from devices.readers.listening import Patience
from devices.sim.reader import Framing, framed


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = await Desk(tmp_path).open()
    yield desk
    await desk.close()


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
    desk = await Desk(tmp_path, Patience(gap=0.02, dedupe=0.05)).open()
    desk.sim.swipe(ASANOVA.td1())
    await desk.document()
    await desk.nothing_more()
    desk.sim.swipe(ASANOVA.td1())
    await desk.document()
    await desk.close()


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
        (framed(("I<UTO".ljust(36, "<"), "D" * 36)), RejectReason.CHECK_DIGITS),
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
    await desk.close()


async def test_fifty_flaps_leak_neither_descriptors_nor_tasks(desk: Desk) -> None:
    before = held()
    for _ in range(50):
        desk.sim.unplug()
        await desk.state(DeviceState.LOST)
        desk.sim.plug()
        await desk.state(DeviceState.READY)
    desk.sim.swipe(ASANOVA.td1())
    await desk.document()
    assert held() == before


async def test_a_reader_plugged_in_is_back_within_a_second(tmp_path: Path) -> None:
    desk = await Desk(tmp_path, Patience()).open()
    loop = asyncio.get_running_loop()
    took = []
    for _ in range(5):
        desk.sim.unplug()
        await desk.state(DeviceState.LOST)
        desk.sim.plug()
        at = loop.time()
        await desk.state(DeviceState.READY)
        took.append(loop.time() - at)
    # It is looked for every quarter second. A busy machine may hold up some, hardly all.
    assert min(took) < 1
    await desk.close()


async def test_a_cancelled_reader_lets_its_line_go(desk: Desk) -> None:
    await desk.stop()
    os.close(open_line(LineSettings(str(desk.sim.port))))
