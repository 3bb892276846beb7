"""What a reader typed, taken back from the layout that the keyboard was set to.

A reader that plays keyboard sends places of keys, as they stand on a US keyboard. Under a
Russian or Kyrgyz layout `P<KGZ` arrives as `ЗБЛПЯ`: the same places, other letters.

Two letters of one key are told apart by Caps Lock and by Shift alike, so of a letter only the
key is certain: `б` and `Б` both stand for `<`, for a reader that writes documents strikes
that key for nothing else. Digits stand where they stand on a US keyboard.

What cannot be known: a phonetic layout, whose `А` is A and not F; a typewriter's, whose digits
want Shift; and which sign above a digit was meant (`"` is US Shift+' and Russian Shift+2).
Those signs are left as they are: no document and no code of ours holds one. So is the comma,
which under Russian is the US `?`: a reader's mark for a letter it could not read, which must
never become a filler.
"""

from __future__ import annotations

# Key by key as the rows of a US keyboard go, from X's symbols/us, ru (winkeys) and kg (basic);
# the Russian layouts of the Linux console (ru, ru1 … ru4, ru_win) have their letters there too.
_US = (
    "`qwertyuiop[]asdfghjkl;'zxcvbnm,.",
    '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>',
)
_RUSSIAN = (
    "ёйцукенгшщзхъфывапролджэячсмитьбю",
    "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ",
)
# The keys that are the Kyrgyz layout's own; its other letters stand as the Russian ones do.
_US_KYRGYZ = "-=\\", "_+|"
_KYRGYZ = "өңү", "ӨҢҮ"

_TO_US = (
    dict(zip("".join(_RUSSIAN + _KYRGYZ), "".join(_US + _US_KYRGYZ), strict=True))
    | dict.fromkeys("бБ", "<")
    | {"№": "#"}
)
_TABLE = str.maketrans(_TO_US)
_FROM_US = str.maketrans(
    dict(zip("".join(_US + _US_KYRGYZ), "".join(_RUSSIAN + _KYRGYZ), strict=True))
)


def as_typed_on_us(text: str) -> str:
    """`text` with every Cyrillic letter replaced by what its key types on a US keyboard.

    Capitals stay capitals; but `б` is `<` as `Б` is. All that is not Cyrillic stays.
    """
    return text.translate(_TABLE)


def as_typed_on_kyrgyz(text: str) -> str:
    """What the keys of `text`, struck on a US keyboard, type under the Kyrgyz layout."""
    return text.translate(_FROM_US)


def letters_typing(sign: str) -> str:
    """The Cyrillic letters, capital and small, whose key types `sign` on a US keyboard; Caps
    Lock makes either of them come for it."""
    capitals = {letter.upper() for letter, us in _TO_US.items() if us == sign}
    return "".join(letter + letter.lower() for letter in sorted(capitals) if letter.isalpha())
