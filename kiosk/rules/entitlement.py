"""How much of what the rows allow is used, what is left, and what that stands against.

Readings that the rules left open: a row that counts or weighs, also one that weighs each
package, is the rule without which a service is refused; only a row that weighs each package
needs a valid weight, one that weighs them over time takes none for nothing; a week begins on
Monday, and a count of it that is used up is told as the one of a year is; the days between
two visits are counted from the last one up to the day asked about, a fulfilled or standing
reserve included, and what was written by hand is no visit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from kiosk.codes import ReasonCode, Service
from kiosk.rules.asked import Asked, Rows
from kiosk.rules.decision import Balance, Reason
from kiosk.rules.facts import Facts, Use
from kiosk.rules.goods import weight
from kiosk.rules.kinds import GOODS, PRIVILEGED
from kiosk.rules.periods import window
from kiosk.rules.rule_set import RuleRow
from kiosk.rules.terms import Limit, Period, PeriodStart

COUNTING = (Limit.COUNT, Limit.GRAMS)


def about_entitlement(asked: Asked) -> Iterator[Reason]:
    facts = asked.facts
    if facts.service in PRIVILEGED:
        return
    counting = [row for row in asked.rows.values() if row.limit in COUNTING]
    if not counting or not _may_swap(facts):
        yield asked.rules.reason(ReasonCode.NO_RULE)
        return
    grams = weight(asked) if facts.service in GOODS else 0
    if grams is None and any(_weighs_each(row) for row in counting):
        yield asked.rules.reason(ReasonCode.INVALID_WEIGHT)
    for row in counting:
        if row.value is not None:
            wanted = 1 if row.limit is Limit.COUNT else grams or 0
            yield from _used_up(asked, row, row.value, wanted)
    yield from _too_soon(asked)


def _may_swap(facts: Facts) -> bool:
    """Only a long visit is given up, and only for a short one."""
    swap = facts.service, facts.swap_from
    return facts.swap_from is None or swap == (Service.SHORT_VISIT, Service.LONG_VISIT)


def _weighs_each(row: RuleRow) -> bool:
    limits = row.limit is Limit.GRAMS and row.value is not None
    return limits and row.period is Period.EACH


def _used_up(asked: Asked, row: RuleRow, value: int, wanted: int) -> Iterator[Reason]:
    taken = used(row, asked.facts, asked.day)
    if taken + wanted <= value:
        return
    if row.period is Period.EACH:
        code = ReasonCode.WEIGHT_EXCEEDED
    elif row.period is Period.MONTH:
        code = ReasonCode.MONTHLY_EXHAUSTED
    else:
        code = ReasonCode.COUNT_EXHAUSTED
    weighed = row.limit is Limit.GRAMS
    yield Reason(
        code,
        row.code,
        row.legal_ref,
        used=taken + wanted if weighed else taken,
        limit=value,
        period=row.period,
        unit=row.limit,
    )


def used(row: RuleRow, facts: Facts, day: date) -> int:
    """Pieces (grams for a weight) of the row's services in the period around `day`."""
    if row.period is Period.EACH:
        return 0
    first, after = window(row.period, day, year_from(facts))
    weighed = row.limit is Limit.GRAMS
    return sum(
        use.grams if weighed else use.pieces
        for use in facts.uses
        if use.service in row.services
        and first <= use.counts_on
        and (after is None or use.counts_on < after)
    )


def year_from(facts: Facts) -> date | None:
    """From which day years are counted; None: from 1 January."""
    by_admission = facts.period_start is PeriodStart.ADMISSION
    return facts.prisoner.admitted if by_admission else None


# ---- days between two visits


def _too_soon(asked: Asked) -> Iterator[Reason]:
    row = _spread_by(asked.facts, asked.rows)
    days = days_between(row) if row is not None else 0
    if row is None or not days:
        return
    since = [(asked.day - day).days for day in visited_on(row, asked.facts.uses)]
    if any(0 <= passed < days for passed in since):
        yield Reason(ReasonCode.MIN_INTERVAL, row.code, row.legal_ref, limit=days)


def _spread_by(facts: Facts, rows: Rows) -> RuleRow | None:
    """The row that says how far apart visits lie: its own, else that of the year's count."""
    own = rows.get((Limit.MIN_INTERVAL, Period.EACH))
    if own is not None or not facts.min_interval:
        return own
    return rows.get((Limit.COUNT, Period.YEAR))


def days_between(row: RuleRow) -> int:
    """Days that `row` puts between two visits, 365 / N for N a year; 0: none."""
    if row.value is None or row.limit is Limit.MIN_INTERVAL:
        return row.value or 0
    return 365 // row.value if row.value else 0


def visited_on(row: RuleRow, uses: Iterable[Use]) -> Iterator[date]:
    """The days on which something of the row was used and not given back."""
    pieces: dict[date, int] = defaultdict(int)
    for use in uses:
        if use.service in row.services and not use.by_hand:
            pieces[use.counts_on] += use.pieces
    return (day for day, count in pieces.items() if count > 0)


# ---- what pays, and how long it lasts


def balance(asked: Asked) -> Balance | None:
    """The entitlement that pays; None when nothing is counted.

    Of several the count with the least left, before a weight that is counted over time;
    what has no limit comes last.
    """
    balances = [
        Balance(row.code, used(row, asked.facts, asked.day), row.value, row.limit)
        for row in asked.rows.values()
        if row.limit in COUNTING and row.period is not Period.EACH
    ]
    return min(balances, key=_tightness, default=None)


def _tightness(one: Balance) -> tuple[bool, bool, int]:
    return one.limit is None, one.unit is Limit.GRAMS, one.remaining or 0


def hours(rows: Rows) -> int | None:
    """How long the visit may last; None when the rules do not say."""
    hours = rows.get((Limit.HOURS, Period.EACH))
    if hours is not None and hours.value is not None:
        return hours.value
    days = rows.get((Limit.DAYS, Period.EACH))
    return days.value * 24 if days is not None and days.value is not None else None
