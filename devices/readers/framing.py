"""Cuts the bytes of any reader into documents and codes, whatever stands around them.

Keep runs of A-Z, 0-9 and < (small letters count as capitals) and take every other byte for a
separator. A message is over as soon as whole lines with right check digits stand there, or one
of the codes asked for; else when the line falls quiet, and then it is judged by its shape. So
no profile is needed for CR, LF, STX and ETX, block checks, prefixes or no framing at all.

Pure: bytes in, frames out; the caller keeps the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from devices.mrz import layouts
from devices.readers.rejects import RejectReason

_FOLD: tuple[str | None, ...] = tuple(
    chr(byte).upper() if re.match(rb"[A-Za-z0-9<]", bytes((byte,))) else None
    for byte in range(256)
)

# What readers put between and around lines. Any other byte is one that was misread: readers
# mark those with ? * or _, and a byte of wrong parity arrives as NUL.
_SEPARATORS = frozenset(b"\r\n\t \x01\x02\x03\x04\x1c\x1d\x1e\x1f")

# Symbology marks, lengths, flags before a line and block checks after it.
_ORNAMENT = 3

# The longest zone has 90 characters; what is older than two of them cannot matter.
_KEPT_RUNS = 8
_KEPT_CHARACTERS = 256
_MOST_BYTES = 2048

# First letters of two lines of 44 (passports, visas) and of 36 (cards, passports, visas).
_UPPERS_OF_TWO = "PV"
_UPPERS_OF_36 = "ACIPV"

_START_OF_ZONE = re.compile(r"[PACIV][A-Z<][A-Z<]{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of code that the reader's owner issues: `length` characters that `pattern`
    matches whole; `accepts` checks the rest, such as a check digit."""

    pattern: re.Pattern[str]
    length: int
    accepts: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class MrzFrame:
    """Lines with the shape of a machine-readable zone; whether they agree is for `mrz`."""

    lines: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CodeFrame:
    code: str


@dataclass(frozen=True, slots=True)
class RejectedFrame:
    reason: RejectReason


Frame = MrzFrame | CodeFrame | RejectedFrame


class Framer:
    """Feed it what comes; call `quiet` when nothing has come for a while (80 ms will do)."""

    def __init__(self, codes: Sequence[Code] = ()) -> None:
        self._codes = tuple(codes)
        self._last: Frame | None = None
        self._closed = False
        self._noisy = False
        self._start_over()

    def _start_over(self) -> None:
        self._runs: list[str] = []
        self._run = ""
        self._bytes = 0
        self._misread = False

    @property
    def waiting(self) -> bool:
        """Whether bytes came since the last quiet."""
        return self._bytes > 0 or self._closed or self._noisy

    @property
    def unfinished(self) -> bool:
        """Whether the line stopped in the middle of something."""
        runs = self._all_runs()
        return bool(runs) and not self._only_ornament(runs)

    def feed(self, data: bytes) -> list[Frame]:
        """The frames that `data` completes; the same one twice in a burst is one."""
        frames: list[Frame] = []
        for byte in data:
            self._bytes += 1
            character = _FOLD[byte]
            if character is None:
                self._separate(byte)
            else:
                self._run += character
                closed = self._close()
                if closed is not None:
                    frames += self._once(closed)
        if self._bytes > _MOST_BYTES:
            if not self._noisy:
                frames.append(RejectedFrame(RejectReason.NOISE))
            self._noisy = True
        return frames

    def quiet(self) -> list[Frame]:
        """What the rest amounts to, now that nothing follows; starts over."""
        frames: list[Frame] = []
        if self._bytes and not self._noisy:
            frames = self._once(self._judged())
        self._start_over()
        self._closed = self._noisy = False
        self._last = None
        return frames

    def _separate(self, byte: int) -> None:
        if byte not in _SEPARATORS:
            self._misread = True
        if self._run:
            self._runs.append(self._run)
            self._run = ""
            del self._runs[:-_KEPT_RUNS]

    def _once(self, frames: list[Frame]) -> list[Frame]:
        new: list[Frame] = []
        for frame in frames:
            if frame != self._last:
                new.append(frame)
            self._last = frame
        return new

    # ---- closing at once

    def _close(self) -> list[Frame] | None:
        """The frame that the newest character completes, after any whole one before it."""
        frame = self._closed_code() or self._closed_zone()
        if frame is None:
            if len(self._run) > _KEPT_CHARACTERS:
                self._run = self._run[-_KEPT_CHARACTERS // 2 :]
            return None
        self._start_over()
        self._closed = True
        self._noisy = False
        return frame

    def _closed_code(self) -> list[Frame] | None:
        length = len(self._run)
        for code in self._codes:
            # Never deep inside a run: the digits of a document could look like a code.
            if code.length <= length <= code.length + _ORNAMENT:
                text = self._run[-code.length :]
                if code.pattern.fullmatch(text) and code.accepts(text):
                    return [CodeFrame(text)]
        return None

    def _closed_zone(self) -> list[Frame] | None:
        run, runs = self._run, self._runs
        length = len(run)
        if length < layouts.TD1_WIDTH:
            return None
        if length == layouts.TD1_WIDTH and len(runs) >= 2:
            upper, middle = runs[-2][-layouts.TD1_WIDTH :], runs[-1]
            if layouts.closes_td1(upper, middle, run):
                return [*_zones(runs[:-2]), MrzFrame((upper, middle, run))]
        if length == layouts.TD3_WIDTH and runs:
            upper = runs[-1][-layouts.TD3_WIDTH :]
            if layouts.closes_td3(upper, run):
                return [*_zones(runs[:-1]), MrzFrame((upper, run))]
        if length >= 2 * layouts.TD3_WIDTH:
            before, upper, lower = run[:-88], run[-88:-44], run[-44:]
            if layouts.closes_td3(upper, lower):
                return [*_zones([*runs, before]), MrzFrame((upper, lower))]
        if length >= 3 * layouts.TD1_WIDTH:
            before, upper, middle, lower = run[:-90], run[-90:-60], run[-60:-30], run[-30:]
            if layouts.closes_td1(upper, middle, lower):
                return [*_zones([*runs, before]), MrzFrame((upper, middle, lower))]
        return None

    # ---- judging what is left

    def _all_runs(self) -> list[str]:
        return [*self._runs, self._run] if self._run else self._runs

    def _only_ornament(self, runs: list[str]) -> bool:
        """Whether this is but the end of a frame that was closed before it was over."""
        return self._closed and all(len(run) <= _ORNAMENT for run in runs)

    def _judged(self) -> list[Frame]:
        runs = self._all_runs()
        if self._only_ornament(runs):
            return []
        if not runs:
            return [RejectedFrame(RejectReason.EMPTY)]
        # With a misread byte in between, a short line may be half of one.
        zones = _zones(runs, short_names=not self._misread)
        if zones:
            return zones
        return [RejectedFrame(self._fault(runs))]

    def _fault(self, runs: list[str]) -> RejectReason:
        if any(code.pattern.fullmatch(run) for code in self._codes for run in runs):
            return RejectReason.CHECK_DIGITS
        if self._misread:
            return RejectReason.MISREAD
        first = next((run for run in runs if _START_OF_ZONE.match(run)), None)
        if first is None:
            return RejectReason.UNKNOWN
        whole = 88 if first[0] in _UPPERS_OF_TWO else 90
        if sum(len(run) for run in runs) < whole:
            return RejectReason.TRUNCATED
        return RejectReason.MISREAD


def _zones(runs: Sequence[str], *, short_names: bool = False) -> list[Frame]:
    """Every run of lines that has the shape of a zone, whether its check digits are right.

    `short_names` lets the line that ends in the name be shorter than it must be: some readers
    trim its fillers, and it may have lost a letter.
    """
    lines = [run for run in runs if len(run) > _ORNAMENT]
    zones: list[Frame] = []
    while lines:
        found = (
            _one_run(lines[-1])
            or _three_runs(lines, short_names)
            or _two_runs(lines, short_names)
        )
        if found is None:
            lines.pop()
            continue
        zone, used = found
        if zone not in zones:
            zones.insert(0, zone)
        del lines[-used:]
    return zones


def _one_run(run: str) -> tuple[MrzFrame, int] | None:
    """All lines in one, perhaps with a few characters before them."""
    for width, count, firsts in (
        (44, 2, _UPPERS_OF_TWO),
        (30, 3, layouts.TD1_FIRST_LETTERS),
        (36, 2, _UPPERS_OF_36),
    ):
        text = run[-width * count :]
        if 0 <= len(run) - width * count <= _ORNAMENT and text[0] in firsts:
            lines = tuple(text[at : at + width] for at in range(0, len(text), width))
            return MrzFrame(lines), 1
    return None


def _three_runs(runs: list[str], short_names: bool) -> tuple[MrzFrame, int] | None:
    if len(runs) < 3:
        return None
    upper, middle, lower = runs[-3:]
    width = layouts.TD1_WIDTH
    if not 0 <= len(upper) - width <= _ORNAMENT or len(middle) != width:
        return None
    upper = upper[-width:]
    if upper[0] not in layouts.TD1_FIRST_LETTERS or not _fits(lower, width, short_names):
        return None
    return MrzFrame((upper, middle, lower)), 3


def _two_runs(runs: list[str], short_names: bool) -> tuple[MrzFrame, int] | None:
    if len(runs) < 2:
        return None
    upper, lower = runs[-2:]
    for width, firsts in ((44, _UPPERS_OF_TWO), (36, _UPPERS_OF_36)):
        if len(lower) != width or not _fits(upper, width, short_names and width == 44):
            continue
        if upper[0] not in firsts:
            upper = upper[-width:]
        if upper[0] in firsts:
            return MrzFrame((upper, lower)), 2
    return None


def _fits(line: str, width: int, may_be_short: bool) -> bool:
    return (may_be_short or len(line) >= width) and len(line) <= width + _ORNAMENT
