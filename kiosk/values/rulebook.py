"""Rule sets as the register keeps them, and what was decided for one prisoner alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import Service

if TYPE_CHECKING:
    from kiosk.rules.check import Checked
    from kiosk.rules.rule_set import RuleRow, RuleSet
    from kiosk.rules.terms import Limit, Period


@dataclass(frozen=True, slots=True)
class RuleSetLine:
    """A set of the register. `signer` "": nobody has signed it; `signed_at` is UTC ms.

    `source` is where it came from, `rows` how many entitlements it has, `decides` whether
    it is the one in force today.
    """

    rule_set_id: UUID
    name: str
    version: str
    valid_from: date
    source: str
    rows: int
    decides: bool
    signer: str = ""
    signed_by: str = ""
    signed_at: int | None = None

    @property
    def signed(self) -> bool:
        return bool(self.signer)


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a set says otherwise than another: `before` None is a new row, `after` None one
    that is gone."""

    code: str
    before: RuleRow | None
    after: RuleRow | None


@dataclass(frozen=True, slots=True)
class RuleSetPreview:
    """A set that might be taken in, and what it would change.

    `first_day` is the first day on which it can decide; `against` the name and version of the
    set that decides then as things stand, "" when none does. `known`: the register keeps it
    already. `decides_unsigned`: from that day on it would decide before anybody has signed it,
    because no signed set does.
    """

    rules: RuleSet
    against: str
    changes: tuple[RowChange, ...]
    known: bool
    first_day: date
    decides_unsigned: bool


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file that was looked at. `preview` None: it cannot be taken in, `checked` says why."""

    name: str
    checked: Checked
    preview: RuleSetPreview | None


@dataclass(frozen=True, slots=True)
class IndividualEntry:
    """A decision about one prisoner as a supervisor enters it. `value` None: no limit."""

    prisoner_id: UUID
    services: frozenset[Service]
    limit: Limit
    period: Period
    value: int | None
    legal_ref: str
    from_day: date
    to_day: date | None


@dataclass(frozen=True, slots=True)
class IndividualLine:
    """A decision about one prisoner, as cards show it. Both days are local and included."""

    individual_id: UUID
    code: str
    services: frozenset[Service]
    limit: Limit
    period: Period
    value: int | None
    legal_ref: str
    from_day: date
    to_day: date | None
