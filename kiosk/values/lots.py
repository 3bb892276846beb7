"""The lots of a day, drawn again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LotsOfDay:
    """How many lots were drawn on a day and on how many bags one fell, of a hundred `percent`.

    `wrong` are the numbers of those that the seed of the day does not give.
    """

    day: date
    percent: int
    lots: int
    fell: int
    wrong: tuple[int, ...] = ()
