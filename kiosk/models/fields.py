"""Column types: what may be written into the register, and how it comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from peewee import SQL, BigIntegerField, BooleanField, Field, IntegerField, SmallIntegerField

from kiosk.text import clean

if TYPE_CHECKING:
    AnyField = Field[Any]
else:
    AnyField = Field

_CODE = re.compile(r"[A-Za-z0-9_-]{1,24}", re.ASCII)


class Id(AnyField):
    """A UUIDv7: 16 bytes on SQLite (as text it would take four times the room).

    `references` names the table whose `id` it is, for a real foreign key. It is left out
    where the other row may come from another gate later, or may be erased.
    """

    # A name of our own, which each engine maps: BLOB on SQLite, uuid on PostgreSQL.
    field_type = "ID"

    def __init__(self, references: str = "", **options: Any) -> None:
        if references:
            options["constraints"] = [SQL(f"REFERENCES {references} (id)")]
        super().__init__(**options)

    def db_value(self, value: UUID | bytes | str | None) -> bytes | None:
        if value is None or isinstance(value, bytes):
            return value
        return value.bytes if isinstance(value, UUID) else UUID(value).bytes

    def python_value(self, value: bytes | None) -> UUID | None:
        return None if value is None else UUID(bytes=value)


class Cleaned(AnyField):
    """Text that passed `text.clean`, at most `limit` characters, from wherever it came."""

    field_type = "TEXT"

    def __init__(self, limit: int = 200, **options: Any) -> None:
        self.limit = limit
        super().__init__(**options)

    def db_value(self, value: str | None) -> str | None:
        return None if value is None else clean(value, self.limit)


class Code(AnyField):
    """A code of a closed set: ASCII letters, digits, _ and -, at most 24.

    With `codes` it is read back as a member of that set; a value outside it is refused.
    """

    field_type = "TEXT"

    def __init__(self, codes: type[StrEnum] | None = None, **options: Any) -> None:
        self.codes = codes
        super().__init__(**options)

    def db_value(self, value: str | None) -> str | None:
        if value is None:
            return None
        if self.codes is not None:
            return self.codes(value).value
        if not _CODE.fullmatch(value):
            raise ValueError(f"{self!r}: {value!r} is no code")
        return str(value)

    def python_value(self, value: str | None) -> str | None:
        return value if value is None or self.codes is None else self.codes(value)


class Day(AnyField):
    """A local calendar day of the site, as ISO text."""

    field_type = "TEXT"

    def db_value(self, value: date | str | None) -> str | None:
        if value is None:
            return None
        return (date.fromisoformat(value) if isinstance(value, str) else value).isoformat()

    def python_value(self, value: str | None) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Json(AnyField):
    """A small value as canonical JSON text: keys sorted, no spaces, all text cleaned.

    Takes lists, dicts, strings, integers, booleans and null; ids, days and codes become
    their text. `bytes` are taken as JSON already encoded. Refuses floats: nothing in the
    register is one.
    """

    field_type = "TEXT"

    def db_value(self, value: object) -> str | None:
        if value is None:
            return None
        plain = _plain(json.loads(value) if isinstance(value, bytes) else value)
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def python_value(self, value: str | None) -> Any:
        return None if value is None else json.loads(value)


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return clean(value, 2000)
    if isinstance(value, UUID | date):
        return str(value)
    if isinstance(value, dict):
        return {clean(str(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        listed = [_plain(each) for each in value]
        return sorted(listed, key=str) if isinstance(value, set | frozenset) else listed
    raise TypeError(f"{type(value).__name__} cannot stand in a JSON column")


class Bytes(AnyField):
    """Bytes of exactly `length`: a mac, a salt, a hash."""

    field_type = "BLOB"

    def __init__(self, length: int, **options: Any) -> None:
        self.length = length
        super().__init__(**options)

    def db_value(self, value: bytes | None) -> bytes | None:
        if value is not None and len(value) != self.length:
            raise ValueError(f"{self!r}: {len(value)} bytes instead of {self.length}")
        return value

    def python_value(self, value: bytes | None) -> bytes | None:
        return None if value is None else bytes(value)


class Ms(BigIntegerField):
    """A moment: UTC milliseconds since 1970."""


if TYPE_CHECKING:
    # The stubs make a class of these pick its type by `null`; a column is a column.
    Small: Callable[..., AnyField]
    Int: Callable[..., AnyField]
    Big: Callable[..., AnyField]
    Flag: Callable[..., AnyField]
else:
    Small = SmallIntegerField
    Int = IntegerField
    Big = BigIntegerField
    Flag = BooleanField
