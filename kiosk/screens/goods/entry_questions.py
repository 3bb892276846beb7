"""The questions of the entry line at the till, and what a key did there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.codes import GoodsClass, ItemReason
from kiosk.values.goods import CatalogueEntry

SHOWN = 12
"""So many lines of a bag stand on the screen at once."""

# Why a thing goes back, by digit. What the catalogue or a limit says needs no digit.
REASONS = (
    ItemReason.TAKEN_BACK,
    ItemReason.SPOILED,
    ItemReason.PACKING,
    ItemReason.FORBIDDEN,
)


class Asks(StrEnum):
    """What the entry line asks for."""

    WHOLE_WEIGHT = "whole_weight"
    THING = "thing"
    QUANTITY = "quantity"
    PAPER_NUMBER = "paper_number"
    AMOUNT = "amount"
    WHY = "why"
    LEFT_OUT = "left_out"
    """The weight of that part of a line which is not accepted."""
    FOUND = "found"
    FOUND_PIECES = "found_pieces"
    HIDDEN = "hidden"


BEGUN = frozenset(Asks) - {Asks.WHOLE_WEIGHT, Asks.THING, Asks.LEFT_OUT}
"""Questions in the middle of a line. The others may stay open while the list goes on."""


def asked_of(entry: CatalogueEntry | None) -> Asks:
    """What is asked of a thing after its code."""
    if entry is not None and entry.goods_class is GoodsClass.DOCUMENT:
        return Asks.PAPER_NUMBER
    if entry is not None and entry.goods_class is GoodsClass.MONEY:
        return Asks.AMOUNT
    return Asks.QUANTITY


class Answer(StrEnum):
    """What a key did."""

    IGNORED = "ignored"
    TAKEN = "taken"
    CHANGED = "changed"
    """The bag is another one now: it is to be kept."""
    SIGN = "sign"
    """A second person is to sign for a line."""
    BACK = "back"
    """Esc with nothing left to undo."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence for the message row (msgid) with its values: something to look at."""

    sentence: str
    values: Mapping[str, object]
