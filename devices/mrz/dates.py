"""Six digits of a machine-readable zone as a date: which century, and what may be unknown."""

from __future__ import annotations

from datetime import date

_CENTURIES = (2100, 2000, 1900, 1800)


class ImpossibleDate(ValueError):
    """The six characters are no date that the field may hold."""


def birth_date(text: str, today: date, known: date | None = None) -> str | None:
    """`YYMMDD` as an ISO date of the past; `YYYY`, `YYYY-MM` or None as far as it is unknown.

    The latest century that lies in the past, unless `known` (the birth date that a personal
    number holds) says the same day of an earlier one. Raises ImpossibleDate.
    """
    known_part = text.rstrip("<")
    if not known_part:
        return None
    if not (known_part.isdecimal() and len(known_part) in (2, 4, 6)):
        raise ImpossibleDate
    if known is not None and known.strftime("%y%m%d").startswith(known_part):
        return _as_far_as(known, known_part)
    year_of_century = int(known_part[:2])
    month = int(known_part[2:4] or "1")
    day = int(known_part[4:6] or "1")
    for century in _CENTURIES:
        born = _date(century + year_of_century, month, day)
        # What is unknown is taken as early as it can be, so a year that has begun counts.
        if born is not None and born <= today:
            return _as_far_as(born, known_part)
    raise ImpossibleDate


def expiry_date(text: str, today: date) -> date | None:
    """`YYMMDD` as the date nearest to `today`; None when no date is given.

    Documents are valid for some twenty years at most, so the nearest century is the right one.
    Raises ImpossibleDate.
    """
    if not text.strip("<"):
        return None
    if not text.isdecimal():
        raise ImpossibleDate
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:6])
    dates = [_date(century + year, month, day) for century in _CENTURIES]
    possible = [each for each in dates if each is not None]
    if not possible:
        raise ImpossibleDate
    return min(possible, key=lambda each: abs(each - today))


def _as_far_as(born: date, known_part: str) -> str:
    return born.isoformat()[: len("YYYY") + (len(known_part) // 2 - 1) * len("-MM")]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
