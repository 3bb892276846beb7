"""The simulated printer behaves like one: papers as text, faults, and a line to look on."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from devices.health import DeviceFlag
from devices.port import AsyncPort, LineSettings
from devices.printers.commands import ASK_PROOF
from devices.printers.escpos import Page
from devices.printers.status import Ask
from devices.sim.printer import SimulatedPrinter


class Bench:
    """The printer and, at the other end of its line, whoever talks to it."""

    def __init__(self, folder: Path) -> None:
        self.done: asyncio.Queue[str] = asyncio.Queue()
        self.printer = SimulatedPrinter(
            folder / "printer.line",
            mirror=folder / "printer.pty",
            on_paper=self.done.put_nowait,
        )
        self.printer.plug_in()
        self.heard = asyncio.Queue[bytes]()
        self.port = AsyncPort.open(
            LineSettings(str(folder / "printer.line")), self.heard.put_nowait, lambda: None
        )

    async def ask(self, command: bytes) -> bytes:
        await self.port.write(command, 1)
        async with asyncio.timeout(1):
            return await self.heard.get()


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.port.abort()
    bench.printer.close()


def paper() -> bytes:
    page = Page()
    page.line("Өмүрбек уулу Эңилчек")
    page.line("V-26-1", align="center", wide=True)
    page.qr("GBV012600451210")
    page.cut()
    return page.output


async def test_a_paper_is_shown_as_text(bench: Bench) -> None:
    await bench.port.write(paper(), 1)
    assert await bench.done.get() == "\n".join(
        [
            "Өмүрбек уулу Эңилчек",
            "V - 2 6 - 1".center(48).rstrip(),
            "[QR GBV012600451210]".center(48).rstrip(),
        ]
    )


async def test_a_paper_that_comes_byte_by_byte_is_the_same(bench: Bench) -> None:
    for byte in paper():
        await bench.port.write(bytes((byte,)), 1)
        await asyncio.sleep(0)
    assert "Эңилчек" in await bench.done.get()


@pytest.mark.parametrize(
    ("fault", "question", "bits"),
    [
        (DeviceFlag.PAPER_OUT, Ask.PAPER, 0x60),
        (DeviceFlag.PAPER_NEAR_END, Ask.PAPER, 0x0C),
        (DeviceFlag.COVER_OPEN, Ask.OFFLINE_CAUSE, 0x04),
        (DeviceFlag.COVER_OPEN, Ask.PRINTER, 0x08),
        (DeviceFlag.CUTTER, Ask.ERROR_CAUSE, 0x08),
    ],
)
async def test_a_fault_is_told_when_asked(
    bench: Bench, fault: DeviceFlag, question: Ask, bits: int
) -> None:
    assert await bench.ask(question.command) == b"\x12"
    bench.printer.fault(fault)
    assert await bench.ask(question.command) == bytes((0x12 | bits,))


async def test_the_proof_comes_after_the_paper_and_only_when_it_is_out(bench: Bench) -> None:
    bench.printer.paper_ends_after(1)
    await bench.port.write(paper() + ASK_PROOF, 1)
    await bench.ask(Ask.PAPER.command)
    # It answers this at once, although the paper before it waits.
    assert await bench.ask(Ask.PAPER.command) == b"\x72"
    assert bench.printer.papers == []
    bench.printer.mend(DeviceFlag.PAPER_OUT)
    assert "[QR" in await bench.done.get()
    assert await bench.heard.get() == b"\x00"


async def test_switching_it_off_loses_what_it_has_not_printed(bench: Bench) -> None:
    bench.printer.fault(DeviceFlag.COVER_OPEN)
    await bench.port.write(paper(), 1)
    assert await bench.ask(Ask.PRINTER.command) == b"\x1a"
    bench.printer.switch_off_and_on()
    bench.printer.mend(DeviceFlag.COVER_OPEN)
    await bench.port.write(paper(), 1)
    await bench.done.get()
    assert len(bench.printer.papers) == 1


async def test_a_mute_one_prints_and_says_nothing(bench: Bench) -> None:
    bench.printer.mute = True
    await bench.port.write(Ask.PAPER.command + paper() + ASK_PROOF, 1)
    await bench.done.get()
    assert bench.heard.empty()


async def test_an_outsider_may_read_what_is_printed(bench: Bench, tmp_path: Path) -> None:
    seen = asyncio.Queue[bytes]()
    onlooker = AsyncPort.open(
        LineSettings(str(tmp_path / "printer.pty")), seen.put_nowait, lambda: None
    )
    await bench.port.write(paper(), 1)
    await bench.done.get()
    got = b""
    async with asyncio.timeout(1):
        while len(got) < len(paper()):
            got += await seen.get()
    assert got == paper()
    onlooker.abort()


async def test_papers_that_nobody_reads_do_not_hold_it_up(bench: Bench) -> None:
    for _ in range(40):  # twelve kilobytes, three times what a pseudo-terminal keeps
        await bench.port.write(paper(), 1)
        await bench.done.get()
    assert len(bench.printer.papers) == 40


async def test_its_link_leads_to_a_line_only_while_it_is_plugged_in(
    bench: Bench, tmp_path: Path
) -> None:
    link = tmp_path / "printer.line"
    assert os.readlink(link).startswith("/dev/pts/")
    bench.printer.pull_out()
    assert not link.is_symlink()
    bench.printer.plug_in()
    assert link.is_symlink()
