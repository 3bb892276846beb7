"""What a printer says back, byte by byte.

Four kinds of answer share one stream and only fixed bits tell them apart (Epson's ESC/POS
reference, "Identification of send status"):

    DLE EOT n   0xx1xx10   one byte; which n it answers is known from the order of asking
    GS r 1      0xx0xxxx   one byte, given when all before it in the job was executed
    ASB         0xx1xx00   first of four; the other three look like GS r answers
    block       0x37       then 22 and a process id, or 25: cleared; ends with 00
    XON, XOFF   0x11 0x13  of the line, anywhere
"""

from __future__ import annotations

from collections import deque

from devices.printers.status import (
    Ask,
    Condition,
    after_automatic,
    after_paper_sensor,
    after_real_time,
)

REALTIME_BITS, REALTIME, AUTOMATIC = 0x93, 0x12, 0x10
PLAIN_BITS, PLAIN = 0x90, 0x00
FLOW_CONTROL = b"\x11\x13"
BLOCK, PROCESS_ID, CLEARED = 0x37, 0x22, 0x25
PROCESS_ID_BYTES, CLEARED_BYTES = 7, 3

# More answers than papers were sent are noise.
_KEPT_IDS = 8


class Answers:
    """Feeds on the answer stream and keeps the printer's `condition`.

    `answered` counts answers to DLE EOT, `proofs` answers to GS r, `pushed` what it said of
    its own accord, `cleared` answers to the clearing of its buffer. What answers no question
    is dropped: on a noisy line it would be taken for the answer to the next.
    """

    def __init__(self) -> None:
        self.condition = Condition()
        self.answered = 0
        self.proofs = 0
        self.pushed = 0
        self.cleared = 0
        self._asked: deque[Ask] = deque()
        self._ids: deque[bytes] = deque(maxlen=_KEPT_IDS)
        self._automatic = bytearray()
        self._block = bytearray()

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

    def printed(self, process_id: bytes) -> bool:
        """Whether the printer said that the paper with this id is out."""
        return process_id in self._ids

    def feed(self, data: bytes) -> None:
        for byte in data:
            if byte not in FLOW_CONTROL:
                self._take(byte)

    def _take(self, byte: int) -> None:
        if self._automatic:
            if byte & PLAIN_BITS == PLAIN:
                self._automatic.append(byte)
                if len(self._automatic) == 4:
                    self.condition = after_automatic(self.condition, bytes(self._automatic))
                    self.pushed += 1
                    self._automatic.clear()
                return
            # The rest of the four was lost.
            self._automatic.clear()
        if self._block:
            if self._belongs_to_block(byte):
                return
            # Its rest was lost, and this byte is the first of something else.
            self._block.clear()
        self._begin(byte)

    def _begin(self, byte: int) -> None:
        if byte == BLOCK:
            self._block.append(byte)
        elif byte & REALTIME_BITS == REALTIME:
            if self._asked:
                self.condition = after_real_time(self.condition, self._asked.popleft(), byte)
                self.answered += 1
        elif byte & REALTIME_BITS == AUTOMATIC:
            self._automatic.append(byte)
        elif byte & PLAIN_BITS == PLAIN:
            self.condition = after_paper_sensor(self.condition, byte)
            self.proofs += 1

    def _belongs_to_block(self, byte: int) -> bool:
        block = self._block
        if len(block) == 1:
            belongs = byte in (PROCESS_ID, CLEARED)
        elif block[1] == CLEARED:
            belongs = byte == 0
        elif len(block) < PROCESS_ID_BYTES - 1:
            belongs = 0x20 <= byte <= 0x7E
        else:
            belongs = byte == 0
        if not belongs:
            return False
        block.append(byte)
        if block[1] == CLEARED and len(block) == CLEARED_BYTES:
            self.cleared += 1
            block.clear()
        elif len(block) == PROCESS_ID_BYTES:
            self._ids.append(bytes(block[2:-1]))
            block.clear()
        return True
