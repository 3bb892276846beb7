"""Which letters are taken for which digits, and what a filler is taken for.

Every reader and every engine of character recognition confuses the same few shapes. A check
digit is blind to some of the pairs (6 and G, 5 and Z are equal modulo 10), so only the kind of
character that a place holds can tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from types import MappingProxyType

# A text that may be a misreading of more than these is read again, not guessed.
_MOST_GUESSES = 16

# 8 for S and 5 for Z look less alike, but pass every check digit.
DIGITS_FOR = MappingProxyType(
    {
        "O": "0",
        "Q": "0",
        "D": "0",
        "I": "1",
        "L": "1",
        "Z": "25",
        "A": "4",
        "S": "58",
        "G": "6",
        "T": "7",
        "B": "8",
    }
)
# The likeliest first.
LETTERS_FOR = MappingProxyType(
    {
        "0": "ODQ",
        "1": "IL",
        "2": "Z",
        "4": "A",
        "5": "SZ",
        "6": "G",
        "7": "T",
        "8": "BS",
    }
)

# Runs of fillers come out as these (PassportEye's issue 57 is about nothing else).
FILLER_READ_AS = frozenset("KSCG")
# Among those, seen where the recognition is at its end.
FILLER_DEBRIS = FILLER_READ_AS | frozenset("LEX")


def of_digits(text: str) -> Iterator[str]:
    """Every text of which `text` may be a misreading, with digits in place of letters."""
    return _every([DIGITS_FOR.get(character, character) for character in text])


def of_kinds(text: str, kinds: str) -> Iterator[str]:
    """The same, with a letter where `kinds` has L, a digit where it has D."""
    options = []
    for character, kind in zip(text, kinds, strict=True):
        if kind == "A" or character.isalpha() is (kind == "L"):
            options.append(character)
        else:
            options.append((LETTERS_FOR if kind == "L" else DIGITS_FOR).get(character, ""))
    return _every(options)


def _every(options: Sequence[str]) -> Iterator[str]:
    if prod(map(len, options)) > _MOST_GUESSES:
        return iter(())
    return map("".join, product(*options))


def letters(text: str) -> str:
    """`text` with every digit read as the letter it looks like most."""
    return "".join(LETTERS_FOR.get(character, character)[0] for character in text)
