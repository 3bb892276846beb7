"""The letters of the Russian internal passport: a Latin letter or digit for each Cyrillic one.

Order of the Interior Ministry of Russia on the machine-readable record (2011): the name can be
written back exactly, which no transliteration allows. 1, 5 and 0 stand for nothing.
"""

from __future__ import annotations

_CYRILLIC = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
_PRINTED = "ABVGDE2JZIQKLMNOPRSTUFHC34WXY9678"

_TABLE = str.maketrans(_PRINTED, _CYRILLIC)

LETTERS = frozenset(_PRINTED)


def cyrillic(name: str) -> str:
    """A name as its holder writes it; what is no letter of the code stays."""
    return name.translate(_TABLE)
