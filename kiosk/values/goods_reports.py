"""The registers of packages and of finds: their lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import (
    CaseState,
    FindChannel,
    FindClass,
    GoneReason,
    HidingPlace,
    ItemReason,
    MedicalFate,
    PassedTo,
    Service,
    Unit,
    Verdict,
)
from kiosk.papers import ThingName

if TYPE_CHECKING:
    from kiosk.values.people import Name


@dataclass(frozen=True, slots=True)
class PackageItem:
    """A line that no correction stands in for.

    `rule` (of the catalogue, a restriction or the set) stands behind what was not accepted;
    `legal_ref` is that of the catalogue. `medical` is what became of what is for the doctor.
    """

    name: ThingName
    unit: Unit
    pieces: int
    grams: int
    verdict: Verdict
    reason: ItemReason | None = None
    tyiyn: int | None = None
    rule: str = ""
    legal_ref: str = ""
    medical: MedicalFate | None = None


@dataclass(frozen=True, slots=True)
class PackageEntry:
    """A package or parcel that was recorded, taken in or refused. Weights in grams.

    `sender` and `prisoner` are None where they were erased. `ended_at` (UTC ms) is when it was
    handed over, returned, forwarded or made void; `reason` why it did not reach its prisoner.
    """

    case_id: UUID
    number: str
    day: date
    service: Service
    prisoner_id: UUID
    prisoner: Name | None = field(repr=False)
    file_number: str = field(repr=False)
    sender: Name | None = field(repr=False)
    gross_grams: int
    net_grams: int
    items: tuple[PackageItem, ...] = field(repr=False)
    officer: str
    overridden: bool
    state: CaseState
    handed_over_at: int | None = None
    ended_at: int | None = None
    reason: GoneReason | None = None


@dataclass(frozen=True, slots=True)
class ThingFound:
    """One kind of thing of a find."""

    kind: FindClass
    pieces: int
    unit: Unit
    grams: int | None
    hidden_in: HidingPlace


@dataclass(frozen=True, slots=True)
class FindEntry:
    """A find. Without an act `act_no` is "" and it is not finished, unless it is
    `taken_back`: nothing was found after all. `at` in UTC ms.

    `case_number` is that of the package or visit, `person` who brought it; None: nobody is
    known, or they were erased.
    """

    find_id: UUID
    number: str
    day: date
    at: int
    channel: FindChannel
    case_number: str
    person: Name | None = field(repr=False)
    prisoner: Name | None = field(repr=False)
    file_number: str = field(repr=False)
    things: tuple[ThingFound, ...]
    found_by: str
    act_no: str = ""
    article: str = ""
    passed_to: PassedTo | None = None
    fine_tyiyn: int | None = None
    seal_no: str = ""
    taken_back: bool = False
