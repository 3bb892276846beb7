"""A sample of the pictures through the real picture worker: none wrongly trusted.

All of them, on more seeds and beside PassportEye: `python -m tests.pictures --reader all`.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

import pytest

from tests.pictures import conditions
from tests.pictures.corpus import FIXED_SEED, sample
from tests.pictures.readers import Ours
from tests.pictures.scores import Verdict


@pytest.fixture(scope="module")
def verdicts() -> Iterator[list[Verdict]]:
    reader = Ours()
    try:
        yield [
            Verdict(specimen, reader.read(specimen.picture), FIXED_SEED)
            for specimen in sample(FIXED_SEED)
        ]
    finally:
        reader.close()


def test_no_picture_is_trusted_that_was_misread_or_must_not_be(verdicts: list[Verdict]) -> None:
    assert [v.specimen.id for v in verdicts if v.silent] == []


def test_19_of_20_standard_pictures_are_read_to_the_letter(verdicts: list[Verdict]) -> None:
    wrong = [v.specimen.id for v in verdicts if v.specimen.accept and not v.exact]
    assert len(wrong) <= 1, wrong


def test_half_of_the_pictures_cost_the_worker_less_than_400_ms(verdicts: list[Verdict]) -> None:
    assert statistics.median(v.reading.cpu_ms for v in verdicts) < 400
    assert max(v.reading.cpu_ms for v in verdicts) < 3000


def test_the_sample_has_every_standard_category_and_every_kind_of_trap(
    verdicts: list[Verdict],
) -> None:
    categories = {v.specimen.category for v in verdicts}
    assert {category for category, _, _ in conditions.STANDARD} < categories
    assert {"tampered", "cut off", "two documents"} < categories
