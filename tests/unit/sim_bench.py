"""A simulated printer, a paper for it, and whoever talks to it at the other end of its line."""

from __future__ import annotations

import asyncio
from pathlib import Path

from devices.port import AsyncPort, LineSettings
from devices.printers.escpos import Page
from devices.sim.printer import SimulatedPrinter
from devices.sim.printer.printer import BUFFER_BYTES


class Bench:
    """The printer and, at the other end of its line, whoever talks to it."""

    def __init__(self, folder: Path, buffer_bytes: int = BUFFER_BYTES) -> None:
        self.done: asyncio.Queue[str] = asyncio.Queue()
        self.printer = SimulatedPrinter(
            folder / "printer.line",
            mirror=folder / "printer.pty",
            on_paper=self.done.put_nowait,
            buffer_bytes=buffer_bytes,
        )
        self.printer.plug_in()
        self.heard = asyncio.Queue[bytes]()
        self.lost = asyncio.Event()
        self.port = AsyncPort.open(
            LineSettings(str(folder / "printer.line")), self.heard.put_nowait, self.lost.set
        )

    def close(self) -> None:
        self.port.abort()
        self.printer.close()

    async def ask(self, command: bytes) -> bytes:
        await self.port.write(command, 5)
        async with asyncio.timeout(30):
            return await self.heard.get()


def paper() -> bytes:
    page = Page()
    page.line("Өмүрбек уулу Эңилчек")
    page.line("V-26-1", align="center", wide=True)
    page.qr("GBV012600451210")
    page.cut()
    return page.output
