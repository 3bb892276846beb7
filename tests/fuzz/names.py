"""Names that nobody has: commands in disguise, foreign scripts, marks, markup, length."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_KYRGYZ = "АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
_COMMANDS = (
    "\x1b@",
    "\x1c&",
    "\x1c.",
    "\x1bt\x00",
    "\x1ba\x01",
    "\x1bE\x01",
    "\x1d!\x11",
    "\x1b!\x30",
    "\x1dV\x00",
    "\x1dV\x01",
    "\x1bm",
    "\x1bi",
    "\x1bp\x00\x19\xfa",
    "\x1b&\x03!!\x0c",
    "\x1b%\x01",
    "\x1dv0\x00\x01\x00\x01\x00\xff",
    "\x1dk\x49\x04{BAB",
    "\x1d(k\x03\x001Q0",
    "\x1d(H\x06\x0000A001",
    "\x1dr\x01",
    "\x1da\xff",
    "\x10\x04\x01",
    "\x10\x05\x02",
    "\x10\x14\x01\x00\x01",
    "\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08",
    "\x1b=\x02",
    "\x1dI\x01",
    "\x1d:\x1d^\x01\x00\x00",
    "\x9b2J",
    "\x1b[2J",
    "\x1b]0;x\x07",
    "\x18",
    "\x0c",
    "\x7f",
    "\x00",
    "\x08" * 5,
)
_CJK = "王小明李雪山田中さくらカタカナ한국어김철수龍龘"
_EMOJI = (
    "😀",
    "👩\u200d👧",
    "👩🏽\u200d🚒",
    "🇰🇬",
    "✈\ufe0f",
    "1\ufe0f\u20e3",
    "🏴\U000e0067\U000e007f",
)
_RIGHT_TO_LEFT = "אבגדהوزحطيﷺﷲעברית"
_DIRECTIONS = "\u202e\u202d\u202a\u202c\u2066\u2067\u2069\u200f\u200e\u061c"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u115f\u3164\u2800"
_SEPARATORS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\t\u00a0\u2003\u3000"
_MARKS = "\u0301\u0308\u0336\u0489\u20dd\u0e31\u0f74\u1ab0"
_ODD = "\U000f0000\ue000\ufdd0\uffff\ufffd\U0010fffe\u0378"
_MARKUP = (
    "[bold]",
    "[/]",
    "{}",
    "{name}",
    "{0}",
    "%s",
    "%(x)s",
    "<b>",
    "&amp;",
    "\\n",
    "${x}",
    "{{{",
)
_SIGNS = "?¤?!¿‽№«»“”—–…•×−'`\"*_~^|/\\;:,.0123456789"
_LATIN = "AZazÄßøŁđþıİĲǅﬁﬀÅŉ"
_NEIGHBOURS = "ӘәҒғҚқҰұҺһІіЇїЄєҐґЎўЂђЉљѢѣѲѳҲҳҶҷӢӣӮӯ"
_WIDE = "ＡＢＣａｂ１２！？　￥"


def hostile(chance: Random) -> str:
    """A name made of a few hostile pieces, now and then of 200 characters and more."""
    pieces = [chance.choice(_PIECES)(chance) for _ in range(chance.choice((1, 1, 2, 3, 5)))]
    name = "".join(pieces)
    if chance.random() < 0.15:
        name = (name * 200)[: chance.choice((199, 200, 201, 400, 401, 1000))]
    return name


def _of(alphabet: str) -> Callable[[Random], str]:
    return lambda chance: "".join(chance.choices(alphabet, k=chance.choice((1, 2, 4, 12, 40))))


def _one_of(pieces: tuple[str, ...]) -> Callable[[Random], str]:
    return lambda chance: chance.choice(("", "А", " ")) + chance.choice(pieces)


def _pile(chance: Random) -> str:
    return chance.choice(_KYRGYZ + "aeo") + "".join(chance.choices(_MARKS, k=30))


def _words(chance: Random) -> str:
    return " ".join(_of(_KYRGYZ)(chance) for _ in range(3))


def _anything(chance: Random) -> str:
    return "".join(chr(chance.randrange(0x110000)) for _ in range(6))


def _bytes(chance: Random) -> str:
    """Every control character of both sets, as a name that came through Latin-1."""
    return chance.randbytes(chance.choice((1, 3, 12))).decode("latin-1")


def _surrogates(chance: Random) -> str:
    return "".join(chr(chance.randrange(0xD800, 0xE000)) for _ in range(2))


_PIECES: tuple[Callable[[Random], str], ...] = (
    _of(_KYRGYZ),
    _words,
    _words,
    _one_of(_COMMANDS),
    _one_of(_COMMANDS),
    _one_of(_COMMANDS),
    _bytes,
    _of(_CJK),
    _one_of(_EMOJI),
    _of(_RIGHT_TO_LEFT),
    _of(_DIRECTIONS),
    _of(_INVISIBLE),
    _of(_SEPARATORS),
    _pile,
    _one_of(_MARKUP),
    _of(_SIGNS),
    _of(_LATIN),
    _of(_NEIGHBOURS),
    _of(_WIDE),
    _of(_ODD),
    _anything,
    _surrogates,
)
