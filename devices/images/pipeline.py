"""A picture of a document → the lines of its machine-readable zone."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from devices.images import decoding, zones
from devices.images.blobs import Grey, Ink, blobs
from devices.images.classifier import Classifier, shipped
from devices.images.decoding import Decoded
from devices.images.grid import Pyramid
from devices.images.reading import PictureReading
from devices.images.rows import rows
from devices.images.zones import Placed, Zone
from devices.mrz import Document, ReasonCode, Status
from devices.readers.stages import Stage

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "PPM", "WEBP")
MOST_PIXELS = 60_000_000

_WORKING_SIDE = 1400
"""Pixels of the longer side on which the zone is looked for."""


class Light(StrEnum):
    """What makes a pixel of a coloured picture light."""

    LUMA = "luma"
    """As the eye sees it."""
    BRIGHTEST = "brightest"
    """Its brightest colour: coloured patterns and stamps fade, black ink stays."""


# From the quickest and most usual to the odd: the later ones are tried when those before
# left a doubt, and while there is time.
_LOOKS = (
    (Light.LUMA, Ink(window=16, darker=14)),
    (Light.BRIGHTEST, Ink(window=16, darker=20)),
    (Light.LUMA, Ink(window=10, darker=7, blur=1.0)),
    (Light.BRIGHTEST, Ink(window=12, darker=9, blur=1.0)),
    (Light.LUMA, Ink(window=24, darker=28)),
    (Light.BRIGHTEST, Ink(window=24, darker=45)),
)
_SECONDS = 1.4

_LEAST_SCORE = -2.2
"""Below this mean log likelihood of a place, rows are no lines of OCR-B."""
_SURELY_A_ZONE = -0.7
_MOST_SETTLED = 2
_FLOOR = -0.05
"""The least certain character of a reading that nobody has to look at."""

_RANK = {Status.OK: 0, Status.REVIEW: 1, Status.REJECT: 2}


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A zone, what it says, and the document that makes."""

    zone: Zone
    decoded: Decoded
    reading: PictureReading
    document: Document

    @property
    def rank(self) -> tuple[int, int, float]:
        """Smaller is better."""
        return (
            _RANK[self.document.status],
            len(self.decoded.blank) + len(self.decoded.repaired),
            -self.zone.score,
        )


def read_picture(data: bytes, today: date, tell: Callable[[Stage], None]) -> PictureReading:
    """The zone in the picture file `data`; `tell` hears each stage as it begins.

    `today` settles centuries. Never raises for what a file may hold.
    """
    tell(Stage.FINDING)
    picture = opened(data)
    if picture is None:
        return PictureReading(doubts=(ReasonCode.NOT_A_PICTURE,))
    best = best_zone(picture, today, tell)
    return PictureReading() if best is None else best.reading


def opened(data: bytes) -> Picture | None:
    """The picture; None when it is none, or too large."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            return Picture(_plain(ImageOps.exif_transpose(picture)))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
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


class Picture:
    """A picture as grey levels, in two ways, each made when it is first asked for."""

    def __init__(self, picture: Image.Image) -> None:
        self._picture = picture
        self._greys: dict[Light, Grey] = {}

    def grey(self, light: Light) -> Grey:
        if light not in self._greys:
            if self._picture.mode == "L" or light is Light.LUMA:
                self._greys[light] = np.asarray(self._picture.convert("L"))
            else:
                red, green, blue = self._picture.split()
                lightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
                self._greys[light] = np.asarray(lightest)
        return self._greys[light]

    @property
    def is_coloured(self) -> bool:
        return self._picture.mode != "L"


def best_zone(
    picture: Picture, today: date, tell: Callable[[Stage], None] = lambda stage: None
) -> Found | None:
    """The best zone of the picture."""
    classifier = shipped()
    lights: dict[Light, tuple[Pyramid, Grey, float]] = {}
    ends = time.monotonic() + _SECONDS
    best: Found | None = None
    several = False
    for light, ink in _LOOKS:
        if light is not Light.LUMA and not picture.is_coloured:
            continue
        if light not in lights:
            grey = picture.grey(light)
            lights[light] = (Pyramid(grey), *_working(grey))
        pyramid, small, scale = lights[light]
        places = _places(small, scale, ink, pyramid, classifier)
        several = several or sum(one.score > _SURELY_A_ZONE for one in places) > 1
        for place in places[:_MOST_SETTLED]:
            if best is None:
                tell(Stage.READING)
            found = _judged(zones.settled(pyramid, place, classifier), today)
            if found is not None and (best is None or found.rank < best.rank):
                best = found
        if best is not None and (several or best.document.status is Status.OK):
            break
        if time.monotonic() > ends:
            break
    if best is not None and several:
        best = _doubted(best, ReasonCode.TWO_DOCUMENTS, today)
    return best


def _working(grey: Grey) -> tuple[Grey, float]:
    """The picture small enough to look for zones, and how much larger the full one is."""
    height, width = grey.shape
    scale = max(height, width) / _WORKING_SIDE
    if scale <= 1:
        return grey, 1.0
    size = (round(width / scale), round(height / scale))
    small = Image.fromarray(grey).resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    return np.asarray(small), width / size[0]


def _places(
    small: Grey, scale: float, ink: Ink, pyramid: Pyramid, classifier: Classifier
) -> list[Placed]:
    """Where zones may lie, best first; of those that share a row the best."""
    found: list[Placed] = []
    for candidate in zones.candidates(rows(blobs(small, ink))):
        full = [row.scaled(scale) for row in candidate]
        if any(one.score > _SURELY_A_ZONE and one.holds(full) for one in found):
            continue
        place = zones.placed(pyramid, full, classifier)
        if place is None or place.score < _LEAST_SCORE:
            continue
        sharing = [one for one in found if one.holds(full)]
        if all(one.score < place.score for one in sharing):
            found = [one for one in found if one not in sharing] + [place]
    return sorted(found, key=lambda one: -one.score)


def _judged(zone: Zone, today: date) -> Found | None:
    what = decoding.decoded(zone.likely)
    if what is None:
        return None
    doubts = []
    if what.blank:
        doubts.append(ReasonCode.BLANK_CHARACTER)
    if what.weakest < _FLOOR:
        doubts.append(ReasonCode.HARDLY_LEGIBLE)
    reading = PictureReading(what.lines, tuple(doubts), what.repaired)
    return Found(zone, what, reading, reading.document(today))


def _doubted(found: Found, code: ReasonCode, today: date) -> Found:
    reading = replace(found.reading, doubts=(code, *found.reading.doubts))
    return replace(found, reading=reading, document=reading.document(today))
