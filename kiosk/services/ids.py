"""Ids of rows: UUIDv7 (RFC 9562), never below the last one stored."""

from __future__ import annotations

import secrets
from uuid import UUID

from kiosk.clock import Clock

# 48 bits of milliseconds, then 74 free bits around the version and the variant.
_FREE = 74
_LOW = 62
_NIL = UUID(int=0)
AFTER_ALL = UUID(int=(1 << 128) - 1)
"""Greater than the id of anything that is or will be recorded."""


class Ids:
    """Gives ids of the moment `at` (UTC ms), each greater than the one before.

    They start above `above`, the last id stored, so a clock that jumps back makes neither
    a double nor a disorder.
    """

    def __init__(self, at: int, above: UUID = _NIL) -> None:
        self._at = at
        self._last = _number(above)

    @property
    def last(self) -> UUID:
        """The last id given; `above` before the first."""
        return _id(self._last) if self._last else _NIL

    def next(self) -> UUID:
        fresh = self._at << _FREE | secrets.randbits(_FREE)
        if fresh <= self._last:
            # A step of random width, so that an id does not tell its neighbours.
            fresh = self._last + 1 + secrets.randbits(32)
        self._last = fresh
        return _id(fresh)


def new_id(clock: Clock) -> UUID:
    """An id made before the pen is taken: that of a case whose form has just opened."""
    return Ids(clock.now()).next()


def first_after(at: int) -> UUID:
    """The least id of the moments after `at` (UTC ms): what was recorded up to `at` is less."""
    return _id(max(0, at + 1) << _FREE)


def _number(identifier: UUID) -> int:
    """The 122 free bits of an id, in the order in which ids sort."""
    whole = identifier.int
    return whole >> 80 << _FREE | (whole >> 64 & 0xFFF) << _LOW | whole & (1 << _LOW) - 1


def _id(number: int) -> UUID:
    return UUID(
        int=number >> _FREE << 80
        | 0x7 << 76
        | (number >> _LOW & 0xFFF) << 64
        | 0b10 << _LOW
        | number & (1 << _LOW) - 1
    )
