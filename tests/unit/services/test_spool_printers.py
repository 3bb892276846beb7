"""A register, the spool, two printers on their lines: each paper once, or a person is asked.

Everything is real but the printers, which are the simulated ones.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from papers import BADGE
from printer_gate import PATIENCE_S, SHORT

from devices.health import DeviceFlag
from devices.port import LineSettings
from devices.printers.escpos_printer import EscposPrinter
from devices.printers.lines import SerialLine
from devices.sim.printer import SimulatedPrinter
from kiosk.codes import ON_ITS_WAY, Action, JobState, Template
from kiosk.roll import Roll
from kiosk.services import print_queue, printing
from kiosk.services.entry import entry
from kiosk.spool import Outlet, Spool, SpoolState

from .gatehouse import Gatehouse

SCRAP = "INCOMPLETE, NOT VALID"


class Desk:
    """The papers of one gate, from the order to the tray."""

    def __init__(self, gatehouse: Gatehouse, folder: Path) -> None:
        self.gatehouse = gatehouse
        self.trays: dict[str, SimulatedPrinter] = {}
        self.states: list[SpoolState] = []
        self._news = asyncio.Event()
        self._tasks: list[asyncio.Task[object]] = []
        outlets = []
        for name in ("printer", "second_printer"):
            self.trays[name] = SimulatedPrinter(
                folder / name, tears_off=False, on_paper=lambda _paper: self._news.set()
            )
            line = SerialLine(LineSettings(path=str(folder / name)))
            outlets.append(Outlet(EscposPrinter(line, name=name, times=SHORT), Roll()))
        self._outlets = outlets

    async def start(self, *, fallback_s: float = PATIENCE_S * 10) -> None:
        """Until both printers are ready; what waits then goes to the first."""
        for tray in self.trays.values():
            tray.plug_in()
        db, desk = self.gatehouse.db, self.gatehouse.desk
        self.spool = Spool(
            db, desk, self._outlets, print_queue, self._take, fallback_s=fallback_s
        )
        db.on_commit.append(self.spool.wake)
        for outlet in self._outlets:
            running = outlet.printer.run(lambda _event: None)
            self._tasks.append(asyncio.create_task(running))
        async with asyncio.timeout(PATIENCE_S):
            for outlet in self._outlets:
                await outlet.printer.ready()
        self._tasks.append(asyncio.create_task(self.spool.run()))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for tray in self.trays.values():
            tray.close()

    def _take(self, state: SpoolState) -> None:
        self.states.append(state)
        self._news.set()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Looked at when the spool has news, or a paper is out."""
        async with asyncio.timeout(PATIENCE_S):
            while not is_so():
                self._news.clear()
                await self._news.wait()

    async def order(self, number: str) -> UUID:
        def work() -> UUID:
            gate = self.gatehouse
            with entry(gate.desk, Action.REPRINT, officer=gate.officer) as e:
                badge = replace(BADGE, number=number, badge=f"{number}-1")
                return printing.order(gate.desk, e, None, Template.BADGE, badge)

        return await self.gatehouse.db.write(work)

    def state(self, job_id: UUID) -> JobState:
        lines = self.gatehouse.ask(printing.papers, self.gatehouse.officer)
        return next(line.state for line in lines if line.job_id == job_id)

    async def ended(self, job_id: UUID) -> JobState:
        """What became of a paper, once nothing more will by itself."""
        await self.until(lambda: self.state(job_id) not in ON_ITS_WAY)
        return self.state(job_id)

    def pieces(self, name: str = "printer") -> list[str]:
        """What a printer has cut off, without blanks: wide letters stand apart."""
        return ["".join(paper.split()) for paper in self.trays[name].papers]


@pytest.fixture
async def desk(gatehouse: Gatehouse, tmp_path: Path) -> AsyncIterator[Desk]:
    desk = Desk(gatehouse, tmp_path)
    yield desk
    await desk.stop()


async def test_a_paper_is_proved_by_the_number_that_the_printer_sends_back(desk: Desk) -> None:
    await desk.start()
    job = await desk.order("V-26-000001")
    assert await desk.ended(job) is JobState.CONFIRMED
    assert len(desk.pieces()) == 1
    ((printer, size, outcome, proof),) = desk.gatehouse.rows(
        "SELECT printer, bytes, outcome, proof FROM print_attempt"
    )
    assert (printer, outcome, proof) == ("printer", "done", "procid")
    assert size == len(desk.trays["printer"].raw_papers[0].partition(b"\x1b@")[2]) + 2


async def test_a_paper_that_ran_out_in_the_middle_is_finished_there_and_once(
    desk: Desk,
) -> None:
    await desk.start(fallback_s=0.05)
    tray = desk.trays["printer"]
    tray.paper_ends_after(4)
    begun = await desk.order("V-26-000001")
    await tray.until(lambda: b"000001" in tray.received, PATIENCE_S)
    later = await desk.order("V-26-000002")
    assert await desk.ended(later) is JobState.CONFIRMED
    assert [SCRAP in piece for piece in desk.pieces("second_printer")] == [False]
    assert desk.state(begun) is JobState.SENDING
    tray.mend(DeviceFlag.PAPER_OUT)
    assert await desk.ended(begun) is JobState.CONFIRMED
    assert ["V-26-000001-1" in piece for piece in desk.pieces()] == [True]


async def test_a_paper_given_up_while_it_waits_for_a_roll_never_comes_out_later(
    desk: Desk,
) -> None:
    await desk.start()
    tray = desk.trays["printer"]
    tray.paper_ends_after(4)
    job = await desk.order("V-26-000001")
    await tray.until(lambda: b"000001" in tray.received, PATIENCE_S)
    assert desk.spool.abort(job)
    assert await desk.ended(job) is JobState.UNCERTAIN
    gate = desk.gatehouse
    copy = gate.do(printing.settle, gate.officer, job, False, again=True)
    assert copy is not None
    tray.mend(DeviceFlag.PAPER_OUT)
    assert await desk.ended(copy) is JobState.CONFIRMED
    scrap, again = desk.pieces()
    assert "".join(SCRAP.split()) in scrap
    assert "COPY1" in again


async def test_a_cable_pulled_out_in_the_middle_makes_scrap_and_a_question(
    desk: Desk,
) -> None:
    await desk.start()
    tray = desk.trays["printer"]
    first = await desk.order("V-26-000001")
    assert await desk.ended(first) is JobState.CONFIRMED
    tray.cut_cable_after(200)
    broken = await desk.order("V-26-000002")
    assert await desk.ended(broken) is JobState.UNCERTAIN
    tray.plug_in()
    after = await desk.order("V-26-000003")
    assert await desk.ended(after) is JobState.CONFIRMED
    _first, scrap, whole = desk.pieces()
    assert "".join(SCRAP.split()) in scrap
    assert "V-26-000003-1" in whole
    assert SCRAP.split()[0] not in whole
    assert not any(
        "V-26-000002-1" in piece for piece in (whole, *desk.pieces("second_printer"))
    )


async def test_a_printer_that_never_says_has_its_papers_asked_about(desk: Desk) -> None:
    for tray in desk.trays.values():
        tray.mute = True
    await desk.start()
    job = await desk.order("V-26-000001")
    assert await desk.ended(job) is JobState.SENT
    await desk.until(lambda: desk.spool.state.asked == 1)
    gate = desk.gatehouse
    assert gate.do(printing.settle_all_came_out, gate.officer, gate.clock.at) == 1
    await desk.until(lambda: desk.spool.state.asked == 0)


def writable(gatehouse: Gatehouse, is_so: bool) -> None:
    """Whether the register's disk takes anything: one that dies becomes read-only."""
    gatehouse.db.run_write(gatehouse.db.file.pragma, "query_only", not is_so)


async def test_nothing_is_printed_while_the_disk_takes_nothing_and_nothing_is_lost(
    desk: Desk,
) -> None:
    job = await desk.order("V-26-000001")
    writable(desk.gatehouse, False)
    await desk.start()
    await desk.until(lambda: desk.spool.state.fault is not None)
    assert "no longer accepts writing" in str(desk.spool.state.fault)
    assert desk.pieces() == []
    writable(desk.gatehouse, True)
    assert await desk.ended(job) is JobState.CONFIRMED
    assert len(desk.pieces()) == 1
    await desk.until(lambda: desk.spool.state.fault is None)


async def test_a_paper_that_is_out_while_the_disk_takes_nothing_is_marked_later_and_once(
    desk: Desk,
) -> None:
    await desk.start()
    tray = desk.trays["printer"]
    tray.paper_ends_after(4)
    job = await desk.order("V-26-000001")
    await tray.until(lambda: b"000001" in tray.received, PATIENCE_S)
    writable(desk.gatehouse, False)
    tray.mend(DeviceFlag.PAPER_OUT)
    await desk.until(lambda: desk.spool.state.fault is not None)
    assert desk.state(job) is JobState.SENDING
    writable(desk.gatehouse, True)
    assert await desk.ended(job) is JobState.CONFIRMED
    assert len(desk.pieces()) == 1
