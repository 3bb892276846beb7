"""The scale beside the till: what rests on it, and what was taken off it for a line."""

from __future__ import annotations

from devices.events import Load, WeightRead


class TableScale:
    """`grams` rest on it; None: nothing that could be taken over."""

    def __init__(self) -> None:
        self.grams: int | None = None
        self.load = Load.WITHIN
        self.unmoved = False
        """Whether it shows what it showed for the last bag, without a move since."""
        self._before: int | None = None

    def show(self, read: WeightRead | None, last: WeightRead | None) -> None:
        """What it says now, None without one; `last` is what it said of the bag before this.
        While it moves, nothing on it counts."""
        self.load = read.load if read is not None else Load.WITHIN
        rests = read is not None and read.stable and self.load is Load.WITHIN
        self.grams = read.grams if read is not None and rests else None
        self.unmoved = read is not None and read is last

    def begin_a_line(self) -> None:
        """What lies there now is what the next thing is taken off from."""
        if self.grams is not None:
            self._before = self.grams

    @property
    def taken_off(self) -> int:
        """Grams that lie there less than when the line began; 0 where nothing was taken off."""
        if self.grams is None or self._before is None:
            return 0
        return max(0, self._before - self.grams)
