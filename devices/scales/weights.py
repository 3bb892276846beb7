"""What a scale shows at one moment, in grams whatever its unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from devices.scales.load import Load


@dataclass(frozen=True, slots=True)
class Shown:
    """One message of the scale. `grams` is 0 while the load is not within.

    `stable` None: its messages do not say whether it moves.
    """

    grams: int
    stable: bool | None
    tared: bool = False
    load: Load = Load.WITHIN


MOVING = Shown(0, stable=False)
"""It is at work and has no weight to tell, for instance while it takes a tare."""
OVERLOADED = Shown(0, stable=False, load=Load.OVER)
UNDERLOADED = Shown(0, stable=False, load=Load.UNDER)

GRAMS = {
    "g": Decimal(1),
    "kg": Decimal(1000),
    "t": Decimal(1_000_000),
    # The avoirdupois pound by international agreement of 1959, and a sixteenth of it.
    "lb": Decimal("453.59237"),
    "oz": Decimal("28.349523125"),
}
"""Grams in one of each unit that scales send, in small letters."""

# More than any scale at a gate bears; what is heavier was not weighed but misread.
HEAVIEST_GRAMS = 2_000_000


def grams(number: str, unit: str) -> int | None:
    """Whole grams of a number as the scale writes it, `-0012.5` or `12,50`, in `unit`.

    None when that is no number, no unit, or nothing a scale can weigh.
    """
    of_one = GRAMS.get(unit.lower())
    text = number.replace(" ", "").replace(",", ".")
    unsigned = text[1:] if text[:1] in ("+", "-") else text
    whole, _point, part = unsigned.partition(".")
    digits = whole + part
    if of_one is None or not digits.isascii() or not digits.isdecimal() or len(digits) > 10:
        return None
    exact = Decimal(text) * of_one
    weight = int(exact.to_integral_value(ROUND_HALF_EVEN))
    return weight if abs(weight) <= HEAVIEST_GRAMS else None
