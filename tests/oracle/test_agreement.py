"""Two readings of the same text reach the same answer; in full: python -m tests.oracle."""

from __future__ import annotations

import json

from kiosk.support.deciding import answers
from tests.oracle.cases import made_up
from tests.oracle.comparing import differences
from tests.oracle.days import ZONE
from tests.oracle.reading import answer, last_day


def test_the_kiosk_and_the_naive_reading_answer_made_up_cases_alike() -> None:
    cases = [made_up(seed) for seed in range(250)]
    told = [
        json.loads(one) for one in answers([json.dumps(case).encode() for case in cases], ZONE)
    ]
    for case, decided in zip(cases, told, strict=True):
        found = list(differences(decided, answer(case), last_day(case)))
        assert not found, json.dumps(case)
    # Cases that all end alike would prove nothing.
    assert {one["outcome"] for one in told} == {"allowed", "partly", "refused"}
