"""Where the prisoner is stops what it must, and ends by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.codes import (
    ReasonCode,
    Service,
    Status,
)
from kiosk.rules.decide import decide
from kiosk.rules.terms import IsolatorGoods
from tests.unit.rules import (
    KIN,
    ON_DUTY,
    TEST_2026,
    being,
    codes,
    facts,
)


@pytest.mark.parametrize(
    ("status", "service", "code"),
    [
        *((Status.ISOLATOR, one, ReasonCode.ISOLATOR) for one in KIN),
        (Status.ISOLATOR, Service.OFFICIAL_VISIT, ReasonCode.ISOLATOR),
        (Status.ISOLATOR, Service.CLERGY_VISIT, ReasonCode.ISOLATOR),
        (Status.ISOLATOR, Service.PACKAGE, ReasonCode.ISOLATOR),
        *((Status.ISOLATOR, one, None) for one in ON_DUTY),
        (Status.ISOLATOR, Service.MEDICAL_PACKAGE, None),
        (Status.QUARANTINE, Service.SHORT_VISIT, ReasonCode.QUARANTINE),
        (Status.QUARANTINE, Service.PACKAGE, ReasonCode.QUARANTINE),
        (Status.QUARANTINE, Service.LAWYER_VISIT, None),
        (Status.COURT, Service.SHORT_VISIT, ReasonCode.PRISONER_AWAY),
        (Status.COURT, Service.LAWYER_VISIT, ReasonCode.PRISONER_AWAY),
        (Status.COURT, Service.PACKAGE, None),
        (Status.HOSPITAL, Service.SHORT_VISIT, ReasonCode.PRISONER_AWAY),
        (Status.HOSPITAL, Service.PACKAGE, None),
        (Status.TRANSFERRED, Service.LAWYER_VISIT, ReasonCode.NOT_IN_PRISON),
        (Status.RELEASED, Service.PACKAGE, ReasonCode.NOT_IN_PRISON),
        (Status.DEAD, Service.MEDICAL_PACKAGE, ReasonCode.NOT_IN_PRISON),
        (None, Service.SHORT_VISIT, ReasonCode.NOT_IN_PRISON),
        (Status.PRESENT, Service.SHORT_VISIT, None),
    ],
)
def test_the_prisoners_place_stops_what_it_must(
    status: Status | None, service: Service, code: ReasonCode | None
) -> None:
    assert codes(facts({"status": status}, service=service)) == ([code] if code else [])


def test_a_status_with_a_planned_end_ends_by_itself() -> None:
    isolator = {"statuses": (being(Status.ISOLATOR, last="2026-04-10"),)}
    answer = decide(facts(isolator), TEST_2026)
    [reason] = answer.reasons
    assert (reason.until, reason.free_from) == (date(2026, 4, 10), date(2026, 4, 11))
    assert answer.next_allowed == date(2026, 4, 11)
    assert decide(facts(isolator, day=date(2026, 4, 11)), TEST_2026).passes


def test_goods_for_the_isolator_are_held_where_the_set_says_so() -> None:
    held = replace(TEST_2026, isolator_goods=IsolatorGoods.HOLD)
    asked = facts({"status": Status.ISOLATOR}, service=Service.PACKAGE)
    assert decide(asked, held).passes
    assert not decide(facts({"status": Status.ISOLATOR}), held).passes


def test_what_never_ends_has_no_next_day() -> None:
    for status in (Status.DEAD, Status.RELEASED, Status.TRANSFERRED, Status.ISOLATOR):
        assert decide(facts({"status": status}), TEST_2026).next_allowed is None


def test_of_statuses_that_overlap_the_one_that_began_last_counts() -> None:
    court_within = {
        "statuses": (
            being(Status.PRESENT),
            being(Status.QUARANTINE, "2026-03-20", "2026-04-15"),
            being(Status.COURT, "2026-04-01", "2026-04-01"),
        )
    }
    answer = decide(facts(court_within), TEST_2026)
    assert [r.code for r in answer.reasons] == [ReasonCode.PRISONER_AWAY]
    assert answer.reasons[0].free_from == date(2026, 4, 2)
    assert answer.next_allowed == date(2026, 4, 16)
    assert codes(facts(court_within, day="2026-04-02")) == [ReasonCode.QUARANTINE]


def test_who_is_said_to_be_here_again_is_no_longer_in_the_isolator() -> None:
    back = {
        "statuses": (
            being(Status.ISOLATOR, last="2026-04-30"),
            being(Status.PRESENT, "2026-04-01"),
        )
    }
    assert codes(facts(back)) == []


def test_a_transfer_that_is_planned_leaves_no_day_after_it() -> None:
    leaving = {
        "statuses": (
            being(Status.ISOLATOR, last="2026-04-10"),
            being(Status.TRANSFERRED, "2026-04-08"),
        )
    }
    answer = decide(facts(leaving), TEST_2026)
    assert [r.code for r in answer.reasons] == [ReasonCode.ISOLATOR]
    assert answer.next_allowed is None
