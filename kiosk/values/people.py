"""Visitors and prisoners, as cards show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from kiosk.codes import (
    Category,
    Condition,
    DocumentCheck,
    DocumentKind,
    DocumentSource,
    Regime,
    Relation,
    RestrictionKind,
    Service,
    Sex,
    Status,
)

if TYPE_CHECKING:
    from kiosk.values.visits import Inside


@dataclass(frozen=True, slots=True, repr=False)
class Name:
    """As typed in Cyrillic; `latin_*` as printed on the document last seen."""

    surname: str
    given: str
    patronymic: str = ""
    latin_surname: str = ""
    latin_given: str = ""

    @property
    def full(self) -> str:
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)

    @property
    def short(self) -> str:
        """Surname and initial: Асанова А."""
        return f"{self.surname} {self.given[:1]}." if self.given else self.surname


@dataclass(frozen=True, slots=True, repr=False)
class DocumentSeen:
    """A document as read or typed; dates ISO, partly unknown ones `YYYY` or `YYYY-MM`."""

    kind: DocumentKind
    country: str
    number: str
    surname: str = ""
    given: str = ""
    birth: str = ""
    sex: Sex | None = None
    expires: date | None = None
    personal_number: str = ""
    source: DocumentSource = DocumentSource.TYPED
    check: DocumentCheck = DocumentCheck.OK


@dataclass(frozen=True, slots=True, repr=False)
class PersonEntry:
    """A visitor as the form gives them."""

    surname: str
    given: str
    patronymic: str
    birth: str
    sex: Sex
    personal_number: str
    phone: str
    language: str
    document: DocumentSeen


@dataclass(frozen=True, slots=True, repr=False)
class PersonDetails:
    """What is known of a visitor apart from documents, as corrected by hand."""

    surname: str
    given: str
    patronymic: str
    birth: str
    sex: Sex
    personal_number: str
    phone: str
    language: str


@dataclass(frozen=True, slots=True, repr=False)
class DocumentLine:
    """A document that was recorded for somebody, and on which day."""

    document_id: UUID
    document: DocumentSeen
    day: date


@dataclass(frozen=True, slots=True, repr=False)
class PrisonerEntry:
    """A prisoner as an administrator enters them."""

    file_number: str
    surname: str
    given: str
    patronymic: str
    birth_year: int
    sex: Sex
    category: Category
    regime: Regime
    condition: Condition
    unit: str
    status: Status = Status.PRESENT


@dataclass(frozen=True, slots=True, repr=False)
class PrisonerCard:
    """A prisoner as known at one moment."""

    prisoner_id: UUID
    detail_id: UUID
    file_number: str
    name: Name
    birth_year: int
    sex: Sex
    category: Category
    regime: Regime
    condition: Condition
    unit: str
    status: Status
    status_until: date | None = None


@dataclass(frozen=True, slots=True, repr=False)
class PastCase:
    case_id: UUID
    day: date
    service: Service
    number: str
    prisoner: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Restriction:
    """A restriction that holds or begins later, as cards show it."""

    restriction_id: UUID
    ground: str
    from_day: date
    to_day: date | None
    kind: RestrictionKind = RestrictionKind.BAN


@dataclass(frozen=True, slots=True, repr=False)
class PersonCard:
    """A visitor as known at one moment, with what the officer needs at a glance."""

    person_id: UUID
    detail_id: UUID
    name: Name
    birth: str
    sex: Sex
    personal_number: str
    number_conflict: bool
    phone: str
    language: str
    document_id: UUID | None
    document: DocumentSeen | None
    visits: int
    last_cases: tuple[PastCase, ...] = ()
    last_prisoner: PrisonerCard | None = None
    last_relation: Relation | None = None
    restrictions: tuple[Restriction, ...] = ()
    inside: Inside | None = None
    records: int = 1  # more than one: doubles that were joined


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """One line of a search: a person or a prisoner."""

    kind: str  # "person" or "prisoner"
    subject_id: UUID
    name: Name
    born: str  # a year, or an ISO date
    note: str  # a prisoner's file number; a person's document number, masked to its last three
    banned: bool = False
