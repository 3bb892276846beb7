"""Between the terminal and the screens, where a reader may type among an officer's keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

from textual import events

from kiosk.bursts import Bursts, Scan

# A timer that fires so late proves only that the kiosk was held up, and keys may wait unread.
_ON_TIME_S = 0.01


PassOn = Callable[[Sequence[events.Key]], None]
UnderWay = Callable[[], bool]
"""Whether keys were struck that have not come yet."""


class TypingReader(Protocol):
    """A reader whose keys may come through the terminal."""

    @property
    def grabbed(self) -> bool: ...

    def typed(self, text: str) -> None: ...


class TypedScans:
    """Takes the keys that the terminal brought, gives the officer's to `pass_on` and the
    reader's to `reader`, each at once or when a silence has shown whose they are.

    No silence is believed while the kiosk is held up or keys are still under way to it.
    """

    def __init__(
        self,
        bursts: Bursts[events.Key],
        reader: TypingReader,
        pass_on: PassOn,
        under_way: UnderWay,
    ) -> None:
        self._bursts = bursts
        self._reader = reader
        self._pass_on = pass_on
        self._under_way = under_way
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None

    def came(self, keys: Sequence[events.Key]) -> None:
        """Keys that were read in one go; their time is when that was."""
        if self._reader.grabbed:
            self._pass_on(keys)
            return
        self._sort(self._bursts.feed(keys, keys[0].time))

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _sort(self, sorted_out: Sequence[events.Key | Scan]) -> None:
        for one in sorted_out:
            if isinstance(one, Scan):
                self._reader.typed(one.text)
            else:
                self._pass_on([one])
        self._wait_until(self._bursts.deadline)

    def _wait_until(self, due: float | None) -> None:
        self.stop()
        self._timer = None if due is None else self._loop.call_at(due, self._due, due)

    def _due(self, due: float) -> None:
        now = self._loop.time()
        if now > due + _ON_TIME_S or self._under_way():
            # The reader waits for a silence too, a little longer.
            self._reader.typed("")
            self._wait_until(now + _ON_TIME_S)
        else:
            self._sort(self._bursts.lapse(max(now, due)))
