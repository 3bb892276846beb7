"""What the demo's families bring: a few things each time, now and then one that goes back."""

from __future__ import annotations

import random
from collections.abc import Mapping

from kiosk.codes import FindClass, HidingPlace, Service, Unit, Verdict
from kiosk.values.goods import BroughtLine, CatalogueEntry, Seized

# How many of a thing somebody brings, from and to, and what one of them weighs (grams).
_COUNTED = {
    "te": (1, 4, 110), "co": (1, 2, 100), "sw": (1, 5, 250), "bi": (1, 4, 300),
    "ch": (1, 5, 90), "noo": (3, 12, 70), "sc": (2, 10, 10), "cm": (1, 4, 380),
    "tm": (2, 10, 340), "ja": (1, 2, 550), "fl": (2, 5, 350), "br": (1, 4, 450),
    "ci": (4, 10, 25), "mt": (2, 10, 10), "so": (1, 4, 100), "tp": (1, 2, 130),
    "th": (1, 2, 20), "tl": (2, 8, 90), "rz": (2, 5, 15), "sm": (1, 2, 400),
    "sk": (2, 6, 60), "ts": (1, 3, 180), "uw": (1, 4, 120), "tw": (1, 2, 300),
    "nb": (1, 5, 90), "pen": (1, 4, 10), "bk": (1, 3, 350), "env": (2, 10, 5),
}  # fmt: skip
# What is weighed: from and to, in hundreds of grams.
_WEIGHED = {
    "su": (5, 20), "sa": (2, 5), "rai": (3, 10), "nut": (3, 10), "ku": (2, 10), "kz": (5, 15),
    "ss": (5, 12), "cs": (3, 8), "ap": (10, 40), "or": (10, 20), "to": (10, 20), "on": (5, 20),
    "ga": (1, 4),
}  # fmt: skip
_LIGHT = ("te", "ch", "so", "tp", "th", "rz", "sk", "nb", "pen", "env")
_FORBIDDEN = ("flr", "hp", "pf", "bt")
_HOME_MADE = 900
_MEDICINE, _OF_MEDICINE = ("me", "vi", "dp"), 40  # grams of one
_JAR = 620
# Of a thing found: what, how many, where it was hidden, and in which thing of the bag.
_FOUND = (
    (FindClass.SIM, 2, HidingPlace.JAR, "ho"),
    (FindClass.PHONE, 1, HidingPlace.BREAD, "br"),
    (FindClass.CARDS, 1, HidingPlace.TIN, "tm"),
    (FindClass.MONEY, 3, HidingPlace.BOOK, "bk"),
)

Bag = tuple[tuple[BroughtLine, ...], int]
"""The lines of a bag, and what all of it weighs (grams)."""


def bag(
    number: int, service: Service, chance: random.Random, things: Mapping[str, CatalogueEntry]
) -> Bag:
    """The bag of that number; `things` are those of the catalogue, by their codes."""
    packing = chance.randint(4, 20) * 10
    if service is Service.MEDICAL_PACKAGE:
        lines = [
            _counted(things, code, chance.randint(1, 3), _OF_MEDICINE) for code in _MEDICINE
        ]
    elif number % 97 == 50:
        lines = [_counted(things, "hf", 2, _HOME_MADE, left_out=2 * _HOME_MADE)]
    else:
        lines = _besides(number, things)
        special = {line.entry for line, _ in lines}
        usual = _usual(service, chance, things)
        lines = [one for one in usual if one[0].entry not in special] + lines
    return tuple(line for line, _ in lines), packing + sum(grams for _, grams in lines)


_Weighed = tuple[BroughtLine, int]


def _usual(
    service: Service, chance: random.Random, things: Mapping[str, CatalogueEntry]
) -> list[_Weighed]:
    if service is Service.SMALL_PARCEL:
        codes = chance.sample(_LIGHT, 3)
    else:
        codes = chance.sample((*_COUNTED, *_WEIGHED), chance.randint(2, 5))
    return [_some(things, code, chance) for code in codes]


def _some(things: Mapping[str, CatalogueEntry], code: str, chance: random.Random) -> _Weighed:
    if code in _WEIGHED:
        least, most = _WEIGHED[code]
        grams = chance.randint(least, most) * 100
        return BroughtLine(things[code], grams=grams), grams
    least, most, each = _COUNTED[code]
    return _counted(things, code, chance.randint(least, most), each)


def _counted(
    things: Mapping[str, CatalogueEntry],
    code: str,
    pieces: int,
    each: int,
    left_out: int | None = None,
) -> _Weighed:
    """So many of a thing; what is not accepted of it was weighed: all of it, or `left_out`."""
    weight = pieces * each
    line = BroughtLine(
        things[code], pieces=pieces, left_out_grams=weight if left_out is None else left_out
    )
    return line, weight


def _besides(number: int, things: Mapping[str, CatalogueEntry]) -> list[_Weighed]:
    """What does not go to the prisoner as the rest does: medicine, too much, a find."""
    found = []
    if number % 19 == 6:
        found.append(_counted(things, "me", 2, _OF_MEDICINE))
    if number % 23 == 4:
        # Ten packs are allowed: what goes back is what is over.
        found.append(_counted(things, "ci", 14, 25, left_out=4 * 25))
    if number % 31 == 9:
        code = _FORBIDDEN[number // 31 % len(_FORBIDDEN)]
        entry = things[code]
        if entry.unit is Unit.KILOGRAM:
            found.append((BroughtLine(entry, grams=2000), 2000))
        else:
            found.append(_counted(things, code, 1, 400))
    if number % 61 == 17:
        kind, pieces, hidden_in, code = _FOUND[number // 61 % len(_FOUND)]
        seized = Seized(kind, pieces, Unit.PIECE, hidden_in)
        line = BroughtLine(
            things[code], pieces=1, verdict=Verdict.SEIZE, left_out_grams=_JAR, seized=seized
        )
        found.append((line, _JAR))
    return found
