"""Other meanings that a reader's bytes may have, when as they are they make no document.

In this order: a parity bit that was taken for data, UTF-16, a keyboard under a Russian or
Kyrgyz layout (in UTF-8, then in the code pages that a terminal may have), other signs for the
filler. What only names another key or drops a bit loses nothing. A sign put in place of
another is a repair, and whoever reads it must be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from devices.readers.framing.frames import Frame, MrzFrame
from devices.readers.framing.zones import SHORTEST
from devices.readers.keyboard_layouts import as_typed_on_us

_CODE_PAGES = ("cp1251", "cp866", "koi8-r")

# Signs that stand for the filler in the text of readers and of OCR programs.
_FILLER_SIGNS = "«‹;"


@dataclass(frozen=True, slots=True)
class Decoding:
    """`text`: what the reader may have meant, in ASCII, where an unknown sign is `?`.

    `repaired`: the places in it of each filler that came as another sign. `is_certain`: there
    is no doubt that the bytes are meant so; else only right check digits can tell.
    """

    text: bytes = field(repr=False)
    is_certain: bool
    repaired: frozenset[int] = frozenset()

    def marked(self, frame: Frame) -> Frame:
        """`frame`, which was cut from `text`, with what was repaired in its lines."""
        if not self.repaired or not isinstance(frame, MrzFrame):
            return frame
        text = self.text.decode("ascii").upper()
        places: list[tuple[int, int]] = []
        at = 0
        for number, line in enumerate(frame.lines):
            at = text.index(line, at)
            places += [
                (number, column) for column in range(len(line)) if at + column in self.repaired
            ]
            at += len(line)
        return MrzFrame(frame.lines, tuple(places))


def of(raw: bytes, unread: bytes = b"") -> Iterator[Decoding]:
    """Every other meaning that `raw` may have, the likeliest first.

    A sign that the reader uses for a character it could not make out is never a filler.
    """
    if len(raw) < SHORTEST:
        return
    foreign = not raw.isascii()
    if foreign:
        yield from _without_parity(raw)
    if raw.count(0) * 3 > len(raw):
        yield from _wide(raw)
    if foreign:
        yield from _typed(raw)
    yield from _with_fillers(raw, unread)


def _without_parity(raw: bytes) -> Iterator[Decoding]:
    """Seven bits and a parity bit that the line was not set to check: even, odd or mark.

    One byte that breaks the rule was damaged on the line, and then nothing is certain.
    """
    if all(byte & 0x80 for byte in raw) or len({byte.bit_count() & 1 for byte in raw}) == 1:
        yield Decoding(bytes(byte & 0x7F for byte in raw), is_certain=True)


def _wide(raw: bytes) -> Iterator[Decoding]:
    for encoding in ("utf-16-le", "utf-16-be"):
        text = raw.decode(encoding, "replace")
        # Beside Latin letters a Cyrillic one was not typed: a bit of it is wrong.
        if not any(c.isascii() and c.isalpha() for c in text):
            text = as_typed_on_us(text)
        yield Decoding(_ascii(text), is_certain=False)


def _typed(raw: bytes) -> Iterator[Decoding]:
    """What a keyboard types under these layouts holds no Latin letter. And in the wrong code
    page a filler becomes a letter, perhaps K, which check digits cannot tell from it."""
    if any(chr(byte).isalpha() for byte in raw if byte < 0x80):
        return
    try:
        text = as_typed_on_us(raw.decode("utf-8"))
    except UnicodeDecodeError:
        for page in _CODE_PAGES:
            text = as_typed_on_us(raw.decode(page, "replace"))
            if "<" in text:
                yield Decoding(_ascii(text), is_certain=False)
    else:
        yield Decoding(_ascii(text), is_certain=True)


def _with_fillers(raw: bytes, unread: bytes) -> Iterator[Decoding]:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1251", "replace")
    marks = unread.decode("latin-1")
    signs = [sign for sign in _FILLER_SIGNS if sign in text and sign not in marks]
    if signs:
        yield _replaced(text, dict.fromkeys(signs, "<"))
        if "«" in signs:  # which OCR programs write for two
            yield _replaced(text, dict.fromkeys(signs, "<") | {"«": "<<"})
    elif "<" not in text and " " in text and " " not in marks:
        # Only where no filler came as such: else a blank is one character not made out.
        yield _replaced(text, {" ": "<"})


def _replaced(text: str, signs: dict[str, str]) -> Decoding:
    pieces: list[str] = []
    repaired: set[int] = set()
    length = 0
    for character in text:
        piece = signs.get(character)
        if piece is None:
            piece = character
        else:
            repaired.update(range(length, length + len(piece)))
        pieces.append(piece)
        length += len(piece)
    return Decoding(_ascii("".join(pieces)), is_certain=False, repaired=frozenset(repaired))


def _ascii(text: str) -> bytes:
    return text.encode("ascii", "replace")
