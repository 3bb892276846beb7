"""What devices say to the program: frozen values on the hub's queue.

`at` is monotonic time in seconds (the loop's clock), for a reading that of its last byte.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.health import DeviceFlag, DeviceState
from devices.mrz.answer import Document
from devices.readers.rejects import RejectReason

__all__ = [
    "CodeRead",
    "DeviceChanged",
    "DocumentRead",
    "Event",
    "ReadRejected",
    "RejectReason",
]


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """A document to go on with: its status is `ok` or `review`, never `reject`."""

    document: Document
    at: float
    source: str


@dataclass(frozen=True, slots=True)
class CodeRead:
    """One of the codes the reader was told to know, its check digit right."""

    code: str
    at: float
    source: str


@dataclass(frozen=True, slots=True)
class ReadRejected:
    """Something was read and is no use: swipe again, or type."""

    reason: RejectReason
    at: float
    source: str


@dataclass(frozen=True, slots=True)
class DeviceChanged:
    device: str
    state: DeviceState
    flags: frozenset[DeviceFlag] = field(default=frozenset())


Event = DocumentRead | CodeRead | ReadRejected | DeviceChanged
