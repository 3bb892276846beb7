"""The cells of a row: a strip of the full picture along it, and the places set right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy import ndimage

from devices.images.blobs import Grey
from devices.images.classifier import Classifier
from devices.images.letters import (
    NO_CHARACTER,
    PATCH_HEIGHT,
    PATCH_WIDTH,
    PIXELS_PER_PITCH,
    Floats,
    evened,
)
from devices.images.rows import Row

MARGIN = 5
"""Places before the first blob and after the last that a strip shows too."""

_HALF_HEIGHT = 25  # pixels of a strip above its middle: 1.5 pitches

_SHIFTS = np.array([-3.0, 0.0, 3.0], np.float32)
"""Tried around a place, across and down, in pixels of a strip (a pitch has 16.7)."""


class Pyramid:
    """A picture and its halves, so that a strip is sampled without skipping pixels."""

    def __init__(self, grey: Grey) -> None:
        self._levels: dict[int, NDArray[Any]] = {1: grey}

    def level(self, pitch: float) -> tuple[NDArray[Any], int]:
        """The picture reduced so that `pitch` (full pixels) is near a strip's; and how much."""
        reduced = max(1, int(pitch / PIXELS_PER_PITCH))
        if reduced not in self._levels:
            self._levels[reduced] = ndimage.uniform_filter(self._levels[1], reduced)[
                reduced // 2 :: reduced, reduced // 2 :: reduced
            ]
        return self._levels[reduced], reduced


@dataclass(frozen=True, slots=True, eq=False)
class Strip:
    """A row straightened: `pixels` of shape (2 * 25, …), place 0 MARGIN pitches from its left.

    `row` is in pixels of the full picture; `stretch`: how many pitches of it stand in a pitch
    of the strip's height, for print that perspective made lower or taller; `slant`: how many
    pitches to the right one pitch downwards goes.
    """

    pixels: Floats
    row: Row
    stretch: float
    slant: float

    @property
    def places(self) -> int:
        return self.row.places

    def turned(self) -> Strip:
        """Upside down."""
        return Strip(self.pixels[::-1, ::-1], self.row.turned(), self.stretch, self.slant)


def strip(pyramid: Pyramid, row: Row, stretch: float = 1.0, slant: float = 0.0) -> Strip:
    """Straightens what lies along `row` (in pixels of the full picture).

    `slant`: how many pitches to the right one pitch downwards goes, in sheared print.
    """
    picture, reduced = pyramid.level(row.pitch)
    width = round((row.places + 2 * MARGIN) * PIXELS_PER_PITCH)
    place = (np.arange(width) + 0.5) / PIXELS_PER_PITCH - 0.5 - MARGIN
    x, y = row.at(place)
    step_x, step_y = row.direction(place)
    down = (np.arange(2 * _HALF_HEIGHT) + 0.5 - _HALF_HEIGHT) / PIXELS_PER_PITCH * stretch
    at_x = x + down[:, None] * (-step_y + slant * step_x)
    at_y = y + down[:, None] * (step_x + slant * step_y)
    pixels = ndimage.map_coordinates(
        picture,
        ((at_y + 0.5) / reduced - 0.5, (at_x + 0.5) / reduced - 0.5),
        output=np.float32,
        order=1,
        mode="nearest",
    )
    return Strip(pixels, row, stretch, slant)


def patches(of: Strip, x: np.ndarray, y: np.ndarray) -> Floats:
    """Evened patches whose middles lie at `x`, `y` (pixels of the strip), shape (N, H, W)."""
    windows = sliding_window_view(of.pixels, (PATCH_HEIGHT, PATCH_WIDTH))
    left = np.clip(np.rint(x - PATCH_WIDTH / 2).astype(int), 0, windows.shape[1] - 1)
    top = np.clip(np.rint(y - PATCH_HEIGHT / 2).astype(int), 0, windows.shape[0] - 1)
    return evened(windows[top, left])


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Places of a strip, where each has its middle (pixels of the strip), and how likely each
    character stands there: `likely` has the shape (places, 38)."""

    strip: Strip
    x: Floats
    y: Floats
    likely: Floats

    def cut(self, first: int, count: int) -> Cells:
        """The places `first` to `first + count`."""
        part = slice(first, first + count)
        return Cells(self.strip, self.x[part], self.y[part], self.likely[part])


def first_look(of: Strip, classifier: Classifier) -> Cells:
    """Each place where the row says it is, and MARGIN places before and after."""
    count = of.places + 2 * MARGIN
    x = ((np.arange(count) + 0.5) * PIXELS_PER_PITCH).astype(np.float32)
    y = np.full(count, _HALF_HEIGHT, np.float32)
    return _looked_at(of, classifier, x, y)


def settled(cells: Cells, classifier: Classifier, first: int, count: int) -> Cells:
    """The places `first` to before `first + count` (of `cells`), each moved to where it is best
    read.

    One place's wish counts little: the moves follow a smooth course along the line.
    """
    x, y = cells.x[first : first + count], cells.y[first : first + count]
    for reach in (1.0, 0.5):
        moves = [(dx * reach, dy * reach) for dy in _SHIFTS for dx in _SHIFTS]
        looks = np.stack([_score(cells.strip, classifier, x + dx, y + dy) for dx, dy in moves])
        best = looks.max(axis=0)
        # What a place wishes is the mean of all moves, each as likely as what it shows.
        likely = np.exp(looks - best).reshape(len(_SHIFTS), len(_SHIFTS), count)
        likely /= likely.sum(axis=(0, 1))
        wish_x = reach * (likely.sum(axis=0) * _SHIFTS[:, None]).sum(axis=0)
        wish_y = reach * (likely.sum(axis=1) * _SHIFTS[:, None]).sum(axis=0)
        # Where a place is read alike everywhere it wishes nothing in particular.
        weight = np.clip(best - looks.min(axis=0), 0.05, 6)
        x = x + _smooth(wish_x, weight)
        y = y + _smooth(wish_y, weight)
    return _looked_at(cells.strip, classifier, x, y)


def _smooth(wish: Floats, weight: Floats) -> Floats:
    """A parabola along the line through what each place wishes."""
    place = np.linspace(-1, 1, len(wish))
    return np.polyval(np.polyfit(place, wish, 2, w=np.sqrt(weight)), place).astype(np.float32)


def _score(of: Strip, classifier: Classifier, x: Floats, y: Floats) -> Floats:
    likely = classifier.log_likelihoods(patches(of, x, y))
    best: Floats = likely[:, :NO_CHARACTER].max(axis=1)
    return best


def _looked_at(of: Strip, classifier: Classifier, x: Floats, y: Floats) -> Cells:
    return Cells(of, x, y, classifier.log_likelihoods(patches(of, x, y)))
