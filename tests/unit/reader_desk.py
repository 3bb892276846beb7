"""A simulated reader on a pseudo-terminal, the driver that listens to it, and what it said."""

from __future__ import annotations

import asyncio
import os
import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from devices.events import DeviceChanged, DocumentRead, Event
from devices.health import DeviceState
from devices.port import LineSettings
from devices.readers.framing import Code
from devices.readers.listening import Patience
from devices.readers.profiles import GENERIC, Profile
from devices.readers.serial import SerialReader
from devices.sim.makes import Make
from devices.sim.reader import SimulatedReader
from tests.unit.mrz_builder import digit

BADGE = Code(re.compile(r"GBV\d{12}"), 15, accepts=lambda text: digit(text[:-1]) == text[-1])
BADGE_TEXT = "GBV01260045121" + digit("GBV01260045121")


TODAY = date(2026, 11, 24)
QUICK = Patience(gap=0.02, look=0.01)


def held() -> tuple[int, int]:
    """How many descriptors and tasks this process has."""
    return len(os.listdir("/proc/self/fd")), len(asyncio.all_tasks())


class Desk:
    """A simulated reader, the driver that listens to it, and what it said."""

    def __init__(
        self,
        folder: Path,
        patience: Patience = QUICK,
        profile: Profile = GENERIC,
        make: Make | None = None,
    ) -> None:
        self.sim = SimulatedReader(folder, make)
        self.reader = SerialReader(
            LineSettings(str(self.sim.port)),
            [BADGE],
            today=lambda: TODAY,
            patience=patience,
            profile=profile,
        )
        self.events: asyncio.Queue[Event] = asyncio.Queue()
        self.task: asyncio.Task[object] | None = None

    async def open(self) -> Desk:
        """Plugs the reader in and listens until it is ready."""
        self.sim.start()
        self.listen()
        await self.state(DeviceState.READY)
        return self

    async def close(self) -> None:
        await self.stop()
        self.sim.stop()

    def listen(self) -> None:
        self.task = asyncio.create_task(self.reader.run(self.events.put_nowait))

    async def state(self, state: DeviceState) -> DeviceChanged:
        """Waits until the reader is in `state`."""
        while True:
            event = await asyncio.wait_for(self.events.get(), 30)
            if isinstance(event, DeviceChanged) and event.state is state:
                return event

    async def reading(self) -> Event:
        """The next thing read, with no change of state before it."""
        event = await asyncio.wait_for(self.events.get(), 30)
        assert not isinstance(event, DeviceChanged), event
        return event

    async def document(self) -> DocumentRead:
        event = await self.reading()
        assert isinstance(event, DocumentRead), event
        return event

    async def nothing_more(self) -> None:
        """The line falls quiet and says nothing."""
        with suppress(TimeoutError):
            pytest.fail(f"{await asyncio.wait_for(self.events.get(), 0.06)} was emitted")

    async def stop(self) -> None:
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)
