"""One queue of what all devices say, and no device that can end the program."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Never

import pytest

from devices.events import CodeRead, DeviceChanged, Event
from devices.health import DeviceState
from devices.hub import Hub


class Speaker:
    """Says what it is given, then waits."""

    def __init__(self, name: str, *events: Event, fault: Exception | None = None) -> None:
        self.name = name
        self.events = events
        self.fault = fault
        self.cancelled = False

    async def run(self, emit: Callable[[Event], None]) -> Never:
        for event in self.events:
            emit(event)
        if self.fault is not None:
            raise self.fault
        try:
            while True:
                await asyncio.Event().wait()
        finally:
            self.cancelled = True


def code(number: int) -> CodeRead:
    return CodeRead(str(number), at=float(number), source="reader")


async def taken(hub: Hub, count: int) -> list[Event]:
    events = hub.events()
    return [await asyncio.wait_for(anext(events), 30) for _ in range(count)]


async def test_events_come_in_order() -> None:
    ready = DeviceChanged("reader", DeviceState.READY)
    hub = Hub([Speaker("reader", ready, code(1), code(2))])
    hub.start()
    assert await taken(hub, 3) == [ready, code(1), code(2)]
    await hub.stop()


async def test_a_flapping_device_leaves_only_its_last_state() -> None:
    hub = Hub([])
    printer = DeviceChanged("printer", DeviceState.READY)
    hub.emit(printer)
    for _ in range(1000):
        hub.emit(DeviceChanged("reader", DeviceState.LOST))
        hub.emit(DeviceChanged("reader", DeviceState.READY))
    assert await taken(hub, 2) == [printer, DeviceChanged("reader", DeviceState.READY)]


async def test_a_driver_that_fails_is_shown_as_lost_and_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = Speaker("printer", fault=ValueError("ASANOVA AIGUL"))
    hub = Hub([broken, Speaker("reader", code(1))])
    hub.start()
    events = await taken(hub, 2)
    assert DeviceChanged("printer", DeviceState.LOST) in events
    assert code(1) in events
    assert "ValueError at" in caplog.text
    assert "ASANOVA" not in caplog.text
    await hub.stop()


async def test_stop_waits_until_every_device_has_let_go() -> None:
    devices = [Speaker("reader", code(1)), Speaker("printer", code(2))]
    hub = Hub(devices)
    hub.start()
    await taken(hub, 2)
    await hub.stop()
    assert all(device.cancelled for device in devices)
