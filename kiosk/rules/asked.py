"""A request as it is judged: the facts, the rows that hold, and the day they are asked for.

The next possible date is found by asking the same of later days, at the same time of day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kiosk.codes import Service
from kiosk.rules.ages import adult_from
from kiosk.rules.days import local, moment_on
from kiosk.rules.facts import Facts, PrisonerFacts
from kiosk.rules.kinds import PRIVILEGED
from kiosk.rules.rule_set import RuleRow, RuleSet, Scope
from kiosk.rules.terms import Limit, Period

# The rows that hold, one for each limit and period.
Rows = Mapping[tuple[Limit, Period], RuleRow]

# Limits on how a visit is held, whichever entitlement pays for it.
OF_THE_VISIT = frozenset({Limit.MAX_ADULTS, Limit.HOURS, Limit.DAYS})


@dataclass(frozen=True, slots=True)
class Asked:
    """`facts` looked at on the local `day`, at the moment `at` (UTC ms)."""

    facts: Facts
    rules: RuleSet
    day: date
    at: int
    rows: Rows

    def on(self, day: date) -> Asked:
        """The same request at the same time of another day."""
        facts = self.facts
        at = moment_on(day, local(facts.at, facts.zone).time(), facts.zone)
        same_age = is_minor(facts.prisoner, day) == is_minor(facts.prisoner, self.day)
        rows = self.rows if same_age else rows_for(facts, self.rules, day)
        return Asked(facts, self.rules, day, at, rows)


def ask(facts: Facts, rules: RuleSet) -> Asked:
    """The request on its own day."""
    day = facts.day
    return Asked(facts, rules, day, facts.at, rows_for(facts, rules, day))


def rows_for(facts: Facts, rules: RuleSet, day: date) -> Rows:
    """The rows that win on `day`, apart for every limit and period.

    The highest level wins (individual → medical → sex or minor → condition → regime →
    category → facility), on one level the row with more keys, then a decision about this
    prisoner, then the first of the set. What pays for a swapped visit is counted by the
    rows of the service it is swapped from. Who needs no row is not counted by one.
    """
    minor = is_minor(facts.prisoner, day)
    rows: dict[tuple[Limit, Period], RuleRow] = {}
    for row in _ranked(facts, rules, facts.service):
        if facts.swap_from is None or row.limit in OF_THE_VISIT:
            _win(rows, row, facts.prisoner, minor)
    if facts.swap_from is not None:
        for row in _ranked(facts, rules, facts.swap_from):
            if row.limit not in OF_THE_VISIT:
                _win(rows, row, facts.prisoner, minor)
    if facts.service in PRIVILEGED:
        return {key: row for key, row in rows.items() if row.limit in OF_THE_VISIT}
    return rows


def _ranked(facts: Facts, rules: RuleSet, service: Service) -> tuple[RuleRow, ...]:
    """Every row of `service`, the strongest first."""
    rows = rules.by_service[service]
    if not facts.individual:
        return rows
    individual = tuple(row for row in facts.individual if service in row.services)
    return tuple(sorted((*individual, *rows), key=lambda row: row.scope.rank))


def _win(
    rows: dict[tuple[Limit, Period], RuleRow],
    row: RuleRow,
    prisoner: PrisonerFacts,
    minor: bool,
) -> None:
    key = row.limit, row.period
    if key not in rows and holds_for(row.scope, prisoner, minor):
        rows[key] = row


def holds_for(scope: Scope, prisoner: PrisonerFacts, minor: bool) -> bool:
    """Whether every key of `scope` matches the prisoner."""
    return (
        (scope.category is None or scope.category == prisoner.category)
        and (scope.regime is None or scope.regime == prisoner.regime)
        and (scope.condition is None or scope.condition == prisoner.condition)
        and (scope.minor is None or scope.minor is minor)
        and (scope.sex is None or scope.sex == prisoner.sex)
        and (scope.medical is None or scope.medical in prisoner.medical)
        and (scope.prisoner_id is None or scope.prisoner_id == prisoner.file_number)
    )


def is_minor(prisoner: PrisonerFacts, day: date) -> bool:
    """Whether the prisoner is a child on `day`. An unknown birth makes no child of them."""
    adult = adult_from(prisoner.birth)
    return adult is not None and day < adult
