"""No paper lost, none printed twice by itself, whatever the printer or the disk does."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec
import pytest
from papers import BADGE, NOTICE

from devices.events import DeviceChanged
from devices.printers.printer import UNTOUCHED, Delivered, Outcome, Proof, Why
from kiosk.codes import JobState, Template
from kiosk.errors import DiskFull
from kiosk.roll import Roll
from kiosk.spool import Spool, SpoolState
from kiosk.values import Attempt, AttemptEnd, PapersOpen, PrintJob
from tests.system.escpos_decoder import decode

PROVEN = Outcome(Delivered.ALL, Proof.PROVEN, Why.DONE)
HANDED_OVER = Outcome(Delivered.ALL, Proof.NONE, Why.MUTE)
UNPROVEN = Outcome(Delivered.ALL, Proof.UNPROVEN, Why.NO_PROOF)
IN_PART = Outcome(Delivered.PART, Proof.UNPROVEN, Why.LINE_LOST)
BLOCKED = UNTOUCHED[Why.BLOCKED]

A_BADGE = msgspec.json.encode(BADGE)
A_NOTICE = msgspec.json.encode(NOTICE)


class FakeQueue:
    """The queue's rows in memory, with the states of the real one."""

    def __init__(self) -> None:
        self.jobs: list[PrintJob] = []
        self.history: list[JobState] = []
        self.faults: list[Exception] = []
        self.looks = 0
        self.looked = asyncio.Event()

    def add(
        self,
        body: bytes,
        template: Template = Template.BADGE,
        state: JobState = JobState.QUEUED,
    ) -> UUID:
        job_id = UUID(int=len(self.jobs))
        self.jobs.append(PrintJob(job_id, None, template, state, 0, body))
        return job_id

    def state(self, job_id: UUID) -> JobState:
        return self.jobs[job_id.int].state

    def next_job(self, desk: object, printer: str) -> Attempt | None:
        queued = [job for job in self.jobs if job.state is JobState.QUEUED]
        if not queued:
            return None
        self.mark(queued[0].job_id, JobState.SENDING)
        return Attempt(queued[0], 1, after_break=False)

    def complete(self, desk: object, job_id: UUID, no: int, end: AttemptEnd) -> None:
        self.mark(job_id, end.state)

    def mark(self, job_id: UUID, state: JobState) -> None:
        if self.faults and state is not JobState.SENDING:
            raise self.faults.pop()
        self.jobs[job_id.int] = replace(self.jobs[job_id.int], state=state)
        self.history.append(state)

    def unsettled_at_start(self, desk: object) -> None:
        self.waiting(desk)
        for job in self.jobs:
            if job.state is JobState.SENDING:
                self.mark(job.job_id, JobState.UNCERTAIN)

    def waiting(self, desk: object) -> PapersOpen:
        self.looks += 1
        self.looked.set()
        states = [job.state for job in self.jobs]
        return PapersOpen(states.count(JobState.QUEUED), states.count(JobState.UNCERTAIN))

    async def looked_at(self, times: int) -> None:
        async with asyncio.timeout(3):
            while self.looks < times:
                self.looked.clear()
                await self.looked.wait()


async def let_all_run() -> None:
    """Until every task has run as far as it can without news from outside."""
    for _ in range(20):
        await asyncio.sleep(0)


class FakePrinter:
    """Answers with the outcomes it was given, then always proves."""

    name = "printer"

    def __init__(self) -> None:
        self.outcomes: list[Outcome | Exception] = []
        self.papers: list[bytes] = []
        self.is_ready = asyncio.Event()
        self.is_ready.set()
        self.holds = asyncio.Event()
        self.holds.set()

    async def run(self, emit: Callable[[DeviceChanged], None]) -> None:
        raise NotImplementedError

    async def ready(self) -> None:
        await self.is_ready.wait()

    async def send(self, data: bytes) -> Outcome:
        self.papers.append(data)
        await self.holds.wait()
        outcome = self.outcomes.pop(0) if self.outcomes else PROVEN
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


class FakeDatabase:
    async def write(self, fn: Callable[..., Any], *args: Any) -> Any:
        await asyncio.sleep(0)
        return fn(*args)

    read = write


class Bench:
    def __init__(self) -> None:
        self.queue = FakeQueue()
        self.printer = FakePrinter()
        self.states: list[SpoolState] = []
        self._changed = asyncio.Event()
        fakes: Any = (FakeDatabase(), object(), self.printer, self.queue)
        self.spool = Spool(*fakes, self._take, Roll())
        self.task: asyncio.Task[None] | None = None

    def _take(self, state: SpoolState) -> None:
        self.states.append(state)
        self._changed.set()

    def start(self) -> None:
        self.task = asyncio.create_task(self.spool.run())

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(3):
            while not is_so():
                self._changed.clear()
                await self._changed.wait()

    async def idle(self) -> None:
        """Until nothing waits and nothing is being printed."""
        await self.until(
            lambda: self.spool.state.waiting == 0 and self.spool.state.printing is None
        )

    async def stop(self) -> None:
        if self.task is not None:
            self.task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.task


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    bench = Bench()
    yield bench
    await bench.stop()


async def printed(bench: Bench, body: bytes = A_BADGE) -> UUID:
    """One paper through the spool, from the commit to its end."""
    job = bench.queue.add(body)
    bench.start()
    await bench.until(lambda: bench.spool.state.waiting == 1)
    await bench.idle()
    return job


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (PROVEN, JobState.CONFIRMED),
        (HANDED_OVER, JobState.SENT),
        (UNPROVEN, JobState.UNCERTAIN),
        (IN_PART, JobState.UNCERTAIN),
    ],
)
async def test_what_the_printer_says_is_what_the_queue_says(
    bench: Bench, outcome: Outcome, state: JobState
) -> None:
    bench.printer.outcomes = [outcome]
    job = await printed(bench)
    assert bench.queue.state(job) is state
    assert len(bench.printer.papers) == 1


async def test_a_badge_reaches_the_printer_whole(bench: Bench) -> None:
    await printed(bench)
    (paper,) = decode(bench.printer.papers[0]).papers
    assert "Асанова Айгүл Өмүрбековна" in paper.text
    assert paper.qrs == [BADGE.code]


async def test_papers_come_out_in_the_order_in_which_they_were_ordered(bench: Bench) -> None:
    bench.queue.add(A_BADGE)
    bench.queue.add(A_NOTICE, Template.REFUSAL)
    bench.start()
    await bench.until(lambda: bench.spool.state.last_printed == NOTICE.number)
    texts = [decode(paper).papers[0].text for paper in bench.printer.papers]
    assert BADGE.badge in texts[0]
    assert NOTICE.number in texts[1]


async def test_nothing_is_printed_before_it_is_woken_by_a_commit(bench: Bench) -> None:
    bench.start()
    # Once to settle what an earlier run left, once for what waits: then it sleeps.
    await bench.queue.looked_at(2)
    job = bench.queue.add(A_BADGE)
    await let_all_run()
    assert bench.queue.looks == 2
    assert bench.printer.papers == []
    threading.Thread(target=bench.spool.wake).start()
    await bench.until(lambda: bench.spool.state.last_printed is not None)
    assert bench.queue.state(job) is JobState.CONFIRMED


async def test_a_paper_that_provably_did_not_print_is_tried_again(bench: Bench) -> None:
    bench.printer.outcomes = [BLOCKED]
    job = await printed(bench)
    assert bench.queue.history == [
        JobState.SENDING,
        JobState.QUEUED,
        JobState.SENDING,
        JobState.CONFIRMED,
    ]
    assert bench.queue.state(job) is JobState.CONFIRMED


async def test_papers_wait_queued_and_counted_while_the_printer_is_not_ready(
    bench: Bench,
) -> None:
    bench.printer.is_ready.clear()
    first = bench.queue.add(A_BADGE)
    bench.start()
    await bench.until(lambda: bench.spool.state.waiting == 1)
    second = bench.queue.add(A_BADGE)
    bench.spool.wake()
    await bench.until(lambda: bench.spool.state.waiting == 2)
    assert {bench.queue.state(first), bench.queue.state(second)} == {JobState.QUEUED}
    bench.printer.is_ready.set()
    await bench.idle()
    assert bench.queue.state(second) is JobState.CONFIRMED


async def test_an_uncertain_paper_is_never_sent_again_by_itself(bench: Bench) -> None:
    bench.printer.outcomes = [UNPROVEN]
    await printed(bench)
    bench.queue.add(A_NOTICE, Template.REFUSAL)
    bench.spool.wake()
    await bench.until(lambda: bench.spool.state.last_printed == NOTICE.number)
    assert len(bench.printer.papers) == 2
    assert bench.spool.state.uncertain == 1


async def test_what_was_under_way_when_the_kiosk_died_is_uncertain(bench: Bench) -> None:
    job = bench.queue.add(A_BADGE, state=JobState.SENDING)
    bench.start()
    await bench.until(lambda: bench.spool.state.uncertain == 1)
    assert bench.queue.state(job) is JobState.UNCERTAIN
    assert bench.printer.papers == []


async def test_a_kiosk_that_ends_while_printing_leaves_the_paper_as_under_way(
    bench: Bench,
) -> None:
    bench.printer.holds.clear()
    job = bench.queue.add(A_BADGE)
    bench.start()
    await bench.until(lambda: bench.spool.state.printing == BADGE.number)
    await bench.stop()
    assert bench.queue.state(job) is JobState.SENDING


@pytest.mark.parametrize("body", [b"{}", b"not json", b'{"number": "V-26-1", "code": 5}'])
async def test_a_paper_that_cannot_be_laid_out_is_shown_to_a_person_and_stops_no_other(
    bench: Bench, body: bytes
) -> None:
    broken = bench.queue.add(body)
    whole = bench.queue.add(A_BADGE)
    bench.start()
    await bench.until(lambda: bench.spool.state.last_printed == BADGE.number)
    assert bench.queue.state(broken) is JobState.UNCERTAIN
    assert bench.queue.state(whole) is JobState.CONFIRMED


async def test_a_printed_paper_is_marked_when_the_disk_has_room_again(bench: Bench) -> None:
    bench.queue.faults = [DiskFull("The disk has no room left.")]
    job = await printed(bench)
    assert bench.queue.state(job) is JobState.CONFIRMED
    assert len(bench.printer.papers) == 1


async def test_a_paper_whose_printing_failed_as_nobody_foresaw_is_uncertain_and_sent_once(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.printer.outcomes = [RuntimeError("ASANOVA AIGUL")]
    failed = bench.queue.add(A_BADGE)
    later = bench.queue.add(A_NOTICE, Template.REFUSAL)
    bench.start()
    await bench.until(lambda: bench.spool.state.last_printed == NOTICE.number)
    assert bench.queue.state(failed) is JobState.UNCERTAIN
    assert bench.queue.state(later) is JobState.CONFIRMED
    assert len(bench.printer.papers) == 2
    assert "RuntimeError in paper" in caplog.text
    assert "ASANOVA" not in caplog.text


async def test_a_paper_whose_end_could_not_be_recorded_is_uncertain_and_sent_once(
    bench: Bench,
) -> None:
    bench.queue.faults = [RuntimeError("a bug")]
    job = bench.queue.add(A_BADGE)
    bench.start()
    await bench.until(lambda: bench.spool.state.uncertain == 1)
    assert bench.queue.state(job) is JobState.UNCERTAIN
    assert bench.spool.state.printing is None
    assert len(bench.printer.papers) == 1


async def test_the_status_bar_hears_what_is_being_printed(bench: Bench) -> None:
    await printed(bench)
    assert [state.printing for state in bench.states if state.printing] == [BADGE.number]
    assert bench.states[-1] == SpoolState(last_printed=BADGE.number)
