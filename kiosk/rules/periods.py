"""From which day to which a limit counts: week, month, year of the calendar or of admission."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from kiosk.rules.terms import Period


@lru_cache(maxsize=4096)
def window(period: Period, day: date, admitted: date | None = None) -> tuple[date, date | None]:
    """First day of the period around `day`, and the first day after it.

    With `admitted` a year begins on that day of each year (29 February: on 1 March where
    there is none), else on 1 January. None: the calendar ends before the period does.
    """
    if period is Period.YEAR:
        return _year(day, admitted or date.min)
    if period is Period.MONTH:
        first, length = day.replace(day=1), 31
    elif period is Period.WEEK:
        first, length = date.fromordinal(max(1, day.toordinal() - day.weekday())), 7
    else:
        first, length = day, 1
    if (date.max - first).days < length:
        return first, None
    after = first + timedelta(days=length)
    return first, after.replace(day=1) if period is Period.MONTH else after


def _year(day: date, since: date) -> tuple[date, date | None]:
    begins = _same_day(since, day.year)
    if begins > day:
        begins = _same_day(since, day.year - 1)
    return begins, _same_day(since, begins.year + 1) if begins.year < date.max.year else None


def _same_day(since: date, year: int) -> date:
    year = max(year, date.min.year)
    try:
        return since.replace(year=year)
    except ValueError:  # 29 February in a common year
        return date(year, 3, 1)
