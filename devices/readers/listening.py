"""What readers that send characters have in common: bytes heard → events for the program."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from devices.events import Event
from devices.health import FIRST_RETRY_S
from devices.readers.framing import BlockEnd, Code
from devices.readers.profiles import GENERIC, Profile
from devices.readers.readings import Heard, Readings, Repeated

Emit = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Patience:
    """`gap`: seconds without a byte that end a message. `dedupe`: seconds in which the same
    document or code read again is one; readers send twice, and hands swipe twice. `look`:
    seconds between looks for a reader that is unplugged."""

    gap: float = 0.08
    dedupe: float = 2.0
    look: float = FIRST_RETRY_S


USUAL = Patience()


class Listener:
    """What comes over one opening of a line, as events; `source` is the reader's name.

    `heed` is called with all that was heard, also with what is no event: the reader may want
    an answer.
    """

    def __init__(
        self,
        codes: Sequence[Code],
        today: Callable[[], date],
        patience: Patience,
        source: str,
        emit: Emit,
        profile: Profile = GENERIC,
        heed: Callable[[Heard], None] = lambda heard: None,
    ) -> None:
        self._readings = Readings(profile, codes, today, patience.dedupe, source)
        self._gap = patience.gap
        self._emit = emit
        self._heed = heed
        self._loop = asyncio.get_running_loop()
        self._quiet: asyncio.TimerHandle | None = None

    def heard(self, data: bytes) -> None:
        now = self._loop.time()
        self._tell(self._readings.heard(data, now))
        if self._quiet is not None:
            self._quiet.cancel()
        self._quiet = self._loop.call_at(now + self._gap, self._fell_quiet)

    def ordered(self) -> None:
        """The reader was told something and may reply."""
        self._readings.ordered(self._loop.time())

    def interrupted(self) -> None:
        """The line is gone: half a message is lost, and somebody should know."""
        self._tell(self._readings.interrupted())

    def stop(self) -> None:
        if self._quiet is not None:
            self._quiet.cancel()

    def _fell_quiet(self) -> None:
        self._quiet = None
        self._tell(self._readings.fell_quiet())

    def _tell(self, all_heard: list[Heard]) -> None:
        for heard in all_heard:
            if not isinstance(heard, Repeated | BlockEnd):
                self._emit(heard)
            self._heed(heard)
