"""A short visit needs no relation, but one that is recorded must hold; a long one needs kin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kiosk.codes import Category, ReasonCode, Relation, Service
from kiosk.rules.decide import decide
from kiosk.rules.facts import PermissionFacts
from tests.unit.rules import (
    ADULT,
    PERMISSION,
    TEST_2026,
    WIFE,
    adult,
    child,
    codes,
    facts,
    span,
)

LONG, SHORT = Service.LONG_VISIT, Service.SHORT_VISIT
CLOSE = [ReasonCode.RELATION_NOT_CLOSE]


def related(**changes: Any) -> Any:
    return replace(ADULT, relation=replace(WIFE, **changes))


@pytest.mark.parametrize(
    ("service", "changes", "expected"),
    [
        (SHORT, {}, []),
        (SHORT, {"approved": False}, [ReasonCode.RELATION_NOT_APPROVED]),
        (SHORT, {"span": span("2026-04-02")}, [ReasonCode.RELATION_NOT_YET]),
        (SHORT, {"span": span("2026-04-01", "2026-04-01")}, []),
        (SHORT, {"span": span(None, "2026-03-31")}, [ReasonCode.RELATION_EXPIRED]),
        (SHORT, {"kind": Relation.NOT_KIN}, []),
        (SHORT, {"consent": None}, []),
        (SHORT, {"consent": False}, [ReasonCode.PRISONER_REFUSES]),
        (LONG, {}, []),
        (LONG, {"kind": Relation.GRANDCHILD}, []),
        (LONG, {"kind": Relation.OTHER_KIN}, CLOSE),
        (LONG, {"kind": Relation.NOT_KIN}, CLOSE),
        (LONG, {"approved": False}, [ReasonCode.RELATION_NOT_APPROVED]),
        (Service.LAWYER_VISIT, {"approved": False}, []),
        (Service.LAWYER_VISIT, {"consent": False}, [ReasonCode.PRISONER_REFUSES]),
        (Service.PACKAGE, {"consent": False}, []),
    ],
)
def test_what_the_relation_allows(
    service: Service, changes: dict[str, Any], expected: list[ReasonCode]
) -> None:
    assert codes(facts(service=service, people=(related(**changes),))) == expected


def test_a_stranger_may_make_a_short_visit_and_no_long_one() -> None:
    stranger = (replace(ADULT, relation=None),)
    assert codes(facts(people=stranger)) == []
    assert codes(facts(service=LONG, people=stranger)) == CLOSE


def test_all_that_is_wrong_with_a_relation_is_told() -> None:
    cousin = related(
        kind=Relation.OTHER_KIN, approved=False, consent=False, span=span("2026-05-01")
    )
    assert set(codes(facts(service=LONG, people=(cousin,)))) == {
        ReasonCode.PRISONER_REFUSES,
        ReasonCode.RELATION_NOT_CLOSE,
        ReasonCode.RELATION_NOT_APPROVED,
        ReasonCode.RELATION_NOT_YET,
    }


def test_a_relation_that_begins_later_is_the_next_day() -> None:
    answer = decide(facts(people=(related(span=span("2026-04-20")),)), TEST_2026)
    assert answer.next_allowed == date(2026, 4, 20)


def test_a_prisoner_who_refuses_one_lets_the_other_come() -> None:
    answer = decide(facts(people=(related(consent=False), adult("B"))), TEST_2026)
    assert answer.admitted == ("B",)
    assert answer.next_allowed is None


# ---- permissions on remand

REMAND = {"category": Category.REMAND}
NOT_YET = replace(PERMISSION, permission="W2", span=span("2026-05-01", "2026-05-31"))
EXPIRED = replace(PERMISSION, permission="W3", span=span("2026-01-01", "2026-03-31"))
USED_UP = replace(PERMISSION, permission="W4", uses=2, used=2)


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        ([PERMISSION], []),
        ([replace(PERMISSION, span=span("2026-04-01", "2026-04-01"))], []),
        ([replace(PERMISSION, uses=2, used=1)], []),
        ([], [ReasonCode.NO_PERMISSION]),
        ([replace(PERMISSION, prisoner="P-2")], [ReasonCode.NO_PERMISSION]),
        ([NOT_YET], [ReasonCode.PERMISSION_NOT_YET]),
        ([EXPIRED], [ReasonCode.PERMISSION_EXPIRED]),
        ([USED_UP], [ReasonCode.PERMISSION_USED_UP]),
        (
            [replace(EXPIRED, uses=1, used=1)],
            [ReasonCode.PERMISSION_EXPIRED, ReasonCode.PERMISSION_USED_UP],
        ),
        ([EXPIRED, NOT_YET, USED_UP, PERMISSION], []),
        ([EXPIRED, USED_UP, NOT_YET], [ReasonCode.PERMISSION_NOT_YET]),
        ([EXPIRED, USED_UP], [ReasonCode.PERMISSION_USED_UP]),
    ],
)
def test_a_visit_on_remand_needs_a_permission_that_is_good(
    papers: list[PermissionFacts], expected: list[ReasonCode]
) -> None:
    for order in (papers, papers[::-1]):
        person = replace(ADULT, permissions=tuple(order))
        assert codes(facts(REMAND, people=(person,))) == expected


def test_a_permission_that_begins_later_is_the_next_day() -> None:
    person = replace(ADULT, permissions=(NOT_YET, EXPIRED))
    answer = decide(facts(REMAND, people=(person,)), TEST_2026)
    assert answer.next_allowed == answer.reasons[0].free_from == date(2026, 5, 1)


def test_a_permission_that_will_have_run_out_leaves_no_next_day() -> None:
    person = replace(ADULT, permissions=(replace(PERMISSION, span=span(None, "2026-04-30")),))
    full = facts(REMAND, people=(person,), uses=())
    month = replace(full, blocked_dates=frozenset({full.day}))
    assert decide(month, TEST_2026).next_allowed == date(2026, 4, 2)
    one_day = replace(person, permissions=(replace(PERMISSION, span=span(None, full.day)),))
    assert decide(replace(month, people=(one_day,)), TEST_2026).next_allowed is None


def test_everybody_of_a_group_needs_a_permission() -> None:
    without = replace(child("C"), permissions=())
    answer = decide(facts(REMAND, people=(ADULT, without)), TEST_2026)
    assert answer.admitted == ("A",)
    assert [(r.code, r.person) for r in answer.reasons] == [(ReasonCode.NO_PERMISSION, "C")]


def test_lawyers_and_senders_need_no_permission() -> None:
    person = replace(ADULT, permissions=(), relation=None)
    for service in (Service.LAWYER_VISIT, Service.MEDICAL_PACKAGE):
        assert codes(facts(REMAND, service=service, people=(person,))) == []
