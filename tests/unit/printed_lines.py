"""Printed zones with the place of each line known, as the search for rows would leave them."""

from __future__ import annotations

import numpy as np

from devices.images.grid import Cells, Pyramid
from devices.images.letters import ALPHABET, NO_CHARACTER
from devices.images.rows import Row
from tests.unit.printed import strip

_SPACING = 1.7
"""Pitches from line to line in what tests.unit.printed draws."""


def in_print(lines: tuple[str, ...], pitch: int) -> tuple[Pyramid, list[Row]]:
    """A zone in print and where its lines are."""
    picture = strip(lines, pitch, margin=2)
    inked = np.flatnonzero((picture < 128).any(axis=1))
    first = (inked[0] + inked[-1] - _SPACING * pitch * (len(lines) - 1)) / 2
    rows = []
    for number in range(len(lines)):
        x = np.array([pitch, 2.5 * pitch - 0.5])
        y = np.array([0.0, first + _SPACING * pitch * number])
        rows.append(Row(x, y, len(lines[0]), float(pitch)))
    return Pyramid(picture), rows


def read(cells: Cells) -> str:
    """The likeliest character of each place."""
    return "".join(ALPHABET[at] for at in cells.likely[:, :NO_CHARACTER].argmax(axis=1))
