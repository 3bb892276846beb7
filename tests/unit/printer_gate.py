"""A simulated printer, and the kiosk's side of its line with short times."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from devices.events import DeviceChanged
from devices.health import DeviceFlag, DeviceState
from devices.port import LineSettings
from devices.printers.escpos import Page
from devices.printers.escpos_printer import EscposPrinter, Times
from devices.printers.lines import Line, SerialLine
from devices.printers.printer import Outcome, Proof, ProofBy
from devices.printers.tcp import TcpLine
from devices.sim.printer import Ability, SimulatedPrinter

QUESTION = b"\x10\x04"  # DLE EOT
SHORT = Times(
    proof_deadline_s=0.4, idle_poll_s=0.05, busy_poll_s=0.02, again_s=0.01, behind_paper_s=0.3
)

LINES = ("serial", "tcp")

# No answer of a simulated printer on a loaded machine comes later.
PATIENCE_S = 20


def paper(text: str = "Өмүрбек уулу Эңилчек") -> bytes:
    page = Page()
    for line in text.split("\n"):
        page.line(line)
    page.cut()
    return page.output


def proven(outcome: Outcome, by: ProofBy = ProofBy.PROCESS_ID) -> bool:
    return (outcome.proof, outcome.proved_by) == (Proof.PROVEN, by)


class Gate:
    def __init__(self, sim: SimulatedPrinter, printer: EscposPrinter) -> None:
        self.sim = sim
        self.printer = printer
        self.events: list[DeviceChanged] = []
        self._changed = asyncio.Event()
        self._task = asyncio.create_task(printer.run(self._take))

    def _take(self, event: DeviceChanged) -> None:
        self.events.append(event)
        self._changed.set()

    async def until(self, state: DeviceState, *flags: DeviceFlag) -> None:
        """Until this is what was said last."""
        wanted = DeviceChanged(self.printer.name, state, frozenset(flags))
        async with asyncio.timeout(PATIENCE_S):
            while not self.events or self.events[-1] != wanted:
                self._changed.clear()
                await self._changed.wait()

    async def until_asked(self, times: int) -> None:
        """Until the printer was asked so many more things about itself."""
        wanted = self.sim.received.count(QUESTION) + times
        await self.sim.until(lambda: self.sim.received.count(QUESTION) >= wanted, PATIENCE_S)

    async def send(self, data: bytes) -> Outcome:
        async with asyncio.timeout(PATIENCE_S):
            return await self.printer.send(data)

    async def close(self) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self.sim.close()


@asynccontextmanager
async def gate_of(
    folder: Path,
    line: str = "serial",
    *,
    plugged: bool = True,
    knows: frozenset[Ability] | None = None,
    proof: ProofBy = ProofBy.PROCESS_ID,
    times: Times = SHORT,
    prepare: Callable[[SimulatedPrinter], None] = lambda sim: None,
    **sim_settings: Any,
) -> AsyncIterator[Gate]:
    """`line` is serial or tcp; `prepare` is done to the printer before the kiosk comes."""
    if knows is not None:
        sim_settings["knows"] = knows
    link = folder / "printer"
    sim = SimulatedPrinter(
        link if line == "serial" else None,
        **sim_settings,
    )
    end: Line
    if line == "tcp":
        end = TcpLine("127.0.0.1", sim.listen())
    else:
        baud = sim_settings.get("baud") or 115_200
        assert isinstance(baud, int)
        end = SerialLine(LineSettings(str(link), baud=baud))
        if plugged:
            sim.plug_in()
    prepare(sim)
    gate = Gate(sim, EscposPrinter(end, proof=proof, times=times))
    try:
        yield gate
    finally:
        await gate.close()
