"""What a reader's bytes are cut into: documents, codes, rejections, ends of blocks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from devices.readers.rejects import RejectReason


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of code that the reader's owner issues: `length` characters that `pattern`
    matches whole; `accepts` checks the rest, such as a check digit."""

    pattern: re.Pattern[str]
    length: int
    accepts: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class MrzFrame:
    """Lines with the shape of a machine-readable zone; whether they agree is for `mrz`.

    `repaired`: line and column, from 0, of each filler that the reader sent as another sign.
    """

    lines: tuple[str, ...] = field(repr=False)
    repaired: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CodeFrame:
    code: str


@dataclass(frozen=True, slots=True)
class RejectedFrame:
    reason: RejectReason


@dataclass(frozen=True, slots=True)
class BlockEnd:
    """A block is over; the reader waits to hear whether it arrived `intact`."""

    intact: bool


Frame = MrzFrame | CodeFrame | RejectedFrame | BlockEnd
