"""What is left of each entitlement of a prisoner: the sum of ledger lines, shown one by one.

A balance is never stored. Both the sums and what each line leaves follow from the rules in
force at the moment asked about, and from what was recorded up to then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast
from uuid import UUID

from kiosk.clock import local_day
from kiosk.codes import AdjustReason, LedgerKind, MemberRole, Series, Service
from kiosk.models import Ledger, Member, PersonDetail
from kiosk.rules.asked import Rows, ask, rows_for
from kiosk.rules.entitlement import used, year_from
from kiosk.rules.facts import Facts
from kiosk.rules.horizon import later_days
from kiosk.rules.periods import window
from kiosk.rules.rule_set import RuleRow, RuleSet
from kiosk.rules.terms import Limit, Period
from kiosk.services import known, ledger, prisoners, rulebook, same
from kiosk.services.desk import Desk
from kiosk.services.facts import granted, prisoner_facts
from kiosk.services.register_numbers import numbers_of
from kiosk.values import Name
from kiosk.values.balances import BalanceLine, LedgerLine

# In the order in which they are shown; a service that no rule limits is left out.
_SHOWN = (
    Service.SHORT_VISIT,
    Service.LONG_VISIT,
    Service.OFFICIAL_VISIT,
    Service.CLERGY_VISIT,
    Service.PACKAGE,
    Service.PARCEL,
    Service.SMALL_PARCEL,
)
_REASONED = frozenset({LedgerKind.ADJUST, LedgerKind.CARRY})
# What pays for a line: the count before the weight, the longer period before the shorter.
_PAYING = tuple(
    (limit, period)
    for limit in (Limit.COUNT, Limit.GRAMS)
    for period in (Period.YEAR, Period.MONTH, Period.WEEK)
)


def balances(desk: Desk, prisoner_id: UUID, at: int) -> tuple[BalanceLine, ...]:
    """What is used and left at the moment `at` (UTC ms), by rule. Raises NotFound."""
    with known.at(at):
        return _Reckoning.of(desk, prisoner_id, at).balances()


def lines(
    desk: Desk, prisoner_id: UUID, at: int, since: date = date.min
) -> tuple[LedgerLine, ...]:
    """Every line up to the moment `at` that counts on `since` or later, the newest first.

    Raises NotFound.
    """
    with known.at(at):
        return _Reckoning.of(desk, prisoner_id, at).lines(since)


def period_start(desk: Desk, prisoner_id: UUID, service: Service, at: int) -> date:
    """The first day of the period in which `service` counts now: of the year, where a year
    is counted, else of the month or the week. Raises NotFound."""
    with known.at(at):
        return _Reckoning.of(desk, prisoner_id, at).period_start(service)


def paying(
    desk: Desk, prisoner_id: UUID, service: Service, at: int, unit: Limit = Limit.COUNT
) -> BalanceLine | None:
    """The balance of `unit` that pays for `service`; None where none is counted."""
    for one in balances(desk, prisoner_id, at):
        if service in one.services and one.unit is unit:
            return one
    return None


def left_on(desk: Desk, prisoner_id: UUID, service: Service, at: int, day: date) -> int | None:
    """How many of `service` are left in the period around `day`, as known at `at`.

    None where there is no limit. Raises NotFound.
    """
    with known.at(at):
        return _Reckoning.of(desk, prisoner_id, at, since=day).left_on(service, day)


@dataclass(frozen=True, slots=True)
class _Reckoning:
    """The rules and the lines of one prisoner; `facts` are those of any service."""

    desk: Desk
    prisoner_ids: frozenset[UUID]
    facts: Facts
    rules: RuleSet

    @classmethod
    def of(
        cls, desk: Desk, prisoner_id: UUID, at: int, since: date | None = None
    ) -> _Reckoning:
        """`since`: a day of an earlier period that is asked for as well."""
        day = local_day(at, desk.zone)
        prisoner_ids = same.group(prisoner_id)
        card, standing = prisoners.known_at(desk, prisoner_id, at)
        facts = Facts(
            service=Service.SHORT_VISIT,
            at=at,
            zone=desk.zone,
            prisoner=prisoner_facts(card, standing),
            people=(),
            uses=ledger.uses(prisoner_ids, since or day),
            individual=granted(card, prisoner_ids, day),
            period_start=desk.period_start,
            min_interval=desk.min_interval,
        )
        return cls(desk, prisoner_ids, facts, rulebook.in_force(desk, day))

    def balances(self) -> tuple[BalanceLine, ...]:
        found: dict[tuple[str, Period], BalanceLine] = {}
        for service in _SHOWN:
            rows = self._rows(service)
            for key in _PAYING:
                row = rows.get(key)
                if row is not None:
                    found.setdefault((row.code, row.period), self._balance(service, row))
        return tuple(found.values())

    def lines(self, since: date) -> tuple[LedgerLine, ...]:
        left = _Left(self)
        # What a line left depends on all before it in its period, also on those not shown.
        told = [(row, left.after(row)) for row in ledger.lines_of(self.prisoner_ids)]
        shown = [(row, remaining) for row, remaining in told if row.counts_on >= since]
        about = _About.lines([row for row, _remaining in shown])
        return tuple(about.shown(row, *remaining) for row, remaining in reversed(shown))

    def left_on(self, service: Service, day: date) -> int | None:
        row = self._rows(service).get((Limit.COUNT, Period.YEAR)) or self.pays(service)
        if row is None or row.value is None or row.limit is not Limit.COUNT:
            return None
        return row.value - used(row, self.facts, day)

    def period_start(self, service: Service) -> date:
        row = self.pays(service)
        period = row.period if row is not None else Period.YEAR
        return self.period(period, self.facts.day)[0]

    def pays(self, service: Service) -> RuleRow | None:
        rows = self._rows(service)
        return next((rows[key] for key in _PAYING if key in rows), None)

    def period(self, period: Period, day: date) -> tuple[date, date | None]:
        return window(period, day, year_from(self.facts))

    def _rows(self, service: Service) -> Rows:
        return rows_for(replace(self.facts, service=service), self.rules, self.facts.day)

    def _balance(self, service: Service, row: RuleRow) -> BalanceLine:
        first, after = self.period(row.period, self.facts.day)
        taken = used(row, self.facts, self.facts.day)
        spent = row.value is not None and taken >= row.value
        return BalanceLine(
            rule=row.code,
            legal_ref=row.legal_ref,
            services=tuple(one for one in _SHOWN if one in row.services),
            unit=row.limit,
            period=row.period,
            first=first,
            last=None if after is None else after - timedelta(days=1),
            used=taken,
            limit=row.value,
            next_on=self._next_on(service, row) if spent else None,
        )

    def _next_on(self, service: Service, row: RuleRow) -> date | None:
        """The first later day on which the entitlement is not used up."""
        facts = replace(self.facts, service=service)
        for later in later_days(ask(facts, self.rules)):
            then = rows_for(facts, self.rules, later).get((row.limit, row.period))
            if then is None or then.value is None or used(then, facts, later) < then.value:
                return later
        return None


class _Left:
    """Goes through the lines as they were written, and says what each one left."""

    def __init__(self, reckoning: _Reckoning) -> None:
        self._reckoning = reckoning
        self._rows: dict[Service, RuleRow | None] = {}
        self._taken: dict[tuple[str, date], int] = defaultdict(int)

    def after(self, line: Ledger) -> tuple[int | None, Limit | None]:
        service = Service(line.service)
        if service not in self._rows:
            self._rows[service] = self._reckoning.pays(service)
        row = self._rows[service]
        if row is None or row.value is None:
            return None, None
        first, _after = self._reckoning.period(row.period, line.counts_on)
        self._taken[row.code, first] += line.grams if row.limit is Limit.GRAMS else line.pieces
        return row.value - self._taken[row.code, first], row.limit


@dataclass(frozen=True, slots=True)
class _About:
    """The numbers of the cases behind lines, and who led each."""

    numbers: Mapping[UUID, str]
    leads: Mapping[UUID, str]

    @classmethod
    def lines(cls, rows: Sequence[Ledger]) -> _About:
        case_ids = {row.case_id for row in rows if row.case_id is not None}
        numbers = {
            case_id: of_case.get(Series.VISIT) or next(iter(of_case.values()))
            for case_id, of_case in numbers_of(case_ids).items()
        }
        return cls(numbers, _leads(case_ids))

    def shown(self, row: Ledger, left: int | None, unit: Limit | None) -> LedgerLine:
        kind = LedgerKind(row.kind)
        return LedgerLine(
            line_id=row.id,
            counts_on=row.counts_on,
            service=Service(row.service),
            kind=kind,
            number=self.numbers.get(row.case_id, ""),
            rule=row.rule or "",
            pieces=row.pieces,
            grams=row.grams,
            left=left,
            unit=unit,
            who=self.leads.get(row.case_id, ""),
            reason=AdjustReason(row.reason) if kind in _REASONED else None,
        )


def _leads(case_ids: Collection[UUID]) -> dict[UUID, str]:
    """By case the short name of who led it, as recorded that day; an erased one is empty."""
    query = (
        Member.select(Member.case_id, PersonDetail.surname, PersonDetail.given)
        .join(PersonDetail, on=(PersonDetail.id == Member.detail_id))
        .where(Member.case_id.in_(list(case_ids)), Member.role == MemberRole.LEAD)
        .tuples()
    )
    rows = cast("Iterable[tuple[UUID, str, str]]", query)
    return {case_id: Name(surname, given).short for case_id, surname, given in rows}
