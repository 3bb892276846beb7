"""A line of print laid straight, whatever its angle, and its places moved to the characters."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from devices.images import grid
from devices.images.classifier import shipped
from devices.images.grid import MARGIN, Pyramid, Strip
from devices.images.letters import (
    NO_CHARACTER,
    PATCH_HEIGHT,
    PATCH_WIDTH,
    PIXELS_PER_PITCH,
    evened,
)
from devices.images.rows import Row
from tests.unit.mrz_builder import ASANOVA, BEKOV_PASSPORT
from tests.unit.printed_lines import in_print, read

PLACES = 30
SIDE = 1000
MIDDLE = SIDE / 2

Grey = NDArray[np.uint8]


def row_at(degrees: float, pitch: float, places: int = PLACES) -> Row:
    """A straight row through the middle of the picture."""
    turn = math.radians(degrees)
    step = np.array([math.cos(turn), math.sin(turn)]) * pitch
    start = MIDDLE - step * (places - 1) / 2
    return Row(np.array([step[0], start[0]]), np.array([step[1], start[1]]), places, pitch)


def dotted(row: Row, radius: float, beside: float = 0.0) -> Grey:
    """A round dot at each place of `row`, or `beside` pitches to the right of it."""
    grey = np.full((SIDE, SIDE), 255, np.uint8)
    reach = math.ceil(radius) + 1
    for at_x, at_y in zip(*row.at(np.arange(row.places) + beside), strict=True):
        top, left = round(at_y) - reach, round(at_x) - reach
        around = grey[top : top + 2 * reach + 1, left : left + 2 * reach + 1]
        y, x = np.mgrid[0 : around.shape[0], 0 : around.shape[1]]
        away = np.hypot(x + left - at_x, y + top - at_y)
        around[:] = np.minimum(around, 255 * np.clip(away - radius + 0.5, 0, 1))
    return grey


def dots_in(of: Strip) -> NDArray[np.float64]:
    """Where the ink of each place has its middle, in pixels of the strip: shape (places, 2)."""
    dark = 255 - of.pixels.astype(float)
    found = []
    for place in range(of.places):
        left = round((place + MARGIN) * PIXELS_PER_PITCH)
        cell = dark[:, left : left + round(PIXELS_PER_PITCH)]
        y, x = np.mgrid[0 : cell.shape[0], 0 : cell.shape[1]] + 0.5
        found.append(((x * cell).sum() / cell.sum() + left, (y * cell).sum() / cell.sum()))
    return np.array(found)


def wanted(places: int) -> NDArray[np.float64]:
    x = (np.arange(places) + MARGIN + 0.5) * PIXELS_PER_PITCH
    return np.column_stack((x, np.full(places, 25.0)))


@pytest.mark.parametrize("degrees", [0, 5, 37, 90, 133, 180, 211, 270, 355])
@pytest.mark.parametrize("pitch", [9.0, 16.7, 30.0])
def test_a_line_at_any_angle_is_laid_straight_within_a_pixel(
    degrees: float, pitch: float
) -> None:
    row = row_at(degrees, pitch)
    laid = grid.strip(Pyramid(dotted(row, 0.3 * pitch)), row)
    assert laid.pixels.shape == (50, round((PLACES + 2 * MARGIN) * PIXELS_PER_PITCH))
    assert np.abs(dots_in(laid) - wanted(PLACES)).max() < 1


def test_a_bent_line_is_laid_straight() -> None:
    straight = row_at(0, 20)
    bent = Row(straight.x, np.array([0.08, -2.4, MIDDLE]), PLACES, 20)
    laid = grid.strip(Pyramid(dotted(bent, 6)), bent)
    assert np.abs(dots_in(laid) - wanted(PLACES)).max() < 1


def test_a_strip_turned_twice_is_itself_and_once_is_that_of_the_turned_row() -> None:
    row = row_at(12, 22)
    pyramid = Pyramid(dotted(row, 6, beside=0.2))
    laid = grid.strip(pyramid, row, stretch=1.1)
    again = laid.turned().turned()
    assert np.array_equal(again.pixels, laid.pixels)
    assert np.allclose(again.row.x, laid.row.x)
    for turned in (laid.turned(), grid.strip(pyramid, row.turned(), stretch=1.1)):
        there = wanted(PLACES) - (0.2 * PIXELS_PER_PITCH, 0)
        assert np.abs(dots_in(turned) - there).max() < 1


@pytest.mark.parametrize("slant", [-0.3, 0.3])
def test_sheared_print_is_set_upright(slant: float) -> None:
    row = row_at(0, 24)
    # Strokes a pitch high through each place, leaning to the right upwards or downwards.
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    grey = np.full((SIDE, SIDE), 255, np.uint8)
    for at_x, at_y in zip(*row.at(np.arange(PLACES)), strict=True):
        leaning = np.abs(x - at_x - slant * (y - at_y)) < 3
        grey[leaning & (np.abs(y - at_y) < 12)] = 0
    upright = grid.strip(Pyramid(grey), row, slant=slant).pixels
    columns = (255 - upright[19:31]) > 128
    # Each stroke is the same columns in every row.
    assert (columns.all(axis=0) == columns.any(axis=0)).mean() > 0.93
    leaning = grid.strip(Pyramid(grey), row).pixels
    columns = (255 - leaning[19:31]) > 128
    assert (columns.all(axis=0) == columns.any(axis=0)).mean() < 0.8


def test_a_large_picture_is_brought_down_before_it_is_sampled() -> None:
    """Else a strip of print 80 pixels wide would show every fifth pixel, and its noise."""
    row = row_at(0, 80, places=10)
    noisy = np.random.default_rng(1).choice([0, 255], (SIDE, SIDE)).astype(np.uint8)
    assert grid.strip(Pyramid(noisy), row).pixels.std() < 40


def test_a_row_at_the_edge_of_the_picture_goes_on_in_what_lies_there() -> None:
    grey = np.full((20, 400), 200, np.uint8)
    row = Row(np.array([16.0, 5.0]), np.array([0.0, 1.0]), 26, 16.0)
    laid = grid.strip(Pyramid(grey), row)
    assert np.allclose(laid.pixels, 200)


# ---- patches


def test_patches_at_the_edge_of_a_strip_are_whole() -> None:
    laid = grid.strip(Pyramid(np.zeros((100, 100), np.uint8)), row_at(0, 16))
    outside = np.array([-50.0, 0.0, 1e4])
    assert grid.patches(laid, outside, outside).shape == (3, PATCH_HEIGHT, PATCH_WIDTH)


def test_evened_patches_show_neither_lamp_nor_ink() -> None:
    random = np.random.default_rng(3)
    patches = random.uniform(0, 255, (20, PATCH_HEIGHT, PATCH_WIDTH)).astype(np.float32)
    assert np.allclose(evened(patches), evened(patches * 0.4 + 60), atol=1e-2)


def test_an_empty_place_of_a_line_is_not_blown_up_and_nothing_divides_by_zero() -> None:
    random = np.random.default_rng(3)
    patches = random.uniform(0, 255, (20, PATCH_HEIGHT, PATCH_WIDTH)).astype(np.float32)
    patches[7] = 200 + random.uniform(0, 3, patches[7].shape)
    assert evened(patches)[7].std() < 0.1
    assert np.isfinite(evened(np.full_like(patches, 9))).all()


# ---- places


@pytest.mark.parametrize("pitch", [12, 17, 30])
@pytest.mark.parametrize("lines", [ASANOVA.td1(), BEKOV_PASSPORT.td3()])
def test_places_that_are_a_little_wrong_are_moved_to_the_characters(
    lines: tuple[str, ...], pitch: int
) -> None:
    pyramid, rows = in_print(lines, pitch)
    place = np.arange(len(lines[0]))
    for line, row in zip(lines, rows, strict=True):
        # Off by up to 0.15 of a pitch, otherwise at each end and in the middle.
        wrong = Row(
            np.polyadd(row.x, np.array([0.0005, -0.022, 0.15]) * pitch),
            np.polyadd(row.y, np.array([0.006, -0.13]) * pitch),
            row.places,
            row.pitch,
        )
        laid = grid.strip(pyramid, wrong)
        cells = grid.settled(grid.first_look(laid, shipped()), shipped(), MARGIN, len(line))
        assert read(cells) == line
        right_x = (row.at(place)[0] - wrong.at(place)[0]) / pitch * PIXELS_PER_PITCH
        right_y = (row.at(place)[1] - wrong.at(place)[1]) / pitch * PIXELS_PER_PITCH
        there = wanted(len(line)) + np.column_stack((right_x, right_y))
        assert np.abs(cells.x - there[:, 0]).mean() < 1
        assert np.abs(cells.y - there[:, 1]).mean() < 1.5


def test_the_first_look_shows_what_is_beside_a_line_too() -> None:
    pyramid, (row, _, _) = in_print(ASANOVA.td1(), 17)
    cells = grid.first_look(grid.strip(pyramid, row), shipped())
    assert cells.likely.shape == (30 + 2 * MARGIN, NO_CHARACTER + 1)
    assert read(cells)[MARGIN:-MARGIN] == ASANOVA.td1()[0]
    beside = np.exp(cells.likely[:, NO_CHARACTER])
    assert beside[: MARGIN - 1].min() > 0.5
    assert beside[MARGIN:-MARGIN].max() < 0.5


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_line_without_any_ink_settles_somewhere(level: int) -> None:
    pyramid = Pyramid(np.full((100, 800), level, np.uint8))
    laid = grid.strip(pyramid, Row(np.array([16.0, 50.0]), np.array([0.0, 50.0]), 30, 16.0))
    cells = grid.settled(grid.first_look(laid, shipped()), shipped(), MARGIN, 30)
    assert np.isfinite(cells.likely).all()
    assert np.isfinite(cells.x).all()
