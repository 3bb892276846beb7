"""Who is kept out, what has to be looked at again, and who was let in against the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import (
    BanGround,
    CaseState,
    Issuer,
    LiftReason,
    OverrideGround,
    RestrictionKind,
    ReviewKind,
    Service,
)
from kiosk.rules.decision import Reason

if TYPE_CHECKING:
    from kiosk.values.goods_reports import PackageItem
    from kiosk.values.people import Name


@dataclass(frozen=True, slots=True)
class RestrictionEntry:
    """A restriction as a supervisor enters it; both days are included.

    On a visitor, for a prisoner, on a pair of both, of two prisoners, or, with none of them,
    on the whole facility. `services` empty: the social visits and goods. `goods`: only those
    classes of goods. `at_once`: from this moment of today, not from the day's beginning.
    """

    kind: RestrictionKind
    from_day: date
    to_day: date | None
    ground: BanGround
    person_id: UUID | None = None
    prisoner_id: UUID | None = None
    other_prisoner_id: UUID | None = None
    services: frozenset[Service] = frozenset()
    goods: frozenset[str] = frozenset()
    issuer: Issuer = Issuer.PRISON
    paper_no: str = ""
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Restricted:
    """A restriction that was recorded: how many planned visits it puts up for review, and how
    many visits whose people are inside at this moment."""

    restriction_id: UUID
    planned: int = 0
    inside: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class RestrictionLine:
    """A restriction on the list, with its history. Names are None where nobody is meant.

    `from_at` is the moment it begins (UTC ms), None: with its first day. `lifted_on` None:
    it was not lifted, though its last day may be over.
    """

    restriction_id: UUID
    kind: RestrictionKind
    person: Name | None
    prisoner: Name | None
    file_number: str
    other: Name | None
    other_file_number: str
    services: frozenset[Service]
    goods: frozenset[str]
    from_day: date
    from_at: int | None
    to_day: date | None
    ground: str
    issuer: str
    paper_no: str
    recorded_at: int
    recorded_by: str
    lifted_on: date | None = None
    lift_reason: LiftReason | None = None
    lifted_by: str = ""

    def holds(self, day: date) -> bool:
        """Whether it holds on `day` or begins later: not lifted, not over."""
        return self.lifted_on is None and (self.to_day is None or self.to_day >= day)


@dataclass(frozen=True, slots=True, repr=False)
class ReviewLine:
    """A planned visit or open case that has to be looked at again, and why.

    `number` is "" for a visit that is only planned. `day` is the day it takes place on,
    `since` when the cause came (UTC ms), `what` the code of the cause.
    """

    review_id: UUID
    case_id: UUID
    kind: ReviewKind
    what: Enum | None
    since: int
    state: CaseState
    number: str
    service: Service
    day: date
    prisoner_id: UUID
    prisoner: Name
    file_number: str
    visitors: tuple[Name, ...]

    @property
    def is_inside(self) -> bool:
        """Whether those it concerns are inside at this moment: this one cannot wait."""
        return self.state is CaseState.INSIDE


@dataclass(frozen=True, slots=True, repr=False)
class Overridden:
    """A case that two persons let in against the rules. `asker` asked, `second` signed.

    `things` are those of a bag that the catalogue or a restriction would have kept out.
    """

    case_id: UUID
    number: str
    at: int
    day: date
    service: Service
    prisoner: Name
    file_number: str
    visitors: tuple[Name, ...]
    reasons: tuple[Reason, ...]
    ground: OverrideGround | None
    words: str = field(repr=False)
    asker: str
    second: str
    things: tuple[PackageItem, ...] = ()
