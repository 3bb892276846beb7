"""Takes papers from the queue, renders them and hands them to the printer.

A paper is taken only after COMMIT, so what is in a hand is in the register. None is lost:
what provably did not print goes back to the queue. None is printed twice by itself: what
may have printed is `uncertain`, and a person says whether it did.

    queued → sending ─┬→ confirmed      the printer proved it
                      ├→ sent           handed over whole to a printer that never says
                      ├→ uncertain      perhaps printed, whole or in part
                      └→ queued         not a byte left this machine
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

import msgspec

from devices.health import retry_after
from devices.printers.printer import Delivered, Outcome, Printer, Proof
from kiosk.codes import JobState
from kiosk.errors import StorageError
from kiosk.roll import Roll, render
from kiosk.values import Attempt, AttemptEnd, PapersOpen, PrintJob

if TYPE_CHECKING:
    from kiosk.models.database import Database
    from kiosk.services.desk import Desk

log = logging.getLogger(__name__)


class Queue(Protocol):
    """The queue's rows: the module `services.print_queue`. All but the last write."""

    def next_job(self, desk: Desk, printer: str) -> Attempt | None:
        """The oldest queued paper, marked `sending`, with an attempt at `printer` begun."""
        ...

    def complete(self, desk: Desk, job_id: UUID, no: int, end: AttemptEnd) -> None:
        """What became of attempt `no`, and of the paper by it."""
        ...

    def unsettled_at_start(self, desk: Desk) -> None:
        """Marks what an earlier run left unfinished as uncertain."""
        ...

    def waiting(self, desk: Desk) -> PapersOpen: ...


@dataclass(frozen=True, slots=True)
class SpoolState:
    """For the status bar. `printing` and `last_printed` are numbers like V-26-004512."""

    waiting: int = 0
    uncertain: int = 0
    asked: int = 0
    printing: str | None = None
    last_printed: str | None = None


class Spool:
    """`changed` is called on the loop with each new state."""

    def __init__(
        self,
        db: Database,
        desk: Desk,
        printer: Printer,
        printing: Queue,
        changed: Callable[[SpoolState], None],
        roll: Roll,
    ) -> None:
        self.state = SpoolState()
        self._db = db
        self._desk = desk
        self._printer = printer
        self._printing = printing
        self._changed = changed
        self._roll = roll
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rendered_one = False

    def wake(self) -> None:
        """Something was committed; any thread may say so."""
        if self._loop is not None:
            # The loop of a kiosk that ends may be closed already; the paper stays queued.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._woken.set)

    async def run(self) -> None:
        """Prints what is queued, for ever; ends when cancelled."""
        self._loop = asyncio.get_running_loop()
        settled = False
        failures = 0
        while True:
            try:
                if not settled:
                    await self._db.write(self._printing.unsettled_at_start, self._desk)
                    settled = True
                # What is committed from here on wakes; what was before is counted below.
                self._woken.clear()
                if not await self._anything_waits():
                    await self._woken.wait()
                elif await self._printer_is_ready():
                    failures = 0 if await self._print_next() else failures + 1
            except Exception as fault:
                # The task must not die: every paper of the shift comes through here. One
                # that was on its way when it failed is settled as after a start.
                settled = False
                failures += 1
                log.error("spool: %s", type(fault).__name__)
            if failures:
                await asyncio.sleep(retry_after(failures))

    async def _anything_waits(self) -> bool:
        there = await self._db.read(self._printing.waiting, self._desk)
        self._show(
            replace(
                self.state,
                waiting=there.waiting,
                uncertain=there.uncertain,
                asked=there.asked,
                printing=None,
            )
        )
        return there.waiting > 0

    async def _printer_is_ready(self) -> bool:
        """Waits for the printer; False when woken before, so that what waits is counted."""
        ready = asyncio.ensure_future(self._printer.ready())
        woken = asyncio.ensure_future(self._woken.wait())
        try:
            await asyncio.wait({ready, woken}, return_when=asyncio.FIRST_COMPLETED)
            return ready.done()
        finally:
            ready.cancel()
            woken.cancel()

    async def _print_next(self) -> bool:
        """One paper; False when it went back to the queue, or none was there after all."""
        attempt = await self._db.write(self._printing.next_job, self._desk, self._printer.name)
        if attempt is None:
            return False
        job = attempt.job
        number, end = None, AttemptEnd(JobState.UNCERTAIN, 0, "fault", "none")
        try:
            number = msgspec.json.decode(job.body, type=_Numbered).number
            self._show(replace(self.state, printing=number))
            rendered = await self._rendered(job)
            end = _end_of(await self._printer.send(rendered), len(rendered))
        except Exception as fault:
            # Nobody knows how much of it came out, or it can never be printed: as uncertain
            # it comes before a person's eyes. A fault's text may hold a name; its kind not.
            log.error("spool: %s in paper %s", type(fault).__name__, job.job_id)
        await self._complete(attempt, end)
        printed = end.state in (JobState.CONFIRMED, JobState.SENT)
        last = number if printed else self.state.last_printed
        self._show(replace(self.state, printing=None, last_printed=last))
        return end.state is not JobState.QUEUED

    async def _rendered(self, job: PrintJob) -> bytes:
        if self._rendered_one:
            return render(job.template, job.body, self._roll)
        rendered = await asyncio.to_thread(render, job.template, job.body, self._roll)
        self._rendered_one = True
        return rendered

    async def _complete(self, attempt: Attempt, end: AttemptEnd) -> None:
        """Records what became of a paper, however long the disk has no room for it."""
        failures = 0
        while True:
            try:
                job_id = attempt.job.job_id
                await self._db.write(
                    self._printing.complete, self._desk, job_id, attempt.no, end
                )
                return
            except StorageError as fault:
                failures += 1
                log.error("spool: %s", type(fault).__name__)
                await asyncio.sleep(retry_after(failures))

    def _show(self, state: SpoolState) -> None:
        if state != self.state:
            self.state = state
            self._changed(state)


class _Numbered(msgspec.Struct):
    number: str


def _end_of(outcome: Outcome, size: int) -> AttemptEnd:
    sent = {Delivered.NONE: 0, Delivered.PART: size // 2, Delivered.ALL: size}
    return AttemptEnd(
        _state_after(outcome),
        sent[outcome.delivered],
        outcome.why,
        outcome.proof.name.lower(),
    )


def _state_after(outcome: Outcome) -> JobState:
    match outcome:
        case Outcome(Delivered.NONE):
            return JobState.QUEUED
        case Outcome(Delivered.ALL, Proof.PROVEN):
            return JobState.CONFIRMED
        case Outcome(Delivered.ALL, Proof.NONE):
            return JobState.SENT
    return JobState.UNCERTAIN
