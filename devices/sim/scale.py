"""A scale on pseudo-terminals: the demo weighs with it, and so may anybody else.

outsider → DIR/scale.pty: "5400" and Enter puts 5,400 g on it, "0" takes them away
DIR/scale.line → kiosk: what a scale of its make sends or answers
"""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

from devices.sim.line import Line
from devices.sim.scale_makes import Indicator, Make, Pan

# So many times does the display change before what was put down has come to rest.
_SWINGS = 2
# And so often is the same sent at that pace, before it is sent five times slower: real scales
# never tire, but nobody needs a demo that wakes the processor all day.
_BRISK = 4
_SLOWER = 5
_MOST_GRAMS = 150_000


class SimulatedScale:
    """`port` is the path that the kiosk opens, `outside` the one anybody may write to.

    `every`: seconds between two changes of its display, while it changes. Needs a running loop
    between `start` and `stop`.
    """

    def __init__(self, folder: Path, make: Make | None = None, every: float = 0.2) -> None:
        self.port = folder / "scale.line"
        self.outside = folder / "scale.pty"
        self.make = make or Indicator()
        self.mute = False
        """Whether it is switched off: its line stands, and it sends nothing."""
        self._every = every
        self._lies_there = 0
        self._shows = 0
        self._swings = 0
        self._brisk = 0
        self._touched = asyncio.Event()
        self._tare = 0
        self._near: Line | None = None
        self._far: Line | None = None
        self._typed = b""
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._far = Line(self.outside, self._ordered)
        self._task = asyncio.get_running_loop().create_task(self._run())
        self.plug()

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.unplug()
        if self._far is not None:
            self._far.close()
            self._far = None

    def plug(self) -> None:
        if self._near is None:
            self._near = Line(self.port, self._asked)

    def unplug(self) -> None:
        """Its line goes away, as when its cable is pulled."""
        if self._near is not None:
            self._near.close()
            self._near = None

    def put(self, grams: int) -> None:
        """So much lies on it now, instead of what lay there."""
        self._lies_there = grams
        self._swings = _SWINGS
        self._touch()

    def tare(self) -> None:
        """Its tare key: from what lies there now it counts anew."""
        self._tare = self._lies_there
        self._touch()

    def _touch(self) -> None:
        self._brisk = _SWINGS + _BRISK
        self._touched.set()

    def send(self, data: bytes) -> None:
        """Any bytes, as of a scale of another make or a bad cable."""
        if self._near is not None:
            self._near.send(data)

    @property
    def pan(self) -> Pan:
        return Pan(
            self._shows - self._tare,
            moves=self._swings > 0,
            tare=self._tare,
            overloaded=self._lies_there > _MOST_GRAMS,
        )

    async def _run(self) -> None:
        while True:
            self._touched.clear()
            if self._brisk:
                self._brisk -= 1
                await asyncio.sleep(self._every)
            else:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._every * _SLOWER):
                        await self._touched.wait()
            if self._swings:
                self._swings -= 1
                self._shows += (self._lies_there - self._shows) // (self._swings + 1)
            if not self.mute:
                self.send(self.make.says(self.pan))

    def _asked(self, data: bytes) -> None:
        if not self.mute:
            self.send(self.make.asked(data, self.pan))

    def _ordered(self, data: bytes) -> None:
        *lines, rest = (self._typed + data).replace(b"\r", b"\n").split(b"\n")
        self._typed = rest[-16:]
        for line in lines:
            if line.strip().isdigit():
                self.put(int(line))
