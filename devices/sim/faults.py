"""What goes wrong between a document and the kiosk, as bytes. Pure; `chance` decides where."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from random import Random

from devices.sim.framings import Framing, framed

# Characters that a reader's eye takes for one another.
_ALIKE = dict(zip("0OD1I2Z5S6G8BK<", "O0OI1Z2S5G6B8<K", strict=True))


class Fault(StrEnum):
    TWICE = "twice"
    """The whole is sent again at once."""
    MISREAD = "misread"
    """One to three characters are read as others."""
    UNREAD = "unread"
    """Characters are marked as not made out."""
    LOST = "lost"
    """One to three bytes do not arrive."""
    PARTIAL = "partial"
    """It stops in the middle."""
    GARBAGE = "garbage"
    """Bytes that nobody sent stand in between."""
    FLIPPED = "flipped"
    """Bits turn over on the line."""


def damaged(
    lines: Sequence[str], fault: Fault, chance: Random, framing: Framing = Framing.CRLF
) -> bytes:
    """`lines` as they arrive when this went wrong."""
    match fault:
        case Fault.MISREAD | Fault.UNREAD:
            return framed(_misread(lines, fault, chance), framing)
        case Fault.TWICE:
            return framed(lines, framing) * 2
    raw = bytearray(framed(lines, framing))
    match fault:
        case Fault.LOST:
            for _ in range(chance.randint(1, 3)):
                del raw[chance.randrange(len(raw))]
        case Fault.PARTIAL:
            del raw[chance.randrange(4, len(raw) - 8) :]
        case Fault.GARBAGE:
            at = chance.randrange(len(raw) + 1)
            raw[at:at] = chance.randbytes(chance.randint(1, 40))
        case Fault.FLIPPED:
            for _ in range(chance.randint(1, 3)):
                raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(raw)


def _misread(lines: Sequence[str], fault: Fault, chance: Random) -> list[str]:
    texts = [list(line) for line in lines]
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(texts)
        at = chance.randrange(len(text))
        if fault is Fault.UNREAD:
            text[at] = chance.choice("?*")
        else:
            text[at] = _ALIKE.get(text[at], chance.choice("0123456789<AIO"))
    return ["".join(text) for text in texts]
