"""Which letters a text file is written in: said by its first bytes, or by what reads best."""

from __future__ import annotations

import codecs
import re

from kiosk.errors import Invalid
from kiosk.text import N_

NAMES = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1251": "Windows-1251",
    "cp866": "CP866",
    "koi8-r": "KOI8-R",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The first one wins where nothing tells them apart.
_SINGLE_BYTE = ("cp1251", "cp866", "koi8-r")
_SAMPLE = 256 * 1024
_CYRILLIC_UTF8 = re.compile(rb"[\xd0-\xd3][\x80-\xbf]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(r"[А-Яа-яЁё]{2,}")
# Half of all letters in Russian and Kyrgyz text.
_COMMON = frozenset("оеаинтсрвл")


def encoding_of(data: bytes) -> str:
    """Python's name of the encoding. Raises Invalid for UTF-8 that was damaged."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    wide = _wide(data[:_SAMPLE])
    if wide is not None:
        return wide
    broken = _first_broken(data)
    if broken is None:
        return "utf-8"
    sample = data[:_SAMPLE]
    if 2 * len(_CYRILLIC_UTF8.findall(sample)) > 0.9 * len(_NOT_ASCII.findall(sample)):
        raise Invalid(
            "file",
            N_("The file is UTF-8, but damaged in line {line}. Ask for it again."),
            line=data.count(b"\n", 0, broken) + 1,
        )
    return max(_SINGLE_BYTE, key=lambda name: _reads(sample, name))


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every second byte says 'Latin or digit' or 'Cyrillic'."""
    pairs = len(sample) // 2
    if pairs == 0 or 0 not in sample:
        return None
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[first : 2 * pairs : 2]
        if high.count(0) + high.count(4) > 0.9 * pairs and high.count(0) > 0:
            return name
    return None


def _first_broken(data: bytes) -> int | None:
    """The place of the first bytes that are no UTF-8; None when all are."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _reads(sample: bytes, encoding: str) -> float:
    """How much like a language the sample reads: words of one case, of common letters."""
    score = 0.0
    for word in _WORD.findall(sample.decode(encoding, "replace")):
        if word[1:].islower() or word.isupper():
            score += sum(letter in _COMMON for letter in word.lower())
    return score
