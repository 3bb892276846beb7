"""What is known of a make of reader: its line, its blocks, and the bytes it takes as orders.

Profiles are data. The shipped ones stand in profiles.toml, one table each; a site that has
another reader writes a file of the same form with one table, and names its path instead.
Bytes are written as text there, a control character by its number: "\\u0016M\\r" is SYN M CR.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from devices.errors import ProfileError

if TYPE_CHECKING:  # reading bytes needs no serial line
    from devices.port import Flow, Parity

SHIPPED = Path(__file__).with_name("profiles.toml")


class BlockCheck(StrEnum):
    """What follows the end mark of a block, so that a wrong byte is noticed."""

    NONE = "none"
    XOR = "xor"
    """One byte: the exclusive or of all bytes after the start mark, the end mark included
    (ISO 1155)."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Messages between two marks, with a check after them and an answer from us.

    `start` and `end` are one byte each. `header`: how many bytes after the start mark may be
    anything, such as a length.
    `ack`, `nak`: what the reader wants to hear of an intact block, and of another; empty when
    it listens to neither.
    """

    start: bytes
    end: bytes
    header: int = 0
    check: BlockCheck = BlockCheck.NONE
    ack: bytes = b""
    nak: bytes = b""


@dataclass(frozen=True, slots=True)
class Tlv:
    """Messages of a command byte, a length of two bytes (high first) and that many bytes.

    `documents`: the commands whose data are the lines of a document; others are answers.
    """

    documents: bytes


@dataclass(frozen=True, slots=True)
class Profile:
    """A make of reader. Empty bytes: it has no such order, or nobody has published it."""

    name: str
    baud: int = 9600
    bits: int = 8
    parity: Parity = "N"
    stop: int = 1
    flow: Flow = "none"
    blocks: Blocks | None = None
    tlv: Tlv | None = None
    unread: bytes = b"?*_"
    """What the reader sends for a character it could not make out: never guessed."""
    init: bytes = b""
    """Sent when the line was opened."""
    arm: bytes = b""
    """Makes it wait for a document."""
    arm_after_read: bool = False
    """Whether it stops waiting after each document, and is to be armed again."""
    disarm: bytes = b""
    version: bytes = b""
    beep_ok: bytes = b""
    beep_bad: bytes = b""
    heartbeat: bytes = b""
    """A question without effect, to see whether the reader still answers."""
    heartbeat_reply: bytes = b""
    """How its answer begins."""
    heartbeat_s: float = 30.0
    """Seconds between two questions."""


GENERIC = Profile("generic")
"""Any reader that sends text by itself."""


def is_path(name_or_path: str) -> bool:
    """Whether that is a site's own file: it holds a slash or ends in .toml."""
    return "/" in name_or_path or name_or_path.endswith(".toml")


def load(name_or_path: str = GENERIC.name) -> Profile:
    """The shipped profile of that name, or the one in a site's own file.

    Raises ProfileError, which names the file, the key and what is allowed there.
    """
    if is_path(name_or_path):
        own = _read(Path(name_or_path))
        if len(own) != 1:
            raise ProfileError(f"{name_or_path}: holds {len(own)} profiles; allowed: one")
        return next(iter(own.values()))
    shipped = _read(SHIPPED)
    if name_or_path not in shipped:
        raise ProfileError(
            f"no reader profile is called {name_or_path!r}; "
            f"allowed: {', '.join(shipped)}, or the path of a .toml file"
        )
    return shipped[name_or_path]


def _read(file: Path) -> dict[str, Profile]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        cause = error.strerror if isinstance(error, OSError) else "not text in UTF-8"
        raise ProfileError(f"{file}: cannot be read: {cause}") from error
    return parse(text, str(file))


def parse(text: str, file: str = SHIPPED.name) -> dict[str, Profile]:
    """The profiles in `text`, by name; `file` is for messages. Raises ProfileError."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{file}: not TOML: {error}") from error
    return {
        name: Profile(name, **_values(table, _PROFILE_KEYS, f"{file}: {name}"))
        for name, table in tables.items()
    }


# ---- one key after the other


@dataclass(frozen=True, slots=True)
class _Key:
    """`read` gives the value, or raises ValueError when it is none of what is `allowed`."""

    allowed: str
    read: Callable[[Any], Any]


def _values(table: object, keys: Mapping[str, _Key], place: str) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise ProfileError(f"{place} is no table; allowed: [table] with {', '.join(keys)}")
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in keys:
            from difflib import get_close_matches

            nearest = get_close_matches(name, keys, n=1, cutoff=0)[0]
            raise ProfileError(f"{place}: no key is called {name}; the nearest is {nearest}")
        inner = _TABLES.get(name)
        if inner is not None:
            made, inner_keys, needed = inner
            found = _values(value, inner_keys, f"{place}.{name}")
            for key in needed:
                if not found.get(key):
                    raise ProfileError(
                        f"{place}.{name}.{key} is missing; allowed: {inner_keys[key].allowed}"
                    )
            values[name] = made(**found)
            continue
        try:
            values[name] = keys[name].read(value)
        except ValueError as error:
            raise ProfileError(
                f"{place}.{name} has an impossible value; allowed: {keys[name].allowed}"
            ) from error
    if "blocks" in values and "tlv" in values:
        raise ProfileError(f"{place} has both blocks and tlv; allowed: one of them")
    return values


def _bytes(value: Any) -> bytes:
    if not isinstance(value, str):
        raise ValueError
    return value.encode("latin-1")  # raises ValueError above 255


def _mark(value: Any) -> bytes:
    mark = _bytes(value)
    if len(mark) != 1:
        raise ValueError
    return mark


def _one_of(*values: object) -> _Key:
    def read(value: object) -> object:
        if value not in values or isinstance(value, bool):
            raise ValueError
        return value

    return _Key(", ".join(f'"{v}"' if isinstance(v, str) else str(v) for v in values), read)


def _number(least: int, most: int, *, whole: bool) -> _Key:
    def read(value: Any) -> int | float:
        kinds = (int,) if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            raise ValueError
        if not least <= value <= most:
            raise ValueError
        return value

    return _Key(f"{least}-{most}", read)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


_BYTES = _Key('text of characters up to "\\u00ff", each one byte', _bytes)

_MARK = _Key('one character up to "\\u00ff"', _mark)

_BLOCK_KEYS = {
    "start": _MARK,
    "end": _MARK,
    "header": _number(0, 16, whole=True),
    "check": _Key(", ".join(f'"{check}"' for check in BlockCheck), BlockCheck),
    "ack": _BYTES,
    "nak": _BYTES,
}

_TLV_KEYS = {"documents": _BYTES}

_TABLES: Mapping[str, tuple[Callable[..., object], Mapping[str, _Key], tuple[str, ...]]] = {
    "blocks": (Blocks, _BLOCK_KEYS, ("start", "end")),
    "tlv": (Tlv, _TLV_KEYS, ("documents",)),
}

_PROFILE_KEYS = {
    "baud": _number(300, 921_600, whole=True),
    "bits": _one_of(7, 8),
    "parity": _one_of("N", "E", "O"),
    "stop": _one_of(1, 2),
    "flow": _one_of("none", "rtscts", "xonxoff", "dtr"),
    "blocks": _BYTES,
    "tlv": _BYTES,
    "unread": _BYTES,
    "init": _BYTES,
    "arm": _BYTES,
    "arm_after_read": _Key("true, false", _flag),
    "disarm": _BYTES,
    "version": _BYTES,
    "beep_ok": _BYTES,
    "beep_bad": _BYTES,
    "heartbeat": _BYTES,
    "heartbeat_reply": _BYTES,
    "heartbeat_s": _number(1, 3600, whole=False),
}
