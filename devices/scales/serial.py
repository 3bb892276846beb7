"""A scale on a serial line: one long task that opens it, asks and listens, starts again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Never

from devices.condition import Condition
from devices.errors import PortAbsent, PortLost, PortStuck, PortUnavailable
from devices.events import DeviceChanged, WeightRead
from devices.health import FIRST_RETRY_S, DeviceFlag, DeviceState, retry_after
from devices.port import AsyncPort, LineSettings
from devices.scales.profiles import GENERIC, Profile, framer
from devices.scales.settling import Settling

log = logging.getLogger(__name__)

Emit = Callable[[WeightRead | DeviceChanged], None]

# The slowest scales show something new twice a second.
SILENCE_S = 3.0
# One that is asked may let a question pass.
SILENT_QUESTIONS = 3
# A question has ten bytes; a scale that holds them a second takes none.
WRITE_S = 1.0


class SerialScale:
    """Emits WeightRead, and DeviceChanged when its state changes.

    `silence`: seconds without a message that is understood, after which the scale is told to
    be silent, or its messages to be of another make. `look`: seconds between looks for a
    scale that is unplugged.
    """

    def __init__(
        self,
        line: LineSettings,
        profile: Profile = GENERIC,
        name: str = "scale",
        silence: float = SILENCE_S,
        look: float = FIRST_RETRY_S,
    ) -> None:
        self.name = name
        self._line = line
        self._profile = profile
        self._silence = max(silence, SILENT_QUESTIONS * profile.request_s)
        self._look = look

    async def run(self, emit: Emit) -> Never:
        """Listens until it is cancelled; an unplugged scale is waited for."""
        condition = Condition(self.name, emit)
        failures = 0
        while True:
            if not failures:
                condition.tell(DeviceState.OPENING)
            try:
                listening = _Listening(self._profile, self.name, self._silence, emit, condition)
                await listening.attend(self._line)
            except PortUnavailable as fault:
                if failures == 0:
                    log.warning("%s: %s", self.name, fault)
                failures += 1
                condition.tell_unavailable(fault)
                absent = isinstance(fault, PortAbsent)
                pause = self._look if absent else retry_after(failures)
            except PortLost:
                failures = 0
                condition.tell(DeviceState.LOST)
                log.warning("%s: %s is gone", self.name, self._line.path)
                pause = self._look
            except PortStuck:
                if condition.tell(DeviceState.STUCK):
                    log.warning("%s: %s takes no question", self.name, self._line.path)
                failures += 1
                pause = retry_after(failures)
            await asyncio.sleep(pause)


class _Listening:
    """One opening of the line."""

    def __init__(
        self, profile: Profile, source: str, silence: float, emit: Emit, condition: Condition
    ) -> None:
        self._profile = profile
        self._source = source
        self._silence = silence
        self._emit = emit
        self._condition = condition
        self._framer = framer(profile)
        self._settling = Settling()
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._lost = False
        self._greeted = False
        """Whether the greeting has been answered and the request is to follow."""
        self._silent_at = self._loop.time() + silence
        self._noise = False
        """Whether since the last message that was understood others came."""

    async def attend(self, line: LineSettings) -> Never:
        """Opens the line, asks and listens until it fails. Raises PortUnavailable, PortLost or
        PortStuck."""
        port = AsyncPort.open(line, self._came, self._gone)
        try:
            self._condition.tell(DeviceState.UNKNOWN)
            await self._talk(port)
        finally:
            port.abort()

    async def _talk(self, port: AsyncPort) -> Never:
        profile = self._profile
        ask_at = self._loop.time() if profile.request else None
        while True:
            if self._lost:
                raise PortLost("the line is gone")
            now = self._loop.time()
            if self._greeted:
                self._greeted = False
                await port.write(profile.request, WRITE_S)
                continue
            if ask_at is not None and now >= ask_at:
                ask_at = now + profile.request_s
                await port.write(profile.greeting or profile.request, WRITE_S)
                continue
            if now >= self._silent_at:
                self._silent_at = now + self._silence
                self._fell_silent()
            due = self._silent_at if ask_at is None else min(ask_at, self._silent_at)
            self._news.clear()
            try:
                async with asyncio.timeout_at(due):
                    await self._news.wait()
            except TimeoutError:
                continue

    def _gone(self) -> None:
        self._lost = True
        self._news.set()

    def _came(self, data: bytes) -> None:
        if self._profile.greeted and self._profile.greeted in data:
            self._greeted = True
            self._news.set()
        now = self._loop.time()
        for shown in self._framer.feed(data):
            if shown is None:
                self._noise = True
                continue
            self._silent_at, self._noise = now + self._silence, False
            self._condition.tell(DeviceState.READY)
            news = self._settling.shown(shown, now)
            if news is not None:
                self._emit(
                    WeightRead(
                        news.grams,
                        news.stable is True,
                        now,
                        self._source,
                        news.tared,
                        news.load,
                    )
                )

    def _fell_silent(self) -> None:
        """What it showed last nobody may believe any more."""
        self._settling = Settling()
        if self._noise:
            told = self._condition.tell(DeviceState.BLOCKED, DeviceFlag.UNREADABLE)
        else:
            told = self._condition.tell(DeviceState.STUCK)
        self._noise = False
        if told:
            log.warning("%s: nothing that is understood", self._source)
