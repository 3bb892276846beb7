"""What readers that send characters have in common: bytes heard → events for the program."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from devices import mrz
from devices.events import CodeRead, DocumentRead, Event, ReadRejected, RejectReason
from devices.health import FIRST_RETRY_S
from devices.readers.framing import Code, CodeFrame, Frame, Framer, MrzFrame, RejectedFrame

Emit = Callable[[Event], None]

_REJECTS = {
    mrz.ReasonCode.TRUNCATED: RejectReason.TRUNCATED,
    mrz.ReasonCode.UNREADABLE: RejectReason.CHECK_DIGITS,
    mrz.ReasonCode.UNSUPPORTED_FORMAT: RejectReason.UNSUPPORTED,
}


@dataclass(frozen=True, slots=True)
class Patience:
    """`gap`: seconds without a byte that end a message. `dedupe`: seconds in which the same
    document or code read again is one; readers send twice, and hands swipe twice. `look`:
    seconds between looks for a reader that is unplugged."""

    gap: float = 0.08
    dedupe: float = 2.0
    look: float = FIRST_RETRY_S


USUAL = Patience()


class Listener:
    """What comes over one opening of a line, as events; `source` is the reader's name."""

    def __init__(
        self,
        codes: Sequence[Code],
        today: Callable[[], date],
        patience: Patience,
        source: str,
        emit: Emit,
    ) -> None:
        self._framer = Framer(codes)
        self._today = today
        self._patience = patience
        self._source = source
        self._emit = emit
        self._loop = asyncio.get_running_loop()
        self._quiet: asyncio.TimerHandle | None = None
        self._at = 0.0
        self._seen: dict[Frame, float] = {}

    def heard(self, data: bytes) -> None:
        self._at = self._loop.time()
        self._tell(self._framer.feed(data))
        if self._quiet is not None:
            self._quiet.cancel()
        self._quiet = self._loop.call_at(self._at + self._patience.gap, self._fell_quiet)

    def interrupted(self) -> None:
        """The line is gone: half a message is lost, and somebody should know."""
        if self._framer.unfinished:
            self._reject(RejectReason.INTERRUPTED)

    def stop(self) -> None:
        if self._quiet is not None:
            self._quiet.cancel()

    def _fell_quiet(self) -> None:
        self._quiet = None
        self._tell(self._framer.quiet())

    def _tell(self, frames: list[Frame]) -> None:
        for frame in frames:
            match frame:
                case RejectedFrame(reason):
                    # A lone terminator after a good reading is its late end, not a fault.
                    if reason is not RejectReason.EMPTY or not self._seen_lately():
                        self._reject(reason)
                case _ if self._is_repeated(frame):
                    pass
                case CodeFrame(code):
                    self._emit(CodeRead(code, self._at, self._source))
                case MrzFrame(lines):
                    self._tell_document(mrz.parse(lines, self._today()))

    def _tell_document(self, document: mrz.Document) -> None:
        if document.status is mrz.Status.REJECT:
            self._reject(_REJECTS.get(document.reasons[0].code, RejectReason.UNKNOWN))
        else:
            self._emit(DocumentRead(document, self._at, self._source))

    def _reject(self, reason: RejectReason) -> None:
        self._emit(ReadRejected(reason, self._at, self._source))

    def _seen_lately(self) -> bool:
        oldest = self._at - self._patience.dedupe
        self._seen = {frame: at for frame, at in self._seen.items() if at > oldest}
        return bool(self._seen)

    def _is_repeated(self, frame: Frame) -> bool:
        self._seen_lately()
        if frame in self._seen:
            return True
        self._seen[frame] = self._at
        return False
