"""How long a printer takes, in its own time: a badge on 9600 baud, paper back, a fault shown.

The printer is on the network, slowed down to the speed of a serial line: between sockets of
one program nothing is on its way when the clock is moved.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest
from printer_gate import gate_of, proven
from simulated_time import in_simulated_time, now

from devices.health import DeviceFlag, DeviceState
from devices.printers.escpos_printer import Times
from devices.printers.printer import Why
from devices.sim.printer import Ability
from kiosk.codes import Template
from kiosk.config import PrinterSettings
from kiosk.printouts.samples import SAMPLES
from kiosk.roll import Roll, render

BAUD, MM_PER_S = 9600, 150.0
CLONE = frozenset({Ability.DLE_EOT, Ability.GS_R})
FAULTS = [
    DeviceFlag.PAPER_NEAR_END,
    DeviceFlag.PAPER_OUT,
    DeviceFlag.COVER_OPEN,
    DeviceFlag.CUTTER,
    DeviceFlag.OVERHEATED,
]


@pytest.fixture(scope="module")
def badge() -> bytes:
    body = msgspec.json.encode(SAMPLES[Template.BADGE])
    return render(Template.BADGE, body, Roll.of(PrinterSettings()))


def test_a_badge_is_proved_one_and_a_half_seconds_after_it_was_sent(
    badge: bytes, tmp_path: Path
) -> None:
    async def test() -> float:
        async with gate_of(
            tmp_path, "tcp", times=Times(), baud=BAUD, mm_per_s=MM_PER_S
        ) as gate:
            await gate.printer.ready()
            since = now()
            assert proven(await gate.printer.send(badge))
            return now() - since

    assert 0.5 < in_simulated_time(test) <= 1.5


def test_when_paper_is_back_the_badge_is_proved_within_two_seconds(
    badge: bytes, tmp_path: Path
) -> None:
    async def test() -> tuple[float, int]:
        async with gate_of(
            tmp_path, "tcp", times=Times(), baud=BAUD, mm_per_s=MM_PER_S
        ) as gate:
            await gate.printer.ready()
            gate.sim.paper_ends_after(6)
            sending = asyncio.create_task(gate.printer.send(badge))
            await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
            await asyncio.sleep(600)
            assert not sending.done()
            gate.sim.mend(DeviceFlag.PAPER_OUT)
            since = now()
            assert proven(await sending)
            return now() - since, len(gate.sim.papers)

    seconds, papers = in_simulated_time(test)
    assert seconds <= 2.0
    assert papers == 1


@pytest.mark.parametrize("flag", FAULTS)
@pytest.mark.parametrize(("knows", "within"), [(frozenset(Ability), 0.3), (CLONE, 2.0)])
def test_a_fault_is_told_in_time(
    knows: frozenset[Ability], within: float, flag: DeviceFlag, tmp_path: Path
) -> None:
    state = DeviceState.DEGRADED if flag is DeviceFlag.PAPER_NEAR_END else DeviceState.BLOCKED

    async def test() -> float:
        worst = 0.0
        async with gate_of(tmp_path, "tcp", times=Times(), baud=BAUD, knows=knows) as gate:
            await gate.printer.ready()
            for step in range(5):
                await asyncio.sleep(10 + step * 0.3)
                since = now()
                gate.sim.fault(flag)
                await gate.until(state, flag)
                worst = max(worst, now() - since)
                gate.sim.mend(flag)
                await gate.until(DeviceState.READY)
        return worst

    assert in_simulated_time(test) <= within


def test_a_printer_that_answers_no_more_is_told_within_two_seconds(tmp_path: Path) -> None:
    async def test() -> float:
        worst = 0.0
        async with gate_of(tmp_path, "tcp", times=Times(), baud=BAUD) as gate:
            await gate.printer.ready()
            for step in range(5):
                await asyncio.sleep(10 + step * 0.3)
                since = now()
                gate.sim.mute = True
                await gate.until(DeviceState.BLOCKED, DeviceFlag.MUTE)
                worst = max(worst, now() - since)
                gate.sim.mute = False
                await gate.until(DeviceState.READY)
        return worst

    assert in_simulated_time(test) <= 2.0


@pytest.mark.parametrize("knows", [frozenset(Ability), CLONE])
def test_a_paper_is_given_up_within_two_seconds(
    knows: frozenset[Ability], badge: bytes, tmp_path: Path
) -> None:
    async def test() -> float:
        async with gate_of(
            tmp_path, "tcp", times=Times(), baud=BAUD, mm_per_s=MM_PER_S, knows=knows
        ) as gate:
            await gate.printer.ready()
            gate.sim.paper_ends_after(3)
            sending = asyncio.create_task(gate.printer.send(badge))
            await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
            since = now()
            gate.printer.abort()
            assert (await sending).why is Why.ABORTED
            return now() - since

    assert in_simulated_time(test) <= 2.0


def test_a_printer_that_knows_nothing_costs_a_few_seconds_once(tmp_path: Path) -> None:
    async def test() -> tuple[float, float]:
        async with gate_of(tmp_path, "tcp", times=Times(), knows=frozenset()) as gate:
            since = now()
            await gate.printer.ready()
            greeted = now() - since
            since = now()
            await gate.printer.send(b"\x1b@one\n")
            await gate.printer.send(b"\x1b@two\n")
            return greeted, now() - since

    greeting, papers = in_simulated_time(test)
    assert greeting <= 5.0
    assert papers <= 0.1
