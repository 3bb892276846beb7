"""Where a computer finds the printer: a pseudo-terminal at a path, or a TCP port.

A pseudo-terminal's cable is seen from both ends: pulled out, the line is gone. On TCP nothing
is seen: who sends into a pulled cable waits, and what was sent arrives when it is back. A
printer that was switched off meanwhile knows the connection no more and answers with RST.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
import termios
import tty
from pathlib import Path
from typing import Protocol

from devices.sim.printer.wire import Ears, Wire


class Line(Protocol):
    """What the printer may do with its line; each may be done twice."""

    seen_at_both_ends: bool
    """Whether the computer notices a pulled cable."""

    def plug_in(self) -> None: ...
    def pull_out(self) -> None: ...

    def hang_up(self) -> None:
        """Ends the connection under way, so that the computer notices; the next may come."""
        ...

    def look(self) -> None:
        """There is room for bytes again."""
        ...

    def say(self, data: bytes) -> None:
        """To the computer, if anybody is connected."""
        ...

    def close(self) -> None: ...


class PseudoTerminal:
    """A pair whose slave stands at `link`; writing to it never waits."""

    def __init__(self, link: Path) -> None:
        self.master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self.master, False)
        self._link = link
        target = os.ttyname(self._slave)
        fresh = link.with_name(f".{link.name}.new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target)
        fresh.replace(link)

    def make_room(self) -> None:
        """Throws away what nobody has read."""
        termios.tcflush(self._slave, termios.TCIFLUSH)

    def offer(self, data: bytes) -> None:
        """Writes without waiting. When nobody reads, what lay unread makes room."""
        with contextlib.suppress(BlockingIOError):
            data = data[os.write(self.master, data) :]
        if data:
            self.make_room()
            with contextlib.suppress(BlockingIOError):
                os.write(self.master, data)

    def close(self) -> None:
        self._link.unlink(missing_ok=True)
        os.close(self.master)
        os.close(self._slave)


class SerialLine:
    """A pseudo-terminal at `link` while plugged in."""

    seen_at_both_ends = True

    def __init__(self, link: Path, baud: int | None, ears: Ears) -> None:
        self._link = link
        self._baud = baud
        self._ears = ears
        self._terminal: PseudoTerminal | None = None
        self._wire: Wire | None = None

    def plug_in(self) -> None:
        if self._terminal is None:
            self._terminal = terminal = PseudoTerminal(self._link)
            self._wire = Wire(terminal.master, self._baud, self._ears, terminal.make_room)

    def pull_out(self) -> None:
        if self._terminal is not None and self._wire is not None:
            self._wire.close()
            self._terminal.close()
            self._terminal = self._wire = None

    def hang_up(self) -> None:
        if self._terminal is not None:
            self.pull_out()
            self.plug_in()

    def look(self) -> None:
        if self._wire is not None:
            self._wire.look()

    def say(self, data: bytes) -> None:
        if self._wire is not None:
            self._wire.say(data)

    def close(self) -> None:
        self.pull_out()


class TcpLine:
    """Listens from the beginning; serves one computer at a time, as port 9100 of an Epson."""

    seen_at_both_ends = False

    def __init__(self, host: str, port: int, baud: int | None, ears: Ears) -> None:
        self._listener = socket.create_server((host, port), backlog=8)
        self._listener.setblocking(False)
        self.port: int = self._listener.getsockname()[1]
        self._baud = baud
        self._ears = ears
        self._loop = asyncio.get_running_loop()
        self._connection: socket.socket | None = None
        self._wire: Wire | None = None
        self._plugged = False

    def plug_in(self) -> None:
        if not self._plugged:
            self._plugged = True
            self._listen_on()

    def pull_out(self) -> None:
        """Nothing comes through any more, and nobody is told. Who calls anew is turned away:
        else the kernel would take the call, and the printer pass for one that never answers."""
        self._plugged = False
        self._loop.add_reader(self._listener, self._turn_away)
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def hang_up(self) -> None:
        """With RST: at the other end reading fails at once."""
        if self._connection is not None:
            _reset_on_close(self._connection)
            self.disconnect()

    def disconnect(self) -> None:
        """The computer hung up, or is to be rid of; the next may come."""
        if self._wire is not None:
            self._wire.close()
            self._wire = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._plugged:
            self._listen_on()

    def look(self) -> None:
        if self._wire is not None:
            self._wire.look()

    def say(self, data: bytes) -> None:
        if self._wire is not None:
            self._wire.say(data)

    def close(self) -> None:
        self.pull_out()
        self.disconnect()
        self._loop.remove_reader(self._listener)
        self._listener.close()

    def _listen_on(self) -> None:
        if self._connection is not None:
            self._loop.remove_reader(self._listener)
            self._wire = Wire(self._connection.fileno(), self._baud, self._ears)
        else:
            self._loop.add_reader(self._listener, self._connected)

    def _connected(self) -> None:
        try:
            connection, _address = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._connection = connection
        self._listen_on()

    def _turn_away(self) -> None:
        with contextlib.suppress(BlockingIOError, ConnectionAbortedError):
            connection, _address = self._listener.accept()
            _reset_on_close(connection)
            connection.close()


def _reset_on_close(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
