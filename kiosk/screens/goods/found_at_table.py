"""What was found in a line of a bag, as far as it is said at the table: kind, pieces, where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from kiosk.codes import FindClass, GoodsClass, HidingPlace, Unit
from kiosk.rules.bag import is_weighed
from kiosk.values.goods import BroughtLine, Seized

T = TypeVar("T")

# By digit, what is found most; the rest is told where the find is described in full.
KINDS = (
    FindClass.PHONE,
    FindClass.SIM,
    FindClass.ELECTRONICS,
    FindClass.DRUGS,
    FindClass.ALCOHOL,
    FindClass.MONEY,
    FindClass.BLADE,
    FindClass.CARDS,
    FindClass.DOCUMENT,
    FindClass.OTHER,
)
PLACES = (
    HidingPlace.OPEN,
    HidingPlace.TIN,
    HidingPlace.JAR,
    HidingPlace.BREAD,
    HidingPlace.FOOD,
    HidingPlace.PACKING,
    HidingPlace.CLOTHING,
    HidingPlace.SHOE,
    HidingPlace.BOOK,
    HidingPlace.OTHER,
)

_OF_CLASS = {
    GoodsClass.ELECTRONICS: FindClass.ELECTRONICS,
    GoodsClass.DRUGS: FindClass.DRUGS,
    GoodsClass.ALCOHOL: FindClass.ALCOHOL,
    GoodsClass.MONEY: FindClass.MONEY,
    GoodsClass.WEAPON: FindClass.WEAPON,
    GoodsClass.DOCUMENT: FindClass.DOCUMENT,
    GoodsClass.PRINTED: FindClass.DOCUMENT,
    GoodsClass.MEDICINE: FindClass.MEDICINE,
}


def by_digit(choices: Sequence[T], character: str) -> T | None:
    """1 to 9 are the first nine, 0 is the last."""
    if len(character) != 1 or character not in "0123456789":
        return None
    return choices[int(character) - 1]


def itself(line: BroughtLine) -> Seized:
    """The thing itself is what was found, and it was not hidden."""
    entry = line.entry
    kind = FindClass.OTHER if entry is None else _OF_CLASS.get(entry.goods_class)
    if entry is None or is_weighed(line):
        return Seized(
            kind or FindClass.OTHER, max(1, line.pieces), Unit.PIECE, HidingPlace.OPEN
        )
    return Seized(kind or FindClass.OTHER, line.pieces, entry.unit, HidingPlace.OPEN)
