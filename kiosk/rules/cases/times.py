"""Days and moments as a case writes them: 2026-03-01 or 2026-03-01T02:00:00Z."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from kiosk.rules.days import day_after, start_of
from kiosk.rules.facts import Span

_PLAIN = len("2026-03-01")


class BadCase(ValueError):
    """A case that cannot be read; its text names the key and says what is wrong."""


@lru_cache(maxsize=8192)
def moment(text: str, key: str) -> int:
    """UTC ms of a moment with its offset. Raises BadCase."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadCase(f"{key}: {text!r} is no moment like 2026-03-01T02:00:00Z") from None
    if len(text) == _PLAIN or at.tzinfo is None:
        raise BadCase(f"{key}: {text!r} has no time with an offset, like 2026-03-01T02:00:00Z")
    return round(at.timestamp() * 1000)


@lru_cache(maxsize=8192)
def day(text: str, key: str) -> date:
    """Raises BadCase."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadCase(f"{key}: {text!r} is no day like 2026-03-01") from None


def span(first: str | None, last: str | None, key: str, zone: ZoneInfo) -> Span:
    """From `first` to `last`: plain days whole and included, moments as they are."""
    from_at = until_at = None
    if first is not None:
        from_at = began(first, f"{key}.from", zone)
    if last is not None and len(last) == _PLAIN:
        after = day_after(day(last, f"{key}.to"))
        until_at = start_of(after, zone) if after is not None else None
    elif last is not None:
        until_at = moment(last, f"{key}.to")
    return Span(from_at, until_at)


def began(text: str, key: str, zone: ZoneInfo) -> int:
    """UTC ms at which a day or a moment begins."""
    if len(text) == _PLAIN:
        return start_of(day(text, key), zone)
    return moment(text, key)


def birth(value: str | int | None, key: str) -> str:
    """A birth date or the year alone; nothing known: empty. Raises BadCase."""
    text = "" if value is None else str(value)
    if text.isdecimal() and len(text) == 4:
        return text
    if len(text) == len("YYYY-MM"):
        day(f"{text}-01", key)
    elif text:
        day(text, key)
    return text
