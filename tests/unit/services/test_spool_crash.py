"""The kiosk dies at every step of a paper's way: none lost, none unmarked twice, none half.

A real register, the real spool; the printer is one whose paper is a list of bytes. A crash is
raised before and after each step that waits for something, one run a step, until a run gets
through.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, Never

from papers import BADGE

from devices.events import DeviceChanged
from devices.printers.commands import PADDING
from devices.printers.printer import Delivered, Outcome, Proof, ProofBy, Why
from kiosk.codes import Action, JobState, Template
from kiosk.roll import Roll, render
from kiosk.services import print_queue, printing
from kiosk.services.entry import entry
from kiosk.spool import Outlet, Spool, SpoolState
from tests.paper.decoder import decode

from .gatehouse import Gatehouse

# Against hanging only.
LONG = 60
SCRAP = "INCOMPLETE, NOT VALID"


class Killed(BaseException):
    """The process is gone: nobody catches this."""


@dataclass
class Fate:
    """Kills at the step with the number `at`; 0 kills nobody."""

    at: int
    steps: int = 0

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.at:
            raise Killed


@dataclass
class DyingDatabase:
    """The register, before and after each piece of work of which the process may die."""

    gatehouse: Gatehouse
    fate: Fate

    async def write(self, fn: Callable[..., Any], *args: Any) -> Any:
        self.fate.step()
        done = await self.gatehouse.db.write(fn, *args)
        self.fate.step()
        return done

    async def read(self, fn: Callable[..., Any], *args: Any) -> Any:
        return await self.gatehouse.db.read(fn, *args)


@dataclass
class Paper:
    """What a printer was given, over all runs."""

    strip: bytearray = field(default_factory=bytearray)


class DyingPrinter:
    """Prints in ten parts; between them the process may die. It is brought into step first,
    as the driver does it."""

    name = "printer"

    def __init__(self, paper: Paper, fate: Fate) -> None:
        self._paper = paper
        self._paper.strip += PADDING
        self._fate = fate

    async def run(self, emit: Callable[[DeviceChanged], None]) -> Never:
        raise AssertionError("the hub runs a printer, never the spool")

    async def ready(self) -> None:
        return

    async def send(self, data: bytes) -> Outcome:
        part = -(-len(data) // 10)
        for begin in range(0, len(data), part):
            self._fate.step()
            self._paper.strip += data[begin : begin + part]
            await asyncio.sleep(0)
        self._fate.step()
        return Outcome(Delivered.ALL, Proof.PROVEN, Why.DONE, ProofBy.GS_R, len(data))

    def abort(self) -> None:
        raise AssertionError("nobody gives up")


async def run(gatehouse: Gatehouse, paper: Paper, fate: Fate) -> bool:
    """The spool until nothing is on its way; False when it was killed."""
    done = asyncio.Event()

    def changed(state: SpoolState) -> None:
        if spool.state.last_printed and not state.waiting:
            done.set()

    fakes: Any = (DyingDatabase(gatehouse, fate), gatehouse.desk)
    outlet = Outlet(DyingPrinter(paper, fate), Roll())
    spool = Spool(*fakes, [outlet], print_queue, changed)
    task = asyncio.create_task(spool.run())
    finished = asyncio.create_task(done.wait())
    try:
        async with asyncio.timeout(LONG):
            await asyncio.wait({task, finished}, return_when=asyncio.FIRST_COMPLETED)
        return not task.done()
    finally:
        for one in (task, finished):
            one.cancel()
        await asyncio.gather(task, finished, return_exceptions=True)


def order(gatehouse: Gatehouse, serial: int) -> None:
    """A badge that says its serial number."""

    def work() -> None:
        with entry(gatehouse.desk, Action.REPRINT, officer=gatehouse.officer) as e:
            said = replace(BADGE, number=f"V-26-{serial:06d}", badge=f"V-26-{serial:06d}-1")
            printing.order(gatehouse.desk, e, None, Template.BADGE, said)

    gatehouse.db.run_write(work)


def pieces(paper: Paper) -> list[str]:
    """What was cut off the roll, in order."""
    return [piece.text for piece in decode(bytes(paper.strip)).papers]


def check(gatehouse: Gatehouse, paper: Paper) -> int:
    """Every promise about all papers so far; how many are uncertain."""
    cut_off = pieces(paper)
    ordered = {}
    for (job_id,) in gatehouse.rows("SELECT job_id FROM spool"):
        job = gatehouse.ask(printing.body, job_id)
        (whole,) = decode(render(job.template, job.body, Roll())).papers
        ordered[whole.text] = job.state
    assert set(ordered.values()) <= {JobState.CONFIRMED, JobState.UNCERTAIN}, "one is lost"
    for text, state in ordered.items():
        printed = cut_off.count(text)
        assert printed <= 1, "an unmarked duplicate"
        assert printed == 1 or state is JobState.UNCERTAIN, "said to be printed, and was not"
    for piece in cut_off:
        assert piece in ordered or SCRAP in piece, "half a paper passes for one"
    return list(ordered.values()).count(JobState.UNCERTAIN)


async def test_dying_at_any_step_loses_no_paper_and_prints_none_twice(
    gatehouse: Gatehouse,
) -> None:
    paper = Paper()
    serial = count(1)
    for step in range(1, 100):
        order(gatehouse, next(serial))
        order(gatehouse, next(serial))
        if await run(gatehouse, paper, Fate(step)):
            break
        order(gatehouse, next(serial))
        assert await run(gatehouse, paper, Fate(0))
    assert step > 30, "the papers had hardly a step on their way"
    # Killed with a paper on its way, the kiosk asks; at the steps between it need not.
    assert step / 2 < check(gatehouse, paper) < step
