"""What is kept of a decision: enough to decide it again years later, and nobody's name.

Kept are ids, codes, counts, days of visits and ages in years. A name, a number of a person,
of a prisoner or of a document, and a date of birth are not: the registers of facts have no
place for what may have to be erased. A prisoner's file number becomes P, those of others P1,
P2 …; a document keeps only whether its series was withdrawn.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.codes import Outcome, ReasonCode
from kiosk.errors import NotFound
from kiosk.models import Decision as StoredDecision
from kiosk.rules.ages import adult_from, years_old
from kiosk.rules.days import day_of
from kiosk.rules.decide import decide
from kiosk.rules.decision import Decision, Reason
from kiosk.rules.facts import Facts, PersonFacts
from kiosk.rules.people import is_withdrawn
from kiosk.services import rulebook
from kiosk.text import N_

THIS_PRISONER = "P"
WITHDRAWN = "AN"
# A child's next date follows from a birthday, so it is said at the window and not kept.
_TELLS_BIRTH = frozenset({ReasonCode.NO_ADULT, ReasonCode.TOO_MANY_ADULTS})
_UNBORN = -1


@dataclass(frozen=True, slots=True)
class DecidedAgain:
    """A stored decision with its reasons and conditions, and what the same rules answer to
    what was kept of its facts; None for one of an older Gatebook, which kept too little."""

    kept: Outcome
    reasons: tuple[Reason, ...]
    rule_set: str
    decision: Decision | None
    agrees: bool


def inputs(facts: Facts) -> dict[str, Any]:
    """The facts of a decision as they are kept; `facts_of` reads them back."""
    kept = _plain(_nameless(facts))
    assert isinstance(kept, dict)
    births = (facts.prisoner.birth, *(one.birth for one in facts.people))
    for birth, one in zip(births, (kept["prisoner"], *kept["people"]), strict=True):
        one["age"] = _age(birth, facts.day)
        del one["birth"]
    return kept


def facts_of(kept: Mapping[str, Any]) -> Facts:
    """The facts that `inputs` kept. Their answer is that of the facts they came from.

    Raises KeyError or ValueError for anything else.
    """
    year = day_of(kept["at"], ZoneInfo(kept["zone"])).year
    found: Facts = _read(
        Facts,
        {
            **kept,
            "prisoner": _with_birth(kept["prisoner"], year),
            "people": [_with_birth(one, year) for one in kept["people"]],
        },
    )
    return found


def reason_rows(decision: Decision) -> list[dict[str, object]]:
    """The reasons and conditions of a decision as they are kept."""
    return [
        *(_reason_row(reason) for reason in decision.reasons),
        *({**_reason_row(reason), "condition": True} for reason in decision.conditions),
    ]


def decide_again(case_id: UUID) -> tuple[DecidedAgain, ...]:
    """Every decision of a case, decided again by the rule set it names, oldest first.

    Raises NotFound for a case without one.
    """
    rows = StoredDecision.select().where(StoredDecision.case_id == case_id)
    found = tuple(_again(row) for row in rows.order_by(StoredDecision.id))
    if not found:
        raise NotFound(N_("There is no such decision in the register."))
    return found


def _again(row: StoredDecision) -> DecidedAgain:
    rules = rulebook.load(row.rule_set_id)
    try:
        decision = decide(facts_of(row.inputs), rules)
    except (KeyError, ValueError):
        decision = None
    agrees = False
    if decision is not None:
        # Two persons let in what was refused: the reasons stand all the same.
        answered = row.result in (decision.outcome, Outcome.OVERRIDDEN)
        agrees = answered and in_order(reason_rows(decision)) == in_order(row.reasons)
    return DecidedAgain(
        kept=Outcome(row.result),
        reasons=tuple(reason_of(kept) for kept in row.reasons),
        rule_set=f"{rules.name} {rules.version}",
        decision=decision,
        agrees=agrees,
    )


def reason_of(kept: Mapping[str, Any]) -> Reason:
    """A reason or condition as `reason_rows` kept it."""
    found: Reason = _read(
        Reason, {"legal_ref": "", **{name: kept[name] for name in kept if name != "condition"}}
    )
    return found


def in_order(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Reasons stand in the order of their next dates, and some of those are not kept."""
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


# ---- without names


def _nameless(facts: Facts) -> Facts:
    """The same facts for the rules, with nothing that tells who the people are."""
    own = facts.prisoner.file_number
    strangers = {
        *facts.non_associated,
        *(facts.session.others if facts.session else ()),
        *(one.prisoner for one in facts.restrictions if one.prisoner is not None),
        *(paper.prisoner for one in facts.people for paper in one.permissions),
        *(row.scope.prisoner_id for row in facts.individual if row.scope.prisoner_id),
    }
    others = {number: f"P{place}" for place, number in enumerate(sorted(strangers), 1)}
    called = {**others, own: THIS_PRISONER}
    session = facts.session
    return replace(
        facts,
        prisoner=replace(facts.prisoner, file_number=THIS_PRISONER),
        people=tuple(_nameless_person(one, called) for one in facts.people),
        restrictions=tuple(
            replace(one, prisoner=called[one.prisoner] if one.prisoner is not None else None)
            for one in facts.restrictions
        ),
        non_associated=frozenset(called[one] for one in facts.non_associated),
        session=session
        and replace(session, others=frozenset(called[one] for one in session.others)),
        individual=tuple(
            replace(row, scope=replace(row.scope, prisoner_id=called[row.scope.prisoner_id]))
            if row.scope.prisoner_id
            else row
            for row in facts.individual
        ),
    )


def _nameless_person(one: PersonFacts, called: Mapping[str, str]) -> PersonFacts:
    document = one.document
    return replace(
        one,
        document=document
        and replace(document, number=WITHDRAWN if is_withdrawn(document) else ""),
        permissions=tuple(
            replace(paper, number="", prisoner=called[paper.prisoner])
            for paper in one.permissions
        ),
    )


def _age(birth: str, day: date) -> int | None:
    """In whole years; None where an unknown birth makes neither a child nor an adult."""
    age = years_old(birth, day)
    return _UNBORN if age is None and adult_from(birth) is not None else age


def _with_birth(one: Mapping[str, Any], year: int) -> dict[str, Any]:
    """A year of birth that gives this age on each day of `year`, and no more than that."""
    age = one["age"]
    birth = "" if age is None else f"{year - age - 1:04d}"
    return {**{name: one[name] for name in one if name != "age"}, "birth": birth}


def _reason_row(reason: Reason) -> dict[str, object]:
    row = _plain(reason)
    assert isinstance(row, dict)
    if reason.code in _TELLS_BIRTH:
        row.pop("free_from", None)
    return row


# ---- values and what stands for them in JSON


def _plain(value: object) -> object:
    """A frozen value in words, numbers and lists; what stands at its default is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        kind: Any = type(value)
        told = {field.name: getattr(value, field.name) for field in _fields(kind)}
        defaults = _defaults(kind)
        return {
            name: _plain(each)
            for name, each in told.items()
            if name not in defaults or each != defaults[name]
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(str(_plain(each)) for each in value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _read(kind: Any, value: Any) -> Any:
    """The value of type `kind` that `_plain` wrote down."""
    if value is None or kind in (str, int, bool):
        return value
    origin, inner = get_origin(kind), get_args(kind)
    if origin is UnionType:
        return _read(next(each for each in inner if each is not NoneType), value)
    if origin is tuple:
        return tuple(_read(inner[0], each) for each in value)
    if origin is frozenset:
        return frozenset(_read(inner[0], each) for each in value)
    if is_dataclass(kind):
        make: Any = kind
        kinds = _kinds(make)
        return make(**{name: _read(kinds[name], each) for name, each in value.items()})
    if kind is date:
        return date.fromisoformat(value)
    return kind(value)


@cache
def _kinds(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _fields(kind: Any) -> tuple[Field[Any], ...]:
    return tuple(field for field in fields(kind) if field.init)


@cache
def _defaults(kind: Any) -> dict[str, object]:
    found = {field.name: field.default for field in _fields(kind)}
    found |= {
        field.name: field.default_factory()
        for field in _fields(kind)
        if field.default_factory is not MISSING
    }
    return {name: default for name, default in found.items() if default is not MISSING}
