"""The rule set by which programs are compared is the table of its description."""

from __future__ import annotations

import pytest

from kiosk.codes import Category, Condition, Regime, Service, Sex
from kiosk.rules.decide import decide
from kiosk.rules.preset import examine
from kiosk.rules.terms import IsolatorGoods, Limit, Medical
from kiosk.support.deciding import preset
from tests.unit.rules import DRAFT, facts

SET = preset("TEST-2026")
STRICT = {"category": "convict", "regime": "strict", "condition": "ordinary"}
REMAND = {"category": "remand"}
TABLE = {
    "T01": ("short_visit", STRICT, "count", "year", 3),
    "T02": ("long_visit", STRICT, "count", "year", 3),
    "T03": ("package parcel", STRICT, "count", "year", 4),
    "T04": ("small_parcel", STRICT, "count", "year", 4),
    "T05": ("package parcel", {"category": "convict"}, "grams", "each", 20_000),
    "T06": ("small_parcel", {}, "grams", "each", 5_000),
    "T07": ("package", REMAND, "grams", "month", 30_000),
    "T08": ("package", {**REMAND, "minor": True}, "grams", "month", None),
    "T09": ("package", {**REMAND, "medical": "pregnant"}, "grams", "month", None),
    "T10": ("package", {**REMAND, "medical": "child_under_3"}, "grams", "month", None),
    "T11": ("package", {**REMAND, "medical": "ill"}, "grams", "month", None),
    "T12": ("short_visit", REMAND, "count", "month", 2),
    "T13": ("short_visit", {**REMAND, "minor": True}, "count", "month", 3),
    "T14": ("package parcel", {"category": "convict", "sex": "F"}, "count", "year", None),
    "T15": ("package parcel", {"category": "convict", "minor": True}, "count", "year", None),
    "T16": ("short_visit long_visit", {}, "max_adults", "each", 2),
}


def test_the_set_is_its_table() -> None:
    rows = {
        row.code: (set(row.services), row.scope.keys, row.limit, row.period, row.value)
        for row in SET.rows
        if row.limit not in (Limit.HOURS, Limit.DAYS)
    }
    assert rows == {
        code: (set(services.split()), *rest) for code, (services, *rest) in TABLE.items()
    }
    assert SET.isolator_goods is IsolatorGoods.REFUSE
    assert SET.valid_from.isoformat() == "2020-01-01"


def test_nothing_is_found_in_it() -> None:
    text = DRAFT.with_name("TEST-2026.toml").read_text("utf-8")
    assert examine(text)[1] == ()


@pytest.mark.parametrize(
    ("category", "service", "hours"),
    [
        (Category.CONVICT, Service.SHORT_VISIT, 4),
        (Category.REMAND, Service.SHORT_VISIT, 3),
        (Category.CONVICT, Service.LONG_VISIT, 72),
    ],
)
def test_how_long_a_visit_lasts(category: Category, service: Service, hours: int) -> None:
    answer = decide(facts({"category": category}, service=service), SET)
    assert answer.hours == hours
    assert not {"D01", "D02", "D03"} & set(answer.rules)


@pytest.mark.parametrize(
    ("prisoner", "rule", "passes"),
    [
        ({}, "T07", False),
        ({"birth": "2010-01-01"}, "T08", True),
        ({"medical": frozenset({Medical.ILL})}, "T11", True),
        ({"sex": Sex.FEMALE, "medical": frozenset({Medical.PREGNANT})}, "T09", True),
        ({"regime": Regime.SPECIAL, "condition": Condition.LIGHT}, "T07", False),
    ],
)
def test_the_month_weighs_on_remand_except_for_those_in_need(
    prisoner: dict[str, object], rule: str, passes: bool
) -> None:
    asked = facts(
        {"category": Category.REMAND, **prisoner}, service=Service.PACKAGE, grams=30_001
    )
    answer = decide(asked, SET)
    assert answer.passes is passes
    assert answer.rules == (rule,)
