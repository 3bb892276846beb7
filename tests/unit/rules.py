"""Rule sets and facts that the tests of the rules begin from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import kiosk
from kiosk.codes import Category, Condition, ReasonCode, Regime, Service, Sex
from kiosk.rules.facts import DocumentFacts, Facts, PersonFacts, PrisonerFacts, Use
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

PRISONER = PrisonerFacts(
    file_number="P-1",
    category=Category.CONVICT,
    regime=Regime.STRICT,
    condition=Condition.ORDINARY,
    sex=Sex.MALE,
    birth="1980-05-01",
)
ADULT = PersonFacts(
    "A", "1985-07-01", lead=True, document=DocumentFacts("KGZ", "ID1234567", date(2031, 1, 1))
)


def facts(prisoner: dict[str, Any] | None = None, **changes: Any) -> Facts:
    """A short visit of one adult on 1 April 2026, with what the test changes."""
    plain = Facts(
        service=Service.SHORT_VISIT,
        day=DAY,
        at=0,
        prisoner=replace(PRISONER, **(prisoner or {})),
        people=(ADULT,),
    )
    return replace(plain, **changes)


def used(*days: str, service: Service = Service.SHORT_VISIT) -> tuple[Use, ...]:
    return tuple(Use(service, date.fromisoformat(day)) for day in days)
