"""What the law allows, as dated data: rows, the references of refusals, one signed set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kiosk.codes import Category, Condition, ReasonCode, Regime, Service, Sex
from kiosk.rules.decision import Reason
from kiosk.rules.terms import IsolatorGoods, Limit, Medical, Period
from kiosk.text import N_

__all__ = [
    "COUNTED",
    "UNNAMED",
    "IsolatorGoods",
    "Limit",
    "Medical",
    "Period",
    "Reference",
    "RuleRow",
    "RuleSet",
    "Scope",
]


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

    # Both are asked of every row in every decision, so they are counted once.
    level: int = field(init=False, compare=False, repr=False)
    rank: tuple[int, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """`level` is 0 for an individual decision … 6 for the whole facility.

        `rank` orders rows that hold for the same prisoner: the lowest wins; on one level
        that is the one with more keys.
        """
        levels = (
            self.prisoner_id is not None,
            self.medical is not None,
            self.sex is not None or self.minor is not None,
            self.condition is not None,
            self.regime is not None,
            self.category is not None,
            True,
        )
        level = levels.index(True)
        object.__setattr__(self, "level", level)
        object.__setattr__(self, "rank", (level, -len(self.keys)))

    @property
    def keys(self) -> dict[str, object]:
        """The keys that narrow the scope, by name."""
        keys = {
            "prisoner": self.prisoner_id,
            "medical": self.medical,
            "sex": self.sex,
            "minor": self.minor,
            "condition": self.condition,
            "regime": self.regime,
            "category": self.category,
        }
        return {name: key for name, key in keys.items() if key is not None}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One entitlement. `value` None: no limit of this kind for that scope.

    Several services in one row share one balance.
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


# What entitlement rows give their own reference for.
COUNTED = frozenset(
    {
        ReasonCode.COUNT_EXHAUSTED,
        ReasonCode.MONTHLY_EXHAUSTED,
        ReasonCode.WEIGHT_EXCEEDED,
        ReasonCode.MIN_INTERVAL,
    }
)
UNNAMED = N_("the rule set names no reference")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What is in force from `valid_from` on; `confirmed` when the prison has signed it.

    `references` name the law behind reasons that no row gives. Where a set names none, the
    refusal says so, under an id of its own: there is no refusal without a rule.
    """

    name: str
    version: str
    valid_from: date
    isolator_goods: IsolatorGoods
    rows: tuple[RuleRow, ...]
    references: Mapping[ReasonCode, Reference] = field(default_factory=dict)
    confirmed: bool = False

    # Asked of every row in every decision, so they are sorted once: the strongest first.
    by_service: Mapping[Service, tuple[RuleRow, ...]] = field(
        init=False, compare=False, repr=False
    )

    def __post_init__(self) -> None:
        ranked = sorted(self.rows, key=lambda row: row.scope.rank)
        found = {one: tuple(r for r in ranked if one in r.services) for one in Service}
        object.__setattr__(self, "by_service", found)

    def reference(self, code: ReasonCode) -> Reference:
        """The rule behind `code`, or one that says that the set names none."""
        named = self.references.get(code)
        return named if named is not None else Reference(f"R-{code}", UNNAMED)

    def reason(
        self,
        code: ReasonCode,
        person: str | None = None,
        *,
        until: date | None = None,
        used: int | None = None,
        limit: int | None = None,
        restriction: str | None = None,
        since: date | None = None,
        ground: str = "",
    ) -> Reason:
        """A reason that no row gives, with the reference this set has for it."""
        reference = self.reference(code)
        return Reason(
            code,
            reference.code,
            reference.legal_ref,
            person,
            until=until,
            used=used,
            limit=limit,
            restriction=restriction,
            since=since,
            ground=ground,
        )
