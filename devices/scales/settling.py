"""When a weight has come to rest, and may be told. Pure; the caller brings the time.

A line to a scale seldom has a check, so one message proves nothing: at rest is what two in a
row say alike. A scale that does not say whether it moves must say the same for a second.
"""

from __future__ import annotations

from dataclasses import replace

from devices.scales.load import Load
from devices.scales.weights import Shown

# Longer than a hand takes to let go of a bag; scales that know call it rest after a half.
REST_S = 1.0


class Settling:
    """Of one scale since its line was opened, or since it fell silent."""

    def __init__(self) -> None:
        self._told: Shown | None = None
        self._before: Shown | None = None
        self._since = 0.0

    def shown(self, shown: Shown, now: float) -> Shown | None:
        """What is news, `stable` True or False: first that it moves, then that it rests.

        What differs from the weight told is told to move at once: nobody shall take over a
        weight that lies there no more. `now` in seconds.
        """
        if shown != self._before:
            self._before, self._since = shown, now
            proved = False
        else:
            proved = shown.stable is not None or now - self._since >= REST_S
        moves = shown.stable is False and shown.load is Load.WITHIN
        if moves or not proved:
            if self._told is not None and (self._is_moving or _resting(shown) == self._told):
                return None
            return self._tell(Shown(shown.grams, stable=False, tared=shown.tared))
        rest = _resting(shown)
        return None if rest == self._told else self._tell(rest)

    @property
    def _is_moving(self) -> bool:
        told = self._told
        return told is not None and not told.stable and told.load is Load.WITHIN

    def _tell(self, shown: Shown) -> Shown:
        self._told = shown
        return shown


def _resting(shown: Shown) -> Shown:
    """The same, of a scale that does not say whether it moves: it does not."""
    return replace(shown, stable=True) if shown.stable is None else shown
