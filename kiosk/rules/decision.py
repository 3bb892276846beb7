"""What a decision says: its outcome, every reason with its rule, and the next date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.codes import Outcome, ReasonCode


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands against a request.

    `rule` is the id of the rule row or of the reference behind it; `legal_ref` its source.
    `person` is the id of whom it concerns, None when it concerns the whole case.
    `free_from` is the first local day on which this reason alone would no longer stand.
    `used` and `limit` belong to counts; `until` is the last day of a ban or of a status, or
    the day a document ran out. A ban also names itself: `restriction` is its id, `since` its
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


@dataclass(frozen=True, slots=True)
class Balance:
    """The entitlement that pays. `limit` None: no limit of this kind."""

    rule: str
    used: int
    limit: int | None

    @property
    def remaining(self) -> int | None:
        return None if self.limit is None else self.limit - self.used


@dataclass(frozen=True, slots=True)
class Decision:
    """`admitted` are the person ids that may enter, in the order of the request."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    admitted: tuple[str, ...]
    balance: Balance | None
    rules: tuple[str, ...]
    next_allowed: date | None
    hours: int | None = None

    @property
    def passes(self) -> bool:
        return self.outcome in (Outcome.ALLOWED, Outcome.PARTLY)

    def answers_like(self, other: Decision) -> bool:
        """Whether an officer who was shown `other` was shown this answer too."""
        return (self.outcome, self.admitted, {(r.code, r.person) for r in self.reasons}) == (
            other.outcome,
            other.admitted,
            {(r.code, r.person) for r in other.reasons},
        )
