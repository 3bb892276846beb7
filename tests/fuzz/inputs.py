"""Makes inputs that reach deep: right zones as readers send them, and then damaged.

An input is a byte that chooses the reader, a byte that chooses how it arrives, then what the
reader sends.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from devices.sim.framings import Framing, framed
from tests.fuzz.zones import LAYOUTS, Lines, holder

HEAD = 2

_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
# The letters of two keyboards, key by key.
US = "QWERTYUIOPASDFGHJKLZXCVBNM<"
RUSSIAN = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬБ"
_AROUND = (b"", b"", b"", b"MRZ:", b"\xef\xbb\xbf", b"]L0", b"PASSPORT, 12.03.1986\r\n", b"\0")


def made(chance: Random) -> bytes:
    """A swipe, right or damaged; now and then of two documents."""
    text = b"".join(_sent(chance) for _ in range(chance.choice((1, 1, 1, 1, 2))))
    for _ in range(chance.choice((0, 0, 1, 1, 2, 4))):
        text = damaged(text, chance)
    return chance.randbytes(HEAD) + text


def damaged(text: bytes, chance: Random) -> bytes:
    """`text` with one thing wrong."""
    return chance.choice(_DAMAGES)(bytearray(text or b"\r"), chance)


def _sent(chance: Random) -> bytes:
    lines = LAYOUTS[chance.choice(list(LAYOUTS))](holder(chance))
    if chance.random() < 0.4:
        lines = _tampered(lines, chance)
    raw = framed(lines, chance.choice(list(Framing)))
    return (
        chance.choice(_AROUND)
        + chance.choice(_ENCODINGS)(raw)
        + chance.choice(_AROUND[:3] + _AROUND[6:])
    )


def _tampered(lines: Lines, chance: Random) -> Lines:
    """One character is another, as after a misreading that marks nothing; or a line is trimmed
    or too long."""
    number = chance.randrange(len(lines))
    line = lines[number]
    at = chance.randrange(len(line))
    other = chance.choice(
        (
            line[:at] + chance.choice(_SIGNS) + line[at + 1 :],
            line[:at] + chance.choice(_SIGNS) + line[at:],
            line[:at] + line[at + 1 :],
            line.rstrip("<"),
            line + "<",
        )
    )
    return (*lines[:number], other, *lines[number + 1 :])


# ---- what the bytes may mean


def _even(raw: bytes) -> bytes:
    return bytes(byte & 0x7F | (byte & 0x7F).bit_count() % 2 << 7 for byte in raw)


def _odd(raw: bytes) -> bytes:
    return bytes(byte ^ 0x80 for byte in _even(raw))


def _typed(encoding: str) -> Callable[[bytes], bytes]:
    table = str.maketrans(US, RUSSIAN)
    return lambda raw: raw.decode("latin-1").translate(table).encode(encoding, "replace")


def _fillers(sign: bytes) -> Callable[[bytes], bytes]:
    return lambda raw: raw.replace(b"<", sign)


_ENCODINGS: tuple[Callable[[bytes], bytes], ...] = (
    *(bytes,) * 12,
    bytes.lower,
    _even,
    _odd,
    _typed("utf-8"),
    _typed("cp1251"),
    _typed("cp866"),
    lambda raw: raw.decode("latin-1").encode("utf-16"),
    _fillers("«".encode()),
    _fillers(b";"),
    _fillers(b" "),
)


# ---- what goes wrong on the way


def _flipped(text: bytearray, chance: Random) -> bytes:
    text[chance.randrange(len(text))] ^= 1 << chance.randrange(8)
    return bytes(text)


def _another(text: bytearray, chance: Random) -> bytes:
    text[chance.randrange(len(text))] = ord(chance.choice(_SIGNS))
    return bytes(text)


def _lost(text: bytearray, chance: Random) -> bytes:
    at = chance.randrange(len(text))
    del text[at : at + chance.choice((1, 1, 1, 2, 30))]
    return bytes(text)


def _noise(text: bytearray, chance: Random) -> bytes:
    at = chance.randrange(len(text) + 1)
    text[at:at] = chance.randbytes(chance.choice((1, 1, 3, 20)))
    return bytes(text)


def _letter_more(text: bytearray, chance: Random) -> bytes:
    text.insert(chance.randrange(len(text) + 1), ord(chance.choice(_SIGNS)))
    return bytes(text)


def _broken_off(text: bytearray, chance: Random) -> bytes:
    at = chance.randrange(len(text))
    return bytes(text[:at] if chance.random() < 0.5 else text[at:])


def _twice(text: bytearray, chance: Random) -> bytes:
    at = chance.randrange(len(text))
    return bytes(text + text[at:] if chance.random() < 0.5 else text * 2)


def _marked(text: bytearray, chance: Random) -> bytes:
    text[chance.randrange(len(text))] = ord(chance.choice("?*_ #"))
    return bytes(text)


_DAMAGES = (
    _flipped,
    _another,
    _lost,
    _noise,
    _letter_more,
    _broken_off,
    _twice,
    _marked,
)
