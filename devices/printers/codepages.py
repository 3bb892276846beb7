"""Text → bytes of a printer's code page. Every character becomes one printable byte, or none.

KZ-1048 (Epson's page 53) is the one page that holds all Kyrgyz and Russian letters. A
letter it lacks is printed as its nearest letter, anything else as a
sign that can be seen; never as "?", which could stand in a name.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

# Visible, and no letter of any language; both pages below hold it.
MISSING = "¤"

# What Unicode does not decompose into its nearest letter.
_NEAREST = str.maketrans(
    {
        # Kyrgyz, for a page without these letters (the site's choice: it changes names).
        "Ң": "Н", "ң": "н", "Ө": "О", "ө": "о", "Ү": "У", "ү": "у",
        # Letters of the neighbours.
        "Ҳ": "Х", "ҳ": "х", "Ҷ": "Ч", "ҷ": "ч", "Ӣ": "И", "ӣ": "и", "Ӯ": "У", "ӯ": "у",
        "Ұ": "У", "ұ": "у", "Ә": "А", "ә": "а", "Ғ": "Г", "ғ": "г", "Қ": "К", "қ": "к",
        "Һ": "Х", "һ": "х", "І": "И", "і": "и", "Є": "Е", "є": "е", "Ґ": "Г", "ґ": "г",
        # Latin, as passports print them.
        "ı": "i", "ß": "s", "Æ": "A", "æ": "a", "Œ": "O", "œ": "o", "Ø": "O", "ø": "o",
        "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Ł": "L", "ł": "l", "Þ": "T", "þ": "t",
        "Ə": "A", "ə": "a",
        # Signs.
        "ʻ": "'", "ʼ": "'", "ʹ": "'", "‘": "'", "’": "'", "‚": ",", "‛": "'",
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "<", "›": ">",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "…": ".",
        "•": "*", "·": ".", "№": "N", "×": "x",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CodePage:
    """`number` is the printer's own name of it (ESC t n), `codec` Python's."""

    codec: str = "kz1048"
    number: int = 53

    def holds(self, character: str) -> bool:
        """Whether the page has this character, as a printable byte."""
        return _byte(character, self.codec) is not None

    def encode(self, text: str) -> bytes:
        """`text` in bytes from 0x20 up, 0x7F left out: at most one a character.

        Control characters, marks without a letter and invisible ones give nothing.
        """
        return b"".join(_nearest(character, self.codec) for character in text)


def _byte(character: str, codec: str) -> bytes | None:
    try:
        byte = character.encode(codec)
    except UnicodeEncodeError:
        return None
    # A page may answer with control bytes: U+0080 to U+009F, and ASCII's own.
    return byte if len(byte) == 1 and byte >= b"\x20" and character.isprintable() else None


@cache
def _nearest(character: str, codec: str) -> bytes:
    own = _byte(character, codec)
    if own is not None:
        return own
    category = unicodedata.category(character)
    if category == "Zs":
        return b" "
    if category[0] in "CMZ":
        return b""
    # Composed letters lose their mark (é → e), wide and styled ones their style (Ａ → A).
    for candidate in (
        character.translate(_NEAREST),
        unicodedata.normalize("NFKD", character)[0],
        unicodedata.normalize("NFKD", character)[0].translate(_NEAREST),
    ):
        near = _byte(candidate, codec)
        if near is not None:
            return near
    return MISSING.encode(codec)
