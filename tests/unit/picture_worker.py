"""A picture worker for tests, which answers what the test says, when it says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date

from devices.events import Event, Stage
from devices.mrz import Document, ReasonCode, parse
from devices.mrz.parse import rejected

TODAY = date(2026, 11, 24)


class Worker:
    """Takes the bytes of a picture as the lines of its document, `slow` until it is let go on.

    Keeps what the kiosk relies on: each picture it saw, whether it was made ready, how often
    it was given up, its end.
    """

    def __init__(self) -> None:
        self.saw: list[bytes] = []
        self.given_up = 0
        self.is_warm = asyncio.Event()
        self.stopped = False
        self.slow = False
        self.go_on = asyncio.Event()

    async def read(self, data: bytes, today: date, tell: Callable[[Stage], None]) -> Document:
        self.saw.append(data)
        tell(Stage.FINDING)
        try:
            if self.slow:
                await self.go_on.wait()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        if not data.startswith((b"I", b"P<")):
            return rejected(ReasonCode.NOT_MRZ)
        tell(Stage.READING)
        return parse(tuple(data.decode().split()), today)

    async def warm(self) -> None:
        self.is_warm.set()

    async def stop(self) -> None:
        self.stopped = True


class Told:
    """What a reader emits, to be waited for."""

    def __init__(self) -> None:
        self.events: asyncio.Queue[Event] = asyncio.Queue()

    def __call__(self, event: Event) -> None:
        self.events.put_nowait(event)

    async def next(self) -> Event:
        return await asyncio.wait_for(self.events.get(), 30)

    async def until(self, *kinds: type[Event]) -> list[Event]:
        """Everything up to the first event of these kinds."""
        told = [await self.next()]
        while not isinstance(told[-1], kinds):
            told.append(await self.next())
        return told
