"""The text corpus, first part: zones as they are printed, with the right answers.

Written by the tests' own builder, so the answers owe nothing to the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mrz_builder import (
    AKHMETOV,
    ASANOVA,
    BEKOV,
    BEKOV_PASSPORT,
    BEKOVA,
    BERTHIER,
    EGAMOVA,
    ERIKSSON,
    KARIMOV,
    MUSTERMANN,
    SHCHUKINA,
    Holder,
    kazakh_digit,
)

TODAY = date(2026, 11, 24)

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """`status`: what may be answered. `fields`: what the answer must hold when it holds
    fields. `reasons`: codes that must be among the reasons; `only`: and no other."""

    name: str
    lines: Lines
    status: tuple[str, ...]
    fields: dict[str, Any] = field(default_factory=dict)
    reasons: frozenset[str] = frozenset()
    only: bool = False


@dataclass(frozen=True)
class Kind:
    """A format, who bears a document of it, and where things stand in its lines."""

    format: str
    holder: Holder
    build: Callable[[Holder], Lines]
    width: int
    name_line: int | None
    number: tuple[int, int]
    birth: tuple[int, int]
    birth_check: tuple[int, int]
    sex: tuple[int, int]
    expiry: tuple[int, int] | None
    composite: tuple[int, int] | None


VISITOR = ERIKSSON.but(code="V", optional="")
TD1 = Kind("TD1", BEKOV, Holder.td1, 30, 2, (0, 5), (1, 0), (1, 6), (1, 7), (1, 8), (1, 29))
TD2 = Kind(
    "TD2",
    ERIKSSON.but(code="I", optional="X12"),
    Holder.td2,
    36,
    0,
    (1, 0),
    (1, 13),
    (1, 19),
    (1, 20),
    (1, 21),
    (1, 35),
)
TD3 = Kind(
    "TD3",
    BEKOV_PASSPORT,
    Holder.td3,
    44,
    0,
    (1, 0),
    (1, 13),
    (1, 19),
    (1, 20),
    (1, 21),
    (1, 43),
)
MRVA = Kind(
    "MRVA", VISITOR, Holder.mrva, 44, 0, (1, 0), (1, 13), (1, 19), (1, 20), (1, 21), None
)
MRVB = Kind(
    "MRVB", VISITOR, Holder.mrvb, 36, 0, (1, 0), (1, 13), (1, 19), (1, 20), (1, 21), None
)
FRENCH = Kind(
    "FRA_ID",
    BERTHIER.but(given="CORINNE"),
    Holder.french,
    36,
    None,
    (1, 0),
    (1, 27),
    (1, 33),
    (1, 34),
    None,
    (1, 35),
)
RUSSIAN = Kind(
    "RUS_INTERNAL",
    SHCHUKINA,
    Holder.russian,
    44,
    0,
    (1, 0),
    (1, 13),
    (1, 19),
    (1, 20),
    None,
    (1, 43),
)
KINDS = (TD1, TD2, TD3, MRVA, MRVB, FRENCH, RUSSIAN)
WITH_NAME_LINE = tuple(kind for kind in KINDS if kind.name_line is not None)
_PERSONAL = {"KGZ": 14, "UZB": 14, "KAZ": 12}


def put(lines: Lines, place: tuple[int, int], text: str) -> Lines:
    line, at = place
    changed = lines[line][:at] + text + lines[line][at + len(text) :]
    return (*lines[:line], changed, *lines[line + 1 :])


def at(lines: Lines, place: tuple[int, int]) -> str:
    return lines[place[0]][place[1]]


def beside(place: tuple[int, int], by: int) -> tuple[int, int]:
    return place[0], place[1] + by


def _past(text: str) -> str | None:
    known = text.rstrip("<")
    if not known:
        return None
    whole = known + "0101"[len(known) - 2 :]
    year = 2000 + int(whole[:2])
    if date(year, int(whole[2:4]), int(whole[4:6])) > TODAY:
        year -= 100
    return "-".join((str(year), known[2:4], known[4:6])).rstrip("-")


def truth(kind: Kind, holder: Holder) -> dict[str, Any]:
    """What the answer must hold."""
    expiry = holder.expiry
    personal = (
        holder.optional
        if kind.format in ("TD1", "TD2", "TD3")
        and len(holder.optional) == _PERSONAL.get(holder.issuer)
        else None
    )
    return {
        "format": kind.format,
        "document_code": holder.code,
        "issuer": holder.issuer,
        "document_number": holder.number,
        "surname": holder.surname.replace("<", " "),
        "given_names": holder.given.replace("<", " "),
        "nationality": holder.nationality,
        "birth_date": _past(holder.birth),
        "sex": {"<": "X"}.get(holder.sex, holder.sex),
        "expiry_date": f"20{expiry[:2]}-{expiry[2:4]}-{expiry[4:]}" if expiry else None,
        "optional": holder.optional + holder.optional2,
        "personal_number": personal,
    }


def right(name: str, kind: Kind, holder: Holder, *reasons: str, **fields: Any) -> Case:
    return Case(
        f"{kind.format}: {name}",
        kind.build(holder),
        ("ok",),
        truth(kind, holder) | fields,
        frozenset(reasons),
        only=True,
    )


def doubtful(
    name: str, kind: Kind, lines: Lines, holder: Holder, *reasons: str, **fields: Any
) -> Case:
    return Case(
        f"{kind.format}: {name}",
        lines,
        ("review",),
        truth(kind, holder) | fields,
        frozenset(reasons),
    )


# ---- what is right


def documents() -> Iterator[Case]:
    for kind in KINDS:
        yield right("as printed", kind, kind.holder)
        yield right("a man", kind, kind.holder.but(sex="M", **_male(kind)))
        yield right("two surnames", kind, kind.holder.but(surname=_double(kind)))
    for holder in (ASANOVA, BEKOVA, KARIMOV, EGAMOVA, AKHMETOV, MUSTERMANN):
        yield right(f"{holder.issuer} {holder.surname}", TD1, holder)
    passports = (
        EGAMOVA.but(code="P"),
        AKHMETOV.but(code="P", number="N12345678"),
        MUSTERMANN.but(code="P"),
        MUSTERMANN.but(code="P", number="C0123L567"),
        ERIKSSON,
        ERIKSSON.but(issuer="RUS", nationality="RUS", number="751234567", optional=""),
        ERIKSSON.but(issuer="GBR", nationality="GBD", number="123456789", optional=""),
        ERIKSSON.but(issuer="UNO", nationality="XXA", code="PL", optional=""),
        ERIKSSON.but(issuer="XOM", nationality="XXC", optional=""),
        ERIKSSON.but(issuer="EUE", nationality="EUE", optional="", sex="<"),
        ERIKSSON.but(issuer="KOR", nationality="KOR", number="M123S4567", optional=""),
        ERIKSSON.but(issuer="ESP", nationality="ESP", number="PAG123456", optional=""),
        ERIKSSON.but(issuer="GEO", nationality="GEO", number="10AL12345", optional=""),
        ERIKSSON.but(code="PD", surname="O<CONNOR", given="ENYA<SIOBHAN"),
    )
    for number, holder in enumerate(passports):
        yield right(f"passport {number} of {holder.issuer}", TD3, holder)
    yield right("mononym", TD3, ERIKSSON.but(surname="SURYAKANT", given=""))
    yield right("names that fill the line", TD1, BEKOV.but(given="A" * 23), "name_truncated")
    # One letter is a word like others where another word follows, or where the line ends.
    for surname, given in (
        ("KARIMOV", "JASUR<ANVAR<O<G<LI"),
        ("G<AYRATOV", "OTABEK"),
        ("IBRAIMOV<K", "ERLAN"),
        ("E", "YONG"),
    ):
        holder = EGAMOVA.but(surname=surname, given=given)
        yield right(f"letters in {surname} {given}", TD1, holder)
    cut = EGAMOVA.but(surname="ABDYKADYROVA", given="AIGUL<MARATBEK<K")
    yield right("cut to one letter", TD1, cut, "name_truncated")
    yield right("code and second letter", MRVA, VISITOR.but(code="VC", issuer="D"))
    yield right("card of a crew member", TD1, MUSTERMANN.but(code="AC"))
    yield right("sex left open", TD1, MUSTERMANN.but(sex="<"))
    turkish = MUSTERMANN.but(
        number="A12G34567", issuer="TUR", nationality="TUR", optional="<12345678901"
    )
    yield right("filler before the optional data", TD1, turkish, optional="12345678901")
    yield right("withdrawn series", TD1, BEKOV.but(number="AN7654321"), "withdrawn")
    yield right("passport of the letters AN", TD3, BEKOV_PASSPORT.but(number="AN7654321"))
    for kind in (TD1, TD2, TD3, MRVA, MRVB):
        yield right("expired", kind, kind.holder.but(expiry="261123"), "expired")
    for optional in ("75P008", ""):
        yield right(f"office {optional}", FRENCH, FRENCH.holder.but(optional=optional))
    yield right("Corsica", FRENCH, FRENCH.holder.but(number="12062A012345"))
    for number, name in enumerate(("КУЗНЕЦОВ<<ИГОРЬ<СЕРГЕЕВИЧ", "ЁЖИКОВ<<ЪЫЭЯ<ФХЖЙ")):
        surname, _, given = name.partition("<<")
        yield right(f"letters {number}", RUSSIAN, SHCHUKINA.but(surname=surname, given=given))


def long_numbers() -> Iterator[Case]:
    for kind, longest in ((TD1, 22), (TD2, 14)):
        for length in (10, 11, 12, longest):
            number = "D23145890734X5678901Y4"[:length]
            holder = MUSTERMANN.but(number=number, code="I", issuer="BEL", nationality="BEL")
            yield right(f"number of {length} characters", kind, holder)
    holder = MUSTERMANN.but(number="D23145890734", optional="AB")
    yield right("long number before optional data", TD1, holder)


def unknown_births() -> Iterator[Case]:
    for kind in (TD1, TD2, TD3, MRVA, MRVB, FRENCH, RUSSIAN):
        plain = MUSTERMANN if kind is TD1 else ERIKSSON if kind is TD3 else kind.holder
        for birth in ("7205<<", "63<<<<", "<<<<<<"):
            holder = plain.but(birth=birth, given=plain.given)
            yield right(f"born {birth}", kind, holder)


def empty_optional_data() -> Iterator[Case]:
    lines = ERIKSSON.but(optional="").td3()
    filler = put(lines, (1, 42), "<")
    for shown, text in (("0", lines), ("filler", filler)):
        yield Case(
            f"TD3: check digit of no optional data is {shown}",
            text,
            ("ok",),
            truth(TD3, ERIKSSON.but(optional="")),
            only=True,
        )


def centuries() -> Iterator[Case]:
    for kind, holder, first, last in (
        (TD1, ASANOVA, "11203192001234", "11203202001234"),
        (TD1, EGAMOVA, "41203201234567", "61203201234567"),
        (TD1, AKHMETOV, _iin("2003124"), _iin("2003126")),
    ):
        for century, optional in (("19", first), ("20", last)):
            born = holder.but(birth="200312", sex="F", optional=optional)
            yield right(
                f"{holder.issuer} born in {century}20",
                kind,
                born,
                birth_date=f"{century}20-03-12",
            )


def _iin(first_seven: str) -> str:
    for serial in range(1000, 2000):
        eleven = f"{first_seven}{serial}"
        try:
            return eleven + kazakh_digit(eleven)
        except AssertionError:
            continue
    raise AssertionError


def _male(kind: Kind) -> dict[str, str]:
    return {"optional": "20511197900457"} if kind.holder.issuer == "KGZ" else {}


def _double(kind: Kind) -> str:
    return "ЩУКИНА<ПУШКИНА" if kind is RUSSIAN else "VAN<DERMUELLEN"


RIGHT = tuple(
    case
    for cases in (documents, long_numbers, unknown_births, empty_optional_data, centuries)
    for case in cases()
)
