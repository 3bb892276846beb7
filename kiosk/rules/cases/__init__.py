"""A decision without a register: a case as JSON in, its answer out, and whether it is the
one expected.

The keys are those of the case format; one that is not known is refused by its name. What is
recorded after the moment of the request does not exist yet: history, status events, the
lifting of a restriction. A planned end of what is known does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import msgspec

from kiosk.codes import Outcome
from kiosk.rules.cases.facts import facts_of
from kiosk.rules.cases.format import Answer, Case, OutcomeWord
from kiosk.rules.cases.times import BadCase
from kiosk.rules.decide import decide
from kiosk.rules.decision import Decision
from kiosk.rules.rule_set import RuleSet

__all__ = [
    "Answer",
    "BadCase",
    "Case",
    "Difference",
    "answer",
    "compare",
    "id_of",
    "read",
    "told",
]

_WORDS: dict[Outcome, OutcomeWord] = {
    Outcome.ALLOWED: "allowed",
    Outcome.PARTLY: "partly",
    Outcome.REFUSED: "refused",
}
_decoder = msgspec.json.Decoder(Case)
_FIRST_ID = re.compile(rb'\s*\{\s*"id"\s*:\s*("(?:[^"\\]|\\.)*"|-?\d{1,18}(?=\s*[,}]))')


@dataclass(frozen=True, slots=True)
class Difference:
    """One key of the answer that is not what the case expects."""

    key: str
    expected: object
    answered: object


def read(line: bytes | str) -> Case:
    """One case. Raises BadCase, which names the key that cannot be."""
    try:
        return _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadCase(str(error)) from error
    except RecursionError:
        raise BadCase("its lists and objects stand too deep in one another") from None


def id_of(line: bytes) -> object:
    """The id of a case that cannot be read, as far as one can be found."""
    try:
        raw = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _first_id(line)
    return raw.get("id") if isinstance(raw, dict) else None


def _first_id(line: bytes) -> object:
    """The id of what is no JSON, when it is the first that stands there."""
    found = _FIRST_ID.match(line)
    if found is None:
        return None
    try:
        return msgspec.json.decode(found[1], type=str | int)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def answer(case: Case, rules: RuleSet, zone: ZoneInfo) -> Answer:
    """Decide a case. Raises BadCase."""
    facts = facts_of(case, zone)
    return told(decide(facts, rules), case.id, [one.person for one in facts.people])


def told(decision: Decision, case_id: str | int | None, people: Iterable[str]) -> Answer:
    """A decision about `people` (their ids) in the words of the format."""
    return Answer(
        id=case_id,
        outcome=_WORDS[decision.outcome],
        reasons=list(dict.fromkeys(reason.code.value for reason in decision.reasons)),
        people={
            one: [r.code.value for r in decision.reasons if r.person == one] for one in people
        },
        admitted=list(decision.admitted),
        refused_items=list(decision.refused_items),
        conditions=list(dict.fromkeys(reason.code.value for reason in decision.conditions)),
        restrictions=list(decision.restrictions),
        remaining_before=decision.remaining_before,
        remaining_after=decision.remaining_after,
        remaining_unit=decision.remaining_unit,
        next_allowed=_iso(decision),
        rules=list(decision.rules),
    )


def _iso(decision: Decision) -> str | None:
    return decision.next_allowed.isoformat() if decision.next_allowed is not None else None


def compare(case: Case, answered: Answer) -> tuple[Difference, ...]:
    """Where the answer is not as expected; the order of a list does not matter.

    Only the keys that the case names are looked at. Raises BadCase for one that no answer
    has.
    """
    got: Mapping[str, object] = msgspec.to_builtins(answered)
    wanted = case.expect or {}
    unknown = wanted.keys() - got.keys()
    if unknown:
        raise BadCase(f"expect: no key is called {', '.join(sorted(unknown))}")
    return tuple(
        Difference(key, expected, got[key])
        for key, expected in wanted.items()
        if _unordered(expected) != _unordered(got[key])
    )


def _unordered(value: object) -> object:
    if isinstance(value, list):
        return sorted(value, key=str)
    if isinstance(value, dict):
        return {key: _unordered(one) for key, one in value.items()}
    return value
