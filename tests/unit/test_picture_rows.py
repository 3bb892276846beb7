"""Rows of ink: found at any angle, whatever is around; and which rows lie like a zone."""

from __future__ import annotations

import math
import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.images.blobs import Blobs, Ink, blobs
from devices.images.rows import Row, rows
from devices.images.zones import candidates

PITCH = 14.0
LETTER = 0.36 * PITCH
"""How far the ink of a capital spreads around its middle."""
MIDDLE = (700.0, 500.0)

Points = np.ndarray
"""x and y of each blob, shape (N, 2)."""


def line(
    count: int = 44, *, pitch: float = PITCH, below: float = 0.0, growth: float = 0.0
) -> Points:
    """Places from left to right, `below` pixels under the middle; by the last one the pitch
    has grown by the share `growth`."""
    place = np.arange(count) - (count - 1) / 2
    x = pitch * (place + growth * place**2 / 2 / count)
    return np.column_stack((x, np.full(count, below)))


def turned(points: Points, degrees: float) -> Points:
    turn = math.radians(degrees)
    cosine, sine = math.cos(turn), math.sin(turn)
    return points @ np.array([[cosine, sine], [-sine, cosine]]) + MIDDLE


def shaken(points: Points, by: float, seed: int = 1) -> Points:
    return points + np.random.default_rng(seed).normal(0, by, points.shape)


def ink(*parts: Points, size: float = LETTER, seed: int = 2) -> Blobs:
    points = np.vstack(parts).astype(np.float32)
    # Fillers and letters differ.
    sizes = np.random.default_rng(seed).uniform(0.75, 1.1, len(points)) * size
    return Blobs(points[:, 0], points[:, 1], sizes.astype(np.float32))


def specks(count: int, seed: int = 3) -> Points:
    return np.random.default_rng(seed).uniform((0, 0), (1400, 1000), (count, 2))


def away(row: Row, points: Points) -> float:
    """How far the places of `row` lie from `points` at most, in pitches, whichever end is
    its first."""
    x, y = row.at(np.arange(row.places))
    found = np.column_stack((x, y))
    if np.abs(found[0] - points[0]).sum() > np.abs(found[0] - points[-1]).sum():
        found = found[::-1]
    return float(np.abs(found - points).max()) / row.pitch


ANGLES = (0, 1, 7, 30, 45, 60, 89, 90, 91, 135, 179, 180, 200, 270, 300)


@pytest.mark.parametrize("degrees", ANGLES)
def test_a_line_is_found_at_any_angle(degrees: float) -> None:
    points = turned(line(), degrees)
    longest = rows(ink(shaken(points, 0.4)))[0]
    assert longest.places == 44
    assert away(longest, points) < 0.1
    assert longest.pitch == pytest.approx(PITCH, rel=0.02)


@pytest.mark.parametrize("count", [30, 36, 44])
@pytest.mark.parametrize("pitch", [8.0, 14.0, 30.0])
def test_the_lines_of_every_layout_are_found_small_and_large(count: int, pitch: float) -> None:
    points = turned(line(count, pitch=pitch), 3)
    longest = rows(ink(points, size=0.36 * pitch))[0]
    assert longest.places == count
    assert away(longest, points) < 0.1


@pytest.mark.parametrize("growth", [-0.35, -0.2, 0.2, 0.35])
@pytest.mark.parametrize("degrees", [0, 40, 90])
def test_a_line_whose_pitch_grows_in_perspective_keeps_its_count(
    growth: float, degrees: float
) -> None:
    points = turned(line(growth=growth), degrees)
    longest = rows(ink(points))[0]
    assert longest.places == 44
    assert away(longest, points) < 0.25


@pytest.mark.parametrize("first", [8, 20, 30])
@pytest.mark.parametrize("missing", [1, 2, 3, 4])
def test_letters_that_left_no_blob_are_counted(first: int, missing: int) -> None:
    points = turned(line(), 5)
    kept = np.delete(points, range(first, first + missing), axis=0)
    longest = rows(ink(kept))[0]
    assert longest.places == 44
    assert away(longest, points) < 0.1


def test_letters_that_touch_are_counted() -> None:
    points = turned(line(), 5)
    # Two by two, five times: each pair is one wide blob between their places.
    pairs = [4, 11, 19, 27, 38]
    touching = np.array([points[at : at + 2].mean(axis=0) for at in pairs], np.float32)
    apart = ink(np.delete(points, [*pairs, *(at + 1 for at in pairs)], axis=0))
    found = Blobs(
        np.append(apart.x, touching[:, 0]),
        np.append(apart.y, touching[:, 1]),
        np.append(apart.size, np.full(len(pairs), 0.57 * PITCH, np.float32)),
    )
    assert rows(found)[0].places == 44


@pytest.mark.parametrize("bend", [-1.0, 1.0])
def test_a_line_on_a_bent_page_is_followed(bend: float) -> None:
    straight = line()
    along = straight[:, 0] / straight[:, 0].max()
    points = turned(straight + np.column_stack((0 * along, bend * PITCH * along**2)), 12)
    longest = rows(ink(points))[0]
    assert longest.places == 44
    assert away(longest, points) < 0.2


@pytest.mark.parametrize("degrees", [0, 33, 90])
def test_a_line_among_specks_is_found(degrees: float) -> None:
    points = turned(line(), degrees)
    around = specks(400)
    apart = np.abs(around[:, None] - points).sum(axis=2).min(axis=1) > 1.2 * PITCH
    longest = rows(ink(points, around[apart]))[0]
    # A few specks may lie where next letters would.
    assert 43 <= longest.places <= 48
    assert longest.pitch == pytest.approx(PITCH, rel=0.03)


def test_random_specks_are_hardly_ever_a_row_and_never_a_long_one() -> None:
    found = []
    for seed in range(12):
        found += rows(ink(specks(800, seed)))
    assert len(found) < 12
    assert all(row.places < 40 for row in found)


def test_specks_of_every_size_take_no_long_search() -> None:
    """A hostile picture has as many chains as there are blobs; few of them are followed."""
    assert len(rows(ink(specks(20_000)))) < 120


@pytest.mark.parametrize("count", [0, 1, 2, 9, 12])
def test_a_few_blobs_are_no_row(count: int) -> None:
    assert rows(ink(line(44)[:count].reshape(-1, 2))) == []


def test_blobs_in_one_point_are_no_row() -> None:
    assert rows(ink(np.zeros((60, 2)))) == []


def test_two_words_are_no_row_when_a_space_is_between_them() -> None:
    """Two halves of 10 letters, 7 places of nothing between them."""
    both = np.delete(line(27), range(10, 17), axis=0)
    assert rows(ink(turned(both, 0))) == []


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(13, 120),
    st.sampled_from([0.0, 0.01, 1.0, 30.0, 400.0]),
    st.booleans(),
)
def test_no_heap_of_blobs_raises_or_warns(
    seed: int, count: int, spread: float, whole: bool
) -> None:
    random = np.random.default_rng(seed)
    points = random.normal(500, spread, (count, 2))
    points = np.rint(points) if whole else points
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for row in rows(ink(points, size=float(random.uniform(1.6, 20)))):
            assert row.places >= 13
            assert np.isfinite([*row.x, *row.y, row.pitch]).all()


# ---- a row


def a_row(degrees: float = 0.0, places: int = 30) -> Row:
    turn = math.radians(degrees)
    step = np.array([math.cos(turn), math.sin(turn)]) * PITCH
    return Row(np.array([step[0], 100.0]), np.array([step[1], 200.0]), places, PITCH)


@pytest.mark.parametrize("degrees", ANGLES)
def test_places_and_depths_are_those_of_a_reader_of_the_row(degrees: float) -> None:
    row = a_row(degrees)
    turn = math.radians(degrees)
    along, down = (
        np.array([math.cos(turn), math.sin(turn)]),
        np.array([-math.sin(turn), math.cos(turn)]),
    )
    x, y = np.array([100.0, 200.0]) + (7 * along + 2.4 * down) * PITCH
    assert row.place_of(x, y) == pytest.approx(7)
    assert row.depth_of(x, y) == pytest.approx(2.4)
    # From the other end the same point is above, and counted from there.
    assert row.turned().place_of(x, y) == pytest.approx(29 - 7)
    assert row.turned().depth_of(x, y) == pytest.approx(-2.4)


def test_a_row_turned_twice_is_itself() -> None:
    bent = Row(np.array([0.01, 14.0, 3.0]), np.array([0.02, 0.5, 9.0]), 44, PITCH)
    again = bent.turned().turned()
    assert np.allclose(again.x, bent.x)
    assert np.allclose(again.y, bent.y)


def test_a_row_scaled_lies_on_the_same_ink() -> None:
    """The middle of the first pixel of a picture lies at 1.5 in one four times as large."""
    row = Row(np.array([14.0, 0.0]), np.array([0.0, 0.0]), 30, PITCH).scaled(4)
    x, y = row.at(1)
    assert (float(x), float(y)) == (4 * 14 + 1.5, 1.5)
    assert row.pitch == 4 * PITCH


def test_a_row_spans_other_places_of_the_same_line() -> None:
    row = a_row(20)
    longer = row.spanning(-3, 31)
    assert longer.places == 35
    assert np.allclose(longer.at(3), row.at(0))


# ---- zones


def zone(lines: int, count: int, apart: float = 2.4, degrees: float = 0.0) -> Blobs:
    parts = [line(count, below=number * apart * PITCH) for number in range(lines)]
    return ink(*(turned(part, degrees) for part in parts))


def likeliest(found: Blobs) -> tuple[Row, ...] | None:
    return next(iter(candidates(rows(found))), None)


@pytest.mark.parametrize("degrees", ANGLES)
@pytest.mark.parametrize(("lines", "count"), [(3, 30), (2, 36), (2, 44)])
def test_the_lines_of_a_zone_are_taken_together_from_top_to_bottom(
    lines: int, count: int, degrees: float
) -> None:
    chosen = likeliest(zone(lines, count, degrees=degrees))
    assert chosen is not None
    assert len(chosen) == lines
    for upper, lower in pairwise(chosen):
        x, y = lower.at((lower.places - 1) / 2)
        assert upper.depth_of(float(x), float(y)) == pytest.approx(2.4, abs=0.1)
        assert {upper.places, lower.places} == {count}


def test_lines_too_close_or_too_far_apart_are_no_zone() -> None:
    assert likeliest(zone(2, 44, apart=1.2)) is None
    assert likeliest(zone(2, 44, apart=4.0)) is None


def test_three_lines_that_are_not_equally_far_apart_are_at_most_two_of_a_zone() -> None:
    parts = [line(30, below=below * PITCH) for below in (0, 1.7, 4.9)]
    chosen = candidates(rows(ink(*(turned(part, 0) for part in parts))))
    assert {len(one) for one in chosen} == {2}


def test_lines_side_by_side_are_no_zone() -> None:
    left = line(30)
    right = line(30, below=2.4 * PITCH) + np.array([32 * PITCH, 0])
    assert likeliest(ink(turned(left, 0), turned(right, 0))) is None


def test_lines_that_cross_are_no_zone() -> None:
    flat, steep = turned(line(44), 0), turned(line(44, below=2.4 * PITCH), 15)
    assert likeliest(ink(flat, steep)) is None


def test_a_line_cut_short_spans_what_the_whole_one_does() -> None:
    short = line(44, below=2.4 * PITCH)[:34]
    chosen = likeliest(ink(turned(line(44), 0), turned(short, 0)))
    assert chosen is not None
    assert [row.places for row in chosen] == [44, 44]


def test_a_typed_page_has_no_more_candidates_than_there_is_time_for() -> None:
    """Thirty lines of a monospaced receipt, each as far from the next as in a zone."""
    assert len(list(candidates(rows(zone(30, 44, degrees=2))))) <= 12


def test_no_rows_make_no_zone() -> None:
    assert list(candidates([])) == []
    assert list(candidates([a_row()])) == []


def test_short_words_of_the_visual_zone_are_no_rows() -> None:
    """Two columns of values, each line as far from the next as in a zone."""
    columns = [
        turned(line(12, below=number * 2.4 * PITCH) + np.array([aside, 0]), 1)
        for number in range(8)
        for aside in (-9 * PITCH, 9 * PITCH)
    ]
    assert rows(ink(*columns)) == []


# ---- ink


def drawn(width: int, height: int, squares: list[tuple[int, int, int]]) -> np.ndarray:
    grey = np.full((height, width), 230, np.uint8)
    for x, y, side in squares:
        grey[y : y + side, x : x + side] = 20
    return grey


def test_each_piece_of_ink_is_a_blob_at_its_middle() -> None:
    found = blobs(drawn(200, 100, [(20, 30, 9), (120, 60, 12)]), Ink(window=16, darker=14))
    assert sorted(zip(found.x.tolist(), found.y.tolist(), strict=True)) == [
        (pytest.approx(24), pytest.approx(34)),
        (pytest.approx(125.5), pytest.approx(65.5)),
    ]
    # A square's pixels lie side / sqrt(6) around its middle.
    assert sorted(found.size.tolist()) == pytest.approx([9 / 6**0.5, 12 / 6**0.5], rel=0.02)


def test_specks_and_what_is_larger_than_a_letter_are_no_blobs() -> None:
    # The middle of a large square is as dark as its surroundings, which leaves its outline.
    grey = drawn(300, 200, [(10, 10, 2), (50, 50, 120)])
    assert len(blobs(grey, Ink(window=16, darker=14))) == 0


@pytest.mark.parametrize("side", [1, 2, 40])
@pytest.mark.parametrize("level", [0, 255])
def test_a_picture_of_one_grey_has_no_blobs(side: int, level: int) -> None:
    plain = np.full((side, 3 * side), level, np.uint8)
    for look in (Ink(16, 14), Ink(10, 7, blur=1.0)):
        assert len(blobs(plain, look)) == 0
