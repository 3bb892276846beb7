"""A picture worker for tests: what it does stands in the picture, how it starts on its
command line."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import date

from devices.images.confinement import confine
from devices.images.protocol import LENGTH, Progress, Ready, encode
from devices.images.reading import PictureReading
from devices.images.worker import ReadPicture, Tell, serve
from devices.readers.stages import Stage

_kept: list[bytes] = []


def read_picture(data: bytes, today: date, tell: Tell) -> PictureReading:
    """`data`: an order and what belongs to it, or the lines of a zone."""
    tell(Stage.FINDING)
    order, _, rest = data.decode().partition(" ")
    match order:
        case "hang":
            _hang()
        case "crash":
            os.abort()
        case "raise":
            raise RuntimeError(f"at {rest}, which nobody may log")
        case "grow":
            _kept.append(b"\1" * 1024 * 1024 * int(rest))
        case "print":
            print("a library has something to say", flush=True)
            os.write(2, b"and so has its C part")
        case "write":
            with open(rest, "wb") as file:
                file.write(b"IDKGZ")
        case "start":
            started = subprocess.Popen(["sleep", "1000"])
            return PictureReading((str(started.pid),))
        case "ask":
            tell(Stage.SECOND_OPINION)
        case "count":
            return PictureReading((str(len(data)),))
        case "day":
            return PictureReading((today.isoformat().replace("-", "<"),))
    tell(Stage.READING)
    return PictureReading(tuple(data.decode().split("\n")))


def _hang() -> None:
    threading.Event().wait()


def _say(*messages: bytes) -> None:
    os.write(1, b"".join(messages))


def _load() -> ReadPicture:
    return read_picture


def _ask_slowly(fifo: str, *, then_hang: bool) -> None:
    """The second opinion is there once somebody has opened the fifo."""
    _say(encode(Ready()), encode(Progress(Stage.SECOND_OPINION, loading=True)))
    open(fifo, "rb").close()
    _say(encode(Progress(Stage.SECOND_OPINION)))
    if then_hang:
        _hang()
    _say(encode(PictureReading()))
    sys.stdin.buffer.read()


def main(start: str, *more: str) -> None:
    match start:
        case "confined":
            confine()
            serve(_load, second_opinion="colorsys")
        case "loose":
            serve(_load)
        case "mute":
            for fifo in more:
                open(fifo, "rb").close()
            _hang()
        case "dead":
            sys.exit(1)
        case "greedy":
            _say(encode(Ready()), LENGTH.pack(2**32 - 1), bytes(1000))
            _hang()
        case "garbled":
            _say(encode(Ready()), LENGTH.pack(7), b"\xff[[[[[[")
            _hang()
        case "cut off":
            _say(encode(Ready()), LENGTH.pack(700), b"{")
        case "ready twice":
            _say(encode(Ready()), encode(Ready()))
            _hang()
        case "unasked":
            _say(encode(PictureReading()))
            _hang()
        case "slow import":
            _ask_slowly(more[0], then_hang=more[1:] == ("then hang",))


if __name__ == "__main__":
    main(*sys.argv[1:])
