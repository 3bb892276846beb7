"""A limit counts in its week, month or year, of the calendar or since admission."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.codes import ReasonCode, Service
from kiosk.rules.decide import decide
from kiosk.rules.facts import Use
from kiosk.rules.periods import window
from kiosk.rules.terms import Period, PeriodStart
from tests.unit.rules import TEST_2026, codes, facts, row, rule_set, used


@pytest.mark.parametrize(
    ("period", "day", "admitted", "first", "after"),
    [
        (Period.YEAR, "2026-04-01", None, "2026-01-01", "2027-01-01"),
        (Period.YEAR, "2026-12-31", None, "2026-01-01", "2027-01-01"),
        (Period.YEAR, "2026-04-01", "2023-02-01", "2026-02-01", "2027-02-01"),
        (Period.YEAR, "2026-01-31", "2023-02-01", "2025-02-01", "2026-02-01"),
        (Period.YEAR, "2026-02-28", "2024-02-29", "2025-03-01", "2026-03-01"),
        (Period.YEAR, "2028-02-29", "2024-02-29", "2028-02-29", "2029-03-01"),
        (Period.MONTH, "2026-12-31", "2023-02-15", "2026-12-01", "2027-01-01"),
        (Period.WEEK, "2026-04-05", None, "2026-03-30", "2026-04-06"),
        (Period.WEEK, "2026-04-06", None, "2026-04-06", "2026-04-13"),
        (Period.EACH, "2026-04-06", None, "2026-04-06", "2026-04-07"),
    ],
)
def test_the_period_around_a_day(
    period: Period, day: str, admitted: str | None, first: str, after: str
) -> None:
    since = date.fromisoformat(admitted) if admitted else None
    found = window(period, date.fromisoformat(day), since)
    assert found == (date.fromisoformat(first), date.fromisoformat(after))


@settings(deadline=None)
@given(st.sampled_from(Period), st.dates(), st.none() | st.dates())
def test_every_day_lies_in_its_period_and_periods_follow_each_other(
    period: Period, day: date, admitted: date | None
) -> None:
    first, after = window(period, day, admitted)
    assert first <= day
    if after is not None:
        assert day < after
        assert window(period, after, admitted)[0] == after
        assert window(period, after - timedelta(1), admitted)[0] == first


def test_the_year_may_begin_on_the_day_of_admission() -> None:
    uses = used("2026-01-31", "2026-01-30", "2026-02-01")  # admitted on 1 February 2023
    assert not decide(facts(uses=uses), TEST_2026).passes
    since = decide(facts(uses=uses, period_start=PeriodStart.ADMISSION), TEST_2026)
    assert since.remaining_before == 2
    three = used("2026-02-01", "2026-02-02", "2026-02-03")
    answer = decide(facts(uses=three, period_start=PeriodStart.ADMISSION), TEST_2026)
    assert answer.next_allowed == date(2027, 2, 1)


def test_without_a_day_of_admission_the_year_is_that_of_the_calendar() -> None:
    three = used("2026-02-01", "2026-02-02", "2026-02-03")
    asked = facts({"admitted": None}, uses=three, period_start=PeriodStart.ADMISSION)
    assert decide(asked, TEST_2026).next_allowed == date(2027, 1, 1)


def test_a_week_begins_on_monday() -> None:
    weekly = rule_set(row("W", "short_visit", "count", "week", 1))
    answer = decide(facts(uses=used("2026-03-30")), weekly)  # the day is a Wednesday
    [reason] = answer.reasons
    assert (reason.code, reason.period) == (ReasonCode.COUNT_EXHAUSTED, Period.WEEK)
    assert answer.next_allowed == date(2026, 4, 6)
    assert decide(facts(uses=used("2026-03-29")), weekly).passes


def test_a_week_and_a_year_that_are_both_used_up_each_have_their_day() -> None:
    both = rule_set(
        row("W", "short_visit", "count", "week", 1), row("Y", "short_visit", "count", "year", 1)
    )
    answer = decide(facts(uses=used("2026-03-30")), both)
    assert [(r.rule, r.free_from) for r in answer.reasons] == [
        ("W", date(2026, 4, 6)),
        ("Y", date(2027, 1, 1)),
    ]


# ---- days between two visits


def test_visits_are_spread_over_the_year_only_where_the_site_says_so() -> None:
    assert codes(facts(uses=used("2026-03-31"))) == []
    answer = decide(facts(uses=used("2026-03-31"), min_interval=True), TEST_2026)
    [reason] = answer.reasons
    assert (reason.code, reason.rule, reason.limit) == (ReasonCode.MIN_INTERVAL, "T01", 121)
    assert answer.next_allowed == date(2026, 3, 31) + timedelta(121)


def test_the_days_between_two_visits_run_across_the_turn_of_the_year() -> None:
    asked = facts(day="2027-01-10", uses=used("2026-12-31"), min_interval=True)
    assert decide(asked, TEST_2026).next_allowed == date(2027, 5, 1)


@pytest.mark.parametrize(("passed", "expected"), [(120, [ReasonCode.MIN_INTERVAL]), (121, [])])
def test_on_the_last_day_between_it_is_too_soon(
    passed: int, expected: list[ReasonCode]
) -> None:
    last = date(2026, 4, 1) - timedelta(passed)
    asked = facts(uses=(Use(Service.SHORT_VISIT, last),), min_interval=True)
    assert codes(asked) == expected


def test_what_was_given_back_or_written_by_hand_was_no_visit() -> None:
    visit = Use(Service.SHORT_VISIT, date(2026, 3, 31))
    back = Use(Service.SHORT_VISIT, date(2026, 3, 31), -1)
    assert codes(facts(uses=(visit, back), min_interval=True)) == []
    opening = Use(Service.SHORT_VISIT, date(2026, 3, 31), 1, by_hand=True)
    assert codes(facts(uses=(opening,), min_interval=True)) == []
    credit = Use(Service.SHORT_VISIT, date(2026, 3, 31), -1, by_hand=True)
    assert codes(facts(uses=(visit, credit), min_interval=True)) == [ReasonCode.MIN_INTERVAL]


def test_a_row_of_its_own_says_the_days_whatever_the_site_says() -> None:
    own = rule_set(
        row("C", "short_visit", "count", "year", 6),
        row("M", "short_visit", "min_interval", "each", 30),
    )
    answer = decide(facts(uses=used("2026-03-20")), own)
    assert [(r.code, r.rule) for r in answer.reasons] == [(ReasonCode.MIN_INTERVAL, "M")]
    assert answer.next_allowed == date(2026, 4, 19)
