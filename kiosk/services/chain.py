"""The bytes of the audit chain: how a row is written down, and what ties entries together.

Any program in any language must be able to check a chain years later, so the forms here
never change:

- canonical row: UTF-8 of `["table",{"column":value,…}]` and a line feed; keys sorted, no
  spaces, null columns left out, bytes and ids as lower-case hex, booleans as 0 and 1.
- digest of an entry: SHA-256 over its canonical rows, sorted by table and bytes.
- mac of an entry: HMAC-SHA256 over its fixed binary form and the mac before it.
- seal of a personal row: HMAC-SHA256 over its canonical form without gate and sequence.
"""

from __future__ import annotations

import hmac
import struct
from collections.abc import Iterable, Mapping
from hashlib import sha256

import msgspec

# The mac before the first entry.
NO_MAC = bytes(32)

_NO_ID = bytes(16)
_ENTRY = struct.Struct(">4shqqh16s16si32s32s")
_encode = msgspec.json.Encoder().encode

Value = int | str | bytes | None


def canonical(table: str, row: Mapping[str, Value]) -> bytes:
    """A row as the chain covers it; `row` holds column values as they are stored."""
    # Bool is an int to Python, but not to JSON.
    columns = {
        name: value.hex()
        if isinstance(value, bytes)
        else int(value)
        if isinstance(value, bool)
        else value
        for name, value in sorted(row.items())
        if value is not None
    }
    return _encode((table, columns)) + b"\n"


def digest(rows: Iterable[tuple[str, bytes]]) -> bytes:
    """Of an entry's rows, each given as its table and its canonical bytes."""
    return sha256(b"".join(line for _, line in sorted(rows))).digest()


def mac(
    key: bytes,
    *,
    gate: int,
    seq: int,
    at: int,
    offset_min: int,
    staff_id: bytes | None,
    object_id: bytes | None,
    rows: int,
    digest: bytes,
    previous: bytes,
    action: str,
) -> bytes:
    """Of one audit entry, tied to the mac of the entry before it."""
    fixed = _ENTRY.pack(
        b"GBA1",
        gate,
        seq,
        at,
        offset_min,
        staff_id or _NO_ID,
        object_id or _NO_ID,
        rows,
        digest,
        previous,
    )
    return hmac.digest(key, fixed + action.encode("ascii"), "sha256")


def seal(key: bytes, table: str, row: Mapping[str, Value]) -> bytes:
    """Of a personal row, its salt included. Gate and sequence belong to the seal's own row."""
    personal = {
        name: value for name, value in row.items() if name not in ("gate_id", "audit_seq")
    }
    return hmac.digest(key, canonical(table, personal), "sha256")
