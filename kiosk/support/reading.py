"""`kiosk read`: reader bytes in, one JSON object a document out."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, TextIO

from devices import mrz
from kiosk.errors import KioskError
from kiosk.text import N_


def reference_day(today: str | None) -> date:
    """The day that decides about centuries and expiry. Raises KioskError for no date."""
    if today is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(today)
    except ValueError as error:
        raise KioskError(
            N_("{text} is no date: write it as 2026-11-24."), text=today
        ) from error


def read_one(raw: bytes, out: TextIO, today: str | None) -> int:
    """Answer what the bytes hold; 0, since an answer was written."""
    document = mrz.read(raw, reference_day(today))
    json.dump(mrz.as_json(document), out, ensure_ascii=False, indent=2)
    out.write("\n")
    return 0


def read_lines(requests: Iterable[str], out: TextIO, today: str | None) -> int:
    """One request `{"id", "raw"}` or `{"id", "raw_base64"}` a line, one answer a line."""
    day = reference_day(today)
    for request in requests:
        if request.strip():
            json.dump(_answer(request, day), out, ensure_ascii=False)
            out.write("\n")
            out.flush()
    return 0


def _answer(request: str, day: date) -> dict[str, Any]:
    try:
        asked = json.loads(request)
    except json.JSONDecodeError as error:
        return {"id": None, "error": f"no JSON: {error.msg}"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "a request is an object with id and raw"}
    identifier = asked.get("id")
    try:
        raw = _bytes_of(asked)
    except ValueError as error:
        return {"id": identifier, "error": str(error)}
    return {"id": identifier, **mrz.as_json(mrz.read(raw, day))}


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
