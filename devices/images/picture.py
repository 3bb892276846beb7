"""A picture file as grey levels: what may be opened, and how its colours count."""

from __future__ import annotations

import io
from enum import StrEnum

import numpy as np
from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from devices.images.blobs import Grey

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "PPM", "WEBP")
MOST_PIXELS = 60_000_000
"""A page of A4 at 600 dpi has 35 million; what claims more would fill the memory."""

_SMALLEST_SIDE = 40


class Light(StrEnum):
    """What makes a pixel of a coloured picture light."""

    LUMA = "luma"
    """As the eye sees it."""
    BRIGHTEST = "brightest"
    """Its brightest colour: coloured patterns and stamps fade, black ink stays."""


class Picture:
    """Grey levels in two ways, each made when it is first asked for."""

    def __init__(self, picture: Image.Image) -> None:
        self._picture = picture
        self._greys: dict[Light, Grey] = {}

    @property
    def is_coloured(self) -> bool:
        return self._picture.mode != "L"

    def grey(self, light: Light) -> Grey:
        if light not in self._greys:
            if light is Light.LUMA or not self.is_coloured:
                self._greys[light] = np.asarray(self._picture.convert("L"))
            else:
                red, green, blue = self._picture.split()
                lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
                self._greys[light] = np.asarray(lightest)
        return self._greys[light]


def opened(data: bytes) -> Picture | None:
    """The picture in a file; None when it holds none, or one too large or too small."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            if min(picture.size) < _SMALLEST_SIDE:
                return None
            return Picture(_plain(ImageOps.exif_transpose(picture)))
    except (
        # All that Pillow's plug-ins are known to raise for files that are not what they say.
        UnidentifiedImageError,
        OSError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        OverflowError,
        SyntaxError,
        EOFError,
        MemoryError,
        Image.DecompressionBombError,
    ):
        return None


def _plain(picture: Image.Image) -> Image.Image:
    """In grey or in colour, eight bits deep, on white paper where it is transparent."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture.convert("RGBA"))
        return paper.convert("RGB")
    if picture.mode.startswith("I"):
        deep = np.asarray(picture, np.float32)
        return Image.fromarray((deep * (255 / max(float(deep.max()), 1))).astype(np.uint8))
    return picture.convert("L" if picture.mode in ("1", "L", "F") else "RGB")
