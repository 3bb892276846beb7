"""`kiosk read --replay`: a recording of a reader, read as if it were sent now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO

from devices import mrz
from devices.errors import ProfileError
from devices.events import CodeRead, DocumentRead, ReadRejected
from devices.readers import profiles, recording
from devices.readers.framing import BlockEnd
from devices.readers.listening import USUAL
from devices.readers.profiles import Profile
from devices.readers.readings import Heard, Readings, Repeated
from kiosk.errors import KioskError
from kiosk.text import N_
from kiosk.wiring import OUR_CODES


def replay(file: Path, profile: str | None, out: TextIO, today: date | None) -> int:
    """Answer what the recording in `file` holds, one JSON object a reading, without waiting.

    It is cut by `profile`, else by the one it was made with; 0, since answers were written.
    Raises KioskError.
    """
    recorded = _recorded(file)
    day = today or datetime.now(UTC).date()
    readings = Readings(
        _profile(profile or recorded.profile), OUR_CODES, lambda: day, USUAL.dedupe, "reader"
    )
    for at, heard in _heard(readings, recorded.chunks):
        json.dump({"at_ms": round(at * 1000), **_as_json(heard)}, out)
        out.write("\n")
    return 0


def _recorded(file: Path) -> recording.Recording:
    try:
        with open(file, encoding="ascii", errors="replace", newline="\n") as lines:
            return recording.parse(lines)
    except OSError as error:
        raise KioskError(
            N_("{file} cannot be read: {cause}. Check the path and its permissions."),
            file=str(file),
            cause=error.strerror or str(error),
        ) from error
    except recording.NotARecording as error:
        raise KioskError(
            N_("{file}, line {line}: not a recording made by `kiosk read --capture`."),
            file=str(file),
            line=error.line,
        ) from error


def _profile(name: str) -> Profile:
    try:
        return profiles.load(name)
    except ProfileError as error:
        raise KioskError(
            N_("The profile cannot be used: {cause}. Name one with --profile."), cause=error
        ) from error


def _heard(
    readings: Readings, chunks: Iterable[recording.Chunk]
) -> Iterator[tuple[float, Heard]]:
    """Every reading with its time in seconds; a gap in the recording is a quiet line."""
    last = 0.0
    for chunk in chunks:
        if chunk.at - last >= USUAL.gap:
            yield from ((last + USUAL.gap, heard) for heard in readings.fell_quiet())
        if chunk.told:
            readings.ordered(chunk.at)
            continue
        last = chunk.at
        yield from ((last, heard) for heard in readings.heard(chunk.data, last))
    yield from ((last + USUAL.gap, heard) for heard in readings.fell_quiet())


def _as_json(heard: Heard) -> dict[str, Any]:
    match heard:
        case DocumentRead(document):
            return {"kind": "document", **mrz.as_json(document)}
        case CodeRead(code):
            return {"kind": "code", "code": code}
        case ReadRejected(reason):
            return {"kind": "rejected", "reason": reason.value}
        case BlockEnd(intact):
            return {"kind": "block", "intact": intact}
        case Repeated():
            return {"kind": "repeated"}
