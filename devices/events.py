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
from devices.scales.load import Load

__all__ = [
    "CodeRead",
    "DeviceChanged",
    "DocumentRead",
    "Event",
    "Load",
    "ReadRejected",
    "ReadingGivenUp",
    "ReadingStarted",
    "ReadingWentOn",
    "RejectReason",
    "Stage",
    "WeightRead",
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
class WeightRead:
    """What the scale shows now, told when it has changed: once when it begins to move, and
    again when it has come to rest.

    `grams` is the net weight as the scale shows it, negative when a tare was taken and the
    thing put away; 0 while the load is not within. Only a `stable` weight may be taken over.
    `tared`: the scale says that it shows net of a tare.
    """

    grams: int
    stable: bool
    at: float
    source: str
    tared: bool = False
    load: Load = Load.WITHIN


@dataclass(frozen=True, slots=True)
class DeviceChanged:
    device: str
    state: DeviceState
    flags: frozenset[DeviceFlag] = field(default=frozenset())


Reading = ReadingStarted | ReadingWentOn | ReadingGivenUp
Event = DocumentRead | CodeRead | ReadRejected | Reading | WeightRead | DeviceChanged
