"""What the head or a court grants one prisoner stands above the rules of all, for its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from kiosk.codes import ReasonCode, SameGround, Service
from kiosk.errors import Invalid, NotAllowed, NotFound
from kiosk.rules.decision import Decision
from kiosk.rules.terms import Limit, Period
from kiosk.services import doubles, individual
from kiosk.values import PrisonerCard
from kiosk.values.rulebook import IndividualEntry, IndividualLine

from .gatehouse import Gatehouse

TODAY = date(2026, 3, 6)


def decided(prisoner: PrisonerCard, **told: Any) -> IndividualEntry:
    """Nine short visits a year instead of the six of all."""
    entered = IndividualEntry(
        prisoner_id=prisoner.prisoner_id,
        services=frozenset({Service.SHORT_VISIT}),
        limit=Limit.COUNT,
        period=Period.YEAR,
        value=9,
        legal_ref="Order of the head, 02.03.2026 No. 14",
        from_day=TODAY,
        to_day=None,
    )
    return replace(entered, **told)


def record(gatehouse: Gatehouse, entered: IndividualEntry) -> IndividualLine:
    return gatehouse.do(individual.record, gatehouse.supervisor, entered)


def listed(gatehouse: Gatehouse, prisoner: PrisonerCard) -> tuple[IndividualLine, ...]:
    return gatehouse.ask(individual.of_prisoner, gatehouse.officer, prisoner.prisoner_id)


def answer(gatehouse: Gatehouse, prisoner: PrisonerCard) -> Decision:
    request = gatehouse.request(prisoner, gatehouse.visitor())
    return gatehouse.propose(request).decision


def test_a_decision_about_one_prisoner_decides_for_them_alone(gatehouse: Gatehouse) -> None:
    prisoner, another = gatehouse.prisoner(), gatehouse.prisoner("Токтогулов")
    line = record(gatehouse, decided(prisoner))
    balance = answer(gatehouse, prisoner).balance
    assert balance is not None
    assert (balance.rule, balance.limit) == (line.code, 9)
    other = answer(gatehouse, another).balance
    assert other is not None
    assert other.limit == 6


def test_it_holds_from_its_first_day_to_its_last(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    tomorrow = TODAY + timedelta(days=1)
    record(gatehouse, decided(prisoner, value=0, from_day=tomorrow, to_day=tomorrow))
    assert answer(gatehouse, prisoner).passes
    gatehouse.at(2026, 3, 7, 9, 0)
    refused = answer(gatehouse, prisoner)
    [reason] = refused.reasons
    assert reason.code is ReasonCode.COUNT_EXHAUSTED
    assert reason.legal_ref == "Order of the head, 02.03.2026 No. 14"
    gatehouse.at(2026, 3, 8, 9, 0)
    assert answer(gatehouse, prisoner).passes


def test_taken_back_it_holds_no_more_and_is_not_forgotten(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    line = record(gatehouse, decided(prisoner, value=0))
    assert not answer(gatehouse, prisoner).passes
    gatehouse.do(individual.end, gatehouse.supervisor, line.individual_id)
    assert answer(gatehouse, prisoner).passes
    assert listed(gatehouse, prisoner) == ()
    assert gatehouse.counts()["individual_rule"] == 1
    with pytest.raises(Invalid, match="taken back before"):
        gatehouse.do(individual.end, gatehouse.supervisor, line.individual_id)
    with pytest.raises(NotFound):
        gatehouse.do(individual.end, gatehouse.supervisor, UUID(int=1))


def test_the_card_lists_what_holds_and_what_is_to_come(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    now = record(gatehouse, decided(prisoner))
    later = record(
        gatehouse,
        decided(prisoner, services=frozenset({Service.LONG_VISIT}), from_day=date(2026, 9, 1)),
    )
    assert listed(gatehouse, prisoner) == (now, later)
    assert (now.code, later.code) == ("I-1", "I-2")


def test_two_decisions_never_speak_of_the_same_matter_at_once(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    record(gatehouse, decided(prisoner, to_day=date(2026, 6, 30)))
    with pytest.raises(Invalid, match="I-1"):
        record(gatehouse, decided(prisoner, value=10))
    record(gatehouse, decided(prisoner, value=10, from_day=date(2026, 7, 1)))
    record(gatehouse, decided(prisoner, limit=Limit.COUNT, period=Period.MONTH))


def test_it_is_found_under_every_record_of_the_same_prisoner(gatehouse: Gatehouse) -> None:
    prisoner, double = gatehouse.prisoner(), gatehouse.prisoner()
    record(gatehouse, decided(double))
    one, other = prisoner.prisoner_id, double.prisoner_id
    compared = gatehouse.ask(doubles.compare, gatehouse.supervisor, one, other)
    gatehouse.do(
        doubles.join,
        gatehouse.supervisor,
        one,
        other,
        SameGround.OTHER,
        compared.differences,
    )
    balance = answer(gatehouse, prisoner).balance
    assert balance is not None
    assert balance.limit == 9
    assert [line.value for line in listed(gatehouse, prisoner)] == [9]
    with pytest.raises(Invalid, match="I-1"):
        record(gatehouse, decided(prisoner, value=10))


def test_only_a_supervisor_or_an_administrator_decides(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    with pytest.raises(NotAllowed):
        gatehouse.do(individual.record, gatehouse.officer, decided(prisoner))
    line = record(gatehouse, decided(prisoner))
    with pytest.raises(NotAllowed):
        gatehouse.do(individual.end, gatehouse.officer, line.individual_id)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("service", {"services": frozenset()}),
        ("period", {"limit": Limit.COUNT, "period": Period.EACH}),
        ("period", {"limit": Limit.HOURS, "period": Period.EACH}),
        ("value", {"value": -1}),
        ("value", {"limit": Limit.GRAMS, "period": Period.MONTH, "value": 0}),
        ("legal_ref", {"legal_ref": " "}),
        ("to_day", {"to_day": TODAY - timedelta(days=1)}),
        ("to_day", {"from_day": date(2026, 1, 1), "to_day": date(2026, 2, 1)}),
        ("from_day", {"from_day": date(2062, 3, 6)}),
    ],
)
def test_what_no_rule_can_say_is_refused_at_its_field(
    gatehouse: Gatehouse, field: str, told: dict[str, Any]
) -> None:
    prisoner = gatehouse.prisoner()
    before = gatehouse.counts()
    with pytest.raises(Invalid) as refusal:
        record(gatehouse, decided(prisoner, **told))
    assert refusal.value.field == field
    assert gatehouse.written(before) == {}


def test_an_unknown_prisoner_is_told(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    with pytest.raises(NotFound):
        record(gatehouse, replace(decided(prisoner), prisoner_id=UUID(int=1)))
