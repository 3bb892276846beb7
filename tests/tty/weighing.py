"""The scale of a gate under test, on a loop of its own, so that a test may put bags on it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from devices.sim.scale import SimulatedScale
from tests.tty.gate import Gate


class Scale:
    """Stands beside a gate's other devices, and in its configuration, before the kiosk runs."""

    def __init__(self, gate: Gate) -> None:
        with gate.config.open("a") as config:
            config.write('[scale]\ndriver = "serial"\nport = "scale.line"\n')
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._scale = SimulatedScale(gate.folder, every=0.05)
        self._do(self._scale.start)

    def _do(self, act: Callable[[], None]) -> None:
        async def acting() -> None:
            act()

        asyncio.run_coroutine_threadsafe(acting(), self._loop).result(30)

    def put(self, grams: int) -> None:
        """So much lies on it now, instead of what lay there."""
        self._do(lambda: self._scale.put(grams))

    def plug(self) -> None:
        self._do(self._scale.plug)

    def unplug(self) -> None:
        self._do(self._scale.unplug)

    def close(self) -> None:
        self._do(self._scale.stop)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=20)
        self._loop.close()
