"""Who is found however the name was typed, in a register small enough for CI."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import pytest

from tests.bench import search
from tests.bench.ten_years import History, Size, open_history
from tests.recall import kept_apart, spellings
from tests.recall.judge import record_all

EVERYBODY = [*spellings.PAIRS, *kept_apart.PAIRS]
ENOUGH = 0.95
BUDGET = 20  # ms of CPU, for a letter, which holds among fifty times as many people


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    size = Size(prisoners=100, visitors=2_000, visits=0, parcels=0)
    history = open_history(tmp_path_factory.mktemp("register"), size)
    history.db.run_write(record_all, history.desk, EVERYBODY)
    yield history
    history.db.close()


@pytest.mark.parametrize("listed", [spellings.PAIRS, kept_apart.PAIRS], ids=["listed", "apart"])
def test_nearly_everybody_stands_in_the_first_ten(
    history: History, listed: tuple[spellings.Pair, ...]
) -> None:
    by_kind = search.recall(history, listed)
    found = [one for some in by_kind.values() for one in some]
    assert sum(found) >= ENOUGH * len(found), {
        what: f"{sum(some)} of {len(some)}" for what, some in by_kind.items() if not all(some)
    }


def test_a_letter_costs_what_it_may(history: History) -> None:
    cpu, _wall = search.letters(history, EVERYBODY[::20])
    assert median(cpu) <= BUDGET


def test_the_lists_hold_what_they_promise() -> None:
    assert len(spellings.PAIRS) >= 150
    assert len(kept_apart.PAIRS) >= 60
    assert len(set(EVERYBODY)) == len(EVERYBODY)
    written = [(pair.surname, pair.given, pair.year) for pair in EVERYBODY]
    assert len(set(written)) == len(written)
