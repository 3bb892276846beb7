"""Cyrillic proposed for the Latin name of a document, and the capitals of a name.

A proposal for the officer, who reads the Cyrillic from the card and corrects it: Latin
loses Ө, Ү, Ң and the soft sign. Spelling follows ICAO 9303 and BGN/PCGN for Kyrgyz.
"""

from __future__ import annotations

import re

# Names whose Cyrillic no rule of letters gives.
_KNOWN = {
    "AIGUL": "айгүл",
    "ALENA": "алёна",
    "ALIONA": "алёна",
    "ALYONA": "алёна",
    "ANATOLY": "анатолий",
    "CHYNGYZ": "чыңгыз",
    "DARIA": "дарья",
    "DMITRY": "дмитрий",
    "EFIM": "ефим",
    "EGOR": "егор",
    "EKATERINA": "екатерина",
    "ELENA": "елена",
    "ELIZAVETA": "елизавета",
    "EVGENIA": "евгения",
    "EVGENIIA": "евгения",
    "EVGENII": "евгений",
    "EVGENIY": "евгений",
    "EVGENY": "евгений",
    "FEDOR": "фёдор",
    "GENNADY": "геннадий",
    "IGOR": "игорь",
    "ILIA": "илья",
    "KENGESH": "кеңеш",
    "LIUBOV": "любовь",
    "LYUBOV": "любовь",
    "NATALIA": "наталья",
    "OLGA": "ольга",
    "PETR": "пётр",
    "RAISA": "раиса",
    "SERGEI": "сергей",
    "SOFIA": "софья",
    "TATIANA": "татьяна",
    "TATYANA": "татьяна",
    "VASILY": "василий",
    "VITALY": "виталий",
    "YURY": "юрий",
}
# Stems before -iev that have a soft sign: Васильев, but Алиев and Дмитриев.
_SOFT = "VASIL|GRIGOR|ANATOL|IGNAT|ARSEN|LEONT|AFANAS|PROKOF|SOLOV|MURAV|ZINOV|GENNAD|IUR|YUR"

_END = "(?=V(?:A|NA|Iч)?$)"  # before -v, -va, -vna, -vich
_VOWELS = "AEIOUaeiouаэеёиоуыүөюя"
# In this order; a Latin letter that is still there afterwards is a single one.
_GROUPS = tuple(
    (re.compile(pattern), cyrillic)
    for pattern, cyrillic in (
        (rf"^({_SOFT})[IY]E(?=V)", r"\1ье"),
        (r"GUL(?=$|NAR|ZAT|MIR|SUN|JAN|ZHAN|BARA)", "гүл"),
        (r"SKY$|SKII$|SKIY$", "ский"),
        (r"SHCH", "щ"),
        (r"DZH|DJ", "дж"),
        (r"ZH|J", "ж"),
        (r"TS", "ц"),
        (r"CH", "ч"),
        (r"SH", "ш"),
        (r"KH|H|X", "х"),
        (rf"EE{_END}", "ее"),  # Сергеев
        (r"EE", "ээ"),  # Жээнбеков, Мээрим
        (rf"OE{_END}", "ое"),  # Токтоев
        (r"OE", "ө"),
        (rf"UE{_END}", "уе"),
        (r"UE", "ү"),
        (r"^[YI]E", "е"),
        (rf"(?<=[{_VOWELS}])YE", "е"),  # Алиев
        (r"^YO", "ё"),
        (r"YO", "ё"),
        (rf"(?<![{_VOWELS}])IA$", "ия"),  # Мария
        (rf"^[YI]A|(?<=[{_VOWELS}])[YI]A|YA", "я"),
        (rf"^[YI]U|(?<=[{_VOWELS}])[YI]U|YU|IU", "ю"),
        (r"[IY][IY]$", "ий"),
        (r"(?<=A)IL(?=$|OV)", "ил"),  # Исмаилов, Михаил
        (rf"(?<=[{_VOWELS}])[IY](?![IY])", "й"),
        (r"^E", "э"),
        (r"II", "и"),
    )
)
_LETTERS = str.maketrans("ABCDEFGIKLMNOPQRSTUVWYZÖÜÑ", "абкдефгиклмнопкрстуввызөүң")
# Parts of a name that are written small.
_SMALL = frozenset({"кызы", "уулу", "оглы", "оглу", "гызы", "kyzy", "uulu", "ogly", "kizi"})


def cyrillic_from_latin(word: str) -> str:
    """The Cyrillic a document probably has for `word`: ASANOVA → Асанова, MEERIM → Мээрим."""
    latin = word.upper().translate(dict.fromkeys(map(ord, "'‘’ʻʼ`")))
    return title(re.sub(r"[A-ZÖÜÑ]+", lambda part: _part(part[0]), latin))


def _part(latin: str) -> str:
    if latin in _KNOWN:
        return _KNOWN[latin]
    for pattern, cyrillic in _GROUPS:
        latin = pattern.sub(cyrillic, latin)
    return latin.translate(_LETTERS)


def title(name: str) -> str:
    """A name with its capitals: АСАНОВА → Асанова, асан кызы → Асан кызы, O'KTAM → O'ktam."""
    return re.sub(r"[^\s-]+", lambda part: _capital(part[0]), name)


def _capital(part: str) -> str:
    small = part.lower()
    return small if small in _SMALL else small[:1].upper() + small[1:]
