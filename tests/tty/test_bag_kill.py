"""A kiosk that is killed while a bag is listed or taken in loses nothing and counts once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tty.bag_torture import torture


@pytest.mark.tty
def test_three_kills_between_the_first_line_and_the_receipt_break_no_promise(
    tmp_path: Path,
) -> None:
    outcome = torture(tmp_path, kills=3, seed=11)
    assert outcome.faults == []
    assert outcome.numbers, "no bag got as far as its first line: the kills came too early"
