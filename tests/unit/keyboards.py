"""Keyboards under the layouts of the gate, and what a reader that plays one types there."""

from __future__ import annotations

# Keys of a US keyboard and what stands there, copied from X's symbols (xkb-data 2.35.1):
# us, ru(winkeys), ru(legacy), kg(basic). Each row: unshifted, shifted.
US = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?',
)
LAYOUTS = {
    "winkeys": (
        "ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю.",
        'Ё!"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,',
    ),
    "legacy": (
        "ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю/",
        'Ё!"#*:,.;()_+ЙЦУКЕНГШЩЗХЪ|ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?',
    ),
    "kyrgyz": (
        "ё1234567890өңйцукенгшщзхъүфывапролджэячсмитьбю.",
        'Ё!"№;%:?*()ӨҢЙЦУКЕНГШЩЗХЪҮФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,',
    ),
    "us": US,
}


def typed(text: str, layout: str, *, caps: bool = False) -> str:
    """What appears when a reader strikes the US keys of `text` under another layout."""
    keys = str.maketrans("".join(US), "".join(LAYOUTS[layout]))
    seen = text.translate(keys)
    # Caps Lock turns letters round, and nothing else.
    return seen.swapcase() if caps else seen
