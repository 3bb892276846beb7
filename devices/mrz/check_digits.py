"""The check digit of ICAO Doc 9303 part 3, section 4.9: weights 7, 3, 1, modulo 10.

It cannot tell characters apart whose values are equal modulo 10, among them 6 and G, 8 and S,
5 and Z, 1 and L, and the filler and K. Whatever relies on it alone is blind there.
"""

from __future__ import annotations

from itertools import cycle

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"

_VALUES = {character: value for value, character in enumerate(ALPHABET[:-1])} | {"<": 0}


def check_digit(text: str) -> str:
    """The check digit of `text`, which holds nothing but A-Z, 0-9 and fillers."""
    total = 0
    for character, weight in zip(text, cycle((7, 3, 1)), strict=False):
        total += _VALUES[character] * weight
    return str(total % 10)


def agrees(text: str, digit: str) -> bool:
    """Whether `digit` is the check digit of `text`.

    A filler stands for 0 where there is nothing to check (part 4, note to position 43).
    """
    if digit == "<":
        return not text.strip("<")
    return digit == check_digit(text)
