"""No bytes whatever crash what listens to a scale, or make a weight that nobody put there."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.sim.scale_makes import Pan
from tests.fuzz.weighings import MAKES, bags, damaged, fresh, may_mean, message, told

NAMES = st.sampled_from(sorted(MAKES))
SEEDS = st.integers(0, 2**32)
LIKE_LINES = st.lists(
    st.sampled_from([b"ST,", b"US,", b"OL,", b"GS,", b"NT,", b"S S ", b"+", b"-", b" ", b"5"])
    | st.sampled_from([b"0005.4", b"kg", b" g", b"lb", b"?", b"\r\n", b"\r", b"N", b",", b"."])
    | st.binary(max_size=3),
    max_size=40,
).map(b"".join)


@settings(max_examples=200, deadline=None)
@given(NAMES, st.binary(max_size=300) | LIKE_LINES, st.integers(1, 20))
def test_how_bytes_are_cut_on_their_way_changes_nothing(
    name: str, data: bytes, size: int
) -> None:
    whole = [shown for shown in fresh(name).feed(data) if shown is not None]
    framer = fresh(name)
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    cut = [shown for piece in pieces for shown in framer.feed(piece) if shown is not None]
    assert cut == whole


@settings(max_examples=200, deadline=None)
@given(LIKE_LINES)
def test_a_weight_that_rests_stood_in_two_lines(data: bytes) -> None:
    meant = [may_mean(line) for line in re.split(rb"[\r\n]", data)]
    for news in told(fresh("indicator"), (data[at : at + 9] for at in range(0, len(data), 9))):
        if news.stable:
            assert sum(news.grams in weights for weights in meant) >= 2


@settings(max_examples=200, deadline=None)
@given(NAMES, st.binary(max_size=200), st.integers(0, 60_000))
def test_after_any_noise_the_next_bag_is_weighed(name: str, noise: bytes, grams: int) -> None:
    clean = message(name, Pan(grams, moves=False))
    news = told(fresh(name), iter([noise, b"\r\n\x04", *[clean] * 4]))
    assert (news[-1].grams, news[-1].stable) == (grams, True)


@pytest.mark.parametrize("name", sorted(MAKES))
def test_on_a_bad_line_no_weight_rests_that_nobody_put_there(name: str) -> None:
    rested = 0
    for seed in range(150):
        chance = Random(seed)
        pans = list(bags(chance))
        put_there = {pan.grams for pan in pans if not pan.moves}
        pieces = (damaged(message(name, pan), chance) for pan in pans)
        for news in told(fresh(name), pieces):
            if news.stable:
                assert news.grams in put_there, seed
                rested += 1
    assert rested > 150
