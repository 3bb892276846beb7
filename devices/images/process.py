"""The picture worker as the kiosk sees it: a picture in, a `Document` out, whatever happens.

Pictures come from strangers, and libraries of a million lines open them. So that is done in a
process of its own, which is started at first need, ended when it takes too long or is not
wanted any more, and made anew before it grows. The kiosk itself loads none of it.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from devices.images.child import Child
from devices.images.protocol import MOST_PICTURE_BYTES, Failure, Progress, Ready
from devices.images.reading import PictureReading
from devices.mrz import Document, ReasonCode
from devices.mrz.parse import rejected
from devices.readers.stages import Stage

log = logging.getLogger(__name__)

# -P: no module is taken from the folder in which somebody started the kiosk.
COMMAND = (sys.executable, "-P", "-m", "devices.images.worker")

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may take. Times in seconds, memory in MiB."""

    reading_s: float = 3.0
    """For one picture, from the moment that the worker can take it."""
    loading_s: float = 15.0
    """For the worker to start, and once more for the second opinion: a cold disk needs 4 s."""
    memory_mib: int = 250
    """Of a worker that is not at work; one that has more is ended."""
    memory_with_second_opinion_mib: int = 300
    pictures: int = 200
    """After so many a worker is made anew, whatever its memory says."""
    idle_s: float = 600.0
    """A worker with nothing to do for so long gives its memory back."""


def unheard(stage: Stage) -> None:
    """For those who do not want to know how far a reading has come."""


class PictureProcess:
    """Reads pictures one at a time, in the order in which they were given.

    Used from one event loop. Cancelling a `read` ends the worker; the next one starts another.
    """

    def __init__(self, command: Sequence[str] = COMMAND, limits: Limits | None = None) -> None:
        self._command = command
        self._limits = limits or Limits()
        self._turn = asyncio.Lock()
        self._child: Child | None = None
        self._ended: list[Child] = []  # killed, perhaps not gone yet
        self._read_by_child = 0
        self._idle: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int | None:
        """The worker's, while there is one."""
        return self._child.pid if self._child is not None and self._child.alive else None

    async def read(
        self, data: bytes, today: date, tell: Callable[[Stage], None] = unheard
    ) -> Document:
        """The document in the picture file `data`; `tell` hears each stage as it begins.

        `today` settles centuries and what has expired. Never raises: a picture that takes too
        long, or on which the worker dies, is answered with status `reject`.
        """
        if len(data) > MOST_PICTURE_BYTES:
            return rejected(ReasonCode.TOO_LARGE)
        async with self._turn:
            self._stay_awake()
            try:
                child = await self._ready_child()
                document = await self._ask(child, data, today, tell)
            except (EOFError, OSError, ValueError) as fault:
                log.warning("the picture worker failed: %s", type(fault).__name__)
                self._end()
                return rejected(ReasonCode.READING_FAILED)
            except BaseException:  # above all: given up
                self._end()
                raise
            self._read_by_child += 1
            self._look_after(child)
            return document

    async def warm(self) -> None:
        """Have a worker ready before the first picture comes. Never raises."""
        async with self._turn:
            self._stay_awake()
            try:
                child = await self._ready_child()
            except (EOFError, OSError, ValueError) as fault:
                log.warning("no picture worker: %s", type(fault).__name__)
                self._end()
            except BaseException:
                self._end()
                raise
            else:
                self._look_after(child)

    async def stop(self) -> None:
        """End the worker and wait until it is gone; a reading under way is rejected."""
        self._stay_awake()
        self._end()
        while self._ended:
            await self._ended[-1].gone()
            self._ended.pop()

    async def _ready_child(self) -> Child:
        """Raises EOFError, OSError (TimeoutError is one) or ValueError."""
        if self._child is not None and self._child.alive:
            return self._child
        self._end()
        self._ended = [child for child in self._ended if child.alive]
        child = self._child = await Child.start(self._command)
        self._read_by_child = 0
        async with asyncio.timeout(self._limits.loading_s):
            if await child.hear() != Ready():
                raise ValueError("it did not say that it is ready")
        return child

    async def _ask(
        self, child: Child, data: bytes, today: date, tell: Callable[[Stage], None]
    ) -> Document:
        """Raises EOFError, OSError or ValueError."""
        clock = asyncio.get_running_loop().time
        left: float | None = None  # seconds of reading, while something is being loaded
        stage: Stage | None = None
        try:
            async with asyncio.timeout(self._limits.reading_s) as deadline:
                await child.ask(data, today)
                while True:
                    match await child.hear():
                        case Progress(coming, loading):
                            if coming is not stage:
                                tell(stage := coming)
                            end = deadline.when()
                            assert end is not None
                            if loading and left is None:
                                left = end - clock()
                                deadline.reschedule(clock() + self._limits.loading_s)
                                child.second_opinion = True
                            elif not loading and left is not None:
                                deadline.reschedule(clock() + left)
                                left = None
                        case PictureReading() as reading:
                            return reading.document(today)
                        case Failure(kind, place):
                            log.warning("reading a picture failed: %s at %s", kind, place)
                            # Not trusted with another: it may be out of memory.
                            self._end()
                            return rejected(ReasonCode.READING_FAILED)
                        case Ready():
                            raise ValueError("it was ready already")
        except TimeoutError:
            log.warning("reading a picture took too long")
            self._end()
            return rejected(ReasonCode.TOO_SLOW)

    def _look_after(self, child: Child) -> None:
        """The worker has nothing to do: whether it is kept, and how long."""
        if not child.alive or self._child is not child:
            return
        limits = self._limits
        most = limits.memory_mib
        if child.second_opinion:
            most = limits.memory_with_second_opinion_mib
        try:
            held = child.memory_bytes()
        except OSError:
            return  # it has just ended; the next picture finds that out
        if held > most * _MIB or self._read_by_child >= limits.pictures:
            log.info("the picture worker is made anew: %d MiB", held // _MIB)
            self._end()
            return
        loop = asyncio.get_running_loop()
        self._idle = loop.call_later(limits.idle_s, self._end)

    def _stay_awake(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _end(self) -> None:
        """The worker, now; the next picture gets another."""
        if self._child is not None:
            self._child.kill()
            self._ended.append(self._child)
            self._child = None
