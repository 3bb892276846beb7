"""Whether a line stood still while a paper was handed over, for no reason that was told.

On a serial line with flow control the rest of a paper waits while the printer is switched off,
and goes on into one that has forgotten the beginning. No question goes out meanwhile, so only
the standstill itself tells. One of a printer that said why, and that it goes on, is none.
"""

from __future__ import annotations

from dataclasses import dataclass

# A printer that prints pauses its line for a row or a picture; off and on takes longer.
STANDSTILL_S = 1.0


@dataclass(slots=True)
class Standstill:
    """Of one handing over, looked at again and again while the line has no room."""

    unexplained: bool = False
    went_on_stopped: bool = False
    """It moved again before the printer said that it can go on; that may be on its way."""
    _place: tuple[int, int] = (-1, -1)
    _since: float = 0.0
    _told: bool = False

    def look(self, place: tuple[int, int], now: float, stopped: bool) -> None:
        """`place`: bytes taken so far and bytes that the kernel still holds. `stopped`: whether
        the printer says that it cannot print."""
        if place != self._place:
            self._moved(now, stopped)
            self._place, self._since, self._told = place, now, False
        self._told |= stopped

    def end(self, now: float, stopped: bool) -> None:
        """All was taken, so it moved once more."""
        self._moved(now, stopped)

    def _moved(self, now: float, stopped: bool) -> None:
        if self._place == (-1, -1) or now - self._since < STANDSTILL_S:
            return
        if not self._told:
            self.unexplained = True
        elif stopped:
            self.went_on_stopped = True
