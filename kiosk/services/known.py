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
from kiosk.services.ids import AFTER_ALL, first_after
from kiosk.services.prepared import Given, Later, Prepared, is_writing


class _View:
    """The register up to a moment; whether anything came after it is looked up when asked."""

    def __init__(self, until: int) -> None:
        self.until = until
        self.bound = first_after(until)
        self.past: bool | None = None


_view: ContextVar[_View | None] = ContextVar("known_at", default=None)
_PENS = Prepared(lambda: Pen.select(Pen.last_at).tuples())


@contextmanager
def at(moment: int) -> Iterator[None]:
    """See the register as it stood at the `moment` (UTC ms), this thread only."""
    token = _view.set(_View(moment))
    try:
        yield
    finally:
        _view.reset(token)


def is_past() -> bool:
    """Whether something may have been recorded after the moment as of which one sees."""
    view = _view.get()
    if view is None:
        return False
    if view.past is None:
        view.past = any(view.until < last_at for (last_at,) in _PENS())
    return view.past


def was_recorded(row_id: UUID) -> bool:
    """Whether a row of this id was recorded by then."""
    view = _view.get()
    return view is None or row_id < view.bound


def so_far(model: type[Fact]) -> Any:
    """The condition that a row was recorded by then; `model` has UUIDv7 ids."""
    if is_writing():
        return model.id < Later(_bound)
    view = _view.get()
    return SQL("1") if view is None else model.id < view.bound


def _bound(_given: Given) -> UUID:
    view = _view.get()
    return AFTER_ALL if view is None else view.bound
