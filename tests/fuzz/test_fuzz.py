"""The short form of the fuzzer and of the damaged swipes; in full they are commands:

python -m tests.fuzz --inputs 1000000
python -m tests.fuzz.swipes --swipes 100000
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.mrz import Status, parse
from devices.readers.framing import Framer, MrzFrame
from devices.sim.framings import framed
from tests.fuzz.inputs import made
from tests.fuzz.promises import TODAY, Broken, Watch, trustworthy
from tests.fuzz.swipes import swiped
from tests.fuzz.zones import LAYOUTS, holder, holds

SEEDS = st.integers(0, 2**32)
WATCH = Watch()


def test_the_fuzzer_finds_no_broken_promise_and_reaches_every_layout(tmp_path: Path) -> None:
    if importlib.util.find_spec("atheris") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("atheris is not installed, and CI is to fuzz")
        pytest.skip("atheris is not installed: pip install -e '.[test]'")
    inputs = 2500
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", f"--inputs={inputs}", f"--keep={tmp_path}"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert f"{inputs} inputs in " in done.stdout
    for name in LAYOUTS:
        assert f"  ok {name}\n" in done.stdout
    assert not list(tmp_path.iterdir())


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_a_promise(data: bytes) -> None:
    WATCH.check(data)


@settings(max_examples=500, deadline=None)
@given(SEEDS)
def test_no_damaged_swipe_breaks_a_promise(seed: int) -> None:
    WATCH.check(made(Random(seed)))


@settings(max_examples=100, deadline=None)
@given(SEEDS, st.sampled_from(sorted(LAYOUTS)))
def test_the_oracle_and_the_program_agree_on_right_zones(seed: int, name: str) -> None:
    lines = LAYOUTS[name](holder(Random(seed)))
    assert holds(name, lines)
    assert Framer().feed(framed(lines)) == [MrzFrame(lines)]


@settings(max_examples=100, deadline=None)
@given(SEEDS, st.sampled_from(sorted(LAYOUTS)))
def test_a_program_that_trusts_a_wrong_check_digit_is_found_out(seed: int, name: str) -> None:
    """Each digit of the line of data counts for one more: no check digit is blind to that."""
    lines = LAYOUTS[name](holder(Random(seed)))
    place = 1
    line = lines[place]
    column = next(at for at, character in enumerate(line) if character.isdecimal())
    wrong = line[:column] + str((int(line[column]) + 1) % 10) + line[column + 1 :]
    tampered = (*lines[:place], wrong, *lines[place + 1 :])
    assert not holds(name, tampered)
    trusting = replace(parse(lines, TODAY), status=Status.OK, lines=tampered)
    with pytest.raises(Broken):
        trustworthy(trusting, b"\xff")


def test_a_thousand_damaged_swipes_are_never_trusted_and_the_next_is_always_read() -> None:
    """What no check digit can tell (G for 6 in a number of a state without a pattern of its
    own, letters of a name) is counted apart: only a block check or an eye sees that."""
    tally = swiped(1000, seed=9303)
    assert tally.swipes == tally.next_read == 1000
    assert tally.accepted > 50
    assert not tally.wrong
