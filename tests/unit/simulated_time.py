"""A loop whose clock runs only while everybody waits: seconds of a printer in no time."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")

# What was sent to an own socket may need so long to be seen at its other end.
_ON_ITS_WAY_S = 0.001


class _Selector(selectors.DefaultSelector):
    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        ready = super().select(None if timeout is None else _ON_ITS_WAY_S)
        if not ready and timeout is not None:
            self.now += timeout
        return ready


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._clock = _Selector()
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now


def in_simulated_time(test: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Runs `test`, whose `loop.time()` is that of the simulation."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(test())


def now() -> float:
    return asyncio.get_running_loop().time()
