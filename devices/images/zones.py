"""Which rows of a picture are the lines of one machine-readable zone, and how they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from devices.images import grid
from devices.images.classifier import Classifier
from devices.images.grid import MARGIN, Cells, Pyramid, Strip
from devices.images.letters import NO_CHARACTER, Floats
from devices.images.rows import Row

# Line spacing of ICAO Doc 9303 part 3 is 2.4 pitches; perspective makes it less or more.
_CLOSEST, _WIDEST = 1.4, 3.6
_USUAL_SPACING = 2.45
_LEAST_OVERLAP = 0.6
_ANGLE = np.radians(7)
_PARALLEL = np.cos(np.radians(20))
_PITCHES = 1.22

_LENGTHS = {2: (44, 36), 3: (30,)}
_LONGEST = 46
_MOST_CANDIDATES = 12

# Beyond a line there is paper. What is seen there weighs less than what is seen in it: a
# fingerprint or the edge of the page may lie there.
_BESIDE = 0.5
_PLAIN = -0.02
"""A score that no page has upside down."""
_CLEAR = -0.005
_FEWEST_CHARACTERS = 4
"""The name line of a card may be `LI<<BO<<<<…`."""
_WORST = -7.0


@dataclass(frozen=True, slots=True, eq=False)
class Zone:
    """The cells of every line, top line first, all lines of the same number of places.

    `score`: the mean log likelihood of the best character of a place, 0 at best.
    """

    lines: tuple[Cells, ...]
    score: float

    @property
    def likely(self) -> Floats:
        """Shape (lines, places, 38)."""
        return np.stack([line.likely for line in self.lines])


def candidates(rows: Sequence[Row]) -> Iterator[tuple[Row, ...]]:
    """Sets of two or three rows that lie like the lines of a zone, likeliest first.

    Each set is in order from top to bottom and covers the same stretch.
    """
    distinct = _distinct(rows)
    below: dict[int, list[tuple[int, Row, float]]] = {}
    pairs: list[tuple[float, tuple[Row, ...]]] = []
    for (a, first), (b, second) in combinations(enumerate(distinct), 2):
        depth = _depth(first, second)
        if depth is None:
            continue
        upper, lower = (a, b) if depth > 0 else (b, a)
        below.setdefault(upper, []).append((lower, distinct[lower], abs(depth)))
        pairs.append((_weight((first, second)), (distinct[upper], distinct[lower])))
    sets = pairs
    for upper, next_ones in below.items():
        for middle, row, depth in next_ones:
            for _, lowest, next_depth in below.get(middle, ()):
                if abs(depth - next_depth) < 0.3 * depth:
                    three = (distinct[upper], row, lowest)
                    sets.append((_weight(three), three))
    sets.sort(key=lambda one: -one[0])
    for _, chosen in sets[:_MOST_CANDIDATES]:
        yield _of_one_stretch(chosen)


def _distinct(rows: Sequence[Row]) -> list[Row]:
    """Each row once; those about parallel are read in the same direction."""
    kept: list[Row] = []
    for row in rows[:40]:
        middle = row.at((row.places - 1) / 2)
        x, y = float(middle[0]), float(middle[1])
        if any(
            abs(other.depth_of(x, y)) < 0.6 and -2 < other.place_of(x, y) < other.places + 1
            for other in kept
        ):
            continue
        along = next((_cosine(o, row) for o in kept if abs(_cosine(o, row)) > _PARALLEL), 1)
        if along < 0:
            row = row.turned()
        kept.append(row)
    return kept


def _cosine(first: Row, second: Row) -> float:
    a_x, a_y = first.direction((first.places - 1) / 2)
    b_x, b_y = second.direction((second.places - 1) / 2)
    return float((a_x * b_x + a_y * b_y) / (np.hypot(a_x, a_y) * np.hypot(b_x, b_y)))


def _depth(first: Row, second: Row) -> float | None:
    """How many pitches `second` lies below `first`; None when they are not of one zone."""
    ratio = first.pitch / second.pitch
    if not 1 / _PITCHES < ratio < _PITCHES or _cosine(first, second) < np.cos(_ANGLE):
        return None
    x, y = second.at((second.places - 1) / 2)
    depth = first.depth_of(float(x), float(y))
    if not _CLOSEST < abs(depth) < _WIDEST:
        return None
    start, end = (first.place_of(*map(float, second.at(p))) for p in (0, second.places - 1))
    overlap = min(end, first.places - 1) - max(start, 0)
    if overlap < _LEAST_OVERLAP * max(first.places, second.places):
        return None
    return depth


def _weight(rows: Sequence[Row]) -> float:
    """Zones are long and their lines equally so; what is longer than any line is ornament."""
    places = [row.places for row in rows]
    worth = sum(min(count, _LONGEST) - 2.0 * max(count - _LONGEST, 0) for count in places)
    return worth - 2.0 * (max(places) - min(places))


def _of_one_stretch(rows: Sequence[Row]) -> tuple[Row, ...]:
    spanned = []
    for row in rows:
        ends = [
            row.place_of(*map(float, other.at(place)))
            for other in rows
            for place in (0, other.places - 1)
        ]
        spanned.append(row.spanning(round(min(ends)), round(max(ends))))
    return tuple(spanned)


def placed(pyramid: Pyramid, rows: Sequence[Row], classifier: Classifier) -> Placed | None:
    """How `rows` (in pixels of the full picture) would lie as a zone, whichever way up."""
    stretch = _stretch(rows)
    strips = [grid.strip(pyramid, row, stretch) for row in rows]
    upright = _placed(strips, classifier)
    if upright is not None and upright.score > _PLAIN:
        return upright
    turned = _placed([one.turned() for one in reversed(strips)], classifier)
    if upright is None or (turned is not None and turned.score > upright.score):
        return turned
    return upright


def settled(pyramid: Pyramid, found: Placed, classifier: Classifier) -> Zone:
    """`found` with shear taken out and every place moved to where it is best read."""
    if found.is_clear:
        return Zone(tuple(found.lines()), found.score)
    rows = [cells.strip.row for cells in found.cells]
    slant = _slant(found)
    if abs(slant) > 0.05:
        stretch = found.cells[0].strip.stretch
        sheared = [grid.strip(pyramid, row, stretch, slant) for row in rows]
        better = _placed(sheared, classifier)
        if better is not None and better.score > found.score:
            found = better
    lines = tuple(
        grid.settled(cells, classifier, start, found.length)
        for cells, start in zip(found.cells, found.starts, strict=True)
    )
    best = np.stack([line.likely[:, :NO_CHARACTER].max(axis=1) for line in lines])
    return Zone(lines, float(np.maximum(best, _WORST).mean()))


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Cells of whole strips, where the line starts in each, and how long lines are.

    `score`: the mean log likelihood of the best character of a place, 0 at best.
    """

    cells: tuple[Cells, ...]
    starts: tuple[int, ...]
    length: int
    score: float

    @property
    def is_clear(self) -> bool:
        """Whether each character is read so well that no place needs to be moved."""
        return all(
            float(line.likely[:, :NO_CHARACTER].max(axis=1).min()) > _CLEAR
            for line in self.lines()
        )

    @property
    def is_varied(self) -> bool:
        """Whether its lines say something: a zigzag is a perfect row of N."""
        return all(is_varied(line.likely) for line in self.lines())

    def lines(self) -> Iterator[Cells]:
        """The cells of each line, without what lies beside it."""
        for cells, start in zip(self.cells, self.starts, strict=True):
            yield cells.cut(start, self.length)

    def holds(self, rows: Sequence[Row]) -> bool:
        """Whether any of `rows` runs through this zone."""
        first = self.cells[0].strip.row
        last = self.cells[-1].strip.row
        depth = first.depth_of(*_middle(last))
        for row in rows:
            x, y = _middle(row)
            place = first.place_of(x, y)
            if -0.7 < first.depth_of(x, y) < depth + 0.7 and -1 < place < first.places + 1:
                return True
        return False


def _middle(row: Row) -> tuple[float, float]:
    x, y = row.at((row.places - 1) / 2)
    return float(x), float(y)


def _stretch(rows: Sequence[Row]) -> float:
    x, y = rows[-1].at((rows[-1].places - 1) / 2)
    spacing = abs(rows[0].depth_of(float(x), float(y))) / (len(rows) - 1)
    # Perspective has made low what lies close together; but spacings differ by themselves.
    return float(np.clip(spacing / _USUAL_SPACING, 0.85, 1.18))


def _placed(strips: Sequence[Strip], classifier: Classifier) -> Placed | None:
    looks = [grid.first_look(one, classifier) for one in strips]
    found: Placed | None = None
    best_total = -np.inf
    for length in _LENGTHS[len(strips)]:
        starts, total, inside = [], 0.0, 0.0
        for look in looks:
            line = line_start(look.likely, length)
            if line is None:
                break
            start, gained, within = line
            starts.append(start)
            total += gained
            inside += within
        else:
            score = inside / (length * len(strips))
            if total > best_total:
                best_total = total
                found = Placed(tuple(looks), tuple(starts), length, score)
    return found


def is_varied(likely: Floats) -> bool:
    """Whether a line holds as many different characters as every line of a zone does."""
    return len(np.unique(likely[:, :NO_CHARACTER].argmax(axis=1))) >= _FEWEST_CHARACTERS


def line_start(likely: Floats, length: int) -> tuple[int, float, float] | None:
    """Where a line of `length` places best begins, what that is worth, and the line itself."""
    character = np.maximum(likely[:, :NO_CHARACTER].max(axis=1), _WORST)
    nothing = np.maximum(likely[:, NO_CHARACTER], _WORST) * _BESIDE
    if len(character) < length:
        return None
    inside = np.concatenate(([0.0], np.cumsum(character)))
    outside = np.concatenate(([0.0], np.cumsum(nothing)))
    starts = np.arange(len(character) - length + 1)
    within = inside[starts + length] - inside[starts]
    worth = within + outside[starts] + outside[-1] - outside[starts + length]
    best = int(worth.argmax())
    return best, float(worth[best]), float(within[best])


def _slant(found: Placed) -> float:
    """How many pitches to the right one pitch downwards goes, by where the lines begin."""
    first, last = found.cells[0].strip.row, found.cells[-1].strip.row
    middle = found.length / 2
    x, y = last.at(found.starts[-1] - MARGIN + middle)
    depth = first.depth_of(float(x), float(y))
    beside = first.place_of(float(x), float(y)) - (found.starts[0] - MARGIN + middle)
    return float(np.clip(beside / depth, -0.4, 0.4)) if depth > 0.5 else 0.0
