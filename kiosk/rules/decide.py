"""May this visit or parcel pass? Facts and a rule set in, every reason and the next date out.

`decide` is pure and total: the same facts give the same answer years later, and any facts
give an answer. It asks one question after the other and stops at none, so that all reasons
are told: of the prisoner (where they are), of the entitlement, of the session, of what is
forbidden, of each person alone, then of the group. The same questions about later days tell
the next date.

Readings that the rules left open: a restriction on things refuses those things only, and a
case is refused when nothing is left of it; conditions are told whether or not it passes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kiosk.codes import Outcome, ReasonCode
from kiosk.rules.asked import OF_THE_VISIT, Asked, ask
from kiosk.rules.decision import Balance, Decision, Reason
from kiosk.rules.entitlement import about_entitlement, balance, hours
from kiosk.rules.facts import Facts, RestrictionFacts
from kiosk.rules.goods import refused_by, refused_items, weight
from kiosk.rules.group import about_group
from kiosk.rules.horizon import later_days
from kiosk.rules.people import about_person
from kiosk.rules.prisoner import about_status
from kiosk.rules.restrictions import conditions, in_force, refuses, told
from kiosk.rules.rule_set import RuleSet
from kiosk.rules.sessions import about_session
from kiosk.rules.terms import Limit, Period


def decide(facts: Facts, rules: RuleSet) -> Decision:
    """Whether the request passes, for whom, why not, and on which day it would.

    All reasons are listed, in the order in which they end. Without people it answers for
    the prisoner alone. `next_allowed` is the first later day on which the same request, at
    the same time of day, would pass in full; None when it passes in full, or on no day.
    """
    asked = ask(facts, rules)
    today = _judge(asked)
    reasons, next_allowed = _with_next_days(asked, today)
    outcome = today.outcome(facts)
    pays = balance(asked)
    return Decision(
        outcome=outcome,
        reasons=reasons,
        admitted=today.admitted(facts),
        balance=pays,
        rules=tuple(
            row.code
            for row in asked.rows.values()
            if row.limit not in OF_THE_VISIT or row.limit is Limit.MAX_ADULTS
        ),
        next_allowed=next_allowed,
        hours=hours(asked.rows),
        conditions=tuple(conditions(asked, today.holding)),
        refused_items=today.refused_items,
        restrictions=tuple(
            dict.fromkeys(one.restriction for one in reasons if one.restriction is not None)
        ),
        takes=_takes(asked, outcome, pays),
    )


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What stands against the request on one day: all of it, each person, or some things."""

    holding: list[RestrictionFacts]
    whole: tuple[Reason, ...]
    alone: tuple[Reason, ...]
    things: tuple[Reason, ...]
    refused_items: tuple[str, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return self.whole + self.alone + self.things

    def admitted(self, facts: Facts) -> tuple[str, ...]:
        if self.whole or self._nothing_left(facts):
            return ()
        refused = {reason.person for reason in self.alone}
        return tuple(one.person for one in facts.people if one.person not in refused)

    def outcome(self, facts: Facts) -> Outcome:
        if not self.reasons:
            return Outcome.ALLOWED
        passes = self.admitted(facts) if facts.people else not self.whole
        return Outcome.PARTLY if passes and not self._nothing_left(facts) else Outcome.REFUSED

    def _nothing_left(self, facts: Facts) -> bool:
        return bool(facts.items) and len(self.refused_items) == len(facts.items)


def _judge(asked: Asked) -> _Judgement:
    facts = asked.facts
    holding = in_force(asked)
    forbidding = [one for one in holding if refuses(one, facts.service)]
    whole = [
        *about_status(asked),
        *(told(asked, one) for one in forbidding if one.person is None),
        *about_entitlement(asked),
        *about_session(asked),
    ]
    alone = [
        reason
        for person in facts.people
        for reason in (
            *(told(asked, one) for one in forbidding if one.person == person.person),
            *about_person(person, asked),
        )
    ]
    alone += about_group(asked, {reason.person or "" for reason in alone})
    things = tuple(told(asked, one) for one in holding if refused_by(one, facts))
    items = refused_items(asked, holding) if things else ()
    return _Judgement(holding, tuple(whole), tuple(alone), things, items)


def _takes(asked: Asked, outcome: Outcome, pays: Balance | None) -> int:
    """What the case takes of the balance that pays."""
    if pays is None or outcome is Outcome.REFUSED:
        return 0
    return 1 if pays.unit is Limit.COUNT else weight(asked) or 0


# ---- later days

# What makes two reasons of different days the same one.
_Mark = tuple[ReasonCode, str | None, str | None, Period | None, Limit]


def _with_next_days(asked: Asked, today: _Judgement) -> tuple[tuple[Reason, ...], date | None]:
    """Today's reasons, each with the day from which it is gone, and the first free day."""
    standing = {_mark(reason): reason for reason in today.reasons}
    free_from: dict[_Mark, date] = {}
    next_allowed = None
    for day in later_days(asked) if standing else ():
        marks = {_mark(reason) for reason in _judge(asked.on(day)).reasons}
        for mark in standing:
            if mark not in marks:
                free_from.setdefault(mark, day)
        if not marks:
            next_allowed = day
            break
    reasons = [
        replace(reason, free_from=free_from.get(mark)) for mark, reason in standing.items()
    ]
    reasons.sort(key=lambda reason: reason.free_from or date.max)
    return tuple(reasons), next_allowed


def _mark(reason: Reason) -> _Mark:
    return reason.code, reason.person, reason.restriction, reason.period, reason.unit
