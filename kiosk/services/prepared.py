"""Queries that every decision asks: written as SQL once, then asked with other values.

    _LINKS = Prepared(lambda ids: SamePerson.select().where(SamePerson.a_id.in_(ids)))
    rows = _LINKS([person_id, other_id])

To write one down costs peewee 0.3 ms, several times what SQLite takes to answer it, and a
decision asks thirty. A value stands for itself, a list for an IN of its length; ids, days and
codes are given as they are. What is written must not depend on the values otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from datetime import date
from enum import Enum
from functools import partial
from typing import Any
from uuid import UUID

from peewee import Node

_writing: ContextVar[bool] = ContextVar("writing_a_query", default=False)

Given = tuple[Any, ...]

_LONGEST = 32
"""A query of a longer list is written down each time: lists of all are of every length, and to
keep a query of each would cost more memory than it saves time."""


class Later(Node):
    """A value that is asked for each time the query is."""

    def __init__(self, give: Callable[[Given], Any]) -> None:
        self.give = give

    def __sql__(self, ctx: Any) -> Any:
        return ctx.value(_Gap(self.give), converter=False)


class _Gap:
    """Stands among the values of a written query until it is asked."""

    __slots__ = ("give",)

    def __init__(self, give: Callable[[Given], Any]) -> None:
        self.give = give


class Prepared:
    """`write` makes the query from its values, or from what stands in their places."""

    def __init__(self, write: Callable[..., Any]) -> None:
        self._write = write
        self._written: dict[tuple[int, ...], tuple[Any, str, Sequence[Any]]] = {}

    def __call__(self, *values: Any) -> list[Any]:
        """The rows of the answer, as the query gives them."""
        shape = tuple(len(one) if isinstance(one, list) else -1 for one in values)
        written = self._written.get(shape)
        if written is None:
            written = self._write_down(shape)
            if max(shape, default=0) <= _LONGEST:
                self._written[shape] = written
        query, sql, held = written
        asked = [_plain(one.give(values)) if isinstance(one, _Gap) else one for one in held]
        cursor = query.model._meta.database.execute_sql(sql, asked)
        return list(query._get_cursor_wrapper(cursor))

    def _write_down(self, shape: tuple[int, ...]) -> tuple[Any, str, Sequence[Any]]:
        places = [_place(number, length) for number, length in enumerate(shape)]
        token = _writing.set(True)
        try:
            query = self._write(*places)
            sql, held = query.sql()
        finally:
            _writing.reset(token)
        return query, sql, held


def is_writing() -> bool:
    """Whether a query is being written down, so that only a `Later` may stand in it."""
    return _writing.get()


def _place(number: int, length: int) -> Any:
    if length < 0:
        return Later(lambda values: values[number])
    return [Later(partial(_one_of, number, place)) for place in range(length)]


def _one_of(number: int, place: int, values: Given) -> Any:
    return values[number][place]


def _plain(value: Any) -> Any:
    """A value as SQLite takes it."""
    if isinstance(value, UUID):
        return value.bytes
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
