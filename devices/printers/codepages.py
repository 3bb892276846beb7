"""Which letters a printer has by itself: its text modes, and the bytes of its code pages.

KZ-1048 (Epson's page 53) is the one page that holds all Kyrgyz and Russian letters; CP866
lacks six of them. What a page lacks is drawn, never replaced by "?" or another sign that
could stand in a name. Look-alikes (Ң → Н) change names, so they are the site's own choice.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import accumulate

# What Unicode does not decompose into its nearest letter.
_LOOK_ALIKES = str.maketrans(
    {
        # Kyrgyz, for a page without these letters.
        "Ң": "Н", "ң": "н", "Ө": "О", "ө": "о", "Ү": "У", "ү": "у",
        # Letters of the neighbours.
        "Ҳ": "Х", "ҳ": "х", "Ҷ": "Ч", "ҷ": "ч", "Ӣ": "И", "ӣ": "и", "Ӯ": "У", "ӯ": "у",
        "Ұ": "У", "ұ": "у", "Ә": "А", "ә": "а", "Ғ": "Г", "ғ": "г", "Қ": "К", "қ": "к",
        "Һ": "Х", "һ": "х", "І": "И", "і": "и", "Ґ": "Г", "ґ": "г",
        # Latin, as passports print them.
        "ı": "i", "ß": "s", "Æ": "A", "æ": "a", "Œ": "O", "œ": "o", "Ø": "O", "ø": "o",
        "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Ł": "L", "ł": "l", "Þ": "T", "þ": "t",
        "Ə": "A", "ə": "a",
        # Signs.
        "ʻ": "'", "ʼ": "'", "ʹ": "'", "‘": "'", "’": "'", "‚": ",", "‛": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "<", "›": ">",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "…": ".",
        "•": "*", "×": "x",
    }
)  # fmt: skip


class TextMode(StrEnum):
    """How letters reach the paper; the installer picks by eye from the test page."""

    KZ1048 = "kz1048"
    """As bytes of page 53; drawn when it lacks one."""
    GLYPHS = "glyphs"
    """As bytes of CP866; what that lacks becomes user-defined characters (ESC &)."""
    RASTER = "raster"
    """Only ASCII as bytes; every row with another letter is drawn."""
    TRANSLIT = "translit"
    """As bytes of CP866, look-alikes for what it lacks; drawn when there is none."""


@dataclass(frozen=True, slots=True)
class CodePages:
    """By which numbers the printer knows its code pages (its manual, "ESC t n")."""

    kz1048: int = 53
    cp866: int = 17


# As Epson numbers them.
EPSON = CodePages()


@dataclass(frozen=True, slots=True)
class CodePage:
    """`number` is the printer's own name of it (ESC t n), `codec` Python's."""

    codec: str
    number: int

    @classmethod
    def of(cls, mode: TextMode, pages: CodePages) -> CodePage:
        """The page that is chosen for a whole paper."""
        match mode:
            case TextMode.KZ1048:
                return cls("kz1048", pages.kz1048)
            case TextMode.GLYPHS | TextMode.TRANSLIT:
                return cls("cp866", pages.cp866)
            case TextMode.RASTER:
                # Every page begins with ASCII, and every printer has page 0.
                return cls("ascii", 0)

    def byte(self, character: str) -> bytes | None:
        """The printable byte of `character` (from 0x20 up, 0x7F left out); None: it is not
        on the page."""
        return _byte(character, self.codec)


@cache
def _byte(character: str, codec: str) -> bytes | None:
    try:
        byte = character.encode(codec)
    except UnicodeEncodeError:
        return None
    # A page may answer with control bytes: U+0080 to U+009F, and ASCII's own.
    return byte if len(byte) == 1 and byte >= b"\x20" and character.isprintable() else None


def printable(text: str) -> str:
    """`text` without what has no place of its own on paper, joined to composed letters.

    Control characters, invisible ones, and marks that no letter took in are left out;
    every space is the plain one (two for a wide one). What is left takes `columns_of`.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_printable, unicodedata.normalize("NFC", text)))


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Zs":
        return " " * columns_of(character)
    return "" if category in ("Cc", "Cf", "Cs") or category[0] in "MZ" else character


def columns_of(character: str) -> int:
    """How many columns of the paper a printable character takes: 2 for East Asian wide ones."""
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fitting(text: str, columns: int) -> str:
    """As much of a printable text as fits `columns`."""
    if len(text) * 2 <= columns:
        return text
    ends = accumulate(map(columns_of, text))
    return text[: sum(end <= columns for end in ends)]


def shown(text: str, mode: TextMode) -> str:
    """`text` in the letters that come out on paper: look-alikes in `translit`."""
    if mode is not TextMode.TRANSLIT:
        return printable(text)
    return "".join(_look_alike(character, "cp866") for character in printable(text))


@cache
def _look_alike(character: str, codec: str) -> str:
    """The nearest letter that the page has; `character` itself when none is near."""
    decomposed = unicodedata.normalize("NFKD", character)[0]
    # Composed letters lose their mark (é → e), styled ones their style (ｆ → f), but a wide
    # one stays wide: its row is laid out for two columns.
    candidates = (character, character.translate(_LOOK_ALIKES), decomposed)
    for candidate in (*candidates, decomposed.translate(_LOOK_ALIKES)):
        if _byte(candidate, codec) and columns_of(candidate) == columns_of(character):
            return candidate
    return character
