"""A few days of every run: whatever is done at the gate, its promises hold."""

from __future__ import annotations

from itertools import count

import pytest

from tests.invariants.playing import play


def test_whatever_is_done_at_the_gate_every_promise_holds(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    base = tmp_path_factory.mktemp("days")
    played = play((base / str(no) for no in count()), registers=12, steps=60)
    assert played.acts > 100
