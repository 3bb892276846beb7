"""Bytes of a scale, in whatever pieces, → what it shows, message by message. Pure.

`feed` gives every message that has come to its end, None for each that was not understood.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import reduce
from operator import xor
from typing import ClassVar, Protocol

from devices.scales.lines import NotUnderstood, shown_by
from devices.scales.weights import MOVING, OVERLOADED, UNDERLOADED, Shown, grams

# The longest message of any make has 40; more without an end mark is noise.
_LONGEST = 64


class Framer(Protocol):
    def feed(self, data: bytes) -> list[Shown | None]: ...


class Lines:
    """Text, a line a message, ended by CR, LF or both; STX and ETX around it are no part of it.

    `unit` is that of a scale that sends none.
    """

    _ENDS = re.compile(rb"[\r\n]")

    def __init__(self, unit: str = "") -> None:
        self._unit = unit
        self._rest = b""
        self._too_long = False
        """Whether the beginning of this line was thrown away."""

    def feed(self, data: bytes) -> list[Shown | None]:
        *whole, self._rest = self._ENDS.split(self._rest + data)
        shown: list[Shown | None] = []
        for line in whole:
            text = line.strip(b"\x02\x03\x00")
            if self._too_long or len(line) > _LONGEST:
                shown.append(None)
            elif text.strip():
                self._read(text, shown)
            self._too_long = False
        if len(self._rest) > _LONGEST:
            self._rest = b""
            self._too_long = True
            shown.append(None)
        return shown

    def _read(self, text: bytes, shown: list[Shown | None]) -> None:
        try:
            # Latin-1, for the lamps of a CAS line are any byte.
            seen = shown_by(text.decode("latin-1"), self._unit)
        except NotUnderstood:
            shown.append(None)
        else:
            if seen is not None:
                shown.append(seen)


class Toledo:
    """METTLER TOLEDO continuous output: STX, three status bytes, six digits of weight, six of
    tare, CR, and a check byte where the scale is set to send one (Wildcat technical manual,
    tables 6-8 to 6-11; units by status byte C also as in the Triner TS-700 manual).

    Seven bits count: the eighth is parity, or 0.
    """

    _MESSAGE = re.compile(
        # Bits 5 and 6 of the status bytes are constant: 01 in A and C, and 1 in B.
        rb"\x02(?P<a>[\x20-\x3f])(?P<b>[\x20-\x3f\x60-\x7f])(?P<c>[\x20-\x3f])"
        rb"(?P<weight> *[0-9]+)(?<=\x02.{9})(?: *[0-9]+)(?<=\x02.{15})\r",
        re.DOTALL,
    )
    _LENGTH = 17
    _UNITS: ClassVar = {0: ("lb", "kg"), 1: ("g", "g"), 2: ("t", "t")}

    def __init__(self, *, checked: bool = False) -> None:
        self._checked = checked
        self._rest = b""

    def feed(self, data: bytes) -> list[Shown | None]:
        self._rest += bytes(byte & 0x7F for byte in data)
        shown: list[Shown | None] = []
        while found := self._MESSAGE.search(self._rest):
            end = found.end() + self._checked
            if end > len(self._rest):
                break
            # One byte before it may be the check of the message before.
            if found.start() > 1:
                shown.append(None)
            right = not self._checked or sum(self._rest[found.start() : end]) & 0x7F == 0
            self._rest = self._rest[end:]
            shown.append(self._shown(found) if right else None)
        if len(self._rest) > _LONGEST:
            self._rest = self._rest[-self._LENGTH - 1 :]
            shown.append(None)
        return shown

    def _shown(self, found: re.Match[bytes]) -> Shown | None:
        a, b, c = (found[name][0] for name in "abc")
        if b & 0b100_0000:  # switched on and not yet zeroed
            return MOVING
        if b & 0b100:
            return UNDERLOADED if b & 0b10 else OVERLOADED
        units = self._UNITS.get(c & 0b111)
        if units is None:
            return None
        # A: 0 two zeros behind the digits, 1 one, 2 none, 3 one digit behind the point, …
        number = Decimal(int(found["weight"])).scaleb(2 - (a & 0b111))
        sign = "-" if b & 0b10 else ""
        weight = grams(f"{sign}{number:f}", units[bool(b & 0b1_0000)])
        if weight is None:
            return None
        return Shown(weight, stable=not b & 0b1000, tared=bool(b & 0b1))


class Cas:
    """CAS request and answer: SOH STX, S or U, sign, weight and unit, BCC, ETX EOT.

    BCC is the exclusive or of what stands between STX and itself. Eight characters of weight
    and unit (Mertech, CAS-M) or nine (r_keeper, driver s_cas, which names both).
    """

    _MESSAGE = re.compile(
        rb"[\x01\x81]\x02(?P<checked>(?P<state>[SU])(?P<sign>[ \-F])"
        rb"(?P<weight>[0-9F .]{6,7})(?P<unit>kg|lb| g|g |g))(?P<bcc>.)\x03\x04",
        re.DOTALL,
    )

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Shown | None]:
        self._rest += data
        shown: list[Shown | None] = []
        while found := self._MESSAGE.search(self._rest):
            self._rest = self._rest[found.end() :]
            right = reduce(xor, found["checked"]) == found["bcc"][0]
            shown.append(self._shown(found) if right else None)
        # What has its end and was no message is no beginning of one either.
        if (end := self._rest.rfind(b"\x04")) >= 0 and self._rest[:end].endswith(b"\x03"):
            self._rest = self._rest[end + 1 :]
            shown.append(None)
        elif len(self._rest) > _LONGEST:
            self._rest = self._rest[-_LONGEST:]
            shown.append(None)
        return shown

    def _shown(self, found: re.Match[bytes]) -> Shown | None:
        if found["sign"] == b"F" or b"F" in found["weight"]:
            return OVERLOADED
        sign = "-" if found["sign"] == b"-" else ""
        text = found["weight"].decode("ascii").strip()
        weight = grams(sign + text, found["unit"].decode("ascii").strip())
        if weight is None:
            return None
        return Shown(weight, stable=found["state"] == b"S")
