"""Pictures one after another: each is taken, read in the worker, and ends in one event."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import Never, Protocol

from devices.events import (
    DocumentRead,
    Event,
    ReadingGivenUp,
    ReadingStarted,
    ReadingWentOn,
    ReadRejected,
    RejectReason,
    Stage,
)
from devices.mrz import Document
from devices.readers.outcome import outcome

Emit = Callable[[Event], None]
Take = Callable[[], Awaitable[bytes | RejectReason | None]]


class PictureWorker(Protocol):
    """Reads pictures in a process of its own; cancelling `read` ends that process."""

    async def read(
        self, data: bytes, today: date, tell: Callable[[Stage], None]
    ) -> Document: ...

    async def warm(self) -> None: ...

    async def stop(self) -> None: ...


class PictureReader(Protocol):
    """A device that reads pictures, and what may be asked of it meanwhile."""

    @property
    def name(self) -> str: ...

    async def run(self, emit: Emit) -> Never: ...

    def scan(self) -> bool:
        """Take a picture now; False where pictures come by themselves."""
        ...

    def give_up(self) -> bool:
        """End the reading under way; False when there is none any more."""
        ...


class Pictures:
    """`today` is asked at each picture, for centuries and expiry. `dedupe`: seconds in which
    the same document come again is one. `source` is the name of the reader.
    """

    def __init__(
        self, worker: PictureWorker, today: Callable[[], date], dedupe: float, source: str
    ) -> None:
        self._worker = worker
        self._today = today
        self._dedupe = dedupe
        self._source = source
        self._under_way: asyncio.Task[Event | None] | None = None
        self._warming: asyncio.Task[None] | None = None
        self._last: tuple[tuple[str, ...], float] | None = None

    def expect(self) -> None:
        """A picture is coming: the worker, whose start takes a second, is to be ready."""
        if self._warming is None or self._warming.done():
            self._warming = asyncio.create_task(self._worker.warm())

    async def read(self, emit: Emit, take: Take, at: float) -> None:
        """Has one picture read, from ReadingStarted to its end; `at` is when it came.

        `take` fetches it, or says why it cannot, or that there is none after all (None); that,
        too, can be given up.
        """
        emit(ReadingStarted(self._source, at))
        self._under_way = asyncio.create_task(self._outcome(emit, take, at))
        outcome: Event | None = None
        try:
            outcome = await self._under_way
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
        finally:
            self._under_way = None
            now = asyncio.get_running_loop().time()
            emit(outcome or ReadingGivenUp(self._source, now))

    @property
    def under_way(self) -> bool:
        """Whether a reading goes on that nobody has given up."""
        return self._under_way is not None and not self._under_way.cancelling()

    def give_up(self) -> bool:
        """Ends the reading under way; False when there is none any more."""
        if self._under_way is None or self._under_way.cancelling():
            return False
        return self._under_way.cancel()

    async def stop(self) -> None:
        """Ends the worker."""
        if self._warming is not None:
            self._warming.cancel()
            await asyncio.gather(self._warming, return_exceptions=True)
        await self._worker.stop()

    async def _outcome(self, emit: Emit, take: Take, at: float) -> Event | None:
        picture = await take()
        if picture is None:
            return None
        if isinstance(picture, RejectReason):
            return ReadRejected(picture, at, self._source)
        tell = partial(self._went_on, emit)
        document = await self._worker.read(picture, self._today(), tell)
        event = outcome(document, at, self._source, RejectReason.NO_ZONE)
        if isinstance(event, DocumentRead) and self._is_repeated(document.lines, at):
            return None
        return event

    def _went_on(self, emit: Emit, stage: Stage) -> None:
        now = asyncio.get_running_loop().time()
        emit(ReadingWentOn(self._source, stage, now))

    def _is_repeated(self, lines: tuple[str, ...], at: float) -> bool:
        last, self._last = self._last, (lines, at)
        return last is not None and last[0] == lines and at - last[1] < self._dedupe
