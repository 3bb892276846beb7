"""Local days, moments and birthdays, read from the text of a case."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Bishkek")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def begins(text: str) -> datetime:
    """A plain date begins with its local day."""
    return moment(text) if "T" in text else local_midnight(date.fromisoformat(text))


def ends(text: str) -> datetime:
    """A plain date ends with its local day."""
    if "T" in text:
        return moment(text)
    return local_midnight(date.fromisoformat(text) + timedelta(1))


def local_midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


def within(first: str, last: str | None, at: datetime) -> bool:
    return begins(first) <= at and (last is None or at < ends(last))


def adult(birth: str, day: date) -> bool:
    if len(birth) == 4:
        return day.year > int(birth) + 18
    born = date.fromisoformat(birth)
    return anniversary(born, born.year + 18) <= day


def anniversary(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
