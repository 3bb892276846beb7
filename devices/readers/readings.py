"""Bytes heard, with their times → readings: cut, checked, and told once.

Pure: the caller keeps the clock, so a recording can be played again without waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from devices.events import CodeRead, DocumentRead, ReadRejected, RejectReason
from devices.mrz.raw import of_frame
from devices.readers.framing import (
    BlockEnd,
    Code,
    CodeFrame,
    Frame,
    Framer,
    MrzFrame,
    RejectedFrame,
)
from devices.readers.outcome import outcome
from devices.readers.profiles import Profile

# So long after an order, what comes and is no document and no code is the reader's reply.
REPLY_S = 1.0
# Replies are short and hold no filler; what is left of a document does.
_LONGEST_REPLY = 60
_FILLER = ord("<")


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same document or code again, so soon that it is one reading with the last."""


Heard = DocumentRead | CodeRead | ReadRejected | Repeated | BlockEnd


class Readings:
    """What comes over one opening of a line. Times are seconds of any steady clock;
    `dedupe` the seconds in which the same thing read again is one."""

    def __init__(
        self,
        profile: Profile,
        codes: Sequence[Code],
        today: Callable[[], date],
        dedupe: float,
        source: str,
    ) -> None:
        self._framer = Framer(codes, profile)
        self._today = today
        self._dedupe = dedupe
        self._source = source
        self._at = 0.0
        self._began: float | None = None
        self._message = bytearray()
        self._ordered: float | None = None
        self._seen: dict[str, float] = {}

    def heard(self, data: bytes, at: float) -> list[Heard]:
        """What `data`, whose last byte came at `at`, completes."""
        self._at = at
        if self._began is None:
            self._began = at
        self._message += data
        del self._message[: -2 * _LONGEST_REPLY]
        frames = self._framer.feed(data)
        heard = self._told(frames)
        if frames:
            # What follows a frame at once, such as a reply to the beep, began now.
            self._began = at
            self._message.clear()
        return heard

    def fell_quiet(self) -> list[Heard]:
        """What the rest amounts to, now that nothing has come for a while."""
        heard = self._told(self._framer.quiet())
        self._began = None
        self._message.clear()
        return heard

    def ordered(self, at: float) -> None:
        """The reader was told something at `at` and may reply."""
        self._ordered = at

    def interrupted(self) -> list[Heard]:
        """The line is gone: half a message is lost, and somebody should know."""
        if self._framer.unfinished and not self._is_reply():
            return [self._rejected(RejectReason.INTERRUPTED)]
        return []

    def _told(self, frames: list[Frame]) -> list[Heard]:
        return [heard for frame in frames if (heard := self._of(frame)) is not None]

    def _of(self, frame: Frame) -> Heard | None:
        match frame:
            case BlockEnd():
                return frame
            case RejectedFrame(reason):
                # A lone terminator after a good reading is its late end, not a fault.
                late_end = reason is RejectReason.EMPTY and self._seen_lately()
                return None if late_end or self._is_reply() else self._rejected(reason)
            case CodeFrame(code):
                if self._is_repeated(code):
                    return Repeated()
                return CodeRead(code, self._at, self._source)
            case MrzFrame(lines):
                # Some readers leave out the last fillers, and not always.
                if self._is_repeated("\n".join(line.rstrip("<") for line in lines)):
                    return Repeated()
                document = of_frame(frame, self._today())
                return outcome(document, self._at, self._source, RejectReason.UNKNOWN)

    def _rejected(self, reason: RejectReason) -> ReadRejected:
        return ReadRejected(reason, self._at, self._source)

    def _is_reply(self) -> bool:
        """Whether what was just cut is what the reader says to an order."""
        if self._ordered is None or self._began is None:
            return False
        in_time = self._at >= self._ordered and self._began < self._ordered + REPLY_S
        message = self._message
        return in_time and len(message) < _LONGEST_REPLY and _FILLER not in message

    def _seen_lately(self) -> bool:
        oldest = self._at - self._dedupe
        self._seen = {read: at for read, at in self._seen.items() if at > oldest}
        return bool(self._seen)

    def _is_repeated(self, read: str) -> bool:
        self._seen_lately()
        if read in self._seen:
            return True
        self._seen[read] = self._at
        return False
