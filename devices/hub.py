"""Runs the devices, each as a task that never ends the program, and queues what they say."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Never, Protocol

from devices.events import DeviceChanged, Event
from devices.health import LAST_RETRY_S, DeviceState

log = logging.getLogger(__name__)


class Device(Protocol):
    """`run` emits events until it is cancelled."""

    @property
    def name(self) -> str: ...

    async def run(self, emit: Callable[[Event], None]) -> Never: ...


class Hub:
    """One queue of what all devices say; the app takes from it at once."""

    def __init__(self, devices: Sequence[Device]) -> None:
        self._devices = tuple(devices)
        self._queue: deque[Event] = deque()
        self._news = asyncio.Event()
        self._tasks: list[asyncio.Task[Never]] = []

    def start(self) -> None:
        """Starts every device; call it on the running loop, once."""
        for device in self._devices:
            self._tasks.append(asyncio.create_task(self._keep(device), name=device.name))

    async def stop(self) -> None:
        """Cancels every device and waits until their lines are let go."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def events(self) -> AsyncIterator[Event]:
        """Every event in order; of states that were not taken yet, the newest per device."""
        while True:
            await self._news.wait()
            self._news.clear()
            while self._queue:
                yield self._queue.popleft()

    def emit(self, event: Event) -> None:
        """Queues `event`; a device that flaps leaves only its last state."""
        if isinstance(event, DeviceChanged):
            self._forget_state(event.device)
        self._queue.append(event)
        self._news.set()

    def _forget_state(self, device: str) -> None:
        for place, queued in enumerate(self._queue):
            if isinstance(queued, DeviceChanged) and queued.device == device:
                del self._queue[place]
                return

    async def _keep(self, device: Device) -> Never:
        while True:
            try:
                await device.run(self.emit)
            except Exception as fault:
                # A fault in one driver must not end the kiosk. Its text may hold what was
                # read, so only its kind and place are logged.
                log.error("%s failed: %s", device.name, _place(fault))
                self.emit(DeviceChanged(device.name, DeviceState.LOST))
            await asyncio.sleep(LAST_RETRY_S)


def _place(fault: Exception) -> str:
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return f"{type(fault).__name__} at {where}"
