"""The one place that asks what time it is."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from datetime import time as day_time
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Gives the time to whoever needs it; services are handed one."""

    def now(self) -> int:
        """UTC milliseconds since 1970."""
        ...

    def ahead(self) -> int:
        """How much further (ms) it went than time passed, since it was last accepted."""
        ...

    def accept(self) -> None:
        """Somebody has looked at it and says that it is right."""
        ...


class SystemClock:
    def __init__(self) -> None:
        self.accept()

    def now(self) -> int:
        return time.time_ns() // 1_000_000

    def ahead(self) -> int:
        return self.now() - self._accepted - (_running() - self._running)

    def accept(self) -> None:
        self._accepted, self._running = self.now(), _running()


def _running() -> int:
    """Milliseconds since the machine started; a sleep counts, setting the clock does not."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


class FixedClock:
    """A clock that moves only when told; for tests and for the demo's past."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.jumped = 0

    def now(self) -> int:
        return self.at

    def ahead(self) -> int:
        return self.jumped

    def accept(self) -> None:
        self.jumped = 0


def local(at: int, zone: ZoneInfo) -> datetime:
    """The moment `at` (UTC ms) as the site's clocks showed it, kept within the calendar."""
    try:
        return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone)
    except (OverflowError, ValueError):
        edge, clock = (date.max, day_time.max) if at > 0 else (date.min, day_time.min)
        return datetime.combine(edge, clock, zone)


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
