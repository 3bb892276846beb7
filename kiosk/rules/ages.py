"""From which day somebody counts as an adult, also when only a year of birth is known."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

ADULT_AT = 18


@lru_cache(maxsize=4096)
def adult_from(birth: str) -> date | None:
    """The first day on which somebody born on `birth` is an adult; None when unknowable.

    `birth` is ISO, or `YYYY-MM` or `YYYY`: then a child as long as that month or year of
    the eighteenth birthday lasts. Born on 29 February: adult on 1 March.
    """
    return _anniversary(birth, ADULT_AT)


def years_old(birth: str, day: date) -> int | None:
    """Age in whole years on `day`, the youngest that `birth` allows; None when unknowable."""
    born = _latest_birth(birth)
    if born is None or born > day:
        return None
    years = day.year - born.year
    reached = _anniversary(birth, years)
    return years if reached is not None and reached <= day else years - 1


def _latest_birth(birth: str) -> date | None:
    """The birth date itself, or the first day after the month or year that is known."""
    try:
        if len(birth) == 4:
            return date(int(birth) + 1, 1, 1)
        if len(birth) == 7:
            return (date.fromisoformat(f"{birth}-01") + timedelta(days=31)).replace(day=1)
        return date.fromisoformat(birth)
    except (ValueError, OverflowError):
        return None


def _anniversary(birth: str, years: int) -> date | None:
    born = _latest_birth(birth)
    if born is None or born.year + years > date.max.year:
        return None
    try:
        return born.replace(year=born.year + years)
    except ValueError:  # 29 February in a common year
        return date(born.year + years, 3, 1)
