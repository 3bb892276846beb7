"""What is known of a make of reader: its line, its blocks, and the bytes it takes as orders.

Profiles are data. The shipped ones stand in profiles.toml, one table each; a site that has
another reader writes a file of the same form with one table, and names its path instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from devices import profile_files
from devices.errors import ProfileError
from devices.profile_files import BYTES, FLAG, LINE, MARK, Key, Table, is_path, number

if TYPE_CHECKING:  # reading bytes needs no serial line
    from devices.port import Flow, Parity

__all__ = [
    "GENERIC",
    "SHIPPED",
    "BlockCheck",
    "Blocks",
    "Profile",
    "Tlv",
    "is_path",
    "load",
    "parse",
]

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


def load(name_or_path: str = GENERIC.name) -> Profile:
    """The shipped profile of that name, or the one in a site's own file.

    Raises ProfileError, which names the file, the key and what is allowed there.
    """
    return profile_files.load("reader", name_or_path, SHIPPED, _made)


def parse(text: str, file: str = SHIPPED.name) -> dict[str, Profile]:
    """The profiles in `text`, by name; `file` is for messages. Raises ProfileError."""
    return profile_files.parse(text, file, _made)


def _made(name: str, table: object, place: str) -> Profile:
    values = profile_files.values(table, _KEYS, place)
    if "blocks" in values and "tlv" in values:
        raise ProfileError(f"{place} has both blocks and tlv; allowed: one of them")
    return Profile(name, **values)


_KEYS: Mapping[str, Key | Table] = {
    **LINE,
    "blocks": Table(
        Blocks,
        {
            "start": MARK,
            "end": MARK,
            "header": number(0, 16, whole=True),
            "check": Key(", ".join(f'"{check}"' for check in BlockCheck), BlockCheck),
            "ack": BYTES,
            "nak": BYTES,
        },
        ("start", "end"),
    ),
    "tlv": Table(Tlv, {"documents": BYTES}, ("documents",)),
    "unread": BYTES,
    "init": BYTES,
    "arm": BYTES,
    "arm_after_read": FLAG,
    "disarm": BYTES,
    "version": BYTES,
    "beep_ok": BYTES,
    "beep_bad": BYTES,
    "heartbeat": BYTES,
    "heartbeat_reply": BYTES,
    "heartbeat_s": number(1, 3600, whole=False),
}
