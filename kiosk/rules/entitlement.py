"""Which rows of the rule set hold for a prisoner, and how much of them is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from kiosk.codes import Service
from kiosk.rules.ages import adult_from
from kiosk.rules.facts import PrisonerFacts, Use
from kiosk.rules.rule_set import Limit, Period, RuleRow, RuleSet, Scope

# Rows that hold, one for each limit and period.
Rows = Mapping[tuple[Limit, Period], RuleRow]


def rows_for(
    rules: RuleSet, service: Service, prisoner: PrisonerFacts, day: date
) -> dict[tuple[Limit, Period], RuleRow]:
    """The rows that win for `service` on `day`, apart for every limit and period.

    The highest level wins (individual → medical → sex or minor → condition → regime →
    category → facility), on one level the row with more keys, then the first of the set.
    """
    minor = is_minor(prisoner, day)
    winners: dict[tuple[Limit, Period], RuleRow] = {}
    for row in rules.rows:
        if service in row.services and holds_for(row.scope, prisoner, minor):
            winner = winners.get((row.limit, row.period))
            if winner is None or row.scope.rank < winner.scope.rank:
                winners[row.limit, row.period] = row
    return winners


def holds_for(scope: Scope, prisoner: PrisonerFacts, minor: bool) -> bool:
    """Whether every key of `scope` matches the prisoner."""
    return (
        scope.category in (None, prisoner.category)
        and scope.regime in (None, prisoner.regime)
        and scope.condition in (None, prisoner.condition)
        and scope.minor in (None, minor)
        and scope.sex in (None, prisoner.sex)
        and (scope.medical is None or scope.medical in prisoner.medical)
        and scope.prisoner_id in (None, prisoner.file_number)
    )


def is_minor(prisoner: PrisonerFacts, day: date) -> bool:
    """Whether the prisoner is a child on `day`. An unknown birth makes no child of them."""
    adult = adult_from(prisoner.birth)
    return adult is not None and day < adult


def used(row: RuleRow, uses: Iterable[Use], day: date) -> int:
    """Pieces (grams for a weight) of the row's services in the period around `day`."""
    first, after = window(row.period, day)
    return sum(
        use.grams if row.limit is Limit.GRAMS else use.pieces
        for use in uses
        if use.service in row.services
        and first <= use.counts_on
        and (after is None or use.counts_on < after)
    )


def window(period: Period, day: date) -> tuple[date, date | None]:
    """First day of the period around `day`, and the first day after it.

    None: the calendar of Python ends before the period does.
    """
    if period is Period.YEAR:
        first, length = day.replace(month=1, day=1), 366
    elif period is Period.MONTH:
        first, length = day.replace(day=1), 31
    else:
        first, length = day, 1
    if (date.max - first).days < length:
        return first, None
    after = first + timedelta(days=length)
    if period is Period.YEAR:
        return first, after.replace(month=1, day=1)
    return first, after.replace(day=1) if period is Period.MONTH else after
