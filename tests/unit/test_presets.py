"""A rule set is data that a prison can read, and a mistake in it is named by its row."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes import Category, Condition, Regime, Service, Sex, Status
from kiosk.errors import Invalid
from kiosk.rules.decide import decide
from kiosk.rules.preset import examine, parse
from kiosk.rules.rule_set import UNNAMED
from kiosk.rules.terms import IsolatorGoods
from tests.unit.rules import DRAFT, HEAD, REFERENCES, facts, row, rule_set

DRAFT_TEXT = DRAFT.read_text(encoding="utf-8")
SHORT = row("V-1", "short_visit", "count", "year", 3, category="convict")


def findings(text: str) -> list[str]:
    return [str(finding) for finding in examine(text)[1]]


def a_set(*rows: str) -> str:
    return HEAD + REFERENCES + "".join(rows)


# ---- KG-DRAFT


def test_the_draft_is_whole_and_not_confirmed() -> None:
    assert findings(DRAFT_TEXT) == []
    draft = parse(DRAFT_TEXT)
    assert draft.name == "KG-DRAFT"
    assert not draft.confirmed
    assert draft.isolator_goods is IsolatorGoods.HOLD


def test_every_reference_of_the_draft_says_that_nobody_has_confirmed_it() -> None:
    draft = parse(DRAFT_TEXT)
    said = [one.legal_ref for one in (*draft.rows, *draft.references.values())]
    assert all("not confirmed" in reference for reference in said)


def test_no_id_of_the_draft_stands_for_two_rules() -> None:
    draft = parse(DRAFT_TEXT)
    ids = [one.code for one in (*draft.rows, *draft.references.values())]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("category", "regime", "condition", "service"),
    [
        *product(
            [Category.CONVICT], Regime, Condition, [Service.SHORT_VISIT, Service.LONG_VISIT]
        ),
        *product([Category.REMAND], Regime, Condition, [Service.SHORT_VISIT]),
        *product(Category, Regime, Condition, [Service.PACKAGE, Service.PARCEL]),
        *product(Category, Regime, Condition, [Service.SMALL_PARCEL, Service.CLERGY_VISIT]),
        *product(Category, Regime, Condition, [Service.OFFICIAL_VISIT, Service.LAWYER_VISIT]),
    ],
)
def test_the_draft_answers_for_every_prisoner(
    category: Category, regime: Regime, condition: Condition, service: Service
) -> None:
    prisoner = {"category": category, "regime": regime, "condition": condition}
    assert decide(facts(prisoner, service=service), parse(DRAFT_TEXT)).passes


@pytest.mark.parametrize(
    ("regime", "condition", "short", "long"),
    [
        (Regime.GENERAL, Condition.ORDINARY, 6, 4),
        (Regime.GENERAL, Condition.LIGHT, 6, 6),
        (Regime.GENERAL, Condition.STRICT, 3, 3),  # sources: 2 or 3
        (Regime.STRICT, Condition.ORDINARY, 3, 3),
        (Regime.STRICT, Condition.LIGHT, 4, 4),
        (Regime.STRICT, Condition.STRICT, 2, 2),  # sources: 2 / 1 or 2 / 2
        (Regime.SPECIAL, Condition.LIGHT, 3, 3),
    ],
)
def test_the_draft_has_the_more_generous_numbers_of_its_sources(
    regime: Regime, condition: Condition, short: int, long: int
) -> None:
    draft = parse(DRAFT_TEXT)
    for service, limit in ((Service.SHORT_VISIT, short), (Service.LONG_VISIT, long)):
        asked = facts({"regime": regime, "condition": condition}, service=service)
        balance = decide(asked, draft).balance
        assert balance is not None
        assert balance.limit == limit


def test_women_and_minors_receive_packages_without_a_count_in_the_draft() -> None:
    draft = parse(DRAFT_TEXT)
    for prisoner in ({"sex": Sex.FEMALE}, {"birth": "2010"}):
        balance = decide(facts(prisoner, service=Service.PACKAGE), draft).balance
        assert balance is not None
        assert balance.limit is None


# ---- findings


def test_a_set_that_names_no_reference_says_so_in_the_refusal() -> None:
    [reason] = decide(facts({"status": Status.DEAD}), parse(HEAD + SHORT)).reasons
    assert (reason.rule, reason.legal_ref) == ("R-not_in_prison", UNNAMED)


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        ("name = = 1", "TOML", "line 1"),
        (a_set(), "rule", "[[rule]]"),
        (a_set(SHORT, SHORT), "V-1", "twice"),
        (a_set(SHORT, SHORT.replace("V-1", "V-2")), "V-2", "V-1"),
        (a_set(SHORT.replace("period", "perod")), "V-1", "period"),
        (a_set(SHORT.replace('"year"', '"day"')), "V-1", "each, week, month, year"),
        (a_set(SHORT.replace('"count"', '"hours"')), "V-1", "each"),
        (a_set(SHORT.replace("short_visit", "shortvisit")), "V-1", "short_visit"),
        (a_set(SHORT.replace("value = 3", "value = -1")), "V-1", "whole number"),
        (a_set(SHORT.replace("value = 3", "value = true")), "V-1", "whole number"),
        (a_set(SHORT.replace("value = 3\n", "")), "V-1", '"none"'),
        (a_set(SHORT.replace("'convict'", "'convicts'")), "V-1", "convict, remand"),
        (a_set(SHORT.replace("category", "categroy")), "V-1", "category"),
        (a_set(SHORT.replace("{ category = 'convict' }", "3")), "V-1", "scope"),
        (a_set(SHORT.replace('legal_ref = "L-V-1"', "")), "V-1", "legal_ref"),
        (a_set(SHORT.replace('id = "V-1"\n', "")), "rule 1", "id"),
        (a_set(row("A", "short_visit", "max_adults", "each", 0)), "A", "from 1"),
        (a_set(row("A", "short_visit", "count", "year", 1, minor="x")), "A", "true, false"),
        (a_set(SHORT).replace("refuse", "eat"), "isolator_goods", "hold"),
        (a_set(SHORT).replace("2020-01-01", '"soon"'), "valid_from", "2026-01-01"),
        (a_set(SHORT).replace('name = "T"', 'title = "T"'), "name", "missing"),
        ("rule = 3", "rule", "[[rule]]"),
        ("rule = [3]", "rule 1", "[[rule]]"),
        ("references = 3", "references", "table"),
    ],
)
def test_a_finding_names_the_row_and_what_to_do(text: str, rule: str, said: str) -> None:
    assert any(one.startswith(f"{rule}: ") and said in one for one in findings(text))
    assert examine(text)[0] is None
    with pytest.raises(Invalid):
        parse(text)


def test_rows_of_equal_rank_may_meet_only_with_the_same_value() -> None:
    women = row("W", "parcel", "count", "year", 5, sex="F")
    minors = row("M", "parcel", "count", "year", 6, minor=True)
    assert any(one.startswith("M: ") and "W" in one for one in findings(a_set(women, minors)))
    assert findings(a_set(women, minors.replace("value = 6", "value = 5"))) == []
    men = row("N", "parcel", "count", "year", 6, sex="M")
    assert findings(a_set(women, men)) == []


def test_one_run_finds_all_faults() -> None:
    text = a_set(SHORT.replace('"year"', '"each"'), row("B", "nothing", "grams", "each", 0))
    assert len(findings(text)) == 3


def test_none_is_no_limit() -> None:
    [only] = rule_set(row("A", "parcel", "count", "year", "none")).rows
    assert only.value is None


@given(st.text(max_size=60))
def test_any_text_gives_findings_and_never_a_fault(text: str) -> None:
    rules, found = examine(text)
    assert (rules is None) == bool(found)


@given(
    st.sampled_from(["id", "service", "scope", "limit", "period", "value", "legal_ref"]),
    st.sampled_from(["3", "true", '"x"', "[]", "[1, {}]", "{}", "{ sex = [] }", "1979-05-27"]),
)
def test_a_value_of_any_type_is_a_finding_or_fits(key: str, value: str) -> None:
    lines = [
        f"{key} = {value}" if one.startswith(f"{key} =") else one for one in SHORT.split("\n")
    ]
    examine(a_set("\n".join(lines)))


def test_a_scope_may_say_that_it_is_the_whole_facility() -> None:
    whole = rule_set(row("F", "parcel", "count", "year", 1, facility=True))
    assert whole.rows[0].scope.keys == {}
