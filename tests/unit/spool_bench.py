"""The spool on a bench: a queue in memory, printers that say what they are told to."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Never
from uuid import UUID

import msgspec
from papers import BADGE, NOTICE

from devices.events import DeviceChanged
from devices.printers.printer import UNTOUCHED, Delivered, Outcome, Proof, Why
from kiosk.codes import JobState, Template
from kiosk.errors import DiskFull
from kiosk.roll import Roll
from kiosk.spool import Outlet, Spool, SpoolState
from kiosk.values import Attempt, AttemptEnd, PapersOpen, PrintJob

PROVEN = Outcome(Delivered.ALL, Proof.PROVEN, Why.DONE)
HANDED_OVER = Outcome(Delivered.ALL, Proof.NONE, Why.MUTE)
UNPROVEN = Outcome(Delivered.ALL, Proof.UNPROVEN, Why.NO_PROOF)
IN_PART = Outcome(Delivered.PART, Proof.UNPROVEN, Why.LINE_LOST)
BLOCKED = UNTOUCHED[Why.BLOCKED]

# Against hanging only.
LONG = 20

A_BADGE = msgspec.json.encode(BADGE)
A_NOTICE = msgspec.json.encode(NOTICE)


class FakeQueue:
    """The queue's rows in memory, with the states of the real one.

    `broken` are the printers in which half a paper hangs.
    """

    def __init__(self) -> None:
        self.jobs: list[PrintJob] = []
        self.history: list[JobState] = []
        self.ends: list[AttemptEnd] = []
        self.printers: list[str] = []
        self.broken: set[str] = set()
        self.faults: list[Exception] = []
        self.no_room = False
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
        if self.no_room:
            raise DiskFull("The disk has no room left.")
        if not queued:
            return None
        self.mark(queued[0].job_id, JobState.SENDING)
        self.printers.append(printer)
        return Attempt(queued[0], 1, printer in self.broken)

    def complete(self, desk: object, job_id: UUID, no: int, end: AttemptEnd) -> None:
        if self.faults:
            raise self.faults.pop()
        self.ends.append(end)
        self.mark(job_id, end.state)

    def mark(self, job_id: UUID, state: JobState) -> None:
        self.jobs[job_id.int] = replace(self.jobs[job_id.int], state=state)
        self.history.append(state)

    def unsettled_at_start(self, desk: object) -> None:
        for job in self.jobs:
            if job.state is JobState.SENDING:
                self.mark(job.job_id, JobState.UNCERTAIN)

    def waiting(self, desk: object) -> PapersOpen:
        self.looks += 1
        self.looked.set()
        return self.count()

    def count(self) -> PapersOpen:
        states = [job.state for job in self.jobs]
        return PapersOpen(
            states.count(JobState.QUEUED),
            states.count(JobState.SENDING),
            states.count(JobState.UNCERTAIN),
            states.count(JobState.SENT),
        )

    async def looked_at(self, times: int) -> None:
        async with asyncio.timeout(LONG):
            while self.looks < times:
                self.looked.clear()
                await self.looked.wait()


async def let_all_run() -> None:
    """Until every task has run as far as it can without news from outside."""
    for _ in range(20):
        await asyncio.sleep(0)


class FakePrinter:
    """Answers with the outcomes it was given, then always proves."""

    def __init__(self, name: str = "printer") -> None:
        self.name = name
        self.outcomes: list[Outcome | Exception] = []
        self.papers: list[bytes] = []
        self.is_ready = asyncio.Event()
        self.is_ready.set()
        self.holds = asyncio.Event()
        self.holds.set()
        self.begun = asyncio.Event()
        self.aborted = False

    async def run(self, emit: Callable[[DeviceChanged], None]) -> Never:
        raise AssertionError("the hub runs a printer, never the spool")

    async def ready(self) -> None:
        await self.is_ready.wait()

    async def send(self, data: bytes) -> Outcome:
        self.papers.append(data)
        self.begun.set()
        await self.holds.wait()
        outcome = self.outcomes.pop(0) if self.outcomes else PROVEN
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def abort(self) -> None:
        self.aborted = True
        self.holds.set()


class FakeDatabase:
    async def write(self, fn: Callable[..., Any], *args: Any) -> Any:
        await asyncio.sleep(0)
        return fn(*args)

    read = write


class Bench:
    def __init__(self) -> None:
        self.queue = FakeQueue()
        self.printer = FakePrinter()
        self.second = FakePrinter("second_printer")
        self.states: list[SpoolState] = []
        self._changed = asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        self.serve(self.printer)

    def serve(self, *printers: FakePrinter) -> None:
        """Has a spool for these; the second takes over at once."""
        outlets = [Outlet(printer, Roll()) for printer in printers]
        fakes: Any = (FakeDatabase(), object())
        self.spool = Spool(*fakes, outlets, self.queue, self._take, fallback_s=0.01)

    def _take(self, state: SpoolState) -> None:
        self.states.append(state)
        self._changed.set()

    def start(self) -> None:
        self.task = asyncio.create_task(self.spool.run())

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(LONG):
            while not is_so():
                self._changed.clear()
                await self._changed.wait()

    async def idle(self) -> None:
        """Until nothing waits and nothing is being printed, and that was told."""
        await self.until(self._is_idle)

    def _is_idle(self) -> bool:
        there, told = self.queue.count(), self.spool.state
        counted = (told.waiting, told.uncertain, told.asked, told.printing)
        return counted == (0, there.uncertain, there.asked, None) and not there.waiting

    async def stop(self) -> None:
        if self.task is not None:
            self.task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.task
