"""A set comes in by an administrator, after a look at what it changes; it is never altered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from kiosk.errors import Invalid, NotAllowed
from kiosk.papers import RefusalBody
from kiosk.rules.preset import parse
from kiosk.rules.rule_set import RuleSet, Scope
from kiosk.services import printing, rule_files, rule_import, rulebook
from kiosk.wording import rulebook as words
from tests.unit.rules import DRAFT

from .gatehouse import Gatehouse

TEXT = DRAFT.read_text(encoding="utf-8")


def next_version(text: str = TEXT, valid_from: date = date(2026, 7, 1)) -> RuleSet:
    return replace(parse(text), version="3", valid_from=valid_from)


def changed(gatehouse: Gatehouse, rules: RuleSet) -> list[str]:
    preview = gatehouse.ask(rule_import.preview, rules)
    return [words.changed(one) for one in preview.changes]


def test_a_preview_tells_rows_that_are_new_gone_and_changed_from_old_to_new(
    gatehouse: Gatehouse,
) -> None:
    rules = next_version()
    first, second, *others = rules.rows
    other = replace(
        rules, rows=(replace(first, value=8), replace(second, code="V-99"), *others)
    )
    assert changed(gatehouse, other) == [
        "* V-01  short visit: 6 a year → 8 a year",
        "+ V-99  long visit: convicted, general regime, ordinary conditions: 4 a year",
        "- V-02  long visit: convicted, general regime, ordinary conditions: 4 a year",
    ]


def test_a_preview_names_every_part_of_a_row_that_differs(gatehouse: Gatehouse) -> None:
    rules = next_version()
    first, *others = rules.rows
    another = replace(first, scope=Scope(), value=None, legal_ref="Art. 5")
    [said] = changed(gatehouse, replace(rules, rows=(another, *others)))
    assert "convicted, general regime, ordinary conditions → everybody" in said
    assert "6 a year → any number" in said
    assert said.endswith("→ Art. 5")


def test_a_preview_says_from_which_day_the_set_would_decide(gatehouse: Gatehouse) -> None:
    coming = gatehouse.ask(rule_import.preview, next_version())
    assert (coming.against, coming.known) == ("KG-DRAFT 2", False)
    assert (coming.first_day, coming.decides_unsigned) == (date(2026, 7, 1), True)
    begun = gatehouse.ask(rule_import.preview, next_version(valid_from=date(2020, 1, 1)))
    assert begun.first_day == gatehouse.desk.day()
    # The draft began later, so an older one would have no day left.
    old = gatehouse.ask(rule_import.preview, next_version(valid_from=date(2018, 1, 1)))
    assert not old.decides_unsigned


def test_beside_a_signed_set_a_preview_says_that_it_takes_a_signature(
    gatehouse: Gatehouse,
) -> None:
    draft = gatehouse.do(rule_import.ensure_preset)
    gatehouse.do(rule_import.sign, gatehouse.administrator, draft, "Асанов Б., head")
    preview = gatehouse.ask(rule_import.preview, next_version())
    assert not preview.decides_unsigned
    assert "once it is signed" in words.effect(preview)


def test_only_an_administrator_takes_a_set_in(gatehouse: Gatehouse) -> None:
    before = gatehouse.counts()
    for officer in (gatehouse.officer, gatehouse.supervisor):
        with pytest.raises(NotAllowed):
            gatehouse.do(rule_import.take_in, officer, next_version(), "own.toml")
    assert gatehouse.written(before) == {}


def test_a_set_that_is_kept_is_not_taken_in_twice(gatehouse: Gatehouse) -> None:
    rules = next_version()
    taken = gatehouse.do(rule_import.take_in, gatehouse.administrator, rules, "own.toml")
    before = gatehouse.counts()
    again = gatehouse.do(rule_import.take_in, gatehouse.administrator, rules, "own.toml")
    assert again == taken
    assert gatehouse.written(before) == {}
    assert gatehouse.ask(rule_import.preview, rules).known


def test_another_content_under_a_kept_version_is_refused(gatehouse: Gatehouse) -> None:
    altered = replace(parse(TEXT), rows=parse(TEXT).rows[1:])
    with pytest.raises(Invalid, match="Give the file another version"):
        gatehouse.ask(rule_import.preview, altered)
    with pytest.raises(Invalid, match="Give the file another version"):
        gatehouse.do(rule_import.take_in, gatehouse.administrator, altered, "own.toml")


def test_a_row_about_one_prisoner_is_kept_out_of_the_rules_of_all(gatehouse: Gatehouse) -> None:
    first, *others = parse(TEXT).rows
    rules = replace(
        next_version(), rows=(replace(first, scope=Scope(prisoner_id="0412/19")), *others)
    )
    with pytest.raises(Invalid, match="about one prisoner"):
        gatehouse.do(rule_import.take_in, gatehouse.administrator, rules, "own.toml")


# ---- files beside the register


def test_the_presets_and_the_own_files_are_offered_by_name(
    gatehouse: Gatehouse, tmp_path: Path
) -> None:
    folder = tmp_path / "rules"
    assert "RU-UIK" in gatehouse.ask(rule_files.offered, folder)
    folder.mkdir()
    (folder / "own.toml").write_text(TEXT)
    (folder / "letter.odt").write_bytes(b"")
    names = gatehouse.ask(rule_files.offered, folder)
    assert names[0] == "own.toml"
    assert "letter.odt" not in names
    looked = gatehouse.ask(rule_files.look, folder, "own.toml")
    assert looked.preview is not None
    assert looked.preview.known


def test_a_faulty_file_is_shown_with_its_findings(gatehouse: Gatehouse, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(TEXT.replace('limit = "count"', 'limit = "number"', 1))
    looked = gatehouse.ask(rule_files.look, tmp_path, "own.toml")
    assert looked.preview is None
    assert [one.rule for one in looked.checked.findings] == ["V-01"]
    (tmp_path / "noise.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Invalid, match=r"noise\.toml"):
        gatehouse.ask(rule_files.look, tmp_path, "noise.toml")


# ---- the paper


def test_a_refusal_notice_says_whether_the_prison_stands_by_its_rules(
    gatehouse: Gatehouse,
) -> None:
    def confirmed() -> bool:
        refused = gatehouse.refuse(gatehouse.request(gatehouse.prisoner(), gatehouse.child()))
        body = gatehouse.ask(printing.body, refused.jobs[0]).body
        return msgspec.json.decode(body, type=RefusalBody).confirmed

    assert not confirmed()
    draft = gatehouse.do(rule_import.ensure_preset)
    gatehouse.do(rule_import.sign, gatehouse.administrator, draft, "Асанов Б., head")
    assert confirmed()


def test_a_register_begins_with_the_preset_that_is_named() -> None:
    first = parse(rule_import.preset_text(rulebook.FIRST[0]))
    assert (first.name, first.version) == rulebook.FIRST
