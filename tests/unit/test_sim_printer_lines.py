"""The lines of the simulated printer: a wire as fast as a serial one, a network, a program."""

from __future__ import annotations

import array
import asyncio
import fcntl
import socket
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from devices.port import AsyncPort, LineSettings
from devices.printers.commands import ASK_PROOF
from devices.printers.status import Ask
from devices.sim.printer import SimulatedPrinter
from devices.sim.printer.wire import Wire
from tests.unit.sim_bench import paper
from tests.unit.simulated_time import in_simulated_time

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
    async with asyncio.timeout(30):
        assert await reader.read(10) == b"\x00"
    assert "[QR GBV012600451210]" in printer.papers[0]
    writer.close()
    printer.close()


async def test_it_serves_one_computer_after_the_other() -> None:
    printer = SimulatedPrinter()
    port = printer.listen()
    async with asyncio.timeout(30):
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
    async with asyncio.timeout(30):
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
    async with asyncio.timeout(30):
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
    async with asyncio.timeout(30):
        printer.switch_off()
        with pytest.raises(ConnectionResetError):
            await turned_away(port)
        printer.switch_on()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(Ask.PRINTER.command)
        assert await reader.read(1) == b"\x12"
    writer.close()
    printer.close()
