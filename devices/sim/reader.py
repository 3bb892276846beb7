"""A document reader on pseudo-terminals: the demo scans with it, and so may anybody else.

    outsider → DIR/reader.pty ═ far line ═ pump ═ near line ═ DIR/reader.line → kiosk

Two lines, because a program that opens the line the kiosk listens on would only write to the
kiosk's own end and be heard by nobody.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import tty
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import reduce
from operator import xor
from pathlib import Path


class Framing(StrEnum):
    """How readers in the field send their lines."""

    CRLF = "crlf"
    CR = "cr"
    LF = "lf"
    TAB = "tab"
    STX_ETX = "stx-etx"
    STX_LRC = "stx-lrc"
    """ETX, then the exclusive or of all between STX and ETX, which may be any character."""
    CUTE = "cute"
    """DESKO: every line ends with CR between STX and ETX."""
    OU = "ou"
    """3M: length, name and a flag before the lines, always three of them, then BCC."""
    RAW = "raw"
    RAW_CR = "raw-cr"
    TILDE = "tilde"


def framed(lines: Sequence[str], framing: Framing = Framing.CRLF) -> bytes:
    """`lines` as a reader with this framing sends them."""
    texts = [line.encode("ascii") for line in lines]
    match framing:
        case Framing.CRLF:
            return b"".join(text + b"\r\n" for text in texts)
        case Framing.CR:
            return b"".join(text + b"\r" for text in texts)
        case Framing.LF:
            return b"".join(text + b"\n" for text in texts)
        case Framing.TAB:
            return b"\t".join(texts) + b"\r\n"
        case Framing.STX_ETX:
            return b"\x02" + b"\r\n".join(texts) + b"\x03"
        case Framing.STX_LRC:
            body = b"\r".join(texts) + b"\x03"
            return b"\x02" + body + bytes((reduce(xor, body),))
        case Framing.CUTE:
            return b"\x01\x02" + b"".join(text + b"\r" for text in texts) + b"\x03\x04"
        case Framing.OU:
            three = [b""] * (3 - len(texts)) + texts
            body = b"OU\x021" + b"".join(text + b"\r" for text in three) + b"\x03"
            return b"\x01" + bytes((len(body),)) + body + bytes((reduce(xor, body),))
        case Framing.RAW:
            return b"".join(texts)
        case Framing.RAW_CR:
            return b"".join(texts) + b"\r"
        case Framing.TILDE:
            return b"~" + b"~".join(texts) + b"~\r"


class SimulatedReader:
    """`port` is the path that the kiosk opens, `outside` the one anybody may write to.

    Needs a running loop between `start` and `stop`.
    """

    def __init__(self, folder: Path) -> None:
        self.port = folder / "reader.line"
        self.outside = folder / "reader.pty"
        self._near: _Line | None = None
        self._far: _Line | None = None

    def start(self) -> None:
        """Makes both lines; what is written to `outside` is pumped into `port`."""
        self._far = _Line(self.outside, self._pump)
        self.plug()

    def stop(self) -> None:
        self.unplug()
        if self._far is not None:
            self._far.close()
            self._far = None

    def plug(self) -> None:
        """The reader's line appears."""
        # What the kiosk sends to the reader goes nowhere: this one takes no orders.
        if self._near is None:
            self._near = _Line(self.port, lambda data: None)

    def unplug(self) -> None:
        """The reader's line goes away, as when its cable is pulled."""
        if self._near is not None:
            self._near.close()
            self._near = None

    def swipe(self, lines: Sequence[str], framing: Framing = Framing.CRLF) -> None:
        """A document drawn through the reader."""
        self.send(framed(lines, framing))

    def send(self, data: bytes) -> None:
        """Any bytes; a serial line has no memory, so what nobody takes is gone."""
        if self._near is not None:
            self._near.send(data)

    def _pump(self, data: bytes) -> None:
        self.send(data)


class _Line:
    """One pseudo-terminal: our end, and a link to the other."""

    def __init__(self, link: Path, on_data: Callable[[bytes], None]) -> None:
        self._ours, self._theirs = os.openpty()
        # Raw, or it would echo and turn CR into LF. Their end is kept open too: ours reads
        # EIO for ever once the last program has closed it.
        tty.setraw(self._theirs)
        os.set_blocking(self._ours, False)
        self._link = link
        self._on_data = on_data
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._ours, self._readable)
        aside = link.with_name(f".{link.name}.new")
        aside.unlink(missing_ok=True)
        aside.symlink_to(os.ttyname(self._theirs))
        aside.replace(link)

    def send(self, data: bytes) -> None:
        with contextlib.suppress(BlockingIOError):
            os.write(self._ours, data)

    def close(self) -> None:
        self._link.unlink(missing_ok=True)
        self._loop.remove_reader(self._ours)
        os.close(self._theirs)
        os.close(self._ours)

    def _readable(self) -> None:
        try:
            data = os.read(self._ours, 1024)
        except BlockingIOError:
            return
        except OSError as fault:
            if fault.errno != errno.EIO:
                raise
            return
        self._on_data(data)
