"""A scale on a real pseudo-terminal: bags put down, noise, silence, the cable pulled out."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from reader_desk import held

from devices.events import DeviceChanged, Event, Load, WeightRead
from devices.health import DeviceFlag, DeviceState
from devices.port import LineSettings, open_line
from devices.scales.profiles import Profile, load
from devices.scales.serial import SerialScale
from devices.sim.scale import SimulatedScale
from devices.sim.scale_makes import Cas22, CasAsked, Indicator, Make, Sics, Toledo

EVERY = 0.005
# A slow machine is not to be taken for a silent scale, but where silence is meant.
PATIENT, IMPATIENT = 60, 0.15
GENERIC = load()
TALK: list[tuple[str, Make]] = [
    ("generic", Indicator()),
    ("generic", Cas22()),
    ("toledo", Toledo()),
    ("toledo", Toledo(check=True)),
    ("sics", Sics()),
    ("cas", CasAsked()),
]


class Counter:
    """A simulated scale, the driver that listens to it, and what it said."""

    def __init__(
        self,
        folder: Path,
        profile: Profile = GENERIC,
        make: Make | None = None,
        silence: float = PATIENT,
    ) -> None:
        self.sim = SimulatedScale(folder, make, every=EVERY)
        profile = replace(profile, request_s=0.02)
        line = LineSettings(str(self.sim.port))
        self.scale = SerialScale(line, profile, silence=silence, look=0.01)
        self.events: asyncio.Queue[Event] = asyncio.Queue()
        self.task = asyncio.create_task(self.scale.run(self.events.put_nowait))

    async def state(self, state: DeviceState) -> DeviceChanged:
        """Waits until the scale is in `state`."""
        async with asyncio.timeout(30):
            while True:
                event = await self.events.get()
                if isinstance(event, DeviceChanged) and event.state is state:
                    return event

    async def weight(self, grams: int) -> WeightRead:
        """Waits until this weight rests; on the way there it is only told to move."""
        async with asyncio.timeout(30):
            while True:
                event = await self.events.get()
                if isinstance(event, WeightRead) and event.stable:
                    assert event.grams == grams
                    return event

    async def close(self) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        self.sim.stop()


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Counter]:
    counter = Counter(tmp_path)
    counter.sim.start()
    await counter.state(DeviceState.READY)
    await counter.weight(0)
    yield counter
    await counter.close()


@pytest.mark.parametrize(("name", "make"), TALK)
async def test_scales_of_every_make_weigh_a_bag(tmp_path: Path, name: str, make: Make) -> None:
    counter = Counter(tmp_path, load(name), make)
    counter.sim.start()
    await counter.state(DeviceState.READY)
    await counter.weight(0)
    for grams in (5400, 350, 20_000):
        counter.sim.put(grams)
        read = await counter.weight(grams)
        assert (read.source, read.load, read.tared) == ("scale", Load.WITHIN, False)
    await counter.close()


async def test_a_weight_is_told_once_while_it_lies_there(counter: Counter) -> None:
    counter.sim.put(5400)
    await counter.weight(5400)
    counter.sim.put(5400)  # it swings, and comes to rest where it was
    moves = await asyncio.wait_for(counter.events.get(), 30)
    assert isinstance(moves, WeightRead)
    assert not moves.stable
    await counter.weight(5400)
    await asyncio.sleep(20 * EVERY)
    assert counter.events.empty()


async def test_a_tare_makes_less_than_nothing_of_an_empty_pan(counter: Counter) -> None:
    counter.sim.put(350)
    await counter.weight(350)
    counter.sim.tare()
    assert (await counter.weight(0)).tared
    counter.sim.put(0)
    read = await counter.weight(-350)
    assert read.tared


async def test_too_much_is_told_and_is_no_weight(counter: Counter) -> None:
    counter.sim.put(400_000)
    async with asyncio.timeout(30):
        while True:
            event = await counter.events.get()
            assert isinstance(event, WeightRead)
            assert not event.stable
            if event.load is not Load.WITHIN:
                break
    assert (event.grams, event.stable, event.load) == (0, False, Load.OVER)
    counter.sim.put(5400)
    await counter.weight(5400)


async def test_an_unplugged_scale_is_lost_and_comes_back_with_what_lies_on_it(
    counter: Counter,
) -> None:
    counter.sim.unplug()
    await counter.state(DeviceState.LOST)
    await counter.state(DeviceState.ABSENT)
    counter.sim.put(5400)
    counter.sim.plug()
    await counter.state(DeviceState.READY)
    await counter.weight(5400)


async def test_a_scale_that_flaps_leaves_nothing_open(counter: Counter) -> None:
    await asyncio.sleep(0)
    before = held()
    for _flap in range(20):
        counter.sim.unplug()
        await counter.state(DeviceState.LOST)
        counter.sim.plug()
        await counter.state(DeviceState.READY)
    assert held() == before


async def test_a_scale_switched_off_is_silent_and_its_last_weight_is_told_anew(
    tmp_path: Path,
) -> None:
    counter = Counter(tmp_path, silence=IMPATIENT)
    counter.sim.start()
    counter.sim.put(5400)
    await counter.weight(5400)
    counter.sim.mute = True
    await counter.state(DeviceState.STUCK)
    counter.sim.mute = False
    await counter.state(DeviceState.READY)
    await counter.weight(5400)
    await counter.close()


@pytest.mark.parametrize("name", ["sics", "cas"])
async def test_a_scale_that_answers_no_question_is_silent(tmp_path: Path, name: str) -> None:
    make = Sics() if name == "sics" else CasAsked()
    counter = Counter(tmp_path, load(name), make, IMPATIENT)
    counter.sim.mute = True
    counter.sim.start()
    await counter.state(DeviceState.STUCK)
    counter.sim.mute = False
    await counter.state(DeviceState.READY)
    await counter.weight(0)
    await counter.close()


async def test_a_scale_of_another_make_is_not_understood(tmp_path: Path) -> None:
    counter = Counter(tmp_path, load("toledo"), Indicator(), IMPATIENT)
    counter.sim.start()
    event = await counter.state(DeviceState.BLOCKED)
    assert event.flags == {DeviceFlag.UNREADABLE}
    counter.sim.make = Toledo()
    await counter.state(DeviceState.READY)
    await counter.weight(0)
    await counter.close()


async def test_noise_among_the_messages_changes_no_weight(counter: Counter) -> None:
    counter.sim.put(5400)
    await counter.weight(5400)
    for noise in (b"\xff\x00\r\n", b"ST,GS,+00", b"09.400kg\r\n"):
        counter.sim.send(noise)
        await asyncio.sleep(2 * EVERY)
    counter.sim.put(700)
    async with asyncio.timeout(30):
        weights = set()
        while 700 not in weights:
            event = await counter.events.get()
            if isinstance(event, WeightRead) and event.stable:
                weights.add(event.grams)
    assert weights <= {5400, 700}


async def test_what_an_outsider_writes_lies_on_the_scale(counter: Counter) -> None:
    outside = os.open(counter.sim.outside, os.O_WRONLY | os.O_NOCTTY)
    os.write(outside, b"5400\nrubbish\n")
    os.close(outside)
    await counter.weight(5400)


async def test_a_line_that_another_program_holds_is_told_to_be_busy(tmp_path: Path) -> None:
    counter = Counter(tmp_path)
    counter.sim.start()
    held_by_another = open_line(LineSettings(str(counter.sim.port)))
    event = await counter.state(DeviceState.BLOCKED)
    assert event.flags == {DeviceFlag.BUSY}
    os.close(held_by_another)
    await counter.state(DeviceState.READY)
    await counter.close()
