"""The personal numbers of Kyrgyz, Uzbek and Kazakh documents: who they say the holder is.

Each repeats the sex and the date of birth with its century, and so guards the fields beside
it. They stand in the optional data of cards and passports; people call the Kyrgyz one ПИН.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from devices.mrz.answer import Format, Sex
from devices.mrz.zone import Zone

_LENGTHS = MappingProxyType({"KGZ": 14, "UZB": 14, "KAZ": 12})
_OF_HOLDERS = frozenset({Format.TD1, Format.TD2, Format.TD3})
# No personal number: the fourth digit of the series, the date of issue, the issuer's code.
_RUSSIAN_LENGTH = 13

_KYRGYZ = re.compile(r"([12])(\d\d)(\d\d)(\d{4})\d{5}", re.ASCII)
_UZBEK = re.compile(r"([1-6])(\d\d)(\d\d)(\d\d)\d{7}", re.ASCII)
_KAZAKH = re.compile(r"(\d\d)(\d\d)(\d\d)([0-6])\d{5}", re.ASCII)

_KAZAKH_ROUNDS = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))
_LARGEST_DIGIT = 9

_OLDEST_YEARS = 110


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """`birth_dates`: the one it says, or the few it may say."""

    text: str = field(repr=False)
    sex: Sex | None = field(repr=False)
    birth_dates: tuple[date, ...] = field(repr=False)
    own_digit_agrees: bool
    """By the check digit within the number; true where none is known to hold."""

    def birth_date_like(self, printed: str) -> date | None:
        """Its date of birth, if that is `printed`: YYMMDD, fillers for what is unknown."""
        known = printed.rstrip("<")
        return next(
            (day for day in self.birth_dates if day.strftime("%y%m%d").startswith(known)), None
        )


def length(zone: Zone) -> int | None:
    """With how many digits the optional data begin; None where that is not known.

    A visa is not its holder's state's, so its optional data are not theirs.
    """
    if zone.format is Format.RUS_INTERNAL:
        return _RUSSIAN_LENGTH
    return _LENGTHS.get(zone.issuer) if zone.format in _OF_HOLDERS else None


def personal_number(text: str, issuer: str, today: date) -> PersonalNumber | None:
    """`text` as a personal number of `issuer`; None when it is not built like one.

    Whoever it belongs to was born no later than `today` and at most 110 years before.
    """
    number = _READ[issuer](text, today)
    return number if number is not None and number.birth_dates else None


def _kyrgyz(text: str, today: date) -> PersonalNumber | None:
    """Digit 1 is 1 for a woman and 2 for a man, digits 2 to 9 are DDMMYYYY, five follow. It
    has no check digit of its own that anybody has published."""
    match = _KYRGYZ.fullmatch(text)
    if match is None:
        return None
    sex, day, month, year = match.groups()
    born = _dates([(int(year), int(month), int(day))], today)
    return PersonalNumber(text, Sex.FEMALE if sex == "1" else Sex.MALE, born, True)


def _uzbek(text: str, today: date) -> PersonalNumber | None:
    """Digit 1 tells sex and century (odd a man; 1, 2 for 18..; 3, 4 for 19..; 5, 6 for 20..),
    digits 2 to 7 are DDMMYY, then district, serial and a check digit (7, 3, 1), as on the
    public samples and in the validators that were seen.

    Day and month may stand either way round: to swap them is no misreading, and specimens
    exist that do. Nor is the check digit looked at: on specimens it is made up, and the
    document's own check digits cover the number anyway.
    """
    match = _UZBEK.fullmatch(text)
    if match is None:
        return None
    first, day, month, year = map(int, match.groups())
    whole_year = 1800 + (first - 1) // 2 * 100 + year
    born = _dates([(whole_year, month, day), (whole_year, day, month)], today)
    return PersonalNumber(text, Sex.MALE if first % 2 else Sex.FEMALE, born, True)


def _kazakh(text: str, today: date) -> PersonalNumber | None:
    """YYMMDD, then sex and century as in the Uzbek number (0: it does not say), four digits
    and a check digit (government's decree 406 of 2007)."""
    match = _KAZAKH.fullmatch(text)
    if match is None:
        return None
    year, month, day, seventh = map(int, match.groups())
    centuries = [1800 + (seventh - 1) // 2 * 100] if seventh else [1800, 1900, 2000]
    born = _dates([(century + year, month, day) for century in centuries], today)
    sex = None if not seventh else Sex.MALE if seventh % 2 else Sex.FEMALE
    return PersonalNumber(text, sex, born, _kazakh_digit(text[:-1]) == int(text[-1]))


def _kazakh_digit(eleven: str) -> int | None:
    """Weights 1 to 11, modulo 11; if that is 10, the weights begin at 3. None: never given
    out, since the second round is 10 as well."""
    for weights in _KAZAKH_ROUNDS:
        rest = sum(int(d) * weight for d, weight in zip(eleven, weights, strict=True)) % 11
        if rest <= _LARGEST_DIGIT:
            return rest
    return None


def _dates(days: Iterable[tuple[int, int, int]], today: date) -> tuple[date, ...]:
    """Those that exist and in which somebody alive may have been born."""
    real: list[date] = []
    for year, month, day in days:
        try:
            born = date(year, month, day)
        except ValueError:
            continue
        if born <= today and today.year - born.year <= _OLDEST_YEARS:
            real.append(born)
    return tuple(real)


_READ = MappingProxyType({"KGZ": _kyrgyz, "UZB": _uzbek, "KAZ": _kazakh})
