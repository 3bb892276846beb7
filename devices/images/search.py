"""The zone of a picture, looked for in several lights until a look leaves no doubt.

Rows of equally spaced ink are straightened, and the classifier is asked what stands in their
places. That nearly always settles it at the first look, within a tenth of a second.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from PIL import Image

from devices.images import decoding, zones
from devices.images.blobs import Grey, Ink, blobs
from devices.images.classifier import shipped
from devices.images.companions import completed, is_line
from devices.images.decoding import Decoded
from devices.images.grid import Pyramid
from devices.images.picture import Light, Picture
from devices.images.reading import PictureReading
from devices.images.rows import Row, rows
from devices.images.zones import Placed, Zone
from devices.mrz import Document, ReasonCode, Status
from devices.readers.stages import Stage


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
_SECONDS_WITHOUT_ZONE = 0.5
_SECONDS_FOR_LONE_ROWS = 0.8
"""A picture without a zone is to be answered within a second."""
_LATEST = 2.2
"""Seconds on the clock; after three nobody waits any more."""

# Mean log likelihoods of a place. In some 700 drawn pictures, zones that could be read had more
# than -0.1, cut-off and overprinted ones -0.7 to -0.3, ornaments and other print below -1.1.
_LEAST_SCORE = -1.6
HARDLY_A_ZONE = -0.9
_SURELY_A_ZONE = -0.45

_MOST_SETTLED = 2
"""Of the places of one look, the best that are read to the end."""
_MOST_OTHERS = 8
_MOST_LONE = 4
"""Of the rows of one look, the longest whose companions may be looked for."""
FLOOR = -0.05
"""The log likelihood of the least certain character of a reading that nobody has to look at."""
_RANK = {Status.OK: 0, Status.REVIEW: 1, Status.REJECT: 2}


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A zone, what it says, and the document that makes."""

    zone: Zone = field(repr=False)
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


def best_zone(
    picture: Picture, today: date, tell: Callable[[Stage], None] = lambda stage: None
) -> Found | None:
    """What the first path reads."""
    search = _Search(picture, today, tell)
    for look in _LOOKS:
        if look.light is Light.LUMA or picture.is_coloured:
            search.look(look)
            if search.is_over(_SECONDS_WITHOUT_ZONE):
                break
    if not search.has_zone:
        search.complete_lone_rows()
    return search.result()


class _Search:
    """The looks at one picture, the rows they saw, and the best zone so far."""

    def __init__(self, picture: Picture, today: date, tell: Callable[[Stage], None]) -> None:
        self._picture = picture
        self._today = today
        self._tell = tell
        self._classifier = shipped()
        self._pyramids: dict[Light, Pyramid] = {}
        self._small: dict[tuple[Light, int], tuple[Grey, float]] = {}
        self._seen: list[tuple[Light, Row]] = []
        self._began, self._began_at = time.process_time(), time.monotonic()
        self._best: Found | None = None
        self._several = False

    @property
    def has_zone(self) -> bool:
        return self._best is not None and self._best.zone.score > HARDLY_A_ZONE

    def is_over(self, seconds_without_zone: float) -> bool:
        """Whether another look would tell nothing new, or would come too late."""
        if self._best is not None and (self._several or self._best.is_certain):
            return True
        seconds = _SECONDS if self.has_zone else seconds_without_zone
        return (
            time.process_time() - self._began > seconds
            or time.monotonic() - self._began_at > _LATEST
        )

    def look(self, look: Look) -> None:
        grey = self._picture.grey(look.light)
        self._pyramids.setdefault(look.light, Pyramid(grey))
        size = (look.light, look.side)
        if size not in self._small:
            self._small[size] = _working(grey, look.side)
        small, scale = self._small[size]
        seen = [row.scaled(scale) for row in rows(blobs(small, look.ink))]
        self._seen += [(look.light, row) for row in seen[:_MOST_LONE]]
        places = self._places(look.light, zones.candidates(seen))
        self._judge(look.light, places)
        if not self._several and places and places[0].score > _SURELY_A_ZONE:
            self._several = self._has_line_elsewhere(look.light, seen, places[0])

    def complete_lone_rows(self) -> None:
        """Of every row that has no other beside it, look where the others should be."""
        for light, row in self._seen:
            sets = completed(self._pyramids[light], row, self._classifier)
            self._judge(light, self._places(light, sets))
            if self.has_zone or self.is_over(_SECONDS_FOR_LONE_ROWS):
                return

    def result(self) -> Found | None:
        best = self._best
        if best is None or not self._several:
            return best
        doubts = (ReasonCode.TWO_DOCUMENTS, *best.reading.doubts)
        reading = replace(best.reading, doubts=doubts)
        return replace(best, reading=reading, document=reading.document(self._today))

    def _places(self, light: Light, candidates: Iterable[tuple[Row, ...]]) -> list[Placed]:
        """Where zones may lie, best first; of those that share a row the best."""
        found: list[Placed] = []
        for candidate in candidates:
            if any(one.score > _SURELY_A_ZONE and one.holds(candidate) for one in found):
                continue
            place = zones.placed(self._pyramids[light], candidate, self._classifier)
            if place is None or place.score < _LEAST_SCORE:
                continue
            sharing = [one for one in found if one.holds(candidate)]
            if all(one.score < place.score for one in sharing):
                found = [one for one in found if one not in sharing] + [place]
        return sorted(found, key=lambda one: -one.score)

    def _has_line_elsewhere(self, light: Light, seen: Sequence[Row], zone: Placed) -> bool:
        """Whether a line of another zone is seen, of which the rest is hidden."""
        pyramid = self._pyramids[light]
        others = [row for row in seen[:_MOST_OTHERS] if not zone.holds([row])]
        return any(is_line(pyramid, row, self._classifier) for row in others)

    def _judge(self, light: Light, places: Sequence[Placed]) -> None:
        sure = [one for one in places if one.score > _SURELY_A_ZONE and one.is_varied]
        self._several |= len(sure) > 1
        for place in places[:_MOST_SETTLED]:
            if self._best is None:
                self._tell(Stage.READING)
            zone = zones.settled(self._pyramids[light], place, self._classifier)
            found = _judged(zone, light, self._today)
            if found is not None and (self._best is None or found.rank < self._best.rank):
                self._best = found


def _working(grey: Grey, side: int) -> tuple[Grey, float]:
    """The picture small enough to look for zones, and how much larger the full one is."""
    height, width = grey.shape
    scale = max(height, width) / side
    if scale <= 1:
        return grey, 1.0
    size = (round(width / scale), round(height / scale))
    small = Image.fromarray(grey).resize(size, Image.Resampling.BOX, reducing_gap=2.0)
    return np.asarray(small), width / size[0]


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
