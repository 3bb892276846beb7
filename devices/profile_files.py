"""Files that say what is known of a make of device: a table each, read key by key.

Bytes are written as text there, a control character by its number: "\\u0016M\\r" is SYN M CR.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from devices.errors import ProfileError

P = TypeVar("P")

Make = Callable[[str, object, str], P]
"""Makes a profile of its name, its table, and the place of that table for messages. Raises
ProfileError."""


def is_path(name_or_path: str) -> bool:
    """Whether that is a site's own file: it holds a slash or ends in .toml."""
    return "/" in name_or_path or name_or_path.endswith(".toml")


def load(device: str, name_or_path: str, shipped: Path, make: Make[P]) -> P:
    """The profile of that name in the file `shipped`, or the one in a site's own file.

    Raises ProfileError, which names the file, the key and what is allowed there.
    """
    if is_path(name_or_path):
        own = _read(Path(name_or_path), make)
        if len(own) != 1:
            raise ProfileError(f"{name_or_path}: holds {len(own)} profiles; allowed: one")
        return next(iter(own.values()))
    known = _read(shipped, make)
    if name_or_path not in known:
        raise ProfileError(
            f"no {device} profile is called {name_or_path!r}; "
            f"allowed: {', '.join(known)}, or the path of a .toml file"
        )
    return known[name_or_path]


def _read(file: Path, make: Make[P]) -> dict[str, P]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else "not text in UTF-8"
        raise ProfileError(f"{file}: cannot be read: {cause}") from error
    return parse(text, str(file), make)


def parse(text: str, file: str, make: Make[P]) -> dict[str, P]:
    """The profiles in `text`, by name; `file` is for messages. Raises ProfileError."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{file}: not TOML: {error}") from error
    return {name: make(name, table, f"{file}: {name}") for name, table in tables.items()}


# ---- one key after the other


@dataclass(frozen=True, slots=True)
class Key:
    """`read` gives the value, or raises ValueError when it is none of what is `allowed`."""

    allowed: str
    read: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table within the profile's: what is made of it, its keys, and those it must have."""

    make: Callable[..., object]
    keys: Mapping[str, Key]
    needed: tuple[str, ...]


def values(table: object, keys: Mapping[str, Key | Table], place: str) -> dict[str, Any]:
    """What stands in a table, by key. Raises ProfileError."""
    if not isinstance(table, dict):
        raise ProfileError(f"{place} is no table; allowed: [table] with {', '.join(keys)}")
    found: dict[str, Any] = {}
    for name, value in table.items():
        if name not in keys:
            from difflib import get_close_matches

            nearest = get_close_matches(name, keys, n=1, cutoff=0)[0]
            raise ProfileError(f"{place}: no key is called {name}; the nearest is {nearest}")
        key = keys[name]
        if isinstance(key, Table):
            found[name] = _made(value, key, f"{place}.{name}")
            continue
        try:
            found[name] = key.read(value)
        except ValueError as error:
            raise ProfileError(
                f"{place}.{name} has an impossible value; allowed: {key.allowed}"
            ) from error
    return found


def _made(value: object, table: Table, place: str) -> object:
    inner = values(value, table.keys, place)
    for name in table.needed:
        if not inner.get(name):
            raise ProfileError(
                f"{place}.{name} is missing; allowed: {table.keys[name].allowed}"
            )
    return table.make(**inner)


def _bytes(value: Any) -> bytes:
    if not isinstance(value, str):
        raise ValueError
    return value.encode("latin-1")  # raises ValueError above 255


def _mark(value: Any) -> bytes:
    mark = _bytes(value)
    if len(mark) != 1:
        raise ValueError
    return mark


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


BYTES = Key('text of characters up to "\\u00ff", each one byte', _bytes)

MARK = Key('one character up to "\\u00ff"', _mark)

FLAG = Key("true, false", _flag)


def one_of(*allowed: object) -> Key:
    def read(value: object) -> object:
        if value not in allowed or isinstance(value, bool):
            raise ValueError
        return value

    return Key(", ".join(f'"{v}"' if isinstance(v, str) else str(v) for v in allowed), read)


def number(least: float, most: float, *, whole: bool) -> Key:
    def read(value: Any) -> int | float:
        kinds = (int,) if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            raise ValueError
        if not least <= value <= most:
            raise ValueError
        return value

    return Key(f"{least}-{most}", read)


LINE: Mapping[str, Key | Table] = {
    "baud": number(300, 921_600, whole=True),
    "bits": one_of(7, 8),
    "parity": one_of("N", "E", "O"),
    "stop": one_of(1, 2),
    "flow": one_of("none", "rtscts", "xonxoff", "dtr"),
}
"""How the device's line is set."""
