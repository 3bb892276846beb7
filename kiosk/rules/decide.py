"""May this visit or parcel pass? Facts and a rule set in, every reason and the next date out.

`decide` is pure and total: the same facts give the same answer years later, and any facts
give an answer. It judges a day three times over: the prisoner (status, entitlement, stops
that hold for everybody), each person alone (bans, document, inside already), then the
group (adults). What it judges on another day with the same facts tells the next date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.codes import Outcome
from kiosk.rules.days import local, moment_on
from kiosk.rules.decision import Decision, Reason
from kiosk.rules.entitlement import Rows, rows_for
from kiosk.rules.facts import Facts
from kiosk.rules.people import about_group, about_person, banned, bans
from kiosk.rules.prisoner import about_entitlement, about_status, balance, hours
from kiosk.rules.rule_set import RuleSet


def decide(facts: Facts, rules: RuleSet) -> Decision:
    """Whether the request passes today, for whom, why not, and on which day it would.

    All reasons are listed, in the order in which they end. Without people it answers for
    the prisoner alone. `next_allowed` is the first later day on which the same request
    would pass in full; None when it passes in full today or when no day can be computed.
    """
    today = _judge(facts, rules, facts.day)
    refused = {reason.person for reason in today.reasons}
    if None in refused:
        admitted: tuple[str, ...] = ()
    else:
        admitted = tuple(one.person for one in facts.people if one.person not in refused)
    if not today.reasons:
        outcome = Outcome.ALLOWED
    else:
        outcome = Outcome.PARTLY if admitted else Outcome.REFUSED
    return Decision(
        outcome=outcome,
        reasons=today.reasons,
        admitted=admitted,
        balance=balance(facts, today.rows),
        rules=tuple(row.code for row in today.rows.values()),
        next_allowed=_next_allowed(facts, rules, today),
        hours=hours(today.rows),
    )


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What stands against the request on one day, and the rows that were asked."""

    reasons: tuple[Reason, ...]
    rows: Rows


def _judge(facts: Facts, rules: RuleSet, day: date) -> _Judgement:
    rows = rows_for(rules, facts.service, facts.prisoner, day)
    at = moment_on(day, local(facts.at, facts.zone).time(), facts.zone)
    alone = [tuple(about_person(one, facts, rules, day, at)) for one in facts.people]
    reasons = [
        *about_status(facts, rules, at),
        *(
            banned(ban, facts, rules, None)
            for ban in facts.restrictions
            if ban.person is None and bans(ban, facts.service, at)
        ),
        *about_entitlement(facts, rules, rows, day),
        *(reason for reasons in alone for reason in reasons),
        *about_group(facts, rules, rows, alone, day),
    ]
    reasons.sort(key=lambda reason: reason.free_from or date.max)
    return _Judgement(tuple(reasons), rows)


def _next_allowed(facts: Facts, rules: RuleSet, judged: _Judgement) -> date | None:
    """The first day without any reason; None when a reason never ends by itself.

    Every reason stands at least until its own `free_from`, so no day before the latest of
    them can be free, and the search may jump there.
    """
    day = facts.day
    while judged.reasons:
        ends = [reason.free_from for reason in judged.reasons]
        if any(end is None or end <= day for end in ends):
            return None
        day = max(end for end in ends if end is not None)
        judged = _judge(facts, rules, day)
    return day if day > facts.day else None
