"""What the law allows, as dated data: rows, the references of refusals, one signed set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.codes import Category, Condition, ReasonCode, Regime, Service, Sex


class Limit(StrEnum):
    """What a row limits. `count` in pieces, `hours` and `days` of a visit's length."""

    COUNT = "count"
    GRAMS = "grams"
    MAX_ADULTS = "max_adults"
    HOURS = "hours"
    DAYS = "days"
    MIN_INTERVAL = "min_interval"


class Period(StrEnum):
    """In which time a limit counts; `year` is the calendar year."""

    EACH = "each"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Medical(StrEnum):
    """A medical conclusion that widens what a prisoner may receive."""

    ILL = "ill"
    PREGNANT = "pregnant"
    CHILD_UNDER_3 = "child_under_3"


class IsolatorGoods(StrEnum):
    """What becomes of ordinary goods for a prisoner in the isolator."""

    REFUSE = "refuse"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom a row holds: every key that is not None must match. Empty: everybody."""

    prisoner_id: str | None = None  # a file number: an individual decision
    medical: Medical | None = None
    sex: Sex | None = None
    minor: bool | None = None
    condition: Condition | None = None
    regime: Regime | None = None
    category: Category | None = None

    @property
    def keys(self) -> int:
        """How many keys narrow the scope."""
        return sum(
            key is not None
            for key in (
                self.prisoner_id,
                self.medical,
                self.sex,
                self.minor,
                self.condition,
                self.regime,
                self.category,
            )
        )

    @property
    def level(self) -> int:
        """0 for an individual decision … 6 for the whole facility; the lowest wins."""
        if self.prisoner_id is not None:
            return 0
        if self.medical is not None:
            return 1
        if self.sex is not None or self.minor is not None:
            return 2
        if self.condition is not None:
            return 3
        if self.regime is not None:
            return 4
        return 5 if self.category is not None else 6


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One entitlement. `value` None: no limit of this kind for that scope.

    Several services share one balance. `bypass` services need no permission of the rules.
    """

    code: str
    services: frozenset[Service]
    limit: Limit
    period: Period
    value: int | None
    legal_ref: str
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Reference:
    """The rule behind a refusal that no entitlement row gives: its id and its source."""

    code: str
    legal_ref: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What is in force from a day on. `references` has one entry for every reason code."""

    name: str
    version: str
    valid_from: date
    isolator_goods: IsolatorGoods
    rows: tuple[RuleRow, ...]
    references: Mapping[ReasonCode, Reference]
    confirmed: bool = False
