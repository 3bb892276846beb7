"""Registers and statistics: what is asked of them, and their lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import Part, Relation, ReportName, Service
from kiosk.rules.decision import Reason
from kiosk.values.goods_reports import PackageItem

if TYPE_CHECKING:
    from kiosk.values.people import Name


@dataclass(frozen=True, slots=True)
class ReportAsked:
    """Which register, of which days (both included), of one kind of visit or of all.

    `masked`: people by their initials, documents by the end of their numbers.
    """

    name: ReportName
    from_day: date
    to_day: date
    service: Service | None = None
    masked: bool = False


@dataclass(frozen=True, slots=True)
class VisitorEntry:
    """A visitor of a case in the register of visits. `name` None: it was erased.

    `entered_at` and `left_at` are UTC ms; `reason` is a code that says more of `part`.
    """

    no: int
    name: Name | None = field(repr=False)
    document: str = field(repr=False)
    relation: Relation | None
    part: Part
    reason: StrEnum | None = None
    entered_at: int | None = None
    left_at: int | None = None


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """A case in the register of visits. `refusal` is the number by which some of it were
    refused, "" when nobody was; `prisoner` None: erased; `overridden`: let in by two."""

    case_id: UUID
    number: str
    refusal: str
    day: date
    service: Service
    prisoner_id: UUID
    prisoner: Name | None = field(repr=False)
    file_number: str = field(repr=False)
    officer: str
    overridden: bool
    visitors: tuple[VisitorEntry, ...]


@dataclass(frozen=True, slots=True)
class RefusalEntry:
    """A refusal. `visitors` are those who were refused, by person id (None: erased);
    `next_day` is the one from which no reason stands any more, where that is known. Of a bag
    that went back thing by thing `things` say why."""

    case_id: UUID
    number: str
    day: date
    service: Service
    prisoner_id: UUID
    prisoner: Name | None = field(repr=False)
    file_number: str = field(repr=False)
    officer: str
    visitors: tuple[tuple[UUID, Name | None], ...] = field(repr=False)
    reasons: tuple[Reason, ...]
    next_day: date | None
    is_void: bool
    things: tuple[PackageItem, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class UnvisitedEntry:
    """A prisoner who is here and was not visited. `last_day`: of the last visit ever."""

    prisoner_id: UUID
    prisoner: Name = field(repr=False)
    file_number: str = field(repr=False)
    unit: str
    admitted: date | None
    last_day: date | None
