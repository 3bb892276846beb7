"""Weights and amounts as a language writes them: where English puts a point before the
decimals, Kyrgyz and Russian put a comma.

The mark is a word of the catalogues like any other; `say` translates it, and is the language
of the screen where none is given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.text import N_, _

Say = Callable[[str], str]


def point(say: Say = _) -> str:
    """What stands before the decimals."""
    return say(N_("."))


def decimals(number: int, places: int, say: Say = _) -> str:
    """`number` of the last of `places` decimals: 2500 and 3 give 2.500."""
    whole, part = divmod(abs(number), 10**places)
    return f"{'-' if number < 0 else ''}{whole}{point(say)}{part:0{places}d}"


def kilograms(grams: int, say: Say = _) -> str:
    """2.000, without the unit; a weight below nothing has its sign."""
    return decimals(grams, 3, say)


def short_kilograms(grams: int) -> str:
    """2 or 2.5: as few digits as say it, in the language of the screen."""
    return kilograms(grams).rstrip("0").rstrip(".,")


def som(tyiyn: int, say: Say = _) -> str:
    """1 200, without the unit; with the tyiyns only where there are some."""
    whole, rest = divmod(tyiyn, 100)
    return f"{whole:,}".replace(",", " ") + (f"{point(say)}{rest:02d}" if rest else "")


@dataclass(frozen=True, slots=True)
class Kilograms:
    """A weight in the place of a sentence that somebody else fills: it is written in the
    language in which the sentence is shown."""

    grams: int

    def __str__(self) -> str:
        return kilograms(self.grams)
