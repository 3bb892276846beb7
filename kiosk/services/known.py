"""The register as it was known at a past moment: what was recorded later does not exist yet.

    with known.at(moment):
        …                               # every query that asks `so_far` sees that register

Ids are made in the order of time (UUIDv7), so the id of a fact says when it was recorded.
Outside of such a block everything that is recorded is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from peewee import SQL

from kiosk.models.base import Row
from kiosk.services.ids import first_after

_at: ContextVar[int | None] = ContextVar("known_at", default=None)


@contextmanager
def at(moment: int) -> Iterator[None]:
    """See the register as it stood at the `moment` (UTC ms), this thread only."""
    token = _at.set(moment)
    try:
        yield
    finally:
        _at.reset(token)


def moment() -> int | None:
    """The moment as of which the register is seen; None: as it is."""
    return _at.get()


def so_far(model: type[Row]) -> Any:
    """The condition that a row was recorded by then; `model` has UUIDv7 ids."""
    until = _at.get()
    return SQL("1") if until is None else model.id < first_after(until)
