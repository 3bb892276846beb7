"""A zone cut out of the full picture, its lines straight, upright and close together.

This is what the second opinion gets to read: in a finer grain than the patches of the first
path, and with nothing of what is printed above, below and between the lines.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import ndimage

from devices.images.blobs import Grey
from devices.images.grid import MARGIN, Cells
from devices.images.letters import PIXELS_PER_PITCH, Floats

# Of 20 zones, Tesseract read 16 in this grain and 13 in that of the first path's strips.
_PIXELS_PER_PLACE = 34

_PLACES_BESIDE = 1.0
_HALF_LINE = 0.83
"""In pitches: two lines of a card are 1.7 apart, and a letter is one high."""


def straightened(grey: Grey, lines: Sequence[Cells]) -> Grey:
    """The zone whose lines, top line first, have their places at `lines`.

    `grey`: the full picture, in whose pixels the rows of `lines` are.
    """
    reduced = max(1, int(lines[0].strip.row.pitch / _PIXELS_PER_PLACE))
    if reduced > 1:
        grey = ndimage.uniform_filter(grey, reduced)[
            reduced // 2 :: reduced, reduced // 2 :: reduced
        ]
    stack = np.vstack([_straight(grey, reduced, line) for line in lines])
    around = np.pad(np.rint(stack), _PIXELS_PER_PLACE // 2, mode="edge")
    zone: Grey = np.clip(around, 0, 255).astype(np.uint8)
    return zone


def _straight(grey: Grey, reduced: int, line: Cells) -> Floats:
    numbers = np.arange(len(line.x))
    place = _steps(len(line.x) + 2 * _PLACES_BESIDE) - _PLACES_BESIDE - 0.5
    strip_x = np.polyval(np.polyfit(numbers, line.x, 2), place)
    strip_y = np.polyval(np.polyfit(numbers, line.y, 2), place)
    middle = line.strip.pixels.shape[0] / 2
    along = (strip_x / PIXELS_PER_PITCH - 0.5 - MARGIN).astype(np.float32)
    x, y = line.strip.row.at(along)
    step_x, step_y = line.strip.row.direction(along)
    across = _steps(2 * _HALF_LINE)[:, None] - _HALF_LINE
    down = ((strip_y - middle) / PIXELS_PER_PITCH + across) * line.strip.stretch
    slant = line.strip.slant
    at_x = x + down * (slant * step_x - step_y)
    at_y = y + down * (slant * step_y + step_x)
    straight: Floats = ndimage.map_coordinates(
        grey,
        ((at_y + 0.5) / reduced - 0.5, (at_x + 0.5) / reduced - 0.5),
        output=np.float32,
        order=1,
        mode="nearest",
    )
    return straight


def _steps(pitches: float) -> Floats:
    """The middles of the pixels of so many pitches, in pitches."""
    count = round(pitches * _PIXELS_PER_PLACE)
    return ((np.arange(count) + 0.5) / _PIXELS_PER_PLACE).astype(np.float32)
