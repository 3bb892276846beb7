"""`kiosk read`: reader bytes in, one JSON object a document out."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO

from devices import mrz
from kiosk.errors import KioskError
from kiosk.text import N_


def recorded(file: Path) -> bytes:
    """The bytes of a reader that were kept in a file. Raises KioskError."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise KioskError(
            N_("{file} cannot be read: {cause}. Check the path and its permissions."),
            file=str(file),
            cause=error.strerror or str(error),
        ) from error


def read_one(raw: bytes, out: TextIO, today: date | None) -> int:
    """Answer what the bytes hold; 0, since an answer was written.

    `today` decides about centuries and expiry; None: the day that UTC has.
    """
    document = mrz.read(raw, today or datetime.now(UTC).date())
    json.dump(mrz.as_json(document), out, indent=2)
    out.write("\n")
    return 0


def read_lines(requests: Iterable[str], out: TextIO, today: date | None) -> int:
    """One request `{"id", "raw"}` or `{"id", "raw_base64"}` a line, one answer a line."""
    day = today or datetime.now(UTC).date()
    for request in requests:
        if request.strip():
            # In ASCII: an id may hold what no terminal and no encoding can write.
            json.dump(_answer(request, day), out)
            out.write("\n")
            out.flush()
    return 0


def _answer(request: str, day: date) -> dict[str, Any]:
    try:
        asked = json.loads(request)
    except json.JSONDecodeError as error:
        return {"id": None, "error": f"no JSON: {error.msg}"}
    except (ValueError, RecursionError):  # a number of thousands of digits, a thousand [
        return {"id": None, "error": "no request: a number or a nesting has no end"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "a request is an object with id and raw"}
    identifier = asked.get("id")
    if not _is_plain(identifier):
        return {"id": None, "error": "an id is a text, a whole number, true, false or null"}
    try:
        raw = _bytes_of(asked)
    except ValueError as error:
        return {"id": identifier, "error": str(error)}
    return {"id": identifier, **mrz.as_json(mrz.read(raw, day))}


def _is_plain(identifier: object) -> bool:
    """Whether it can be given back as it came: no float (1e999), nothing nested."""
    return identifier is None or isinstance(identifier, str | int)


def _bytes_of(asked: dict[str, Any]) -> bytes:
    """Each character below 256 stands for that byte, any other for its UTF-8 bytes."""
    if isinstance(asked.get("raw"), str):
        return b"".join(
            bytes([ord(c)]) if ord(c) < 256 else c.encode(errors="replace")
            for c in asked["raw"]
        )
    if isinstance(asked.get("raw_base64"), str):
        return base64.b64decode(asked["raw_base64"], validate=True)
    if "image" in asked:
        raise ValueError("images are not read yet: send raw or raw_base64")
    raise ValueError("a request holds raw or raw_base64")
