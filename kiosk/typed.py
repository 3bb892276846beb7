"""What an officer typed into a search: words, a day of birth; and what else was meant by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from devices.mrz import russian
from devices.readers.keyboard_layouts import as_typed_on_kyrgyz, as_typed_on_us
from kiosk.names import looks_latin, query_words

# `son of` and `daughter of` as keys: documents write them or leave them out.
PARTICLES = frozenset({"ULU", "ULI", "UULI", "KIZI", "KIZ", "GIZI", "OGLI", "OGLU", "UGLI"})
_DAY = re.compile(r"\b(\d{1,2})[.](\d{1,2})[.]((?:19|20)\d\d)\b", re.ASCII)
_YEAR = re.compile(r"(?<![/-])\b(?:19|20)\d\d\b(?![/-])", re.ASCII)
# A name in the letters of the Russian internal passport has digits, yet is no number.
_CODED = re.compile(r"(?=[A-Z0-9]*[A-Z]{2})(?![A-Z]*\d{2})[A-Z2346789]+|[2346789][A-Z]+", re.I)
# What it has for Ё Ч Ш Э Ю Я Ь Й Щ Ъ; no name in plain Latin needs them, but an Uzbek Q.
_TELLTALE = frozenset("2346789QWX")


@dataclass(frozen=True, slots=True)
class Typed:
    """`words` are beginnings of stored ones; `born` is "", `YYYY` or `YYYY-MM-DD`."""

    words: tuple[str, ...] = field(repr=False)
    born: str = field(default="", repr=False)

    @property
    def longest(self) -> int:
        return max(map(len, self.words), default=0)


def typed(text: str) -> Typed:
    """The words of `text`, and beside a name the year or day of birth: асанова 1986."""
    if (day := _DAY.search(text)) is not None:
        rest = text[: day.start()] + text[day.end() :]
        if words := query_words(rest):
            return Typed(words, f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}")
    if (year := _YEAR.search(text)) is not None:
        words = query_words(text[: year.start()] + text[year.end() :])
        if any(word.isalpha() for word in words):
            return Typed(words, year[0])
    return Typed(query_words(text))


def other_readings(text: str) -> Iterator[Typed]:
    """What the same keys type on the other keyboard; what a coded name of a passport says."""
    if looks_latin(text):
        yield typed(as_typed_on_kyrgyz(text))
    else:
        yield typed(as_typed_on_us(text))
    upper = text.upper()
    if _TELLTALE & set(upper) and all(_CODED.fullmatch(word) for word in upper.split()):
        yield typed(russian.cyrillic(upper))
