"""Ink in a picture as blobs: what stands darker than its surroundings, piece by piece."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter
from scipy import ndimage

from devices.images.letters import Floats

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """How ink is told from paper: darker than the mean of a window (its half width in pixels)
    by so many grey levels, after a blur (its radius in pixels; 0: none)."""

    window: int
    darker: int
    blur: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Blobs:
    """Middles (pixels) and sizes of pieces of ink: the spread of a piece around its middle,
    which stays the same when the picture is turned."""

    x: Floats
    y: Floats
    size: Floats

    def __len__(self) -> int:
        return len(self.x)


# Of a letter 8 to 45 pixels high the spread is 2.5 to 17; a filler's is smaller.
_SMALLEST, _LARGEST = 1.6, 20.0
_LEAST_PIXELS = 7
_CORNERS_TOUCH = np.ones((3, 3), bool)


def blobs(grey: Grey, ink: Ink) -> Blobs:
    """The pieces of ink that may be letters."""
    picture = Image.fromarray(grey)
    if ink.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(ink.blur))
    darker = ImageChops.subtract(picture.filter(ImageFilter.BoxBlur(ink.window)), picture)
    labels, count = ndimage.label(np.asarray(darker) > ink.darker, structure=_CORNERS_TOUCH)
    if not count:
        nothing = np.zeros(0, np.float32)
        return Blobs(nothing, nothing, nothing)
    flat = labels.ravel()
    at = np.flatnonzero(flat)
    of = flat[at]
    pixels = np.bincount(of, minlength=count + 1)
    # Specks of noise are most of the pieces and few of the pixels worth adding up.
    worth = pixels >= _LEAST_PIXELS
    kept = worth[of]
    at, of = at[kept], of[kept]
    y, x = np.divmod(at, grey.shape[1])
    pixels = np.maximum(pixels, 1)
    mean_x = np.bincount(of, x, count + 1) / pixels
    mean_y = np.bincount(of, y, count + 1) / pixels
    spread = np.bincount(of, (x - mean_x[of]) ** 2 + (y - mean_y[of]) ** 2, count + 1) / pixels
    size = np.sqrt(spread)
    chosen = worth & (size > _SMALLEST) & (size < _LARGEST)
    chosen[0] = False
    return Blobs(
        mean_x[chosen].astype(np.float32),
        mean_y[chosen].astype(np.float32),
        size[chosen].astype(np.float32),
    )
