"""Which things of the catalogue an officer may have meant: by a code, or the start of a word.

The kiosk's keyboard may stand on another layout than the officer thinks, and a gate has people
who type Russian, Kyrgyz and English in one hour: so a code counts in every language and on
every layout, only later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from devices.readers.keyboard_layouts import as_typed_on_kyrgyz, as_typed_on_us
from kiosk.text import LANGUAGES
from kiosk.values.goods import CatalogueEntry

_WORD = re.compile(r"[^\W_]+")
# A keyboard without these Kyrgyz letters, or a hurried hand, types their neighbours.
_NEAREST = str.maketrans("ёөүң", "еоун")

_NO_MATCH = 99


def matching(
    entries: Iterable[CatalogueEntry], typed: str, language: str
) -> tuple[CatalogueEntry, ...]:
    """The things that `typed` may mean, the likeliest first; all of them by name where nothing
    is typed.

    `language` is that of the screen. In this order: its code, the Latin code, the code whose
    keys were struck on another layout, a code of another language, the start of the name, the
    starts of words in it, in this language and then in others.
    """
    readings = _readings(typed)
    found = [
        (rank, entry.name.in_language(language).casefold(), entry)
        for entry in entries
        if (rank := _rank(entry, readings, language)) < _NO_MATCH
    ]
    return tuple(entry for _rank, _name, entry in sorted(found, key=lambda one: one[:2]))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _readings(typed: str) -> tuple[str, ...]:
    """What was typed, and what the same keys type on the other keyboard, Latin or Cyrillic."""
    asked = _plain(typed)
    other = as_typed_on_kyrgyz(asked)  # ., is юб: signs alone do not tell the keyboard
    return asked, _plain(other if other != asked else as_typed_on_us(asked))


# Ranks of codes lie below, those of names from here on.
_NAMES = 8


def _rank(entry: CatalogueEntry, readings: Sequence[str], language: str) -> int:
    """How likely the thing is meant; 0 is the likeliest."""
    own, codes = entry.code_in(language), (entry.code, entry.code_ky, entry.code_ru)
    for step, reading in enumerate(readings):
        if reading and reading == own:
            return 2 * step
        if reading == entry.code:
            return 2 * step + 1
        if reading and reading in codes:
            return 4 + step
    asked = [_spaced(reading) for reading in readings]
    if not readings[0]:
        return _NAMES
    if any(f"{words} " in _spaced(" ".join(codes)) + " " for words in asked if words):
        return _NAMES - 1
    return min(_name_ranks(entry, asked, language), default=_NO_MATCH)


def _name_ranks(entry: CatalogueEntry, asked: Sequence[str], language: str) -> Iterator[int]:
    for step, words in enumerate(asked):
        parts = [f" {part}" for part in words.split()]
        for one in LANGUAGES if parts else ():
            name = _spaced(entry.name.in_language(one))
            far = (0 if one == language else 2) + 4 * step
            if name.startswith(words):
                yield _NAMES + far
            elif all(part in name for part in parts):
                yield _NAMES + far + 1


@lru_cache(maxsize=4096)
def _spaced(text: str) -> str:
    """The words of a text as they are compared, each with a space in front; asked at each
    key, of names that stay the same."""
    return "".join(f" {word}" for word in _WORD.findall(_plain(text).translate(_NEAREST)))
