"""The 37 characters of a machine-readable zone, and the patch in which one is looked at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
NO_CHARACTER = len(ALPHABET)
"""The class of what is none of them: an empty place, a halved character, other print."""

# OCR-B is printed 10 characters to the inch (ICAO Doc 9303 part 3, section 4.4); a capital is
# as high as that pitch, a digit 7 % higher. A patch shows a bit of the neighbours, because
# the grid of a photographed page is never quite right.
PATCH_WIDTH, PATCH_HEIGHT = 20, 24
PATCH_PITCHES_WIDE = 1.2
PATCH_PITCHES_HIGH = PATCH_PITCHES_WIDE * PATCH_HEIGHT / PATCH_WIDTH
PIXELS_PER_PITCH = PATCH_WIDTH / PATCH_PITCHES_WIDE

Floats = NDArray[np.float32]

# A cell with far less contrast than its line is empty; stretching it would show only noise.
_LEAST_CONTRAST = 0.4


def offsets() -> tuple[Floats, Floats]:
    """Where the pixels of a patch lie around its middle, in pitches: x, y of shape (H, W)."""
    x = (np.arange(PATCH_WIDTH, dtype=np.float32) + 0.5) / PATCH_WIDTH - 0.5
    y = (np.arange(PATCH_HEIGHT, dtype=np.float32) + 0.5) / PATCH_HEIGHT - 0.5
    grid = np.meshgrid(x * PATCH_PITCHES_WIDE, y * PATCH_PITCHES_HIGH)
    return grid[0].astype(np.float32), grid[1].astype(np.float32)


def evened(patches: Floats) -> Floats:
    """Patches of one line, shape (N, H, W), with brightness and contrast taken out."""
    flat = patches.reshape(len(patches), -1)
    centred = flat - flat.mean(axis=1, keepdims=True)
    contrast = centred.std(axis=1, keepdims=True)
    floor = np.float32(_LEAST_CONTRAST) * np.median(contrast) + np.float32(1e-3)
    result: Floats = (centred / np.maximum(contrast, floor)).reshape(patches.shape)
    return result
