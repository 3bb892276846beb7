"""Bytes of one reader → frames, the same document told once however often it was sent."""

from __future__ import annotations

from collections.abc import Sequence

from devices.readers.framing.envelopes import BlockCutter, TlvCutter
from devices.readers.framing.frames import BlockEnd, Code, Frame, RejectedFrame
from devices.readers.framing.text import TextCutter
from devices.readers.profiles import GENERIC, BlockCheck, Profile
from devices.readers.rejects import RejectReason

# Twenty documents without a pause: no reader sends that.
_MOST_BYTES = 2048


class Framer:
    """Feed it what comes; call `quiet` when nothing has come for a while (80 ms will do).

    `codes` are the reader's owner's own; `profile` is what is known of its make.
    """

    def __init__(self, codes: Sequence[Code] = (), profile: Profile = GENERIC) -> None:
        self._cutter = _cutter(codes, profile)
        self._last: Frame | None = None
        self._noisy = False

    @property
    def unfinished(self) -> bool:
        """Whether the line stopped in the middle of something."""
        return self._cutter.unfinished

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that `data` completes; the same one twice in a burst is one."""
        frames = self._once(self._cutter.feed(data))
        if frames:
            self._noisy = False
        if self._cutter.pending > _MOST_BYTES:
            if not self._noisy:
                frames.append(RejectedFrame(RejectReason.NOISE))
            self._noisy = True
        return frames

    def quiet(self) -> list[Frame]:
        """What the rest amounts to, now that nothing follows; starts over."""
        frames = self._once(self._cutter.rest())
        if self._noisy:
            frames = []
        self._noisy = False
        self._last = None
        return frames

    def _once(self, frames: list[Frame]) -> list[Frame]:
        new: list[Frame] = []
        for frame in frames:
            if isinstance(frame, BlockEnd):
                new.append(frame)
                continue
            if frame != self._last:
                new.append(frame)
            self._last = frame
        return new


def _cutter(codes: Sequence[Code], profile: Profile) -> TextCutter | BlockCutter | TlvCutter:
    text = TextCutter(codes, profile.unread)
    blocks = profile.blocks
    if profile.tlv is not None:
        return TlvCutter(profile.tlv, text)
    if blocks is None or (blocks.check is BlockCheck.NONE and not blocks.ack + blocks.nak):
        # Marks that nothing hangs on are separators like others, and nobody has to wait for
        # the one at the end.
        return text
    return BlockCutter(blocks, text)
