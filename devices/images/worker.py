"""The picture worker's own process: pictures in, the lines of their zones out.

Started as `python -m devices.images.worker` by `devices.images.process`; it ends when its
standard input does.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import BinaryIO

from devices.images.confinement import confine, give_back
from devices.images.protocol import (
    DAY_BYTES,
    LENGTH,
    MOST_REQUEST_BYTES,
    Failure,
    Message,
    Progress,
    Ready,
    encode,
)
from devices.images.reading import PictureReading
from devices.readers.stages import Stage

Tell = Callable[[Stage], None]
ReadPicture = Callable[[bytes, date, Tell], PictureReading]

SECOND_OPINION = "devices.images.second_opinion"
"""Imported when it is first asked: 0.3 s and 75 MiB that most pictures do not need."""


def main() -> None:
    """Answer pictures until the kiosk has no more."""
    confine()
    serve(_pipeline)


def _pipeline() -> ReadPicture:
    from devices.images.pipeline import read_picture

    return read_picture


def serve(load: Callable[[], ReadPicture], second_opinion: str = SECOND_OPINION) -> None:
    """Take requests from standard input, answer on standard output.

    `load` brings the recognition into memory; the worker is ready when it returns. The module
    `second_opinion` is imported when that stage is first told.
    """
    answers = _only_for_answers()

    def send(message: Message) -> None:
        answers.write(encode(message))
        answers.flush()

    def tell(stage: Stage) -> None:
        if stage is Stage.SECOND_OPINION and second_opinion not in sys.modules:
            # The deadline is for reading; it stands still meanwhile.
            send(Progress(stage, loading=True))
            importlib.import_module(second_opinion)
            _leave_to_the_end()
        send(Progress(stage))

    read_picture = load()
    _leave_to_the_end()
    send(Ready())
    while (request := _request(sys.stdin.buffer)) is not None:
        answer = _answer(read_picture, *request, tell)
        del request
        # A circle of references would hold a whole picture until it is collected. Before the
        # answer, since the kiosk then looks how much memory this process has.
        gc.collect()
        give_back()
        send(answer)


def _only_for_answers() -> BinaryIO:
    """Standard output as it was; what a library prints from here on goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    return answers


def _leave_to_the_end() -> None:
    """Collections pass over what was imported: 2 ms a picture instead of 60."""
    gc.collect()
    gc.freeze()


def _request(requests: BinaryIO) -> tuple[bytes, date] | None:
    """A picture file and the reference day; None when there are no more.

    Raises ValueError for what the kiosk never sends.
    """
    head = requests.read(LENGTH.size + DAY_BYTES)
    if len(head) < LENGTH.size + DAY_BYTES:
        return None
    (length,) = LENGTH.unpack_from(head)
    if not DAY_BYTES <= length <= MOST_REQUEST_BYTES:
        raise ValueError(f"a request of {length} bytes")
    day = date.fromisoformat(head[LENGTH.size :].decode("ascii"))
    picture = requests.read(length - DAY_BYTES)
    return (picture, day) if len(picture) == length - DAY_BYTES else None


def _answer(read_picture: ReadPicture, picture: bytes, day: date, tell: Tell) -> Message:
    try:
        return read_picture(picture, day, tell)
    except Exception as error:
        # Its text may hold what stands in the document.
        return Failure(type(error).__name__, _place(error))


def _place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "nowhere"
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"


if __name__ == "__main__":
    main()
