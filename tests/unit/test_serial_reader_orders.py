"""What the driver says to readers of different makes, and what it makes of their replies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from mrz_builder import ASANOVA, BEKOV, BEKOV_PASSPORT
from reader_desk import Desk

from devices.events import DocumentRead, ReadRejected
from devices.health import DeviceFlag, DeviceState
from devices.mrz import Status
from devices.readers.listening import Patience
from devices.readers.profiles import Profile, load
from devices.sim.framings import Framing, framed
from devices.sim.makes import MAKES, Checked, Elyctis, Menu, Newland

ASKED = b"~\x010000#DEVQRY*;\x03"


@pytest.mark.parametrize("name", MAKES)
async def test_every_make_is_read_one_document_after_the_other(
    tmp_path: Path, name: str
) -> None:
    desk = await Desk(tmp_path, Patience(gap=0.02), load(name), MAKES[name]()).open()
    for lines in (ASANOVA.td1(), BEKOV_PASSPORT.td3(), BEKOV.td1()):
        if isinstance(desk.sim.make, Elyctis):
            await desk.sim.was_told(load(name).arm)
        desk.sim.swipe(lines)
        read = await desk.document()
        assert (read.document.lines, read.document.status) == (lines, Status.OK)
        await desk.nothing_more()
    await desk.close()


async def test_a_reader_is_set_up_then_armed_and_its_replies_are_no_readings(
    tmp_path: Path,
) -> None:
    profile = load("honeywell")
    desk = await Desk(tmp_path, profile=profile, make=Menu()).open()
    await desk.sim.was_told(profile.init)
    await desk.sim.was_told(profile.arm)
    await desk.nothing_more()
    await desk.close()


async def test_an_unknown_reply_to_an_order_is_no_reading_either(tmp_path: Path) -> None:
    profile = Profile("own", init=b"HELLO", beep_bad=b"BAD")
    desk = await Desk(tmp_path, profile=profile).open()
    await desk.sim.was_told(b"HELLO")
    desk.sim.send(b"WELCOME 1.07 \x06\r\n")
    await desk.nothing_more()
    assert desk.sim.told == b""
    await desk.close()


async def test_a_document_right_behind_a_reply_is_read(tmp_path: Path) -> None:
    desk = await Desk(tmp_path, profile=Profile("own", init=b"HELLO")).open()
    await desk.sim.was_told(b"HELLO")
    desk.sim.send(b"WELCOME\x06\r" + framed(ASANOVA.td1(), Framing.RAW_CR))
    assert (await desk.document()).document.lines == ASANOVA.td1()
    await desk.nothing_more()
    await desk.close()


async def test_a_reader_beeps_for_what_was_read_and_otherwise_for_what_was_not(
    tmp_path: Path,
) -> None:
    profile = Profile("own", beep_ok=b"GOOD", beep_bad=b"BAD")
    desk = await Desk(tmp_path, profile=profile).open()
    desk.sim.swipe(ASANOVA.td1())
    await desk.document()
    await desk.sim.was_told(b"GOOD")
    desk.sim.send(framed(ASANOVA.td1())[:45])
    event = await desk.reading()
    assert isinstance(event, ReadRejected)
    await desk.sim.was_told(b"BAD")
    desk.sim.swipe(ASANOVA.td1())
    await desk.nothing_more()
    assert desk.sim.told == b""
    await desk.close()


async def test_a_reader_that_stops_after_each_document_is_armed_again(tmp_path: Path) -> None:
    profile = load("elyctis")
    reader = Elyctis()
    desk = await Desk(tmp_path, profile=profile, make=reader).open()
    await desk.sim.was_told(profile.arm)
    desk.sim.swipe(ASANOVA.td1())
    await desk.document()
    await desk.sim.was_told(profile.arm)
    # Also when it was the same document, which nobody is told of.
    await desk.nothing_more()
    desk.sim.swipe(ASANOVA.td1())
    assert not reader.armed
    await desk.sim.was_told(profile.arm)
    desk.sim.swipe(BEKOV.td1())
    assert (await desk.document()).document.lines == BEKOV.td1()
    await desk.close()


async def test_a_reader_is_told_when_the_kiosk_stops(tmp_path: Path) -> None:
    profile = load("elyctis")
    desk = await Desk(tmp_path, profile=profile, make=Elyctis()).open()
    await desk.stop()
    await desk.sim.was_told(profile.disarm)
    desk.sim.stop()


async def test_an_intact_block_is_acknowledged(tmp_path: Path) -> None:
    reader = Checked()
    desk = await Desk(tmp_path, profile=load("stx-lrc"), make=reader).open()
    desk.sim.swipe(ASANOVA.td1())
    await desk.document()
    await desk.sim.was_told(b"\x06")
    assert reader.answers == [b"\x06"]
    await desk.close()


async def test_a_damaged_block_is_asked_for_again_and_then_read(tmp_path: Path) -> None:
    reader = Checked()
    desk = await Desk(tmp_path, profile=load("stx-lrc"), make=reader).open()
    block = reader.read(ASANOVA.td1())
    desk.sim.send(block.replace(b"AIGUL", b"AIGIL"))
    read = [await desk.reading()]
    while not isinstance(read[-1], DocumentRead):
        read.append(await desk.reading())
    assert read[-1].document.given_names == "AIGUL"
    assert all(isinstance(one, ReadRejected) for one in read[:-1])
    await desk.sim.was_told(b"\x06")
    assert reader.answers == [b"\x15", b"\x06"]
    await desk.close()


# ---- signs of life


def asking(period: float, name: str = "newland") -> Profile:
    return replace(load(name), heartbeat_s=period)


async def test_a_reader_that_can_be_asked_is_ready_when_it_has_answered(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, profile=asking(30), make=Newland())
    desk.sim.mute = True
    desk.sim.start()
    desk.listen()
    await desk.state(DeviceState.UNKNOWN)
    await desk.sim.was_told(ASKED)
    desk.sim.send(b"\x02\x010000#DEV")
    desk.sim.send(b"QRY1\x06;\x03")
    await desk.state(DeviceState.READY)
    await desk.nothing_more()
    await desk.close()


async def test_an_idle_reader_is_asked_again_and_its_answers_are_no_readings(
    tmp_path: Path,
) -> None:
    desk = await Desk(tmp_path, profile=asking(0.05), make=Newland()).open()
    for _ in range(4):
        await desk.sim.was_told(ASKED)
    desk.sim.swipe(ASANOVA.td1())
    assert (await desk.document()).document.lines == ASANOVA.td1()
    for _ in range(2):
        await desk.sim.was_told(ASKED)
    await desk.nothing_more()
    await desk.close()


async def test_a_reader_that_falls_silent_is_opened_anew_and_comes_back(
    tmp_path: Path,
) -> None:
    desk = await Desk(tmp_path, profile=asking(0.05), make=Newland()).open()
    desk.sim.mute = True
    assert (await desk.state(DeviceState.DEGRADED)).flags == {DeviceFlag.MUTE}
    await desk.state(DeviceState.STUCK)
    desk.sim.told = b""
    await desk.sim.was_told(ASKED)
    # Opened and asked anew, which proves nothing: what was told of it stands.
    assert desk.events.empty()
    desk.sim.mute = False
    await desk.state(DeviceState.READY)
    desk.sim.swipe(ASANOVA.td1())
    await desk.document()
    await desk.close()


async def test_a_reader_that_knows_no_question_is_listened_to_all_the_same(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path, profile=asking(0.05), make=Newland())
    desk.sim.mute = True
    desk.sim.start()
    desk.listen()
    await desk.state(DeviceState.UNKNOWN)
    # The second is asked when the first is known to stay without an answer.
    await desk.sim.was_told(ASKED)
    await desk.sim.was_told(ASKED)
    assert desk.events.empty()
    desk.sim.swipe(ASANOVA.td1())
    assert (await desk.document()).document.lines == ASANOVA.td1()
    await desk.close()


async def test_a_document_counts_as_a_sign_of_life(tmp_path: Path) -> None:
    desk = await Desk(tmp_path, profile=asking(0.05), make=Newland()).open()
    desk.sim.mute = True
    await desk.state(DeviceState.DEGRADED)
    desk.sim.swipe(ASANOVA.td1())
    await desk.state(DeviceState.READY)
    await desk.close()


async def test_a_reader_that_takes_no_orders_in_time_is_stuck(tmp_path: Path) -> None:
    long = Profile("own", arm=b"A" * 100_000, beep_ok=b"GOOD")
    desk = Desk(tmp_path, profile=long)
    desk.sim.start()
    desk.sim.hold()
    desk.listen()
    await desk.state(DeviceState.UNKNOWN)
    # It is heard all the while: a write that waits does not hold the loop.
    desk.sim.swipe(ASANOVA.td1())
    await desk.document()
    await desk.state(DeviceState.STUCK)
    await desk.close()
