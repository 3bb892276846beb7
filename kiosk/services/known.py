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
from uuid import UUID

from peewee import SQL

from kiosk.models import Pen
from kiosk.models.base import Fact
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


def is_past() -> bool:
    """Whether something may have been recorded after the moment as of which one sees."""
    until = _at.get()
    return until is not None and any(until < pen.last_at for pen in Pen.select())


def was_recorded(row_id: UUID) -> bool:
    """Whether a row of this id was recorded by then."""
    until = _at.get()
    return until is None or row_id < first_after(until)


def so_far(model: type[Fact]) -> Any:
    """The condition that a row was recorded by then; `model` has UUIDv7 ids."""
    until = _at.get()
    return SQL("1") if until is None else model.id < first_after(until)
