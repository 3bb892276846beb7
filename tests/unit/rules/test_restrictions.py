"""Bans, stops and conditions: on a person, a prisoner, a pair or the whole facility."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kiosk.codes import Outcome, ReasonCode, RestrictionKind, Service
from kiosk.rules.decide import decide
from kiosk.rules.facts import Span
from tests.unit.rules import ON_DUTY, TEST_2026, adult, ban, codes, facts, moment, span

Kind = RestrictionKind
TARGETS: dict[str, dict[str, Any]] = {
    "person": {"person": "A", "prisoner": None},
    "prisoner": {"person": None, "prisoner": "P-1"},
    "pair": {"person": "A", "prisoner": "P-1"},
    "facility": {"person": None, "prisoner": None},
}


@pytest.mark.parametrize(
    ("kind", "target", "code"),
    [
        (Kind.BAN, "person", ReasonCode.BANNED),
        (Kind.BAN, "pair", ReasonCode.BANNED),
        (Kind.BAN, "prisoner", ReasonCode.PRISONER_RESTRICTED),
        (Kind.BAN, "facility", ReasonCode.FACILITY_RESTRICTION),
        (Kind.STOP, "facility", ReasonCode.FACILITY_RESTRICTION),
        (Kind.NO_CONTACT, "pair", ReasonCode.NO_CONTACT),
        (Kind.NO_CONTACT, "prisoner", ReasonCode.NO_CONTACT),
        (Kind.CHILD_PROTECTION, "person", ReasonCode.CHILD_PROTECTION),
    ],
)
def test_each_kind_refuses_whom_it_is_put_on(kind: Kind, target: str, code: ReasonCode) -> None:
    restriction = ban(kind=kind, **TARGETS[target])
    answer = decide(
        facts(people=(adult("A"), adult("B")), restrictions=(restriction,)), TEST_2026
    )
    [reason] = answer.reasons
    assert (reason.code, reason.restriction) == (code, "B1")
    assert answer.restrictions == ("B1",)
    alone = restriction.person is not None
    assert answer.outcome is (Outcome.PARTLY if alone else Outcome.REFUSED)


@pytest.mark.parametrize(
    "target",
    [
        {"person": "Z", "prisoner": None},
        {"person": "A", "prisoner": "P-2"},
        {"person": None, "prisoner": "P-2"},
    ],
)
def test_what_is_put_on_others_does_not_matter(target: dict[str, Any]) -> None:
    assert codes(facts(restrictions=(ban(**target),))) == []


def test_a_closed_visit_is_a_condition_of_a_short_one_and_refuses_a_long_one() -> None:
    closed = ban(kind=Kind.CLOSED)
    short = decide(facts(restrictions=(closed,)), TEST_2026)
    assert short.outcome is Outcome.ALLOWED
    assert [(r.code, r.person) for r in short.conditions] == [(ReasonCode.CLOSED_VISIT, "A")]
    assert short.restrictions == ()
    long = decide(facts(service=Service.LONG_VISIT, restrictions=(closed,)), TEST_2026)
    assert [r.code for r in long.reasons] == [ReasonCode.CLOSED_VISIT]
    assert long.conditions == ()


def test_information_in_advance_is_a_condition() -> None:
    for target in TARGETS.values():
        told = decide(facts(restrictions=(ban(kind=Kind.PRE_INFO, **target),)), TEST_2026)
        assert told.outcome is Outcome.ALLOWED
        assert [r.code for r in told.conditions] == [ReasonCode.PRE_INFO]
    others = ban(kind=Kind.PRE_INFO, person="Z")
    assert decide(facts(restrictions=(others,)), TEST_2026).conditions == ()


@pytest.mark.parametrize("service", [*ON_DUTY, Service.OFFICIAL_VISIT])
def test_a_stop_of_everything_does_not_mean_those_on_duty(service: Service) -> None:
    stop = ban(kind=Kind.STOP, **TARGETS["facility"])
    assert codes(facts(service=service, restrictions=(stop,))) == []
    named = replace(stop, services=frozenset({"*", service.value}))
    assert codes(facts(service=service, restrictions=(named,))) == [
        ReasonCode.FACILITY_RESTRICTION
    ]


def test_a_stop_refuses_from_its_moment() -> None:
    stop = ban(
        kind=Kind.STOP,
        span=Span(moment("2026-04-01", "12:00"), moment("2026-04-03", "12:00")),
        **TARGETS["facility"],
    )
    for at, passes in (
        (moment("2026-04-01", "11:59"), True),
        (moment("2026-04-01", "12:00"), False),
        (moment("2026-04-03", "11:59"), False),
        (moment("2026-04-03", "12:00"), True),
    ):
        assert decide(facts(at=at, restrictions=(stop,)), TEST_2026).passes is passes


def test_the_next_day_is_judged_at_the_same_time_of_day() -> None:
    stop = ban(span=Span(None, moment("2026-04-03", "12:00")))
    early = facts(at=moment("2026-04-01", "11:59"), restrictions=(stop,))
    late = replace(early, at=moment("2026-04-01", "12:00"))
    assert decide(early, TEST_2026).next_allowed == date(2026, 4, 4)
    assert decide(late, TEST_2026).next_allowed == date(2026, 4, 3)


def test_a_ban_that_is_to_begin_counts_for_the_next_day() -> None:
    blocked = frozenset({date(2026, 4, 1)})
    later = ban(span=span("2026-04-02", "2026-04-10"))
    asked = facts(blocked_dates=blocked, restrictions=(later,))
    assert codes(asked) == [ReasonCode.DATE_BLOCKED]
    assert decide(asked, TEST_2026).next_allowed == date(2026, 4, 11)


def test_two_bans_are_told_apart_and_each_has_its_day() -> None:
    two = (
        ban(restriction="B1", span=span(None, "2026-04-10")),
        ban(restriction="B2", span=span(None, "2026-04-20")),
    )
    answer = decide(facts(restrictions=two), TEST_2026)
    assert [(r.restriction, r.free_from) for r in answer.reasons] == [
        ("B1", date(2026, 4, 11)),
        ("B2", date(2026, 4, 21)),
    ]
    assert answer.restrictions == ("B1", "B2")
