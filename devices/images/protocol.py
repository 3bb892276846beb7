"""What kiosk and picture worker say to each other over two pipes: pure, bytes in, values out.

A message is four bytes of length, most significant first, and that many bytes. The kiosk
sends a request: the reference day as ten ASCII characters (YYYY-MM-DD), then the picture file
as it is. The worker sends JSON, and nothing that it sends is believed before it is checked:

    {"ready": true}                                    once, when it can take a picture
    {"stage": "reading", "loading": false}             any number of times
    {"lines": […], "doubts": […], "repaired": [[0, 5]], "unsure": […]}    the answer, or
    {"failed": "MemoryError", "at": "pipeline.py:41"}  in its place
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from datetime import date

from devices.images.reading import PictureReading
from devices.mrz import ReasonCode
from devices.readers.stages import Stage

MOST_PICTURE_BYTES = 40_000_000
"""A4 in colour at 300 dpi, uncompressed, is 26 MB; a scanner's glass has no more to show."""

MOST_ANSWER_BYTES = 64_000

LENGTH = struct.Struct(">I")
DAY_BYTES = len("YYYY-MM-DD")
MOST_REQUEST_BYTES = DAY_BYTES + MOST_PICTURE_BYTES

# The longest line of any layout has 44 characters, and no zone has more than three lines; a
# second document in the picture doubles that.
_MOST_LINES, _MOST_CHARACTERS = 6, 100


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has what it needs in memory."""


@dataclass(frozen=True, slots=True)
class Progress:
    """`loading`: what the stage needs is being brought into memory; no reading goes on."""

    stage: Stage
    loading: bool = False


@dataclass(frozen=True, slots=True)
class Failure:
    """The reading broke off: the exception's kind and its place, never its text."""

    kind: str
    place: str


Message = Ready | Progress | PictureReading | Failure


def request_head(today: date, picture_bytes: int) -> bytes:
    """What goes before the `picture_bytes` bytes of the picture."""
    day = today.isoformat().encode("ascii")
    return LENGTH.pack(len(day) + picture_bytes) + day


def encode(message: Message) -> bytes:
    """A worker's message, its length before it."""
    text = json.dumps(_plain(message)).encode("ascii")
    return LENGTH.pack(len(text)) + text


def _plain(message: Message) -> dict[str, object]:
    match message:
        case Ready():
            return {"ready": True}
        case Progress(stage, loading):
            return {"stage": stage.value, "loading": loading}
        case Failure(kind, place):
            return {"failed": kind, "at": place}
        case PictureReading(lines, doubts, repaired, unsure):
            return {
                "lines": list(lines),
                "doubts": [doubt.value for doubt in doubts],
                "repaired": [list(place) for place in repaired],
                "unsure": [list(place) for place in unsure],
            }


def decode(text: bytes) -> Message:
    """A worker's message without its length. Raises ValueError for what is none."""
    try:
        said = json.loads(text)
    except RecursionError:  # a thousand [
        raise ValueError("nested without end") from None
    match said:
        case {"ready": True}:
            return Ready()
        case {"stage": str(stage), "loading": bool(loading)}:
            return Progress(Stage(stage), loading)
        case {"failed": str(kind), "at": str(place)}:
            return Failure(_word(kind), _word(place))
        case {
            "lines": list(lines),
            "doubts": list(doubts),
            "repaired": list(repaired),
            "unsure": list(unsure),
        }:
            return PictureReading(
                _lines(lines),
                tuple(ReasonCode(doubt) for doubt in doubts),
                tuple(_place(place) for place in repaired),
                tuple(_place(place) for place in unsure),
            )
    raise ValueError("no message of a picture worker")


def _word(text: str) -> str:
    """For a line of the log: nothing that would break or colour it."""
    if len(text) > _MOST_CHARACTERS or not (text.isascii() and text.isprintable()):
        raise ValueError("no name of an exception or a place")
    return text


def _lines(said: list[object]) -> tuple[str, ...]:
    lines = tuple(line for line in said if isinstance(line, str))
    if not len(lines) == len(said) <= _MOST_LINES or any(
        len(line) > _MOST_CHARACTERS for line in lines
    ):
        raise ValueError("no lines of a zone")
    return lines


def _place(said: object) -> tuple[int, int]:
    match said:
        case [int(line), int(column)] if (
            0 <= line < _MOST_LINES and 0 <= column < _MOST_CHARACTERS
        ):
            return line, column
    raise ValueError("no place in a zone")
