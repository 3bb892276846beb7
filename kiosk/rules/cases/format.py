"""The keys of a case, as JSON holds them; an unknown one is refused by its name."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field

from kiosk.codes import Category, Condition, Regime, RestrictionKind, Service, Sex, Status
from kiosk.rules.terms import Limit, Medical, Period, PeriodStart

# A weight may be no whole number; then it is judged and not misread.
Number = int | float


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    rule_set: str | None = None
    period_start: PeriodStart = PeriodStart.CALENDAR
    min_interval: bool = False


class RuleScope(Struct, frozen=True, forbid_unknown_fields=True):
    prisoner: str | None = None
    medical: Medical | None = None
    sex: Sex | None = None
    minor: bool | None = None
    condition: Condition | None = None
    regime: Regime | None = None
    category: Category | None = None
    facility: bool | None = None


class AddedRule(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    service: list[Service]
    limit: Limit
    period: Period = Period.EACH
    value: int | Literal["none"] | None = None
    scope: RuleScope = RuleScope()
    legal_ref: str = ""


class Event(Struct, frozen=True, forbid_unknown_fields=True):
    kind: Status
    at: str
    until: str | None = None


class Prisoner(Struct, frozen=True, forbid_unknown_fields=True):
    file_no: str
    category: Category
    regime: Regime | None = None
    condition: Condition | None = None
    sex: Sex | None = None
    birth: str | int | None = None
    admitted: str | None = None
    medical: list[Medical] = []
    status_events: list[Event] = []


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the history; which keys it needs depends on `entry`."""

    entry: Literal["use", "reserve", "refund", "adjust", "carry", "swap", "refused"]
    at: str
    id: str | None = None
    service: Service | None = None
    planned: str | None = field(default=None, name="for")
    of: str | None = None
    of_reserve: str | None = None
    qty: int | None = None
    grams: int | None = None
    swapped: Service | None = field(default=None, name="from")
    to: Service | None = None
    override: bool = False


class Target(Struct, frozen=True, forbid_unknown_fields=True):
    type: Literal["person", "prisoner", "pair", "facility"]
    person: str | None = None
    prisoner: str | None = None


class Restriction(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    kind: RestrictionKind
    target: Target
    services: list[str] | None = None
    goods: list[str] | None = None
    first: str | None = field(default=None, name="from")
    last: str | None = field(default=None, name="to")
    lifted_at: str | None = None
    ground: str | None = None


class Inside(Struct, frozen=True, forbid_unknown_fields=True):
    person: str
    since: str | None = None


class OpenVisit(Struct, frozen=True, forbid_unknown_fields=True):
    person: str
    prisoner: str
    planned: str
    id: str | None = None
    service: Service | None = None


class Session(Struct, frozen=True, forbid_unknown_fields=True):
    places: int
    id: str = ""
    taken: int = 0
    others: list[str] = []
    blocked: bool = False


class Relation(Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    approved: bool = False
    prisoner_consent: bool | None = None
    first: str | None = field(default=None, name="from")
    last: str | None = field(default=None, name="to")


class Document(Struct, frozen=True, forbid_unknown_fields=True):
    series: str | None = None
    expiry: str | None = None


class Permission(Struct, frozen=True, forbid_unknown_fields=True):
    prisoner: str | None = None
    issuer: str | None = None
    number: str | None = None
    first: str | None = field(default=None, name="from")
    last: str | None = field(default=None, name="to")
    uses: int | None = None
    used: int = 0


class Person(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    birth: str | int | None = None
    lead: bool = False
    relation: Relation | None = None
    document: Document | None = None
    permissions: list[Permission] | None = None


class Thing(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    goods_class: str | None = field(default=None, name="class")
    grams: Number | None = None


class Request(Struct, frozen=True, forbid_unknown_fields=True):
    service: Service
    at: str
    swap_from: Service | None = None
    session: Session | None = None
    people: list[Person] = []
    grams: Number | None = None
    items: list[Thing] | None = None


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """`expect` holds keys of the answer, for cases whose answer is known."""

    prisoner: Prisoner
    request: Request
    id: str | int | None = None
    settings: Settings = Settings()
    rules_added: list[AddedRule] = []
    history: list[Line] = []
    restrictions: list[Restriction] = []
    non_associations: list[tuple[str, str]] = []
    blocked_dates: list[str] = []
    inside: list[Inside] = []
    open_visits: list[OpenVisit] = []
    expect: dict[str, Any] | None = None


OutcomeWord = Literal["allowed", "partly", "refused"]


class Answer(Struct, frozen=True):
    """What a case is answered with. A balance without a limit is null."""

    id: str | int | None
    outcome: OutcomeWord
    reasons: list[str]
    people: dict[str, list[str]]
    admitted: list[str]
    refused_items: list[str]
    conditions: list[str]
    restrictions: list[str]
    remaining_before: int | None
    remaining_after: int | None
    remaining_unit: str
    next_allowed: str | None
    rules: list[str]
