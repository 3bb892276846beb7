"""Everything a decision may know, gathered before it: the prisoner, the people, the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from kiosk.codes import (
    Category,
    Condition,
    Regime,
    Relation,
    RestrictionKind,
    Service,
    Sex,
    Status,
)
from kiosk.rules.days import day_of
from kiosk.rules.rule_set import RuleRow
from kiosk.rules.terms import Medical, PeriodStart


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment up to another, which no longer belongs to it: UTC ms, None: open.

    A plain date in a register is a whole local day: whoever gathers facts gives the moment
    at which the first day begins and the one at which the day after the last begins.
    """

    from_at: int | None = None
    until_at: int | None = None

    def holds(self, at: int) -> bool:
        return not self.begins_after(at) and not self.is_over(at)

    def begins_after(self, at: int) -> bool:
        return self.from_at is not None and at < self.from_at

    def is_over(self, at: int) -> bool:
        return self.until_at is not None and self.until_at <= at


ALWAYS = Span()


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """Where the prisoner is from `from_at` on (UTC ms); `until_at` is a planned end."""

    status: Status
    from_at: int
    until_at: int | None = None


@dataclass(frozen=True, slots=True)
class PrisonerFacts:
    """The prisoner as known at the moment of the request.

    `birth` is an ISO date, or `YYYY` when only the year is known. `admitted` is the local
    day from which a year since admission is counted. `statuses` in any order; none that has
    begun: not yet admitted to this prison.
    """

    file_number: str
    category: Category
    regime: Regime | None
    condition: Condition | None
    sex: Sex
    birth: str
    admitted: date | None = None
    statuses: tuple[StatusEvent, ...] = ()
    medical: frozenset[Medical] = frozenset()


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The document shown. `country` is its issuer (ICAO code); `expires` None: no date."""

    country: str
    number: str
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class RelationFacts:
    """What is recorded about how a person belongs to the prisoner.

    `consent` of the prisoner: None when nobody has asked.
    """

    kind: Relation
    approved: bool
    consent: bool | None = None
    span: Span = ALWAYS


@dataclass(frozen=True, slots=True)
class PermissionFacts:
    """A paper by which a person may visit a prisoner on remand.

    `prisoner` is the file number it names, `uses` how often it may be used (None: as often
    as wished) and `used` how often it was.
    """

    permission: str
    issuer: str
    number: str
    prisoner: str
    span: Span = ALWAYS
    uses: int | None = None
    used: int = 0


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One of those who ask to enter (of goods: the sender), in the order of the request.

    `birth` is ISO, partly unknown `YYYY` or `YYYY-MM`, or empty. `met_on`: the local days on
    which this person has, or had, a visit with this prisoner, the case itself apart.
    """

    person: str
    birth: str
    lead: bool = False
    document: DocumentFacts | None = None
    relation: RelationFacts | None = None
    permissions: tuple[PermissionFacts, ...] = ()
    inside: bool = False
    met_on: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Use:
    """A line of the prisoner's ledger: what was used is positive, what gives back negative.

    `counts_on` is the local day of the visit it belongs to, whenever it was written. A
    reserve counts until it is fulfilled or given back. `by_hand`: an adjustment, a carry or
    an opening balance, which is no visit for the days between two visits.
    """

    service: Service
    counts_on: date
    pieces: int = 1
    grams: int = 0
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class RestrictionFacts:
    """What keeps somebody out, or binds how a visit is held; a lifted one is left out.

    `services` are service codes; "*" stands for the social services and goods. `goods` are
    classes of things: then only those are refused. `person` (id) and `prisoner` (file
    number) say whom it concerns: both a pair, neither the whole facility.
    """

    restriction: str
    kind: RestrictionKind
    services: frozenset[str]
    goods: frozenset[str] | None = None
    span: Span = ALWAYS
    ground: str = ""
    person: str | None = None
    prisoner: str | None = None


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """The session asked for. `taken` of its `places` are visits, this case apart.

    `others` are the file numbers of the prisoners whose visits stand in it.
    """

    session: str
    places: int
    taken: int
    others: frozenset[str] = frozenset()
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A thing in a package. `grams` None: not weighed by itself."""

    item: str
    goods_class: str
    grams: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """A request and all that is known about it at the moment `at` (UTC ms).

    Of goods `grams` is the weight of all of it; None: as its items weigh. `swap_from` is
    the service whose balance pays instead of that of `service`. `individual` are decisions
    about this prisoner. `min_interval`: visits of a yearly count are spread over the year.
    """

    service: Service
    at: int
    zone: ZoneInfo
    prisoner: PrisonerFacts
    people: tuple[PersonFacts, ...]
    uses: tuple[Use, ...] = ()
    restrictions: tuple[RestrictionFacts, ...] = ()
    non_associated: frozenset[str] = frozenset()
    blocked_dates: frozenset[date] = frozenset()
    session: SessionFacts | None = None
    swap_from: Service | None = None
    grams: int | None = None
    items: tuple[Item, ...] = ()
    individual: tuple[RuleRow, ...] = ()
    period_start: PeriodStart = PeriodStart.CALENDAR
    min_interval: bool = False

    @property
    def day(self) -> date:
        """The site's day of the request."""
        return day_of(self.at, self.zone)
