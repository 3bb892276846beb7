"""A document reader on a serial line: one long task that opens it, listens, starts again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Never

from devices import mrz
from devices.errors import PortAbsent, PortBusy, PortForbidden, PortUnavailable
from devices.events import (
    CodeRead,
    DeviceChanged,
    DocumentRead,
    Event,
    ReadRejected,
    RejectReason,
)
from devices.health import FIRST_RETRY_S, DeviceFlag, DeviceState, retry_after
from devices.port import AsyncPort, LineSettings
from devices.readers.framing import Code, CodeFrame, Frame, Framer, MrzFrame, RejectedFrame

log = logging.getLogger(__name__)

Emit = Callable[[Event], None]

_REJECTS = {
    mrz.ReasonCode.TRUNCATED: RejectReason.TRUNCATED,
    mrz.ReasonCode.UNREADABLE: RejectReason.CHECK_DIGITS,
    mrz.ReasonCode.UNSUPPORTED_FORMAT: RejectReason.UNSUPPORTED,
}

_FLAGS: dict[type[PortUnavailable], DeviceFlag] = {
    PortBusy: DeviceFlag.BUSY,
    PortForbidden: DeviceFlag.FORBIDDEN,
}


@dataclass(frozen=True, slots=True)
class Patience:
    """`gap`: seconds without a byte that end a message. `dedupe`: seconds in which the same
    document or code read again is one; readers send twice, and hands swipe twice. `look`:
    seconds between looks for a reader that is unplugged."""

    gap: float = 0.08
    dedupe: float = 2.0
    look: float = FIRST_RETRY_S


class SerialReader:
    """Emits DocumentRead, CodeRead, ReadRejected, and DeviceChanged when its state changes.

    `today` is asked at each document, for centuries and expiry.
    """

    def __init__(
        self,
        line: LineSettings,
        codes: Sequence[Code],
        today: Callable[[], date],
        patience: Patience = Patience(),
        name: str = "reader",
    ) -> None:
        self.name = name
        self._line = line
        self._codes = tuple(codes)
        self._today = today
        self._patience = patience
        self._shown: DeviceChanged | None = None

    async def run(self, emit: Emit) -> Never:
        """Listens until it is cancelled; an unplugged reader is waited for."""
        failures = 0
        while True:
            if failures == 0:
                self._show(emit, DeviceState.OPENING)
            lost = asyncio.Event()
            listener = _Listener(self._codes, self._today, self._patience, self.name, emit)
            try:
                port = AsyncPort.open(self._line, listener.heard, lost.set)
            except PortUnavailable as fault:
                if failures == 0:
                    log.warning("%s: %s", self.name, fault)
                failures += 1
                self._show_unavailable(emit, fault)
                # A reader plugged in is to be ready at once; a line that others hold can wait.
                absent = isinstance(fault, PortAbsent)
                await asyncio.sleep(self._patience.look if absent else retry_after(failures))
                continue
            try:
                failures = 0
                self._show(emit, DeviceState.READY)
                await lost.wait()
                listener.interrupted()
                self._show(emit, DeviceState.LOST)
                log.warning("%s: %s is gone", self.name, self._line.path)
            finally:
                port.abort()
                listener.stop()
            await asyncio.sleep(self._patience.look)

    def _show_unavailable(self, emit: Emit, fault: PortUnavailable) -> None:
        if isinstance(fault, PortAbsent):
            self._show(emit, DeviceState.ABSENT)
        else:
            flag = _FLAGS.get(type(fault))
            self._show(emit, DeviceState.BLOCKED, frozenset({flag} if flag else ()))

    def _show(
        self, emit: Emit, state: DeviceState, flags: frozenset[DeviceFlag] = frozenset()
    ) -> None:
        change = DeviceChanged(self.name, state, flags)
        if change != self._shown:
            self._shown = change
            emit(change)


class _Listener:
    """What comes over one opening of the line, as events."""

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
