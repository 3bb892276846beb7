"""What a prisoner may have, how much of it is used, and when there is more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kiosk.codes import (
    Category,
    Outcome,
    ReasonCode,
    Regime,
    Service,
    Sex,
)
from kiosk.rules.decide import decide
from kiosk.rules.facts import (
    Use,
)
from kiosk.rules.terms import Medical
from tests.unit.rules import (
    ON_DUTY,
    TEST_2026,
    codes,
    facts,
    row,
    rule_set,
    used,
)


def test_a_visit_within_the_entitlement_passes_and_says_what_is_left() -> None:
    answer = decide(facts(uses=used("2026-01-09")), TEST_2026)
    assert answer.outcome is Outcome.ALLOWED
    assert answer.admitted == ("A",)
    assert answer.balance is not None
    assert (answer.balance.rule, answer.balance.used, answer.balance.limit) == ("T01", 1, 3)
    assert answer.hours == 4
    assert answer.next_allowed is None


def test_the_last_visit_of_the_year_passes_and_one_more_does_not() -> None:
    two, three = (
        used("2026-01-09", "2026-02-01"),
        used("2026-01-09", "2026-02-01", "2026-03-01"),
    )
    assert decide(facts(uses=two), TEST_2026).passes
    answer = decide(facts(uses=three), TEST_2026)
    assert answer.outcome is Outcome.REFUSED
    [reason] = answer.reasons
    assert reason.code is ReasonCode.COUNT_EXHAUSTED
    assert (reason.rule, reason.legal_ref) == ("T01", "L-T01")
    assert (reason.used, reason.limit) == (3, 3)
    assert reason.free_from == date(2027, 1, 1)
    assert answer.next_allowed == date(2027, 1, 1)


def test_a_visit_counts_in_the_year_of_its_day() -> None:
    assert decide(facts(uses=used(*["2025-12-31"] * 3)), TEST_2026).passes
    assert not decide(facts(uses=used(*["2026-01-01"] * 3)), TEST_2026).passes
    assert not decide(facts(uses=used(*["2026-12-31"] * 3)), TEST_2026).passes


def test_a_refund_gives_back() -> None:
    uses = (*used("2026-01-09", "2026-02-01", "2026-03-01"),)
    refund = Use(Service.SHORT_VISIT, date(2026, 3, 1), -1)
    assert decide(facts(uses=(*uses, refund)), TEST_2026).passes


def test_the_next_year_may_be_booked_out_too() -> None:
    uses = used(*["2026-02-01"] * 3, *["2027-05-05"] * 3)
    assert decide(facts(uses=uses), TEST_2026).next_allowed == date(2028, 1, 1)


def test_on_remand_the_month_counts() -> None:
    remand = {"category": Category.REMAND}
    answer = decide(facts(remand, uses=used("2026-04-01", "2026-04-02")), TEST_2026)
    [reason] = answer.reasons
    assert reason.code is ReasonCode.MONTHLY_EXHAUSTED
    assert reason.free_from == answer.next_allowed == date(2026, 5, 1)
    assert decide(facts(remand, uses=used("2026-03-31", "2026-03-30")), TEST_2026).passes


def test_services_of_one_row_share_one_balance() -> None:
    days = ["2026-02-01"] * 2
    uses = used(*days, service=Service.PACKAGE) + used(*days, service=Service.PARCEL)
    assert codes(facts(service=Service.PACKAGE, uses=uses)) == [ReasonCode.COUNT_EXHAUSTED]
    assert codes(facts(service=Service.SMALL_PARCEL, uses=uses)) == []


def test_no_limit_on_a_higher_level_lifts_the_limit_below() -> None:
    uses = used(*["2026-02-01"] * 9, service=Service.PACKAGE)
    answer = decide(facts({"sex": Sex.FEMALE}, service=Service.PACKAGE, uses=uses), TEST_2026)
    assert answer.passes
    assert answer.balance is not None
    assert answer.balance.limit is None
    assert answer.balance.remaining is None


def test_the_highest_level_wins_then_the_row_with_more_keys() -> None:
    levels: list[dict[str, Any]] = [
        {},
        {"category": "convict"},
        {"regime": "strict"},
        {"regime": "strict", "category": "convict"},
        {"condition": "ordinary"},
        {"sex": "M"},
        {"medical": "ill"},
        {"prisoner": "P-1"},
    ]
    ill = {"medical": frozenset({Medical.ILL})}
    for highest in range(1, len(levels) + 1):
        rows = [
            row(f"L{n}", "short_visit", "count", "year", n, **scope)
            for n, scope in enumerate(levels[:highest])
        ]
        for order in (rows, rows[::-1]):
            balance = decide(facts(ill), rule_set(*order)).balance
            assert balance is not None
            assert balance.rule == f"L{highest - 1}"


def test_without_a_row_there_is_no_permission() -> None:
    answer = decide(facts({"regime": Regime.GENERAL}), TEST_2026)
    [reason] = answer.reasons
    assert reason.code is ReasonCode.NO_RULE
    assert (reason.rule, reason.legal_ref) == ("R-no_rule", "article of no_rule")
    assert answer.next_allowed is None


def test_a_limit_of_nothing_never_ends() -> None:
    none = rule_set(row("Z", "short_visit", "count", "year", 0))
    answer = decide(facts(), none)
    assert answer.reasons[0].code is ReasonCode.COUNT_EXHAUSTED
    assert answer.next_allowed is None


@pytest.mark.parametrize("service", [*ON_DUTY, Service.MEDICAL_PACKAGE])
def test_lawyers_consuls_monitors_and_medicines_need_no_row(service: Service) -> None:
    assert decide(
        facts(service=service), rule_set(row("X", "parcel", "count", "year", 1))
    ).passes


def test_a_young_prisoner_grows_into_another_row() -> None:
    young = {"category": Category.REMAND, "birth": "2008-04-20"}
    uses = used(*["2026-04-01"] * 2)
    assert decide(facts(young, uses=uses), TEST_2026).passes
    answer = decide(facts(young, uses=(*uses, *used("2026-04-02"))), TEST_2026)
    assert answer.reasons[0].rule == "T13"
    assert answer.next_allowed == date(2026, 5, 1)


def test_a_long_visit_lasts_days() -> None:
    assert decide(facts(service=Service.LONG_VISIT), TEST_2026).hours == 72
