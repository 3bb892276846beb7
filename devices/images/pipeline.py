"""A picture of a document → the lines of its machine-readable zone.

The first path (`search`) reads it. Where that leaves a doubt, PassportEye is asked too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from devices.errors import EngineMissing
from devices.images.agreement import agree
from devices.images.picture import Picture, opened
from devices.images.reading import PictureReading
from devices.images.search import HARDLY_A_ZONE, Found, best_zone
from devices.images.straightening import straightened
from devices.mrz import ReasonCode, Status
from devices.mrz.layouts import closes
from devices.readers.stages import Stage

if TYPE_CHECKING:
    from devices.images.second_opinion import SecondOpinion

_MOST_BLANK = 6
"""With more places empty a line is cut off or covered, or there is no zone at all."""


def read_picture(data: bytes, today: date, tell: Callable[[Stage], None]) -> PictureReading:
    """The zone in the picture file `data`; `tell` hears each stage as it begins.

    `today` settles centuries. Never raises for what a file may hold.
    """
    tell(Stage.FINDING)
    picture = opened(data)
    if picture is None:
        return PictureReading(doubts=(ReasonCode.NOT_A_PICTURE,))
    best = best_zone(picture, today, tell)
    if best is None or best.zone.score < HARDLY_A_ZONE:
        return PictureReading()
    if len(best.decoded.blank) > _MOST_BLANK:
        return PictureReading(doubts=(ReasonCode.TRUNCATED,))
    return with_second_opinion(picture, best, today, tell)


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
    doubtful = {*first.reading.unsure, *first.reading.repaired}
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
