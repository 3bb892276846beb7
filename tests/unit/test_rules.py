"""What is decided, why, and from which day it would be otherwise."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.codes import (
    Category,
    Condition,
    Outcome,
    ReasonCode,
    Regime,
    RestrictionKind,
    Service,
    Sex,
    Status,
)
from kiosk.rules.ages import adult_from, years_old
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
from kiosk.rules.terms import IsolatorGoods, Medical
from tests.unit.rules import (
    ADULT,
    DAY,
    TEST_2026,
    ZONE,
    ban,
    being,
    facts,
    moment,
    row,
    rule_set,
    span,
    used,
)

KIN = (Service.SHORT_VISIT, Service.LONG_VISIT)
ON_DUTY = (Service.LAWYER_VISIT, Service.CONSULAR_VISIT, Service.MONITOR_VISIT)


def codes(asked: Facts, rules: Any = TEST_2026) -> list[ReasonCode]:
    return [reason.code for reason in decide(asked, rules).reasons]


def adult(person: str, **changes: Any) -> PersonFacts:
    return replace(ADULT, person=person, lead=False, **changes)


def child(person: str, birth: str = "2015-06-01") -> PersonFacts:
    return PersonFacts(person, birth)


# ---- counts


def test_a_visit_within_the_entitlement_passes_and_says_what_is_left() -> None:
    answer = decide(facts(uses=used("2026-01-09")), TEST_2026)
    assert answer.outcome is Outcome.ALLOWED
    assert answer.admitted == ("A",)
    assert answer.balance is not None
    assert (answer.balance.rule, answer.balance.used, answer.balance.limit) == ("T01", 1, 3)
    assert answer.hours == 4
    assert answer.next_allowed is None


def test_the_last_visit_of_the_year_passes_and_one_more_does_not() -> None:
    two, three = (
        used("2026-01-09", "2026-02-01"),
        used("2026-01-09", "2026-02-01", "2026-03-01"),
    )
    assert decide(facts(uses=two), TEST_2026).passes
    answer = decide(facts(uses=three), TEST_2026)
    assert answer.outcome is Outcome.REFUSED
    [reason] = answer.reasons
    assert reason.code is ReasonCode.COUNT_EXHAUSTED
    assert (reason.rule, reason.legal_ref) == ("T01", "L-T01")
    assert (reason.used, reason.limit) == (3, 3)
    assert reason.free_from == date(2027, 1, 1)
    assert answer.next_allowed == date(2027, 1, 1)


def test_a_visit_counts_in_the_year_of_its_day() -> None:
    assert decide(facts(uses=used(*["2025-12-31"] * 3)), TEST_2026).passes
    assert not decide(facts(uses=used(*["2026-01-01"] * 3)), TEST_2026).passes
    assert not decide(facts(uses=used(*["2026-12-31"] * 3)), TEST_2026).passes


def test_a_refund_gives_back() -> None:
    uses = (*used("2026-01-09", "2026-02-01", "2026-03-01"),)
    refund = Use(Service.SHORT_VISIT, date(2026, 3, 1), -1)
    assert decide(facts(uses=(*uses, refund)), TEST_2026).passes


def test_the_next_year_may_be_booked_out_too() -> None:
    uses = used(*["2026-02-01"] * 3, *["2027-05-05"] * 3)
    assert decide(facts(uses=uses), TEST_2026).next_allowed == date(2028, 1, 1)


def test_on_remand_the_month_counts() -> None:
    remand = {"category": Category.REMAND}
    answer = decide(facts(remand, uses=used("2026-04-01", "2026-04-02")), TEST_2026)
    [reason] = answer.reasons
    assert reason.code is ReasonCode.MONTHLY_EXHAUSTED
    assert reason.free_from == answer.next_allowed == date(2026, 5, 1)
    assert decide(facts(remand, uses=used("2026-03-31", "2026-03-30")), TEST_2026).passes


def test_services_of_one_row_share_one_balance() -> None:
    days = ["2026-02-01"] * 2
    uses = used(*days, service=Service.PACKAGE) + used(*days, service=Service.PARCEL)
    assert codes(facts(service=Service.PACKAGE, uses=uses)) == [ReasonCode.COUNT_EXHAUSTED]
    assert codes(facts(service=Service.SMALL_PARCEL, uses=uses)) == []


def test_no_limit_on_a_higher_level_lifts_the_limit_below() -> None:
    uses = used(*["2026-02-01"] * 9, service=Service.PACKAGE)
    answer = decide(facts({"sex": Sex.FEMALE}, service=Service.PACKAGE, uses=uses), TEST_2026)
    assert answer.passes
    assert answer.balance is not None
    assert answer.balance.limit is None
    assert answer.balance.remaining is None


def test_the_highest_level_wins_then_the_row_with_more_keys() -> None:
    levels: list[dict[str, Any]] = [
        {},
        {"category": "convict"},
        {"regime": "strict"},
        {"regime": "strict", "category": "convict"},
        {"condition": "ordinary"},
        {"sex": "M"},
        {"medical": "ill"},
        {"prisoner": "P-1"},
    ]
    ill = {"medical": frozenset({Medical.ILL})}
    for highest in range(1, len(levels) + 1):
        rows = [
            row(f"L{n}", "short_visit", "count", "year", n, **scope)
            for n, scope in enumerate(levels[:highest])
        ]
        for order in (rows, rows[::-1]):
            balance = decide(facts(ill), rule_set(*order)).balance
            assert balance is not None
            assert balance.rule == f"L{highest - 1}"


def test_without_a_row_there_is_no_permission() -> None:
    answer = decide(facts({"regime": Regime.GENERAL}), TEST_2026)
    [reason] = answer.reasons
    assert reason.code is ReasonCode.NO_RULE
    assert (reason.rule, reason.legal_ref) == ("R-no_rule", "article of no_rule")
    assert answer.next_allowed is None


def test_a_limit_of_nothing_never_ends() -> None:
    none = rule_set(row("Z", "short_visit", "count", "year", 0))
    answer = decide(facts(), none)
    assert answer.reasons[0].code is ReasonCode.COUNT_EXHAUSTED
    assert answer.next_allowed is None


@pytest.mark.parametrize("service", [*ON_DUTY, Service.MEDICAL_PACKAGE])
def test_lawyers_consuls_monitors_and_medicines_need_no_row(service: Service) -> None:
    assert decide(
        facts(service=service), rule_set(row("X", "parcel", "count", "year", 1))
    ).passes


def test_a_young_prisoner_grows_into_another_row() -> None:
    young = {"category": Category.REMAND, "birth": "2008-04-20"}
    uses = used(*["2026-04-01"] * 2)
    assert decide(facts(young, uses=uses), TEST_2026).passes
    answer = decide(facts(young, uses=(*uses, *used("2026-04-02"))), TEST_2026)
    assert answer.reasons[0].rule == "T13"
    assert answer.next_allowed == date(2026, 5, 1)


def test_a_long_visit_lasts_days() -> None:
    assert decide(facts(service=Service.LONG_VISIT), TEST_2026).hours == 72


# ---- where the prisoner is


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


# ---- each person


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


# ---- the group


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


# ---- ages


@pytest.mark.parametrize(
    ("birth", "adult_on"),
    [
        ("2008-04-01", date(2026, 4, 1)),
        ("2008-02-29", date(2026, 3, 1)),
        ("2008-04", date(2026, 5, 1)),
        ("2008-12", date(2027, 1, 1)),
        ("2008", date(2027, 1, 1)),
        ("", None),
        ("2008-13-45", None),
        ("9990", None),
    ],
)
def test_somebody_is_an_adult_from_the_eighteenth_birthday_on(
    birth: str, adult_on: date | None
) -> None:
    assert adult_from(birth) == adult_on
    if adult_on is not None:
        assert years_old(birth, adult_on) == 18
        assert years_old(birth, adult_on - timedelta(1)) == 17


def test_an_unknown_age_makes_no_adult() -> None:
    assert codes(facts(people=(child("C", ""),))) == [ReasonCode.NO_ADULT]
    assert years_old("", DAY) is None
    assert years_old("2027-01-01", DAY) is None


# ---- for any facts

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
