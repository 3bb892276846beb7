"""How scales of different makes talk: what they send by themselves, what they answer.

Written from what their makers publish, not from the profiles, so that each tests the other.
Pure: what lies on the pan in, bytes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Protocol

_ENQ, _ACK, _DC1 = b"\x05", b"\x06", b"\x11"


@dataclass(frozen=True, slots=True)
class Pan:
    """What the display shows, in grams: net of the tare, when one was taken."""

    grams: int
    moves: bool
    tare: int = 0
    overloaded: bool = False


class Make(Protocol):
    def says(self, pan: Pan) -> bytes:
        """What it sends at each change of its display, asked by nobody."""
        ...

    def asked(self, data: bytes, pan: Pan) -> bytes:
        """What it sends back to `data`, which may hold a part of a question or several."""
        ...


class _Talker:
    """Sends by itself and hears nothing."""

    def asked(self, data: bytes, pan: Pan) -> bytes:
        return b""


class Indicator(_Talker):
    """A&D AD-4329 and its likes in stream mode: two headers, eight characters, the unit."""

    def says(self, pan: Pan) -> bytes:
        mode = "NT" if pan.tare else "GS"
        if pan.overloaded:
            return f"OL,{mode},+     .  kg\r\n".encode()
        state = "US" if pan.moves else "ST"
        return f"{state},{mode},{pan.grams / 1000:+08.3f}kg\r\n".encode()


class Cas22(_Talker):
    """CAS 22 bytes: a device number and a byte of lamps before eight characters of weight."""

    def says(self, pan: Pan) -> bytes:
        state = "OL" if pan.overloaded else "US" if pan.moves else "ST"
        mode = "NT" if pan.tare else "GS"
        lamps = 0b1000_0000 | (not pan.moves) << 6 | (not pan.tare) << 2 | bool(pan.tare) << 1
        weight = " " * 8 if pan.overloaded else f"{pan.grams / 1000:08.3f}"
        return f"{state},{mode},1".encode() + bytes([lamps]) + f",{weight} kg\r\n".encode()


class Toledo(_Talker):
    """METTLER TOLEDO continuous output in kilograms with three decimals."""

    def __init__(self, *, check: bool = False) -> None:
        self._check = check

    def says(self, pan: Pan) -> bytes:
        b = 0b11_0000 | pan.moves << 3 | pan.overloaded << 2
        b |= (pan.grams < 0) << 1 | bool(pan.tare)
        weight = 0 if pan.overloaded else abs(pan.grams)
        message = b"\x02" + bytes([0b10_1101, b, 0b10_0000])
        message += f"{weight:6d}{pan.tare:06d}\r".encode()
        return message + (bytes([-sum(message) & 0x7F]) if self._check else b"")


class Sics:
    """MT-SICS: answers S, SI and @, each ended by CR LF; says ES to anything else."""

    def __init__(self) -> None:
        self._pending = b""

    def says(self, pan: Pan) -> bytes:
        return b""

    def asked(self, data: bytes, pan: Pan) -> bytes:
        *orders, self._pending = (self._pending + data).split(b"\r\n")
        return b"".join(self._answer(order, pan) for order in orders)

    def _answer(self, order: bytes, pan: Pan) -> bytes:
        if order == b"@":
            return b'I4 A "1128018"\r\n'
        if order not in (b"S", b"SI"):
            return b"ES\r\n"
        if pan.overloaded:
            return b"S +\r\n"
        if pan.moves and order == b"S":
            return b"S I\r\n"
        state = "D" if pan.moves else "S"
        return f"S {state} {pan.grams / 1000:10.3f} kg\r\n".encode()


class CasAsked:
    """CAS in the mode of the trade: ENQ is answered by ACK, DC1 by a block with BCC."""

    def says(self, pan: Pan) -> bytes:
        return b""

    def asked(self, data: bytes, pan: Pan) -> bytes:
        answers = {_ENQ: _ACK, _DC1: self._block(pan)}
        return b"".join(answers.get(bytes([byte]), b"") for byte in data)

    def _block(self, pan: Pan) -> bytes:
        sign = "F" if pan.overloaded else "-" if pan.grams < 0 else " "
        weight = "FFFFFF" if pan.overloaded else f"{abs(pan.grams) / 1000:6.3f}"
        text = f"{'U' if pan.moves else 'S'}{sign}{weight}kg".encode()
        return b"\x01\x02" + text + bytes([reduce(xor, text)]) + b"\x03\x04"
