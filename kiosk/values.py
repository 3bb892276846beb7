"""Frozen values that travel between services, screens and papers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kiosk.codes import (
    Category,
    Condition,
    DocumentCheck,
    DocumentKind,
    DocumentSource,
    JobState,
    Regime,
    Relation,
    Role,
    Service,
    Sex,
    Status,
    Template,
)
from kiosk.rules.decision import Decision

# ---- who works here


@dataclass(frozen=True, slots=True)
class Officer:
    """Who is signed in."""

    staff_id: UUID
    login: str
    name: str
    sex: Sex
    roles: frozenset[Role]

    def may(self, *roles: Role) -> bool:
        """Whether one of `roles` is held."""
        return not self.roles.isdisjoint(roles)


# ---- people


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class PastCase:
    case_id: UUID
    day: date
    service: Service
    number: str
    prisoner: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Restriction:
    """A ban in force, as cards show it."""

    restriction_id: UUID
    ground: str
    from_day: date
    to_day: date | None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a search: a person or a prisoner."""

    kind: str  # "person" or "prisoner"
    subject_id: UUID
    name: Name
    born: str  # a year, or an ISO date
    note: str  # a prisoner's file number; a person's document number, masked to its last three
    banned: bool = False


# ---- visits


@dataclass(frozen=True, slots=True)
class MemberRequest:
    """One who asks to enter. `seen` is the document in hand; None: the one last known."""

    person_id: UUID
    relation: Relation | None
    confirmed: tuple[str, ...] = ()  # doubts the officer confirmed: "composite", "birth", …
    seen: DocumentSeen | None = None


@dataclass(frozen=True, slots=True)
class VisitRequest:
    """What is asked of the gate. `case_id` is made early: a second Enter carries it too."""

    case_id: UUID
    service: Service
    prisoner_id: UUID
    members: tuple[MemberRequest, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What `rules.decide` answered about a request, for the screen to show."""

    request: VisitRequest
    prisoner: PrisonerCard
    decision: Decision
    rule_set: str
    rules_confirmed: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """A case that was written: `number` as shown, `badges` one code a member admitted."""

    case_id: UUID
    number: str
    decision: Decision
    badges: tuple[str, ...] = ()
    jobs: tuple[UUID, ...] = ()
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Inside:
    """Somebody who is inside. Times in UTC ms."""

    member_id: UUID
    case_id: UUID
    badge: str  # V-26-004512-1
    name: Name
    birth: str
    service: Service
    prisoner: str
    file_number: str
    since: int
    due: int | None


@dataclass(frozen=True, slots=True)
class Departure:
    """A case opened by its badge: who is to leave."""

    case_id: UUID
    number: str
    service: Service
    prisoner: str
    file_number: str
    members: tuple[Inside, ...]  # still inside; empty when all have left
    left_at: int | None = None


# ---- papers


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A paper that waits, or what became of it."""

    job_id: UUID
    case_id: UUID | None
    template: Template
    state: JobState
    copy_no: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A paper given to the spool: try `no` of it. `after_break`: half of another may hang in
    that printer."""

    job: PrintJob
    no: int
    after_break: bool


@dataclass(frozen=True, slots=True)
class AttemptEnd:
    """What became of one try: `sent` bytes were handed over (None: nobody knows); `outcome` is
    why it ended and `proof` what proved it, in the words of `devices.printers`."""

    state: JobState
    sent: int | None
    outcome: str
    proof: str


@dataclass(frozen=True, slots=True)
class PapersOpen:
    """How many papers are in which state that is not final: `uncertain` ones may have come
    out, `asked` ones were handed over to a printer that never says (an officer is)."""

    queued: int = 0
    sending: int = 0
    uncertain: int = 0
    asked: int = 0

    @property
    def waiting(self) -> int:
        return self.queued + self.sending


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper on the list of papers.

    `number` is the one it bears, "" for a list; `name` whom it is about, "" where it names
    nobody or was erased. `at` is when it was ordered (UTC ms), `printer` the one tried last,
    "" before the first of `attempts`.
    """

    job_id: UUID
    case_id: UUID | None
    template: Template
    number: str
    name: str = field(repr=False)
    state: JobState
    copy_no: int
    at: int
    printer: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Today:
    """The counters of the menu."""

    day: date
    inside: int
    overdue: int
    visits: int
    refused: int
    waiting_papers: int
    uncertain_papers: int
    rule_set: str
    rules_confirmed: bool
