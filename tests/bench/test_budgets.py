"""The budgets that CI can hold: bytes exactly, CPU with room for noise, no wall time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import measure
from tests.tty.harness import Glass

NOISE = 2  # CI's cores are shared: CPU milliseconds were seen to double, bytes never move

pytestmark = [pytest.mark.tty, pytest.mark.alone]


@pytest.fixture(scope="module")
def glass(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Glass]:
    with measure.demo(tmp_path_factory.mktemp("demo")) as glass:
        measure.opened(glass)
        yield glass


def test_memory_before_the_first_print_is_within_its_budget(tmp_path: Path) -> None:
    assert measure.gate_memory(tmp_path) <= 60_000, "kB"


def test_a_letter_and_a_tab_cost_what_they_may(glass: Glass) -> None:
    letters, tabs = measure.form(glass)
    assert max(letters.bytes) <= 80
    assert letters.cpu_ms <= 2.5 * NOISE
    assert max(tabs.bytes) <= 260
    assert tabs.cpu_ms <= 3 * NOISE


def test_a_line_of_a_bag_costs_what_it_may(glass: Glass) -> None:
    line = measure.till(glass)
    assert line.cpu_ms <= 40 * NOISE
    assert max(line.bytes) <= 600


def test_a_kept_screen_is_painted_within_three_kilobytes(glass: Glass) -> None:
    switches = measure.switches(glass)
    assert max(switches.bytes) <= 3000
    assert switches.cpu_ms <= 15 * NOISE


def test_an_idle_kiosk_writes_nothing_and_hardly_runs(glass: Glass) -> None:
    rest = measure.idle(glass, seconds=5)
    # Five seconds may hold the turn of a minute: it repaints the clock, and how long the one
    # who waits longest has waited.
    assert rest.bytes <= 80
    assert rest.cpu_percent <= 0.05 * 10
    assert rest.wakeups <= 10
