"""A picture of a document → the lines of its machine-readable zone."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

from PIL import Image, UnidentifiedImageError

from devices.images.reading import PictureReading
from devices.mrz import ReasonCode
from devices.readers.stages import Stage


def read_picture(data: bytes, today: date, tell: Callable[[Stage], None]) -> PictureReading:
    """The zone in the picture file `data`; `tell` hears each stage as it begins.

    `today` settles centuries. Never raises for what a file may hold.
    """
    tell(Stage.FINDING)
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return PictureReading(doubts=(ReasonCode.NOT_A_PICTURE,))
    return PictureReading()
