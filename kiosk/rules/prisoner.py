"""What stands against a request because of the prisoner: where they are, what is used up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kiosk.codes import ReasonCode, Status
from kiosk.rules.ages import adult_from
from kiosk.rules.days import day_after, day_of
from kiosk.rules.decision import Balance, Reason
from kiosk.rules.entitlement import Rows, rows_for, used, window
from kiosk.rules.facts import Facts, PrisonerFacts, StatusEvent
from kiosk.rules.kinds import AWAY, GONE, GOODS, PRIVILEGED
from kiosk.rules.rule_set import IsolatorGoods, Limit, Period, RuleSet

COUNT_REASONS = {
    Period.YEAR: ReasonCode.COUNT_EXHAUSTED,
    Period.MONTH: ReasonCode.MONTHLY_EXHAUSTED,
}


def status_at(prisoner: PrisonerFacts, at: int) -> StatusEvent | None:
    """Where the prisoner is at `at` (UTC ms): the event that began last and is not over.

    PRESENT where every event is over; None before the first: not yet admitted.
    """
    begun = [event for event in prisoner.statuses if event.from_at <= at]
    if not begun:
        return None
    going_on = [e for e in begun if e.until_at is None or at < e.until_at]
    latest = max(going_on or begun, key=lambda event: event.from_at)
    return latest if going_on else StatusEvent(Status.PRESENT, latest.until_at or 0)


def about_status(facts: Facts, rules: RuleSet, at: int) -> Iterable[Reason]:
    service, event = facts.service, status_at(facts.prisoner, at)
    status = event.status if event is not None else None
    if event is None or status is None or status in GONE:
        yield rules.reason(
            ReasonCode.NOT_IN_PRISON,
        )
        return
    if status is Status.PRESENT:
        return
    if status in AWAY:
        if service in GOODS:
            return
        code = ReasonCode.PRISONER_AWAY
    elif service in PRIVILEGED:
        return
    elif status is Status.QUARANTINE:
        code = ReasonCode.QUARANTINE
    elif service in GOODS and rules.isolator_goods is IsolatorGoods.HOLD:
        return
    else:
        code = ReasonCode.ISOLATOR
    until = free_on = None
    if event.until_at is not None:
        until = day_of(event.until_at - 1, facts.zone)
        free_on = day_of(event.until_at, facts.zone)
        if free_on == until:
            free_on = day_after(until)
    yield rules.reason(code, free_from=free_on, until=until)


def about_entitlement(facts: Facts, rules: RuleSet, rows: Rows, day: date) -> Iterable[Reason]:
    if facts.service in PRIVILEGED:
        return
    if not any(limit in (Limit.COUNT, Limit.GRAMS) for limit, _period in rows):
        adult = turns_adult(facts, day)
        if adult is not None:
            then = rows_for(rules, facts.service, facts.prisoner, adult)
            if not any(limit in (Limit.COUNT, Limit.GRAMS) for limit, _period in then):
                adult = None
        yield rules.reason(ReasonCode.NO_RULE, free_from=adult)
    for period, code in COUNT_REASONS.items():
        row = rows.get((Limit.COUNT, period))
        if row is not None and row.value is not None:
            taken = used(row, facts.uses, day)
            if taken >= row.value:
                yield Reason(
                    code,
                    row.code,
                    row.legal_ref,
                    free_from=_day_with_room(facts, rules, period, day),
                    used=taken,
                    limit=row.value,
                )


def _day_with_room(facts: Facts, rules: RuleSet, period: Period, day: date) -> date | None:
    """The first day after `day` on which the count of `period` is not used up.

    Room comes with a new period, or when the prisoner grows up into another row.
    """
    days = {window(period, day)[1], turns_adult(facts, day)}
    for use in facts.uses:
        if use.counts_on > day:
            days.update(window(period, use.counts_on))
    for later in sorted(later for later in days if later is not None and later > day):
        row = rows_for(rules, facts.service, facts.prisoner, later).get((Limit.COUNT, period))
        if row is None or row.value is None or used(row, facts.uses, later) < row.value:
            return later
    return None


def turns_adult(facts: Facts, day: date) -> date | None:
    """The day after `day` on which the prisoner, a child until then, is an adult."""
    adult = adult_from(facts.prisoner.birth)
    return adult if adult is not None and adult > day else None


def balance(facts: Facts, rows: Rows) -> Balance | None:
    """The count that pays: of several the one with the least left."""
    balances = [
        Balance(row.code, used(row, facts.uses, facts.day), row.value)
        for (limit, _period), row in rows.items()
        if limit is Limit.COUNT
    ]
    return min(
        balances,
        key=lambda b: (b.remaining is None, b.remaining or 0),
        default=None,
    )


def hours(rows: Rows) -> int | None:
    """How long the visit may last; None when the rules do not say."""
    hours = rows.get((Limit.HOURS, Period.EACH))
    if hours is not None and hours.value is not None:
        return hours.value
    days = rows.get((Limit.DAYS, Period.EACH))
    return days.value * 24 if days is not None and days.value is not None else None
