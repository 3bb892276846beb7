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
_MOST_ASPECT = 30
"""A zone alone, cut off closely, is 14 times as wide as high."""

# The search needs letters 8 pixels high in a picture of 1,400; in one of 6,000 they are 34, and
# a patch takes 17. Half of such a picture says as much and leaves room in the memory.
_ENOUGH = 3000


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
                grey = self._picture.convert("L") if self.is_coloured else self._picture
                self._greys[light] = np.asarray(grey)
            else:
                red, green, blue = self._picture.split()
                lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
                self._greys[light] = np.asarray(lightest)
        return self._greys[light]


def opened(data: bytes) -> Picture | None:
    """The picture in a file; None when it holds none, or one too large, too small or too thin.

    Of several in one file the first.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            short, long = sorted(picture.size)
            if short * long > MOST_PIXELS or short < _SMALLEST_SIDE:
                return None
            if long > _MOST_ASPECT * short:
                return None
            smaller = _times_too_large(picture)
            # A JPEG is taken from the file in half or a quarter of its size, at half the cost.
            picture.draft(None, (picture.width // smaller, picture.height // smaller))
            ImageOps.exif_transpose(picture, in_place=True)
            return Picture(_plain(picture))
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


def _times_too_large(picture: Image.Image) -> int:
    return max(1, max(picture.size) // _ENOUGH)


def _plain(picture: Image.Image) -> Image.Image:
    """In grey or in colour, eight bits deep, on white paper where it is transparent."""
    if "transparency" in picture.info or picture.mode == "PA":
        picture = picture.convert("RGBA")
    if picture.mode in ("RGBA", "LA"):
        paper = Image.new(picture.mode[:-1], picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        picture = paper
    elif picture.mode.startswith("I"):
        deep = np.asarray(picture, np.float32)
        light = np.clip(deep * (255 / max(float(deep.max()), 1)), 0, 255)
        picture = Image.fromarray(light.astype(np.uint8))
    elif picture.mode not in ("L", "RGB"):
        picture = picture.convert("L" if picture.mode in ("1", "F") else "RGB")
    smaller = _times_too_large(picture)
    return picture.reduce(smaller) if smaller > 1 else picture
