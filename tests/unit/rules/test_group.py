"""Refusing one admits the others; a child needs an adult, and adults have a limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.codes import (
    Outcome,
    ReasonCode,
    Status,
)
from kiosk.rules.decide import decide
from kiosk.rules.facts import (
    DocumentFacts,
)
from tests.unit.rules import (
    ADULT,
    TEST_2026,
    adult,
    ban,
    being,
    child,
    codes,
    facts,
    span,
    used,
)


def test_refusing_one_does_not_refuse_the_others() -> None:
    people = (ADULT, adult("B"), child("C"))
    answer = decide(facts(people=people, restrictions=(ban(person="B"),)), TEST_2026)
    assert answer.outcome is Outcome.PARTLY
    assert answer.admitted == ("A", "C")


def test_a_refused_lead_does_not_stop_another_adult_from_leading() -> None:
    people = (ADULT, adult("B"), child("C"))
    answer = decide(facts(people=people, restrictions=(ban(),)), TEST_2026)
    assert answer.admitted == ("B", "C")


def test_a_child_needs_an_adult_who_goes_in() -> None:
    alone = decide(facts(people=(child("C"),)), TEST_2026)
    assert [(r.code, r.person) for r in alone.reasons] == [(ReasonCode.NO_ADULT, "C")]
    assert alone.next_allowed == date(2033, 6, 1)

    until_may = ban(span=span(None, "2026-04-30"))
    with_banned = decide(
        facts(people=(ADULT, child("C")), restrictions=(until_may,)), TEST_2026
    )
    assert with_banned.outcome is Outcome.REFUSED
    assert {r.code for r in with_banned.reasons} == {ReasonCode.BANNED, ReasonCode.NO_ADULT}
    assert with_banned.next_allowed == date(2026, 5, 1)


def test_of_too_many_adults_the_first_named_go_in() -> None:
    people = (ADULT, adult("B"), adult("D"), child("C"))
    answer = decide(facts(people=people), TEST_2026)
    assert answer.admitted == ("A", "B", "C")
    [reason] = answer.reasons
    assert (reason.code, reason.person, reason.rule) == (
        ReasonCode.TOO_MANY_ADULTS,
        "D",
        "T16",
    )
    assert (reason.used, reason.limit) == (3, 2)


def test_a_refused_adult_takes_no_place() -> None:
    people = (ADULT, adult("B"), adult("D"))
    answer = decide(facts(people=people, restrictions=(ban(),)), TEST_2026)
    assert answer.admitted == ("B", "D")


def test_all_reasons_are_listed_in_the_order_in_which_they_end() -> None:
    asked = facts(
        {"statuses": (being(Status.ISOLATOR, last="2026-04-10"),)},
        uses=used(*["2026-02-01"] * 3),
        restrictions=(ban(span=span("2026-01-01", "2026-05-31")),),
        people=(replace(ADULT, document=DocumentFacts("KGZ", "ID1", date(2020, 1, 1))),),
    )
    assert codes(asked) == [
        ReasonCode.ISOLATOR,
        ReasonCode.BANNED,
        ReasonCode.COUNT_EXHAUSTED,
        ReasonCode.DOCUMENT_EXPIRED,
    ]
    assert decide(asked, TEST_2026).next_allowed is None


def test_without_people_it_answers_for_the_prisoner_alone() -> None:
    assert decide(facts(people=()), TEST_2026).outcome is Outcome.ALLOWED
    assert codes(facts({"status": Status.DEAD}, people=())) == [ReasonCode.NOT_IN_PRISON]
