"""The simulated printer behaves like one: papers as text, faults, power, a line to look on."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from devices.errors import PortStuck
from devices.health import DeviceFlag
from devices.port import AsyncPort, LineSettings
from devices.printers.commands import ASK_PROOF
from devices.printers.status import Ask
from devices.sim.printer import SimulatedPrinter
from tests.unit.sim_bench import Bench, paper


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.close()


async def test_a_paper_is_shown_as_text(bench: Bench) -> None:
    await bench.port.write(paper(), 5)
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
    await bench.port.write(paper() + ASK_PROOF, 5)
    await bench.ask(Ask.PAPER.command)
    # It answers this at once, although the paper before it waits.
    assert await bench.ask(Ask.PAPER.command) == b"\x72"
    assert bench.printer.papers == []
    bench.printer.mend(DeviceFlag.PAPER_OUT)
    assert "[QR" in await bench.done.get()
    assert await bench.heard.get() == b"\x00"


async def test_switching_it_off_loses_what_it_has_not_printed(bench: Bench) -> None:
    bench.printer.fault(DeviceFlag.COVER_OPEN)
    await bench.port.write(paper(), 5)
    assert await bench.ask(Ask.PRINTER.command) == b"\x1a"
    bench.printer.switch_off_and_on()
    bench.printer.mend(DeviceFlag.COVER_OPEN)
    await bench.port.write(paper(), 5)
    await bench.done.get()
    assert len(bench.printer.papers) == 1


async def test_a_mute_one_prints_and_says_nothing(bench: Bench) -> None:
    bench.printer.mute = True
    await bench.port.write(Ask.PAPER.command + paper() + ASK_PROOF, 5)
    await bench.done.get()
    assert bench.heard.empty()


async def test_an_outsider_may_read_what_is_printed(bench: Bench, tmp_path: Path) -> None:
    seen = asyncio.Queue[bytes]()
    onlooker = AsyncPort.open(
        LineSettings(str(tmp_path / "printer.pty")), seen.put_nowait, lambda: None
    )
    await bench.port.write(paper(), 5)
    await bench.done.get()
    got = b""
    async with asyncio.timeout(30):
        while len(got) < len(paper()):
            got += await seen.get()
    assert got == paper()
    onlooker.abort()


async def test_papers_that_nobody_reads_do_not_hold_it_up(bench: Bench) -> None:
    for _ in range(40):  # twelve kilobytes, three times what a pseudo-terminal keeps
        await bench.port.write(paper(), 5)
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


# ---- power, cable, and other mishaps


async def test_a_paper_begun_when_the_power_went_is_torn_off(bench: Bench) -> None:
    bench.printer.paper_ends_after(1)
    await bench.port.write(paper(), 5)
    await bench.printer.until(lambda: bench.printer.received == paper())
    bench.printer.switch_off_and_on()
    bench.printer.mend(DeviceFlag.PAPER_OUT)
    assert bench.printer.torn == ["Өмүрбек уулу Эңилчек"]
    assert bench.printer.papers == []


def test_nobody_needs_to_tear_off_what_was_begun() -> None:
    printer = SimulatedPrinter(tears_off=False)
    printer.take(b"begun\n")
    printer.switch_off_and_on()
    printer.take(b"next\n\x1dV\x00")
    assert printer.papers == ["begun\nnext"]
    assert printer.torn == []


async def test_a_line_to_a_printer_without_power_swallows_what_is_sent(bench: Bench) -> None:
    bench.printer.switch_off()
    # More than the kernel keeps.
    await bench.port.write(paper() + ASK_PROOF + bytes(200_000), 5)
    assert bench.printer.received == b""
    bench.printer.switch_on()
    await bench.port.write(b"on\n\x1dV\x00", 5)
    assert await bench.done.get() == "on"
    assert bench.printer.papers == ["on"]
    assert bench.heard.empty()


async def test_a_usb_printer_takes_its_line_with_it(bench: Bench, tmp_path: Path) -> None:
    bench.printer.switch_off(line_goes=True)
    await bench.lost.wait()
    assert not (tmp_path / "printer.line").is_symlink()
    bench.printer.switch_on()
    assert (tmp_path / "printer.line").is_symlink()


async def test_a_cable_cut_after_some_bytes_lets_no_more_through(bench: Bench) -> None:
    bench.printer.cut_cable_after(10)
    await bench.port.write(paper(), 5)
    await bench.lost.wait()
    assert bytes(bench.printer.received) == paper()[:10]


async def test_a_frozen_one_takes_no_bytes_and_the_line_fills(bench: Bench) -> None:
    bench.printer.freeze()
    with pytest.raises(PortStuck) as stuck:
        await bench.port.write(bytes(1_000_000), 0.2)
    assert 0 < stuck.value.accepted < 1_000_000
    assert bench.printer.received == b""
    bench.printer.thaw()
    await bench.printer.until(lambda: len(bench.printer.received) == stuck.value.accepted)


async def test_without_paper_it_takes_bytes_until_its_memory_is_full(tmp_path: Path) -> None:
    bench = Bench(tmp_path, buffer_bytes=4096)
    bench.printer.fault(DeviceFlag.PAPER_OUT)
    with pytest.raises(PortStuck):
        await bench.port.write(b"x" * 1_000_000, 0.2)
    assert len(bench.printer.received) == 4096
    bench.close()


async def test_noise_comes_through(bench: Bench) -> None:
    bench.printer.say(b"\xff\x00")
    assert await bench.heard.get() == b"\xff\x00"
