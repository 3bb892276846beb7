"""From a picture of a document to what is read and how far it is trusted."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from devices.images.picture import opened
from devices.images.pipeline import Found, best_zone, read_picture
from devices.mrz import ReasonCode, Status
from devices.readers.stages import Stage
from tests.pictures import plain
from tests.unit.mrz_builder import (
    ASANOVA,
    BEKOV,
    BEKOV_PASSPORT,
    ERIKSSON,
    MUSTERMANN,
    SHCHUKINA,
)
from tests.unit.printed import PAPER, need_font, page

TODAY = date(2026, 11, 24)
CARD, PASSPORT = ASANOVA.td1(), BEKOV_PASSPORT.td3()
PITCH = 20

Pixels = NDArray[np.uint8]


def file(pixels: Pixels | Image.Image, kind: str = "PNG") -> bytes:
    data = io.BytesIO()
    picture = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    picture.save(data, kind)
    return data.getvalue()


def first_path(pixels: Pixels | Image.Image) -> Found | None:
    """What the first path says: the second opinion is asked in few of these tests, for time."""
    picture = opened(file(pixels))
    assert picture is not None
    return best_zone(picture, TODAY)


def is_ok(pixels: Pixels | Image.Image) -> bool:
    found = first_path(pixels)
    return found is not None and found.document.status is Status.OK


def turned(pixels: Pixels, degrees: float) -> Image.Image:
    picture = Image.fromarray(pixels)
    return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=PAPER)


def heard() -> tuple[list[Stage], Callable[[Stage], None]]:
    stages: list[Stage] = []
    return stages, stages.append


@pytest.mark.parametrize(
    "lines",
    [
        CARD,
        PASSPORT,
        MUSTERMANN.td2(),
        ERIKSSON.but(code="V").mrva(),
        ERIKSSON.but(code="V", optional="ZE18422").mrvb(),
        SHCHUKINA.russian(),
    ],
)
def test_every_layout_is_read_and_trusted_at_once(lines: tuple[str, ...]) -> None:
    stages, tell = heard()
    reading = read_picture(file(page(lines, PITCH)), TODAY, tell)
    assert reading.lines == lines
    assert reading.doubts == ()
    assert reading.repaired == ()
    assert reading.unsure == ()
    assert stages == [Stage.FINDING, Stage.READING]


def test_a_card_that_is_in_order_is_ok() -> None:
    assert read_picture(file(page(CARD)), TODAY, print).document(TODAY).status is Status.OK


@pytest.mark.parametrize("quarter", [0, 90, 180, 270])
@pytest.mark.parametrize("degrees", [-6, 0, 3])
@pytest.mark.parametrize("lines", [CARD, PASSPORT])
def test_a_page_is_read_whichever_way_it_lies(
    lines: tuple[str, ...], degrees: float, quarter: int
) -> None:
    found = first_path(turned(page(lines, PITCH), quarter + degrees))
    assert found is not None
    assert found.decoded.lines == lines
    assert found.document.status is Status.OK


@pytest.mark.parametrize("pitch", [9, 14, 32, 50])
def test_a_page_is_read_from_near_and_from_far(pitch: int) -> None:
    found = first_path(page(CARD, pitch))
    assert found is not None
    assert found.decoded.lines == CARD


def in_colour(grey: Pixels) -> Pixels:
    """Black print under a pattern of orange waves as dark to the eye as grey pencil."""
    y, x = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]]
    wave = np.cos((y + 9 * np.sin(x / 31)) * 2 * np.pi / 11) > 0.2
    paper = np.where(wave[..., None], (240, 150, 60), (245, 240, 228))
    return (paper * (grey[..., None] / PAPER)).clip(0, 255).astype(np.uint8)


def test_print_under_a_coloured_pattern_is_read() -> None:
    found = first_path(in_colour(page(PASSPORT, PITCH)))
    assert found is not None
    assert found.decoded.lines == PASSPORT
    assert found.document.status is Status.OK


@pytest.mark.parametrize("shade", [0.25, 0.5])
def test_print_in_a_shadow_is_read(shade: float) -> None:
    grey = page(CARD, PITCH)
    light = np.linspace(1, shade, grey.shape[1])[None, :]
    found = first_path((grey * light).astype(np.uint8))
    assert found is not None
    assert found.decoded.lines == CARD


def test_noise_beside_a_page_hides_it_not() -> None:
    grey = page(CARD, PITCH)
    noise = np.random.default_rng(2).integers(0, 256, (grey.shape[0], 500), dtype=np.uint8)
    assert is_ok(np.hstack((noise, grey)))


# ---- never trusted


@pytest.mark.parametrize("beside", [np.vstack, np.hstack])
def test_two_documents_in_one_picture_are_not_trusted(
    beside: Callable[[tuple[Pixels, Pixels]], Pixels],
) -> None:
    both = beside((page(CARD, PITCH), page(BEKOV.td1(), PITCH)))
    stages, tell = heard()
    reading = read_picture(file(both), TODAY, tell)
    assert ReasonCode.TWO_DOCUMENTS in reading.doubts
    assert reading.document(TODAY).status is Status.REVIEW
    assert stages == [Stage.FINDING, Stage.READING]


@pytest.mark.parametrize("seen", [1, 2])
def test_a_document_of_which_some_lines_show_is_a_second_one(seen: int) -> None:
    """What lies over a card may hide the rest of it: whose number is it that was read?"""
    below = page(BEKOV.td1(), PITCH).copy()
    below[place_of(below, seen, 0)[0].start - PITCH // 2 :] = PAPER
    both = np.vstack((page(CARD, PITCH), below))
    reading = read_picture(file(both), TODAY, heard()[1])
    assert ReasonCode.TWO_DOCUMENTS in reading.doubts


def zone_edges(grey: Pixels) -> tuple[int, int, int, int]:
    """Top, bottom, left and right of the ink."""
    inked = grey < 128
    down, across = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    return int(down[0]), int(down[-1]) + 1, int(across[0]), int(across[-1]) + 1


@pytest.mark.parametrize("lines", [CARD, PASSPORT])
@pytest.mark.parametrize(
    ("side", "missing"),
    [
        *((side, share) for side in ("left", "right", "top", "bottom") for share in (0.6, 1.5)),
        ("left", 6.0),
        ("right", 6.0),
    ],
)
def test_a_zone_of_which_a_part_is_missing_is_never_trusted(
    lines: tuple[str, ...], side: str, missing: float
) -> None:
    """Pitches cut off at one side of the zone, the picture's edge being there."""
    grey = page(lines, PITCH)
    top, bottom, left, right = zone_edges(grey)
    cut = round(missing * PITCH)
    pieces = {
        "left": grey[:, left + cut :],
        "right": grey[:, : right - cut],
        "top": grey[top + cut :],
        "bottom": grey[: bottom - cut],
    }
    assert not is_ok(pieces[side])


COVERED = [(0, 0), (0, 6), (0, 15), (0, 29), (1, 0), (1, 9), (1, 16), (1, 29), (2, 1), (2, 9)]


def place_of(grey: Pixels, line: int, column: int) -> tuple[slice, slice]:
    """The rows and columns of one place of a card."""
    _, bottom, left, _ = zone_edges(grey)
    upper = round(bottom - PITCH * (1.1 + 1.7 * (2 - line)))
    start = round(left + PITCH * (column - 0.15))
    return slice(upper, upper + round(1.25 * PITCH)), slice(start, start + PITCH)


@pytest.mark.parametrize(("line", "column"), COVERED)
@pytest.mark.parametrize("level", [PAPER, 20])
def test_a_covered_character_is_never_trusted(line: int, column: int, level: int) -> None:
    grey = page(CARD, PITCH)
    covered = grey.copy()
    covered[place_of(grey, line, column)] = level
    assert (covered != grey).any()
    assert not is_ok(covered)


@pytest.mark.parametrize(("line", "column"), COVERED)
@pytest.mark.parametrize("half", [0, 1])
def test_a_character_under_half_a_blot_is_not_trusted_unless_it_is_right(
    line: int, column: int, half: int
) -> None:
    """Half an 8 is enough where two check digits and a personal number say 8 too."""
    covered = page(CARD, PITCH).copy()
    rows, columns = place_of(covered, line, column)
    start = columns.start + half * PITCH // 2
    covered[rows, start : start + PITCH // 2] = 20
    found = first_path(covered)
    if found is not None and found.document.status is Status.OK:
        assert found.decoded.lines == CARD


def test_a_covered_character_is_not_trusted_after_the_second_opinion_either() -> None:
    """No check digit covers the surname, and another reader may guess what stood there."""
    grey = page(CARD, PITCH).copy()
    grey[place_of(grey, 2, 1)] = PAPER
    stages, tell = heard()
    reading = read_picture(file(grey), TODAY, tell)
    assert reading.document(TODAY).status is not Status.OK
    assert stages == [Stage.FINDING, Stage.READING, Stage.SECOND_OPINION]


@pytest.mark.parametrize(
    ("line", "column", "forged"), [(0, 8, "7"), (1, 3, "9"), (1, 29, "1"), (0, 20, "5")]
)
def test_a_forged_digit_is_read_as_it_is_and_not_trusted(
    line: int, column: int, forged: str
) -> None:
    changed = CARD[line][:column] + forged + CARD[line][column + 1 :]
    assert changed != CARD[line]
    lines = (*CARD[:line], changed, *CARD[line + 1 :])
    found = first_path(page(lines, PITCH))
    assert found is not None
    assert found.decoded.lines == lines
    assert found.document.status is not Status.OK


# ---- no zone


@pytest.mark.parametrize("kind", [name for name, _ in plain.KINDS])
def test_a_picture_without_a_zone_is_said_to_have_none(kind: str) -> None:
    need_font()
    picture = dict(plain.KINDS)[kind](np.random.default_rng(3))
    stages, tell = heard()
    reading = read_picture(file(picture), TODAY, tell)
    assert reading.lines == ()
    assert reading.document(TODAY).status is Status.REJECT
    assert Stage.SECOND_OPINION not in stages


@pytest.mark.parametrize("size", [(40, 40), (40, 1199), (900, 700)])
@pytest.mark.parametrize("level", [0, 255])
def test_nothing_at_all_is_no_zone(size: tuple[int, int], level: int) -> None:
    assert read_picture(file(np.full(size, level, np.uint8)), TODAY, print).lines == ()


def test_what_is_no_picture_is_said_to_be_none_and_ends_at_once() -> None:
    stages, tell = heard()
    reading = read_picture(b"P<KGZ", TODAY, tell)
    assert reading.doubts == (ReasonCode.NOT_A_PICTURE,)
    assert stages == [Stage.FINDING]


def noise() -> Pixels:
    return np.random.default_rng(1).integers(0, 256, (1000, 1400, 3), dtype=np.uint8)


def chequers() -> Pixels:
    return (np.indices((1000, 1400)) // 10).sum(0).astype(np.uint8) % 2 * 255


def specks(count: int, within: int) -> Pixels:
    """Squares of the size of letters: anywhere, or each somewhere in its own square."""
    random = np.random.default_rng(1)
    grey = np.full((1400, 1400), PAPER, np.uint8)
    for number in range(count):
        y, x = random.integers(0, within, 2)
        if within < 1300:
            y, x = y + number // 70 * 20, x + number % 70 * 20
        grey[y : y + 8, x : x + 8] = 20
    return grey


@pytest.mark.parametrize(
    "hostile",
    [noise(), chequers(), specks(15_000, 1390), specks(4_800, 10)],
    ids=["noise", "chequers", "specks", "a loose grid of specks"],
)
def test_a_picture_full_of_what_might_be_letters_takes_no_longer(hostile: Pixels) -> None:
    data = file(hostile)
    began = time.process_time()
    reading = read_picture(data, TODAY, print)
    assert time.process_time() - began < 1.5
    assert reading.document(TODAY).status is not Status.OK
