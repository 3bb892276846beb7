"""The classifier as it is shipped, and that it can be trained anew from what is here."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from devices.images import grid
from devices.images.classifier import WEIGHTS, Classifier, loaded, shipped
from devices.images.grid import MARGIN
from devices.images.letters import ALPHABET, NO_CHARACTER, PATCH_HEIGHT, PATCH_WIDTH
from devices.images.training import drawn, share_right, trained
from tests.unit.printed import need_font
from tests.unit.printed_lines import in_print, read

WIDTH = 44

DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
"""The other print that is on a document."""


def likely(classifier: Classifier, patches: np.ndarray) -> np.ndarray:
    return classifier.log_likelihoods(patches.astype(np.float32))


def test_the_weights_are_a_small_file_of_this_package() -> None:
    assert len(files("devices.images").joinpath(WEIGHTS).read_bytes()) < 300_000


def test_each_patch_is_some_character_or_none() -> None:
    patches = np.random.default_rng(1).standard_normal((50, PATCH_HEIGHT, PATCH_WIDTH))
    for scale in (0, 1, 40):
        found = likely(shipped(), patches * scale)
        assert found.shape == (50, NO_CHARACTER + 1)
        assert np.allclose(np.exp(found).sum(axis=1), 1, atol=1e-3)


@pytest.mark.parametrize("pitch", [11, 17, 26])
def test_clean_print_is_read_in_every_character_of_the_alphabet(pitch: int) -> None:
    random = np.random.default_rng(5)
    wrong: dict[str, int] = dict.fromkeys(ALPHABET, 0)
    for _ in range(22):
        # Each beside others: a patch shows a bit of its neighbours.
        lines = tuple("".join(random.permutation(list(ALPHABET))) for _ in range(2))
        pyramid, rows = in_print(lines, pitch)
        for line, row in zip(lines, rows, strict=True):
            cells = grid.first_look(grid.strip(pyramid, row), shipped())
            for character, found in zip(line, read(cells)[MARGIN:-MARGIN], strict=True):
                wrong[character] += found != character
    # 44 of each.
    assert sum(wrong.values()) <= 0.01 * 44 * len(ALPHABET)
    assert max(wrong.values()) <= 4


@pytest.mark.parametrize("what", ["paper", "a character cut in two", "upside down"])
def test_what_is_no_character_is_seldom_taken_for_one(what: str) -> None:
    pyramid, (row, _) = in_print(("ABCDEFGJKLPQRTUY2347" * 2,) * 2, 17)
    if what == "paper":
        row = row.lowered(-1.8)
    elif what == "upside down":
        row = row.turned()
    else:
        row.x[-1] += 0.5 * row.pitch
    cells = grid.first_look(grid.strip(pyramid, row), shipped())
    character = cells.likely[MARGIN:-MARGIN, :NO_CHARACTER].max(axis=1)
    assert np.exp(character).mean() < 0.5


# ---- training


def need_fonts() -> None:
    need_font()
    need_font(DEJAVU, "fonts-dejavu-core")


def test_the_same_seed_trains_the_same_weights_and_another_seed_others() -> None:
    need_fonts()
    once, again, other = (trained(*drawn(seed, 12), 1, seed) for seed in (7, 7, 8))
    for (weights, bias), (same_weights, same_bias) in zip(once, again, strict=True):
        assert np.array_equal(weights, same_weights)
        assert np.array_equal(bias, same_bias)
    assert not np.array_equal(once[0][0], other[0][0])


def test_a_short_training_writes_weights_that_read_most_new_cells(tmp_path: Path) -> None:
    need_fonts()
    to = tmp_path / "short.npz"
    command = [sys.executable, "-m", "devices.images.training"]
    command += ["--lines", "120", "--rounds", "5", "--to", str(to)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    assert "round 5: loss" in told.stdout
    with to.open("rb") as file:
        classifier = loaded(file)
    pyramid, (row, _) = in_print((ALPHABET + "<<<<<<<", ALPHABET[::-1] + "<<<<<<<"), 17)
    cells = grid.first_look(grid.strip(pyramid, row), classifier)
    right = [a == b for a, b in zip(ALPHABET, read(cells)[MARGIN:], strict=False)]
    assert sum(right) > 25  # of 37; by chance it would be 1


def test_every_character_and_none_is_drawn_to_be_learnt() -> None:
    need_fonts()
    patches, classes = drawn(3, 60)
    assert patches.shape == (60 * WIDTH, PATCH_HEIGHT * PATCH_WIDTH)
    assert set(classes.tolist()) == set(range(NO_CHARACTER + 1))


def test_untrained_weights_read_nothing() -> None:
    """What `share_right` says is worth something."""
    need_fonts()
    layers = trained(*drawn(7, 6), 0, 7)
    assert share_right(layers, 8, 6) < 0.2
