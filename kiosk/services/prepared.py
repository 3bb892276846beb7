"""Queries that every decision asks: written as SQL once, then asked with other values.

    _LINKS = Prepared(lambda ids: SamePerson.select().where(SamePerson.a_id.in_(ids)))
    rows = _LINKS([person_id, other_id])

To write one down costs peewee 0.3 ms, several times what SQLite takes to answer it, and a
decision asks thirty. A value stands for itself, a list for an IN of any length, not for a NOT
IN; ids, days and codes are given as they are. What is written must not depend on the values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from peewee import Node

_writing: ContextVar[bool] = ContextVar("writing_a_query", default=False)

Given = tuple[Any, ...]


class Later(Node):
    """A value that is asked for each time the query is."""

    def __init__(self, give: Callable[[Given], Any]) -> None:
        self.give = give

    def __sql__(self, ctx: Any) -> Any:
        return ctx.value(_Gap(self.give), converter=False)


class _Many(Node):
    """A list of values, of which nobody knows yet how long it is."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __sql__(self, ctx: Any) -> Any:
        ctx.literal(_mark(self.number))
        return ctx.value(
            _Gap(lambda values: values[self.number]), converter=False, add_param=False
        )


class _Gap:
    """Stands among the values of a written query until it is asked."""

    __slots__ = ("give",)

    def __init__(self, give: Callable[[Given], Any]) -> None:
        self.give = give


class Prepared:
    """`write` makes the query from what stands in the places of its values."""

    def __init__(self, write: Callable[..., Any]) -> None:
        self._write = write
        self._written: tuple[Any, str, Sequence[Any]] | None = None

    def __call__(self, *values: Any) -> list[Any]:
        """The rows of the answer, as the query gives them."""
        if self._written is None:
            self._written = self._write_down(values)
        query, sql, held = self._written
        for number, value in enumerate(values):
            if isinstance(value, list):
                sql = sql.replace(_mark(number), _places(len(value)))
        asked: list[Any] = []
        for one in held:
            given = one.give(values) if isinstance(one, _Gap) else one
            if isinstance(given, list):
                asked += [_plain(value) for value in given]
            else:
                asked.append(_plain(given))
        cursor = query.model._meta.database.execute_sql(sql, asked)
        return list(query._get_cursor_wrapper(cursor))

    def _write_down(self, values: Given) -> tuple[Any, str, Sequence[Any]]:
        places = [_place(number, value) for number, value in enumerate(values)]
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


def _place(number: int, value: Any) -> Node:
    if isinstance(value, list):
        return _Many(number)
    return Later(lambda values: values[number])


def _mark(number: int) -> str:
    """What stands for a list in the SQL that is kept: no name and no text is written so."""
    return f"(:{number}:)"


def _places(count: int) -> str:
    # Nothing is equal to NULL, and PostgreSQL takes no empty list.
    return f"({','.join('?' * count)})" if count else "(NULL)"


def _plain(value: Any) -> Any:
    """A value as SQLite takes it."""
    if isinstance(value, UUID):
        return value.bytes
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
