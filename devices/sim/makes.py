"""How readers of different makes talk: what they answer to orders, and when they send.

Written from what their makers publish, not from the profiles, so that each tests the other.
Pure: bytes in, bytes out.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Protocol

from devices.sim.framings import Framing, framed

ACK, NAK, ENQ = b"\x06", b"\x15", b"\x05"


class Make(Protocol):
    """A reader's own mind."""

    def ordered(self, data: bytes) -> bytes:
        """What it sends back to `data`, which may hold a part of an order or several."""
        ...

    def read(self, lines: Sequence[str]) -> bytes:
        """What it sends for a document; nothing when it does not wait for one."""
        ...


class Plain:
    """Sends what it reads and takes no orders."""

    def __init__(self, framing: Framing = Framing.CRLF) -> None:
        self.framing = framing

    def ordered(self, data: bytes) -> bytes:
        return b""

    def read(self, lines: Sequence[str]) -> bytes:
        return framed(lines, self.framing)


class _Patient(ABC):
    """Collects what it was sent until whole orders stand there."""

    order: re.Pattern[bytes]

    def __init__(self) -> None:
        self.orders: list[bytes] = []
        self._pending = b""

    def ordered(self, data: bytes) -> bytes:
        self._pending += data
        answers = b""
        while found := self.order.search(self._pending):
            self._pending = self._pending[found.end() :]
            self.orders.append(found[0])
            answers += self.answer(found)
        return answers

    @abstractmethod
    def answer(self, order: re.Match[bytes]) -> bytes:
        """What it sends back to one whole order."""


class Menu(_Patient):
    """SYN M CR, an order, a storage mark (Honeywell, Access-IS): the order comes back with ACK
    before the mark. SYN T CR and SYN U CR pull and let go its trigger; ESC beeps."""

    order = re.compile(rb"\x16M\r([A-Za-z0-9]+)(\?)?([.!])|\x16([TUtu])\r|\x1b[78],", re.DOTALL)

    def __init__(self, framing: Framing = Framing.RAW_CR) -> None:
        super().__init__()
        self.framing = framing

    def answer(self, order: re.Match[bytes]) -> bytes:
        name, question, mark, _trigger = order.groups()
        if name is None:
            return b""
        value = b"1.07" if question else b""
        return name + value + ACK + mark

    def read(self, lines: Sequence[str]) -> bytes:
        return framed(lines, self.framing)


class Newland(_Patient):
    """~ SOH 0000, @ or #, an order, ; ETX: STX SOH 0000, the order again with ACK, ; ETX."""

    order = re.compile(rb"~\x010000([@#][A-Z0-9]+)([*&^]?);\x03", re.DOTALL)

    def answer(self, order: re.Match[bytes]) -> bytes:
        name, question = order.groups()
        value = b"1" if question else b""
        return b"\x02\x010000" + name + value + ACK + b";\x03"

    def read(self, lines: Sequence[str]) -> bytes:
        return framed(lines, Framing.CRLF)


class Elyctis(_Patient):
    """Commands with a length; reading continuously ends with each document that was read, and
    the same document is not read twice without a new order."""

    order = re.compile(rb"([ILC])\x00(\x00|\x01([\x00\x01]))", re.DOTALL)

    def __init__(self) -> None:
        super().__init__()
        self.armed = False

    def answer(self, order: re.Match[bytes]) -> bytes:
        command, _size, switch = order.groups()
        if command == b"C":
            self.armed = switch == b"\x01"
            return b"C\x00\x00"
        return command + b"\x00\x00"  # an inquiry with nothing in front of the window

    def read(self, lines: Sequence[str]) -> bytes:
        if not self.armed:
            return b""
        self.armed = False
        return framed(lines, Framing.TLV)


class Checked:
    """Blocks with a check (LRC): sent again at NAK, at most three times in all."""

    def __init__(self) -> None:
        self.answers: list[bytes] = []
        self._block = b""
        self._left = 0

    def ordered(self, data: bytes) -> bytes:
        again = b""
        for answer in (data[at : at + 1] for at in range(len(data))):
            self.answers.append(answer)
            if answer == NAK and self._left:
                self._left -= 1
                again += self._block
            elif answer == ACK:
                self._left = 0
        return again

    def read(self, lines: Sequence[str]) -> bytes:
        self._block = framed(lines, Framing.STX_LRC)
        self._left = 2
        return self._block


MAKES: Mapping[str, Callable[[], Make]] = MappingProxyType(
    {
        "generic": Plain,
        "access-is": partial(Menu, Framing.CRLF),
        "desko-cute": partial(Plain, Framing.CUTE),
        "3m": partial(Plain, Framing.OU),
        "elyctis": Elyctis,
        "honeywell": Menu,
        "newland": Newland,
        "stx-lrc": Checked,
    }
)
"""By the name of the profile that is for them."""
