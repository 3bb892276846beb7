"""The site's calendar: which local day a moment falls on, and when a day begins."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def local(at: int, zone: ZoneInfo) -> datetime:
    """The moment `at` (UTC ms) as the site's clocks show it, kept within the calendar."""
    try:
        return (_EPOCH + timedelta(milliseconds=at)).astimezone(zone)
    except OverflowError:
        edge, clock = (date.max, time.max) if at > 0 else (date.min, time.min)
        return datetime.combine(edge, clock, zone)


@lru_cache(maxsize=4096)
def day_of(at: int, zone: ZoneInfo) -> date:
    """The local day of the moment `at` (UTC ms)."""
    return local(at, zone).date()


@lru_cache(maxsize=4096)
def start_of(day: date, zone: ZoneInfo) -> int:
    """The moment (UTC ms) at which the local `day` begins."""
    return moment_on(day, time(), zone)


def moment_on(day: date, clock: time, zone: ZoneInfo) -> int:
    """The moment (UTC ms) at which the site's clocks show `clock` on `day`."""
    return (datetime.combine(day, clock, zone) - _EPOCH) // _MS


def day_after(day: date) -> date | None:
    """The next day; None at the end of the calendar."""
    return day + timedelta(days=1) if day < date.max else None
