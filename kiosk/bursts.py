"""The keys of a reader that plays keyboard, told from an officer's by speed and by content.

Nothing an officer types is lost, and only what may begin a document or a badge waits:

- A reader's keys follow one another within 35 ms. A key that may begin a document (`P<KGZ…`)
  or one of our codes, under any layout, is held back until the next shows what it is: no
  longer than 60 ms, unless four of them came in that time.
- Ten that begin so are a reader's, and from there on all are, to the end of the scan: the
  Enter that ends a line would admit a visitor.
- A scan whose beginning was misread is known late, by 24 signs of a document with nothing in
  between; those read in one go are all kept from the screen, of others only what follows.
- With a prefix only what follows the prefix is a scan, and no other key ever waits.

Keys that arrive together count as fast, because a slow line or a busy machine brings an
officer's keys together as well; so there the content decides alone.

Pure: keys and their times in, keys and scans out. The caller keeps the time: only it knows
whether a silence was one, or whether the machine was held up and keys lay unread meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Generic, Protocol, TypeVar

from devices.readers.framing import Code, CodeFrame, Framer, MrzFrame
from devices.readers.keyboard_layouts import as_typed_on_us, letters_typing
from devices.readers.wedge import TYPED_QUIET_S
from kiosk.scan_signs import OF_A_DOCUMENT, SIGNS_FOR_SURE, Beginnings, is_of_a_document

GAP_S = 0.035
"""Readers wait up to 20 ms between keys; auto-repeat and the fastest hands need as much."""
HOLD_S = 0.060
QUIET_S = TYPED_QUIET_S
"""A scan is over after so long a silence."""

_AT_ONCE = 4
_ORNAMENT = 3


class Struck(Protocol):
    """A key, named as Textual names it, and what it types."""

    @property
    def key(self) -> str: ...
    @property
    def character(self) -> str | None: ...


K = TypeVar("K", bound=Struck)


@dataclass(frozen=True, slots=True)
class Scan:
    """What the reader typed, or a part of it, as on a US keyboard."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Held(Generic[K]):
    key: K
    sign: str
    at: float


class _Now(Enum):
    OFFICER = auto()
    """Nothing is known to be a reader's."""
    SCAN = auto()
    """A reader's keys are coming."""
    AFTER = auto()
    """A scan is complete; the end of its line may still come."""


class Bursts(Generic[K]):
    """`codes` are those that the reader may bring besides documents, each beginning with one of
    `beginnings` and going on with digits."""

    def __init__(
        self, codes: Sequence[Code], beginnings: Sequence[str] = (), prefix: str = ""
    ) -> None:
        self._framer = Framer(codes)
        self._beginnings = Beginnings(beginnings)
        # One that is a letter under another layout may come as that.
        self._prefixes = frozenset((prefix, *letters_typing(prefix)) if prefix else ())
        self._now = _Now.OFFICER
        self._held: list[_Held[K]] = []
        self._last = 0.0
        self._run = ""
        self._alone: K | None = None
        self._ended = False
        self._ornament = 0

    # ---- what the caller does

    def feed(self, keys: Sequence[K], at: float) -> list[K | Scan]:
        """What to do now, in order: keys to pass on, scans to hand to the reader.

        `keys` were read in one go at `at` (seconds of any steady clock). However late they
        are, they follow what came before: a silence is what `lapse` was told of.
        """
        out: list[K | Scan] = []
        if at - self._last > GAP_S:
            self._run = ""
        signs = [_sign(key) for key in keys]
        held = [one.sign for one in self._held]
        runs = self._beginnings.runs_without([*held, *signs])
        for place, (key, sign) in enumerate(zip(keys, signs, strict=True)):
            begins_run = place + len(held) in runs or (place == 0 and 0 in runs)
            self._take(key, sign, at, out, begins_run=begins_run)
            self._last = at
        return _joined(out)

    @property
    def deadline(self) -> float | None:
        """When `lapse` has to be called if no key comes before; None: never."""
        match self._now:
            case _Now.SCAN | _Now.AFTER:
                return self._last + QUIET_S
            case _Now.OFFICER if self._held:
                soon = self._last + GAP_S
                if len(self._held) < _AT_ONCE:
                    soon = min(soon, self._held[0].at + HOLD_S)
                return soon
        return None

    def lapse(self, at: float) -> list[K | Scan]:
        """What the silence until `at` decides."""
        out: list[K | Scan] = []
        due = self.deadline
        if due is None or at < due:
            return out
        if self._now is _Now.OFFICER:
            self._release(out)
            return out
        if self._alone is not None:
            # Nothing followed the prefix: somebody typed it.
            out.append(self._alone)
        self._free()
        return out

    # ---- one key

    def _take(
        self, key: K, sign: str | None, at: float, out: list[K | Scan], *, begins_run: bool
    ) -> None:
        if self._now is _Now.AFTER:
            if key.character in self._prefixes and at - self._last <= GAP_S:
                # The end of that scan, or the beginning of the next: never the officer's.
                self._free()
                self._now = _Now.SCAN
                return
            if self._is_tail(sign, at):
                return
            self._free()
        if self._now is _Now.SCAN:
            if sign is not None:
                self._scan(sign, out)
                return
            # A key that no reader has: the officer goes on.
            self._free()
        if self._prefixes:
            if sign is not None and key.character in self._prefixes:
                self._now = _Now.SCAN
                self._alone = key
            else:
                out.append(key)
            return
        if sign is None or sign not in OF_A_DOCUMENT:
            self._release(out)
            out.append(key)
            self._run = ""
            return
        self._held.append(_Held(key, sign, at))
        self._run += sign
        if begins_run or is_of_a_document(self._run):
            self._begin(self._held_text if begins_run else self._run, out)
            return
        while self._held and not self._beginnings.may_be(text := self._held_text):
            out.append(self._held.pop(0).key)
        if len(self._held) >= SIGNS_FOR_SURE:
            self._begin(text, out)

    @property
    def _held_text(self) -> str:
        return "".join(one.sign for one in self._held)

    def _release(self, out: list[K | Scan]) -> None:
        out += [one.key for one in self._held]
        self._held.clear()

    def _begin(self, text: str, out: list[K | Scan]) -> None:
        self._held.clear()
        self._run = ""
        self._now = _Now.SCAN
        self._scan(text, out)

    def _scan(self, text: str, out: list[K | Scan]) -> None:
        self._alone = None
        out.append(Scan(text))
        frames = self._framer.feed(text.encode("ascii", "replace"))
        if any(isinstance(frame, MrzFrame | CodeFrame) for frame in frames):
            self._free()
            self._now = _Now.AFTER
            self._ended = not text[-1].isprintable()
            self._ornament = 0

    def _free(self) -> None:
        self._framer.quiet()
        self._now = _Now.OFFICER
        self._alone = None
        self._run = ""

    # ---- what follows a scan

    def _is_tail(self, sign: str | None, at: float) -> bool:
        """Whether a key still belongs to the scan that is complete."""
        if sign is None:
            return False
        # The first end of line may be late, and an Enter so soon after a scan cannot have
        # answered what the scan opened.
        late = at - self._last > GAP_S
        if late and self._ended and sign in "\r\t":
            return False
        if not sign.isprintable():
            self._ended = True
            return True
        self._ornament += 1
        return not late and self._ornament <= _ORNAMENT and not (sign.isalnum() or sign == "<")


def _sign(key: Struck) -> str | None:
    """What a reader means by this key, a capital; None for a key that no reader has."""
    character = key.character
    if character is None or len(character) != 1 or character in "\x1b\x7f\x08":
        return None
    if key.key.startswith("alt+"):
        return None
    sign = as_typed_on_us(character)
    return sign.upper() if sign.isascii() else sign


def _joined(out: list[K | Scan]) -> list[K | Scan]:
    """Parts of a scan that follow one another as one."""
    joined: list[K | Scan] = []
    for one in out:
        if isinstance(one, Scan) and joined and isinstance(last := joined[-1], Scan):
            joined[-1] = Scan(last.text + one.text)
        else:
            joined.append(one)
    return joined
