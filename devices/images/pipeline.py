"""A picture of a document → the lines of its machine-readable zone.

The first path looks for rows of equally spaced ink, straightens them and asks the classifier,
in up to six lights. When that leaves a doubt, PassportEye is asked too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from devices.errors import EngineMissing
from devices.images import decoding, zones
from devices.images.agreement import agree
from devices.images.blobs import Grey, Ink, blobs
from devices.images.classifier import Classifier, shipped
from devices.images.decoding import Decoded
from devices.images.grid import Pyramid
from devices.images.picture import Light, Picture, opened
from devices.images.reading import PictureReading
from devices.images.rows import rows
from devices.images.straightening import straightened
from devices.images.zones import Placed, Zone
from devices.mrz import Document, ReasonCode, Status
from devices.mrz.layouts import closes
from devices.readers.stages import Stage

if TYPE_CHECKING:
    from devices.images.second_opinion import SecondOpinion


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look for the zone: in a picture whose longer side has `side` pixels."""

    light: Light
    ink: Ink
    side: int = 1400


# From the quickest and most usual to the odd: the later ones are tried when those before
# left a doubt, and while there is time.
_LOOKS = (
    Look(Light.LUMA, Ink(window=16, darker=14)),
    Look(Light.BRIGHTEST, Ink(window=16, darker=20)),
    Look(Light.LUMA, Ink(window=10, darker=10), side=900),
    Look(Light.BRIGHTEST, Ink(window=10, darker=14), side=900),
    Look(Light.LUMA, Ink(window=10, darker=7, blur=1.0)),
    Look(Light.BRIGHTEST, Ink(window=12, darker=9, blur=1.0)),
    Look(Light.LUMA, Ink(window=24, darker=28)),
    Look(Light.BRIGHTEST, Ink(window=24, darker=45)),
)
_SECONDS = 1.2
"""Of this process's own time: what else the computer does decides nothing about a document."""
_SECONDS_WITHOUT_ZONE = 0.6
"""A picture without a zone is to be answered within a second."""
_LATEST = 2.2
"""Seconds on the clock; after three nobody waits any more."""

_LEAST_SCORE = -1.6
"""Below this mean log likelihood of a place, rows are no lines of OCR-B."""
_HARDLY_A_ZONE = -0.9
_SURELY_A_ZONE = -0.45
_MOST_SETTLED = 2
FLOOR = -0.05
"""The log likelihood of the least certain character of a reading that nobody has to look at."""
_MOST_BLANK = 6
"""With more places empty a line is cut off or covered, or there is no zone at all."""

_RANK = {Status.OK: 0, Status.REVIEW: 1, Status.REJECT: 2}


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A zone, what it says, and the document that makes."""

    zone: Zone
    light: Light
    decoded: Decoded = field(repr=False)
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

    @property
    def is_certain(self) -> bool:
        """Whether every character is: another look would show the same."""
        return not (self.decoded.blank or self.decoded.repaired) and (
            self.decoded.weakest >= FLOOR
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
    if best is None or best.zone.score < _HARDLY_A_ZONE:
        return PictureReading()
    if len(best.decoded.blank) > _MOST_BLANK:
        return PictureReading(doubts=(ReasonCode.TRUNCATED,))
    return with_second_opinion(picture, best, today, tell)


def best_zone(
    picture: Picture, today: date, tell: Callable[[Stage], None] = lambda stage: None
) -> Found | None:
    """What the first path reads."""
    classifier = shipped()
    pyramids: dict[Light, Pyramid] = {}
    began, began_at = time.process_time(), time.monotonic()
    best: Found | None = None
    several = False
    for look in _LOOKS:
        light = look.light
        if light is not Light.LUMA and not picture.is_coloured:
            continue
        grey = picture.grey(light)
        pyramid = pyramids.setdefault(light, Pyramid(grey))
        small, scale = _working(grey, look.side)
        places = _places(small, scale, look.ink, pyramid, classifier)
        several = several or sum(one.score > _SURELY_A_ZONE for one in places) > 1
        for place in places[:_MOST_SETTLED]:
            if best is None:
                tell(Stage.READING)
            found = _judged(zones.settled(pyramid, place, classifier), light, today)
            if found is not None and (best is None or found.rank < best.rank):
                best = found
        if best is not None and (several or best.is_certain):
            break
        likely = best is not None and best.zone.score > _HARDLY_A_ZONE
        seconds = _SECONDS if likely else _SECONDS_WITHOUT_ZONE
        if time.process_time() - began > seconds or time.monotonic() - began_at > _LATEST:
            break
    if best is not None and several:
        doubts = (ReasonCode.TWO_DOCUMENTS, *best.reading.doubts)
        best = _said(best, replace(best.reading, doubts=doubts), today)
    return best


def with_second_opinion(
    picture: Picture, first: Found, today: date, tell: Callable[[Stage], None]
) -> PictureReading:
    """`first`, or what becomes of it when PassportEye is asked about a doubt."""
    settled = closes(first.reading.lines) and first.is_certain
    if first.document.status is Status.OK or settled or _has_two(first.reading):
        return first.reading
    tell(Stage.SECOND_OPINION)
    other = _second_opinion()
    if other is None:
        return first.reading
    grey = picture.grey(first.light)
    second = other.read(grey, straightened(grey, first.zone.lines))
    doubtful = {
        *first.decoded.blank,
        *first.decoded.repaired,
        *first.decoded.below(FLOOR),
    }
    return agree(first.reading, doubtful, second, today)


def _has_two(reading: PictureReading) -> bool:
    return ReasonCode.TWO_DOCUMENTS in reading.doubts


@cache
def _second_opinion() -> SecondOpinion | None:
    """None where Tesseract's data are not installed."""
    # Its libraries are 75 MiB that most pictures do not need.
    from devices.images.second_opinion import SecondOpinion

    try:
        return SecondOpinion()
    except EngineMissing:
        return None


def _working(grey: Grey, side: int) -> tuple[Grey, float]:
    """The picture small enough to look for zones, and how much larger the full one is."""
    height, width = grey.shape
    scale = max(height, width) / side
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


def _judged(zone: Zone, light: Light, today: date) -> Found | None:
    what = decoding.decoded(zone.likely)
    if what is None:
        return None
    doubts = []
    if what.blank:
        doubts.append(ReasonCode.BLANK_CHARACTER)
    if what.weakest < FLOOR:
        doubts.append(ReasonCode.HARDLY_LEGIBLE)
    unsure = tuple(sorted({*what.blank, *what.below(FLOOR)}))
    reading = PictureReading(what.lines, tuple(doubts), what.repaired, unsure)
    return Found(zone, light, what, reading, reading.document(today))


def _said(found: Found, reading: PictureReading, today: date) -> Found:
    return replace(found, reading=reading, document=reading.document(today))
