"""A kiosk that is killed in the middle of a visit loses nothing and invents nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tty.torture import torture


@pytest.mark.tty
def test_ten_kills_at_random_moments_break_no_promise(tmp_path: Path) -> None:
    outcome = torture(tmp_path, kills=10, seed=3)
    assert outcome.faults == []
    assert outcome.numbers
