"""Finds documents and codes in plain characters, as soon as their last one has come.

Keep runs of A-Z, 0-9 and < (small letters count as capitals) and take every other byte for a
separator. A message is over as soon as whole lines with right check digits stand there (three
of them with the separator after the last), or one of the codes asked for; else when the line
falls quiet, and then it is judged by its shape. So no profile is needed for CR, LF, STX and
ETX, prefixes or no framing at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from devices.readers.framing import decodings, zones
from devices.readers.framing.frames import Code, CodeFrame, Frame, MrzFrame, RejectedFrame
from devices.readers.framing.zones import ORNAMENT, Run
from devices.readers.rejects import RejectReason

_FOLD: tuple[str | None, ...] = tuple(
    chr(byte).upper() if re.match(rb"[A-Za-z0-9<]", bytes((byte,))) else None
    for byte in range(256)
)

# What readers put between and around lines. Any other byte is one that was misread: readers
# mark those with ? * or _, and a byte of wrong parity arrives as NUL.
_SEPARATORS = frozenset(b"\r\n\t \x01\x02\x03\x04\x1c\x1d\x1e\x1f")

# The longest zone has 90 characters; what is older than two of them cannot matter.
_KEPT_RUNS = 8
_KEPT_CHARACTERS = 256
# Other meanings are sought in so many bytes at most: two documents in UTF-16 or in Cyrillic.
_KEPT_BYTES = 512


class TextCutter:
    """Feed it what comes; ask for the `rest` when nothing follows.

    `unread`: the bytes that the reader sends for a character it could not make out.
    """

    def __init__(self, codes: Sequence[Code] = (), unread: bytes = b"") -> None:
        self._codes = tuple(codes)
        self._unread = unread
        self._separators = _SEPARATORS.difference(unread)
        self._ends = zones.ENDS.union(
            code.length + before for code in self._codes for before in range(ORNAMENT + 1)
        )
        self._closed = False
        self._start_over()

    def _start_over(self) -> None:
        self._runs: list[Run] = []
        self._run = ""
        self._torn = False
        self._misread = False
        self._raw = bytearray()
        self.pending = 0
        """Bytes since the last frame."""

    @property
    def unfinished(self) -> bool:
        """Whether something stopped in the middle."""
        runs = self._all_runs()
        return bool(runs) and not self._only_ornament(runs)

    def cut(self, message: bytes) -> list[Frame]:
        """All frames of a whole message."""
        return [*self.feed(message), *self.rest()]

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that `data` completes."""
        frames: list[Frame] = []
        fold = _FOLD
        for byte in data:
            self.pending += 1
            self._raw.append(byte)
            character = fold[byte]
            if character is None:
                frames += self._separate(byte)
                continue
            self._run += character
            length = len(self._run)
            if length in self._ends or length >= zones.SHORTEST:
                frames += self._close()
        del self._raw[:-_KEPT_BYTES]
        return frames

    def rest(self) -> list[Frame]:
        """What the rest amounts to, now that nothing follows; starts over."""
        frames: list[Frame] = []
        if self.pending:
            frames = self._closed_zone(is_over=True) or self._judged()
        self._start_over()
        self._closed = False
        return frames

    def _separate(self, byte: int) -> list[Frame]:
        misread = byte not in self._separators
        if self._run:
            frames = self._closed_zone(is_over=True)
            if frames:
                return self._closed_with(frames)
            self._runs.append(Run(self._run, self._torn or misread))
            self._run = ""
            self._torn = False
            del self._runs[:-_KEPT_RUNS]
        self._torn = misread or (self._torn and byte not in b"\r\n")
        self._misread = self._misread or misread
        return []

    # ---- closing at once

    def _close(self) -> list[Frame]:
        """The frame that the newest character completes, after any whole one before it."""
        frames = self._closed_code() or self._closed_zone(is_over=False)
        if frames:
            return self._closed_with(frames)
        if len(self._run) > _KEPT_CHARACTERS:
            self._run = self._run[-_KEPT_CHARACTERS // 2 :]
        return []

    def _closed_with(self, frames: list[Frame]) -> list[Frame]:
        self._start_over()
        self._closed = True
        return frames

    def _closed_code(self) -> list[Frame]:
        length = len(self._run)
        for code in self._codes:
            # Never deep inside a run: the digits of a document could look like a code.
            if code.length <= length <= code.length + ORNAMENT:
                text = self._run[-code.length :]
                # In the run itself, for a pattern may say what must not stand before it.
                found = code.pattern.fullmatch(self._run, length - code.length)
                if found and code.accepts(text):
                    return [CodeFrame(text)]
        return []

    def _closed_zone(self, *, is_over: bool) -> list[Frame]:
        found = zones.closed(self._runs, Run(self._run, self._torn), is_over=is_over)
        if found is None:
            return []
        lines, used = found
        before = self._runs[: len(self._runs) - used]
        if not used:
            glued = self._run[: len(self._run) - sum(map(len, lines))]
            before = [*before, Run(glued, self._torn)]
        return [*map(MrzFrame, zones.by_shape(before)), MrzFrame(lines)]

    # ---- judging what is left

    def _all_runs(self) -> list[Run]:
        return [*self._runs, Run(self._run, self._torn)] if self._run else self._runs

    def _only_ornament(self, runs: list[Run]) -> bool:
        """Whether this is but the end of a frame that was closed before it was over."""
        return self._closed and all(len(run.text) <= ORNAMENT for run in runs)

    def _judged(self) -> list[Frame]:
        runs = self._all_runs()
        shaped = [MrzFrame(lines) for lines in zones.by_shape(runs, short_names=True)]
        decoded, right = self._decoded()
        if decoded and (right or not shaped):
            return decoded
        if shaped:
            return [*shaped]
        # Words that surround a document which was read, such as the print beside its zone.
        if self._closed and not zones.starts([run for run in runs if not run.is_word]):
            return []
        return [RejectedFrame(self._fault(runs))]

    def _decoded(self) -> tuple[list[Frame], bool]:
        """The frames of another meaning of the bytes, and whether their check digits are right;
        else those of the first that is certain and has the shape of a zone."""
        likely: list[Frame] = []
        for decoding in decodings.of(bytes(self._raw), self._unread):
            inner = TextCutter(self._codes)
            whole = inner.feed(decoding.text + b"\r")
            right = [decoding.marked(frame) for frame in whole]
            if right:
                return right, True
            if decoding.is_certain and not likely:
                found = zones.by_shape(inner._all_runs(), short_names=True)
                likely = [*map(MrzFrame, found)]
        return likely, False

    def _fault(self, runs: list[Run]) -> RejectReason:
        if not runs:
            return RejectReason.MISREAD if self._misread else RejectReason.EMPTY
        if any(code.pattern.fullmatch(run.text) for code in self._codes for run in runs):
            return RejectReason.CHECK_DIGITS
        if self._misread:
            return RejectReason.MISREAD
        if not zones.starts(runs):
            return RejectReason.UNKNOWN
        return RejectReason.TRUNCATED if zones.lacks_characters(runs) else RejectReason.MISREAD
