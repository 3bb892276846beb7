"""A document reader on pseudo-terminals: the demo scans with it, and so may anybody else.

    outsider → DIR/reader.pty ═ far line ═ pump ═ near line ═ DIR/reader.line → kiosk

Two lines, because a program that opens the line the kiosk listens on would only write to the
kiosk's own end and be heard by nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from devices.sim.framings import Framing, framed
from devices.sim.line import Line
from devices.sim.makes import Make, Plain

__all__ = ["Framing", "SimulatedReader", "framed"]

# Bytes that a serial chip keeps before it tells the computer (16550, trigger level 8).
_FIFO = 8
_BITS_A_BYTE = 10
# Of what the kiosk said; a demo may run for days.
_KEPT = 4096


class SimulatedReader:
    """`port` is the path that the kiosk opens, `outside` the one anybody may write to.

    `make` decides what is answered to the kiosk's orders. Needs a running loop between `start`
    and `stop`.
    """

    def __init__(self, folder: Path, make: Make | None = None) -> None:
        self.port = folder / "reader.line"
        self.outside = folder / "reader.pty"
        self.make = make or Plain()
        self.mute = False
        """Whether it lets every order pass unanswered."""
        self.told = b""
        """What the kiosk sent since the line was plugged in, the newest part of it."""
        self._near: Line | None = None
        self._far: Line | None = None
        self._heard = asyncio.Event()

    def start(self) -> None:
        """Makes both lines; what is written to `outside` is pumped into `port`."""
        self._far = Line(self.outside, self.send)
        self.plug()

    def stop(self) -> None:
        self.unplug()
        if self._far is not None:
            self._far.close()
            self._far = None

    def plug(self) -> None:
        """The reader's line appears."""
        if self._near is None:
            self.told = b""
            self._near = Line(self.port, self._ordered)

    def unplug(self) -> None:
        """The reader's line goes away, as when its cable is pulled."""
        if self._near is not None:
            self._near.close()
            self._near = None

    def swipe(self, lines: Sequence[str], framing: Framing | None = None) -> None:
        """A document drawn through the reader; `framing` instead of its make's own."""
        self.send(framed(lines, framing) if framing else self.make.read(lines))

    def hold(self) -> None:
        """Takes no more bytes from the kiosk, as a reader whose memory is full."""
        if self._near is not None:
            self._near.hold()

    def send(self, data: bytes) -> None:
        """Any bytes; a serial line has no memory, so what nobody takes is gone."""
        if self._near is not None:
            self._near.send(data)

    async def send_at(self, baud: int, data: bytes) -> None:
        """As a line of this speed brings them: a few at a time."""
        for at in range(0, len(data), _FIFO):
            some = data[at : at + _FIFO]
            await asyncio.sleep(len(some) * _BITS_A_BYTE / baud)
            self.send(some)

    async def was_told(self, order: bytes, within: float = 3) -> None:
        """Waits until the kiosk has sent `order`, and forgets all up to its end. Raises
        TimeoutError."""
        async with asyncio.timeout(within):
            while order not in self.told:
                self._heard.clear()
                await self._heard.wait()
        self.told = self.told.split(order, 1)[1]

    def _ordered(self, data: bytes) -> None:
        self.told = (self.told + data)[-_KEPT:]
        self._heard.set()
        if not self.mute:
            self.send(self.make.ordered(data))
