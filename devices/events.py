"""What devices say to the program: frozen values on the hub's queue.

`at` is monotonic time in seconds (the loop's clock), for a reading that of its last byte.
A picture takes its time: every ReadingStarted ends in exactly one DocumentRead, ReadRejected
or ReadingGivenUp of the same source, with any number of ReadingWentOn before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from devices.health import DeviceFlag, DeviceState
from devices.mrz.answer import Document
from devices.readers.rejects import RejectReason
from devices.readers.stages import Stage

__all__ = [
    "CodeRead",
    "DeviceChanged",
    "DocumentRead",
    "Event",
    "ReadRejected",
    "ReadingGivenUp",
    "ReadingStarted",
    "ReadingWentOn",
    "RejectReason",
    "Stage",
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
class ReadingStarted:
    """A picture is being taken or read; whoever waits may give it up."""

    source: str
    at: float


@dataclass(frozen=True, slots=True)
class ReadingWentOn:
    """The reading under way has come to this stage."""

    source: str
    stage: Stage
    at: float


@dataclass(frozen=True, slots=True)
class ReadingGivenUp:
    """The reading under way ended with nothing to tell: somebody wished so, or the same
    document was read a moment ago."""

    source: str
    at: float


@dataclass(frozen=True, slots=True)
class DeviceChanged:
    device: str
    state: DeviceState
    flags: frozenset[DeviceFlag] = field(default=frozenset())


Reading = ReadingStarted | ReadingWentOn | ReadingGivenUp
Event = DocumentRead | CodeRead | ReadRejected | Reading | DeviceChanged
