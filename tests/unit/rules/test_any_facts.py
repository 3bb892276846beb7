"""What holds for any facts: one answer, with a rule, and a next day that is the first."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.codes import (
    Category,
    Condition,
    Outcome,
    Regime,
    Relation,
    RestrictionKind,
    Service,
    Sex,
    Status,
)
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
from kiosk.rules.rule_set import RuleRow, RuleSet, Scope
from kiosk.rules.terms import Limit, Medical, Period, PeriodStart
from kiosk.support.deciding import preset
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
    used,
)

# Close together, so that what happens on one of them meets the others.
FIRST, LAST = date(2026, 2, 20), date(2026, 5, 10)
HORIZON = 130
HOUR, MINUTE = 3_600_000, 60_000
days = st.dates(FIRST, LAST)
clocks = st.sampled_from(["00:00", "10:00", "15:30"])
moments = st.builds(moment, days, clocks)
spans = st.builds(Span, st.none() | moments, st.none() | moments)
births = st.one_of(
    st.dates(date(2008, 2, 20), date(2008, 5, 10)).map(date.isoformat),
    st.sampled_from(["1980-05-01", "2015", "2008-03", "", "nonsense", "2008-02-29"]),
)
texts = st.sampled_from(["P-1", "P-2"])
documents = st.none() | st.builds(
    DocumentFacts,
    st.sampled_from(["KGZ", "UZB"]),
    st.sampled_from(["ID1", "ID1", "AN1"]),
    st.none() | days,
)
relations = st.none() | st.builds(
    RelationFacts,
    st.sampled_from([Relation.SPOUSE, Relation.PARENT, Relation.OTHER_KIN]),
    st.sampled_from([True, True, False]),
    st.sampled_from([True, None, None, False]),
    spans,
)
permissions = st.builds(
    PermissionFacts,
    st.just("W"),
    st.just("court"),
    st.just("4"),
    texts,
    spans,
    st.none() | st.integers(0, 3),
    st.integers(0, 2),
)
groups = st.lists(
    st.builds(
        PersonFacts,
        st.just(""),
        births,
        document=documents,
        relation=relations,
        permissions=st.lists(permissions, max_size=3).map(tuple),
        inside=st.sampled_from([False, False, False, True]),
        met_on=st.frozensets(days, max_size=2),
    ),
    max_size=4,
).map(lambda people: tuple(replace(one, person=str(n)) for n, one in enumerate(people)))
restrictions = st.builds(
    RestrictionFacts,
    st.sampled_from(["B1", "B2", "B3"]),
    st.sampled_from(RestrictionKind),
    st.sampled_from([frozenset({"*"}), frozenset({"short_visit", "package"})]),
    st.none() | st.just(frozenset({"meat"})),
    spans,
    st.just("order 7"),
    st.sampled_from([None, "0", "1", "x"]),
    st.none() | texts,
)
uses = st.builds(
    Use,
    st.sampled_from([Service.SHORT_VISIT, Service.LONG_VISIT, Service.PACKAGE]),
    days,
    st.sampled_from([1, 1, 1, -1, 2]),
    st.sampled_from([0, 9_000, -9_000]),
    st.booleans(),
)
individual = st.builds(
    RuleRow,
    st.sampled_from(["I1", "I2"]),
    st.just(frozenset({Service.SHORT_VISIT})),
    st.just(Limit.COUNT),
    st.sampled_from([Period.YEAR, Period.MONTH, Period.WEEK]),
    st.none() | st.integers(0, 3),
    st.just("decision"),
    st.builds(Scope, prisoner_id=texts),
)
prisoners = st.builds(
    PrisonerFacts,
    st.just("P-1"),
    st.sampled_from(Category),
    st.sampled_from([Regime.STRICT, Regime.STRICT, Regime.GENERAL]),
    st.sampled_from([Condition.ORDINARY, Condition.ORDINARY, Condition.LIGHT]),
    st.sampled_from(Sex),
    births,
    st.none() | st.dates(date(2023, 1, 1), LAST),
    st.lists(
        st.builds(
            StatusEvent,
            st.sampled_from([*Status, Status.ISOLATOR, Status.COURT]),
            moments,
            st.none() | moments,
        ),
        max_size=3,
        unique_by=lambda event: event.from_at,
    ).map(lambda events: (StatusEvent(Status.PRESENT, 0), *events)),
    st.frozensets(st.sampled_from(Medical), max_size=1),
)
items = st.builds(
    Item,
    st.just(""),
    st.sampled_from(["meat", "tea"]),
    st.sampled_from([None, 0, 1_000, 12_000]),
)
any_facts = st.builds(
    Facts,
    service=st.sampled_from([*Service, Service.SHORT_VISIT, Service.PACKAGE]),
    at=moments,
    zone=st.just(ZONE),
    prisoner=prisoners,
    people=groups,
    uses=st.lists(uses, max_size=8).map(tuple),
    restrictions=st.lists(restrictions, max_size=3).map(tuple),
    non_associated=st.frozensets(st.just("P-9"), max_size=1),
    blocked_dates=st.frozensets(days, max_size=3),
    session=st.none()
    | st.builds(
        SessionFacts,
        st.just("AM"),
        st.integers(0, 3),
        st.integers(0, 3),
        st.frozensets(st.just("P-9"), max_size=1),
        st.sampled_from([False, False, True]),
    ),
    swap_from=st.sampled_from([None, None, None, Service.LONG_VISIT, Service.PACKAGE]),
    grams=st.sampled_from([None, 0, 5_000, 20_000, 20_001]),
    items=st.lists(items, max_size=3).map(
        lambda things: tuple(replace(one, item=str(n)) for n, one in enumerate(things))
    ),
    individual=st.lists(individual, max_size=1).map(tuple),
    period_start=st.sampled_from(PeriodStart),
    min_interval=st.booleans(),
)
# A rule set in which growing up widens what is allowed, so that birthdays matter.
GROWING = rule_set(
    row("G1", "short_visit", "count", "year", 1, minor=True),
    row("G2", "short_visit", "count", "month", 2, minor=False),
    row("G3", "short_visit", "max_adults", "each", 1, minor=True),
    row("G4", "short_visit", "max_adults", "each", 2, minor=False),
    row("G5", "package", "count", "year", 1, minor=False),
)
rule_sets = st.sampled_from([TEST_2026, GROWING, preset("TEST-2026"), preset("KG-DRAFT")])


@settings(max_examples=60, deadline=None)
@given(any_facts, rule_sets)
def test_any_facts_get_the_same_answer_twice(asked: Facts, rules: RuleSet) -> None:
    assert decide(asked, rules) == decide(asked, rules)


@settings(max_examples=60, deadline=None)
@given(any_facts, rule_sets)
def test_there_is_no_refusal_without_a_rule(asked: Facts, rules: RuleSet) -> None:
    answer = decide(asked, rules)
    assert all(reason.rule and reason.legal_ref for reason in answer.reasons)
    assert (answer.outcome is Outcome.ALLOWED) == (not answer.reasons)
    refused = {one.person for one in asked.people} - set(answer.admitted)
    concerned = {reason.person for reason in answer.reasons}
    every_thing = len(asked.items) == len(answer.refused_items) > 0
    assert refused <= concerned or None in concerned or every_thing
    if answer.outcome is Outcome.REFUSED:
        assert answer.reasons
        assert not answer.admitted
        assert answer.remaining_after == answer.remaining_before


@settings(max_examples=60, deadline=None)
@given(any_facts, rule_sets)
def test_a_child_never_goes_in_without_an_adult(asked: Facts, rules: RuleSet) -> None:
    answer = decide(asked, rules)
    if answer.admitted and asked.service.value.endswith("_visit"):
        births = {one.person: one.birth for one in asked.people}
        grown = [adult_from(births[person]) for person in answer.admitted]
        assert any(day is not None and day <= asked.day for day in grown)


@settings(max_examples=60, deadline=None)
@given(any_facts, restrictions, rule_sets)
def test_one_more_restriction_never_lets_more_pass(
    asked: Facts, more: RestrictionFacts, rules: RuleSet
) -> None:
    if more.goods is not None:
        return  # what is refused of a package makes the rest lighter
    restricted = decide(replace(asked, restrictions=(*asked.restrictions, more)), rules)
    before = decide(asked, rules)
    if restricted.outcome is Outcome.ALLOWED:
        assert before.outcome is Outcome.ALLOWED
    if restricted.passes:
        assert before.passes


@settings(max_examples=60, deadline=None)
@given(any_facts, rule_sets)
def test_the_order_in_which_facts_are_told_changes_nothing(
    asked: Facts, rules: RuleSet
) -> None:
    def turned(facts: Facts) -> Facts:
        people = tuple(replace(one, permissions=one.permissions[::-1]) for one in facts.people)
        prisoner = replace(facts.prisoner, statuses=facts.prisoner.statuses[::-1])
        return replace(
            facts,
            prisoner=prisoner,
            people=people,
            uses=facts.uses[::-1],
            restrictions=facts.restrictions[::-1],
        )

    one, other = decide(asked, rules), decide(turned(asked), rules)
    assert one.answers_like(other)
    assert (one.next_allowed, one.balance, one.rules) == (
        other.next_allowed,
        other.balance,
        other.rules,
    )


@settings(max_examples=60, deadline=None)
@given(any_facts, rule_sets)
def test_the_next_day_is_the_first_on_which_all_of_it_passes(
    asked: Facts, rules: RuleSet
) -> None:
    answer = decide(asked, rules)
    if answer.outcome is Outcome.ALLOWED:
        assert answer.next_allowed is None
        return
    clock = f"{(asked.at + 6 * HOUR) % (24 * HOUR) // HOUR:02}:{asked.at % HOUR // MINUTE:02}"
    for passed in range(1, HORIZON):
        day = asked.day + timedelta(passed)
        then = decide(replace(asked, at=moment(day, clock)), rules)
        if then.outcome is Outcome.ALLOWED:
            assert answer.next_allowed == day
            return
    assert answer.next_allowed is None or answer.next_allowed >= day


def test_a_thousand_decisions_take_less_than_a_second_of_cpu() -> None:
    people = (ADULT, adult("B"), child("C"))
    asked = facts(people=people, uses=used(*["2026-02-01"] * 20), restrictions=(ban(),))
    began = time.process_time()
    for _ in range(1000):
        decide(asked, TEST_2026)
    assert time.process_time() - began < 1
