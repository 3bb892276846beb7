"""A document reader on a serial line: one long task that opens it, listens, starts again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import Never

from devices.errors import PortAbsent, PortBusy, PortForbidden, PortUnavailable
from devices.events import DeviceChanged
from devices.health import DeviceFlag, DeviceState, retry_after
from devices.port import AsyncPort, LineSettings
from devices.readers.framing import Code
from devices.readers.listening import USUAL, Emit, Listener, Patience

log = logging.getLogger(__name__)

_FLAGS: dict[type[PortUnavailable], DeviceFlag] = {
    PortBusy: DeviceFlag.BUSY,
    PortForbidden: DeviceFlag.FORBIDDEN,
}


class SerialReader:
    """Emits DocumentRead, CodeRead, ReadRejected, and DeviceChanged when its state changes.

    `today` is asked at each document, for centuries and expiry.
    """

    def __init__(
        self,
        line: LineSettings,
        codes: Sequence[Code],
        today: Callable[[], date],
        patience: Patience = USUAL,
        name: str = "reader",
    ) -> None:
        self.name = name
        self._line = line
        self._codes = tuple(codes)
        self._today = today
        self._patience = patience
        self._shown: DeviceChanged | None = None

    async def run(self, emit: Emit) -> Never:
        """Listens until it is cancelled; an unplugged reader is waited for."""
        failures = 0
        while True:
            if failures == 0:
                self._show(emit, DeviceState.OPENING)
            lost = asyncio.Event()
            listener = Listener(self._codes, self._today, self._patience, self.name, emit)
            try:
                port = AsyncPort.open(self._line, listener.heard, lost.set)
            except PortUnavailable as fault:
                if failures == 0:
                    log.warning("%s: %s", self.name, fault)
                failures += 1
                self._show_unavailable(emit, fault)
                # A reader plugged in is to be ready at once; a line that others hold can wait.
                absent = isinstance(fault, PortAbsent)
                await asyncio.sleep(self._patience.look if absent else retry_after(failures))
                continue
            try:
                failures = 0
                self._show(emit, DeviceState.READY)
                await lost.wait()
                listener.interrupted()
                self._show(emit, DeviceState.LOST)
                log.warning("%s: %s is gone", self.name, self._line.path)
            finally:
                port.abort()
                listener.stop()
            await asyncio.sleep(self._patience.look)

    def _show_unavailable(self, emit: Emit, fault: PortUnavailable) -> None:
        if isinstance(fault, PortAbsent):
            self._show(emit, DeviceState.ABSENT)
        else:
            flag = _FLAGS.get(type(fault))
            self._show(emit, DeviceState.BLOCKED, frozenset({flag} if flag else ()))

    def _show(
        self, emit: Emit, state: DeviceState, flags: frozenset[DeviceFlag] = frozenset()
    ) -> None:
        change = DeviceChanged(self.name, state, flags)
        if change != self._shown:
            self._shown = change
            emit(change)
