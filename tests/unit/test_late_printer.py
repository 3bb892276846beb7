"""A printer that is switched on after the kiosk is asked everything that it answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from printer_gate import LINES, QUESTION, gate_of

from devices.health import DeviceFlag, DeviceState
from devices.sim.printer import Ability, SimulatedPrinter

# It tells nothing of its own accord.
CLONE = frozenset({Ability.DLE_EOT, Ability.GS_R})


def still_off(sim: SimulatedPrinter) -> None:
    sim.mute = True


def still_starting(sim: SimulatedPrinter) -> None:
    """Of the four questions it hears the last."""
    sim.half_mute(1)


@pytest.mark.parametrize("line", LINES)
async def test_a_printer_that_was_off_at_first_is_watched_once_it_answers(
    line: str, tmp_path: Path
) -> None:
    async with gate_of(tmp_path, line, knows=CLONE, prepare=still_off) as gate:
        await gate.until(DeviceState.UNKNOWN, DeviceFlag.MUTE)
        gate.sim.mute = False
        await gate.until(DeviceState.READY)
        gate.sim.fault(DeviceFlag.PAPER_OUT)
        await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
        gate.sim.mend(DeviceFlag.PAPER_OUT)
        await gate.until(DeviceState.READY)
        gate.sim.mute = True
        await gate.until(DeviceState.BLOCKED, DeviceFlag.MUTE)


@pytest.mark.parametrize("line", LINES)
async def test_a_printer_still_starting_is_not_taken_for_one_that_knows_little(
    line: str, tmp_path: Path
) -> None:
    async with gate_of(tmp_path, line, knows=CLONE, prepare=still_starting) as gate:
        await gate.sim.until(lambda: gate.sim.received.count(QUESTION) >= 4, 20)
        gate.sim.half_mute(1, 2, 3, 4)
        await gate.until(DeviceState.READY)
        gate.sim.fault(DeviceFlag.PAPER_NEAR_END)
        await gate.until(DeviceState.DEGRADED, DeviceFlag.PAPER_NEAR_END)
