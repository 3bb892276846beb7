"""On which later days an answer can become better, so that no other day need be asked.

Between two of these days a request that was refused stays refused: whatever else happens
(a document runs out, a ban begins) only adds a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kiosk.rules.ages import adult_from
from kiosk.rules.asked import Asked
from kiosk.rules.days import day_after, local
from kiosk.rules.entitlement import days_between, visited_on, year_from
from kiosk.rules.facts import Facts
from kiosk.rules.periods import window
from kiosk.rules.rule_set import RuleRow
from kiosk.rules.terms import Limit, Period


def later_days(asked: Asked) -> list[date]:
    """Days after the one asked about on which a reason may be gone, the soonest first."""
    facts = asked.facts
    days: set[date | None] = {*_turning(facts), *_ages(facts), *_days_of_visits(asked)}
    for row in _rows(asked):
        days.update(_periods(row.period, facts, asked.day))
        days.update(_apart(row, facts))
    return sorted(day for day in days if day is not None and day > asked.day)


def _rows(asked: Asked) -> list[RuleRow]:
    """Every row that may ever count for the request."""
    facts = asked.facts
    pays = facts.swap_from or facts.service
    rows = (*asked.rules.by_service[pays], *facts.individual)
    counting = (Limit.COUNT, Limit.GRAMS, Limit.MIN_INTERVAL)
    return [row for row in rows if row.limit in counting]


def _turning(facts: Facts) -> Iterator[date | None]:
    """Where something ends that stands against the request, or begins that it needs."""
    turns: set[int | None] = {one.span.until_at for one in facts.restrictions}
    for event in facts.prisoner.statuses:
        turns |= {event.from_at, event.until_at}
    for one in facts.people:
        turns |= {paper.span.from_at for paper in one.permissions}
        if one.relation is not None:
            turns.add(one.relation.span.from_at)
    clock = local(facts.at, facts.zone).time()
    for at in turns:
        if at is not None and at > facts.at:
            turn = local(at, facts.zone)
            yield turn.date() if turn.time() <= clock else day_after(turn.date())


def _ages(facts: Facts) -> Iterator[date | None]:
    yield adult_from(facts.prisoner.birth)
    for one in facts.people:
        yield adult_from(one.birth)


def _days_of_visits(asked: Asked) -> Iterator[date | None]:
    for day in asked.facts.blocked_dates:
        yield day_after(day)
    for one in asked.facts.people:
        for day in one.met_on:
            yield day_after(day)


def _periods(period: Period, facts: Facts, day: date) -> Iterator[date | None]:
    """Where a new period begins: after this one, and around what is booked later."""
    since = year_from(facts)
    yield window(period, day, since)[1]
    for use in facts.uses:
        if use.counts_on > day:
            yield from window(period, use.counts_on, since)


def _apart(row: RuleRow, facts: Facts) -> Iterator[date | None]:
    if row.limit is not Limit.MIN_INTERVAL and not facts.min_interval:
        return
    if row.limit is Limit.GRAMS:
        return
    days = timedelta(days=max(0, min(days_between(row), date.max.toordinal())))
    for day in visited_on(row, facts.uses):
        yield day + days if date.max - day > days else None
