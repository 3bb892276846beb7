"""A stream of bytes → whole commands, by their lengths in Epson's ESC/POS reference. Pure.

What the table does not know is dropped as a sloppy clone drops it: the control byte and the
one behind it vanish, and whatever follows is taken for text.
"""

from __future__ import annotations

import re
from collections.abc import Callable

ESC, FS, GS, DLE = 0x1B, 0x1C, 0x1D, 0x10

# Whole length in bytes of the commands whose length is always the same.
_FIXED = {
    ESC: {
        "@": 2, "2": 2, "L": 2, "S": 2, "i": 2, "m": 2, "v": 2,
        " ": 3, "!": 3, "%": 3, "-": 3, "3": 3, "=": 3, "?": 3, "E": 3, "G": 3, "J": 3, "K": 3,
        "M": 3, "R": 3, "T": 3, "U": 3, "V": 3, "a": 3, "d": 3, "e": 3, "r": 3, "t": 3, "u": 3,
        "{": 3, "$": 4, "\\": 4, "c": 4, "p": 5, "W": 10,
    },
    FS: {"&": 2, ".": 2, "!": 3, "-": 3, "C": 3, "W": 3, "S": 4, "p": 4},
    GS: {
        ":": 2, "!": 3, "/": 3, "B": 3, "E": 3, "H": 3, "I": 3, "a": 3, "b": 3, "f": 3, "h": 3,
        "j": 3, "r": 3, "w": 3, "$": 4, "L": 4, "P": 4, "W": 4, "\\": 4, "^": 5,
    },
}  # fmt: skip
_DLE = {0x04: 3, 0x05: 3}
_DLE_DC4 = {1: 5, 2: 5, 3: 8, 7: 4, 8: 10}

_TEXT = re.compile(rb"[\x20-\xff]+")

CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_REAL_TIME = re.compile(b"\x10\x04[\x01-\x04]|\x10\x05[\x00-\x02]|" + re.escape(CLEAR))


class Splitter:
    """Keeps the beginning of a command until the rest has come."""

    def __init__(self) -> None:
        self._begun = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The commands that are whole now; a run of text is one, too."""
        self._begun += data
        commands = []
        while self._begun:
            length = _length(self._begun)
            if length is None or length > len(self._begun):
                break
            commands.append(bytes(self._begun[:length]))
            del self._begun[:length]
        return commands

    def clear(self) -> None:
        self._begun.clear()

    def __len__(self) -> int:
        return len(self._begun)


class RealTime:
    """Finds the commands that are executed when they arrive, whatever stands before them.

    They are found inside the data of another command, too (a picture may hold one by
    accident), as the reference warns under DLE EOT.
    """

    def __init__(self) -> None:
        self._tail = b""

    def cut(self, data: bytes) -> list[tuple[bytes, bytes]]:
        """`data` in pieces, each with the real-time command that ends it, or b""."""
        pieces = []
        seen, known = self._tail + data, len(self._tail)
        at = known
        end = 0
        for found in _REAL_TIME.finditer(seen):
            end = found.end()
            pieces.append((seen[at:end], found[0]))
            at = end
        if at < len(seen):
            pieces.append((seen[at:], b""))
        self._tail = seen[max(end, len(seen) - len(CLEAR) + 1) :]
        return pieces


def _length(begun: bytearray) -> int | None:
    """How many bytes the first command has; None while that cannot be known yet."""
    first = begun[0]
    if first >= 0x20:
        found = _TEXT.match(begun)
        return found.end() if found else 1
    if first == DLE:
        return _real_time_length(begun)
    if first not in _FIXED:
        return 1
    if len(begun) < 2:
        return None
    second = chr(begun[1])
    fixed = _FIXED[first].get(second)
    if fixed is not None:
        return fixed
    match first, second:
        case (0x1B, "D"):
            return _until_nul(begun, 2)
        case (0x1B, "*"):
            return _bit_image(begun)
        case (0x1B, "&"):
            return _drawn_characters(begun)
        case (0x1D, "V"):
            return _by_third(begun, lambda m: 4 if m >= 65 else 3)
        case (0x1D, "k"):
            return _barcode(begun)
        case (0x1D, "v"):
            return _raster(begun)
        case (0x1D, "*"):
            return 4 + 8 * begun[2] * begun[3] if len(begun) >= 4 else None
        case (0x1C | 0x1D, "("):
            return 5 + begun[3] + 256 * begun[4] if len(begun) >= 5 else None
        case (0x1D, "8"):
            return 7 + int.from_bytes(begun[3:7], "little") if len(begun) >= 7 else None
    return 2


def _real_time_length(begun: bytearray) -> int | None:
    if len(begun) < 2:
        return None
    if begun[1] == 0x14:
        return _by_third(begun, lambda function: _DLE_DC4.get(function, 3))
    return _DLE.get(begun[1], 2)


def _by_third(begun: bytearray, length: Callable[[int], int]) -> int | None:
    return length(begun[2]) if len(begun) >= 3 else None


def _until_nul(begun: bytearray, start: int) -> int | None:
    end = begun.find(0, start)
    return end + 1 if end >= 0 else None


def _bit_image(begun: bytearray) -> int | None:
    if len(begun) < 5:
        return None
    bytes_a_column = 3 if begun[2] in (32, 33) else 1
    return 5 + bytes_a_column * (begun[3] + 256 * begun[4])


def _drawn_characters(begun: bytearray) -> int | None:
    """ESC & y c1 c2, then for each character its width x and y times x bytes."""
    if len(begun) < 5:
        return None
    at = 5
    for _ in range(begun[3], begun[4] + 1):
        if len(begun) <= at:
            return None
        at += 1 + begun[2] * begun[at]
    return at


def _barcode(begun: bytearray) -> int | None:
    if len(begun) < 4:
        return None
    return 4 + begun[3] if begun[2] >= 65 else _until_nul(begun, 3)


def _raster(begun: bytearray) -> int | None:
    if len(begun) < 8:
        return None
    return 8 + (begun[4] + 256 * begun[5]) * (begun[6] + 256 * begun[7])
