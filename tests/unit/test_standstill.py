"""A line that stood still and told no reason: the printer behind it may have been off."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from printer_gate import gate_of, paper

from devices.errors import PortAbsent
from devices.health import DeviceFlag, DeviceState
from devices.printers.printer import Proof, ProofBy, Why
from devices.printers.standstill import STANDSTILL_S, Standstill
from devices.printers.tcp import TcpLine
from devices.sim.printer import Ability

LONG = STANDSTILL_S + 0.1
CLONE = frozenset({Ability.GS_R, Ability.DLE_EOT})


def looked(*looks: tuple[int, float, bool]) -> Standstill:
    """Each look: bytes taken, the time, whether the printer says that it cannot print."""
    still = Standstill()
    for taken, now, stopped in looks:
        still.look((taken, 0), now, stopped)
    return still


def test_a_printer_that_pauses_for_a_picture_was_not_away() -> None:
    still = looked((1, 0, False), (1, LONG / 2, False), (2, STANDSTILL_S - 0.1, False))
    assert not still.unexplained


def test_a_standstill_without_a_word_is_unexplained() -> None:
    assert looked((1, 0, False), (1, LONG, False), (2, LONG, False)).unexplained
    last = looked((1, 0, False))
    last.end(LONG, stopped=False)
    assert last.unexplained


def test_one_that_said_why_and_that_it_goes_on_was_there() -> None:
    still = looked((1, 0, False), (1, 0.2, True), (1, 60, True), (2, 61, False))
    assert (still.unexplained, still.went_on_stopped) == (False, False)


def test_one_that_goes_on_and_does_not_say_so_was_perhaps_away() -> None:
    still = looked((1, 0, True), (2, 60, True))
    assert (still.unexplained, still.went_on_stopped) == (False, True)


async def test_the_end_of_a_long_paper_does_not_prove_its_lost_beginning(
    tmp_path: Path,
) -> None:
    rows = "\n".join(f"{no} of a long list of who is inside" for no in range(1200))
    async with gate_of(tmp_path, baud=115_200) as gate:
        await gate.until(DeviceState.READY)
        begun = len(gate.sim.received)
        sending = asyncio.create_task(gate.printer.send(paper(rows)))
        await gate.sim.until(lambda: len(gate.sim.received) > begun + 500)
        gate.sim.freeze()
        # Longer than a standstill; its power comes back with nothing said of it.
        await asyncio.sleep(2 * STANDSTILL_S)
        gate.sim.switch_off_and_on()
        outcome = await asyncio.wait_for(sending, 30)
        assert (outcome.proof, outcome.why) == (Proof.UNPROVEN, Why.RESTARTED)


async def test_a_stray_byte_of_a_printer_that_is_gone_proves_nothing(tmp_path: Path) -> None:
    async with gate_of(tmp_path, knows=CLONE, proof=ProofBy.GS_R) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.paper_ends_after(1)
        sending = asyncio.create_task(gate.printer.send(paper("one\ntwo")))
        await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
        gate.sim.say(b"\0")
        gate.sim.switch_off()
        outcome = await asyncio.wait_for(sending, 30)
        assert (outcome.proof, gate.sim.papers) == (Proof.UNPROVEN, [])


@pytest.mark.parametrize("host", ["192.168.1..50", "x" * 64 + ".kg"])
async def test_a_name_that_can_be_none_is_told_as_absent(host: str) -> None:
    with pytest.raises(PortAbsent):
        await TcpLine(host).open(lambda data: None, lambda: None)
