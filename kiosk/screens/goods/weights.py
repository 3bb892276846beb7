"""Weights and numbers at the table: how they are typed, and when one is too odd to be true."""

from __future__ import annotations

import re

from kiosk.errors import Refused
from kiosk.text import N_

HEAVIEST = 500_000  # grams: nobody carries more to the window; who types it means grams
MOST_PIECES = 999
# Ten times the usual: passed only by Enter a second time.
HEAVY_BAG = 100_000  # grams
HEAVY_THING = 20_000  # grams
_MANY_PIECES = 100

_KILOGRAMS = re.compile(r"(\d{0,9})(?:[.,](\d{0,3}))?", re.ASCII)
_SOM = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?", re.ASCII)


def typed_grams(text: str) -> int:
    """Grams of a weight typed in kilograms: 3, 2,5 or .12. Raises Refused."""
    _must_be_typed(text, N_("Type the weight in kilograms, then Enter."))
    found = _KILOGRAMS.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        raise Refused(
            N_("No weight: {typed}. Kilograms, at most three decimals: 2.5"), typed=text
        )
    grams = int(found[1] or 0) * 1000 + int((found[2] or "").ljust(3, "0"))
    if grams == 0:
        raise Refused(N_("A weight of nothing. Type kilograms, such as 2.5 or .12"))
    if grams > HEAVIEST:
        raise Refused(N_("More than 500 kg. Kilograms are typed here, not grams."))
    return grams


def typed_pieces(text: str) -> int:
    """How many, 1 to MOST_PIECES. Raises Refused."""
    _must_be_typed(text, N_("Type how many there are, then Enter."))
    typed = text.strip()
    if not (typed.isascii() and typed.isdecimal()):
        raise Refused(N_("No number: {typed}. How many are there?"), typed=text)
    pieces = int(typed)
    if not 1 <= pieces <= MOST_PIECES:
        raise Refused(N_("From 1 to 999 in one line. Type the rest as another line."))
    return pieces


def typed_tyiyn(text: str) -> int:
    """Tyiyn of an amount typed in som. Raises Refused."""
    _must_be_typed(text, N_("Type the amount in som, then Enter."))
    found = _SOM.fullmatch(text.strip())
    tyiyn = 0 if found is None else int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if tyiyn == 0:
        raise Refused(N_("No amount: {typed}. Som, such as 1500 or 1500.50"), typed=text)
    return tyiyn


def _must_be_typed(text: str, sentence: str) -> None:
    if not text.strip():
        raise Refused(sentence)


def is_odd_weight(grams: int, limit: int | None) -> bool:
    """Ten times the usual of one thing, or of what the catalogue lets pass of it."""
    return grams > max(HEAVY_THING, 10 * (limit or 0))


def are_odd_pieces(pieces: int, limit: int | None) -> bool:
    """As `is_odd_weight`, of what is counted."""
    return pieces > max(_MANY_PIECES, 10 * (limit or 0))
