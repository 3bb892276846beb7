"""Rule sets and facts that the tests of the rules begin from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import kiosk
from kiosk.codes import (
    Category,
    Condition,
    ReasonCode,
    Regime,
    Relation,
    RestrictionKind,
    Service,
    Sex,
    Status,
)
from kiosk.rules.days import moment_on, start_of
from kiosk.rules.decide import decide
from kiosk.rules.facts import (
    DocumentFacts,
    Facts,
    PermissionFacts,
    PersonFacts,
    PrisonerFacts,
    RelationFacts,
    RestrictionFacts,
    Span,
    StatusEvent,
    Use,
)
from kiosk.rules.kinds import GOODS
from kiosk.rules.preset import parse
from kiosk.rules.rule_set import COUNTED, RuleSet

DRAFT = Path(kiosk.__file__).parent / "rules" / "presets" / "KG-DRAFT.toml"
DAY = date(2026, 4, 1)

REFERENCES = "".join(
    f'[references.{code}]\nid = "R-{code}"\nlegal_ref = "article of {code}"\n'
    for code in ReasonCode
    if code not in COUNTED
)
HEAD = 'name = "T"\nversion = "1"\nvalid_from = 2020-01-01\nisolator_goods = "refuse"\n'


def row(code: str, services: str, limit: str, period: str, value: Any, **scope: Any) -> str:
    """One [[rule]]; services apart by spaces."""
    keys = ", ".join(
        f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}"
        for key, value in scope.items()
    )
    return (
        f'[[rule]]\nid = "{code}"\nservice = {services.split()!r}\nscope = {{ {keys} }}\n'
        f'limit = "{limit}"\nperiod = "{period}"\n'
        f'value = {value if isinstance(value, int) else repr(value)}\nlegal_ref = "L-{code}"\n'
    )


def rule_set(*rows: str) -> RuleSet:
    return parse(HEAD + REFERENCES + "".join(rows))


# TEST-2026 of the rules' description, as far as visits and their like need it.
STRICT = {"category": "convict", "regime": "strict", "condition": "ordinary"}
TEST_2026 = rule_set(
    row("T01", "short_visit", "count", "year", 3, **STRICT),
    row("T02", "long_visit", "count", "year", 3, **STRICT),
    row("T03", "package parcel", "count", "year", 4, **STRICT),
    row("T04", "small_parcel", "count", "year", 4, **STRICT),
    row("T12", "short_visit", "count", "month", 2, category="remand"),
    row("T13", "short_visit", "count", "month", 3, category="remand", minor=True),
    row("T14", "package parcel", "count", "year", "none", category="convict", sex="F"),
    row("T15", "package parcel", "count", "year", "none", category="convict", minor=True),
    row("T16", "short_visit long_visit", "max_adults", "each", 2),
    row("T17", "short_visit", "hours", "each", 4, category="convict"),
    row("T18", "long_visit", "days", "each", 3, category="convict"),
    row("T19", "official_visit clergy_visit", "count", "year", "none"),
)

ZONE = ZoneInfo("Asia/Bishkek")


def moment(day: date | str, clock: str = "10:00") -> int:
    """UTC ms of a local day and time."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return moment_on(day, time.fromisoformat(clock), ZONE)


def span(first: date | str | None = None, last: date | str | None = None) -> Span:
    """Whole local days, both included."""
    first = date.fromisoformat(first) if isinstance(first, str) else first
    last = date.fromisoformat(last) if isinstance(last, str) else last
    return Span(
        start_of(first, ZONE) if first is not None else None,
        start_of(last + timedelta(1), ZONE) if last is not None else None,
    )


def being(status: Status, first: str = "2020-01-01", last: str | None = None) -> StatusEvent:
    """A status of whole local days, both included."""
    days = span(first, last)
    return StatusEvent(status, days.from_at or 0, days.until_at)


PRISONER = PrisonerFacts(
    file_number="P-1",
    category=Category.CONVICT,
    regime=Regime.STRICT,
    condition=Condition.ORDINARY,
    sex=Sex.MALE,
    birth="1980-05-01",
    admitted=date(2023, 2, 1),
    statuses=(being(Status.PRESENT),),
)
WIFE = RelationFacts(Relation.SPOUSE, approved=True, consent=True)
PERMISSION = PermissionFacts("W1", "court", "4", "P-1", span("2020-01-01", "2099-12-31"))
ADULT = PersonFacts(
    "A",
    "1985-07-01",
    lead=True,
    document=DocumentFacts("KGZ", "ID1234567", date(2031, 1, 1)),
    relation=WIFE,
    permissions=(PERMISSION,),
)


def facts(prisoner: dict[str, Any] | None = None, **changes: Any) -> Facts:
    """A short visit of one adult at 10:00 on 1 April 2026, with what the test changes.

    `status` of the prisoner stands for one event; `day` for 10:00 on that day. Goods weigh
    a kilogram.
    """
    if changes.get("service") in GOODS and "items" not in changes:
        changes.setdefault("grams", 1000)
    prisoner = dict(prisoner or {})
    if "status" in prisoner:
        status = prisoner.pop("status")
        prisoner["statuses"] = (being(status),) if status is not None else ()
    if "day" in changes:
        changes["at"] = moment(changes.pop("day"))
    plain = Facts(
        service=Service.SHORT_VISIT,
        at=moment(DAY),
        zone=ZONE,
        prisoner=replace(PRISONER, **prisoner),
        people=(ADULT,),
    )
    return replace(plain, **changes)


def used(*days: str, service: Service = Service.SHORT_VISIT) -> tuple[Use, ...]:
    return tuple(Use(service, date.fromisoformat(day)) for day in days)


def ban(**changes: Any) -> RestrictionFacts:
    """A ban on A from all services, from 1 January 2026 on, without an end."""
    plain = RestrictionFacts(
        "B1",
        RestrictionKind.BAN,
        frozenset({"*"}),
        span=span("2026-01-01"),
        ground="order 7",
        person="A",
    )
    return replace(plain, **changes)


def codes(asked: Facts, rules: RuleSet = TEST_2026) -> list[ReasonCode]:
    return [reason.code for reason in decide(asked, rules).reasons]


def adult(person: str, **changes: Any) -> PersonFacts:
    return replace(ADULT, person=person, lead=False, **changes)


def child(person: str, birth: str = "2015-06-01") -> PersonFacts:
    return PersonFacts(person, birth, permissions=(PERMISSION,))


KIN = (Service.SHORT_VISIT, Service.LONG_VISIT)
ON_DUTY = (Service.LAWYER_VISIT, Service.CONSULAR_VISIT, Service.MONITOR_VISIT)
