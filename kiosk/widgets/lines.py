"""A drawn line: text by column, in inks, and only in letters that the console font has.

Everything that reaches the glass passes `drawable`: no control character can be drawn, and
every letter is exactly one cell wide, so a column of text is a column of the screen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from typing import NamedTuple

from kiosk.widgets.ink import Ink

Span = tuple[str, Ink]
Line = tuple[Span, ...]

EMPTY: Line = ()

# What every console font that has Ң Ө Ү can also draw (CyrAsia, FullCyrAsia, Uni3).
ALLOWED = frozenset(
    "".join(map(chr, range(0x20, 0x7F)))
    + "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    + "ҢӨҮңөү"
    + "─│┌┐└┘├┤┬┴┼═║╔╗╚╝█░▒←↑→↓▲▼•«»—–…№°±"
)

# Letters that no decomposition brings to a letter of the font.
_PAIRS = (
    "ӘА әа ҒГ ғг ҚК қк ҰҮ ұү ҺН һн ІI іi ЄЕ єе ҐГ ґг ЂГ ђг ЈJ јj ЉЛ љл ЊН њн ЋЧ ћч "
    "ЏЦ џц ҲХ ҳх ҶЧ ҷч ҖЖ җж ҘЗ ҙз ҪС ҫс ҠК ҡк ӃК ӄк ӇН ӈн ҮҮ "
    "ØO øo ĐD đd ŁL łl ıi ƏE əe ÆA æa ŒO œo ÞT þt ðd ßs ĦH ħh ŊN ŋn ŦT ŧt "
    "“« ”» „« ‟\" ‘' ’' ‚' ‛' ʻ' ʼ' ′' ″\" ‐- ‑- ‒– ―— −– ×x ·• ∙• ◦• ●• ○• ✓+ ✔+"
)
_NEAREST = {pair[0]: pair[1] for pair in _PAIRS.split()}
_UNDRAWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mn", "Me", "Mc"})


class Drawable(NamedTuple):
    text: str
    replaced: bool
    """A letter was shown by its nearest one: the card says so; paper keeps the true letter."""


def _nearest(letter: str) -> str:
    """One letter of the font, or nothing for a character that must not be drawn."""
    if letter in ALLOWED:
        return letter
    if letter in _NEAREST:
        return _NEAREST[letter]
    category = unicodedata.category(letter)
    if category in _UNDRAWN:
        return ""
    if category == "Zs":
        return " "
    base = unicodedata.normalize("NFKD", letter)[0]
    base = _NEAREST.get(base, base)
    return base if base in ALLOWED else "?"


def drawable(text: str) -> Drawable:
    """`text` in letters of the console font, each one cell wide."""
    if ALLOWED.issuperset(text):
        return Drawable(text, False)
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(map(_nearest, composed))
    return Drawable(shown, shown != composed)


class At(NamedTuple):
    """A piece of a line that begins at its own column."""

    column: int
    text: str
    ink: Ink


def at(column: int, text: str, ink: Ink = Ink.PLAIN) -> At:
    return At(column, text, ink)


def cell(column: int, text: str, width: int, ink: Ink = Ink.PLAIN) -> At:
    """A cell of a list, `width` columns with the blank that parts it from the next one.

    What does not fit is cut, and an ellipsis says so.
    """
    return At(column, shorten(text, width - 1), ink)


def marked(column: int, text: str, ink: Ink, places: Collection[int]) -> list[At]:
    """`text` from `column` on, its characters at `places` to be compared."""
    if not places:
        return [At(column, text, ink)]
    mark = Ink.MARK_IN_FOCUS if ink is Ink.FOCUS else Ink.MARK
    return [
        At(column + place, letter, mark if place in places else ink)
        for place, letter in enumerate(drawable(text).text)
    ]


def line(*parts: str | Span | At) -> Line:
    """A line from parts, left to right.

    A string or span follows the part before it. An `at` starts at its column: what stands
    left of it is cut there, or filled up with blanks.
    """
    spans: list[Span] = []
    width = 0
    for part in parts:
        if isinstance(part, At):
            if width < part.column:
                spans.append((" " * (part.column - width), Ink.PLAIN))
            elif width > part.column:
                spans = list(cut(spans, part.column))
            width = part.column
            text, ink = part.text, part.ink
        elif isinstance(part, str):
            text, ink = part, Ink.PLAIN
        else:
            text, ink = part
        text = drawable(text).text
        spans.append((text, ink))
        width += len(text)
    return tuple(spans)


def cut(spans: Iterable[Span], width: int) -> Line:
    """The first `width` columns of a line."""
    kept: list[Span] = []
    for text, ink in spans:
        shown = drawable(text).text[:width]
        if shown:
            kept.append((shown, ink))
        width -= len(shown)
    return tuple(kept)


def cells(spans: Iterable[Span], width: int) -> tuple[str, str]:
    """A line as two strings of exactly `width`: its letters, and the ink of each."""
    letters: list[str] = []
    inks: list[str] = []
    for text, ink in spans:
        shown = drawable(text).text
        letters.append(shown)
        inks.append(ink.value * len(shown))
    drawn = "".join(letters)[:width]
    inked = "".join(inks)[:width]
    return drawn.ljust(width), inked.ljust(width, Ink.PLAIN.value)


def shorten(text: str, width: int) -> str:
    """`text` within `width` columns; what was cut is shown by an ellipsis."""
    shown = drawable(text).text
    return shown if len(shown) <= width else shown[: width - 1] + "…"


def plain(drawn: Line) -> str:
    """The letters of a line, without its inks."""
    return "".join(text for text, _ink in drawn)
