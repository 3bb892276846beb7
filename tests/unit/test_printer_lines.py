"""Printers on the network and on USB: lines that never wait longer than they say."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from printer_gate import PATIENCE_S, SHORT, Gate, paper, proven

from devices.errors import PortAbsent, PortBusy, PortForbidden, PortLost, PortStuck
from devices.health import DeviceFlag, DeviceState
from devices.port import AsyncPort, ControlLines
from devices.printers.escpos_printer import EscposPrinter
from devices.printers.tcp import TcpLine
from devices.printers.usblp import NO_ERROR, PAPER_OUT, SELECTED, UsblpLine, UsblpPort
from devices.sim.printer import SimulatedPrinter


class Ears:
    def __init__(self) -> None:
        self.data = b""
        self.heard = asyncio.Event()
        self.lost = asyncio.Event()

    def on_data(self, data: bytes) -> None:
        self.data += data
        self.heard.set()

    async def opened(self, line: TcpLine | UsblpLine) -> AsyncPort:
        return await line.open(self.on_data, self.lost.set)


class Silence:
    """A call that does not come back until it is let go, as of a name server that is off."""

    def __init__(self) -> None:
        self.calls = 0
        self.end = threading.Event()

    def __call__(self, *_: object) -> int:
        self.calls += 1
        self.end.wait(PATIENCE_S)
        return SELECTED | NO_ERROR


def read_to_the_end(end: socket.socket) -> None:
    while end.recv(1 << 20):
        pass


@pytest.fixture
def silence() -> Iterator[Silence]:
    silence = Silence()
    yield silence
    silence.end.set()


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def to(listening: socket.socket, host: str = "127.0.0.1") -> TcpLine:
    return TcpLine(host, listening.getsockname()[1], connect_s=PATIENCE_S)


# ---- the network


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_printer_is_found_by_its_address_and_by_its_name(
    host: str, listening: socket.socket
) -> None:
    ears = Ears()
    port = await ears.opened(to(listening, host))
    theirs, _ = listening.accept()
    with theirs:
        await port.write(b"paper", 1)
        assert theirs.recv(100) == b"paper"
        theirs.sendall(b"\x12")
        await asyncio.wait_for(ears.heard.wait(), PATIENCE_S)
        assert ears.data == b"\x12"
    await asyncio.wait_for(ears.lost.wait(), PATIENCE_S)
    assert port.closed


async def test_nobody_at_the_address_is_told_as_absent(listening: socket.socket) -> None:
    line = to(listening)
    listening.close()
    with pytest.raises(PortAbsent):
        await Ears().opened(line)


async def test_a_name_that_nobody_knows_is_told_as_absent() -> None:
    def unknown(_host: str, _port: int) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    line = TcpLine("printer.invalid", resolve=unknown)  # type: ignore[arg-type]  # finds none
    with pytest.raises(PortAbsent):
        await Ears().opened(line)


async def test_looking_a_name_up_holds_neither_the_loop_nor_the_opening(
    silence: Silence,
) -> None:
    line = TcpLine("printer", connect_s=0.05, resolve=silence)  # type: ignore[arg-type]  # never answers
    for _ in range(3):
        with pytest.raises(PortAbsent):
            await Ears().opened(line)
    # One question is enough as long as it is not answered.
    assert silence.calls == 1


async def test_a_host_that_vanishes_is_noticed_within_ten_seconds(
    listening: socket.socket,
) -> None:
    """By the kernel; a cable cannot be pulled out here."""
    port = await Ears().opened(to(listening))
    with socket.socket(fileno=os.dup(port._descriptor)) as ours:
        tcp = socket.IPPROTO_TCP
        assert ours.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        idle = ours.getsockopt(tcp, socket.TCP_KEEPIDLE)
        again = ours.getsockopt(tcp, socket.TCP_KEEPINTVL)
        assert idle + again * ours.getsockopt(tcp, socket.TCP_KEEPCNT) <= 10
        assert 0 < ours.getsockopt(tcp, socket.TCP_USER_TIMEOUT) <= 10_000
    port.abort()


async def test_a_paper_given_up_does_not_go_out_behind_our_back(
    listening: socket.socket,
) -> None:
    port = await Ears().opened(to(listening))
    theirs, _ = listening.accept()
    with theirs:
        with pytest.raises(PortStuck) as stuck:
            await port.write(bytes(50_000_000), deadline=60, stall=0.1)
        assert stuck.value.accepted > 0
        assert port.unsent() > 0
        port.abort()
        theirs.settimeout(PATIENCE_S)
        with pytest.raises(ConnectionResetError):
            read_to_the_end(theirs)


def patience(port: AsyncPort) -> int:
    """Milliseconds for which the kernel waits for an acknowledgement; 0: many minutes."""
    with socket.socket(fileno=os.dup(port._descriptor)) as ours:
        return ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT)


async def test_a_stopped_host_is_not_taken_for_gone_until_it_has_all_that_was_written(
    listening: socket.socket,
) -> None:
    port = await Ears().opened(to(listening))
    theirs, _ = listening.accept()
    usual = patience(port)
    with theirs:
        with pytest.raises(PortStuck) as stuck:
            await port.write(bytes(50_000_000), deadline=60, stall=0.1)
        port.expect_stop(True)
        port.expect_stop(False)
        assert patience(port) == 0
        left = stuck.value.accepted
        while left:
            left -= len(theirs.recv(1 << 20))
        assert usual > 0
        async with asyncio.timeout(PATIENCE_S):
            while patience(port) != usual:
                await asyncio.sleep(0)  # until all is acknowledged
                port.expect_stop(False)
    port.abort()


async def test_a_full_printer_without_paper_is_waited_for_on_the_network() -> None:
    """The kernel counts it as a host that acknowledges nothing."""
    sim = SimulatedPrinter(buffer_bytes=1000)
    line = TcpLine("127.0.0.1", sim.listen(), unacknowledged_s=1)
    gate = Gate(sim, EscposPrinter(line, times=replace(SHORT, proof_deadline_s=PATIENCE_S)))
    await gate.until(DeviceState.READY)
    sim.paper_ends_after(1)
    # More than the two kernels take, in few commands.
    pictures = 3 * (b"\x1dv0\0" + bytes((72, 0, 0, 16)) + bytes(72 * 4096))
    sending = asyncio.create_task(gate.send(b"\x1b@\x1c.first\n" + pictures + paper("last")))
    await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT)
    # Three times as long as the kernel would have had patience.
    await asyncio.wait({sending}, timeout=3)
    assert not sending.done()
    sim.mend(DeviceFlag.PAPER_OUT)
    assert proven(await sending)
    assert len(sim.papers) == 1
    await gate.close()


async def test_a_connection_that_is_reset_is_lost(listening: socket.socket) -> None:
    ears = Ears()
    port = await ears.opened(to(listening))
    theirs, _ = listening.accept()
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    theirs.close()
    await asyncio.wait_for(ears.lost.wait(), PATIENCE_S)
    with pytest.raises(PortLost):
        await port.write(b"paper", 1)


# ---- USB


class Cable:
    """Two ends of a stream in place of /dev/usb/lp0: like it, it counts bytes as taken that
    nobody has, and has no room until they are."""

    def __init__(self) -> None:
        ours, self.theirs = socket.socketpair()
        ours.setblocking(False)
        self.room = ours.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) // 2
        self.descriptor = ours.detach()

    def port(self, ears: Ears, asker: object = None) -> UsblpPort:
        ask = asker or (lambda _descriptor: SELECTED | NO_ERROR)
        return UsblpPort(self.descriptor, ears.on_data, ears.lost.set, ask)  # type: ignore[arg-type]  # a fake


async def test_a_paper_is_handed_over_only_when_the_printer_has_it() -> None:
    cable = Cable()
    port = cable.port(Ears())
    writing = asyncio.create_task(port.write(bytes(cable.room), PATIENCE_S))
    await asyncio.wait({writing}, timeout=0.1)
    assert not writing.done()
    assert port.unsent()
    taken = 0
    with cable.theirs:
        while taken < cable.room:
            taken += len(cable.theirs.recv(1 << 20))
        await asyncio.wait_for(writing, PATIENCE_S)
        assert not port.unsent()
        port.abort()


async def test_a_printer_that_does_not_take_what_was_queued_is_stuck() -> None:
    cable = Cable()
    port = cable.port(Ears())
    with pytest.raises(PortStuck) as stuck:
        await port.write(bytes(cable.room), deadline=60, stall=0.05)
    assert stuck.value.accepted == cable.room
    port.abort()
    cable.theirs.close()


async def test_of_a_paper_whose_writing_failed_nobody_knows_how_much_went_out() -> None:
    cable = Cable()
    port = cable.port(Ears())
    cable.theirs.close()
    with pytest.raises(PortLost) as lost:
        await port.write(b"paper", 1)
    assert lost.value.accepted == 5


@pytest.mark.parametrize(
    ("status", "lines"),
    [
        (SELECTED | NO_ERROR, ControlLines(paper_out=False, selected=True, error=False)),
        (
            SELECTED | NO_ERROR | PAPER_OUT,
            ControlLines(paper_out=True, selected=True, error=False),
        ),
        (SELECTED, ControlLines(paper_out=False, selected=True, error=True)),
        (NO_ERROR, ControlLines(paper_out=False, selected=False, error=False)),
        (0, None),
    ],
)
async def test_the_control_lines_are_read_as_linux_does(
    status: int, lines: ControlLines | None
) -> None:
    cable = Cable()
    port = cable.port(Ears(), lambda _descriptor: status)
    assert await port.control_lines() == lines
    port.abort()
    cable.theirs.close()


async def test_asking_for_the_control_lines_holds_nothing_up(silence: Silence) -> None:
    cable = Cable()
    port = cable.port(Ears(), silence)
    for _ in range(2):
        assert await port.control_lines() is None
    assert silence.calls == 1
    port.abort()
    assert await port.control_lines() is None
    cable.theirs.close()


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOENT, PortAbsent), (errno.EBUSY, PortBusy), (errno.EACCES, PortForbidden)],
)
async def test_why_a_usb_printer_cannot_be_opened_is_told(
    number: int, kind: type[Exception]
) -> None:
    def refuse(path: str) -> int:
        raise OSError(number, os.strerror(number), path)

    with pytest.raises(kind):
        await Ears().opened(UsblpLine("/dev/usb/lp0", refuse))


async def test_papers_go_over_usb_and_are_proved(tmp_path: Path) -> None:
    """A pseudo-terminal stands for the device: what it can do is all that is used."""
    sim = SimulatedPrinter(tmp_path / "lp0")
    sim.plug_in()
    gate = Gate(sim, EscposPrinter(UsblpLine(str(tmp_path / "lp0")), times=SHORT))
    await gate.until(DeviceState.READY)
    assert proven(await gate.send(paper()))
    sim.pull_out()
    await gate.until(DeviceState.ABSENT)
    await gate.close()


async def test_a_mute_printer_on_usb_still_shows_that_its_paper_is_out(tmp_path: Path) -> None:
    status = SELECTED | NO_ERROR
    sim = SimulatedPrinter(tmp_path / "lp0", knows=frozenset())
    sim.plug_in()
    line = UsblpLine(str(tmp_path / "lp0"), asker=lambda _descriptor: status)
    gate = Gate(sim, EscposPrinter(line, times=SHORT))
    await gate.until(DeviceState.UNKNOWN, DeviceFlag.MUTE)
    status |= PAPER_OUT
    await gate.until(DeviceState.BLOCKED, DeviceFlag.PAPER_OUT, DeviceFlag.MUTE)
    status &= ~PAPER_OUT
    await gate.until(DeviceState.UNKNOWN, DeviceFlag.MUTE)
    await gate.close()
