"""A counter where papers are ordered and nobody looks at a screen: register, spool, driver.

All is real, as config.toml wires it, on one loop that counts its turns; only the printer is
simulated, and runs beside it. What a paper takes is computed, too: bytes on the wire,
millimetres under the head.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from devices.events import DeviceChanged, Event
from devices.health import DeviceFlag, DeviceState
from devices.hub import Hub
from devices.printers.printer import Printer
from devices.sim.printer.commands import Splitter
from devices.sim.printer.head import Head, Line
from devices.sim.printer.mechanism import CUT_S, DOTS_A_MM
from kiosk.codes import Action, JobState, Template
from kiosk.config import load
from kiosk.papers import BadgeBody, Body, InsideBody, ReceiptBody
from kiosk.post import Register
from kiosk.printouts.samples import SAMPLES
from kiosk.roll import Roll, render
from kiosk.services import print_queue, printing, staff
from kiosk.services.entry import entry
from kiosk.services.opening import open_register
from kiosk.spool import Outlet, Spool, SpoolState
from kiosk.values import Officer
from tests.bench.slow_press import BAUD, MM_PER_S, SERIAL, SlowPress, gate_with
from tests.bench.turns import CountingLoop, Held, running
from tests.paper.line_time import ROWS, receipt_of, seconds
from tests.tty import house

Result = TypeVar("Result")

# Against hanging only.
LONG = 60.0


@dataclass(frozen=True)
class Size:
    """What a paper takes at least: seconds of a wire of 9600 baud, of a head of 150 mm/s."""

    size: int
    millimetres: float

    @property
    def wire_s(self) -> float:
        return seconds(self.size, BAUD)

    @property
    def paper_s(self) -> float:
        return self.millimetres / MM_PER_S + CUT_S


def size_of(template: Template, body: Body) -> Size:
    data = render(template, msgspec.json.encode(body), Roll())
    head = Head(Roll().columns)
    work = itertools.chain.from_iterable(map(head.execute, Splitter().feed(data)))
    dots = sum(one.dots for one in work if isinstance(one, Line))
    return Size(len(data), dots / DOTS_A_MM)


def badge(number: str) -> BadgeBody:
    body = SAMPLES[Template.BADGE]
    assert isinstance(body, BadgeBody)
    return replace(body, number=number, badge=f"{number}-1")


def receipt(number: str) -> ReceiptBody:
    return replace(receipt_of(ROWS, Roll().columns), number=number)


def long_list(_number: str = "") -> InsideBody:
    """A hundred people inside: more than a serial line takes at once."""
    body = SAMPLES[Template.INSIDE]
    assert isinstance(body, InsideBody)
    return replace(body, people=body.people * 25)


class Counter:
    """`order` a paper, do something to the printer, wait `until` something is so."""

    def __init__(self, register: Register, printer: Printer, roll: Roll, press: SlowPress):
        self.press = press
        self.printer = printer
        self.heard: list[DeviceChanged] = []
        self._register = register
        users = register.db.run_read(staff.users, register.desk)
        self._officer: Officer = next(one for one in users if one.login == house.OFFICER)
        self._news = asyncio.Event()
        self._hub = Hub([printer])
        self._spool = Spool(
            register.db, register.desk, [Outlet(printer, roll)], print_queue, self._changed
        )
        register.db.on_commit.append(self._spool.wake)
        self._serial = 0
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def state(self) -> SpoolState:
        return self._spool.state

    async def start(self) -> None:
        self._hub.start()
        for work in (self._listen, self._spool.run):
            self._tasks.append(asyncio.create_task(work()))
        await self.until(lambda: self.says(DeviceState.READY))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._hub.stop()

    async def until(self, so: Callable[[], bool]) -> float:
        """Waits until `so`, looked at when device or spool say something; when it was."""
        async with asyncio.timeout(LONG):
            while not so():
                self._news.clear()
                await self._news.wait()
        return time.perf_counter()

    def says(self, state: DeviceState, *flags: DeviceFlag) -> bool:
        """Whether this is what the printer said last."""
        said = DeviceChanged(self.printer.name, state, frozenset(flags))
        return bool(self.heard) and self.heard[-1] == said

    async def order(self, make: Callable[[str], Body], template: Template) -> tuple[UUID, str]:
        self._serial += 1
        number = f"V-26-{self._serial:06d}"

        def work() -> UUID:
            desk = self._register.desk
            with entry(desk, Action.REPRINT, officer=self._officer) as e:
                return printing.order(desk, e, None, template, make(number))

        return await self._register.db.write(work), number

    async def proved_after(self, make: Callable[[str], Body], template: Template) -> float:
        """Seconds from the order of a paper until the register calls it printed."""
        since = time.perf_counter()
        _job_id, number = await self.order(make, template)
        proved = await self.until(lambda: self.state.last_printed == number)
        assert self.state.last_state is JobState.CONFIRMED
        return proved - since

    async def given_up_after(self, job_id: UUID) -> float:
        """Seconds from giving a paper up until the next one may go to the printer."""
        since = time.perf_counter()
        assert self._spool.abort(job_id)
        return await self.until(lambda: self.state.printing is None) - since

    async def _listen(self) -> None:
        async for event in self._hub.events():
            self._take(event)

    def _take(self, event: Event) -> None:
        assert isinstance(event, DeviceChanged)
        self.heard.append(event)
        self._news.set()

    def _changed(self, _state: SpoolState) -> None:
        self._news.set()


@asynccontextmanager
async def counter(folder: Path, press: SlowPress) -> AsyncIterator[Counter]:
    """A counter with this printer, which is ready."""
    from kiosk.wiring import printers_of

    gate = gate_with(folder, press)
    house.furnish(gate, coming=())
    settings = load(gate.config)
    register = open_register(settings)
    try:
        (printer,) = printers_of(settings)
        there = Counter(register, printer, Roll.of(settings.printer), press)
        try:
            await there.start()
            yield there
        finally:
            await there.stop()
    finally:
        register.db.close()
        gate.close()


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Runs `work` on a loop that counts its turns."""
    with asyncio.Runner(loop_factory=CountingLoop) as runner:
        return runner.run(work)


# ---- what is measured there


async def proofs(there: Counter, count: int) -> tuple[list[float], list[float]]:
    """Seconds from order to proof of so many badges, and of so many receipts of 24 rows."""
    badges = [await there.proved_after(badge, Template.BADGE) for _ in range(count)]
    receipts = [await there.proved_after(receipt, Template.RECEIPT) for _ in range(count)]
    return badges, receipts


async def cable_out(there: Counter, count: int) -> list[float]:
    """Seconds from the cable's end until it is told; on the network the connection is reset."""
    took = []
    for _ in range(count):
        since = time.perf_counter()
        there.press.hang_up()
        took.append(await there.until(lambda: there.says(DeviceState.LOST)) - since)
        if there.press.line == SERIAL:
            there.press.plug()
        await there.until(lambda: there.says(DeviceState.READY))
    return took


@dataclass(frozen=True)
class Trouble:
    """How long the loop was held in it, and how long giving the paper up took."""

    held: Held
    given_up_s: float


async def troubled(there: Counter, trouble: str, wait_s: float) -> Trouble:
    """A list of 100 people is on its way, and the printer "freezes", is "mute", or has no
    "paper"; after `wait_s` somebody gives it up. Then all is well, and a badge is printed."""
    press = there.press
    held = running().count()
    press.expect_paper()
    if trouble == "paper":
        press.paper_ends_after(1)
    job_id, _number = await there.order(long_list, Template.INSIDE)
    await asyncio.to_thread(press.first_byte_at)
    match trouble:
        case "freezes":
            press.freeze()
        case "mute":
            press.hush()
    await asyncio.sleep(wait_s)
    given_up_s = await there.given_up_after(job_id)
    press.thaw()
    press.hush(False)
    press.mend(DeviceFlag.PAPER_OUT)
    # Proved: the printer is well again, and nothing of the list is before this one.
    await there.proved_after(badge, Template.BADGE)
    running().count()
    return Trouble(held, given_up_s)
