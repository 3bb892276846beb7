"""Opens what some readers put a document into: blocks with a check, commands with a length."""

from __future__ import annotations

from functools import reduce
from operator import xor

from devices.readers.framing.frames import BlockEnd, Frame, RejectedFrame
from devices.readers.framing.text import TextCutter
from devices.readers.profiles import BlockCheck, Blocks, Tlv
from devices.readers.rejects import RejectReason

# DESKO allows 1024 characters in a message; nothing longer was seen.
_LONGEST = 1024
# A command whose length says more is none: other text stands there.
_LONGEST_VALUE = 512
# More than this between two blocks is a block that lost its start mark.
_MOST_STRAY = 8


class BlockCutter:
    """Blocks whose check is right; of any other only that it was not."""

    def __init__(self, blocks: Blocks, inside: TextCutter) -> None:
        self._blocks = blocks
        self._inside = inside
        self._block: bytearray | None = None
        self._ended = False
        self._stray = 0
        self.pending = 0

    @property
    def unfinished(self) -> bool:
        return self._block is not None

    def feed(self, data: bytes) -> list[Frame]:
        frames: list[Frame] = []
        for byte in data:
            self.pending += 1
            frames += self._next(byte)
        return frames

    def rest(self) -> list[Frame]:
        """A block that did not end arrived broken."""
        frames: list[Frame] = []
        if self._block is not None:
            frames = self._end(False, RejectReason.TRUNCATED)
        elif self._stray > _MOST_STRAY:
            frames = self._end(False, RejectReason.MISREAD)
        self._stray = 0
        self.pending = 0
        return frames

    def _next(self, byte: int) -> list[Frame]:
        block, blocks = self._block, self._blocks
        if block is None:
            if byte == blocks.start[0]:
                self._begin()
            else:
                self._stray += 1
            return []
        block.append(byte)
        if self._ended:
            return self._checked(byte)
        if len(block) <= blocks.header:
            return []
        if byte == blocks.end[0]:
            if blocks.check is BlockCheck.NONE:
                return self._opened(block[blocks.header : -1])
            self._ended = True
        elif byte == blocks.start[0] or len(block) > _LONGEST:
            frames = self._end(False, RejectReason.MISREAD)
            if byte == blocks.start[0]:
                self._begin()
            return frames
        return []

    def _begin(self) -> None:
        self._block = bytearray()
        self._ended = False
        self._stray = 0

    def _checked(self, check: int) -> list[Frame]:
        block, blocks = self._block, self._blocks
        assert block is not None
        if reduce(xor, block) == 0:  # the check byte is the exclusive or of all before it
            return self._opened(block[blocks.header : -2])
        frames = self._end(False, RejectReason.MISREAD)
        if check == blocks.start[0]:  # the check byte was lost, and the next block has begun
            self._begin()
        return frames

    def _opened(self, text: bytearray) -> list[Frame]:
        if not text:
            return self._end(True, RejectReason.EMPTY)
        return [*self._inside.cut(bytes(text)), *self._end(True)]

    def _end(self, intact: bool, reason: RejectReason | None = None) -> list[Frame]:
        self._block = None
        self.pending = 0
        frames: list[Frame] = [] if reason is None else [RejectedFrame(reason)]
        if self._blocks.ack or self._blocks.nak:
            frames.append(BlockEnd(intact))
        return frames


class TlvCutter:
    """Commands with a length, high byte first; what is none is read as plain characters."""

    def __init__(self, tlv: Tlv, inside: TextCutter) -> None:
        self._tlv = tlv
        self._inside = inside
        self._message = bytearray()
        self._is_plain = False

    @property
    def pending(self) -> int:
        return self._inside.pending if self._is_plain else len(self._message)

    @property
    def unfinished(self) -> bool:
        return self._inside.unfinished if self._is_plain else bool(self._message)

    def feed(self, data: bytes) -> list[Frame]:
        if self._is_plain:
            return self._inside.feed(data)
        frames: list[Frame] = []
        message = self._message
        message += data
        while len(message) >= 3:
            size = int.from_bytes(message[1:3], "big")
            if size > _LONGEST_VALUE:
                self._is_plain = True
                frames += self._inside.feed(bytes(message))
                message.clear()
            elif len(message) < 3 + size:
                break
            else:
                frames += self._opened(message[0], bytes(message[3 : 3 + size]))
                del message[: 3 + size]
        return frames

    def rest(self) -> list[Frame]:
        frames: list[Frame] = []
        if self._is_plain:
            frames = self._inside.rest()
        elif self._message[:1] and self._message[0] in self._tlv.documents:
            frames = self._inside.cut(bytes(self._message[3:]))
        self._message.clear()
        self._is_plain = False
        return frames

    def _opened(self, command: int, value: bytes) -> list[Frame]:
        if command not in self._tlv.documents:
            return []  # the answer to an order
        return self._inside.cut(value) if value else [RejectedFrame(RejectReason.EMPTY)]
