"""Every code has its word, every reason its sentence with numbers and dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import Enum
from itertools import chain
from typing import Any

import pytest

from kiosk import text, wording
from kiosk.codes import BanGround, Condition, ReasonCode, Regime, Service, Sex
from kiosk.rules.decision import Reason
from kiosk.rules.preset import parse
from kiosk.services.goods import shipped_catalogue
from tests.unit.rules import DRAFT

KINDS = list(wording.LABELS)


@pytest.fixture(params=text.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    text.use(request.param)
    yield request.param
    text.use("en")


def reason(code: ReasonCode, **values: object) -> Reason:
    plain: dict[str, Any] = {"rule": "V-01", "legal_ref": "article 1", "used": 3, "limit": 3}
    return Reason(code, **(plain | values))


@pytest.mark.parametrize("kind", KINDS)
def test_every_code_has_a_word_in_every_language(language: str, kind: type[Enum]) -> None:
    words = [wording.label(code) for code in kind]
    assert all(words)
    assert len(set(words)) == len(words)


def test_codes_that_are_equal_as_text_keep_their_own_words() -> None:
    assert wording.label(Regime.STRICT) != wording.label(Condition.STRICT)


def test_every_service_has_a_short_word(language: str) -> None:
    assert len({wording.short(service) for service in Service}) == len(Service)


@pytest.mark.parametrize("code", ReasonCode)
@pytest.mark.parametrize("until", [None, date(2026, 11, 30)])
def test_every_reason_is_a_whole_sentence(
    language: str, code: ReasonCode, until: date | None
) -> None:
    said = wording.reason_line(reason(code, until=until))
    assert said
    assert "{" not in said
    assert "None" not in said


def test_a_reason_says_its_numbers_and_its_end() -> None:
    assert "3 / 3" in wording.reason_line(reason(ReasonCode.COUNT_EXHAUSTED))
    isolator = reason(ReasonCode.ISOLATOR, until=date(2026, 11, 30))
    assert wording.reason_line(isolator).endswith("until 30.11.2026")
    assert "30.11" not in wording.reason_line(reason(ReasonCode.ISOLATOR))


def test_a_reason_names_its_rule_and_a_ban_its_day_and_ground() -> None:
    line = wording.rule_line(reason(ReasonCode.ISOLATOR, rule="R-04", legal_ref="article 118"))
    assert line == "rule R-04: article 118"
    ban = reason(
        ReasonCode.BANNED,
        rule="R-06",
        restriction="0193f2a0-1111-7222-8333-abcdef012345",
        since=date(2026, 3, 1),
        ground=BanGround.COURT.value,
    )
    assert (
        wording.rule_line(ban)
        == "rule R-06: article 1; ban of 01.03.2026, ground: decision of a court"
    )
    assert wording.rule_line(replace(ban, ground="")).endswith("; ban of 01.03.2026")


def test_the_grounds_of_a_ban_fit_their_list_and_their_field(language: str) -> None:
    # A list beside the field has 28 columns, two of them for the digit.
    assert max(len(wording.label(one)) for one in BanGround) <= 26


def test_references_of_the_draft_are_read_in_the_officers_language() -> None:
    draft = parse(DRAFT.read_text(encoding="utf-8"))
    rows = chain(draft.rows, draft.references.values(), shipped_catalogue.entries())
    references = {one.legal_ref for one in rows}
    assert references == set(wording.DRAFT_REFERENCES)
    text.use("ru")
    try:
        assert all(
            wording.law(one).startswith("КР: ссылка не подтверждена") for one in references
        )
        assert wording.law("УИК КР, ст. 5") == "УИК КР, ст. 5"
        assert wording.ground(BanGround.COURT.value) == "решение суда"
        assert wording.ground("order 7") == "order 7"
        assert wording.law("") == ""
    finally:
        text.use("en")


def test_a_day_is_written_alike_in_every_language(language: str) -> None:
    assert wording.day_text(date(2026, 4, 1)) == "01.04.2026"
    assert wording.day_text(None) == "–"
    assert wording.label(Sex.FEMALE)
