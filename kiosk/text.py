"""Languages out, clean text in: what officers read, and what may enter the register.

A sentence is written in English where it is needed and marked with `_` or `N_`; the
catalogues of `kiosk/locale` hold it in Kyrgyz and Russian. `_` translates when the
sentence is shown, so a change of language needs no restart. A sentence holds data only
in `{name}` places, and a word that holds data is never inflected.
"""

from __future__ import annotations

import pkgutil
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from functools import cache, partial
from struct import unpack_from

LANGUAGES = ("ky", "ru", "en")

_shown_in = "en"
_translate: Callable[[str], str] = str


def N_(msgid: str) -> str:
    """Marks a sentence for the catalogues; it is translated later, where it is shown."""
    return msgid


def _(msgid: str) -> str:
    """`msgid` in the language of the screen."""
    return _translate(msgid)


def use(language: str) -> None:
    """Shows everything from now on in `language`. Raises ValueError for an unknown one."""
    global _shown_in, _translate
    if language not in LANGUAGES:
        raise ValueError(f"no catalogue for {language!r}")
    _translate = in_language(language)
    _shown_in = language


def language() -> str:
    """The language of the screen: ky, ru or en."""
    return _shown_in


@cache
def in_language(language: str) -> Callable[[str], str]:
    """The translation into `language`, whatever the screen shows; papers use it.

    English is the source, and stands in for languages without a catalogue.
    """
    if language not in LANGUAGES or language == "en":
        return str
    return _catalogue(language).__getitem__


class _Catalogue(dict[str, str]):
    """Sentences by msgid; what is not translated stands in English.

    A compiled catalogue (the MO file of GNU gettext, least byte first) holds its msgids in
    order, so a sentence is looked up in its bytes when it is first said: all of them as text
    would take more than twice the memory.
    """

    def __init__(self, compiled: bytes) -> None:
        self._compiled = compiled
        self._count, self._msgids, self._texts = unpack_from("<III", compiled, 8)

    def __missing__(self, msgid: str) -> str:
        # No sentence has half a character in it, but a name that is looked up may.
        wanted = msgid.encode(errors="surrogatepass")
        read = partial(self._read, self._msgids)
        place = bisect_left(range(self._count), wanted, key=read)
        # The header stands under "", which is no sentence.
        if not msgid or place == self._count or read(place) != wanted:
            return msgid
        self[msgid] = text = self._read(self._texts, place).decode()
        return text

    def _read(self, table: int, place: int) -> bytes:
        length, start = unpack_from("<II", self._compiled, table + 8 * place)
        return self._compiled[start : start + length]


def _catalogue(language: str) -> _Catalogue:
    # Through the package's loader, so that it is found wherever the package was installed.
    compiled = pkgutil.get_data("kiosk", f"locale/{language}/LC_MESSAGES/kiosk.mo")
    assert compiled is not None
    return _Catalogue(compiled)


class _Places(dict[str, object]):
    """Values for the places of a sentence; a place without a value stays as it is."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"


def fill(sentence: str, **values: object) -> str:
    """`sentence` with its `{name}` places filled. A place without a value stays visible."""
    return sentence.format_map(_Places(values)) if "{" in sentence else sentence


# Line and tab characters separate words; the other control characters are no text at all.
_SPACES = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")
_NO_TEXT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(text: str, limit: int = 200) -> str:
    """`text` as it may be recorded: NFC, single spaces, at most `limit` characters.

    Control, format (bidirectional, zero-width), surrogate, private and unassigned
    characters are dropped, so nothing that enters can move a cursor, reverse a line or
    start an escape sequence.
    """
    # Unprintable in Python's sense are exactly the characters dropped below, and all
    # spaces but the plain one; a name typed or scanned has none of them.
    if not text.isprintable():
        text = "".join(
            character
            for character in text.translate(_SPACES)
            if unicodedata.category(character) not in _NO_TEXT
        )
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if "  " in text or text[:1] == " " or text[-1:] == " " or not text.isprintable():
        text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rstrip()
