"""What a prisoner may still receive, and the lines of which a balance is the sum."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kiosk.codes import AdjustReason, CaseState, Consent, LedgerKind, Relation, Service
from kiosk.rules.terms import Limit, Period
from kiosk.values.people import Name, PrisonerCard


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One entitlement in its running period: `used` of `limit`, None: no limit.

    `unit` is COUNT or GRAMS. The period runs from `first` to `last`, both included; `last`
    None: to the end of the calendar. `next_on`: the day on which something is there again,
    None while something is left or where no day can be computed.
    """

    rule: str
    legal_ref: str
    services: tuple[Service, ...]
    unit: Limit
    period: Period
    first: date
    last: date | None
    used: int
    limit: int | None
    next_on: date | None = None

    @property
    def in_grams(self) -> bool:
        return self.unit is Limit.GRAMS

    @property
    def left(self) -> int | None:
        return None if self.limit is None else self.limit - self.used


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line: what was taken (positive) or given back on which day, and for which case.

    `left` is what was left after it of the rule that pays, as it stands at the moment asked
    about; None where there is no limit. `who` led the visit; `reason` is of a change by hand.
    """

    line_id: UUID
    counts_on: date
    service: Service
    kind: LedgerKind
    number: str
    rule: str
    pieces: int
    grams: int
    left: int | None
    unit: Limit | None
    who: str = field(default="", repr=False)
    reason: AdjustReason | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a prisoner answered about a visitor, and since which day."""

    name: Name = field(repr=False)
    relation: Relation
    consent: Consent
    since: date


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A case of a prisoner. `who` was named first; `number` is "" for one only planned."""

    case_id: UUID
    day: date
    service: Service
    state: CaseState
    number: str
    who: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PrisonerFile:
    """All that the card of a prisoner shows. `lines` of the ledger, the newest first."""

    card: PrisonerCard
    admitted: date | None
    medical: tuple[str, ...]
    balances: tuple[BalanceLine, ...]
    lines: tuple[LedgerLine, ...]
    agreements: tuple[Agreement, ...]
    rule_set: str
    rules_confirmed: bool


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A change of a balance by hand: `amount` pieces (grams for a weight) more, or fewer.

    `words` are kept as a note, which can be erased.
    """

    prisoner_id: UUID
    service: Service
    unit: Limit
    amount: int
    reason: AdjustReason
    words: str = field(default="", repr=False)
