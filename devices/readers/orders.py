"""What is said to a reader over one opening of its line: orders, answers, signs of life.

    opened → init, arm, and the question whether it lives
    read   → a beep, and arm again where the profile says so
    block  → ACK or NAK, where the profile has them
    idle   → the question again; unanswered twice, the reader is taken for stuck

A reader that has never answered may not know the question, or answer otherwise than its
profile says: it is only listened to.

Every order is written in turn, with a deadline; what waits in line never holds the loop.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from enum import Enum, auto
from typing import Never

from devices.errors import PortLost, PortSilent, PortStuck
from devices.events import CodeRead, DocumentRead, ReadRejected
from devices.port import AsyncPort
from devices.readers.framing import BlockEnd
from devices.readers.profiles import Profile
from devices.readers.readings import REPLY_S, Heard

# Ten bytes take 10 ms at 9600 baud; a reader that holds them a second takes none.
WRITE_S = 1.0
# At the end, so long is waited for the last order to go out: 100 bytes at 9600 baud.
PARTING_S = 0.1


class Pulse(Enum):
    """Whether the reader answers the question of its profile; without one, takes its orders."""

    UNKNOWN = auto()
    """It has not, since the line was opened."""
    ALIVE = auto()
    LATE = auto()
    """It left one question unanswered."""


class Orders:
    """`on_pulse` hears each change of the pulse, `on_order` each order when it was written."""

    def __init__(
        self,
        profile: Profile,
        on_pulse: Callable[[Pulse], None],
        on_order: Callable[[bytes], None],
    ) -> None:
        self._profile = profile
        self._on_pulse = on_pulse
        self._on_order = on_order
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[bytes] = deque()
        self._news = asyncio.Event()
        says_something = profile.heartbeat or profile.init or profile.arm
        self._pulse = Pulse.UNKNOWN if says_something else Pulse.ALIVE
        self._lost = False
        self._ask_at = self._loop.time()
        self._asked_at: float | None = None
        self._reply = b""
        for order in (profile.init, profile.arm):
            self.give(order)

    @property
    def pulse(self) -> Pulse:
        return self._pulse

    def give(self, order: bytes) -> None:
        """Puts `order` in line; an empty one is none."""
        if order:
            self._waiting.append(order)
            self._news.set()

    def lost(self) -> None:
        """The line is gone; `run` ends."""
        self._lost = True
        self._news.set()

    def came(self, data: bytes) -> None:
        """Whatever the reader sent; looked through for its answer to the question."""
        self._ask_at = self._loop.time() + self._profile.heartbeat_s
        if self._asked_at is None:
            return
        # The answer may come in pieces, and behind a document that was on its way.
        sought = self._profile.heartbeat_reply
        self._reply += data
        if sought in self._reply:
            self._lives()
        else:
            self._reply = self._reply[-len(sought) :]

    def heard(self, heard: Heard) -> None:
        """What it amounted to, and what the reader is told of it."""
        profile = self._profile
        match heard:
            case BlockEnd(intact):
                if profile.blocks is not None:
                    self.give(profile.blocks.ack if intact else profile.blocks.nak)
                return
            case ReadRejected():
                self.give(profile.beep_bad)
            case DocumentRead() | CodeRead():
                if self._pulse is not Pulse.UNKNOWN:
                    self._lives()
                self.give(profile.beep_ok)
        if profile.arm_after_read:
            self.give(profile.arm)

    async def run(self, port: AsyncPort) -> Never:
        """Writes what is given, and asks when it is time.

        Raises PortLost, PortStuck or PortSilent.
        """
        while True:
            if self._lost:
                raise PortLost("the line is gone")
            order = self._waiting.popleft() if self._waiting else self._question()
            if order:
                await port.write(order, WRITE_S)
                self._on_order(order)
                if not self._profile.heartbeat:
                    self._feel(Pulse.ALIVE)
                continue
            self._news.clear()
            try:
                async with asyncio.timeout_at(self._due()):
                    await self._news.wait()
            except TimeoutError:
                continue

    async def part(self, port: AsyncPort) -> None:
        """The last word, when the kiosk stops; lets go of the line."""
        try:
            if self._profile.disarm and not port.closed:
                await port.write(self._profile.disarm, PARTING_S)
                await port.finish(PARTING_S)
        except (PortLost, PortStuck):
            pass
        finally:
            port.abort()

    # ---- signs of life

    def _due(self) -> float | None:
        """When the next question is to be put, or the last one counts as unanswered."""
        if not self._profile.heartbeat:
            return None
        return self._ask_at if self._asked_at is None else self._asked_at + REPLY_S

    def _question(self) -> bytes:
        """The question of the profile, when it is time to ask."""
        now = self._loop.time()
        due = self._due()
        if due is None or now < due:
            return b""
        if self._asked_at is not None:
            if self._pulse is Pulse.LATE:
                raise PortSilent(f"no answer to {self._profile.heartbeat!r}")
            if self._pulse is Pulse.UNKNOWN:
                self._asked_at = None
                self._ask_at = now + self._profile.heartbeat_s
                return b""
            self._feel(Pulse.LATE)
        self._asked_at = now
        self._reply = b""
        return self._profile.heartbeat

    def _lives(self) -> None:
        self._asked_at = None
        self._news.set()  # `run` waits for the end of this question
        self._feel(Pulse.ALIVE)

    def _feel(self, pulse: Pulse) -> None:
        if pulse is not self._pulse:
            self._pulse = pulse
            self._on_pulse(pulse)
