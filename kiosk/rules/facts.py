"""Everything a decision may know, gathered before it: the prisoner, the people, the past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.codes import Category, Condition, Regime, Relation, Service, Sex, Status
from kiosk.rules.rule_set import Medical


@dataclass(frozen=True, slots=True)
class PrisonerFacts:
    """The prisoner as known at the moment of the request.

    `status` None: not yet admitted to this prison. `free_on` is the first local day on
    which the status has ended by itself; None when its end is not planned.
    `birth` is an ISO date, or `YYYY` when only the year is known.
    """

    file_number: str
    category: Category
    regime: Regime
    condition: Condition
    sex: Sex
    birth: str
    status: Status | None = Status.PRESENT
    free_on: date | None = None
    medical: frozenset[Medical] = frozenset()


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The document shown. `country` is its issuer (ICAO code); `expires` None: no date."""

    country: str
    number: str
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One of those who ask to enter, in the order of the request.

    `birth` is ISO, partly unknown `YYYY` or `YYYY-MM`, or empty. `visited_today`: the same
    person was admitted to the same prisoner on this local day.
    """

    person: str
    birth: str
    lead: bool = False
    document: DocumentFacts | None = None
    inside: bool = False
    visited_today: bool = False
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """A line of the prisoner's ledger; what gives back is negative.

    `counts_on` is the local day of the visit it belongs to, whenever it was written.
    """

    service: Service
    counts_on: date
    pieces: int = 1
    grams: int = 0


@dataclass(frozen=True, slots=True)
class RestrictionFacts:
    """A ban that was not lifted. `person` None: it holds for everybody who asks.

    `services` are service codes; "*" stands for the social services and goods. Both days
    are local and included; `to_day` None: open-ended.
    """

    restriction: str
    services: frozenset[str]
    from_day: date
    to_day: date | None
    ground: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """A request and all that is known about it. `at` is UTC ms, `day` the site's day then."""

    service: Service
    day: date
    at: int
    prisoner: PrisonerFacts
    people: tuple[PersonFacts, ...]
    uses: tuple[Use, ...] = ()
    restrictions: tuple[RestrictionFacts, ...] = ()
