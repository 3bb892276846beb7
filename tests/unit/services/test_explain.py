"""A decision is explained for any moment, as of what was known then."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.codes import Outcome, ReasonCode, Service
from kiosk.errors import NotFound
from kiosk.services import departures, explain
from kiosk.services.explain import Explained, Question
from kiosk.values import PersonCard, PrisonerCard

from .gatehouse import Gatehouse, moment_of


def ask(
    gatehouse: Gatehouse, prisoner: PrisonerCard, *people: str, at: int, **told: Any
) -> Explained:
    service = told.pop("service", Service.SHORT_VISIT)
    question = Question(prisoner.file_number, people, service, at, **told)
    return gatehouse.ask(explain.explain, question)


def visit_six_times(gatehouse: Gatehouse, prisoner: PrisonerCard, visitor: PersonCard) -> None:
    for month in range(3, 9):
        gatehouse.at(2026, month, 10, 9, 0)
        recorded = gatehouse.visit(prisoner, visitor)
        gatehouse.clock.at += 3_600_000
        gatehouse.do(departures.leave, gatehouse.officer, recorded.case_id)


def test_past_present_and_future_are_each_explained_by_what_was_known(
    gatehouse: Gatehouse,
) -> None:
    prisoner, visitor = gatehouse.prisoner(), gatehouse.visitor()
    who = str(visitor.person_id)
    visit_six_times(gatehouse, prisoner, visitor)
    past = ask(gatehouse, prisoner, who, at=moment_of(2026, 5, 1, 9, 0))
    assert past.decision.outcome is Outcome.ALLOWED
    assert past.decision.remaining_before == 4
    now = ask(gatehouse, prisoner, who, at=moment_of(2026, 9, 1, 9, 0))
    assert [one.code for one in now.decision.reasons] == [ReasonCode.COUNT_EXHAUSTED]
    future = ask(gatehouse, prisoner, who, at=moment_of(2027, 1, 1, 9, 0))
    assert future.decision.outcome is Outcome.ALLOWED
    assert future.decision.remaining_before == 6


def test_a_visitor_is_named_by_id_document_or_personal_number(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    visitor = gatehouse.visitor(personal_number="20107198500012")
    assert visitor.document is not None
    at = gatehouse.clock.at
    for asked in (str(visitor.person_id), "20107198500012", visitor.document.number.lower()):
        explained = ask(gatehouse, prisoner, asked, at=at)
        assert explained.called == {str(visitor.person_id): asked}
        assert explained.decision.admitted == (str(visitor.person_id),)


def test_without_a_visitor_it_is_about_the_prisoner_alone(gatehouse: Gatehouse) -> None:
    explained = ask(gatehouse, gatehouse.prisoner(), at=gatehouse.clock.at)
    assert explained.decision.outcome is Outcome.ALLOWED
    assert explained.decision.remaining_before == 6
    assert (explained.rules.name, explained.rules.confirmed) == ("KG-DRAFT", False)


def test_goods_are_judged_by_their_weight(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    at, package = gatehouse.clock.at, Service.PACKAGE
    assert ask(gatehouse, prisoner, at=at, service=package, grams=20_000).decision.passes
    over = ask(gatehouse, prisoner, at=at, service=package, grams=20_001).decision
    assert [one.code for one in over.reasons] == [ReasonCode.WEIGHT_EXCEEDED]


def test_whoever_is_not_known_is_told_by_what_was_asked(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    with pytest.raises(NotFound, match="9999/99"):
        gatehouse.ask(
            explain.explain,
            Question("9999/99", (), Service.SHORT_VISIT, gatehouse.clock.at),
        )
    for nobody in ("AN0000000", "01890000-0000-7000-8000-000000000000"):
        with pytest.raises(NotFound, match=nobody):
            ask(gatehouse, prisoner, nobody, at=gatehouse.clock.at)


def test_a_case_is_found_by_the_number_on_its_paper(gatehouse: Gatehouse) -> None:
    recorded = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    assert gatehouse.ask(explain.case_of, recorded.number.lower()) == recorded.case_id
    for wrong in ("V-26-999999", "T-26-000001", "V-26", "", "V-26-000001-1"):
        with pytest.raises(NotFound):
            gatehouse.ask(explain.case_of, wrong)
