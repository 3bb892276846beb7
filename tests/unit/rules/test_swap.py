"""A long visit may be given up for a short one; it is the long one that is used."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.codes import Category, ReasonCode, Service
from kiosk.rules.decide import decide
from tests.unit.rules import TEST_2026, adult, codes, facts, used

LONG, SHORT = Service.LONG_VISIT, Service.SHORT_VISIT


def test_a_swap_uses_the_long_balance_also_while_short_visits_remain() -> None:
    answer = decide(facts(swap_from=LONG, uses=used("2026-02-01", service=LONG)), TEST_2026)
    assert answer.passes
    assert answer.balance is not None
    assert answer.balance.rule == "T02"
    assert (answer.remaining_before, answer.remaining_after) == (2, 1)


def test_a_swap_passes_when_the_short_visits_are_used_up() -> None:
    assert decide(facts(swap_from=LONG, uses=used(*["2026-02-01"] * 3)), TEST_2026).passes


def test_a_swap_without_long_visits_left_is_refused_until_there_are() -> None:
    answer = decide(
        facts(swap_from=LONG, uses=used(*["2026-02-01"] * 3, service=LONG)), TEST_2026
    )
    assert [(r.code, r.rule) for r in answer.reasons] == [(ReasonCode.COUNT_EXHAUSTED, "T02")]
    assert answer.next_allowed == date(2027, 1, 1)


def test_a_swapped_visit_is_held_as_a_short_one() -> None:
    without_kin = adult("B", relation=None)
    answer = decide(facts(swap_from=LONG, people=(without_kin,)), TEST_2026)
    assert answer.passes
    assert answer.hours == 4


@pytest.mark.parametrize(
    ("service", "swap_from"), [(LONG, SHORT), (Service.PACKAGE, LONG), (SHORT, SHORT)]
)
def test_no_other_swap_is_provided_for(service: Service, swap_from: Service) -> None:
    assert ReasonCode.NO_RULE in codes(facts(service=service, swap_from=swap_from))


def test_who_has_no_long_visits_has_none_to_give_up() -> None:
    remand = {"category": Category.REMAND}
    assert codes(facts(remand, swap_from=LONG)) == [ReasonCode.NO_RULE]
