"""Codes of a document typed in the wrong layout: Cyrillic letters that look Latin, as Latin.

Countries, document numbers and personal numbers are Latin capitals and digits; typed by
hand a Cyrillic А looks right and would never be found again.
"""

from __future__ import annotations

_LATIN = str.maketrans("АВЕЗІКМНОРСТУХЅЈ", "ABE3IKMHOPCTYXSJ")


def as_latin(code: str) -> str:
    """`code` in capitals, with the Latin letter for each one that only looks so."""
    return code.upper().translate(_LATIN)
