"""Every case of the text corpus is answered right, and none is trusted that should not be."""

from __future__ import annotations

import pytest
from mrz_cases import TODAY, Case
from mrz_cases_damaged import STRETCH
from mrz_cases_wrong import CORE

from devices.mrz import as_json, parse


def test_the_corpus_is_as_large_as_the_one_it_follows() -> None:
    assert len(CORE) >= 187
    assert len(STRETCH) >= 27
    assert len({case.name for case in (*CORE, *STRETCH)}) == len(CORE) + len(STRETCH)


@pytest.mark.parametrize("case", [*CORE, *STRETCH], ids=lambda case: case.name)
def test_a_case_is_answered_right(case: Case) -> None:
    answer = as_json(parse(case.lines, TODAY))
    assert answer["status"] in case.status
    assert {name: answer[name] for name in case.fields} == case.fields
    codes = {reason["code"] for reason in answer["reasons"]}
    assert codes >= case.reasons
    assert not case.only or codes == case.reasons
