"""How long an event loop is held: the longest of its turns between two waits."""

from __future__ import annotations

import asyncio
import selectors
import time
from dataclasses import dataclass


@dataclass
class Held:
    """The longest turn in seconds: of the processor, which a busy machine does not lengthen,
    and of the clock on the wall."""

    cpu: float = 0.0
    wall: float = 0.0
    turns: int = 0


class _Counting(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.held = Held()
        self._since: tuple[float, float] | None = None

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if self._since is not None:
            cpu, wall = self._since
            self.held.cpu = max(self.held.cpu, time.thread_time() - cpu)
            self.held.wall = max(self.held.wall, time.perf_counter() - wall)
            self.held.turns += 1
        ready = super().select(timeout)
        self._since = time.thread_time(), time.perf_counter()
        return ready


class CountingLoop(asyncio.SelectorEventLoop):
    """A loop that knows its longest turn."""

    def __init__(self) -> None:
        self._counting = _Counting()
        super().__init__(self._counting)

    def count(self) -> Held:
        """Counts anew; what is given fills itself from now on."""
        self._counting.held = Held()
        return self._counting.held


def running() -> CountingLoop:
    """The loop that runs this."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, CountingLoop)
    return loop
