"""A printer on a real pseudo-terminal: proof, paper, cover, cable, silence."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import tty
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from devices.events import DeviceChanged
from devices.health import DeviceFlag, DeviceState
from devices.port import LineSettings
from devices.printers.escpos import Page
from devices.printers.file import FilePrinter
from devices.printers.line import EscposPrinter
from devices.printers.printer import Delivered, Outcome, Proof, ProofBy, Why
from devices.printers.status import ASK_PROOF, Ask, StatusParser
from devices.sim.printer import SimulatedPrinter
from tests.system.escpos_decoder import decode

QUESTION = b"\x10\x04\x01"  # DLE EOT 1, the first of each round
PROVEN = Outcome(Delivered.ALL, Proof.PROVEN, Why.DONE)


def paper(text: str = "Өмүрбек уулу Эңилчек") -> bytes:
    page = Page()
    page.line(text)
    page.cut()
    return page.output


class HangingPrinter:
    """Says that all is well, and executes only when told to."""

    def __init__(self) -> None:
        self._end, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.path = os.ttyname(self._theirs)
        self._asked = 0
        self._heard = asyncio.Event()
        asyncio.get_running_loop().add_reader(self._end, self._take)

    def _take(self) -> None:
        data = os.read(self._end, 4096)
        os.write(self._end, b"\x12" * data.count(b"\x10\x04"))
        self._asked += data.count(ASK_PROOF)
        self._heard.set()

    def prove(self) -> None:
        os.write(self._end, b"\x00")

    async def until_asked(self, times: int) -> None:
        """Until so many proofs were asked for."""
        async with asyncio.timeout(3):
            while self._asked < times:
                self._heard.clear()
                await self._heard.wait()

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._end)
        os.close(self._end)
        os.close(self._theirs)


class Gate:
    """A simulated printer and the kiosk's side of its line, with short times."""

    def __init__(self, folder: Path, path: str = "", **settings: object) -> None:
        self.events: list[DeviceChanged] = []
        self._changed = asyncio.Event()
        self.sim = SimulatedPrinter(folder / "printer")
        short: dict[str, object] = {
            "proof_deadline_s": 0.4,
            "mute_proof_s": 0.2,
            "idle_poll_s": 0.05,
            "busy_poll_s": 0.02,
        }
        self.printer = EscposPrinter(
            LineSettings(path or str(folder / "printer"), baud=19200),
            **(short | settings),  # type: ignore[arg-type]  # a table of keywords
        )
        self._task = asyncio.create_task(self.printer.run(self._take))

    def _take(self, event: DeviceChanged) -> None:
        self.events.append(event)
        self._changed.set()

    async def until(self, state: DeviceState, *flags: DeviceFlag) -> None:
        """Until this is what was said last."""
        async with asyncio.timeout(3):
            while not self.events or self.events[-1] != DeviceChanged(
                "printer", state, frozenset(flags)
            ):
                self._changed.clear()
                await self._changed.wait()

    async def until_asked(self, times: int) -> None:
        """Until the printer was asked so many more times how it is."""
        wanted = self.sim.received.count(QUESTION) + times
        async with asyncio.timeout(5):
            while self.sim.received.count(QUESTION) < wanted:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.01)

    async def close(self) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self.sim.close()


@pytest.fixture
async def gate(tmp_path: Path) -> AsyncIterator[Gate]:
    gate = Gate(tmp_path)
    yield gate
    await gate.close()


@pytest.fixture
async def ready(tmp_path: Path) -> AsyncIterator[Gate]:
    """Plugged in from the beginning, and known to be ready."""
    gate = Gate(tmp_path)
    gate.sim.plug_in()
    await gate.until(DeviceState.READY)
    yield gate
    await gate.close()


# ---- a printer that answers


async def test_a_paper_that_came_out_is_proved(ready: Gate) -> None:
    assert await ready.printer.send(paper()) == PROVEN
    assert ready.sim.papers == ["Өмүрбек уулу Эңилчек"]


async def test_only_the_paper_and_questions_go_over_the_line(ready: Gate) -> None:
    await ready.printer.send(paper())
    decoded = decode(bytes(ready.sim.received))
    assert decoded.faults == []
    assert [one.proof_asked for one in decoded.papers] == [1]
    assert decoded.questions >= 4


async def test_papers_sent_at_once_come_out_one_after_the_other(ready: Gate) -> None:
    outcomes = await asyncio.gather(*(ready.printer.send(paper(str(no))) for no in range(5)))
    assert outcomes == [PROVEN] * 5
    assert ready.sim.papers == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    "flag", [DeviceFlag.PAPER_OUT, DeviceFlag.COVER_OPEN, DeviceFlag.CUTTER]
)
async def test_nothing_is_sent_to_a_printer_that_says_it_cannot_print(
    ready: Gate, flag: DeviceFlag
) -> None:
    ready.sim.fault(flag)
    outcome = await ready.printer.send(paper())
    assert outcome == Outcome(Delivered.NONE, Proof.NONE, Why.BLOCKED)
    assert b"\x1b@" not in ready.sim.received
    await ready.until(DeviceState.BLOCKED, flag)


async def test_it_is_ready_again_when_paper_is_back(ready: Gate) -> None:
    ready.sim.fault(DeviceFlag.PAPER_OUT)
    await ready.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
    waits = asyncio.create_task(ready.printer.ready())
    await asyncio.sleep(0)
    assert not waits.done()
    ready.sim.mend(DeviceFlag.PAPER_OUT)
    async with asyncio.timeout(2):
        await waits
    assert await ready.printer.send(paper()) == PROVEN


@pytest.mark.parametrize("flag", [DeviceFlag.PAPER_OUT, DeviceFlag.COVER_OPEN])
async def test_a_paper_interrupted_in_the_middle_is_waited_for_and_comes_out_once(
    ready: Gate, flag: DeviceFlag
) -> None:
    """Longer than the deadline for proof: a roll takes its time to be changed."""
    ready.sim.paper_ends_after(1)
    sending = asyncio.create_task(ready.printer.send(paper("one\ntwo\nthree")))
    await ready.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
    if flag is DeviceFlag.COVER_OPEN:
        ready.sim.fault(flag)
        ready.sim.mend(DeviceFlag.PAPER_OUT)
        await ready.until(DeviceState.BLOCKED, flag)
    # Asked every 0.02 s and more, so for longer than the deadline of 0.4 s.
    await ready.until_asked(25)
    assert not sending.done()
    ready.sim.mend(flag)
    assert await sending == PROVEN
    assert len(ready.sim.papers) == 1


async def test_paper_near_its_end_is_told_and_still_printed_on(ready: Gate) -> None:
    ready.sim.fault(DeviceFlag.PAPER_NEAR_END)
    await ready.until(DeviceState.DEGRADED, DeviceFlag.PAPER_NEAR_END)
    assert await ready.printer.send(paper()) == PROVEN


async def test_a_printer_switched_off_with_the_paper_in_it_has_not_proved_it(
    ready: Gate,
) -> None:
    ready.sim.paper_ends_after(1)
    sending = asyncio.create_task(ready.printer.send(paper("one\ntwo")))
    await ready.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
    ready.sim.switch_off_and_on()
    ready.sim.mend(DeviceFlag.PAPER_OUT)
    assert await sending == Outcome(Delivered.ALL, Proof.UNPROVEN, Why.NO_PROOF)


async def test_a_late_proof_does_not_prove_the_next_paper(tmp_path: Path) -> None:
    """The first paper hangs, without a word why, until its deadline is over."""
    hanging = HangingPrinter()
    gate = Gate(tmp_path, path=hanging.path)
    await gate.until(DeviceState.READY)
    assert (await gate.printer.send(paper("one"))).why is Why.NO_PROOF
    sending = asyncio.create_task(gate.printer.send(paper("two")))
    # One proof is owed to the first paper, one to the question that was to settle it.
    await hanging.until_asked(3)
    for _ in range(2):
        hanging.prove()
        await asyncio.sleep(0.05)
        assert not sending.done()
    hanging.prove()
    assert await sending == PROVEN
    await gate.close()
    hanging.close()


async def test_after_a_proof_was_lost_the_next_paper_is_proved_again(ready: Gate) -> None:
    ready.sim.paper_ends_after(1)
    sending = asyncio.create_task(ready.printer.send(paper("one\ntwo")))
    await ready.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
    ready.sim.switch_off_and_on()
    ready.sim.mend(DeviceFlag.PAPER_OUT)
    assert (await sending).proof is Proof.UNPROVEN
    assert await ready.printer.send(paper("three")) == PROVEN


# ---- the cable


async def test_without_a_cable_nothing_is_sent(gate: Gate) -> None:
    await gate.until(DeviceState.ABSENT)
    outcome = await gate.printer.send(paper())
    assert outcome == Outcome(Delivered.NONE, Proof.NONE, Why.NO_LINE)


async def test_a_cable_pulled_out_is_noticed_and_put_back_it_works_again(
    ready: Gate,
) -> None:
    ready.sim.pull_out()
    await ready.until(DeviceState.LOST)
    assert (await ready.printer.send(paper())).delivered is Delivered.NONE
    ready.sim.plug_in()
    await ready.until(DeviceState.READY)
    assert await ready.printer.send(paper()) == PROVEN


async def test_a_cable_pulled_out_before_the_proof_leaves_the_paper_unproved(
    ready: Gate,
) -> None:
    ready.sim.paper_ends_after(1)
    sending = asyncio.create_task(ready.printer.send(paper("one\ntwo")))
    await ready.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
    ready.sim.pull_out()
    assert await sending == Outcome(Delivered.ALL, Proof.UNPROVEN, Why.LINE_LOST)


# ---- a printer that says nothing


async def test_a_mute_printer_is_told_so_and_prints_without_proof(gate: Gate) -> None:
    gate.sim.mute = True
    gate.sim.plug_in()
    await gate.until(DeviceState.UNKNOWN, DeviceFlag.MUTE)
    outcome = await gate.printer.send(paper())
    assert outcome == Outcome(Delivered.ALL, Proof.NONE, Why.MUTE)
    assert len(gate.sim.papers) == 1


async def test_a_mute_printer_is_not_waited_for_twice(gate: Gate) -> None:
    gate.sim.mute = True
    gate.sim.plug_in()
    await gate.until(DeviceState.UNKNOWN, DeviceFlag.MUTE)
    await gate.printer.send(paper())
    now = asyncio.get_running_loop().time
    before = now()
    await gate.printer.send(paper())
    assert now() - before < 0.05


async def test_a_printer_that_falls_silent_gets_nothing_until_it_answers(ready: Gate) -> None:
    ready.sim.mute = True
    await ready.until(DeviceState.BLOCKED, DeviceFlag.MUTE)
    outcome = await ready.printer.send(paper())
    assert outcome == Outcome(Delivered.NONE, Proof.NONE, Why.SILENT)
    ready.sim.mute = False
    await ready.until(DeviceState.READY)
    assert await ready.printer.send(paper()) == PROVEN


async def test_a_site_may_ask_for_no_proof(tmp_path: Path) -> None:
    gate = Gate(tmp_path, proof=ProofBy.ASK)
    gate.sim.plug_in()
    await gate.until(DeviceState.READY)
    outcome = await gate.printer.send(paper())
    assert outcome == Outcome(Delivered.ALL, Proof.NONE, Why.MUTE)
    assert b"\x1dr" not in gate.sim.received
    await gate.close()


async def test_a_printer_that_takes_no_bytes_is_given_up_in_time(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    try:
        printer = EscposPrinter(
            LineSettings(os.ttyname(theirs)), write_deadline_s=0.2, proof=ProofBy.ASK
        )
        events: list[DeviceChanged] = []
        task = asyncio.create_task(printer.run(events.append))
        await printer.ready()
        outcome = await printer.send(b"x" * 200_000)
        assert outcome == Outcome(Delivered.PART, Proof.UNPROVEN, Why.STALLED)
        assert events[-1].state is DeviceState.STUCK
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    finally:
        os.close(ours)
        os.close(theirs)


# ---- what its answers mean


def test_answers_to_different_questions_share_the_line() -> None:
    parser = StatusParser()
    parser.asked(Ask.PAPER)
    # An automatic status of four bytes (cover open), the proof, then the answer: paper out.
    parser.feed(b"\x38\x00\x00\x00" + b"\x00" + b"\x72")
    assert parser.condition.cover_open
    assert parser.condition.paper_out
    assert (parser.answered, parser.proofs) == (1, 1)


def test_what_nobody_asked_for_says_nothing() -> None:
    parser = StatusParser()
    parser.feed(b"\x72")
    assert parser.condition.paper_out is None
    assert parser.condition.state is DeviceState.UNKNOWN


def test_what_was_not_said_is_unknown_and_never_ready() -> None:
    parser = StatusParser()
    parser.asked(Ask.PAPER)
    parser.feed(b"\x12")
    assert parser.condition.state is DeviceState.UNKNOWN
    parser.asked(Ask.OFFLINE_CAUSE)
    parser.feed(b"\x12")
    assert parser.condition.state is DeviceState.READY


# ---- a file in its place


async def test_a_file_gets_the_papers_one_after_the_other(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "papers.bin")
    await printer.ready()
    for text in ("one", "two"):
        kept = await printer.send(paper(text))
        assert (kept.delivered, kept.proof) == (Delivered.ALL, Proof.PROVEN)
        assert kept.sent == len(paper(text))
    papers = decode((tmp_path / "papers.bin").read_bytes()).papers
    assert [one.text for one in papers] == ["one", "two"]


async def test_a_file_that_cannot_be_written_has_printed_nothing(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "no folder" / "papers.bin")
    assert (await printer.send(paper())).delivered is Delivered.NONE


async def test_a_paper_that_the_disk_takes_only_in_part_is_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "papers.bin"
    printer = FilePrinter(file)
    assert (await printer.send(paper("one"))).proof is Proof.PROVEN
    whole = file.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        outcome = await printer.send(b"x" * 2_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert outcome == Outcome(Delivered.NONE, Proof.NONE, Why.STALLED)
    assert file.read_bytes() == whole
