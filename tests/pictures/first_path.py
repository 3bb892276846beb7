"""The picture worker without its second opinion: `python -m tests.pictures.first_path`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from devices.images.confinement import confine
from devices.images.reading import PictureReading
from devices.images.worker import ReadPicture, serve
from devices.readers.stages import Stage


def _first_path() -> ReadPicture:
    from devices.images.picture import opened
    from devices.images.search import best_zone

    def read_picture(data: bytes, today: date, tell: Callable[[Stage], None]) -> PictureReading:
        picture = opened(data)
        found = None if picture is None else best_zone(picture, today, tell)
        return PictureReading() if found is None else found.reading

    return read_picture


if __name__ == "__main__":
    confine()
    serve(_first_path)
