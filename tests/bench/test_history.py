"""A decision asks the register little, however much it holds: a short form of the bench."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.services import audit
from tests.bench.history import BUDGET, KINDS, decisions
from tests.bench.measure import percentile
from tests.bench.ten_years import History, Size, open_history

pytestmark = pytest.mark.alone

SMALL = Size(prisoners=40, visitors=400, visits=1_500, parcels=0)
NOISE = 3  # CI's cores are shared, and its first decisions write their queries
DRAWS = 40
MOST_QUESTIONS = 35


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    history = open_history(tmp_path_factory.mktemp("history"), SMALL)
    yield history
    history.db.close()


def test_a_history_built_in_a_hurry_is_whole(history: History) -> None:
    found = history.db.run_read(audit.verify, history.desk)
    assert found.is_whole, found.findings


@pytest.mark.parametrize("kind", KINDS)
def test_a_decision_costs_what_it_may(history: History, kind: str) -> None:
    took = decisions(history, KINDS[kind], DRAWS)
    assert percentile(took.cpu, 0.5) <= BUDGET * NOISE


def test_a_decision_asks_few_questions(history: History) -> None:
    """Each costs its reading of pages; a question a visitor, or a visit, would be too many."""
    asked: list[str] = []
    history.db.file.query_hooks.append(lambda event: asked.append(event.sql))
    try:
        for kind in ("a relative", "a group of four"):
            asked.clear()
            decisions(history, KINDS[kind], 9)
            assert len(asked) <= 10 * MOST_QUESTIONS, kind
    finally:
        history.db.file.query_hooks.clear()
