"""Pictures for `kiosk read`: told from reader bytes, taken from files, read in a worker."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from devices.images.protocol import MOST_PICTURE_BYTES
from devices.mrz import Document
from kiosk.errors import KioskError
from kiosk.text import N_

if TYPE_CHECKING:
    from asyncio import Runner
    from datetime import date

    from devices.images.process import PictureProcess

# How files of pictures begin, whatever they are called; those of the last two lines are not
# read, and their owner is told so. No reader sends any of this.
_PICTURE = re.compile(
    rb"\x89PNG\r\n\x1a\n"
    rb"|\xff\xd8\xff"  # JPEG
    rb"|II[*+]\x00|MM\x00[*+]"  # TIFF
    rb"|BM.{4}\x00{4}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\x00{3}"  # BMP: size of its header
    rb"|P[1-6][ \t\r\n]"  # PBM, PGM, PPM
    rb"|RIFF.{4}WEBP"
    rb"|GIF8[79]a|%PDF-|\x00\x00\x00.ftyp"  # and HEIC, AVIF
    rb"|\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51",  # JPEG 2000
    re.DOTALL,
)


def is_picture(data: bytes) -> bool:
    """Whether these are the bytes of a picture's file, and not of a passport reader."""
    return _PICTURE.match(data) is not None


def recorded(file: Path) -> bytes:
    """What was kept in a file: the bytes of a reader, or a picture. Raises KioskError."""
    try:
        with open(file, "rb") as opened:
            data = opened.read(MOST_PICTURE_BYTES + 1)
    except OSError as error:
        raise KioskError(
            N_("{file} cannot be read: {cause}. Check the path and its permissions."),
            file=str(file),
            cause=error.strerror or str(error),
        ) from error
    if len(data) > MOST_PICTURE_BYTES:
        raise KioskError(
            N_("{file} is larger than {most} MB: no picture of a document is."),
            file=str(file),
            most=str(MOST_PICTURE_BYTES // 1_000_000),
        )
    return data


def picture_at(path: object) -> bytes:
    """The file that a request names. Raises ValueError with a sentence.

    Only of a plain file: a pipe without a writer would hold up all requests after this one.
    """
    if not isinstance(path, str):
        raise ValueError("an image is the path of its file")
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode):
                raise ValueError(f"{path} is no plain file")
            data = file.read(MOST_PICTURE_BYTES + 1)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror or error}") from error
    if len(data) > MOST_PICTURE_BYTES:
        raise ValueError(f"{path} is larger than {MOST_PICTURE_BYTES // 1_000_000} MB")
    return data


class Pictures:
    """Reads any number of pictures with one worker, which is started by the first and does not
    outlive the `with`."""

    def __init__(self) -> None:
        self._worker: tuple[Runner, PictureProcess] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._worker is None:
            return
        runner, process = self._worker
        self._worker = None
        with runner:
            runner.run(process.stop())

    def read(self, data: bytes, today: date) -> Document:
        """The document in a picture file. Never raises for what a file may hold."""
        if self._worker is None:
            # Reader bytes are answered without either.
            from asyncio import Runner

            from devices.images.process import PictureProcess

            self._worker = Runner(), PictureProcess()
        runner, process = self._worker
        return runner.run(process.read(data, today))
