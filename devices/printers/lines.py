"""By what a printer is reached: a line is opened as often as it was lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from devices.port import AsyncPort, LineSettings

# Start bit, eight data bits, stop bit.
BITS_A_BYTE = 10


class Line(Protocol):
    outlives_power: bool
    """Whether the line stays as it is when the printer is switched off and on."""

    async def open(
        self, on_data: Callable[[bytes], None], on_lost: Callable[[], None]
    ) -> AsyncPort:
        """An open port, within some seconds. Raises PortUnavailable."""
        ...

    def seconds_for(self, count: int) -> float:
        """How long `count` bytes are on the wire, at most."""
        ...


class SerialLine:
    outlives_power = True

    def __init__(self, settings: LineSettings) -> None:
        self._settings = settings

    async def open(
        self, on_data: Callable[[bytes], None], on_lost: Callable[[], None]
    ) -> AsyncPort:
        return AsyncPort.open(self._settings, on_data, on_lost)

    def seconds_for(self, count: int) -> float:
        return count * BITS_A_BYTE / self._settings.baud
