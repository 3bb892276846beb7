"""A zone anywhere in a picture, at any angle, as the second reader gets to see it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PIL import Image

from devices.images.grid import MARGIN, Cells, Strip
from devices.images.letters import PIXELS_PER_PITCH
from devices.images.rows import Row
from devices.images.second_opinion import SecondOpinion
from devices.images.straightening import straightened
from tests.unit.mrz_builder import ASANOVA, BEKOV_PASSPORT
from tests.unit.printed import PAPER, strip

# What tests.unit.printed draws, in pitches: the first line's middle is half a letter below the
# margin of 1, the next lies 1.7 lower.
_FIRST_MIDDLE, _SPACING = 1.55, 1.7

PATIENT = 60
"""Seconds: the clock of a busy machine says nothing of what is read."""


def cells(row: Row) -> Cells:
    """The places of a row that were found exactly where it says."""
    count = row.places
    width = round((count + 2 * MARGIN) * PIXELS_PER_PITCH)
    pixels = np.zeros((50, width), np.float32)
    x = (np.arange(count) + MARGIN + 0.5) * PIXELS_PER_PITCH
    y = np.full(count, 25.0)
    nothing = np.zeros((count, 38), np.float32)
    return Cells(
        Strip(pixels, row, 1.0, 0.0), x.astype(np.float32), y.astype(np.float32), nothing
    )


@pytest.mark.parametrize("degrees", [0, 8, -33, 90, 171])
@pytest.mark.parametrize("pitch", [20, 45])
@pytest.mark.parametrize("lines", [ASANOVA.td1(), BEKOV_PASSPORT.td3()])
def test_a_turned_zone_is_laid_straight(
    lines: tuple[str, ...], pitch: int, degrees: int
) -> None:
    zone = Image.fromarray(strip(lines, pitch))
    # Pillow turns against the clock as one sees it, around the middle.
    turned = zone.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=PAPER)
    turn = -math.radians(degrees)
    along = np.array([math.cos(turn), math.sin(turn)])
    down = np.array([-math.sin(turn), math.cos(turn)])
    middle = np.array(turned.size) / 2 - 0.5
    found = []
    for number in range(len(lines)):
        from_middle = (_FIRST_MIDDLE + number * _SPACING) * pitch - zone.height / 2
        start = middle + down * from_middle + along * (1.5 * pitch - zone.width / 2)
        step = along * pitch
        row = Row(
            np.array([step[0], start[0]]),
            np.array([step[1], start[1]]),
            len(lines[0]),
            float(pitch),
        )
        found.append(cells(row))
    picture = np.asarray(turned)
    opinion = SecondOpinion().read(picture, straightened(picture, found), PATIENT)
    assert opinion is not None
    assert opinion.lines == lines
