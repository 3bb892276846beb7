"""Which set decides on a day, and who stands by it; what decisions were made by stays."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from kiosk.errors import Invalid, NotAllowed, NotFound, StorageError
from kiosk.rules.preset import parse
from kiosk.services import rule_import, rulebook
from tests.unit.rules import DRAFT

from .gatehouse import Gatehouse

TEXT = DRAFT.read_text(encoding="utf-8")
STRICTER = TEXT.replace("value = 6", "value = 5")
SIGNER = "Асанов Б., head"


def version(number: str, valid_from: str, text: str = TEXT) -> str:
    return text.replace('version = "2"', f'version = "{number}"').replace(
        "valid_from = 2019-01-01", f"valid_from = {valid_from}"
    )


def take_in(gatehouse: Gatehouse, number: str, valid_from: str) -> UUID:
    rules = parse(version(number, valid_from))
    return gatehouse.do(rule_import.take_in, gatehouse.administrator, rules, "own.toml")


def sign(gatehouse: Gatehouse, rule_set_id: UUID) -> None:
    gatehouse.do(rule_import.sign, gatehouse.administrator, rule_set_id, SIGNER)


def decides(gatehouse: Gatehouse, *day: int) -> tuple[str, bool]:
    """The version that decides on a day, and whether it is signed."""
    rules = gatehouse.ask(rulebook.in_force, date(*day))
    return rules.version, rules.confirmed


# ---- presets


def test_a_set_comes_back_as_it_was_taken_in(gatehouse: Gatehouse) -> None:
    rule_set_id = gatehouse.do(rule_import.ensure_preset)
    assert gatehouse.db.run_read(rulebook.load, rule_set_id) == parse(TEXT)


def test_a_comment_in_a_preset_changes_nothing(gatehouse: Gatehouse) -> None:
    known = gatehouse.do(rule_import.ensure_preset)
    before = gatehouse.counts()
    commented = "# Read again by the lawyer.\n" + TEXT
    assert gatehouse.do(rule_import.ensure_preset, commented) == known
    assert gatehouse.written(before) == {}
    assert gatehouse.ask(rule_import.differing_preset, commented) is None


def test_another_content_under_the_same_version_is_told_and_the_kept_one_decides(
    gatehouse: Gatehouse,
) -> None:
    known = gatehouse.do(rule_import.ensure_preset)
    before = gatehouse.counts()
    assert STRICTER != TEXT
    assert gatehouse.do(rule_import.ensure_preset, STRICTER) == known
    assert gatehouse.written(before) == {}
    assert gatehouse.ask(rule_import.differing_preset, STRICTER) == "KG-DRAFT 2"
    assert gatehouse.db.run_read(rulebook.load, known) == parse(TEXT)


def test_a_new_version_stands_beside_the_old_one(gatehouse: Gatehouse) -> None:
    known = gatehouse.do(rule_import.ensure_preset)
    newer = version("3", "2019-01-01", STRICTER)
    assert gatehouse.do(rule_import.ensure_preset, newer) != known
    assert gatehouse.ask(rule_import.differing_preset, newer) is None


def test_a_draft_without_the_reasons_of_today_is_still_read(gatehouse: Gatehouse) -> None:
    """Version 1 of the draft had no references for them, and has decided."""
    before, _mark, rest = TEXT.partition("[references.invalid_weight]")
    older = before + rest[rest.index("# ---- visits of convicts") :]
    rule_set_id = gatehouse.do(
        rule_import.ensure_preset, older.replace('version = "2"', 'version = "1"')
    )
    rules = gatehouse.db.run_read(rulebook.load, rule_set_id)
    assert len(rules.rows) == len(parse(TEXT).rows)


# ---- which set decides


def test_while_none_is_signed_the_one_that_began_last_serves_unconfirmed(
    gatehouse: Gatehouse,
) -> None:
    take_in(gatehouse, "3", "2026-07-01")
    assert decides(gatehouse, 2026, 6, 30) == ("2", False)
    assert decides(gatehouse, 2026, 7, 1) == ("3", False)


def test_a_signed_set_decides_and_an_older_one_stays_in_force_for_its_days(
    gatehouse: Gatehouse,
) -> None:
    older = take_in(gatehouse, "3", "2025-01-01")
    newer = take_in(gatehouse, "4", "2026-07-01")
    sign(gatehouse, newer)
    sign(gatehouse, older)
    assert decides(gatehouse, 2024, 12, 31) == ("2", False)
    assert decides(gatehouse, 2026, 6, 30) == ("3", True)
    assert decides(gatehouse, 2026, 7, 1) == ("4", True)


def test_an_unsigned_set_does_not_decide_beside_a_signed_one(gatehouse: Gatehouse) -> None:
    sign(gatehouse, take_in(gatehouse, "3", "2025-01-01"))
    take_in(gatehouse, "4", "2026-01-01")
    assert decides(gatehouse, 2026, 3, 6) == ("3", True)


def test_of_two_signed_sets_of_one_day_the_one_signed_last_decides(
    gatehouse: Gatehouse,
) -> None:
    first = take_in(gatehouse, "3", "2026-01-01")
    sign(gatehouse, take_in(gatehouse, "4", "2026-01-01"))
    sign(gatehouse, first)
    assert decides(gatehouse, 2026, 3, 6) == ("3", True)


def test_a_day_before_every_set_has_no_rules(gatehouse: Gatehouse) -> None:
    with pytest.raises(StorageError, match=r"31\.12\.2018"):
        gatehouse.ask(rulebook.in_force, date(2018, 12, 31))


def test_the_list_says_which_set_decides_today_and_who_signed(gatehouse: Gatehouse) -> None:
    sign(gatehouse, take_in(gatehouse, "3", "2026-01-01"))
    signed, draft = gatehouse.ask(rulebook.sets)
    assert (signed.version, signed.decides, signed.source) == ("3", True, "own.toml")
    assert (signed.signer, signed.signed_by) == (SIGNER, gatehouse.administrator.name)
    assert signed.signed_at == gatehouse.clock.at
    assert (draft.name, draft.decides, draft.signed, draft.signed_at) == (
        "KG-DRAFT",
        False,
        False,
        None,
    )
    assert draft.rows == len(parse(TEXT).rows)


# ---- signing


def test_a_set_is_signed_once_by_an_administrator_and_with_a_name(gatehouse: Gatehouse) -> None:
    rule_set_id = take_in(gatehouse, "3", "2026-01-01")
    for officer in (gatehouse.officer, gatehouse.supervisor):
        with pytest.raises(NotAllowed):
            gatehouse.do(rule_import.sign, officer, rule_set_id, SIGNER)
    with pytest.raises(Invalid, match="Who signed it"):
        gatehouse.do(rule_import.sign, gatehouse.administrator, rule_set_id, " ")
    with pytest.raises(NotFound):
        gatehouse.do(rule_import.sign, gatehouse.administrator, UUID(int=1), SIGNER)
    sign(gatehouse, rule_set_id)
    before = gatehouse.counts()
    with pytest.raises(Invalid, match="signed already"):
        sign(gatehouse, rule_set_id)
    assert gatehouse.written(before) == {}
