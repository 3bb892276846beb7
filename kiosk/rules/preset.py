"""A rule set as TOML text → RuleSet, with findings that name the row and say what to do.

    name = "KG-DRAFT"
    version = "1"
    valid_from = 2026-01-01
    isolator_goods = "hold"              # or "refuse"

    [references.isolator]                # of reasons that no row gives; may be left out
    id = "R-03"
    legal_ref = "…"

    [[rule]]
    id = "V-01"
    service = ["short_visit"]            # several share one balance
    scope = { category = "convict", regime = "general", condition = "ordinary" }
    limit = "count"                      # grams, max_adults, hours, days, min_interval (days)
    period = "year"                      # month, week, each
    value = 6                            # "none": no limit of this kind
    legal_ref = "…"

Scope keys: prisoner (a file number), medical, sex, minor, condition, regime, category;
none means everybody. Text in, values out: who reads the file is the caller.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Any, TypeVar

from kiosk.codes import Category, Condition, ReasonCode, Regime, Service, Sex
from kiosk.errors import Invalid
from kiosk.rules.rule_set import (
    COUNTED,
    IsolatorGoods,
    Limit,
    Medical,
    Period,
    Reference,
    RuleRow,
    RuleSet,
    Scope,
)
from kiosk.text import N_, fill

HEAD = ("name", "version", "valid_from", "isolator_goods", "references", "rule")
ROW = ("id", "service", "scope", "limit", "period", "value", "legal_ref")
FACILITY = "facility"  # says in words that a row is for everybody, and narrows nothing
SCOPE: dict[str, type[StrEnum] | type[str] | type[bool]] = {
    "prisoner": str,
    "medical": Medical,
    "sex": Sex,
    "minor": bool,
    "condition": Condition,
    "regime": Regime,
    "category": Category,
    FACILITY: bool,
}
MOST = 1_000_000_000  # a thousand tons in grams; a register keeps no number beyond 64 bits
# A count of each makes no sense, nor a year of hours; a visit of nobody cannot be.
PERIODS = {
    Limit.COUNT: (Period.YEAR, Period.MONTH, Period.WEEK),
    Limit.GRAMS: (Period.EACH, Period.WEEK, Period.MONTH, Period.YEAR),
    Limit.MAX_ADULTS: (Period.EACH,),
    Limit.HOURS: (Period.EACH,),
    Limit.DAYS: (Period.EACH,),
    Limit.MIN_INTERVAL: (Period.EACH,),
}

Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one row and what to do. `rule` is its id, or the head's key."""

    rule: str
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.rule}: {fill(self.sentence, **self.values)}"


def parse(text: str) -> RuleSet:
    """The rule set of `text`. Raises Invalid with the first finding; its field is the row."""
    rules, findings = examine(text)
    if rules is None or findings:
        first = findings[0]
        raise Invalid(first.rule, first.sentence, **first.values)
    return rules


def examine(text: str) -> tuple[RuleSet | None, tuple[Finding, ...]]:
    """The rule set of `text`, None when it cannot be used, and everything found in it."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        sentence = N_("this is not TOML: {cause}. Correct that line.")
        return None, (Finding("TOML", sentence, {"cause": str(error)}),)
    except RecursionError:
        sentence = N_("this is not TOML: {cause}. Correct that line.")
        cause = "lists stand too deep in one another"
        return None, (Finding("TOML", sentence, {"cause": cause}),)
    reading = _Reading()
    rules = reading.rule_set(tables)
    if rules is not None:
        reading.findings += _clashes(rules.rows)
    findings = tuple(reading.findings)
    return (None if findings else rules), findings


class _Reading:
    """Reads tables and goes on after a fault, so that one run finds them all."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def found(self, rule: str, sentence: str, **values: object) -> None:
        self.findings.append(Finding(rule, sentence, values))

    def rule_set(self, tables: dict[str, Any]) -> RuleSet | None:
        self.known_keys("TOML", tables, HEAD)
        name = self.words("name", "name", tables)
        version = self.words("version", "version", tables)
        valid_from = tables.get("valid_from")
        if type(valid_from) is not date:
            self.found("valid_from", N_("is missing or no date. Write it as 2026-01-01."))
        goods = self.code("isolator_goods", "isolator_goods", tables, IsolatorGoods)
        references = dict(self.references(tables.get("references")))
        rows = tuple(self.rows(tables.get("rule")))
        if self.findings:
            return None
        assert isinstance(valid_from, date)
        assert goods is not None
        return RuleSet(name, version, valid_from, goods, rows, references)

    def references(self, table: object) -> Iterator[tuple[ReasonCode, Reference]]:
        """What the set names; a reason that it leaves out says so when it refuses."""
        if table is None:
            return
        if not isinstance(table, dict):
            self.no_table("references", "[references.banned]")
            return
        self.known_keys(
            "references", table, [code for code in ReasonCode if code not in COUNTED]
        )
        for code in ReasonCode:
            at, entry = f"references.{code}", table.get(code)
            if isinstance(entry, dict):
                self.known_keys(at, entry, ("id", "legal_ref"))
                named = self.words(at, "id", entry), self.words(at, "legal_ref", entry)
                yield code, Reference(*named)
            elif entry is not None:
                self.no_table(at, '{ id = "R-01", legal_ref = "…" }')

    def no_table(self, rule: str, example: str) -> None:
        self.found(rule, N_("is no table like {example}."), example=example)

    def rows(self, entries: object) -> Iterator[RuleRow]:
        if not isinstance(entries, list) or not entries:
            self.found("rule", N_("there is no [[rule]]. Add one for every entitlement."))
            return
        seen: set[str] = set()
        for place, entry in enumerate(entries, 1):
            if not isinstance(entry, dict):
                self.found(f"rule {place}", N_("is no table. Begin it with [[rule]]."))
                continue
            code = entry.get("id")
            rule = code if isinstance(code, str) and code else f"rule {place}"
            if rule in seen:
                self.found(rule, N_("is there twice. Give the second one another id."))
            seen.add(rule)
            row = self.row(rule, entry)
            if row is not None:
                yield row

    def row(self, rule: str, entry: dict[str, Any]) -> RuleRow | None:
        self.known_keys(rule, entry, ROW)
        code = self.words(rule, "id", entry)
        legal_ref = self.words(rule, "legal_ref", entry)
        services = entry.get("service")
        known = (
            [s for s in services if s in list(Service)] if isinstance(services, list) else []
        )
        if not known or len(known) != len(services or ()):
            allowed = ", ".join(Service)
            self.found(rule, N_("service is a list of: {allowed}."), allowed=allowed)
        scope = self.scope(rule, entry.get("scope", {}))
        limit = self.code(rule, "limit", entry, Limit)
        period = self.code(rule, "period", entry, Period)
        if limit is not None and period is not None and period not in PERIODS[limit]:
            allowed = ", ".join(PERIODS[limit])
            self.found(rule, N_("period is one of: {allowed}."), allowed=allowed)
        value = entry.get("value")
        least = 0 if limit is Limit.COUNT else 1
        if value != "none" and (type(value) is not int or not least <= value <= MOST):
            sentence = N_(
                'value is a whole number from {least} to {most}, or "none" for no limit.'
            )
            self.found(rule, sentence, least=least, most=MOST)
        if scope is None or limit is None or period is None:
            return None
        number = value if type(value) is int else None
        return RuleRow(
            code, frozenset(map(Service, known)), limit, period, number, legal_ref, scope
        )

    def scope(self, rule: str, entry: object) -> Scope | None:
        if not isinstance(entry, dict):
            self.found(rule, N_("scope is a table like {example}."), example="{ sex = 'F' }")
            return None
        self.known_keys(rule, entry, SCOPE)
        keys: dict[str, Any] = {}
        for key in SCOPE.keys() & entry.keys() - {FACILITY}:
            kind, value = SCOPE[key], entry[key]
            if kind is bool or kind is str:
                if not isinstance(value, kind):
                    allowed = "true, false" if kind is bool else '"…"'
                    self.found(
                        rule, N_("{key} is one of: {allowed}."), key=key, allowed=allowed
                    )
            else:
                assert issubclass(kind, StrEnum)
                value = self.code(rule, key, entry, kind)
            keys["prisoner_id" if key == "prisoner" else key] = value
        return Scope(**keys)

    def words(self, rule: str, key: str, entry: Mapping[str, Any]) -> str:
        value = entry.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.found(rule, N_("{key} is missing. Write it in quotes."), key=key)
        return ""

    def code(
        self, rule: str, key: str, entry: Mapping[str, Any], kind: type[Code]
    ) -> Code | None:
        value = entry.get(key)
        if value in list(kind):
            return kind(value)
        self.found(rule, N_("{key} is one of: {allowed}."), key=key, allowed=", ".join(kind))
        return None

    def known_keys(self, rule: str, entry: Mapping[str, Any], known: Iterable[str]) -> None:
        names = list(known)
        for key in entry:
            if key not in names:
                from difflib import get_close_matches

                nearest = get_close_matches(key, names, n=1, cutoff=0)[0]
                sentence = N_("no key is called {key}. The nearest is {nearest}.")
                self.found(rule, sentence, key=key, nearest=nearest)


def _clashes(rows: tuple[RuleRow, ...]) -> Iterator[Finding]:
    """Rows of which neither wins: the same scope twice, or equal rank and another value."""
    for one, other in combinations(rows, 2):
        if (
            (one.limit, one.period) != (other.limit, other.period)
            or one.scope.rank != other.scope.rank
            or not one.services & other.services
        ):
            continue
        if one.scope == other.scope:
            sentence = N_("has the scope of {other}. Remove one of the two.")
            yield Finding(other.code, sentence, {"other": one.code})
        elif one.value != other.value and _may_meet(one.scope, other.scope):
            sentence = N_(
                "and {other} can both hold for one prisoner. Add a key to one of their scopes."
            )
            yield Finding(other.code, sentence, {"other": one.code})


def _may_meet(one: Scope, other: Scope) -> bool:
    """Whether one prisoner may match both: only a medical conclusion can be had twice."""
    return all(
        name == "medical" or other.keys.get(name, key) == key for name, key in one.keys.items()
    )
