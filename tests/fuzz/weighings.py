"""What scales send while bags come and go, and what becomes of it on a bad line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from devices.scales.frames import Framer
from devices.scales.profiles import framer, load
from devices.scales.settling import Settling
from devices.scales.weights import Shown
from devices.sim.scale_makes import Cas22, CasAsked, Indicator, Make, Pan, Sics, Toledo

_CHECKED = replace(load("toledo"), checked=True)

MAKES: dict[str, tuple[Make, Framer]] = {
    "indicator": (Indicator(), framer(load("generic"))),
    "cas 22": (Cas22(), framer(load("generic"))),
    "toledo": (Toledo(), framer(load("toledo"))),
    "toledo, checked": (Toledo(check=True), framer(_CHECKED)),
    "sics": (Sics(), framer(load("sics"))),
    "cas": (CasAsked(), framer(load("cas"))),
}
_QUESTIONS = {"sics": b"SI\r\n", "cas": b"\x11"}


def message(name: str, pan: Pan) -> bytes:
    """What a scale of this make sends of a pan."""
    make, _framer = MAKES[name]
    return make.asked(_QUESTIONS[name], pan) if name in _QUESTIONS else make.says(pan)


def fresh(name: str) -> Framer:
    return {
        "toledo": framer(load("toledo")),
        "toledo, checked": framer(_CHECKED),
        "cas": framer(load("cas")),
    }.get(name) or framer(load("generic"))


def bags(chance: Random) -> Iterator[Pan]:
    """A few bags, each of which swings and rests."""
    for _bag in range(chance.randint(2, 5)):
        grams = chance.choice((0, 350, 5400, 20_000, chance.randrange(60_000)))
        for _swing in range(chance.randint(0, 3)):
            yield Pan(chance.randrange(60_000), moves=True)
        for _look in range(chance.randint(2, 8)):
            yield Pan(grams, moves=False)


def damaged(data: bytes, chance: Random) -> bytes:
    """One byte of a hundred is lost, turned into another, or followed by a stranger."""
    came = bytearray()
    for byte in data:
        match chance.randrange(300):
            case 0:
                continue
            case 1:
                came.append(byte ^ 1 << chance.randrange(8))
            case 2:
                came += bytes((byte, chance.randrange(256)))
            case _:
                came.append(byte)
    return bytes(came)


def told(reading: Framer, pieces: Iterator[bytes]) -> list[Shown]:
    """What the program is told of pieces that come a tenth of a second apart."""
    settling = Settling()
    return [
        news
        for number, piece in enumerate(pieces)
        for shown in reading.feed(piece)
        if shown is not None and (news := settling.shown(shown, number / 10)) is not None
    ]


_NUMBERS = re.compile(r"([+-]?) *(\d+(?:[.,]\d*)?)")
_IN_GRAMS = (1, 1000, 1_000_000, Decimal("453.59237"), Decimal("28.349523125"))


def may_mean(line: bytes) -> set[int]:
    """Every weight that somebody could read in a line: each number in it in every unit."""
    text = line.decode("latin-1")
    return {
        round(Decimal(f"{sign}{number.replace(',', '.')}") * unit)
        for sign, number in _NUMBERS.findall(text)
        for unit in _IN_GRAMS
    }
