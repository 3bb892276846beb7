"""What is wrong with a rule set, and where it has holes, is told before it decides."""

from __future__ import annotations

import pytest

from kiosk.rules.check import check
from kiosk.services import rule_import
from tests.unit.rules import HEAD, row

SHORT = row("V-1", "short_visit", "count", "year", 3, category="convict")


def findings(*rows: str) -> list[str]:
    return [str(one) for one in check(HEAD + "".join(rows)).findings]


def holes(*rows: str) -> list[str]:
    return [str(one) for one in check(HEAD + "".join(rows)).holes]


@pytest.mark.parametrize("name", rule_import.presets())
def test_nothing_is_wrong_with_a_preset(name: str) -> None:
    checked = check(rule_import.preset_text(name))
    assert checked.findings == ()
    assert checked.rules is not None
    assert checked.rules.name == name


def test_every_row_of_the_russian_preset_names_its_article() -> None:
    rules = check(rule_import.preset_text("RU-UIK")).rules
    assert rules is not None
    said = {one.legal_ref for one in (*rules.rows, *rules.references.values())}
    assert all("ст. " in one or "ПВР" in one for one in said)


def test_a_service_that_no_row_gives_is_a_hole_and_no_finding() -> None:
    checked = check(HEAD + SHORT)
    assert checked.rules is not None
    said = [str(one) for one in checked.holes]
    assert any(one.startswith("long_visit: no row answers for convict:") for one in said)
    assert any(one.startswith("short_visit: no row answers for remand:") for one in said)
    assert not any(one.startswith("short_visit: no row answers for convict") for one in said)


def test_a_hole_in_some_regimes_names_them() -> None:
    general = row(
        "V-1", "short_visit", "count", "year", 3, category="convict", regime="general"
    )
    [said] = [
        one for one in holes(general) if one.startswith("short_visit: ") and "strict" in one
    ]
    assert "convict, strict ordinary, strict light, strict strict, special ordinary" in said
    assert "general" not in said


def test_lawyers_consuls_monitors_and_medicines_need_no_row() -> None:
    assert not any(
        "lawyer" in one or "medical" in one or "consul" in one for one in holes(SHORT)
    )


def test_how_long_and_with_whom_gives_nobody_a_visit() -> None:
    hours = row("V-1", "short_visit", "hours", "each", 4)
    assert any(one.startswith("short_visit: ") for one in holes(hours))


def test_an_id_stands_for_one_rule_only() -> None:
    reference = '[references.{}]\nid = "{}"\nlegal_ref = "{}"\n'
    same = reference.format("banned", "R-1", "x") + reference.format("isolator", "R-1", "x")
    assert findings(same, SHORT) == []
    two = reference.format("banned", "R-1", "x") + reference.format("isolator", "R-1", "y")
    [said] = findings(two, SHORT)
    assert said.startswith("references.banned: ")
    [said] = findings(reference.format("banned", "V-1", "x"), SHORT)
    assert said.startswith("V-1: is the id of a reference too")


def test_a_text_that_the_register_would_cut_is_a_finding() -> None:
    [said] = findings(SHORT.replace("L-V-1", "L" * 301))
    assert said.startswith("V-1: has a text of more than 300")
    [said] = findings(SHORT.replace("L-V-1", "Art.  5"))
    assert said.startswith("V-1: has a text with double spaces")


def test_a_row_about_one_prisoner_is_a_finding() -> None:
    own = row("I-1", "short_visit", "count", "year", 9, prisoner="P-1")
    [said] = findings(SHORT, own)
    assert said.startswith("I-1: is about one prisoner")
