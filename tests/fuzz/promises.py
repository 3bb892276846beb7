"""What holds for any bytes whatever; `Watch.check` raises Broken when it does not.

- Nothing crashes, and no input takes long.
- How the bytes are cut on their way changes nothing.
- A document is `ok` only when every check digit of its lines is right, by the tests' own
  count, and only when each line stood there letter by letter: as it is, in a line of another
  encoding, or typed under a Russian layout, but never with letters of both scripts.
- After the line fell quiet, the next clean swipe is read.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from string import ascii_lowercase, ascii_uppercase

from devices.mrz import Document, Status
from devices.mrz.raw import of_frame, read
from devices.readers.framing import BlockEnd, Code, Frame, Framer, MrzFrame
from devices.readers.profiles import SHIPPED as SHIPPED_PROFILES
from devices.readers.profiles import Profile, parse
from devices.sim.framings import Framing, framed
from tests.fuzz.inputs import HEAD, RUSSIAN, US
from tests.fuzz.zones import holds, td1
from tests.unit.mrz_builder import BEKOV, digit

TODAY = date(2026, 11, 24)

# Processor time one input may take. One document takes a fifth of a millisecond; this leaves
# room for the fuzzer's own counting, and for a slow machine, and still catches a loop.
_MOST_S = 0.5

_BADGE = Code(re.compile(r"GBV\d{12}"), 15, accepts=lambda text: digit(text[:-1]) == text[-1])

_CLEAN = td1(BEKOV)
# Not str.upper: it makes an S of ſ, and an I of ı.
_CAPITALS = str.maketrans(ascii_lowercase, ascii_uppercase)
_TYPED = str.maketrans(RUSSIAN, US)

_OWN_FRAMINGS = {"3m": Framing.OU, "stx-lrc": Framing.STX_LRC}


class Broken(AssertionError):
    """A promise does not hold."""


class Watch:
    """Counts what inputs amounted to, so that a fuzzer that reaches nothing is noticed."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.slowest = 0.0
        self._profiles: list[Profile] = list(parse(SHIPPED_PROFILES.read_text()).values())

    def check(self, data: bytes) -> None:
        """Raises Broken, or whatever the program raises."""
        if len(data) < HEAD:
            return
        began = time.thread_time()
        self._check(data[0], data[1], data[HEAD:])
        spent = time.thread_time() - began
        self.slowest = max(self.slowest, spent)
        if spent > _MOST_S:
            raise Broken(f"an input of {len(data)} bytes took {spent:.2f} s")

    def _check(self, reader: int, way: int, raw: bytes) -> None:
        document = read(raw, TODAY)
        self.outcomes[f"{document.status} {document.format or ''}".rstrip()] += 1
        trustworthy(document, raw)
        if way & 0x80:
            return  # half of them, for time, go through no other reader than that of `read`
        profile = self._profiles[reader % len(self._profiles)]
        framer = Framer((_BADGE,), profile)
        frames = _heard(framer, raw, way)
        for frame in frames:
            self.outcomes[type(frame).__name__] += 1
            if isinstance(frame, MrzFrame):
                trustworthy(of_frame(frame, TODAY), raw)
        if way % 16 == 0 and frames != _heard(Framer((_BADGE,), profile), raw, 0):
            raise Broken("how the bytes were cut changes what they amount to")
        if way % 16 == 1:
            clean = framed(_CLEAN, _OWN_FRAMINGS.get(profile.name, Framing.CRLF))
            found = [frame for frame in framer.feed(clean) if not isinstance(frame, BlockEnd)]
            if found != [MrzFrame(_CLEAN)]:
                raise Broken("the next clean swipe is not read")


def _heard(framer: Framer, raw: bytes, way: int) -> list[Frame]:
    """`way` 0: all at once; else in pieces of so many bytes."""
    step = way % 32 or len(raw) or 1
    frames = [
        frame for at in range(0, len(raw), step) for frame in framer.feed(raw[at : at + step])
    ]
    return frames + framer.quiet()


def trustworthy(document: Document, raw: bytes) -> None:
    """Raises Broken when `document`, read from `raw`, is `ok` and must not be."""
    if document.status is not Status.OK:
        return
    if document.format is None or not holds(document.format.value, document.lines):
        raise Broken("ok, and a check digit is wrong")
    if document.repaired:
        raise Broken("ok, and something was put right")
    meanings = tuple(_meanings(raw))
    if not all(any(line in text for text in meanings) for line in document.lines):
        raise Broken("ok, and a line was never sent")
    born = (document.birth_date or "").replace("-", "")[2:]
    if not any(born in line for line in document.lines):
        raise Broken("ok, and the date of birth stands in no line")


def _meanings(raw: bytes) -> Iterator[str]:
    """All that the bytes may mean, in capitals."""
    yield raw.decode("latin-1").translate(_CAPITALS)
    yield bytes(byte & 0x7F for byte in raw).decode("ascii").translate(_CAPITALS)
    for encoding in ("utf-16-le", "utf-16-be", "utf-8", "cp1251", "cp866", "koi8-r"):
        for begun in (raw, raw[1:]):
            text = begun.decode(encoding, "replace")
            yield text.translate(_CAPITALS)
            yield re.sub(r"[A-Za-z]", "\n", text).upper().translate(_TYPED)
