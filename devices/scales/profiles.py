"""What is known of a make of scale: its line, its messages, and how it is asked.

Profiles are data. The shipped ones stand in profiles.toml, one table each; a site that has
another scale writes a file of the same form with one table, and names its path instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from devices import profile_files
from devices.errors import ProfileError
from devices.profile_files import BYTES, FLAG, LINE, Key, Table, is_path, number, one_of
from devices.scales.frames import Cas, Framer, Lines, Toledo
from devices.scales.weights import GRAMS

if TYPE_CHECKING:  # reading bytes needs no serial line
    from devices.port import Flow, Parity

__all__ = ["GENERIC", "SHIPPED", "Messages", "Profile", "framer", "is_path", "load", "parse"]

SHIPPED = Path(__file__).with_name("profiles.toml")


class Messages(StrEnum):
    LINES = "lines"
    TOLEDO = "toledo"
    CAS = "cas"


@dataclass(frozen=True, slots=True)
class Profile:
    """A make of scale. Without a `request` it sends by itself."""

    name: str
    baud: int = 9600
    bits: int = 8
    parity: Parity = "N"
    stop: int = 1
    flow: Flow = "none"
    messages: Messages = Messages.LINES
    checked: bool = False
    """Toledo only: whether a check byte follows each message."""
    unit: str = ""
    """Lines only: the unit of numbers that bear none."""
    greeting: bytes = b""
    """What comes before the request, and is to be answered with `greeted`."""
    greeted: bytes = b""
    request: bytes = b""
    """Asks what it shows now."""
    request_s: float = 0.25
    """Seconds between two questions."""


GENERIC = Profile("generic")
"""Any scale that sends lines of text by itself."""


def framer(profile: Profile) -> Framer:
    """What understands its messages."""
    match profile.messages:
        case Messages.LINES:
            return Lines(profile.unit)
        case Messages.TOLEDO:
            return Toledo(checked=profile.checked)
        case Messages.CAS:
            return Cas()


def load(name_or_path: str = GENERIC.name) -> Profile:
    """The shipped profile of that name, or the one in a site's own file.

    Raises ProfileError, which names the file, the key and what is allowed there.
    """
    return profile_files.load("scale", name_or_path, SHIPPED, _made)


def parse(text: str, file: str = SHIPPED.name) -> dict[str, Profile]:
    """The profiles in `text`, by name; `file` is for messages. Raises ProfileError."""
    return profile_files.parse(text, file, _made)


def _made(name: str, table: object, place: str) -> Profile:
    profile = Profile(name, **profile_files.values(table, _KEYS, place))
    if bool(profile.greeting) != bool(profile.greeted):
        raise ProfileError(f"{place} has greeting or greeted; allowed: both, or neither")
    if profile.greeting and not profile.request:
        raise ProfileError(f"{place} greets and asks nothing; allowed: greeting with request")
    return profile


_KEYS: Mapping[str, Key | Table] = {
    **LINE,
    "messages": Key(", ".join(f'"{kind}"' for kind in Messages), Messages),
    "checked": FLAG,
    "unit": one_of(*GRAMS),
    "greeting": BYTES,
    "greeted": BYTES,
    "request": BYTES,
    "request_s": number(0.05, 10, whole=False),
}
