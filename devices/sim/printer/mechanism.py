"""What moves the paper: takes lines and cuts one after another, each in its own time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from devices.sim.printer.head import Line, Work

DOTS_A_MM = 8
# The knife's way there and back.
CUT_S = 0.2


class Mechanism:
    """`done` gets each piece of work when it is on the paper; `stands_still` is asked before
    each. Without `mm_per_s` nothing takes time; with it there must be a running loop."""

    def __init__(
        self,
        mm_per_s: float | None,
        done: Callable[[Work], None],
        stands_still: Callable[[], bool],
        moved: Callable[[], None],
    ) -> None:
        self._mm_per_s = mm_per_s
        self._done = done
        self._stands_still = stands_still
        self._moved = moved
        self._work: deque[Work] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._free_at = 0.0

    @property
    def waiting(self) -> int:
        """Pieces of work that are not on the paper yet."""
        return len(self._work)

    def add(self, work: list[Work]) -> None:
        self._work += work

    def run(self) -> None:
        """Does what can be done now; for what takes time, `moved` is called when it is over."""
        while self._work and self._timer is None and not self._stands_still():
            seconds = self._seconds(self._work[0])
            if seconds:
                loop = asyncio.get_running_loop()
                self._free_at = max(loop.time(), self._free_at) + seconds
                self._timer = loop.call_at(self._free_at, self._over)
            else:
                self._done(self._work.popleft())

    def clear(self) -> None:
        """Forgets all that is not on the paper."""
        self._work.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _seconds(self, work: Work) -> float:
        if self._mm_per_s is None:
            return 0
        return work.dots / DOTS_A_MM / self._mm_per_s if isinstance(work, Line) else CUT_S

    def _over(self) -> None:
        self._timer = None
        self._done(self._work.popleft())
        self._moved()
