"""The one place that asks what time it is."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Gives the time to whoever needs it; services are handed one."""

    def now(self) -> int:
        """UTC milliseconds since 1970."""
        ...


class SystemClock:
    def now(self) -> int:
        return time.time_ns() // 1_000_000


class FixedClock:
    """A clock that moves only when told; for tests and for the demo's past."""

    def __init__(self, at: int) -> None:
        self.at = at

    def now(self) -> int:
        return self.at


def local(at: int, zone: ZoneInfo) -> datetime:
    """The moment `at` (UTC ms) as the site's clocks showed it."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone)


def local_day(at: int, zone: ZoneInfo) -> date:
    """The site's calendar day of the moment `at` (UTC ms)."""
    return local(at, zone).date()


def offset_minutes(at: int, zone: ZoneInfo) -> int:
    """How far the site's clocks were ahead of UTC at the moment `at`, in minutes."""
    offset = local(at, zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds() // 60)


def milliseconds(moment: datetime) -> int:
    """An aware datetime as UTC milliseconds."""
    return int(moment.timestamp() * 1000)
