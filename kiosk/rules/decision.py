"""What a decision says: its outcome, every reason with its rule, and the next date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.codes import Outcome, ReasonCode
from kiosk.rules.terms import Limit, Period


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands against a request, or a condition under which it passes.

    `rule` is the id of the rule row or of the reference behind it; `legal_ref` its source.
    `person` is the id of whom it concerns, None when it concerns the whole case.
    `free_from` is the first local day on which this reason alone would no longer stand.
    `used` and `limit` belong to counts and weights, in pieces or grams as `unit` says; of a
    weight `used` holds what is asked for too. `period` is the time in which they count.
    `until` is the last day of a restriction, a status, a relation or a permission, or the
    day a document ran out. A restriction names itself: `restriction` is its id, `since` its
    first day, `ground` what it rests on.
    """

    code: ReasonCode
    rule: str
    legal_ref: str
    person: str | None = None
    free_from: date | None = None
    used: int | None = None
    limit: int | None = None
    until: date | None = None
    restriction: str | None = None
    since: date | None = None
    ground: str = ""
    period: Period | None = None
    unit: Limit = Limit.COUNT


@dataclass(frozen=True, slots=True)
class Balance:
    """The entitlement that pays, in pieces or grams. `limit` None: no limit of this kind."""

    rule: str
    used: int
    limit: int | None
    unit: Limit = Limit.COUNT

    @property
    def remaining(self) -> int | None:
        """What is left; below zero where an override has taken more than there was."""
        return None if self.limit is None else self.limit - self.used


@dataclass(frozen=True, slots=True)
class Decision:
    """`admitted` are the person ids that may enter, in the order of the request.

    `rules` are the ids of the rows that were asked, `conditions` bind a visit that passes,
    `refused_items` are ids of things, `restrictions` the ids of those that refused.
    `takes` is what the case takes of the balance: 0 when it is refused.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    admitted: tuple[str, ...]
    balance: Balance | None
    rules: tuple[str, ...]
    next_allowed: date | None
    hours: int | None = None
    conditions: tuple[Reason, ...] = ()
    refused_items: tuple[str, ...] = ()
    restrictions: tuple[str, ...] = ()
    takes: int = 0

    @property
    def passes(self) -> bool:
        return self.outcome in (Outcome.ALLOWED, Outcome.PARTLY)

    @property
    def remaining_before(self) -> int | None:
        """What is left of the balance that pays; None where there is no limit."""
        return self.balance.remaining if self.balance is not None else None

    @property
    def remaining_after(self) -> int | None:
        before = self.remaining_before
        return None if before is None else before - self.takes

    @property
    def remaining_unit(self) -> Limit:
        """In what the balance is counted: COUNT or GRAMS."""
        return self.balance.unit if self.balance is not None else Limit.COUNT

    def answers_like(self, other: Decision) -> bool:
        """Whether an officer who was shown `other` was shown this answer too."""
        return self._shown == other._shown

    @property
    def _shown(self) -> tuple[object, ...]:
        return (
            self.outcome,
            self.admitted,
            self.refused_items,
            {(reason.code, reason.person) for reason in self.reasons},
            {(reason.code, reason.person) for reason in self.conditions},
        )
