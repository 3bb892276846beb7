"""What is left: the sum of lines, shown one by one, and changed by hand by two people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.codes import AdjustReason, Category, LedgerKind, Service
from kiosk.errors import Invalid, NotAllowed
from kiosk.rules.terms import Limit, Period, PeriodStart
from kiosk.services import adjusting, balances
from kiosk.values import PrisonerCard
from kiosk.values.balances import Adjustment, BalanceLine, LedgerLine

from .gatehouse import Gatehouse

SHORT, LONG = Service.SHORT_VISIT, Service.LONG_VISIT


def balance(
    gatehouse: Gatehouse, prisoner: PrisonerCard, service: Service = SHORT
) -> BalanceLine:
    found = gatehouse.ask(balances.balances, prisoner.prisoner_id, gatehouse.clock.at)
    return next(one for one in found if service in one.services)


def lines(gatehouse: Gatehouse, prisoner: PrisonerCard) -> tuple[LedgerLine, ...]:
    return gatehouse.ask(balances.lines, prisoner.prisoner_id, gatehouse.clock.at)


def more(prisoner: PrisonerCard, amount: int = 1) -> Adjustment:
    return Adjustment(prisoner.prisoner_id, SHORT, Limit.COUNT, amount, AdjustReason.REWARD)


def visit_on_days(gatehouse: Gatehouse, prisoner: PrisonerCard, count: int) -> None:
    for day in range(count):
        gatehouse.at(2026, 3, 9 + day, 9, 0)
        gatehouse.visit(prisoner, gatehouse.visitor(f"Асанова{'аеио'[day % 4]}"))


def test_a_balance_is_the_sum_of_its_lines(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    visit_on_days(gatehouse, prisoner, 3)
    short = balance(gatehouse, prisoner)
    shown = lines(gatehouse, prisoner)
    assert (short.used, short.limit, short.left) == (3, 6, 3)
    assert (short.period, short.first, short.last) == (
        Period.YEAR,
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    assert sum(one.pieces for one in shown) == short.used
    assert [one.left for one in shown] == [3, 4, 5]
    assert [one.number for one in shown] == ["V-26-000003", "V-26-000002", "V-26-000001"]
    assert shown[0].who == "Асановаи А."
    assert shown[0].rule == short.rule


def test_a_balance_says_when_something_is_there_again(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    visit_on_days(gatehouse, prisoner, 5)
    assert balance(gatehouse, prisoner).next_on is None
    gatehouse.at(2026, 5, 1, 9, 0)
    gatehouse.visit(prisoner, gatehouse.visitor("Каримова"))
    spent = balance(gatehouse, prisoner)
    assert (spent.left, spent.next_on) == (0, date(2027, 1, 1))


def test_a_balance_is_told_as_it_was_known_then(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    visit_on_days(gatehouse, prisoner, 2)
    then = gatehouse.clock.at
    gatehouse.at(2026, 6, 1, 9, 0)
    gatehouse.visit(prisoner, gatehouse.visitor("Каримова"))
    (before,) = (
        one
        for one in gatehouse.ask(balances.balances, prisoner.prisoner_id, then)
        if SHORT in one.services
    )
    assert before.used == 2
    assert len(gatehouse.ask(balances.lines, prisoner.prisoner_id, then)) == 2


def test_a_year_may_begin_with_the_admission(gatehouse: Gatehouse) -> None:
    gatehouse.at(2026, 10, 7, 9, 0)
    prisoner = gatehouse.prisoner()
    gatehouse.at(2027, 3, 9, 9, 0)
    gatehouse.desk = replace(gatehouse.desk, period_start=PeriodStart.ADMISSION)
    short = balance(gatehouse, prisoner)
    assert (short.first, short.last) == (date(2026, 10, 7), date(2027, 10, 6))


def test_the_newest_line_leaves_what_the_balance_says(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    visit_on_days(gatehouse, prisoner, 3)
    gatehouse.do(adjusting.adjust, gatehouse.supervisor, more(prisoner, 2))
    gatehouse.do(adjusting.adjust, gatehouse.supervisor, more(prisoner, -1))
    shown = lines(gatehouse, prisoner)
    assert shown[0].left == balance(gatehouse, prisoner).left == 4
    assert (shown[0].kind, shown[0].reason) == (LedgerKind.ADJUST, AdjustReason.REWARD)


def test_what_was_given_by_hand_may_be_used(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    visit_on_days(gatehouse, prisoner, 4)
    gatehouse.at(2026, 4, 1, 9, 0)
    gatehouse.do(adjusting.adjust, gatehouse.supervisor, more(prisoner, -2))
    request = gatehouse.request(prisoner, gatehouse.visitor("Каримова"))
    assert not gatehouse.propose(request).decision.passes
    gatehouse.do(adjusting.adjust, gatehouse.supervisor, more(prisoner, 1))
    assert gatehouse.propose(request).decision.passes


def test_a_change_by_hand_needs_a_supervisor_who_is_another_person(
    gatehouse: Gatehouse,
) -> None:
    prisoner = gatehouse.prisoner()
    officer, supervisor = gatehouse.officer, gatehouse.supervisor
    with pytest.raises(NotAllowed):
        gatehouse.do(adjusting.adjust, officer, more(prisoner))
    with pytest.raises(NotAllowed):
        gatehouse.do(adjusting.adjust, officer, more(prisoner), officer)
    with pytest.raises(NotAllowed):
        gatehouse.do(adjusting.adjust, supervisor, more(prisoner), supervisor)
    with pytest.raises(NotAllowed):
        gatehouse.do(adjusting.adjust, gatehouse.administrator, more(prisoner))
    assert gatehouse.rows("SELECT count(*) FROM ledger") == [(0,)]
    gatehouse.do(adjusting.adjust, officer, more(prisoner), supervisor)
    assert gatehouse.rows("SELECT staff_id, second_id FROM ledger") == [
        (officer.staff_id.bytes, supervisor.staff_id.bytes)
    ]


def test_nothing_is_taken_below_zero_by_hand(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    gatehouse.do(adjusting.adjust, gatehouse.supervisor, more(prisoner, -6))
    with pytest.raises(Invalid):
        gatehouse.do(adjusting.adjust, gatehouse.supervisor, more(prisoner, -1))
    assert balance(gatehouse, prisoner).left == 0


def test_another_reason_must_be_told_and_stands_in_a_note(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    other = replace(more(prisoner), reason=AdjustReason.OTHER)
    with pytest.raises(Invalid) as refused:
        gatehouse.do(adjusting.adjust, gatehouse.supervisor, other)
    assert refused.value.field == "words"
    gatehouse.do(adjusting.adjust, gatehouse.supervisor, replace(other, words="суд"))
    assert gatehouse.rows("SELECT text FROM note") == [("суд",)]


@pytest.mark.parametrize("amount", [0, 101, -101])
def test_an_amount_that_cannot_be_is_refused(gatehouse: Gatehouse, amount: int) -> None:
    with pytest.raises(Invalid):
        gatehouse.do(adjusting.adjust, gatehouse.supervisor, more(gatehouse.prisoner(), amount))


def test_what_is_carried_comes_from_what_was_left(gatehouse: Gatehouse) -> None:
    gatehouse.at(2026, 12, 1, 9, 0)
    prisoner = gatehouse.prisoner()
    gatehouse.visit(prisoner, gatehouse.visitor())
    gatehouse.at(2027, 1, 15, 9, 0)
    carry, reason = adjusting.carry, AdjustReason.ORDER
    with pytest.raises(Invalid):
        gatehouse.do(carry, gatehouse.supervisor, prisoner.prisoner_id, SHORT, 6, reason)
    gatehouse.do(carry, gatehouse.supervisor, prisoner.prisoner_id, SHORT, 5, reason)
    assert balance(gatehouse, prisoner).left == 11
    with pytest.raises(Invalid):
        gatehouse.do(carry, gatehouse.supervisor, prisoner.prisoner_id, SHORT, 1, reason)
    assert sum(one.pieces for one in lines(gatehouse, prisoner)) == 1


def test_what_a_line_left_is_the_same_however_many_are_shown(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    gatehouse.visit(prisoner, gatehouse.visitor())
    gatehouse.at(2026, 6, 1, 9, 0)
    gatehouse.visit(prisoner, gatehouse.visitor())
    since = gatehouse.desk.day()
    (shown,) = gatehouse.ask(balances.lines, prisoner.prisoner_id, gatehouse.clock.at, since)
    assert shown.left == lines(gatehouse, prisoner)[0].left == 4


def test_another_reason_is_told_also_for_what_is_carried(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    carried = prisoner.prisoner_id, SHORT, 1, AdjustReason.OTHER
    with pytest.raises(Invalid) as refused:
        gatehouse.do(adjusting.carry, gatehouse.supervisor, *carried)
    assert refused.value.field == "words"
    gatehouse.at(2027, 1, 15, 9, 0)
    gatehouse.do(adjusting.carry, gatehouse.supervisor, *carried, words="карантин в декабре")
    assert gatehouse.rows("SELECT text FROM note") == [("карантин в декабре",)]


def test_the_paper_journal_counts_in_the_running_period(gatehouse: Gatehouse) -> None:
    convict, remand = gatehouse.prisoner(), gatehouse.prisoner(category=Category.REMAND)
    for prisoner in (convict, remand):
        assert gatehouse.do(
            adjusting.open_balance, gatehouse.administrator, prisoner.prisoner_id, SHORT, 2
        )
        assert not gatehouse.do(
            adjusting.open_balance, gatehouse.administrator, prisoner.prisoner_id, SHORT, 2
        )
        assert balance(gatehouse, prisoner).used == 2
    days = gatehouse.rows("SELECT counts_on FROM ledger WHERE kind = 'opening' ORDER BY id")
    assert days == [("2026-01-01",), ("2026-03-01",)]


def test_a_journal_above_the_limit_stands_as_it_was_written(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    gatehouse.do(
        adjusting.open_balance, gatehouse.administrator, prisoner.prisoner_id, SHORT, 8
    )
    assert balance(gatehouse, prisoner).left == -2
    with pytest.raises(NotAllowed):
        gatehouse.do(adjusting.open_balance, gatehouse.officer, prisoner.prisoner_id, SHORT, 1)
