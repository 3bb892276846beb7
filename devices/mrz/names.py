"""The names in a zone: cut apart, and looked over for what no check digit would see.

Nothing covers a name line (but on the French card), so what a filler is often taken for is
doubted wherever a name is unlikely to hold it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

from devices.mrz import russian
from devices.mrz.answer import Format
from devices.mrz.look_alikes import FILLER_DEBRIS, FILLER_READ_AS
from devices.mrz.zone import Zone

_LETTERS = re.compile(r"[A-Z<]*", re.ASCII)
_CODED_LETTERS = re.compile(r"[A-Z2-46-9<]*", re.ASCII)
_THRICE = re.compile(r"([KSCG])\1\1", re.ASCII)
_AT_THE_END = re.compile(r"(<+[KSCG]{2,}|([KSCG])\2{2,})+$")
# No patronymic and no "son of" or "daughter of" ends so: the filler behind it was misread.
_BEHIND_A_PATRONYMIC = re.compile(r"(OVICH|EVICH|OVNA|EVNA|UULU|KYZY|OGL[IY]|QIZI)[KSCG]+(<|$)")
_CUT_TO_ONE_LETTER = re.compile(r"[^<]<[^<]$")
_TWO_READ_AS_LETTERS = re.compile(f"[{''.join(sorted(FILLER_READ_AS))}]{{2}}")


@dataclass(frozen=True, slots=True)
class Names:
    """As written, with single blanks; given names may be none at all (""). `doubtful`: a
    person must compare them. `may_be_cut`: they fill the room they have."""

    surname: str | None = field(repr=False)
    given: str | None = field(repr=False)
    doubtful: bool
    may_be_cut: bool


def names_of(zone: Zone) -> Names:
    """What the names are; nothing is put right."""
    texts = [zone.cut(place) for place in zone.layout.names]
    if len(texts) == 1:
        surname, _, given = texts[0].rstrip("<").partition("<<")
        odd = "<<" in given
    else:
        # Two fillers part the given names of the French card.
        surname, given = (text.rstrip("<") for text in texts)
        odd = "<<" in surname
    alphabet = _CODED_LETTERS if zone.format is Format.RUS_INTERNAL else _LETTERS
    surname_words, given_words = _words(surname), _words(given)
    doubtful = bool(
        odd
        or not surname_words
        or surname.startswith("<")
        or given.startswith("<")
        or not all(alphabet.fullmatch(text) for text in texts)
        or any(map(_ends_in_debris, texts))
        or any(map(_BEHIND_A_PATRONYMIC.search, texts))
        or any(_THRICE.search(word) for word in (*surname_words, *given_words))
        # One or both of the fillers between the names were taken for letters.
        or (
            not given_words and (len(surname_words) > 1 or _TWO_READ_AS_LETTERS.search(surname))
        )
    )
    written = russian.cyrillic if zone.format is Format.RUS_INTERNAL else str
    return Names(
        written(" ".join(surname_words)) or None,
        written(" ".join(given_words)),
        doubtful=doubtful,
        may_be_cut=any(not text.endswith("<") for text in texts),
    )


def without_debris(text: str, *, surname_only: bool = False) -> str:
    """A name field with the letters that are no name turned back into fillers; as long.

    They stand behind the end of the names: after two fillers where none may follow, or as
    last words, or as a run, of nothing but what fillers are taken for.
    """
    end = text.find("<<")
    if end >= 0 and not surname_only:
        end = text.find("<<", end + 2)
    if end >= 0:
        if not FILLER_DEBRIS.issuperset(text[end:].replace("<", "")):
            return text
        names = text[:end]
    else:
        names = text.rstrip("<")
    return _AT_THE_END.sub("", names).ljust(len(text), "<")


def _ends_in_debris(text: str) -> bool:
    """Whether what follows the names in this field may be fillers that were read as letters.

    Not so a word before another: one filler stands between words and two between the names, so
    a letter taken for one of them makes no word of its own. G is one in the Uzbek O<G<LI, E and
    K are what a cut surname leaves. Nor the one letter for which a full line had room.
    """
    words = _words(text)
    if _CUT_TO_ONE_LETTER.search(text):
        words.pop()
    behind = takewhile(FILLER_DEBRIS.issuperset, reversed(words))
    return any(map(_is_debris, behind))


def _is_debris(word: str) -> bool:
    return FILLER_READ_AS.issuperset(word) or (len(word) == 1 and word in FILLER_DEBRIS)


def _words(name: str) -> list[str]:
    return [word for word in name.split("<") if word]
