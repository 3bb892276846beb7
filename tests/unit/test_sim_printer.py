"""The simulated printer behaves like one: papers as text, faults, and a line to look on."""

from __future__ import annotations

import array
import asyncio
import fcntl
import os
import socket
import subprocess
import sys
import termios
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from devices.errors import PortStuck
from devices.health import DeviceFlag
from devices.port import AsyncPort, LineSettings
from devices.printers.commands import ASK_PROOF
from devices.printers.escpos import Page
from devices.printers.status import Ask
from devices.sim.printer import SimulatedPrinter
from devices.sim.printer.printer import BUFFER_BYTES
from devices.sim.printer.wire import Wire
from tests.unit.simulated_time import in_simulated_time


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
        async with asyncio.timeout(5):
            return await self.heard.get()


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.close()


def paper() -> bytes:
    page = Page()
    page.line("Өмүрбек уулу Эңилчек")
    page.line("V-26-1", align="center", wide=True)
    page.qr("GBV012600451210")
    page.cut()
    return page.output


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
    async with asyncio.timeout(5):
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


# ---- the wire


class Ears:
    """Takes everything, and notes when it came."""

    def __init__(self) -> None:
        self.came: list[tuple[float, bytes]] = []

    def room(self) -> int:
        return 4096

    def take(self, data: bytes) -> None:
        self.came.append((asyncio.get_running_loop().time(), data))

    def lost(self) -> None:
        raise AssertionError("nobody hung up")


def test_bytes_come_and_go_at_the_speed_of_the_line() -> None:
    async def sending() -> tuple[float, bytes, float]:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        theirs.setblocking(False)
        ears = Ears()
        wire = Wire(ours.fileno(), 9600, ears)
        theirs.send(b"x" * 960)
        await asyncio.sleep(5)
        last = ears.came[-1][0]
        begun = asyncio.get_running_loop().time()
        wire.say(b"y" * 48)
        loop = asyncio.get_running_loop()
        await loop.sock_recv(theirs, 100)
        took = loop.time() - begun
        wire.close()
        ours.close()
        theirs.close()
        return last, b"".join(data for _, data in ears.came), took

    last, came, took = in_simulated_time(sending)
    assert came == b"x" * 960
    # Ten bits a byte.
    assert last == pytest.approx(1.0)
    assert took == pytest.approx(0.05)


def test_what_has_not_come_yet_stays_on_the_line_however_often_it_is_looked_at() -> None:
    class Eager(Ears):
        def take(self, data: bytes) -> None:
            super().take(data)
            # As a printer does that has printed something meanwhile.
            wire.look()
            lies_there = array.array("i", [0])
            fcntl.ioctl(ours, termios.FIONREAD, lies_there)
            taken.append(sum(len(piece) for _, piece in self.came) + lies_there[0])

    async def sending() -> None:
        nonlocal wire
        wire = Wire(ours.fileno(), 9600, Eager())
        theirs.send(b"x" * 960)
        await asyncio.sleep(2)
        wire.close()

    taken: list[int] = []
    wire: Wire
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    in_simulated_time(sending)
    ours.close()
    theirs.close()
    # Else a connection would seem to be read out, and the rest come within the next one.
    assert set(taken) == {960}
    assert len(taken) == 960 / 16


# ---- on the network


async def test_on_the_network_it_is_the_same_printer() -> None:
    printer = SimulatedPrinter()
    reader, writer = await asyncio.open_connection("127.0.0.1", printer.listen())
    writer.write(paper() + ASK_PROOF)
    async with asyncio.timeout(5):
        assert await reader.read(10) == b"\x00"
    assert "[QR GBV012600451210]" in printer.papers[0]
    writer.close()
    printer.close()


async def test_it_serves_one_computer_after_the_other() -> None:
    printer = SimulatedPrinter()
    port = printer.listen()
    async with asyncio.timeout(5):
        first, first_writer = await asyncio.open_connection("127.0.0.1", port)
        first_writer.write(Ask.PRINTER.command)
        assert await first.read(1) == b"\x12"
        second, second_writer = await asyncio.open_connection("127.0.0.1", port)
        second_writer.write(Ask.PAPER.command)
        first_writer.close()
        assert await second.read(1) == b"\x12"
    second_writer.close()
    printer.close()


async def test_a_cable_pulled_on_the_network_is_silence_and_all_comes_when_it_is_back() -> None:
    printer = SimulatedPrinter()
    reader, writer = await asyncio.open_connection("127.0.0.1", printer.listen())
    async with asyncio.timeout(5):
        writer.write(Ask.PRINTER.command)
        assert await reader.read(1) == b"\x12"
        printer.pull_out()
        writer.write(Ask.PAPER.command)
        await writer.drain()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await reader.read(1)
        printer.plug_in()
        assert await reader.read(1) == b"\x12"
    writer.close()
    printer.close()


@pytest.mark.parametrize("how", ["power", "hang up"])
async def test_a_connection_that_it_forgot_is_reset(how: str) -> None:
    printer = SimulatedPrinter()
    port = printer.listen()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    async with asyncio.timeout(5):
        writer.write(Ask.PRINTER.command)
        assert await reader.read(1) == b"\x12"
        if how == "power":
            printer.switch_off_and_on()
        else:
            printer.hang_up()
        with pytest.raises(ConnectionResetError):
            await reader.read(1)
        again, again_writer = await asyncio.open_connection("127.0.0.1", port)
        again_writer.write(Ask.PRINTER.command)
        assert await again.read(1) == b"\x12"
    again_writer.close()
    writer.close()
    printer.close()


# ---- a process of its own


async def test_it_runs_as_a_program_and_does_what_is_typed(tmp_path: Path) -> None:
    link = tmp_path / "printer"
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "devices.sim.printer",
        "--link",
        str(link),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert program.stdin is not None
    assert program.stdout is not None
    async with asyncio.timeout(30):
        assert await program.stdout.readline() == f"ready {link}\n".encode()
        heard = asyncio.Queue[bytes]()
        port = AsyncPort.open(LineSettings(str(link)), heard.put_nowait, lambda: None)
        program.stdin.write(b"nonsense\nfault paper_out\nnonsense\n")
        # Both times it tells what may be typed; so it has done what stands between.
        for _ in range(2):
            while not (await program.stdout.readline()).startswith(b"hangup"):
                pass
        await port.write(b"\x1b@typed\n\x1dV\x00" + Ask.PAPER.command, 5)
        assert await heard.get() == b"\x72"
        program.stdin.write(b"mend paper_out\n")
        assert (await program.stdout.readline()).startswith(b"---")
        assert await program.stdout.readline() == b"typed\n"
        port.abort()
        program.stdin.close()
        assert await program.wait() == 0
    assert not link.is_symlink()


def test_its_program_refuses_to_stand_nowhere() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "devices.sim.printer"], capture_output=True, timeout=60
    )
    assert answer.returncode == 2
    assert b"--link" in answer.stderr


async def turned_away(port: int) -> None:
    """Before or after the kernel has called the connection open."""
    reader, _writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.read(1)


async def test_while_it_is_off_nobody_gets_through_and_then_again() -> None:
    printer = SimulatedPrinter()
    port = printer.listen()
    async with asyncio.timeout(5):
        printer.switch_off()
        with pytest.raises(ConnectionResetError):
            await turned_away(port)
        printer.switch_on()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(Ask.PRINTER.command)
        assert await reader.read(1) == b"\x12"
    writer.close()
    printer.close()
