"""receiptio, a program of somebody else's for printers of Epson's kind, takes the simulated
printer for one: it learns its condition, prints, and is told how that went."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from devices.health import DeviceFlag
from devices.sim.printer import SimulatedPrinter
from tests.programs import need

FOLDER = Path(__file__).with_name("receiptio")
PROGRAM = FOLDER / "node_modules" / "receiptio" / "bin" / "cli.js"

RECEIPT = """^^^№ 16 мекеме

Асанова Айгуль | 1| 1.00
Курманбеков    | 2| 2.50
{code:V-26-1; option:code128,2,72,hri}

{code:GBV012600451210; option:qrcode,4,M}
"""
PRINTED = [
    "№   1 6   м е к е м е",
    "Асанова Айгуль                1             1.00",
    "Курманбеков                   2             2.50",
    "[CODE128 V-26-1]",
    "[drawn 100x100]",  # it draws QR codes itself
]


def receiptio() -> list[str]:
    node = need("node", "nodejs")
    if not PROGRAM.exists():
        sentence = "receiptio is not installed (npm ci --prefix tests/system/receiptio)"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return [node, str(PROGRAM)]


class Host:
    """receiptio at the other end of the network; it knows port 9100 only, so each process of
    tests has an address of its own."""

    def __init__(self) -> None:
        self._program = receiptio()
        self.address = f"127.16.{os.getpid() // 250 % 250}.{os.getpid() % 250 + 1}"

    async def ask(self) -> str:
        """How the printer is."""
        return await self._run("-q")

    async def print(self) -> str:
        """How printing went."""
        return await self._run("-l", "ru")

    async def _run(self, *options: str) -> str:
        process = await asyncio.create_subprocess_exec(
            *self._program,
            "-d",
            self.address,
            *options,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,  # where it says how things went
        )
        try:
            async with asyncio.timeout(60):
                said, _ = await process.communicate(RECEIPT.encode())
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return said.decode().strip()


@pytest.fixture
def host() -> Host:
    return Host()


class Printers:
    """Makes the printer that `host` talks to, fast or slow."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self.made: list[SimulatedPrinter] = []

    def __call__(
        self, *, baud: int | None = None, mm_per_s: float | None = None
    ) -> SimulatedPrinter:
        printer = SimulatedPrinter(baud=baud, mm_per_s=mm_per_s)
        self.made.append(printer)
        printer.listen(9100, self._host.address)
        return printer


@pytest.fixture
async def printers(host: Host) -> AsyncIterator[Printers]:
    printers = Printers(host)
    yield printers
    for printer in printers.made:
        printer.close()


@pytest.fixture
async def printer(printers: Printers) -> SimulatedPrinter:
    return printers()


def rows(paper: str) -> list[str]:
    """The rows that say something, without the blanks that place them."""
    return [row.strip() for row in paper.splitlines() if row]


async def test_a_printer_that_is_well_is_online(host: Host, printer: SimulatedPrinter) -> None:
    assert await host.ask() == "online"


async def test_a_paper_comes_out_and_is_a_success(
    host: Host, printer: SimulatedPrinter
) -> None:
    assert await host.print() == "success"
    assert [rows(paper) for paper in printer.papers] == [PRINTED]


async def test_success_is_told_only_when_the_paper_is_out(
    host: Host, printers: Printers
) -> None:
    """A slow wire and a slow paper."""
    printer = printers(baud=19200, mm_per_s=100)
    assert await host.print() == "success"
    assert [rows(paper) for paper in printer.papers] == [PRINTED]


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (DeviceFlag.PAPER_NEAR_END, "online"),
        (DeviceFlag.PAPER_OUT, "paperempty"),
        (DeviceFlag.COVER_OPEN, "coveropen"),
        (DeviceFlag.CUTTER, "error"),
        (DeviceFlag.OVERHEATED, "error"),
    ],
)
async def test_a_fault_has_a_word(
    host: Host, printer: SimulatedPrinter, fault: DeviceFlag, word: str
) -> None:
    printer.fault(fault)
    assert await host.ask() == word
    printer.mend(fault)
    assert await host.ask() == "online"


@pytest.mark.parametrize("fault", [DeviceFlag.PAPER_OUT, DeviceFlag.COVER_OPEN])
async def test_a_faulty_printer_is_sent_no_paper(
    host: Host, printer: SimulatedPrinter, fault: DeviceFlag
) -> None:
    printer.fault(fault)
    assert await host.print() in ("paperempty", "coveropen")
    printer.mend(fault)
    assert printer.papers == []


async def test_paper_that_ends_in_the_middle_is_told_and_the_rest_comes_by_itself(
    host: Host, printer: SimulatedPrinter
) -> None:
    """Whoever printed it again because of that word would have two."""
    printer.paper_ends_after(2)
    assert await host.print() == "paperempty"
    assert printer.papers == []
    printer.mend(DeviceFlag.PAPER_OUT)
    assert [rows(paper) for paper in printer.papers] == [PRINTED]


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (DeviceFlag.PAPER_OUT, "paperempty"),
        (DeviceFlag.COVER_OPEN, "coveropen"),
        (DeviceFlag.CUTTER, "error"),
    ],
)
async def test_a_fault_while_it_prints_is_told_unasked(
    host: Host, printers: Printers, fault: DeviceFlag, word: str
) -> None:
    printer = printers(mm_per_s=1)  # half a minute for this paper
    printing = asyncio.create_task(host.print())
    await printer.until(lambda: printer.received.endswith(b"\x1dr1"), 30)
    printer.fault(fault)
    assert await printing == word
    assert printer.papers == []


async def test_a_printer_that_says_nothing_is_offline(
    host: Host, printer: SimulatedPrinter
) -> None:
    """It waits for twelve seconds."""
    printer.mute = True
    assert await host.ask() == "offline"


async def test_a_connection_that_the_printer_resets_is_a_disconnection(
    host: Host, printer: SimulatedPrinter
) -> None:
    printer.mute = True
    asking = asyncio.create_task(host.ask())
    await printer.until(lambda: bool(printer.received), 30)
    printer.hang_up()
    assert await asking == "disconnect"


async def test_where_no_printer_listens_it_is_disconnected(host: Host) -> None:
    assert await host.ask() == "disconnect"
