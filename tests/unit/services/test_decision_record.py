"""What is kept of a decision gives the same answer again, and names nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.codes import (
    Category,
    Condition,
    ReasonCode,
    Regime,
    Relation,
    RestrictionKind,
    Service,
    Sex,
    Status,
)
from kiosk.errors import NotFound
from kiosk.models.fields import Json
from kiosk.rules.ages import adult_from
from kiosk.rules.decide import decide
from kiosk.rules.facts import (
    DocumentFacts,
    Facts,
    Item,
    PermissionFacts,
    PersonFacts,
    PrisonerFacts,
    RelationFacts,
    RestrictionFacts,
    SessionFacts,
    Span,
    StatusEvent,
    Use,
)
from kiosk.rules.preset import parse
from kiosk.rules.rule_set import RuleRow, Scope
from kiosk.rules.terms import Limit, Medical, Period, PeriodStart
from kiosk.services import decision_record
from kiosk.services.rule_import import preset_text

from .gatehouse import Gatehouse

ZONE = ZoneInfo("Asia/Bishkek")
RULES = parse(preset_text("KG-DRAFT"))
NOON = 1_795_500_000_000  # 24 November 2026 in Bishkek
DAY_MS = 86_400_000
OWN, OTHERS = "0412/19", ("0077/21", "0398/22")

moments = st.integers(-400, 400).map(lambda days: NOON + days * DAY_MS)
days = st.integers(-400, 60).map(lambda more: date(2026, 11, 24) + timedelta(days=more))
spans = st.builds(Span, st.none() | moments, st.none() | moments)
file_numbers = st.sampled_from((OWN, *OTHERS))
births = st.sampled_from(("1985-07-01", "2009-02-28", "2008-11-24", "2015", "1990-03", "2004"))
services = st.sampled_from(Service)
permissions = st.builds(
    PermissionFacts,
    permission=st.sampled_from(("p1", "p2")),
    issuer=st.just("court"),
    number=st.just("44/SECRET"),
    prisoner=file_numbers,
    span=spans,
    uses=st.none() | st.integers(1, 3),
    used=st.integers(0, 3),
)
documents = st.builds(
    DocumentFacts,
    country=st.sampled_from(("KGZ", "UZB")),
    number=st.sampled_from(("AN7654321", "ID7654321")),
    expires=st.none() | days,
)
people = st.builds(
    PersonFacts,
    person=st.uuids().map(str),
    birth=births,
    document=st.none() | documents,
    relation=st.none()
    | st.builds(
        RelationFacts,
        st.sampled_from(Relation),
        st.booleans(),
        st.none() | st.booleans(),
        spans,
    ),
    permissions=st.lists(permissions, max_size=2).map(tuple),
    inside=st.booleans(),
    met_on=st.frozensets(days, max_size=2),
)
prisoners = st.builds(
    PrisonerFacts,
    file_number=st.just(OWN),
    category=st.sampled_from(Category),
    regime=st.just(Regime.STRICT),
    condition=st.just(Condition.ORDINARY),
    sex=st.sampled_from((Sex.MALE, Sex.FEMALE)),
    birth=st.sampled_from(("1980", "2009")),
    admitted=st.none() | days,
    statuses=st.lists(
        st.builds(StatusEvent, st.sampled_from(Status), moments, st.none() | moments),
        max_size=3,
    ).map(tuple),
    medical=st.frozensets(st.sampled_from(Medical), max_size=1),
)
restrictions = st.builds(
    RestrictionFacts,
    restriction=st.sampled_from(("r1", "r2")),
    kind=st.sampled_from(RestrictionKind),
    services=st.sampled_from((frozenset("*"), frozenset({Service.SHORT_VISIT}))),
    goods=st.none(),
    span=spans,
    ground=st.just("conduct"),
    person=st.none(),
    prisoner=st.none() | st.just(OWN),
)
individual = st.builds(
    RuleRow,
    code=st.just("I-1"),
    services=st.just(frozenset({Service.SHORT_VISIT})),
    limit=st.just(Limit.COUNT),
    period=st.just(Period.YEAR),
    value=st.none() | st.integers(0, 9),
    legal_ref=st.just("order 7"),
    scope=st.just(Scope(prisoner_id=OWN)),
)
facts = st.builds(
    Facts,
    service=services,
    at=moments,
    zone=st.just(ZONE),
    prisoner=prisoners,
    people=st.lists(people, min_size=1, max_size=3).map(tuple),
    uses=st.lists(
        st.builds(Use, services, days, st.integers(-1, 2), st.integers(0, 9000), st.booleans()),
        max_size=6,
    ).map(tuple),
    restrictions=st.lists(restrictions, max_size=2).map(tuple),
    non_associated=st.frozensets(st.sampled_from(OTHERS)),
    blocked_dates=st.frozensets(days, max_size=2),
    session=st.none()
    | st.builds(
        SessionFacts,
        st.just("s1"),
        st.integers(1, 3),
        st.integers(0, 3),
        st.frozensets(st.sampled_from(OTHERS)),
        st.booleans(),
    ),
    swap_from=st.none() | st.just(Service.LONG_VISIT),
    grams=st.none() | st.integers(0, 30_000),
    items=st.lists(st.builds(Item, st.just("i1"), st.just("food"), st.none()), max_size=1).map(
        tuple
    ),
    individual=st.lists(individual, max_size=1).map(tuple),
    period_start=st.sampled_from(PeriodStart),
    min_interval=st.booleans(),
)


def stored(kept: object) -> object:
    """As it comes back from the register."""
    column = Json()
    return column.python_value(column.db_value(kept))


@settings(max_examples=150, deadline=None)
@given(facts)
def test_what_is_kept_gives_the_same_answer(asked: Facts) -> None:
    kept = stored(decision_record.inputs(asked))
    assert isinstance(kept, dict)
    first, again = decide(asked, RULES), decide(decision_record.facts_of(kept), RULES)
    assert again.answers_like(first)
    assert (again.rules, again.balance, again.restrictions) == (
        first.rules,
        first.balance,
        first.restrictions,
    )
    in_order = decision_record.in_order
    assert in_order(decision_record.reason_rows(again)) == in_order(
        decision_record.reason_rows(first)
    )
    day = asked.day
    if all((adult_from(one.birth) or date.max) <= day for one in asked.people):
        # Without a child every date is the same as well.
        assert again == first


@settings(max_examples=100, deadline=None)
@given(facts)
def test_nothing_that_is_kept_names_anybody(asked: Facts) -> None:
    kept = json.dumps(decision_record.inputs(asked), ensure_ascii=False)
    for secret in (OWN, *OTHERS, "SECRET", "7654321", *(one.birth for one in asked.people)):
        assert f'"{secret}"' not in kept
        assert len(secret) < 7 or secret not in kept


def test_a_childs_next_date_is_not_kept_because_it_tells_the_birthday() -> None:
    child = PersonFacts("c", "2010-05-17")
    asked = Facts(
        Service.SHORT_VISIT,
        NOON,
        ZONE,
        PrisonerFacts(
            OWN, Category.CONVICT, Regime.STRICT, Condition.ORDINARY, Sex.MALE, "1980"
        ),
        (child,),
    )
    asked = replace(
        asked, prisoner=replace(asked.prisoner, statuses=(StatusEvent(Status.PRESENT, 0),))
    )
    decision = decide(asked, RULES)
    (alone,) = (one for one in decision.reasons if one.code is ReasonCode.NO_ADULT)
    assert alone.free_from == date(2028, 5, 17)
    rows = json.dumps(decision_record.reason_rows(decision))
    assert "2028" not in rows


def test_every_decision_of_a_case_can_be_decided_again(gatehouse: Gatehouse) -> None:
    prisoner, mother, child = gatehouse.prisoner(), gatehouse.visitor(), gatehouse.child()
    admitted = gatehouse.visit(prisoner, mother, child)
    refused = gatehouse.refuse(gatehouse.request(prisoner, gatehouse.child()))
    gatehouse.clock.at += 900 * DAY_MS
    for case in (admitted, refused):
        (again,) = gatehouse.db.run_read(decision_record.decide_again, case.case_id)
        assert again.agrees
        assert again.kept is case.decision.outcome
    with pytest.raises(NotFound):
        gatehouse.db.run_read(decision_record.decide_again, UUID(int=7))
