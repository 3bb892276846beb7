"""What a printer says back, byte by byte: real-time status, paper sensor, automatic status.

Three kinds of answer share one stream and only fixed bits tell them apart (Epson's ESC/POS
reference, DLE EOT, GS r, GS a):

    DLE EOT n   0xx1xx10   one byte; which n it answers is known from the order of asking
    GS r 1      0xx0xxxx   one byte, given when all before it in the job was executed
    ASB         0xx1xx00   first of four; the other three look like GS r answers

What was not said is unknown (None), never "all right".
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from enum import IntEnum

from devices.health import DeviceFlag, DeviceState

REALTIME_BITS = 0x93
REALTIME = 0x12
AUTOMATIC = 0x10
PLAIN_BITS = 0x90
PLAIN = 0x00


class Ask(IntEnum):
    """The n of DLE EOT n."""

    PRINTER = 1
    OFFLINE_CAUSE = 2
    ERROR_CAUSE = 3
    PAPER = 4

    @property
    def command(self) -> bytes:
        return bytes((0x10, 0x04, self))


# GS r 1 stands in the printer's buffer behind the job: its answer proves what went before.
ASK_PROOF = b"\x1dr\x01"


@dataclass(frozen=True, slots=True)
class Condition:
    """How the printer is, as far as it said. None: unknown."""

    offline: bool | None = None
    cover_open: bool | None = None
    paper_out: bool | None = None
    paper_near_end: bool | None = None
    cutter_error: bool | None = None
    overheated: bool | None = None
    failed: bool | None = None
    """An error that only switching off and on ends."""

    @property
    def blocked(self) -> bool:
        """Whether it said that it cannot print now."""
        return any(
            (
                self.offline,
                self.cover_open,
                self.paper_out,
                self.cutter_error,
                self.overheated,
                self.failed,
            )
        )

    @property
    def flags(self) -> frozenset[DeviceFlag]:
        said = {
            DeviceFlag.COVER_OPEN: self.cover_open,
            DeviceFlag.PAPER_OUT: self.paper_out,
            DeviceFlag.PAPER_NEAR_END: self.paper_near_end and not self.paper_out,
            DeviceFlag.CUTTER: self.cutter_error,
            DeviceFlag.OVERHEATED: self.overheated,
        }
        flags = frozenset(flag for flag, is_so in said.items() if is_so)
        if self.blocked and flags <= {DeviceFlag.PAPER_NEAR_END}:
            flags |= {DeviceFlag.OFFLINE}
        return flags

    @property
    def state(self) -> DeviceState:
        if self.blocked:
            return DeviceState.BLOCKED
        if self.paper_out is None or self.cover_open is None:
            return DeviceState.UNKNOWN
        return DeviceState.DEGRADED if self.paper_near_end else DeviceState.READY


class StatusParser:
    """Feeds on the answer stream and keeps the printer's `condition`.

    `answered` counts answers to DLE EOT, `proofs` answers to GS r. What answers no question
    is dropped: on a noisy line it would be taken for the answer to the next.
    """

    def __init__(self) -> None:
        self.condition = Condition()
        self.answered = 0
        self.proofs = 0
        self._asked: deque[Ask] = deque()
        self._automatic = bytearray()

    def asked(self, question: Ask) -> None:
        """DLE EOT `question` goes out now."""
        self._asked.append(question)

    def forget_questions(self) -> None:
        """No answer came in time; a late one would be taken for that to another question."""
        self._asked.clear()

    @property
    def waiting(self) -> int:
        """How many questions have no answer yet."""
        return len(self._asked)

    def feed(self, data: bytes) -> None:
        for byte in data:
            self._take(byte)

    def _take(self, byte: int) -> None:
        if self._automatic:
            if byte & PLAIN_BITS == PLAIN:
                self._automatic.append(byte)
                if len(self._automatic) == 4:
                    self.condition = _automatic(self.condition, bytes(self._automatic))
                    self._automatic.clear()
                return
            # The rest of the four was lost.
            self._automatic.clear()
        if byte & REALTIME_BITS == REALTIME:
            if self._asked:
                self.condition = _realtime(self.condition, self._asked.popleft(), byte)
                self.answered += 1
        elif byte & REALTIME_BITS == AUTOMATIC:
            self._automatic.append(byte)
        elif byte & PLAIN_BITS == PLAIN:
            self.condition = _paper_sensor(self.condition, byte)
            self.proofs += 1


def _realtime(before: Condition, question: Ask, byte: int) -> Condition:
    match question:
        case Ask.PRINTER:
            return replace(before, offline=bool(byte & 0x08))
        case Ask.OFFLINE_CAUSE:
            return replace(
                before,
                cover_open=bool(byte & 0x04),
                # Bit 5: printing stopped at the end of the paper. Clear, it says nothing
                # about a printer that was not printing; DLE EOT 4 does.
                paper_out=True if byte & 0x20 else before.paper_out,
            )
        case Ask.ERROR_CAUSE:
            return replace(
                before,
                cutter_error=bool(byte & 0x08),
                failed=bool(byte & 0x20),
                overheated=bool(byte & 0x40),
            )
        case Ask.PAPER:
            return replace(
                before, paper_near_end=bool(byte & 0x0C), paper_out=bool(byte & 0x60)
            )


def _paper_sensor(before: Condition, byte: int) -> Condition:
    # It executes what waits in its buffer, so it is not off-line.
    return replace(
        before,
        offline=False,
        paper_near_end=bool(byte & 0x03),
        paper_out=bool(byte & 0x0C),
    )


def _automatic(before: Condition, four: bytes) -> Condition:
    return replace(
        before,
        offline=bool(four[0] & 0x08),
        cover_open=bool(four[0] & 0x20),
        cutter_error=bool(four[1] & 0x08),
        failed=bool(four[1] & 0x20),
        overheated=bool(four[1] & 0x40),
        paper_near_end=bool(four[2] & 0x03),
        paper_out=bool(four[2] & 0x0C),
    )
