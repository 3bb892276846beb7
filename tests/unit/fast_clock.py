"""An event loop that does not wait: when nothing is to be done before the next timer, its
clock stands at that timer at once. For what happens within this process only."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Impatient(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self.skipped = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            return super().select(None)
        ready = super().select(0)
        if not ready:
            self.skipped += timeout
        return ready


class FastLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._impatient = _Impatient()
        super().__init__(self._impatient)

    def time(self) -> float:
        return self._impatient.skipped


def run(main: Coroutine[Any, Any, T]) -> T:
    """`main`, with every wait skipped; `loop.time()` says how long it would have taken."""
    with asyncio.Runner(loop_factory=FastLoop) as runner:
        return runner.run(main)
