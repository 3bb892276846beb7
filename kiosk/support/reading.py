"""`kiosk read`: reader bytes or pictures in, one JSON object a document out."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, TextIO

from devices import mrz
from kiosk.support.pictures import Pictures, is_picture, picture_at


def read_one(raw: bytes, out: TextIO, today: date | None) -> int:
    """Answer what the bytes of a reader or a picture hold; 0, since an answer was written.

    `today` decides about centuries and expiry; None: the day that UTC has.
    """
    day = today or datetime.now(UTC).date()
    if is_picture(raw):
        with Pictures() as pictures:
            document = pictures.read(raw, day)
    else:
        document = mrz.read(raw, day)
    json.dump(mrz.as_json(document), out, indent=2)
    out.write("\n")
    return 0


def read_lines(requests: Iterable[str], out: TextIO, today: date | None) -> int:
    """One request a line, `{"id", "raw"}`, `{"id", "raw_base64"}` or `{"id", "image"}`; one
    answer a line, in the same order."""
    day = today or datetime.now(UTC).date()
    with Pictures() as pictures:
        for request in requests:
            if request.strip():
                # In ASCII: an id may hold what no terminal and no encoding can write.
                json.dump(_answer(request, day, pictures), out)
                out.write("\n")
                out.flush()
    return 0


def _answer(request: str, day: date, pictures: Pictures) -> dict[str, Any]:
    try:
        asked = json.loads(request)
    except json.JSONDecodeError as error:
        return {"id": None, "error": f"no JSON: {error.msg}"}
    except (ValueError, RecursionError):  # a number of thousands of digits, a thousand [
        return {"id": None, "error": "no request: a number or a nesting has no end"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "a request is an object with id and raw or image"}
    identifier = asked.get("id")
    if not _is_plain(identifier):
        return {"id": None, "error": "an id is a text, a whole number, true, false or null"}
    try:
        document = _document(asked, day, pictures)
    except ValueError as error:
        return {"id": identifier, "error": str(error)}
    return {"id": identifier, **mrz.as_json(document)}


def _is_plain(identifier: object) -> bool:
    """Whether it can be given back as it came: no float (1e999), nothing nested."""
    return identifier is None or isinstance(identifier, str | int)


def _document(asked: dict[str, Any], day: date, pictures: Pictures) -> mrz.Document:
    """Raises ValueError with a sentence for what is no request."""
    if "image" in asked:
        return pictures.read(picture_at(asked["image"]), day)
    return mrz.read(_bytes_of(asked), day)


def _bytes_of(asked: dict[str, Any]) -> bytes:
    """Each character below 256 stands for that byte, any other for its UTF-8 bytes."""
    if isinstance(asked.get("raw"), str):
        return b"".join(
            bytes([ord(c)]) if ord(c) < 256 else c.encode(errors="replace")
            for c in asked["raw"]
        )
    if isinstance(asked.get("raw_base64"), str):
        return base64.b64decode(asked["raw_base64"], validate=True)
    raise ValueError("a request holds raw, raw_base64 or image")
