"""A document reader on a serial line: one long task that opens it, listens, starts again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import Never

from devices.condition import Condition
from devices.errors import PortAbsent, PortLost, PortSilent, PortStuck, PortUnavailable
from devices.health import DeviceFlag, DeviceState, retry_after
from devices.port import AsyncPort, LineSettings
from devices.readers.framing import Code
from devices.readers.listening import USUAL, Emit, Listener, Patience
from devices.readers.orders import Orders, Pulse
from devices.readers.profiles import GENERIC, Profile

log = logging.getLogger(__name__)

Tap = Callable[[bool, bytes], None]
"""Gets all that goes over the line: whether we told it, and the bytes."""


class SerialReader:
    """Emits DocumentRead, CodeRead, ReadRejected, and DeviceChanged when its state changes.

    `today` is asked at each document, for centuries and expiry; `profile` says what the reader
    is told, and when.
    """

    def __init__(
        self,
        line: LineSettings,
        codes: Sequence[Code],
        today: Callable[[], date],
        patience: Patience = USUAL,
        name: str = "reader",
        profile: Profile = GENERIC,
        tap: Tap = lambda told, data: None,
    ) -> None:
        self.name = name
        self._line = line
        self._codes = tuple(codes)
        self._today = today
        self._patience = patience
        self._profile = profile
        self._tap = tap
        # How often in a row. What is stuck is told so until it shows that it is well.
        self._stuck = 0

    async def run(self, emit: Emit) -> Never:
        """Listens until it is cancelled; an unplugged reader is waited for."""
        condition = Condition(self.name, emit)
        failures = 0
        while True:
            if not (failures or self._stuck):
                condition.tell(DeviceState.OPENING)
            try:
                await self._attend(emit, condition)
            except PortUnavailable as fault:
                if failures == 0:
                    log.warning("%s: %s", self.name, fault)
                failures += 1
                self._stuck = 0
                condition.tell_unavailable(fault)
                # A reader plugged in is to be ready at once; a line that others hold can wait.
                absent = isinstance(fault, PortAbsent)
                pause = self._patience.look if absent else retry_after(failures)
            except PortLost:
                failures = self._stuck = 0
                condition.tell(DeviceState.LOST)
                log.warning("%s: %s is gone", self.name, self._line.path)
                pause = self._patience.look
            except (PortStuck, PortSilent):
                failures = 0
                if condition.tell(DeviceState.STUCK):
                    log.warning("%s: %s does not answer", self.name, self._line.path)
                self._stuck += 1
                pause = retry_after(self._stuck)
            await asyncio.sleep(pause)

    async def _attend(self, emit: Emit, condition: Condition) -> Never:
        """Opens the line, then listens and speaks until it fails, by one of those errors."""

        def felt(pulse: Pulse) -> None:
            self._show_pulse(condition, pulse)

        def told(order: bytes) -> None:
            self._tap(True, order)
            listener.ordered()

        def came(data: bytes) -> None:
            self._tap(False, data)
            orders.came(data)
            listener.heard(data)

        orders = Orders(self._profile, felt, told)
        listener = Listener(
            self._codes,
            self._today,
            self._patience,
            self.name,
            emit,
            self._profile,
            orders.heard,
        )
        port = AsyncPort.open(self._line, came, orders.lost)
        try:
            self._show_pulse(condition, orders.pulse)
            await orders.run(port)
        except PortLost:
            listener.interrupted()
            raise
        finally:
            listener.stop()
            await orders.part(port)

    def _show_pulse(self, condition: Condition, pulse: Pulse) -> None:
        match pulse:
            case Pulse.UNKNOWN:
                if not self._stuck:
                    condition.tell(DeviceState.UNKNOWN)
            case Pulse.ALIVE:
                self._stuck = 0
                condition.tell(DeviceState.READY)
            case Pulse.LATE:
                condition.tell(DeviceState.DEGRADED, DeviceFlag.MUTE)
