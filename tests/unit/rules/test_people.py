"""Each who asks is judged alone: ban, document, inside already, here today already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.codes import (
    ReasonCode,
    Service,
)
from kiosk.rules.decide import decide
from kiosk.rules.facts import (
    DocumentFacts,
)
from tests.unit.rules import (
    ADULT,
    DAY,
    ON_DUTY,
    TEST_2026,
    ban,
    codes,
    facts,
    span,
    used,
)


def test_a_banned_visitor_is_refused_with_a_rule_and_with_the_ban_and_its_ground() -> None:
    answer = decide(
        facts(restrictions=(ban(span=span("2026-01-01", "2026-05-31")),)), TEST_2026
    )
    [reason] = answer.reasons
    assert reason.code is ReasonCode.BANNED
    assert (reason.rule, reason.legal_ref) == ("R-banned", "article of banned")
    assert (reason.restriction, reason.ground, reason.person) == ("B1", "order 7", "A")
    assert reason.since == date(2026, 1, 1)
    assert (reason.until, reason.free_from) == (date(2026, 5, 31), date(2026, 6, 1))
    assert answer.next_allowed == date(2026, 6, 1)


def test_a_ban_holds_on_its_first_and_its_last_day() -> None:
    one_day = ban(span=span(DAY, DAY))
    assert not decide(facts(restrictions=(one_day,)), TEST_2026).passes
    for day in (DAY - timedelta(1), DAY + timedelta(1)):
        assert decide(facts(restrictions=(one_day,), day=day), TEST_2026).passes


def test_a_ban_for_all_services_does_not_mean_those_on_duty() -> None:
    for service in (*ON_DUTY, Service.OFFICIAL_VISIT):
        assert decide(facts(service=service, restrictions=(ban(),)), TEST_2026).passes
        named = ban(services=frozenset({service.value}))
        assert codes(facts(service=service, restrictions=(named,))) == [ReasonCode.BANNED]
    assert codes(facts(service=Service.PACKAGE, restrictions=(ban(),))) == [ReasonCode.BANNED]


def test_a_ban_on_another_person_or_service_does_not_matter() -> None:
    assert decide(facts(restrictions=(ban(person="B"),)), TEST_2026).passes
    parcels = ban(services=frozenset({"parcel"}))
    assert decide(facts(restrictions=(parcels,)), TEST_2026).passes


def test_a_stop_for_everybody_refuses_the_whole_case() -> None:
    answer = decide(facts(restrictions=(ban(person=None),)), TEST_2026)
    assert answer.reasons[0].person is None
    assert answer.admitted == ()


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (DocumentFacts("KGZ", "ID1234567", DAY), []),
        (DocumentFacts("KGZ", "ID1234567", DAY - timedelta(1)), [ReasonCode.DOCUMENT_EXPIRED]),
        (DocumentFacts("KGZ", "ID1234567"), []),
        (DocumentFacts("KGZ", "AN1234567"), [ReasonCode.DOCUMENT_WITHDRAWN]),
        (DocumentFacts("KGZ", "an 1234567"), [ReasonCode.DOCUMENT_WITHDRAWN]),
        (DocumentFacts("KGZ", "АН1234567"), [ReasonCode.DOCUMENT_WITHDRAWN]),
        (DocumentFacts("KAZ", "AN1234567"), []),
        (
            DocumentFacts("KGZ", "AN1234567", date(2014, 1, 1)),
            [ReasonCode.DOCUMENT_WITHDRAWN, ReasonCode.DOCUMENT_EXPIRED],
        ),
        (None, []),
    ],
)
def test_a_document_is_good_to_its_last_day_and_the_series_an_is_withdrawn(
    document: DocumentFacts | None, expected: list[ReasonCode]
) -> None:
    assert codes(facts(people=(replace(ADULT, document=document),))) == expected


def test_a_document_that_will_have_run_out_leaves_no_next_day() -> None:
    short = replace(ADULT, document=DocumentFacts("KGZ", "ID1", date(2026, 12, 31)))
    exhausted = facts(people=(short,), uses=used(*["2026-02-01"] * 3))
    assert decide(exhausted, TEST_2026).next_allowed is None


def test_nobody_is_inside_twice_or_visits_the_same_prisoner_twice_a_day() -> None:
    inside = facts(people=(replace(ADULT, inside=True),))
    assert codes(inside) == [ReasonCode.ALREADY_INSIDE]
    answer = decide(facts(people=(replace(ADULT, met_on=frozenset({DAY})),)), TEST_2026)
    assert answer.reasons[0].code is ReasonCode.DUPLICATE_TODAY
    assert answer.next_allowed == DAY + timedelta(1)
