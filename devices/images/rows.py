"""Rows of equally spaced blobs: the lines of a zone, at whatever angle they lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from devices.images.blobs import Blobs
from devices.images.letters import Floats

# From the middle of one letter to that of the next, in spreads of a letter: a capital's is 0.36
# of the pitch, a filler's 0.25.
_NEAREST, _FARTHEST = 1.6, 6.0
_ALIKE = 2.3  # how much larger one of two neighbours may be
_NEIGHBOURS = 9

_SHORTEST_CHAIN = 4
_MOST_CHAINS = 40
# Once that many rows could be lines, words and scraps are not followed any further.
_ROWS_OF_A_ZONE, _FEWEST_PLACES, _LONG_CHAIN = 2, 28, 8
_FEWEST_BLOBS = 13
_LONGEST = 48  # places; the longest line has 44
_STRAY = 0.34  # of a pitch: how far from its row a blob may lie
_WIDEST_GAP = 5.5  # places without a blob in the middle of a row
_ONE_LETTER = 0.52  # of a pitch: the spread of OCR-B is at most 0.42, of two that touch 0.56
_UNEVEN = 0.17  # of a pitch: the spread of blobs around their places


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Where the places of a line are: polynomials of the place's number, in pixels.

    Place 0 is that of the first blob, `places` the number up to the last.
    """

    x: np.ndarray
    y: np.ndarray
    places: int
    pitch: float

    def at(self, place: Floats | float) -> tuple[Floats, Floats]:
        return _value(self.x, place), _value(self.y, place)

    def direction(self, place: Floats | float) -> tuple[Floats, Floats]:
        """The step from one place to the next."""
        return _value(_slope(self.x), place), _value(_slope(self.y), place)

    def place_of(self, x: float, y: float) -> float:
        """The number of the place next to a point, on a straight continuation of the row."""
        middle = (self.places - 1) / 2
        (at_x, at_y), (step_x, step_y) = self.at(middle), self.direction(middle)
        along = (x - at_x) * step_x + (y - at_y) * step_y
        return float(middle + along / (step_x**2 + step_y**2))

    def depth_of(self, x: float, y: float) -> float:
        """How far below the row a point lies, in pitches, the row being read as it is."""
        place = self.place_of(x, y)
        (at_x, at_y), (step_x, step_y) = self.at(place), self.direction(place)
        down = -(x - at_x) * step_y + (y - at_y) * step_x
        return float(down / (step_x**2 + step_y**2))

    def scaled(self, by: float) -> Row:
        """In pixels of a picture that is `by` times as large; pixel middles stay middles."""
        shift = np.array([(by - 1) / 2])
        return Row(
            np.polyadd(self.x * by, shift),
            np.polyadd(self.y * by, shift),
            self.places,
            self.pitch * by,
        )

    def spanning(self, first: int, last: int) -> Row:
        """With place `first` as 0 and `last` as the last."""
        moved = np.array([1.0, float(first)])
        return Row(
            _composed(self.x, moved), _composed(self.y, moved), last - first + 1, self.pitch
        )

    def lowered(self, pitches: float) -> Row:
        """A row as long, so far below this one."""
        return Row(
            np.polysub(self.x, pitches * np.polyder(self.y)),
            np.polyadd(self.y, pitches * np.polyder(self.x)),
            self.places,
            self.pitch,
        )

    def turned(self) -> Row:
        """The same line read from its other end."""
        from_other_end = np.array([-1.0, self.places - 1.0])
        return Row(
            _composed(self.x, from_other_end),
            _composed(self.y, from_other_end),
            self.places,
            self.pitch,
        )


# numpy's own polyval and polyder take ten times as long for a single place, of which the search
# for rows that lie like a zone asks thousands.
def _value(polynomial: Sequence[float] | np.ndarray, at: Floats | float) -> Any:
    value = 0.0 * at
    for coefficient in polynomial:
        value = value * at + coefficient
    return value


def _slope(polynomial: np.ndarray) -> list[float]:
    degree = len(polynomial) - 1
    return [(degree - n) * float(c) for n, c in enumerate(polynomial[:-1])]


def _composed(outer: np.ndarray, inner: np.ndarray) -> np.ndarray:
    result = np.zeros(1)
    for coefficient in outer:
        result = np.polyadd(np.polymul(result, inner), [coefficient])
    return result


def rows(found: Blobs) -> list[Row]:
    """Every row of blobs that could be a line of a zone, longest first."""
    if len(found) < _FEWEST_BLOBS:
        return []
    points = np.column_stack((found.x, found.y))
    near = min(_NEIGHBOURS, len(found) - 1)
    distances, others = cKDTree(points).query(points, k=near + 1)
    distances, others = distances[:, 1:], others[:, 1:]
    size = found.size
    mean_size = (size[:, None] + size[others]) / 2
    alike = np.maximum(size[:, None], size[others]) < _ALIKE * np.minimum(
        size[:, None], size[others]
    )
    fits = alike & (distances > _NEAREST * mean_size) & (distances < _FARTHEST * mean_size)
    lines: list[Row] = []
    for angle in _angles(found, others, fits, distances):
        lines += _rows_along(found, others, fits, angle)
    return sorted(lines, key=lambda row: -row.places)


def _angles(
    found: Blobs, others: np.ndarray, fits: np.ndarray, distances: np.ndarray
) -> Iterator[float]:
    """The directions (radians, from 0 to π) in which most blobs have their neighbours."""
    first, column = np.nonzero(fits)
    if not len(first):
        return
    second = others[first, column]
    angle = np.arctan2(found.y[second] - found.y[first], found.x[second] - found.x[first])
    degrees = np.floor(np.degrees(angle) % 180).astype(int) % 180
    # A near neighbour says more: the one above or below is in another line.
    votes = np.bincount(degrees, found.size[first] / distances[first, column], minlength=180)
    smooth = np.sum([np.roll(votes, shift) for shift in range(-3, 4)], axis=0)
    best = smooth.max()
    for _ in range(3):
        peak = int(smooth.argmax())
        if smooth[peak] < 0.4 * best:
            return
        yield float(np.radians(peak + 0.5))
        smooth[(peak + np.arange(-12, 13)) % 180] = 0


def _rows_along(
    found: Blobs, others: np.ndarray, fits: np.ndarray, angle: float
) -> Iterator[Row]:
    cosine, sine = np.cos(angle), np.sin(angle)
    u = found.x * cosine + found.y * sine
    v = -found.x * sine + found.y * cosine
    along = u[others] - u[:, None]
    aside = np.abs(v[others] - v[:, None])
    usable = fits & (aside < 0.3 * np.abs(along))
    right = _nearest(others, usable & (along > 0), along + 2 * aside)
    left = _nearest(others, usable & (along < 0), -along + 2 * aside)
    taken = np.zeros(len(u), bool)
    chains = [
        np.array(chain) for chain in _chains(right, left) if len(chain) >= _SHORTEST_CHAIN
    ]
    chains = [chain for chain in chains if _is_even(u[chain])]
    whole = 0
    for chain in sorted(chains, key=len, reverse=True)[:_MOST_CHAINS]:
        if whole >= _ROWS_OF_A_ZONE and len(chain) < _LONG_CHAIN:
            return
        if taken[chain].mean() > 0.5:
            continue
        row = _followed(u, v, found.size, chain)
        if row is None:
            continue
        members, line = row
        taken[members] = True
        whole += _FEWEST_PLACES <= line.places <= _LONGEST
        yield Row(
            x=line.x * cosine - line.y * sine,
            y=line.x * sine + line.y * cosine,
            places=line.places,
            pitch=line.pitch,
        )


def _is_even(positions: Floats) -> bool:
    """Whether blobs follow one another like letters: specks of noise seldom do."""
    steps = np.diff(positions)
    usual = np.median(steps)
    return bool(np.median(np.abs(steps - usual)) < 0.3 * usual)


def _nearest(others: np.ndarray, usable: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """For each blob the usable neighbour of least cost, or -1."""
    masked = np.where(usable, cost, np.inf)
    best = masked.argmin(axis=1)
    each = np.arange(len(others))
    return np.where(np.isfinite(masked[each, best]), others[each, best], -1)


def _chains(right: np.ndarray, left: np.ndarray) -> Iterator[list[int]]:
    """Blobs that are each other's neighbours, from left to right."""
    goes_on = (right >= 0) & (left[right] == np.arange(len(right)))
    begins = goes_on.copy()
    begins[right[goes_on]] = False
    for start in np.flatnonzero(begins):
        chain, at = [int(start)], int(start)
        while goes_on[at] and len(chain) < 4 * _LONGEST:
            at = int(right[at])
            chain.append(at)
        yield chain


def _followed(
    u: Floats, v: Floats, size: Floats, chain: np.ndarray
) -> tuple[np.ndarray, Row] | None:
    """The whole line of which `chain` is a piece: its blobs, and the row in (u, v)."""
    pitch = float(np.median(np.diff(u[chain])))
    usual = float(np.median(size[chain]))
    like_letters = (size > 0.42 * usual) & (size < _ONE_LETTER * pitch)
    members = chain
    # A row that has not grown by then never will: most chains are words and specks.
    for degree, fewest in ((1, 4), (1, 9), (2, 9), (2, _FEWEST_BLOBS)):
        if len(members) < 10:
            degree = 1
        middle = float(u[members].mean())
        course = np.polyfit(u[members] - middle, v[members], degree)
        reach = (_LONGEST if len(members) > 9 else 3 * len(members)) * pitch
        close = np.abs(v - np.polyval(course, u - middle)) < _STRAY * pitch
        near = like_letters & close & (np.abs(u - middle) < reach)
        members = np.flatnonzero(near)
        if len(members) < fewest:
            return None
        members = members[np.argsort(u[members])]
        members, places = _numbered(u, members, pitch, float(u[chain].mean()))
        if len(members) < fewest:
            return None
        span = places[-1] - places[0]
        if span < 3:
            return None
        pitch = float(u[members[-1]] - u[members[0]]) / float(span)
    count = int(places[-1] - places[0]) + 1
    if len(np.unique(places)) < _FEWEST_BLOBS or len(np.unique(places)) < 0.5 * count:
        return None
    places = places - places[0]
    x = np.polyfit(places, u[members], 2)
    residual = u[members] - np.polyval(x, places)
    if np.median(np.abs(residual)) > _UNEVEN * pitch:
        return None
    fine = np.abs(residual) < 0.3 * pitch
    if fine.sum() < _FEWEST_BLOBS:
        return None
    x = np.polyfit(places[fine], u[members][fine], 2)
    y = np.polyfit(places[fine], v[members][fine], 2)
    return members, Row(x, y, count, pitch)


def _numbered(
    u: Floats, members: np.ndarray, pitch: float, inside: float
) -> tuple[np.ndarray, np.ndarray]:
    """Members from gap to gap around `inside`, and the number of each one's place."""
    positions = u[members]
    steps = np.diff(positions)
    gaps = np.flatnonzero(steps > _WIDEST_GAP * pitch)
    before = gaps[positions[gaps] < inside]
    after = gaps[positions[gaps] >= inside]
    first = int(before[-1]) + 1 if len(before) else 0
    last = int(after[0]) + 1 if len(after) else len(members)
    members, positions = members[first:last], positions[first:last]
    places = np.zeros(len(members), int)
    step = pitch
    for number in range(1, len(members)):
        width = positions[number] - positions[number - 1]
        jump = round(float(width / step))
        places[number] = places[number - 1] + jump
        if jump == 1:
            # Perspective makes the pitch grow or shrink along the line.
            step += 0.12 * (float(width) - step)
    return members, places
