"""Which letters are taken for which digits, and what a filler is taken for.

Every reader and every engine of character recognition confuses the same few shapes. A check
digit is blind to some of the pairs (6 and G, 5 and Z are equal modulo 10), so only the kind of
character that a place holds can tell them apart.
"""

from __future__ import annotations

from types import MappingProxyType

DIGIT_FOR = MappingProxyType(
    {
        "O": "0",
        "Q": "0",
        "D": "0",
        "I": "1",
        "L": "1",
        "Z": "2",
        "A": "4",
        "S": "5",
        "G": "6",
        "T": "7",
        "B": "8",
    }
)
LETTERS_FOR = MappingProxyType(
    {
        "0": "ODQ",
        "1": "IL",
        "2": "Z",
        "4": "A",
        "5": "S",
        "6": "G",
        "7": "T",
        "8": "B",
    }
)

# Runs of fillers come out as these (PassportEye's issue 57 is about nothing else).
FILLER_READ_AS = frozenset("KSCG")
# Among those, seen where the recognition is at its end.
FILLER_DEBRIS = FILLER_READ_AS | frozenset("LEX")

# Second letters of a document code that nobody uses, by its first: fillers, mostly.
NO_SECOND_LETTERS = MappingProxyType({"P": "KGC", "I": "KG", "A": "KG", "C": "KG", "V": "KG"})


def digits(text: str) -> str:
    """`text` with every letter that looks like a digit read as that digit."""
    return "".join(DIGIT_FOR.get(character, character) for character in text)


def letters(text: str) -> str:
    """`text` with every digit read as the letter it looks like most."""
    return "".join(LETTERS_FOR.get(character, character)[0] for character in text)
