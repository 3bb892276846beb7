"""A reader that plays keyboard: grabbed where the kernel lets us, else heard by its typing.

Grabbed, its keys reach nobody else, and no layout touches them. Otherwise they arrive among
the officer's keys at the terminal; whoever sorts those hands over what the reader typed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import date
from typing import Never

from devices.condition import Condition
from devices.errors import PortAbsent
from devices.health import DeviceFlag, DeviceState, retry_after
from devices.port import AsyncPort, unavailable
from devices.readers import evdev
from devices.readers.framing import Code
from devices.readers.listening import USUAL, Emit, Listener, Patience

log = logging.getLogger(__name__)

TYPED_QUIET_S = 0.2
"""So long a silence ends what was typed into the terminal: networks deliver in jerks."""


class WedgeReader:
    """Emits DocumentRead, CodeRead, ReadRejected, and DeviceChanged when its state changes.

    `path` is the keyboard device; "" when there is none to grab, as over SSH, where nobody
    can know whether a reader is plugged in. `grab` opens and grabs the device, as
    `evdev.grab` does.
    """

    def __init__(
        self,
        path: str,
        codes: Sequence[Code],
        today: Callable[[], date],
        patience: Patience = USUAL,
        grab: Callable[[str], int] = evdev.grab,
        name: str = "reader",
    ) -> None:
        self.name = name
        self._path = path
        self._codes = tuple(codes)
        self._today = today
        self._patience = patience
        self._grab = grab
        self._typing: Listener | None = None
        self.grabbed = False
        """Whether its keys come from the device, so that none can come from the terminal."""

    def typed(self, text: str) -> None:
        """What it typed into the terminal, as on a US keyboard; nothing before `run`.

        With "" it may still be typing, so that the silence begins anew.
        """
        if self._typing is not None:
            self._typing.heard(_bytes(text))

    async def run(self, emit: Emit) -> Never:
        """Listens until it is cancelled; an unplugged reader is waited for."""
        self._typing = self._listener(emit, TYPED_QUIET_S)
        condition = Condition(self.name, emit)
        try:
            if not self._path:
                condition.tell(DeviceState.UNKNOWN, DeviceFlag.TYPES)
                await asyncio.Event().wait()
            await self._keep_grabbed(emit, condition)
        finally:
            self._typing.stop()
            self._typing = None

    async def _keep_grabbed(self, emit: Emit, condition: Condition) -> Never:
        failures = 0
        while True:
            if failures == 0:
                condition.tell(DeviceState.OPENING)
            try:
                descriptor = self._grab(self._path)
            except OSError as error:
                fault = unavailable(self._path, error)
                if failures == 0:
                    log.warning("%s: %s", self.name, fault)
                failures += 1
                condition.tell_unavailable(fault)
                # A reader plugged in is to be ready at once; one that others hold can wait.
                absent = isinstance(fault, PortAbsent)
                await asyncio.sleep(self._patience.look if absent else retry_after(failures))
                continue
            failures = 0
            await self._listen(descriptor, emit, condition)
            log.warning("%s: %s is gone", self.name, self._path)
            await asyncio.sleep(self._patience.look)

    async def _listen(self, descriptor: int, emit: Emit, condition: Condition) -> None:
        """Until the reader is unplugged; closing the descriptor ends the grab."""
        lost = asyncio.Event()
        keys = evdev.KeyEvents()
        listener = self._listener(emit, self._patience.gap)
        port = AsyncPort(
            descriptor, lambda data: listener.heard(_bytes(keys.feed(data))), lost.set
        )
        self.grabbed = True
        try:
            condition.tell(DeviceState.READY)
            await lost.wait()
            listener.interrupted()
            condition.tell(DeviceState.LOST)
        finally:
            self.grabbed = False
            port.abort()
            listener.stop()

    def _listener(self, emit: Emit, gap: float) -> Listener:
        patience = Patience(gap=gap, dedupe=self._patience.dedupe)
        return Listener(self._codes, self._today, patience, self.name, emit)


def _bytes(text: str) -> bytes:
    """As a line would bring it; what is not ASCII is no letter of a document, so misread."""
    return text.encode("ascii", "replace")
