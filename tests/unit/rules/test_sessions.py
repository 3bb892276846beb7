"""A place in a session, the day itself, and prisoners who are kept apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.codes import ReasonCode, Service
from kiosk.rules.decide import decide
from kiosk.rules.facts import SessionFacts
from tests.unit.rules import ADULT, DAY, TEST_2026, adult, codes, facts

MORNING = SessionFacts("AM", places=10, taken=9, others=frozenset({"P-9"}))


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        (MORNING, []),
        (replace(MORNING, taken=10), [ReasonCode.SESSION_FULL]),
        (replace(MORNING, places=0, taken=0), [ReasonCode.SESSION_FULL]),
        (replace(MORNING, blocked=True), [ReasonCode.SESSION_BLOCKED]),
    ],
)
def test_a_session_has_places_or_is_closed(
    session: SessionFacts, expected: list[ReasonCode]
) -> None:
    assert codes(facts(session=session)) == expected


def test_a_place_is_a_visit_and_not_a_person() -> None:
    assert codes(facts(session=MORNING, people=(ADULT, adult("B")))) == []


def test_prisoners_who_are_kept_apart_share_no_session() -> None:
    asked = facts(session=MORNING, non_associated=frozenset({"P-9"}))
    assert codes(asked) == [ReasonCode.NON_ASSOCIATION]
    assert codes(replace(asked, non_associated=frozenset({"P-8"}))) == []
    assert codes(replace(asked, session=None)) == []


def test_a_full_session_stays_full_whatever_the_day() -> None:
    full = replace(MORNING, taken=10)
    assert decide(facts(session=full), TEST_2026).next_allowed is None


def test_blocked_dates_are_passed_over() -> None:
    blocked = frozenset({DAY, date(2026, 4, 2), date(2026, 4, 4)})
    answer = decide(facts(blocked_dates=blocked), TEST_2026)
    assert [r.code for r in answer.reasons] == [ReasonCode.DATE_BLOCKED]
    assert answer.next_allowed == date(2026, 4, 3)


@pytest.mark.parametrize(
    "service", [Service.MONITOR_VISIT, Service.PACKAGE, Service.MEDICAL_PACKAGE]
)
def test_monitors_and_packages_come_on_any_day(service: Service) -> None:
    assert codes(facts(service=service, blocked_dates=frozenset({DAY}))) == []
    assert ReasonCode.DATE_BLOCKED in codes(
        facts(service=Service.LAWYER_VISIT, blocked_dates=frozenset({DAY}))
    )


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        (Service.SHORT_VISIT, [ReasonCode.DUPLICATE_TODAY]),
        (Service.OFFICIAL_VISIT, [ReasonCode.DUPLICATE_TODAY]),
        (Service.LAWYER_VISIT, []),
        (Service.MONITOR_VISIT, []),
        (Service.PACKAGE, []),
    ],
)
def test_a_pair_meets_once_a_day_except_those_on_duty(
    service: Service, expected: list[ReasonCode]
) -> None:
    met = replace(ADULT, met_on=frozenset({DAY, date(2026, 4, 2)}))
    asked = facts(service=service, people=(met,))
    assert codes(asked) == expected
    if expected:
        assert decide(asked, TEST_2026).next_allowed == date(2026, 4, 3)
