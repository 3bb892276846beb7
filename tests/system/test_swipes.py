"""Documents drawn through simulated readers over real ptys; in full: tests.bench.swipes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from devices.sim.framings import Framing
from tests.bench import swipes

pytestmark = pytest.mark.alone


async def test_every_make_and_framing_is_read_right(tmp_path: Path) -> None:
    pairs = list(swipes.makes_and_framings())
    # Every framing once, every make once, and some of the other pairs.
    some = [pair for pair in pairs if pair[0] == "generic"]
    some += {make: (make, framing) for make, framing in pairs}.values()
    some += random.Random(swipes.SEED).sample(pairs, 8)
    done = await swipes.clean(tmp_path, some, [None], swipes.SEED)
    assert done.swipes == 3 * len(some)
    assert done.missed == []


async def test_a_slow_line_is_read_right(tmp_path: Path) -> None:
    pairs = [("generic", Framing.CRLF), ("generic", Framing.RAW), ("3m", Framing.OU)]
    done = await swipes.clean(tmp_path, pairs, [9600, 115200], swipes.SEED)
    assert (done.swipes, done.missed) == (18, [])


async def test_no_damaged_swipe_is_trusted_and_the_next_clean_one_is_read(
    tmp_path: Path,
) -> None:
    hurt = await swipes.damage(tmp_path, 104, swipes.SEED + 1)
    assert hurt.wrong == []
    assert hurt.doubled == 0
    assert hurt.next_read == 104
    assert hurt.accepted > 13  # all that came twice, and some that garbage stood around
