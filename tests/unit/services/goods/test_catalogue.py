"""The catalogue of a register: what stands in it on a day, and how that changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kiosk.codes import Allowed, GoodsClass, Inspection, Unit
from kiosk.errors import Invalid, NotAllowed
from kiosk.papers import ThingName
from kiosk.services import known
from kiosk.services.desk import Desk
from kiosk.services.entry import moment
from kiosk.services.goods import catalogue, shipped_catalogue
from kiosk.values.goods import UNRECORDED, CatalogueEntry
from tests.unit.services.gatehouse import Gatehouse

SUGAR = CatalogueEntry(
    catalogue_id=UNRECORDED,
    code="su",
    code_ky="ше",
    code_ru="са",
    name=ThingName("шекер", "сахар", "sugar"),
    goods_class=GoodsClass.FOOD,
    unit=Unit.KILOGRAM,
    allowed=Allowed.LIMITED,
    max_grams=2000,
    inspection=Inspection.OPEN,
    legal_ref="order 379",
)
GARLIC = replace(
    SUGAR,
    code="ga",
    code_ky="са",
    code_ru="чс",
    name=ThingName("сарымсак", "чеснок", "garlic"),
)


def record(gatehouse: Gatehouse, entered: CatalogueEntry) -> CatalogueEntry:
    return gatehouse.do(catalogue.record, gatehouse.supervisor, entered)


def standing(gatehouse: Gatehouse, day: date | None = None) -> dict[str, CatalogueEntry]:
    today = gatehouse.desk.day()
    return {one.code: one for one in gatehouse.ask(catalogue.in_force, day or today)}


def refused(gatehouse: Gatehouse, entered: CatalogueEntry) -> str:
    """The field that is complained about; nothing is written."""
    before = gatehouse.counts()
    with pytest.raises(Invalid) as refusal:
        record(gatehouse, entered)
    assert not gatehouse.written(before)
    return refusal.value.field


def test_a_thing_stands_from_its_day_on_until_a_later_row(gatehouse: Gatehouse) -> None:
    today = gatehouse.desk.day()
    first = record(gatehouse, SUGAR)
    assert first.valid_from == today
    later = today + timedelta(days=10)
    second = record(gatehouse, replace(first, max_grams=3000, valid_from=later))
    assert standing(gatehouse)["su"] == first
    assert standing(gatehouse, later - timedelta(days=1))["su"] == first
    assert standing(gatehouse, later)["su"] == second
    assert not standing(gatehouse, today - timedelta(days=1))
    assert gatehouse.ask(lambda _desk: catalogue.rows_of("su")) == (second, first)


def test_of_two_rows_that_begin_on_one_day_the_later_one_stands(gatehouse: Gatehouse) -> None:
    first = record(gatehouse, SUGAR)
    second = record(gatehouse, replace(first, max_grams=1000))
    assert standing(gatehouse)["su"] == second


def test_what_is_withdrawn_is_listed_no_more_and_still_known(gatehouse: Gatehouse) -> None:
    sugar = record(gatehouse, SUGAR)
    record(gatehouse, replace(sugar, allowed=Allowed.WITHDRAWN))
    assert not standing(gatehouse)
    found = gatehouse.ask(lambda _desk: catalogue.known([sugar.catalogue_id]))
    assert found == {sugar.catalogue_id: sugar}
    again = record(gatehouse, SUGAR)
    assert standing(gatehouse)["su"] == again


def test_a_decision_of_the_past_is_asked_with_the_catalogue_of_then(
    gatehouse: Gatehouse,
) -> None:
    first = record(gatehouse, SUGAR)
    then = gatehouse.ask(moment)
    gatehouse.clock.at += 60_000
    record(gatehouse, replace(first, max_grams=1000))

    def at_that_moment(desk: Desk) -> tuple[CatalogueEntry, ...]:
        with known.at(then):
            return catalogue.in_force(desk, desk.day())

    assert gatehouse.ask(at_that_moment) == (first,)


def test_an_officer_does_not_change_the_catalogue(gatehouse: Gatehouse) -> None:
    record(gatehouse, SUGAR)
    with pytest.raises(NotAllowed):
        gatehouse.do(catalogue.record, gatehouse.officer, GARLIC)


def test_no_code_stands_for_two_things_of_one_language(gatehouse: Gatehouse) -> None:
    sugar = record(gatehouse, SUGAR)
    record(gatehouse, GARLIC)  # са: garlic in Kyrgyz, sugar in Russian
    assert refused(gatehouse, replace(sugar, code_ky="са")) == "code_ky"
    assert refused(gatehouse, replace(GARLIC, code="xx", code_ky="")) == "code_ru"


def test_no_code_will_stand_for_two_things_on_a_later_day(gatehouse: Gatehouse) -> None:
    garlic = record(gatehouse, GARLIC)
    later = gatehouse.desk.day() + timedelta(days=10)
    record(gatehouse, replace(garlic, code_ru="са", valid_from=later))
    assert refused(gatehouse, SUGAR) == "code_ru"


def test_a_new_thing_never_takes_the_place_of_a_known_one(gatehouse: Gatehouse) -> None:
    record(gatehouse, SUGAR)
    other = replace(SUGAR, name=ThingName("шекер", "рафинад", "lump sugar"))
    assert refused(gatehouse, other) == "code"


def test_two_officers_never_change_one_thing_unseen(gatehouse: Gatehouse) -> None:
    seen = record(gatehouse, SUGAR)
    record(gatehouse, replace(seen, max_grams=1000))
    assert refused(gatehouse, replace(seen, max_grams=3000)) == "code"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"code": "Su"}, "code"),
        ({"code": "s"}, "code"),
        ({"code": "са"}, "code"),
        ({"code_ky": "she"}, "code_ky"),
        ({"code_ru": "сахар"}, "code_ru"),
        ({"name": ThingName("шекер", "", "sugar")}, "name_ru"),
        ({"name": ThingName("=1+1", "сахар", "sugar")}, "name_ky"),
        ({"name": ThingName("шекер", "сахар", "s" * 41)}, "name_en"),
        ({"max_grams": None}, "allowed"),
        ({"allowed": Allowed.ALLOWED}, "allowed"),
        ({"max_grams": None, "max_pieces": 2}, "max_pieces"),
        ({"unit": Unit.PIECE}, "max_grams"),
        ({"legal_ref": ""}, "legal_ref"),
        ({"legal_ref": "=cmd()"}, "legal_ref"),
        ({"valid_from": date(2020, 1, 1)}, "valid_from"),
    ],
)
def test_what_cannot_stand_in_a_catalogue_is_refused_by_its_field(
    gatehouse: Gatehouse, told: dict[str, Any], field: str
) -> None:
    assert refused(gatehouse, replace(SUGAR, **told)) == field


def test_the_shipped_catalogue_stands_from_the_first_day_on(gatehouse: Gatehouse) -> None:
    gatehouse.do(shipped_catalogue.take_in)
    things = standing(gatehouse)
    assert len(things) == len(shipped_catalogue.entries()) >= 150
    sugar = things["su"]
    assert (sugar.unit, sugar.allowed, sugar.max_grams) == (
        Unit.KILOGRAM,
        Allowed.LIMITED,
        2000,
    )
    assert things["ci"].max_pieces == 10
    assert things["me"].medical
    assert things["br"].perishable_hours == 24
    assert things["vo"].allowed is Allowed.FORBIDDEN
    assert {one.goods_class for one in things.values()} == set(GoodsClass)
