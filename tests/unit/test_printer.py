"""A printer on a real line: what it says of itself, its cable, silence, papers given up."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from printer_gate import LINES, PATIENCE_S, SHORT, Gate, gate_of, paper, proven

from devices.events import DeviceChanged
from devices.health import DeviceFlag, DeviceState
from devices.port import LineSettings
from devices.printers.commands import CLEAR
from devices.printers.escpos_printer import EscposPrinter, Times
from devices.printers.lines import SerialLine
from devices.printers.printer import Delivered, Outcome, Proof, ProofBy, Why
from devices.sim.printer import Ability, SimulatedPrinter
from devices.sim.printer.printer import EVERYTHING
from tests.paper import decode

STOPS = [
    DeviceFlag.PAPER_OUT,
    DeviceFlag.COVER_OPEN,
    DeviceFlag.CUTTER,
    DeviceFlag.OVERHEATED,
    DeviceFlag.OFFLINE,
]
# Asked so seldom that only what the printer pushes can be seen.
UNASKED = Times(idle_poll_s=3600, busy_poll_s=3600)
CLONE = frozenset({Ability.DLE_EOT, Ability.GS_R})


# ---- what it says of itself


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("flag", [*STOPS, DeviceFlag.PAPER_NEAR_END])
async def test_a_printer_that_pushes_is_shown_without_being_asked(
    line: str, flag: DeviceFlag, tmp_path: Path
) -> None:
    state = DeviceState.DEGRADED if flag is DeviceFlag.PAPER_NEAR_END else DeviceState.BLOCKED
    async with gate_of(tmp_path, line, times=UNASKED) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.fault(flag)
        await gate.until(state, flag)
        gate.sim.mend(flag)
        await gate.until(DeviceState.READY)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("flag", [*STOPS, DeviceFlag.PAPER_NEAR_END])
async def test_a_printer_that_only_answers_is_asked_how_it_is(
    line: str, flag: DeviceFlag, tmp_path: Path
) -> None:
    state = DeviceState.DEGRADED if flag is DeviceFlag.PAPER_NEAR_END else DeviceState.BLOCKED
    async with gate_of(tmp_path, line, knows=CLONE) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.fault(flag)
        await gate.until(state, flag)
        gate.sim.mend(flag)
        await gate.until(DeviceState.READY)


def test_what_is_asked_for_is_shown_within_two_seconds() -> None:
    """The pause between two rounds of questions, and a lost answer on the way."""
    times = Times()
    assert times.idle_poll_s <= 1.5
    assert times.idle_poll_s + times.again_s + 2 * 0.3 <= 2.0


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("flag", STOPS)
async def test_nothing_is_sent_to_a_printer_that_says_it_cannot_print(
    line: str, flag: DeviceFlag, tmp_path: Path
) -> None:
    async with gate_of(tmp_path, line) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.fault(flag)
        assert await gate.send(paper()) == Outcome(Delivered.NONE, Proof.NONE, Why.BLOCKED)
        assert b"\x1b@" not in gate.sim.received


@pytest.mark.parametrize("line", LINES)
async def test_it_is_ready_again_when_paper_is_back(line: str, tmp_path: Path) -> None:
    async with gate_of(
        tmp_path, line, prepare=lambda sim: sim.fault(DeviceFlag.PAPER_OUT)
    ) as gate:
        await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
        waits = asyncio.create_task(gate.printer.ready())
        await asyncio.sleep(0)
        assert not waits.done()
        gate.sim.mend(DeviceFlag.PAPER_OUT)
        async with asyncio.timeout(PATIENCE_S):
            await waits
        assert proven(await gate.send(paper()))


@pytest.mark.parametrize("known", [1, 4])
async def test_a_clone_that_answers_one_question_is_not_taken_for_mute_nor_for_well(
    known: int, tmp_path: Path
) -> None:
    async with gate_of(
        tmp_path,
        knows=frozenset({Ability.DLE_EOT}),
        prepare=lambda sim: sim.half_mute(known),
    ) as gate:
        async with asyncio.timeout(PATIENCE_S):
            await gate.printer.ready()
        assert gate.events[-1] == DeviceChanged("printer", DeviceState.UNKNOWN)
        outcome = await gate.send(paper())
        assert outcome.delivered is Delivered.ALL
        assert len(gate.sim.papers) == 1


@pytest.mark.parametrize("line", LINES)
async def test_only_the_paper_and_questions_go_over_the_line(line: str, tmp_path: Path) -> None:
    async with gate_of(tmp_path, line) as gate:
        await gate.until(DeviceState.READY)
        await gate.send(paper())
        papers = gate.sim.raw_papers
        assert [raw.replace(b"\x1da\x0e", b"").lstrip(b"\0") for raw in papers] == [paper()]
        assert decode(paper()).faults == []


# ---- the cable


async def test_without_a_cable_nothing_is_sent(tmp_path: Path) -> None:
    async with gate_of(tmp_path, plugged=False) as gate:
        await gate.until(DeviceState.ABSENT)
        assert await gate.send(paper()) == Outcome(Delivered.NONE, Proof.NONE, Why.NO_LINE)


@pytest.mark.parametrize("line", LINES)
async def test_a_broken_line_is_noticed_and_when_it_is_back_it_works_again(
    line: str, tmp_path: Path
) -> None:
    async with gate_of(tmp_path, line) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.hang_up()
        await gate.until(DeviceState.LOST)
        assert (await gate.send(paper())).delivered is Delivered.NONE
        await gate.until(DeviceState.READY)
        assert proven(await gate.send(paper()))


# Twenty of each kind of break: python -m tests.tty.paper_torture
@pytest.mark.parametrize("offset", random.Random(26).sample(range(1, 60), 6))
async def test_a_cable_out_at_any_byte_loses_no_paper_and_spoils_not_the_next(
    offset: int, tmp_path: Path
) -> None:
    """What is proved came out, what is untouched did not, and the next paper is whole."""
    async with gate_of(tmp_path) as gate:
        await gate.until(DeviceState.READY)
        first = "Өмүрбек уулу"
        gate.sim.cut_cable_after(offset)
        outcome = await gate.send(paper(first))
        # A paper may be too short for the cable to be missed before its proof.
        gate.sim.pull_out()
        if outcome.proof is Proof.PROVEN:
            assert gate.sim.papers == [first]
        elif outcome.delivered is Delivered.NONE:
            assert gate.sim.papers == []
        await gate.until(DeviceState.ABSENT)
        printed = len(gate.sim.papers)
        gate.sim.plug_in()
        await gate.until(DeviceState.READY)
        assert proven(await gate.send(paper("next")))
        # What came out of the first hangs on it: who queues papers puts a scrap end between.
        assert [one.splitlines()[-1] for one in gate.sim.papers[printed:]] == ["next"]


@pytest.mark.parametrize("offset", [3, 700, 1735])
@pytest.mark.parametrize("knows", [EVERYTHING, EVERYTHING - {Ability.CLEAR}, frozenset()])
async def test_a_picture_broken_off_by_a_crash_does_not_swallow_the_next_paper(
    knows: frozenset[Ability], offset: int, tmp_path: Path
) -> None:
    """The printer waits for the rest of a band of 24 rows when the next kiosk comes."""
    band = b"\x1b@\x1dv0\x00\x48\x00\x18\x00" + b"\x55" * 72 * 24
    async with gate_of(
        tmp_path, knows=knows, prepare=lambda sim: sim.take(band[:offset])
    ) as gate:
        async with asyncio.timeout(PATIENCE_S):
            await gate.printer.ready()
        outcome = await gate.send(paper("next"))
        assert outcome.delivered is Delivered.ALL
        await gate.sim.until(lambda: bool(gate.sim.papers), PATIENCE_S)
        assert [one.splitlines()[-1] for one in gate.sim.papers] == ["next"]


# ---- a printer that says nothing


@pytest.mark.parametrize("line", LINES)
async def test_a_mute_printer_is_told_so_and_prints_without_proof(
    line: str, tmp_path: Path
) -> None:
    async with gate_of(tmp_path, line, knows=frozenset()) as gate:
        await gate.until(DeviceState.UNKNOWN, DeviceFlag.MUTE)
        outcome = await gate.send(paper())
        assert (outcome.delivered, outcome.proof) == (Delivered.ALL, Proof.NONE)
        assert (outcome.why, outcome.sent) == (Why.MUTE, len(paper()))
        await gate.sim.until(lambda: len(gate.sim.papers) == 1, PATIENCE_S)


@pytest.mark.parametrize("line", LINES)
async def test_a_printer_that_falls_silent_gets_nothing_until_it_answers(
    line: str, tmp_path: Path
) -> None:
    async with gate_of(tmp_path, line) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.mute = True
        await gate.until(DeviceState.BLOCKED, DeviceFlag.MUTE)
        assert (await gate.send(paper())).why is Why.SILENT
        gate.sim.mute = False
        await gate.until(DeviceState.READY)
        assert proven(await gate.send(paper()))


async def test_a_silent_printer_does_not_pass_for_a_mute_one_when_its_line_is_opened_again(
    tmp_path: Path,
) -> None:
    async with gate_of(tmp_path) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.mute = True
        gate.sim.hang_up()
        await gate.until(DeviceState.BLOCKED, DeviceFlag.MUTE)
        assert (await gate.send(paper())).delivered is Delivered.NONE


async def test_a_printer_that_takes_no_bytes_is_given_up_in_time(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    try:
        printer = EscposPrinter(
            SerialLine(LineSettings(os.ttyname(theirs))),
            proof=ProofBy.ASK,
            times=Times(write_deadline_s=0.2),
        )
        events: list[DeviceChanged] = []
        task = asyncio.create_task(printer.run(events.append))
        await printer.ready()
        outcome = await printer.send(b"x" * 5_000_000)
        assert (outcome.delivered, outcome.why) == (Delivered.PART, Why.STALLED)
        assert 0 < outcome.sent < 5_000_000
        assert events[-1].state is DeviceState.STUCK
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.parametrize("line", LINES)
async def test_a_printer_that_freezes_before_a_paper_gets_none(
    line: str, tmp_path: Path
) -> None:
    async with gate_of(tmp_path, line, times=Times(0.3, 0.3, 0.05, 0.02, 0.01)) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.freeze()
        assert (await gate.send(paper())).delivered is Delivered.NONE


# ---- a paper given up


@pytest.mark.parametrize("line", LINES)
async def test_a_paper_given_up_while_paper_is_out_is_thrown_away(
    line: str, tmp_path: Path
) -> None:
    async with gate_of(tmp_path, line) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.paper_ends_after(1)
        sending = asyncio.create_task(gate.send(paper("one\ntwo\nthree")))
        await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
        gate.printer.abort()
        outcome = await sending
        assert (outcome.proof, outcome.why) == (Proof.UNPROVEN, Why.ABORTED)
        assert CLEAR in gate.sim.received
        gate.sim.mend(DeviceFlag.PAPER_OUT)
        await gate.until(DeviceState.READY)
        assert proven(await gate.send(paper("next")))
        # Of the first, a line had come out; the knife takes it off with the next.
        assert gate.sim.papers == ["one\nnext"]


@pytest.mark.parametrize("line", LINES)
async def test_a_long_paper_given_up_while_it_is_sent_is_thrown_away(
    line: str, tmp_path: Path
) -> None:
    """Its printer takes no more bytes: the paper is out, and its buffer full."""
    long = b"\x1b@\x1c." + b"a long list\n" * 1_000_000
    async with gate_of(
        tmp_path, line, buffer_bytes=1000, times=Times(60, 60, 0.05, 0.02, 0.01)
    ) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.paper_ends_after(3)
        sending = asyncio.create_task(gate.send(long))
        await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
        gate.printer.abort()
        outcome = await sending
        assert (outcome.delivered, outcome.proof) == (Delivered.PART, Proof.UNPROVEN)
        assert outcome.why is Why.ABORTED
        assert 0 < outcome.sent < len(long)
        gate.sim.mend(DeviceFlag.PAPER_OUT)
        await gate.until(DeviceState.READY)
        assert proven(await gate.send(paper("next")))
        assert [one.splitlines()[-1] for one in gate.sim.papers] == ["next"]


async def test_what_is_taken_back_from_a_slow_line_is_not_waited_for(tmp_path: Path) -> None:
    """At 600 baud it would be on the wire for a minute, with the question behind it."""
    link = tmp_path / "printer"
    sim = SimulatedPrinter(link)
    sim.plug_in()
    line = SerialLine(LineSettings(str(link), baud=600))
    gate = Gate(sim, EscposPrinter(line, times=SHORT))
    await gate.until(DeviceState.READY)
    sim.paper_ends_after(1)
    sending = asyncio.create_task(gate.send(paper("a line of a list\n" * 200)))
    await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
    sim.mute = True
    await gate.until_asked(1)
    gate.printer.abort()
    assert (await sending).why is Why.ABORTED
    sim.mute = False
    sim.mend(DeviceFlag.PAPER_OUT)
    async with asyncio.timeout(PATIENCE_S):
        await gate.printer.ready()
    assert proven(await gate.send(paper("next")))
    await gate.close()


async def test_a_paper_given_up_while_its_printer_is_asked_how_it_is_never_goes_out(
    tmp_path: Path,
) -> None:
    async with gate_of(tmp_path) as gate:
        await gate.until(DeviceState.READY)
        gate.sim.mute = True
        sending = asyncio.create_task(gate.send(paper("one")))
        await gate.until_asked(1)
        gate.printer.abort()
        gate.sim.mute = False
        outcome = await sending
        assert (outcome.delivered, outcome.why) == (Delivered.NONE, Why.ABORTED)
        await gate.until(DeviceState.READY)
        assert proven(await gate.send(paper("two")))
        assert gate.sim.papers == ["two"]


async def test_giving_up_when_there_is_no_paper_harms_not_the_next(tmp_path: Path) -> None:
    async with gate_of(tmp_path) as gate:
        await gate.until(DeviceState.READY)
        gate.printer.abort()
        assert proven(await gate.send(paper()))


# ---- the loop


@pytest.mark.parametrize("fault", ["frozen", "silent", "paperless", "unplugged"])
@pytest.mark.parametrize("line", LINES)
async def test_no_step_of_the_loop_takes_long_whatever_the_printer_does(
    line: str, fault: str, tmp_path: Path
) -> None:
    """In processor time; that no call waits, the next test shows."""
    times = replace(SHORT, write_deadline_s=0.5)
    async with gate_of(tmp_path, line, buffer_bytes=1000, times=times) as gate:
        await gate.until(DeviceState.READY)
        with LongestStep() as longest:
            match fault:
                case "frozen":
                    gate.sim.freeze()
                case "silent":
                    gate.sim.mute = True
                case "paperless":
                    gate.sim.paper_ends_after(1)
                case "unplugged":
                    gate.sim.cut_cable_after(500)
            sending = asyncio.create_task(gate.send(b"\x1b@\x1c." + b"a list\n" * 5_000))
            await asyncio.wait({sending}, timeout=1)
            gate.printer.abort()
            await sending
        assert longest.seconds <= 0.02


@pytest.mark.parametrize("line", LINES)
async def test_a_line_is_never_opened_so_that_reading_or_writing_could_wait(
    line: str, tmp_path: Path
) -> None:
    async with gate_of(tmp_path, line) as gate:
        await gate.until(DeviceState.READY)
        own = [
            Path(entry.path)
            for entry in os.scandir("/proc/self/fdinfo")
            if entry.name in watched_descriptors()
        ]
        assert own
        for info in own:
            flags = int(info.read_text().split("flags:")[1].split()[0], 8)
            assert flags & os.O_NONBLOCK


def watched_descriptors() -> set[str]:
    """Of all that the loop reads from."""
    selector = asyncio.get_running_loop()._selector  # type: ignore[attr-defined]  # no other way
    return {str(key.fd) for key in selector.get_map().values()}


class LongestStep:
    """The most processor time between two waits of the running loop."""

    def __enter__(self) -> LongestStep:
        self.seconds = 0.0
        self._selector = asyncio.get_running_loop()._selector  # type: ignore[attr-defined]  # no other way
        self._select = self._selector.select
        self._selector.select = self._counted
        # The collector's pauses grow with all that other tests left behind.
        gc.disable()
        self._since = time.thread_time()
        return self

    def __exit__(self, *_: object) -> None:
        gc.enable()
        self._selector.select = self._select

    def _counted(self, timeout: float | None = None) -> object:
        self.seconds = max(self.seconds, time.thread_time() - self._since)
        ready = self._select(timeout)
        self._since = time.thread_time()
        return ready
