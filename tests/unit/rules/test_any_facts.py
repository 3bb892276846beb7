"""What holds for any facts: one answer, with a rule, and a next day that is the first."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.codes import (
    Category,
    Condition,
    Outcome,
    RestrictionKind,
    Service,
    Sex,
    Status,
)
from kiosk.rules.ages import adult_from
from kiosk.rules.days import day_of
from kiosk.rules.decide import decide
from kiosk.rules.facts import (
    DocumentFacts,
    Facts,
    PersonFacts,
    RestrictionFacts,
    StatusEvent,
    Use,
)
from tests.unit.rules import (
    ADULT,
    TEST_2026,
    ZONE,
    adult,
    ban,
    child,
    facts,
    moment,
    row,
    rule_set,
    span,
    used,
)

days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
births = st.one_of(
    st.dates(date(1940, 1, 1), date(2026, 1, 1)).map(date.isoformat),
    st.sampled_from(["2008", "2009-07", "", "nonsense", "2008-02-29", "1985"]),
)
documents = st.none() | st.builds(
    DocumentFacts,
    st.sampled_from(["KGZ", "UZB", ""]),
    st.sampled_from(["ID1", "AN1", ""]),
    st.none() | days,
)
groups = st.lists(
    st.builds(
        PersonFacts,
        st.just(""),
        births,
        document=documents,
        inside=st.sampled_from([False, False, False, True]),
        met_on=st.frozensets(days, max_size=2),
    ),
    max_size=4,
).map(lambda people: tuple(replace(one, person=str(n)) for n, one in enumerate(people)))
restrictions = st.builds(
    RestrictionFacts,
    st.just("B"),
    st.just(RestrictionKind.BAN),
    st.sampled_from([frozenset({"*"}), frozenset({"short_visit"}), frozenset[str]()]),
    st.none(),
    st.builds(span, days, st.none() | days),
    st.sampled_from(["", "order 7"]),
    st.sampled_from([None, "0", "1", "x"]),
)
uses = st.builds(
    Use,
    st.sampled_from([Service.SHORT_VISIT, Service.PACKAGE, Service.PARCEL]),
    days,
    st.sampled_from([1, 1, 1, -1, 2]),
)
any_facts = st.builds(
    Facts,
    service=st.sampled_from(Service),
    at=days.map(moment),
    zone=st.just(ZONE),
    prisoner=st.builds(
        lambda category, condition, sex, birth, status, last: replace(
            facts().prisoner,
            category=category,
            condition=condition,
            sex=sex,
            birth=birth,
            statuses=(StatusEvent(status, 0, last and moment(last)),) if status else (),
        ),
        st.sampled_from(Category),
        st.sampled_from([Condition.ORDINARY, Condition.ORDINARY, Condition.LIGHT]),
        st.sampled_from(Sex),
        births,
        st.none() | st.sampled_from([Status.PRESENT, *Status]),
        st.none() | days,
    ),
    people=groups,
    uses=st.lists(uses, max_size=10).map(tuple),
    restrictions=st.lists(restrictions, max_size=3).map(tuple),
)
# A rule set in which growing up widens what is allowed, so that birthdays matter.
GROWING = rule_set(
    row("G1", "short_visit", "count", "year", 1, minor=True),
    row("G2", "short_visit", "count", "month", 2, minor=False),
    row("G3", "short_visit", "max_adults", "each", 1, minor=True),
    row("G4", "short_visit", "max_adults", "each", 2, minor=False),
    row("G5", "package", "count", "year", 1, minor=False),
)
rule_sets = st.sampled_from([TEST_2026, GROWING])


@given(any_facts, rule_sets)
def test_any_facts_get_the_same_answer_twice(asked: Facts, rules: Any) -> None:
    assert decide(asked, rules) == decide(asked, rules)


@given(any_facts, rule_sets)
def test_there_is_no_refusal_without_a_rule(asked: Facts, rules: Any) -> None:
    answer = decide(asked, rules)
    assert all(reason.rule and reason.legal_ref for reason in answer.reasons)
    refused = {one.person for one in asked.people} - set(answer.admitted)
    concerned = {reason.person for reason in answer.reasons}
    assert refused <= concerned or None in concerned
    assert (answer.outcome is Outcome.ALLOWED) == (not answer.reasons)
    if answer.outcome is Outcome.REFUSED:
        assert answer.reasons
        assert not answer.admitted


@given(any_facts, rule_sets)
def test_a_child_never_goes_in_without_an_adult(asked: Facts, rules: Any) -> None:
    answer = decide(asked, rules)
    if answer.admitted and asked.service.value.endswith("_visit"):
        births = {one.person: one.birth for one in asked.people}
        grown = [adult_from(births[person]) for person in answer.admitted]
        assert any(day is not None and day <= asked.day for day in grown)


@settings(max_examples=60)
@given(any_facts, rule_sets)
def test_the_next_day_is_allowed_in_full_and_no_earlier_one_is(
    asked: Facts, rules: Any
) -> None:
    answer = decide(asked, rules)

    def passes_on(day: date) -> bool:
        then = decide(replace(asked, at=moment(day)), rules)
        return then.outcome is Outcome.ALLOWED

    later = answer.next_allowed
    if answer.outcome is Outcome.ALLOWED:
        assert later is None
        return
    horizon = min(later or date(2032, 1, 1), date(2032, 1, 1))
    # Every day would take too long; what can change, changes on one of these.
    marks = {asked.day + timedelta(1)}
    for year in range(asked.day.year, horizon.year + 1):
        marks |= {date(year, month, 1) for month in range(1, 13)}
    for known in [
        adult_from(asked.prisoner.birth),
        *(adult_from(one.birth) for one in asked.people),
        *(day_of(one.span.until_at or 0, ZONE) for one in asked.restrictions),
        *(day_of(one.until_at or 0, ZONE) for one in asked.prisoner.statuses),
        *(day for one in asked.people for day in one.met_on),
        *(use.counts_on for use in asked.uses),
    ]:
        if known is not None:
            marks |= {known, known + timedelta(1)}
    assert not [day for day in sorted(marks) if asked.day < day < horizon and passes_on(day)]
    if later is not None:
        assert later > asked.day
        assert passes_on(later)


def test_a_thousand_decisions_take_less_than_a_second_of_cpu() -> None:
    people = (ADULT, adult("B"), child("C"))
    asked = facts(people=people, uses=used(*["2026-02-01"] * 20), restrictions=(ban(),))
    began = time.process_time()
    for _ in range(1000):
        decide(asked, TEST_2026)
    assert time.process_time() - began < 1
