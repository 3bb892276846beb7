"""Takes papers from the queue, renders them and hands them to the printers.

A paper is taken only after COMMIT, so what is in a hand is in the register. None is lost:
what provably did not print goes back to the queue. None is printed twice by itself: what
may have printed is `uncertain`, and a person says whether it did.

    queued → sending ─┬→ confirmed      the printer proved it
                      ├→ sent           handed over whole to a printer that never says
                      ├→ uncertain      perhaps printed, whole or in part
                      └→ queued         not a byte left this machine

The first printer takes every paper. Another takes what waits while those before it have not
been ready for some seconds; of such a paper no byte has left this machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import UUID

import msgspec

from devices.health import retry_after
from devices.printers.printer import UNTOUCHED, Delivered, Outcome, Printer, Proof, Why
from kiosk import printouts
from kiosk.codes import JobState
from kiosk.errors import StorageError
from kiosk.roll import Roll, drawn, render
from kiosk.values import Attempt, AttemptEnd, PapersOpen, PrintJob

if TYPE_CHECKING:
    from kiosk.models.database import Database
    from kiosk.services.desk import Desk

T = TypeVar("T")

log = logging.getLogger(__name__)

FALLBACK_S = 4.0
"""How long a printer may not be ready before the next one takes what waits for it: longer
than a line takes to be opened again, shorter than a family's patience."""


_COUNT_AFTER_S = 0.05


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
class Outlet:
    """A printer, and the roll in it."""

    printer: Printer
    roll: Roll


@dataclass(frozen=True, slots=True)
class SpoolState:
    """How the papers stand, for the screens. Numbers are like V-26-004512, "" for a list.

    `asked` were handed over to a printer that never says; `waiting` counts also what is being
    printed: `printing`, by the printer `printing_on`. `last_printed` left by `last_printer`,
    and is `last_state`: confirmed, or sent. `fault`: the disk takes nothing, so nothing is
    printed.
    """

    waiting: int = 0
    uncertain: int = 0
    asked: int = 0
    printing: str | None = None
    printing_on: str | None = None
    last_printed: str | None = None
    last_printer: str | None = None
    last_state: JobState | None = None
    fault: StorageError | None = None


class Spool:
    """`outlets` in the order in which they are preferred; `changed` is called on the loop
    with each new state."""

    def __init__(
        self,
        db: Database,
        desk: Desk,
        outlets: Sequence[Outlet],
        queue: Queue,
        changed: Callable[[SpoolState], None],
        *,
        fallback_s: float = FALLBACK_S,
    ) -> None:
        self.state = SpoolState()
        self._db = db
        self._desk = desk
        self._outlets = outlets
        self._queue = queue
        self._changed = changed
        self._fallback_s = fallback_s
        self._news = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._under_way: dict[str, _UnderWay] = {}

    def wake(self) -> None:
        """Something was committed; any thread may say so."""
        if self._loop is not None:
            # The loop of a kiosk that ends may be closed already; the paper stays queued.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._ring)

    def abort(self, job_id: UUID) -> bool:
        """Gives up a paper that is on its way, for instance one that waits for a new roll.

        It becomes uncertain, for a person to say what came of it, unless it is proved in
        this moment. False when it is not on its way (any more).
        """
        for outlet in self._outlets:
            paper = self._under_way.get(outlet.printer.name)
            if paper is not None and paper.job_id == job_id:
                paper.given_up = True
                outlet.printer.abort()
                return True
        return False

    async def run(self) -> None:
        """Prints what is queued, for ever; ends when cancelled."""
        self._loop = asyncio.get_running_loop()
        await self._insist(self._queue.unsettled_at_start)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._for_ever(self._count))
            for rank, outlet in enumerate(self._outlets):
                before = [_Patience(one.printer, tasks) for one in self._outlets[:rank]]
                tasks.create_task(self._for_ever(partial(self._serve, outlet, before)))

    async def _for_ever(self, round_of_work: Callable[[], Awaitable[bool]]) -> None:
        """Does it again and again; after a failure (False, or raised) not at once."""
        failures = 0
        while True:
            try:
                failures = 0 if await round_of_work() else failures + 1
            except Exception as fault:
                # The task must not die: every paper of the shift comes through here.
                failures += 1
                log.error("spool: %s", type(fault).__name__)
            if failures:
                await asyncio.sleep(retry_after(failures))

    async def _count(self) -> bool:
        """Tells how many papers wait, and all else that only a look at the queue tells."""
        news = self._news
        there = await self._db.read(self._queue.waiting, self._desk)
        counted = replace(
            self.state,
            waiting=there.waiting,
            uncertain=there.uncertain,
            asked=there.asked,
        )
        self._show(counted)
        await news.wait()
        # Whoever is told asks the register and paints: the paper goes before them.
        await asyncio.sleep(_COUNT_AFTER_S)
        return True

    # ---- one printer

    async def _serve(self, outlet: Outlet, before: Sequence[_Patience]) -> bool:
        """Prints one paper, or waits for one; False when it went back to the queue."""
        # What is committed from here on rings; what was before is seen below.
        news = self._news
        there = await self._db.read(self._queue.waiting, self._desk)
        if not there.queued:
            await news.wait()
        elif not await _first_of(outlet.printer.ready(), news.wait()):
            pass
        elif not all([await one.is_over(self._fallback_s) for one in before]):
            await _first_of(news.wait(), asyncio.sleep(self._fallback_s))
        else:
            return await self._print_next(outlet)
        return True

    async def _print_next(self, outlet: Outlet) -> bool:
        name = outlet.printer.name
        attempt: Attempt | None = await self._write(self._queue.next_job, name)
        if attempt is None:
            return True
        paper = self._under_way[name] = _UnderWay(attempt.job.job_id)
        try:
            end = await self._printed(outlet, attempt, paper)
            await self._insist(self._queue.complete, paper.job_id, attempt.no, end)
        finally:
            del self._under_way[name]
        state = self.state
        if end.state in (JobState.CONFIRMED, JobState.SENT):
            state = replace(
                state, last_printed=paper.number, last_printer=name, last_state=end.state
            )
        self._show(state)
        self._ring()
        return end.state is not JobState.QUEUED

    async def _printed(self, outlet: Outlet, attempt: Attempt, paper: _UnderWay) -> AttemptEnd:
        job = attempt.job
        # Until the printer is asked, provably nothing came out.
        sent: int | None = 0
        try:
            paper.number = msgspec.json.decode(job.body, type=_Numbered).number
            # In a thread: the first imports the byte builder, and drawn letters take a while.
            rendered = await asyncio.to_thread(_rendered, job, outlet.roll, attempt.after_break)
            if paper.given_up:
                return _end_of(UNTOUCHED[Why.ABORTED], given_up=True)
            sent = None
            # Whoever is told asks the register; by then the paper has begun.
            asyncio.get_running_loop().call_soon(lambda: self._show(self.state))
            outcome = await outlet.printer.send(rendered)
            return _end_of(outcome, paper.given_up)
        except Exception as fault:
            # Nobody knows how much of it came out, or it can never be printed: as uncertain
            # it comes before a person's eyes. A fault's text may hold a name; its kind not.
            log.error("spool: %s in paper %s", type(fault).__name__, job.job_id)
            return AttemptEnd(JobState.UNCERTAIN, sent, "fault", Proof.UNPROVEN.name.lower())

    # ---- the register

    async def _write(self, work: Callable[..., T], *about: object) -> T:
        """Writes to the register, and tells when it takes nothing and when it does again."""
        try:
            done = await self._db.write(work, self._desk, *about)
        except StorageError as fault:
            if self.state.fault is None:
                self._show(replace(self.state, fault=fault))
            raise
        self._show(replace(self.state, fault=None))
        return done

    async def _insist(self, work: Callable[..., None], *about: object) -> None:
        """Writes to the register, however long the disk has no room for it."""
        failures = 0
        while True:
            try:
                await self._write(work, *about)
                return
            except Exception as fault:
                failures += 1
                log.error("spool: %s", type(fault).__name__)
                await asyncio.sleep(retry_after(failures))

    # ---- news

    def _ring(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    def _show(self, state: SpoolState) -> None:
        on, paper = next(iter(self._under_way.items()), (None, None))
        state = replace(state, printing=None if paper is None else paper.number, printing_on=on)
        if state != self.state:
            self.state = state
            self._changed(state)


@dataclass
class _UnderWay:
    """The paper in a printer."""

    job_id: UUID
    number: str = ""
    given_up: bool = False


class _Patience:
    """Waits for a printer, and remembers since when it has been waited for in vain."""

    def __init__(self, printer: Printer, tasks: asyncio.TaskGroup) -> None:
        self._printer = printer
        self._tasks = tasks
        self._ready: asyncio.Task[None] | None = None
        self._since = 0.0

    async def is_over(self, seconds: float) -> bool:
        """Whether the printer has not been ready for `seconds`; waits until that is known."""
        now = asyncio.get_running_loop().time
        if self._ready is None or self._ready.done():
            self._ready = self._tasks.create_task(self._printer.ready())
            self._since = now()
        await asyncio.wait({self._ready}, timeout=max(0, self._since + seconds - now()))
        return not self._ready.done()


class _Numbered(msgspec.Struct):
    number: str = ""


async def _first_of(first: Awaitable[object], second: Awaitable[object]) -> bool:
    """Waits for one of the two; whether it was the first."""
    tasks = [asyncio.ensure_future(first), asyncio.ensure_future(second)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return tasks[0].done()
    finally:
        for task in tasks:
            task.cancel()


def _rendered(job: PrintJob, roll: Roll, after_break: bool) -> bytes:
    """The bytes of a paper. After a break an end of scrap goes before it, so that half a paper
    can neither pass for one nor grow together with this. (The printer itself was brought into
    step by its driver, which greets it after a break.)"""
    paper = render(job.template, job.body, roll)
    if not after_break:
        return paper
    return drawn(printouts.scrap(roll.columns), roll) + paper


def _end_of(outcome: Outcome, given_up: bool) -> AttemptEnd:
    state = _state_after(outcome)
    if given_up and state is JobState.QUEUED:
        # Whoever gave it up says what is to become of it; else it would be tried again.
        state = JobState.UNCERTAIN
    proof = outcome.proved_by or outcome.proof.name.lower()
    return AttemptEnd(state, outcome.sent, outcome.why, proof)


def _state_after(outcome: Outcome) -> JobState:
    match outcome:
        case Outcome(Delivered.NONE):
            return JobState.QUEUED
        case Outcome(Delivered.ALL, Proof.PROVEN):
            return JobState.CONFIRMED
        case Outcome(Delivered.ALL, Proof.NONE):
            return JobState.SENT
    return JobState.UNCERTAIN
