"""A line on the event loop: locked, non-blocking, given up in time."""

from __future__ import annotations

import asyncio
import fcntl
import os
import termios
import tty
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.errors import PortAbsent, PortBusy, PortLost, PortStuck, PortUnavailable
from devices.port import AsyncPort, LineSettings, open_line


class Peer:
    """The device's end of a pseudo-terminal."""

    def __init__(self) -> None:
        self.end, theirs = os.openpty()
        self.path = os.ttyname(theirs)
        tty.setraw(theirs)
        # Held, or a peer that is not open would look unplugged.
        self.theirs = theirs
        os.set_blocking(self.end, False)

    async def got(self, count: int) -> bytes:
        """`count` bytes, in as many pieces as the kernel hands them over."""
        data = b""
        async with asyncio.timeout(30):
            while len(data) < count:
                try:
                    data += os.read(self.end, 4096)
                except BlockingIOError:
                    await asyncio.sleep(0.001)
        return data

    def unplug(self) -> None:
        os.close(self.theirs)
        os.close(self.end)
        self.end = self.theirs = -1


@pytest.fixture
def peer() -> Iterator[Peer]:
    peer = Peer()
    yield peer
    if peer.end >= 0:
        peer.unplug()


class Ears:
    def __init__(self) -> None:
        self.data = b""
        self.lost = asyncio.Event()
        self.heard = asyncio.Event()
        self.losses = 0

    def on_data(self, data: bytes) -> None:
        self.data += data
        self.heard.set()

    def on_lost(self) -> None:
        self.losses += 1
        self.lost.set()


async def test_bytes_come_as_they_were_sent(peer: Peer) -> None:
    ears = Ears()
    port = AsyncPort.open(LineSettings(peer.path), ears.on_data, ears.on_lost)
    os.write(peer.end, b"\x00\x03\x04\x11\x13\r\n\x7f\xff")
    async with asyncio.timeout(30):
        while len(ears.data) < 9:
            ears.heard.clear()
            await ears.heard.wait()
    assert ears.data == b"\x00\x03\x04\x11\x13\r\n\x7f\xff"
    port.abort()


async def test_bytes_go_as_they_were_given_in_order(peer: Peer) -> None:
    ears = Ears()
    port = AsyncPort.open(LineSettings(peer.path), ears.on_data, ears.on_lost)
    await asyncio.gather(port.write(b"\x1b@\n", 1), port.write(b"\r\x00\xff", 1))
    assert await peer.got(6) == b"\x1b@\n\r\x00\xff"
    port.abort()


async def test_a_long_paper_goes_out_as_the_device_takes_it(peer: Peer) -> None:
    ears = Ears()
    port = AsyncPort.open(LineSettings(peer.path), ears.on_data, ears.on_lost)
    paper = os.urandom(50_000)
    taken = bytearray()
    whole = asyncio.Event()

    def take() -> None:
        taken.extend(os.read(peer.end, 4096))
        if len(taken) >= len(paper):
            whole.set()

    asyncio.get_running_loop().add_reader(peer.end, take)
    await port.write(paper, 5)
    await asyncio.wait_for(whole.wait(), 30)
    assert taken == paper
    asyncio.get_running_loop().remove_reader(peer.end)
    port.abort()


async def test_a_device_that_takes_nothing_is_given_up_in_time(peer: Peer) -> None:
    ears = Ears()
    port = AsyncPort.open(LineSettings(peer.path), ears.on_data, ears.on_lost)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    with pytest.raises(PortStuck) as stuck:
        await port.write(bytes(200_000), deadline=10, stall=0.1)
    assert 0.1 <= loop.time() - begun < 9
    assert 0 < stuck.value.accepted < stuck.value.of == 200_000
    assert not port.closed
    with pytest.raises(PortStuck):
        await port.write(bytes(200_000), deadline=0.05)
    port.abort()
    assert port.closed


async def test_a_write_ends_when_the_line_is_aborted(peer: Peer) -> None:
    ears = Ears()
    port = AsyncPort.open(LineSettings(peer.path), ears.on_data, ears.on_lost)
    writing = asyncio.create_task(port.write(bytes(200_000), deadline=10))
    await asyncio.sleep(0)
    port.abort()
    with pytest.raises(PortLost):
        await asyncio.wait_for(writing, 30)
    assert ears.losses == 0


async def test_the_last_word_goes_out_before_the_line_is_let_go(peer: Peer) -> None:
    ears = Ears()
    port = AsyncPort.open(LineSettings(peer.path), ears.on_data, ears.on_lost)
    await port.write(b"good bye", 1)
    await port.finish(1)
    assert port.closed
    assert await peer.got(8) == b"good bye"
    await port.finish(1)
    assert ears.losses == 0


async def test_an_unplugged_line_is_lost_once_and_at_once(peer: Peer) -> None:
    ears = Ears()
    port = AsyncPort.open(LineSettings(peer.path), ears.on_data, ears.on_lost)
    peer.unplug()
    await asyncio.wait_for(ears.lost.wait(), 30)
    assert port.closed
    with pytest.raises(PortLost):
        await port.write(b"x", 1)
    port.abort()
    assert ears.losses == 1


async def test_a_second_opener_is_refused(peer: Peer) -> None:
    ears = Ears()
    port = AsyncPort.open(LineSettings(peer.path), ears.on_data, ears.on_lost)
    with pytest.raises(PortBusy):
        open_line(LineSettings(peer.path))
    port.abort()
    os.close(open_line(LineSettings(peer.path)))


def test_an_absent_line_says_so(tmp_path: Path) -> None:
    with pytest.raises(PortAbsent):
        open_line(LineSettings(str(tmp_path / "nothing")))


def test_what_is_no_line_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PortUnavailable):
        open_line(LineSettings(str(tmp_path / "file")))
    with pytest.raises(PortUnavailable):
        open_line(LineSettings(str(tmp_path)))


def test_the_line_is_set_as_asked(peer: Peer) -> None:
    line = open_line(LineSettings(peer.path, baud=19200, bits=7, parity="E", stop=2))
    iflag, _, cflag, lflag, ispeed, ospeed, characters = termios.tcgetattr(line)
    assert ispeed == ospeed == termios.B19200
    # A pseudo-terminal always says 8 bits without parity (Linux, pty_set_termios).
    assert cflag & termios.CSTOPB
    assert not cflag & termios.HUPCL
    assert iflag & termios.INPCK
    assert not iflag & (termios.IXON | termios.ICRNL)
    assert not lflag & (termios.ECHO | termios.ICANON | termios.ISIG)
    assert characters[termios.VMIN] in (1, b"\x01")
    assert not os.get_inheritable(line)
    assert fcntl.fcntl(line, fcntl.F_GETFL) & os.O_NONBLOCK
    os.close(line)


async def test_opening_and_aborting_leaks_no_descriptor(peer: Peer) -> None:
    ears = Ears()

    def descriptors() -> int:
        return len(os.listdir("/proc/self/fd"))

    before = descriptors()
    for _ in range(50):
        AsyncPort.open(LineSettings(peer.path), ears.on_data, ears.on_lost).abort()
        with pytest.raises(PortAbsent):
            open_line(LineSettings("/nothing"))
    assert descriptors() == before


async def test_a_write_ends_when_it_is_interrupted_and_the_line_stays(peer: Peer) -> None:
    ears = Ears()
    port = AsyncPort.open(LineSettings(peer.path), ears.on_data, ears.on_lost)
    writing = asyncio.create_task(port.write(bytes(200_000), deadline=60))
    await asyncio.sleep(0)
    assert port.writing
    port.interrupt()
    with pytest.raises(PortStuck):
        await asyncio.wait_for(writing, 30)
    assert not port.closed
    port.abort()


async def test_a_device_that_says_why_it_takes_nothing_has_time(peer: Peer) -> None:
    ears = Ears()
    port = AsyncPort.open(LineSettings(peer.path), ears.on_data, ears.on_lost)
    out_of_paper = True
    writing = asyncio.create_task(
        port.write(bytes(200_000), deadline=0.5, unhurried=lambda: out_of_paper)
    )
    await asyncio.wait({writing}, timeout=1.2)
    assert not writing.done()
    out_of_paper = False
    with pytest.raises(PortStuck):
        await asyncio.wait_for(writing, 30)
    port.abort()
