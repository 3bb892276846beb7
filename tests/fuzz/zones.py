"""Zones of every layout, right by ICAO Doc 9303, and an oracle that says which are.

Nothing here is the program's: a mistake in its check digits or its places cannot hide.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.unit.mrz_builder import Holder, digit

Lines = tuple[str, ...]

_STATES = ("KGZ", "UZB", "KAZ", "RUS", "D", "UTO", "TJK", "XXA", "GBR")
_SURNAMES = ("ASANOVA", "BEKOV", "KARIMOV", "O", "IBN<ABD<AL<AZIZ", "KASYMALIEVA<DZHUMABAEVA")
_GIVEN = ("AIGUL", "NURLAN<TALANTOVICH", "", "A<B<C", "MARIA<THERESIA<ANNA<ELISABETH")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def holder(chance: Random) -> Holder:
    """Somebody made up, whose document has no rule but the layout's."""
    state = chance.choice(_STATES)
    year, month, day = chance.randrange(100), chance.randint(1, 12), chance.randint(1, 28)
    sex = chance.choice("MF<")
    birth = f"{year:02}{month:02}{day:02}"
    if chance.random() < 0.1:
        birth = chance.choice((f"{year:02}<<<<", "<<<<<<", f"{year:02}{month:02}<<"))
    optional = ""
    if state == "KGZ":
        century = 19 if year > 20 else 20
        optional = f"{'2' if sex == 'M' else '1'}{day:02}{month:02}{century}{year:02}01234"
    elif chance.random() < 0.3:
        optional = "".join(chance.choices(_LETTERS + "0123456789", k=chance.randint(1, 12)))
    length = 9 if chance.random() < 0.9 else chance.randint(6, 14)
    number = "".join(chance.choices(_LETTERS, k=2) + chance.choices("0123456789", k=length - 2))
    return Holder(
        code=chance.choice(("ID", "I", "AC", "C")),
        issuer=state if state != "XXA" else "UTO",
        number=number,
        nationality=state,
        birth=birth,
        sex=sex,
        expiry=f"{chance.randrange(20, 40)}{chance.randint(1, 12):02}{day:02}",
        optional=optional,
        surname=chance.choice(_SURNAMES),
        given=chance.choice(_GIVEN),
    )


def td1(of: Holder) -> Lines:
    beyond = len(of.number) - 9
    # A long number takes its place, a check digit and a filler from the optional data.
    return (of.but(optional=of.optional[: 13 - beyond]) if beyond > 0 else of).td1()


def td2(of: Holder) -> Lines:
    beyond = len(of.number) - 9
    return of.but(optional=of.optional[: 5 - beyond if beyond > 0 else 7]).td2()


def td3(of: Holder) -> Lines:
    return of.but(code="P", number=of.number[:9]).td3()


def mrva(of: Holder) -> Lines:
    return of.but(code="V", number=of.number[:9]).mrva()


def mrvb(of: Holder) -> Lines:
    return of.but(code="V", number=of.number[:9], optional=of.optional[:8]).mrvb()


def french(of: Holder) -> Lines:
    """The identity card of 1988 to 2021."""
    name = of.surname.replace("<", "")[:25]
    return _born(of).but(number="880692310285", surname=name, optional="751004").french()


def russian(of: Holder) -> Lines:
    """The internal passport: no expiry."""
    return _born(of).but(number="4601234567", optional="150213770001").russian()


def _born(of: Holder) -> Holder:
    """As these two documents want it: a whole date, and M or F."""
    return of.but(
        birth=of.birth if of.birth.isdecimal() else "651206",
        sex=of.sex if of.sex in "MF" else "F",
    )


LAYOUTS: dict[str, Callable[[Holder], Lines]] = {
    "TD1": td1,
    "TD2": td2,
    "TD3": td3,
    "MRVA": mrva,
    "MRVB": mrvb,
    "FRA_ID": french,
    "RUS_INTERNAL": russian,
}


# ---- the oracle


def holds(layout: str, lines: Lines) -> bool:
    """Whether every check digit of `lines` is right, by the layout they claim to have."""
    widths = {"TD1": (30,) * 3, "TD3": (44,) * 2, "MRVA": (44,) * 2, "RUS_INTERNAL": (44,) * 2}
    if tuple(map(len, lines)) != widths.get(layout, (36, 36)):
        return False
    if layout == "TD1":
        upper, middle, _ = lines
        return (
            _long_number(upper[5:14], upper[14], upper[15:30])
            and _right(middle[0:6], middle[6])
            and _right(middle[8:14], middle[14])
            and _counted(upper[5:30] + middle[0:7] + middle[8:15] + middle[18:29], middle[29])
        )
    upper, lower = lines
    if layout == "FRA_ID":
        return (
            _counted(lower[:12], lower[12])
            and _right(lower[27:33], lower[33])
            and _counted(upper + lower[:35], lower[35])
        )
    dates = _right(lower[13:19], lower[19]) and _right(lower[21:27], lower[27])
    if layout in ("MRVA", "MRVB"):
        return dates and _counted(lower[0:9], lower[9])
    if layout == "TD2":
        return (
            dates
            and _long_number(lower[0:9], lower[9], lower[28:35])
            and _counted(lower[0:10] + lower[13:20] + lower[21:35], lower[35])
        )
    return (
        dates
        and _counted(lower[0:9], lower[9])
        and _right(lower[28:42], lower[42])
        and _counted(lower[0:10] + lower[13:20] + lower[21:43], lower[43])
    )


def _counted(text: str, printed: str) -> bool:
    return printed == digit(text)


def _right(text: str, printed: str) -> bool:
    """A filler may stand for the check digit of an empty field."""
    return _counted(text, printed) or (printed == "<" and not text.strip("<"))


def _long_number(number: str, printed: str, optional: str) -> bool:
    """A number of more than nine characters goes on in the optional data, its check digit
    last before a filler."""
    if printed != "<":
        return _counted(number, printed)
    rest = optional.split("<", 1)[0]
    return len(rest) >= 2 and _counted(number + rest[:-1], rest[-1])
