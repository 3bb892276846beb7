"""What may still be brought: for men, women, minors, the ill and the pregnant; and of what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kiosk.codes import Category, Condition, Regime, RestrictionKind, Service, Sex
from kiosk.rules.asked import ask
from kiosk.rules.decide import decide
from kiosk.rules.facts import Facts, RestrictionFacts, Use
from kiosk.rules.room import room, stopped
from kiosk.rules.terms import Medical
from kiosk.support.deciding import preset
from kiosk.values.goods import Room
from tests.unit.rules import facts, span

DRAFT = preset("KG-DRAFT")
CONVICT: dict[str, Any] = {"regime": Regime.GENERAL, "condition": Condition.ORDINARY}
REMAND: dict[str, Any] = {"category": Category.REMAND, "regime": None, "condition": None}
WOMAN: dict[str, Any] = {"sex": Sex.FEMALE}
MINOR: dict[str, Any] = {"birth": "2010-01-01"}
TOBACCO, FRESH = frozenset({"tobacco"}), frozenset({"perishable", "tobacco"})


def left(about: Facts) -> Room:
    return room(ask(about, DRAFT))


def bag(prisoner: dict[str, Any], **changes: Any) -> Facts:
    return facts(prisoner, **{"service": Service.PACKAGE, **changes})


def packages(*grams: int) -> tuple[Use, ...]:
    return tuple(Use(Service.PACKAGE, date(2026, 4, 1), 1, one) for one in grams)


@pytest.mark.parametrize(
    ("prisoner", "limit"),
    [
        (CONVICT, 6),
        (CONVICT | WOMAN, None),
        (CONVICT | MINOR, None),
        (CONVICT | {"condition": Condition.LIGHT}, 12),
    ],
)
def test_how_many_a_year_is_told_as_the_rules_of_this_prisoner_say(
    prisoner: dict[str, Any], limit: int | None
) -> None:
    told = left(bag(prisoner, uses=packages(9000)))
    assert told.limit == limit
    assert told.used == (1 if limit is not None else None)
    assert told.grams_left == 20_000


@pytest.mark.parametrize(
    ("prisoner", "grams"),
    [
        (REMAND, 30_000),
        (REMAND | MINOR, None),
        (REMAND | {"medical": frozenset({Medical.ILL})}, None),
        (REMAND | WOMAN | {"medical": frozenset({Medical.PREGNANT})}, None),
        (REMAND | WOMAN | {"medical": frozenset({Medical.CHILD_UNDER_3})}, None),
        (REMAND | WOMAN, 30_000),
    ],
)
def test_the_grams_of_a_month_on_remand_are_told_as_the_rules_of_this_prisoner_say(
    prisoner: dict[str, Any], grams: int | None
) -> None:
    assert left(bag(prisoner)).grams_left == grams


def test_what_was_brought_this_month_is_taken_off_the_grams_that_are_left() -> None:
    assert left(bag(REMAND, uses=packages(12_000, 17_999))).grams_left == 1
    assert left(bag(REMAND, uses=packages(30_000))).grams_left == 0
    in_march = (Use(Service.PACKAGE, date(2026, 3, 31), 1, 30_000),)
    assert left(bag(REMAND, uses=in_march)).grams_left == 30_000


def test_more_than_the_month_holds_leaves_nothing_and_not_less() -> None:
    assert left(bag(REMAND, uses=packages(20_000, 12_000))).grams_left == 0


@pytest.mark.parametrize("prisoner", [CONVICT, REMAND, CONVICT | WOMAN, REMAND | MINOR])
@pytest.mark.parametrize("brought", [(), (4_000,), (9_000, 9_000)])
def test_exactly_what_is_told_passes_and_one_gram_more_does_not(
    prisoner: dict[str, Any], brought: tuple[int, ...]
) -> None:
    uses = packages(*brought)
    most = left(bag(prisoner, uses=uses)).grams_left
    if most is None:
        assert decide(bag(prisoner, uses=uses, grams=500_000), DRAFT).passes
    else:
        assert decide(bag(prisoner, uses=uses, grams=most), DRAFT).passes
        assert not decide(bag(prisoner, uses=uses, grams=most + 1), DRAFT).passes


def test_a_medical_package_is_not_counted_and_has_no_limit() -> None:
    told = left(bag(CONVICT, service=Service.MEDICAL_PACKAGE, uses=packages(9000)))
    assert told == Room()


def test_a_class_that_is_stopped_is_told_once_with_its_reason() -> None:
    first = RestrictionFacts("G1", RestrictionKind.STOP, frozenset({"*"}), TOBACCO, span())
    second = RestrictionFacts("G2", RestrictionKind.STOP, frozenset({"*"}), FRESH, span())
    told = stopped(ask(bag(CONVICT, restrictions=(first, second)), DRAFT))
    assert [(one.goods_class, one.reason.restriction) for one in told] == [
        ("tobacco", "G1"),
        ("perishable", "G2"),
    ]


def test_what_is_stopped_for_another_sender_or_prisoner_is_not_told() -> None:
    of_two = [
        RestrictionFacts(of, RestrictionKind.BAN, frozenset({"*"}), TOBACCO, span(), person=of)
        for of in ("B", "A")
    ]
    elsewhere = RestrictionFacts(
        "G3", RestrictionKind.STOP, frozenset({"*"}), FRESH, span(), prisoner="P-2"
    )
    told = stopped(ask(bag(CONVICT, restrictions=(*of_two, elsewhere)), DRAFT))
    assert [(one.goods_class, one.reason.restriction) for one in told] == [("tobacco", "A")]
