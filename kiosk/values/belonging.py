"""How visitors and prisoners belong together: what is stated, and what lists show of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kiosk.codes import Consent, Difference, Issuer, Proof, Relation, SameGround
from kiosk.values.people import Name


@dataclass(frozen=True, slots=True)
class Stated:
    """What a visitor says they are to a prisoner, and the paper that was seen of it."""

    prisoner_id: UUID
    kind: Relation
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class RelationLine:
    """A relation as it stands; `approved_by` is a name.

    `consent_since`: the day of the prisoner's last answer; None while unasked.
    """

    relation_id: UUID
    person_id: UUID
    person: Name = field(repr=False)
    person_birth: str = field(repr=False)
    prisoner_id: UUID
    prisoner: Name = field(repr=False)
    file_number: str = field(repr=False)
    kind: Relation
    proof: Proof | None
    approved: bool
    approved_by: str
    consent: Consent
    consent_since: date | None
    approved_on: date | None
    from_day: date | None
    to_day: date | None


@dataclass(frozen=True, slots=True)
class RelationStanding:
    """What is recorded between a visitor and a prisoner, for the window.

    `approved_since` is None where nobody had to approve, or nobody did. After `to_day` the
    approval is over.
    """

    kind: Relation
    approved: bool
    approved_since: date | None
    to_day: date | None
    consent: Consent
    consent_since: date | None


@dataclass(frozen=True, slots=True)
class PermissionEntry:
    """A paper as it lies before the officer; `person_id` None: for whoever comes from `office`.

    `to_day` None: no last day; `uses` None: as often as they like.
    """

    prisoner_id: UUID
    person_id: UUID | None
    office: str
    issuer: Issuer
    paper_no: str
    from_day: date
    to_day: date | None = None
    uses: int | None = None


@dataclass(frozen=True, slots=True)
class PermissionLine:
    """A paper and how often it was used. `person` is empty for that of an office."""

    permission_id: UUID
    prisoner_id: UUID
    prisoner: Name = field(repr=False)
    file_number: str = field(repr=False)
    person: Name | None = field(repr=False)
    office: str
    issuer: Issuer
    paper_no: str
    from_day: date
    to_day: date | None
    uses: int | None
    used: int


@dataclass(frozen=True, slots=True)
class JoinLine:
    """Two records that were joined: as each was known, on what ground, when and by whom."""

    link_id: UUID
    one: Name = field(repr=False)
    one_born: str = field(repr=False)
    other: Name = field(repr=False)
    other_born: str = field(repr=False)
    ground: SameGround
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records side by side, as far as they contradict one another."""

    one_id: UUID
    other_id: UUID
    differences: frozenset[Difference]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """Words about somebody: `text`, written on `day` by the officer of that name."""

    text: str = field(repr=False)
    day: date
    by: str
