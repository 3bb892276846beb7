"""A printer that is not there: a pseudo-terminal that behaves like an Epson, and its papers.

It answers DLE EOT at once and executes everything else in order, so GS r is answered when
what stands before it is on paper. Without paper, or open, it executes nothing, keeps what
it gets and goes on by itself when that is over, as the real ones do.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import termios
import tty
from collections.abc import Callable
from pathlib import Path

from devices.health import DeviceFlag

# The numbers under which it knows code pages, as an Epson does.
CODE_PAGES = {0: "cp437", 17: "cp866", 46: "cp1251", 53: "kz1048"}

# A real one stops its line when so many bytes wait; here the pseudo-terminal does.
BUFFER_BYTES = 65_536

_REALTIME = re.compile(rb"\x10\x04([\x01-\x04])")

# What it understands in the order of the stream; the length of each command in bytes.
_COMMANDS = {
    b"\x1b@": 2, b"\x1bt": 3, b"\x1ba": 3, b"\x1bE": 3, b"\x1b!": 3, b"\x1bd": 3,
    b"\x1c.": 2, b"\x1d!": 3, b"\x1dV": 3, b"\x1dr": 3,
}  # fmt: skip


class SimulatedPrinter:
    """`link` is the path the kiosk opens; it leads to the pseudo-terminal while plugged in.

    `mirror`, if given, leads to another one on which whoever opens it reads the bytes that
    the printer got; bytes that nobody reads are dropped. `mute` makes it answer nothing.
    """

    def __init__(
        self,
        link: Path,
        *,
        mirror: Path | None = None,
        columns: int = 48,
        on_paper: Callable[[str], None] = lambda paper: None,
    ) -> None:
        self.papers: list[str] = []
        """Finished papers, as text."""
        self.received = bytearray()
        self.mute = False
        self._link = link
        self._mirror = mirror
        self._columns = columns
        self._on_paper = on_paper
        self._faults: set[DeviceFlag] = set()
        self._lines_left: int | None = None
        self._line: _PseudoTerminal | None = None
        self._copy: _PseudoTerminal | None = None
        self._waiting = bytearray()
        self._switch_on()

    # ---- what may be done to it

    def plug_in(self) -> None:
        """Puts its line at `link`; needs a running loop."""
        self._line = _PseudoTerminal(self._link)
        asyncio.get_running_loop().add_reader(self._line.master, self._readable)
        if self._mirror is not None and self._copy is None:
            self._copy = _PseudoTerminal(self._mirror)

    def pull_out(self) -> None:
        """Takes the cable out. What it got already it prints."""
        if self._line is not None:
            asyncio.get_running_loop().remove_reader(self._line.master)
            self._line.close()
            self._line = None

    def close(self) -> None:
        self.pull_out()
        if self._copy is not None:
            self._copy.close()
            self._copy = None

    def fault(self, flag: DeviceFlag) -> None:
        """Paper out, cover open, and so on."""
        self._faults.add(flag)

    def mend(self, flag: DeviceFlag) -> None:
        self._faults.discard(flag)
        self._execute()

    def paper_ends_after(self, lines: int) -> None:
        self._lines_left = lines

    def switch_off_and_on(self) -> None:
        """Loses everything it has not printed, and the paper it was printing."""
        self._waiting.clear()
        self._switch_on()

    # ---- the line

    def _readable(self) -> None:
        assert self._line is not None
        try:
            data = os.read(self._line.master, 4096)
        except BlockingIOError:
            return
        self.received += data
        if self._copy is not None:
            self._copy.offer(data)
        for question in _REALTIME.findall(data):
            self._answer(self._status(question[0]))
        self._waiting += _REALTIME.sub(b"", data)
        del self._waiting[BUFFER_BYTES:]
        self._execute()

    def _answer(self, byte: int) -> None:
        if self._line is not None and not self.mute:
            self._line.offer(bytes((byte,)))

    def _status(self, question: int) -> int:
        """The answer to DLE EOT `question` (Epson's ESC/POS reference)."""
        faults = self._faults
        bits = {
            1: 0x08 * self._stopped,
            2: 0x04 * (DeviceFlag.COVER_OPEN in faults)
            | 0x20 * (DeviceFlag.PAPER_OUT in faults)
            | 0x40 * (DeviceFlag.CUTTER in faults),
            3: 0x08 * (DeviceFlag.CUTTER in faults) | 0x40 * (DeviceFlag.OVERHEATED in faults),
            4: 0x0C * (DeviceFlag.PAPER_NEAR_END in faults)
            | 0x60 * (DeviceFlag.PAPER_OUT in faults),
        }
        return 0x12 | bits[question]

    @property
    def _stopped(self) -> bool:
        return bool(self._faults - {DeviceFlag.PAPER_NEAR_END})

    # ---- the printing

    def _switch_on(self) -> None:
        self._paper: list[str] = []
        self._row = bytearray()
        self._initialise()

    def _initialise(self) -> None:
        self._codec = CODE_PAGES[0]
        self._align = 0
        self._wide = 1
        self._qr = b""

    def _execute(self) -> None:
        """Takes whole commands from what waits, until one is not whole or it is stopped."""
        while self._waiting and not self._stopped:
            length = _length(self._waiting)
            if length is None or length > len(self._waiting):
                return
            command = bytes(self._waiting[:length])
            del self._waiting[:length]
            self._do(command)

    def _do(self, command: bytes) -> None:
        match command[:2], command[2:]:
            case (b"\n", _):
                self._feed()
            case (b"\x1b@", _):
                self._initialise()
            case (b"\x1bt", number):
                self._codec = CODE_PAGES.get(number[0], CODE_PAGES[0])
            case (b"\x1ba", where):
                self._align = where[0] % 48
            case (b"\x1d!", size):
                self._wide = 1 + (size[0] >> 4)
            case (b"\x1bd", rows):
                for _ in range(rows[0]):
                    self._feed()
            case (b"\x1d(", rest):
                self._draw_qr(rest[3:])
            case (b"\x1dV", _):
                self._cut()
            case (b"\x1dr", _):
                self._answer(0x03 * (DeviceFlag.PAPER_NEAR_END in self._faults))
            case _ if command[0] >= 0x20:
                self._row += command

    def _draw_qr(self, parameters: bytes) -> None:
        match parameters[:2]:
            case b"1P":
                self._qr = parameters[3:]
            case b"1Q":
                self._put(f"[QR {self._qr.decode('ascii', 'replace')}]")

    def _feed(self) -> None:
        text = bytes(self._row).decode(self._codec, "replace")
        self._row.clear()
        self._put(" ".join(text) if self._wide > 1 else text)

    def _put(self, text: str) -> None:
        match self._align:
            case 1:
                text = text.center(self._columns)
            case 2:
                text = text.rjust(self._columns)
        self._paper.append(text.rstrip())
        if self._lines_left is not None:
            self._lines_left -= 1
            if self._lines_left <= 0:
                self._lines_left = None
                self._faults.add(DeviceFlag.PAPER_OUT)

    def _cut(self) -> None:
        paper = "\n".join(self._paper).rstrip("\n")
        self._paper = []
        self.papers.append(paper)
        self._on_paper(paper)


def _length(waiting: bytearray) -> int | None:
    """How many bytes the first command has; None while that cannot be known yet."""
    if waiting[0] not in b"\x1b\x1c\x1d":
        return 1
    if len(waiting) < 2:
        return None
    start = bytes(waiting[:2])
    if start == b"\x1d(":
        return 5 + waiting[3] + 256 * waiting[4] if len(waiting) >= 5 else None
    if start == b"\x1dV" and len(waiting) >= 3 and waiting[2] in (65, 66):
        return 4
    return _COMMANDS.get(start, 2)


class _PseudoTerminal:
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

    def offer(self, data: bytes) -> None:
        """Writes without waiting. When nobody reads, what lay unread makes room."""
        with contextlib.suppress(BlockingIOError):
            data = data[os.write(self.master, data) :]
        if data:
            termios.tcflush(self._slave, termios.TCIFLUSH)
            with contextlib.suppress(BlockingIOError):
                os.write(self.master, data)

    def close(self) -> None:
        self._link.unlink(missing_ok=True)
        os.close(self.master)
        os.close(self._slave)
