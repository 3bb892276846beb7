"""The pictures are the same for the same seed, and the traps are traps."""

from __future__ import annotations

import random
from itertools import islice

from devices.mrz import Status, parse
from tests.pictures import conditions
from tests.pictures.corpus import standard, tampered
from tests.pictures.holders import TODAY, printed
from tests.pictures.zones import Layout, check_digits_hold, zone


def test_a_seed_gives_the_same_pictures_again_and_another_seed_others() -> None:
    once, again, other = (
        [specimen.picture for specimen in islice(standard(seed), 2)] for seed in (7, 7, 8)
    )
    assert once == again
    assert not set(once) & set(other)


def test_there_are_120_standard_conditions_and_40_hard_ones() -> None:
    assert sum(count for _, _, count in conditions.STANDARD) == 120
    assert sum(count for _, _, count in conditions.HARD) == 40


def test_a_tampered_document_fails_its_check_digits_and_is_never_ok() -> None:
    for number in range(200):
        chance = random.Random(f"tampered/{number}")
        layout = chance.choice((Layout.TD1, Layout.TD3))
        lines = tampered(zone(printed(chance, layout)), chance)
        assert not check_digits_hold(lines)
        assert parse(lines, TODAY).status is not Status.OK
