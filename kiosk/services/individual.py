"""What the head or a court grants one prisoner: rows that stand above the rules of all."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from kiosk.codes import Action, Service
from kiosk.errors import Invalid, NotFound
from kiosk.models import IndividualRule
from kiosk.rules.preset import PERIODS
from kiosk.rules.rule_set import RuleRow, Scope
from kiosk.rules.terms import Limit, Period
from kiosk.services import prisoners, same
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up, must_supervise
from kiosk.services.endings import end as end_fact
from kiosk.services.endings import lasting
from kiosk.services.entry import day_now, entry
from kiosk.services.prepared import Prepared
from kiosk.text import N_, clean
from kiosk.values import Officer
from kiosk.values.rulebook import IndividualEntry, IndividualLine

LONGEST_YEARS = 10
# What one prisoner may have more of; how long and with whom stays as for all.
LIMITS = (Limit.COUNT, Limit.GRAMS)
_MOST = 1_000_000


def record(desk: Desk, officer: Officer, entered: IndividualEntry) -> IndividualLine:
    """Write down a decision about one prisoner. A supervisor or an administrator does this.

    It holds above every row of the rules with the same service, limit and period, from its
    first day to its last, both included. Raises Invalid for what no rule can say, NotFound
    for an unknown prisoner.
    """
    must_supervise(officer)
    with entry(desk, Action.RECORD_INDIVIDUAL, officer=officer) as e:
        _check(entered, e.day)
        prisoners.detail_of(entered.prisoner_id)
        for other in _holding(same.group(entered.prisoner_id), entered.from_day):
            if _same_matter(other, entered):
                raise Invalid(
                    "from_day",
                    N_("Decision {code} says this already. End it first, then enter anew."),
                    code=other.code,
                )
        number = IndividualRule.select().where(IndividualRule.gate_id == e.gate).count() + 1
        code = f"I-{number}"
        individual_id = e.add(
            IndividualRule,
            prisoner_id=entered.prisoner_id,
            code=code,
            services=entered.services,
            limit=entered.limit,
            period=entered.period,
            value=entered.value,
            legal_ref=entered.legal_ref,
            from_day=entered.from_day,
            to_day=entered.to_day,
            staff_id=officer.staff_id,
        )
        e.object_id = individual_id
        return _line(IndividualRule.get_by_id(individual_id))


def end(desk: Desk, officer: Officer, individual_id: UUID) -> None:
    """Take a decision back from today on. A supervisor or an administrator does this.

    Raises NotFound for an unknown decision, Invalid for one that was taken back before.
    """
    must_supervise(officer)
    with entry(desk, Action.RECORD_INDIVIDUAL, officer=officer, object_id=individual_id) as e:
        if IndividualRule.get_or_none(IndividualRule.id == individual_id) is None:
            raise NotFound(N_("There is no such decision in the register."))
        if not lasting(IndividualRule, IndividualRule.id == individual_id).exists():
            raise Invalid("individual", N_("This decision was taken back before."))
        end_fact(e, officer, IndividualRule, individual_id, "withdrawn", e.day)


def of_prisoner(desk: Desk, officer: Officer, prisoner_id: UUID) -> tuple[IndividualLine, ...]:
    """The decisions about a prisoner that hold today or begin later, oldest first.

    Everybody who registers, and an administrator, may look.
    """
    must_look_up(officer)
    return tuple(_line(row) for row in _holding(same.group(prisoner_id), day_now(desk)))


def rows(prisoner_ids: Collection[UUID], day: date) -> tuple[RuleRow, ...]:
    """The rows that hold on `day` for one prisoner, known by `prisoner_ids`.

    Their scope is the file number of the record they were written on.
    """
    return tuple(
        RuleRow(
            row.code,
            frozenset(Service(service) for service in row.services),
            Limit(row.limit),
            Period(row.period),
            row.value,
            row.legal_ref,
            Scope(prisoner_id=prisoners.detail_of(row.prisoner_id).file_number),
        )
        for row in _holding(prisoner_ids, day)
        if row.from_day <= day
    )


def _holding(prisoner_ids: Collection[UUID], day: date) -> Iterable[IndividualRule]:
    """Decisions not taken back and on `day` not past their last day, oldest first."""
    return _HOLDING(list(prisoner_ids), day)


_HOLDING = Prepared(
    lambda prisoner_ids, day: lasting(
        IndividualRule,
        IndividualRule.prisoner_id.in_(prisoner_ids),
        IndividualRule.to_day.is_null() | (IndividualRule.to_day >= day),
    )
)


def _same_matter(row: IndividualRule, entered: IndividualEntry) -> bool:
    """Whether both speak of one service, limit and period on one day: neither would win."""
    return (
        (row.limit, row.period) == (entered.limit, entered.period)
        and not entered.services.isdisjoint(row.services)
        and (entered.to_day is None or row.from_day <= entered.to_day)
    )


def _line(row: IndividualRule) -> IndividualLine:
    return IndividualLine(
        individual_id=row.id,
        code=row.code,
        services=frozenset(Service(service) for service in row.services),
        limit=Limit(row.limit),
        period=Period(row.period),
        value=row.value,
        legal_ref=row.legal_ref,
        from_day=row.from_day,
        to_day=row.to_day,
    )


def _check(entered: IndividualEntry, today: date) -> None:
    if not entered.services:
        raise Invalid("service", N_("For which service? Choose one."))
    if entered.limit not in LIMITS or entered.period not in PERIODS[entered.limit]:
        raise Invalid("period", N_("This limit is not counted in such a period."))
    least = 0 if entered.limit is Limit.COUNT else 1
    if entered.value is not None and not least <= entered.value <= _MOST:
        raise Invalid("value", N_("The number cannot be right."))
    if not clean(entered.legal_ref, 300):
        raise Invalid("legal_ref", N_("On which paper does it rest? Type its number."))
    if entered.to_day is not None and entered.to_day < entered.from_day:
        raise Invalid("to_day", N_("The decision would end before it begins."))
    if entered.to_day is not None and entered.to_day < today:
        raise Invalid("to_day", N_("The decision would be over already."))
    years = (entered.to_day or entered.from_day).year - today.year
    if abs(years) > LONGEST_YEARS or abs(entered.from_day.year - today.year) > LONGEST_YEARS:
        raise Invalid("from_day", N_("A decision more than ten years away: look at the year."))
