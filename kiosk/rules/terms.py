"""The words in which rules are written: limits, periods, medical conclusions, year's start."""

from __future__ import annotations

from enum import StrEnum


class Limit(StrEnum):
    """What a row limits: pieces, grams, adults in a group, hours or days that a visit lasts,
    the days from one visit to the next."""

    COUNT = "count"
    GRAMS = "grams"
    MAX_ADULTS = "max_adults"
    HOURS = "hours"
    DAYS = "days"
    MIN_INTERVAL = "min_interval"


class Period(StrEnum):
    """In which time a limit counts. A week begins on Monday, a month on its first day."""

    EACH = "each"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class PeriodStart(StrEnum):
    """When the year of a count begins: on 1 January, or on the day of admission."""

    CALENDAR = "calendar"
    ADMISSION = "admission"


class Medical(StrEnum):
    """A medical conclusion that widens what a prisoner may receive."""

    ILL = "ill"
    PREGNANT = "pregnant"
    CHILD_UNDER_3 = "child_under_3"


class IsolatorGoods(StrEnum):
    """What becomes of ordinary goods for a prisoner in the isolator."""

    REFUSE = "refuse"
    HOLD = "hold"
