"""Search keys across scripts: Асанов = ASANOV = Asanoff; and Cyrillic proposed from Latin.

A key is a word's skeleton: Latin capitals in which the spellings that officers and
documents use for one name have become one (ICAO 9303, BGN/PCGN 1979 for Kyrgyz, Uzbek
Latin, the French of Soviet passports). Where one spelling may stand for two names, `keys`
stores both, so that a search asks for one only.

While a name is typed its skeleton only grows, apart from a letter or two inside a group
like DZH: so the list under the field narrows and does not jump.
"""

from __future__ import annotations

import re
import unicodedata

from kiosk.spelling import cyrillic_from_latin, title

__all__ = [
    "cyrillic_from_latin",
    "given_and_patronymic",
    "keys",
    "looks_latin",
    "query_words",
    "skeleton",
    "title",
]

LONGEST = 40  # search_key.word

# Cyrillic → Latin. Ъ and Ь are silent; what follows them is treated below.
_LATIN = dict(
    zip(
        "АБВГДЕЁЗИЙКЛМНОПРСТУФЫЭ" + "ҢӨҮЎҚҒӘҰІӢӮЇҺҲ",
        "ABVGDEËZIIKLMNOPRSTUFIE" + "NOUOKGAUIIUIHH",
        strict=True,
    )
) | {
    "Ж": "ZH",
    "Х": "KH",
    "Ц": "TS",
    "Ч": "CH",
    "Ш": "SH",
    "Щ": "SH",
    "Ю": "IU",
    "Я": "IA",
    "Ҷ": "ZH",
    "Ҹ": "ZH",
    "Ъ": "",
    "Ь": "",
}  # fmt: skip
# Latin letters with marks that are more than an accent.
_LATIN |= {"Ş": "SH", "Ș": "SH", "Š": "SH", "Ç": "CH", "Č": "CH", "Ž": "J", "Ğ": "G", "İ": "I"}
_TABLE = str.maketrans(_LATIN)

# ʻ ʼ ‘ ’ ' ` ´: inside Uzbek words, and no boundary between two.
_APOSTROPHES = dict.fromkeys(map(ord, "ʻʼ‘’'`´ʹ"))
_WORD = re.compile(r"[^\W_]+")

_VOWEL = "AEIOU"
# In this order. J is one letter for Ж while the others are folded; it is spelled out last.
_FOLDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (rf"(?<=[AEOU])J(?=[^{_VOWEL}J])", "I"),  # AJGUL
        (r"SHCH|SCH", "SH"),
        (r"D?ZH|DJ", "J"),
        (r"TCH", "CH"),
        (r"PH", "F"),
        (r"GH", "G"),
        (r"Q|CK", "K"),
        (r"W", "V"),
        (r"TZ|C(?!H)", "TS"),
        (r"X|(?<![CSK])H", "KH"),
        (rf"(?<=[^{_VOWEL}Y])YO", "E"),  # SEMYONOV, Семёнов
        (r"(?<=.)Ë", "E"),
        (r"Ë", "IO"),  # Ёкубов, YOQUBOV
        (r"Y", "I"),
        (rf"(?:^|(?<=[{_VOWEL}]))I+(?=E)", ""),  # YELENA, ALIYEV, BAYEVA
        (r"OU", "U"),  # NOURLAN, as Soviet passports had it
        (r"OE", "O"),  # OEMUERALIEV, Өмүралиев
        (r"UE", "U"),
        (r"NG+", "N"),  # KENGESH, Кеңеш
        (r"(?<=[OE])F+$", "V"),  # Asanoff
        (r"(.)\1+", r"\1"),
        (r"J", "ZH"),
    )
)
# Second readings of a spelling, kept beside the first.
_READINGS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (rf"(?<=[^{_VOWEL}YJ])[IY](?=[EUË])", ""),  # GRIGORIEV, Grigorev; LIUDMILA, Ludmila
        (r"J(?=[AEOU])", "I"),  # JUSUPOV for Юсупов
        (r"^[IY]U|^Ю", "JU"),
        (r"^Ë|^YO", "E"),  # Екубов
        (r"YO|IO", "E"),
        (r"KS", "X"),  # ALEXANDR
        (r"Ў", "U"),  # Ўктам, Уктам
    )
)


def keys(text: str) -> frozenset[str]:
    """The words under which `text` (a name, a file or a document number) is to be found.

    Numbers are kept whole, without their separators, without leading zeros, and by their
    digits alone: 0412/19 is found by 0412, 412, 19 and 041219, ID1234567 also by 1234567.
    """
    words: set[str] = set()
    tokens = _tokens(text)
    for token in tokens:
        if _has_digit(token):
            number = _latin(token)
            words |= {number, number.lstrip("0"), number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
        else:
            words |= _skeletons(token)
    if len(tokens) > 1 and any(map(_has_digit, tokens)):
        words.add("".join(map(_latin, tokens)))
    return frozenset(word[:LONGEST] for word in words if word)


def query_words(text: str) -> tuple[str, ...]:
    """The words typed so far, each the beginning of a stored one, in the order typed."""
    words = (_latin(token) if _has_digit(token) else skeleton(token) for token in _tokens(text))
    return tuple(dict.fromkeys(word[:LONGEST] for word in words if word))


def skeleton(word: str) -> str:
    """One word as one of its spellings: Жээнбеков = JEENBEKOV = ZHEENBEKOV → ZHENBEKOV."""
    return _fold(_latin(word))


def looks_latin(text: str) -> bool:
    """Whether `text` has Latin letters and no Cyrillic ones."""
    scripts = {
        unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha()
    }
    return "LATIN" in scripts and "CYRILLIC" not in scripts


def given_and_patronymic(surname: str, given: str) -> tuple[str, str]:
    """The given names of a document as two.

    Only the Russian internal passport tells them apart: it has names in their own letters, the
    patronymic last.
    """
    if surname and not looks_latin(surname):
        first, _, patronymic = given.partition(" ")
        return first, patronymic
    return given, ""


def _tokens(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).translate(_APOSTROPHES))


def _has_digit(token: str) -> bool:
    return any(character.isdigit() for character in token)


def _skeletons(word: str) -> set[str]:
    """The skeleton of `word` and those of its second readings."""
    upper = _upper(word)
    spellings = {upper.translate(_TABLE)}
    for pattern, replacement in _READINGS:
        spellings |= {pattern.sub(replacement, one) for one in (upper, *spellings)}
    return {_fold(_plain(spelling.translate(_TABLE))) for spelling in spellings}


def _upper(word: str) -> str:
    # Ьe is read IE: Васильев, VASILIEV.
    return re.sub("[ЬЪ](?=[ЕЁ])", "I", word.translate(_APOSTROPHES).upper())


def _latin(word: str) -> str:
    return _plain(_upper(word).translate(_TABLE))


def _plain(latin: str) -> str:
    """Without the accents that are left: Ö is O. Ë is still needed."""
    if latin.isascii():
        return latin
    parts = unicodedata.normalize("NFKD", latin.replace("Ë", "\0"))
    return "".join(c for c in parts if not unicodedata.combining(c)).replace("\0", "Ë")


def _fold(latin: str) -> str:
    for pattern, replacement in _FOLDS:
        latin = pattern.sub(replacement, latin)
    return latin
