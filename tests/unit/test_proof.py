"""By what a paper is proved, and that nothing proves one that is not out."""

from __future__ import annotations

import asyncio
import os
import random
import tty
from pathlib import Path

import pytest
from printer_gate import LINES, PATIENCE_S, SHORT, Gate, gate_of, paper, proven

from devices.health import DeviceFlag, DeviceState
from devices.port import LineSettings
from devices.printers.commands import ASK_PROOF
from devices.printers.escpos_printer import EscposPrinter, Times
from devices.printers.lines import SerialLine
from devices.printers.printer import Delivered, Outcome, Proof, ProofBy, Why
from devices.sim.printer import Ability, SimulatedPrinter
from devices.sim.printer.printer import EVERYTHING

CLONES = {
    ProofBy.PROCESS_ID: EVERYTHING,
    ProofBy.GS_R: frozenset({Ability.DLE_EOT, Ability.GS_R}),
    ProofBy.STATUS: frozenset({Ability.DLE_EOT}),
}
STOPS = [
    DeviceFlag.PAPER_OUT,
    DeviceFlag.COVER_OPEN,
    DeviceFlag.CUTTER,
    DeviceFlag.OVERHEATED,
]


# ---- the ladder


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("best", CLONES)
async def test_a_paper_is_proved_by_the_best_that_the_printer_knows(
    best: ProofBy, line: str, tmp_path: Path
) -> None:
    async with gate_of(tmp_path, line, knows=CLONES[best]) as gate:
        await gate.until(DeviceState.READY)
        outcome = await gate.send(paper())
        assert outcome == Outcome(Delivered.ALL, Proof.PROVEN, Why.DONE, best, len(paper()))
        assert gate.sim.papers == ["Өмүрбек уулу Эңилчек"]


@pytest.mark.parametrize("knows", [frozenset({Ability.GS_R}), frozenset({Ability.PROCESS_ID})])
async def test_a_printer_that_proves_and_says_nothing_else_is_believed(
    knows: frozenset[Ability], tmp_path: Path
) -> None:
    async with gate_of(tmp_path, knows=knows) as gate:
        await gate.until(DeviceState.UNKNOWN, DeviceFlag.MUTE)
        assert (await gate.send(paper())).proof is Proof.PROVEN


@pytest.mark.parametrize("best", [ProofBy.GS_R, ProofBy.STATUS, ProofBy.ASK])
async def test_a_site_may_ask_for_less(best: ProofBy, tmp_path: Path) -> None:
    async with gate_of(tmp_path, proof=best) as gate:
        await gate.until(DeviceState.READY)
        outcome = await gate.send(paper())
        if best is ProofBy.ASK:
            assert (outcome.proof, outcome.proved_by) == (Proof.NONE, None)
        else:
            assert proven(outcome, best)
        assert b"\x1d(H" not in gate.sim.received
        assert (ASK_PROOF in gate.sim.received) == (best is ProofBy.GS_R)


@pytest.mark.parametrize("line", LINES)
async def test_papers_sent_at_once_come_out_one_after_the_other(
    line: str, tmp_path: Path
) -> None:
    async with gate_of(tmp_path, line) as gate:
        await gate.until(DeviceState.READY)
        outcomes = await asyncio.gather(*(gate.send(paper(str(no))) for no in range(5)))
        assert all(proven(outcome) for outcome in outcomes)
        assert gate.sim.papers == ["0", "1", "2", "3", "4"]


# ---- stopped in the middle


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("best", [ProofBy.PROCESS_ID, ProofBy.GS_R])
@pytest.mark.parametrize("flag", STOPS)
async def test_a_paper_stopped_in_the_middle_is_waited_for_and_comes_out_once(
    flag: DeviceFlag, best: ProofBy, line: str, tmp_path: Path
) -> None:
    """Longer than the deadline for proof: a roll takes its time to be changed."""
    async with gate_of(tmp_path, line, knows=CLONES[best]) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.paper_ends_after(1)
        sending = asyncio.create_task(gate.send(paper("one\ntwo\nthree")))
        await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
        if flag is not DeviceFlag.PAPER_OUT:
            gate.sim.fault(flag)
            gate.sim.mend(DeviceFlag.PAPER_OUT)
            await gate.until(DeviceState.BLOCKED, flag)
        # Asked every 0.02 s and more, so for longer than the deadline of 0.4 s.
        await gate.until_asked(40)
        assert not sending.done()
        gate.sim.mend(flag)
        assert proven(await sending, best)
        assert gate.sim.papers == ["one\ntwo\nthree"]


async def test_without_proof_a_paper_stopped_in_the_middle_is_not_called_printed(
    tmp_path: Path,
) -> None:
    async with gate_of(tmp_path, knows=CLONES[ProofBy.STATUS]) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.paper_ends_after(1)
        sending = asyncio.create_task(gate.send(paper("one\ntwo\nthree")))
        await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
        gate.sim.mend(DeviceFlag.PAPER_OUT)
        outcome = await sending
        assert (outcome.delivered, outcome.proof, outcome.why) == (
            Delivered.ALL,
            Proof.UNPROVEN,
            Why.INTERRUPTED,
        )


@pytest.mark.parametrize("line", LINES)
async def test_a_paper_longer_than_the_buffer_waits_for_paper_while_it_is_sent(
    line: str, tmp_path: Path
) -> None:
    """The printer takes no more bytes for longer than the deadline, and says why."""
    rows = "\n".join(str(no) for no in range(20_000))
    long = b"\x1b@\x1c." + rows.encode() + b"\n\x1dVA\x00"
    times = Times(1, 20, 0.05, 0.02, 0.01)
    async with gate_of(tmp_path, line, buffer_bytes=1000, times=times) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.paper_ends_after(3)
        sending = asyncio.create_task(gate.send(long))
        await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
        await asyncio.sleep(1.5)
        assert not sending.done()
        gate.sim.mend(DeviceFlag.PAPER_OUT)
        assert proven(await sending)
        assert gate.sim.papers == [rows]


# ---- its power


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("best", [ProofBy.PROCESS_ID, ProofBy.GS_R])
async def test_a_printer_switched_off_with_the_paper_in_it_has_not_proved_it(
    best: ProofBy, line: str, tmp_path: Path
) -> None:
    async with gate_of(tmp_path, line, knows=CLONES[best]) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.paper_ends_after(1)
        sending = asyncio.create_task(gate.send(paper("one\ntwo")))
        await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
        gate.sim.switch_off_and_on()
        gate.sim.mend(DeviceFlag.PAPER_OUT)
        outcome = await sending
        assert (outcome.delivered, outcome.proof) == (Delivered.ALL, Proof.UNPROVEN)
        await gate.until(DeviceState.READY)
        assert proven(await gate.send(paper("three")), best)
        assert gate.sim.papers == ["three"]
        assert gate.sim.torn == ["one"]


async def test_a_printer_switched_off_for_a_while_is_seen_to_have_lost_the_paper(
    tmp_path: Path,
) -> None:
    times = Times(10, 3600, 0.05, 0.02, 0.01)
    async with gate_of(tmp_path, times=times) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.paper_ends_after(1)
        sending = asyncio.create_task(gate.send(paper("one\ntwo")))
        await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
        gate.sim.switch_off()
        await gate.until(DeviceState.BLOCKED, DeviceFlag.MUTE)
        gate.sim.mend(DeviceFlag.PAPER_OUT)
        gate.sim.switch_on()
        outcome = await sending
        assert (outcome.proof, outcome.why) == (Proof.UNPROVEN, Why.RESTARTED)
        await gate.until(DeviceState.READY)
        # It pushes again, and proves again.
        assert proven(await gate.send(paper("three")))


# Twenty of each kind of break: python -m tests.tty.paper_torture
@pytest.mark.parametrize("offset", random.Random(4).sample(range(1, 340), 6))
async def test_power_lost_at_any_byte_loses_no_paper_and_prints_none_twice(
    offset: int, tmp_path: Path
) -> None:
    """What is proved came out once; nothing is sent again by itself; the next one is whole."""
    async with gate_of(tmp_path, "tcp", baud=115_200) as gate:
        await power_lost(gate, offset, 0)


@pytest.mark.parametrize("offset", [20, 110, 200, 290])
async def test_power_lost_while_the_line_holds_the_rest_is_noticed(
    offset: int, tmp_path: Path
) -> None:
    """The printer prints the end of the paper when it is on again, and its process id."""
    async with gate_of(tmp_path, baud=9600) as gate:
        assert (await power_lost(gate, offset, 2)).proof is Proof.UNPROVEN


async def power_lost(gate: Gate, offset: int, seconds: float) -> Outcome:
    """The printer is off for some `seconds`, from the byte at `offset` of a paper."""
    first = "\n".join(f"line {no}" for no in range(40))
    await gate.until(DeviceState.READY)
    begun = len(gate.sim.received)
    sending = asyncio.create_task(gate.send(paper(first)))
    await gate.sim.until(lambda: len(gate.sim.received) >= begun + offset, PATIENCE_S)
    if seconds:
        # Off, but the line waits: DTR says that it takes nothing.
        gate.sim.freeze()
        await asyncio.sleep(seconds)
    gate.sim.switch_off_and_on()
    outcome = await sending
    came_out = gate.sim.papers.count(first)
    assert came_out <= 1
    assert outcome.proof is not Proof.PROVEN or came_out == 1
    assert outcome.delivered is not Delivered.NONE or came_out == 0
    await gate.until(DeviceState.READY)
    printed = len(gate.sim.papers)
    assert proven(await gate.send(paper("next")))
    assert [one.splitlines()[-1] for one in gate.sim.papers[printed:]] == ["next"]
    assert gate.sim.papers.count(first) == came_out
    return outcome


@pytest.mark.parametrize("line", LINES)
async def test_a_line_that_breaks_before_the_proof_leaves_the_paper_unproved(
    line: str, tmp_path: Path
) -> None:
    async with gate_of(tmp_path, line) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.paper_ends_after(1)
        sending = asyncio.create_task(gate.send(paper("one\ntwo")))
        await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
        gate.sim.hang_up()
        outcome = await sending
        assert (outcome.delivered, outcome.proof, outcome.why) == (
            Delivered.ALL,
            Proof.UNPROVEN,
            Why.LINE_LOST,
        )


# ---- a printer that hangs


class HangingPrinter:
    """Says that all is well, knows GS r, and executes only while told to."""

    def __init__(self) -> None:
        self._end, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.path = os.ttyname(self._theirs)
        self.executes = True
        self.owed = 0
        asyncio.get_running_loop().add_reader(self._end, self._take)

    def _take(self) -> None:
        data = os.read(self._end, 4096)
        os.write(self._end, b"\x12" * data.count(b"\x10\x04"))
        self.owed += data.count(ASK_PROOF)
        self.prove()

    def prove(self) -> None:
        if self.executes:
            os.write(self._end, b"\x00" * self.owed)
            self.owed = 0

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._end)
        os.close(self._end)
        os.close(self._theirs)


async def test_a_late_proof_does_not_prove_the_next_paper(tmp_path: Path) -> None:
    hanging = HangingPrinter()
    gate = Gate(
        SimulatedPrinter(tmp_path / "unused"),
        EscposPrinter(
            SerialLine(LineSettings(hanging.path, baud=115_200)),
            times=Times(10, 0.1, 0.05, 0.02, 0.01),
        ),
    )
    await gate.until(DeviceState.READY)
    assert proven(await gate.send(paper("one")), ProofBy.GS_R)
    hanging.executes = False
    assert (await gate.send(paper("two"))).why is Why.NO_PROOF
    # It proved before and does not now: it gets no paper until it does.
    await gate.until(DeviceState.BLOCKED, DeviceFlag.OFFLINE)
    assert (await gate.send(paper("three"))).why is Why.BLOCKED
    hanging.executes = True
    hanging.prove()
    await gate.until(DeviceState.READY)
    hanging.executes = False
    sending = asyncio.create_task(gate.send(paper("four")))
    async with asyncio.timeout(PATIENCE_S):
        while not hanging.owed:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.005)
    # All answers of before were waited for; only its own counts.
    assert not sending.done()
    hanging.executes = True
    hanging.prove()
    assert proven(await sending, ProofBy.GS_R)
    await gate.close()
    hanging.close()


async def test_the_papers_of_another_kiosk_prove_nothing(tmp_path: Path) -> None:
    """An id that nobody asked for now, as an answer to a kiosk that was killed."""
    async with gate_of(tmp_path, times=SHORT) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.paper_ends_after(1)
        sending = asyncio.create_task(gate.send(paper("one\ntwo")))
        await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
        gate.sim.say(b"\x37\x22abcd\x00" + b"\x00" * 5)
        await gate.until_asked(10)
        assert not sending.done()
        gate.sim.mend(DeviceFlag.PAPER_OUT)
        assert proven(await sending)
