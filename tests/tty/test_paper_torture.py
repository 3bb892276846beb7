"""Whatever breaks in the middle of a paper, no paper is lost and none passes for another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tty.paper_torture import Break, torture


@pytest.mark.tty
def test_a_break_of_each_kind_at_a_random_byte_breaks_no_promise(tmp_path: Path) -> None:
    outcome = torture(tmp_path, rounds=1, seed=3)
    assert outcome.faults == []
    assert set(outcome.breaks) == set(Break)
    assert outcome.uncertain, "no paper was under way: the breaks came too late"
