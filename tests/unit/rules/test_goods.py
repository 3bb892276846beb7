"""What is brought is weighed without what is refused; exactly the limit passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.codes import Category, Outcome, ReasonCode, RestrictionKind, Service, Status
from kiosk.rules.decide import decide
from kiosk.rules.facts import Item, RestrictionFacts, Use
from kiosk.rules.terms import Limit
from kiosk.support.deciding import preset
from tests.unit.rules import adult, ban, being, codes, facts, row, rule_set, span

SET = preset("TEST-2026")
REMAND = {"category": Category.REMAND}
MEAT, TEA, UNWEIGHED = (
    Item("i1", "meat", 5_000),
    Item("i2", "tea", 1_000),
    Item("i3", "soap", None),
)
NO_MEAT = RestrictionFacts(
    "G1", RestrictionKind.STOP, frozenset({"*"}), frozenset({"meat"}), span("2026-01-01")
)


@pytest.mark.parametrize(
    ("service", "grams", "expected"),
    [
        (Service.PACKAGE, 20_000, []),
        (Service.PACKAGE, 20_001, [ReasonCode.WEIGHT_EXCEEDED]),
        (Service.SMALL_PARCEL, 5_000, []),
        (Service.SMALL_PARCEL, 5_001, [ReasonCode.WEIGHT_EXCEEDED]),
        (Service.PACKAGE, 1, []),
        (Service.PACKAGE, 0, [ReasonCode.INVALID_WEIGHT]),
        (Service.PACKAGE, -5, [ReasonCode.INVALID_WEIGHT]),
        (Service.PACKAGE, None, [ReasonCode.INVALID_WEIGHT]),
        (Service.MEDICAL_PACKAGE, None, []),
        (Service.MEDICAL_PACKAGE, 90_000, []),
    ],
)
def test_exactly_the_limit_passes_and_one_gram_more_does_not(
    service: Service, grams: int | None, expected: list[ReasonCode]
) -> None:
    assert codes(facts(service=service, grams=grams), SET) == expected


def test_a_month_on_remand_is_full_at_exactly_its_weight() -> None:
    before = (Use(Service.PACKAGE, date(2026, 4, 1), 1, 25_000),)
    passes = decide(facts(REMAND, service=Service.PACKAGE, grams=5_000, uses=before), SET)
    assert passes.outcome is Outcome.ALLOWED
    assert (passes.remaining_before, passes.remaining_after) == (5_000, 0)
    assert passes.remaining_unit is Limit.GRAMS

    answer = decide(facts(REMAND, service=Service.PACKAGE, grams=5_001, uses=before), SET)
    [reason] = answer.reasons
    assert reason.code is ReasonCode.MONTHLY_EXHAUSTED
    assert (reason.rule, reason.used, reason.limit) == ("T07", 30_001, 30_000)
    assert (answer.remaining_before, answer.remaining_after) == (5_000, 5_000)
    assert answer.next_allowed == date(2026, 5, 1)


def test_what_is_over_every_months_limit_has_no_next_day() -> None:
    answer = decide(facts(REMAND, service=Service.PACKAGE, grams=30_001), SET)
    assert answer.next_allowed is None


def test_a_package_pays_one_piece_of_its_count() -> None:
    answer = decide(facts(service=Service.PACKAGE, grams=7_000), SET)
    assert (answer.remaining_before, answer.remaining_after) == (4, 3)
    assert answer.remaining_unit is Limit.COUNT


def test_one_thing_is_refused_and_the_rest_is_weighed_without_it() -> None:
    asked = facts(
        service=Service.SMALL_PARCEL, items=(MEAT, TEA), restrictions=(NO_MEAT,), grams=None
    )
    answer = decide(asked, SET)
    assert answer.outcome is Outcome.PARTLY
    assert answer.refused_items == ("i1",)
    assert answer.restrictions == ("G1",)
    assert [r.code for r in answer.reasons] == [ReasonCode.FACILITY_RESTRICTION]
    assert answer.admitted == ("A",)
    assert (answer.remaining_before, answer.remaining_after) == (4, 3)
    without = replace(asked, restrictions=())
    assert codes(without, SET) == [ReasonCode.WEIGHT_EXCEEDED]


def test_what_is_refused_is_taken_off_the_whole_weight() -> None:
    asked = facts(
        service=Service.SMALL_PARCEL,
        items=(MEAT, UNWEIGHED),
        restrictions=(NO_MEAT,),
        grams=10_000,
    )
    assert decide(asked, SET).outcome is Outcome.PARTLY
    assert codes(replace(asked, grams=10_001), SET) == [
        ReasonCode.WEIGHT_EXCEEDED,
        ReasonCode.FACILITY_RESTRICTION,
    ]


def test_when_every_thing_is_refused_nothing_is_left_to_accept() -> None:
    asked = facts(service=Service.PACKAGE, items=(MEAT,), restrictions=(NO_MEAT,))
    answer = decide(asked, SET)
    assert answer.outcome is Outcome.REFUSED
    assert answer.admitted == ()
    assert [r.code for r in answer.reasons] == [ReasonCode.FACILITY_RESTRICTION]


def test_things_without_any_weight_cannot_be_weighed() -> None:
    asked = facts(service=Service.PACKAGE, items=(TEA, UNWEIGHED))
    assert codes(asked, SET) == [ReasonCode.INVALID_WEIGHT]


def test_a_ban_on_things_of_one_sender_is_no_ban_on_another() -> None:
    theirs = replace(NO_MEAT, kind=RestrictionKind.BAN, person="A")
    asked = facts(service=Service.PACKAGE, items=(MEAT, TEA), restrictions=(theirs,))
    assert decide(asked, SET).refused_items == ("i1",)
    assert decide(replace(asked, people=(adult("B"),)), SET).refused_items == ()
    assert codes(facts(restrictions=(theirs,)), SET) == []


def test_a_banned_sender_hands_in_nothing() -> None:
    answer = decide(facts(service=Service.PACKAGE, restrictions=(ban(),)), SET)
    assert answer.outcome is Outcome.REFUSED
    assert answer.restrictions == ("B1",)


def test_the_isolator_refuses_goods_and_lets_medicine_pass() -> None:
    isolator = {"statuses": (being(Status.ISOLATOR),)}
    assert codes(facts(isolator, service=Service.PARCEL), SET) == [ReasonCode.ISOLATOR]
    assert codes(facts(isolator, service=Service.MEDICAL_PACKAGE), SET) == []


def test_a_weight_of_a_year_is_told_as_the_years_count() -> None:
    yearly = rule_set(row("Y", "parcel", "grams", "year", 50_000))
    before = (Use(Service.PARCEL, date(2026, 1, 9), 1, 45_000),)
    [reason] = decide(facts(service=Service.PARCEL, grams=5_001, uses=before), yearly).reasons
    assert reason.code is ReasonCode.COUNT_EXHAUSTED
    assert (reason.unit, reason.used, reason.limit) == (Limit.GRAMS, 50_001, 50_000)
