"""A rule set is taken into the register once; what decisions were made by stays."""

from __future__ import annotations

from kiosk.rules.preset import parse
from kiosk.services import rulebook
from tests.unit.rules import DRAFT

from .gatehouse import Gatehouse

TEXT = DRAFT.read_text(encoding="utf-8")
STRICTER = TEXT.replace("value = 6", "value = 5")


def test_a_set_comes_back_as_it_was_taken_in(gatehouse: Gatehouse) -> None:
    rule_set_id = gatehouse.do(rulebook.ensure_preset)
    assert gatehouse.db.run_read(rulebook.load, rule_set_id) == parse(TEXT)


def test_a_comment_in_a_preset_changes_nothing(gatehouse: Gatehouse) -> None:
    known = gatehouse.do(rulebook.ensure_preset)
    before = gatehouse.counts()
    commented = "# Read again by the lawyer.\n" + TEXT
    assert gatehouse.do(rulebook.ensure_preset, commented) == known
    assert gatehouse.written(before) == {}
    assert gatehouse.ask(rulebook.differing_preset, commented) is None


def test_another_content_under_the_same_version_is_told_and_the_kept_one_decides(
    gatehouse: Gatehouse,
) -> None:
    known = gatehouse.do(rulebook.ensure_preset)
    before = gatehouse.counts()
    assert STRICTER != TEXT
    assert gatehouse.do(rulebook.ensure_preset, STRICTER) == known
    assert gatehouse.written(before) == {}
    assert gatehouse.ask(rulebook.differing_preset, STRICTER) == "KG-DRAFT 1"
    assert gatehouse.db.run_read(rulebook.load, known) == parse(TEXT)


def test_a_new_version_stands_beside_the_old_one(gatehouse: Gatehouse) -> None:
    known = gatehouse.do(rulebook.ensure_preset)
    newer = STRICTER.replace('version = "1"', 'version = "2"')
    assert gatehouse.do(rulebook.ensure_preset, newer) != known
    assert gatehouse.ask(rulebook.differing_preset, newer) is None
