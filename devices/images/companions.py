"""The other lines of a zone of which one row was found: a stamp or a pattern hid the rest.

The classifier tells at which distance a line of OCR-B runs; no blob has to be seen there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from devices.images import grid
from devices.images.classifier import Classifier
from devices.images.grid import Pyramid, Strip
from devices.images.rows import Row
from devices.images.zones import is_varied, line_start

_LENGTHS = (44, 36, 30)
_LINES = {44: 2, 36: 2, 30: 3}

_LEAST_PLACES = 16
_LEAST_PLACES_ALONE = 24
_LINE = -0.7
"""The mean log likelihood of a place above which a row is a line of OCR-B."""

_LINE_ALONE = -0.3
"""The same for a row that nothing stands beside: only print of OCR-B has it."""

_DEPTHS = np.arange(1.6, 2.95, 0.15)
"""Pitches from one line to the next: 2.4 by ICAO Doc 9303 part 3, less or more aslant."""


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    row: Row
    length: int
    score: float
    is_varied: bool


def is_line(pyramid: Pyramid, row: Row, classifier: Classifier) -> bool:
    """Whether `row` (in pixels of the full picture) is by itself a line of some zone."""
    if row.places < _LEAST_PLACES_ALONE:
        return False
    line = _best_line(pyramid, row, classifier)
    return line.score > _LINE_ALONE and line.is_varied


def completed(pyramid: Pyramid, row: Row, classifier: Classifier) -> Iterator[tuple[Row, ...]]:
    """Sets of rows that `row` (in pixels of the full picture) may be one of, top row first."""
    if row.places < _LEAST_PLACES:
        return
    line = _best_line(pyramid, row, classifier)
    if line.score < _LINE:
        return
    above = _beside(pyramid, line, classifier, -1)
    below = _beside(pyramid, line, classifier, 1)
    needed = _LINES[line.length] - 1
    for upper in range(needed + 1):
        if upper <= len(above) and needed - upper <= len(below):
            yield (*reversed(above[:upper]), line.row, *below[: needed - upper])


def _beside(pyramid: Pyramid, line: _Line, classifier: Classifier, direction: int) -> list[Row]:
    """The lines next to it on one side, nearest first."""
    found: list[Row] = []
    depth = 0.0
    for _ in range(_LINES[line.length] - 1):
        steps = _DEPTHS if not found else np.array([depth])
        tried = [
            (
                _as_line(
                    grid.strip(
                        pyramid,
                        line.row.lowered(direction * float(step) * (len(found) + 1)),
                    ),
                    classifier,
                    (line.length,),
                ).score,
                float(step),
            )
            for step in steps
        ]
        score, depth = max(tried)
        if score < _LINE:
            break
        found.append(line.row.lowered(direction * depth * (len(found) + 1)))
    return found


def _best_line(pyramid: Pyramid, row: Row, classifier: Classifier) -> _Line:
    """`row` read from whichever end makes more of it."""
    beyond = max(_LENGTHS) - row.places
    wide = row.spanning(-beyond, row.places - 1 + beyond) if beyond > 0 else row
    upright = grid.strip(pyramid, wide)
    lines = [_as_line(one, classifier, _LENGTHS) for one in (upright, upright.turned())]
    return max(lines, key=lambda one: one.score)


def _as_line(strip: Strip, classifier: Classifier, lengths: tuple[int, ...]) -> _Line:
    """The row of `strip` as a line of the likeliest length."""
    likely = grid.first_look(strip, classifier).likely
    row = strip.row
    best, worth = _Line(row, lengths[0], -np.inf, is_varied=False), -np.inf
    for length in lengths:
        started = line_start(likely, length)
        if started is not None and started[1] > worth:
            worth = started[1]
            within = likely[started[0] : started[0] + length]
            best = _Line(row, length, started[2] / length, is_varied(within))
    return best
