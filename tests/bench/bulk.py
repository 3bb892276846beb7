"""Writes years of history in minutes: entries as the kiosk chains them, rows many at once.

An entry made here is an entry of the services, so its digest and its mac are true; only the
file below it is replaced by a shelf, which answers for the pen and the numbers from memory
and brings the rows to the register by the hundred thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, cast
from uuid import UUID

from kiosk.clock import offset_minutes
from kiosk.codes import Action
from kiosk.models import AuditEntry
from kiosk.models.base import Fact, Row, columns_of, table_of
from kiosk.models.engine import RegisterFile
from kiosk.services.chain import Value, canonical, digest, mac
from kiosk.services.desk import Desk
from kiosk.services.entry import Entry

_AT_ONCE = 400_000  # rows


class Answer:
    """A result of one row, as a cursor gives it."""

    def __init__(self, row: Sequence[object]) -> None:
        self._row = row

    def fetchone(self) -> Sequence[object]:
        return self._row


class Shelf:
    """Stands where the register's file does, under `Entry`; `flush` brings all of it home."""

    def __init__(self, file: RegisterFile, gate: int) -> None:
        self._file = file
        self._gate = gate
        self._rows: dict[str, list[Sequence[object]]] = defaultdict(list)
        self._waiting = 0
        self._serial = 0
        self._last_id = bytes(16)
        self._numbers: dict[tuple[object, ...], int] = {}
        self._pen = file.execute_sql(
            "SELECT seq, mac, last_id, last_at FROM pen WHERE gate_id = ?", (gate,)
        ).fetchone()

    def execute_sql(self, statement: str, values: Sequence[Any] = ()) -> Answer:
        if statement.startswith("SELECT seq"):
            return Answer(self._pen)
        if statement.startswith("UPDATE pen"):
            seq, mac, last_id, last_at, _gate = values
            self._pen = (seq, mac, last_id, last_at)
            if self._waiting >= _AT_ONCE:
                self.flush()
            return Answer(())
        if statement.startswith("INSERT INTO sequence"):
            return Answer((self.number(*values),))
        self._rows[statement].append(values)
        self._waiting += 1
        return Answer(())

    def number(self, *series: object) -> int:
        """The next number of (gate, series, period)."""
        self._numbers[series] = self._numbers.get(series, 0) + 1
        return self._numbers[series]

    def pen_moved(self) -> None:
        """The register's file is told at the end, by `flush`."""

    def flush(self) -> None:
        """Insert what waits, and set the pen and the numbers to where they stand now."""
        cursor = self._file.connection().cursor()
        with self._file.atomic():
            for statement, rows in self._rows.items():
                cursor.executemany(statement, rows)
            cursor.execute(
                "UPDATE pen SET seq = ?, mac = ?, last_id = ?, last_at = ? WHERE gate_id = ?",
                (*self._pen, self._gate),
            )
            cursor.executemany(
                'INSERT OR REPLACE INTO sequence (gate_id, series, period, "last")'
                " VALUES (?, ?, ?, ?)",
                [(*key, number) for key, number in self._numbers.items()],
            )
            self._file.pen_moved()
        self._rows.clear()
        self._waiting = 0

    def write(
        self,
        desk: Desk,
        action: Action,
        staff_id: UUID,
        object_id: bytes,
        rows: Iterable[tuple[type[Fact], dict[str, Value]]],
    ) -> None:
        """An entry of rows given by their columns as they are stored, `id` included.

        A fifth of the time of `entry`: nothing is checked, nothing converted.
        """
        seq, previous, _last_id, last_at = self._pen
        seq, at = seq + 1, max(desk.clock.now(), last_at)
        covered: list[tuple[str, bytes]] = []
        for model, row in rows:
            row["gate_id"], row["audit_seq"] = self._gate, seq
            statement, table, columns = _columns(model)
            self._rows[statement].append([row.get(column) for column in columns])
            covered.append((table, canonical(table, row)))
        proof: dict[str, Any] = {
            "gate": self._gate,
            "seq": seq,
            "at": at,
            "offset_min": offset_minutes(at, desk.zone),
            "staff_id": staff_id.bytes,
            "object_id": object_id,
            "rows": len(covered),
            "digest": digest(covered),
            "action": action.value,
        }
        signed = mac(desk.audit_key, previous=previous, **proof)
        statement, _table, columns = _columns(AuditEntry)
        entry = {**proof, "gate_id": self._gate, "mac": signed}
        self._rows[statement].append([entry[column] for column in columns])
        self._waiting += len(covered) + 1
        self.execute_sql("UPDATE pen", (seq, signed, self._last_id, at, self._gate))

    def new_id(self, at: int) -> bytes:
        """A UUIDv7 of the moment `at` (UTC ms), which never runs back."""
        self._serial += 1
        self._last_id = (
            at.to_bytes(6, "big")
            + (0x7000 | self._serial >> 12 & 0xFFF).to_bytes(2, "big")
            + (0x8000 | self._serial & 0xFFF).to_bytes(2, "big")
            + b"bench!"
        )
        return self._last_id

    @contextmanager
    def entry(
        self, desk: Desk, action: Action, staff_id: UUID, object_id: UUID | None = None
    ) -> Iterator[Entry]:
        """As `services.entry.entry`, on this shelf."""
        e = Entry(desk, cast("RegisterFile", self), action, staff_id, object_id)
        yield e
        e._close()


@cache
def _columns(model: type[Row]) -> tuple[str, str, tuple[str, ...]]:
    """The INSERT of a table, its name, and its columns in that order."""
    columns = columns_of(model)
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join("?" for _ in columns)
    table = table_of(model)
    return f"INSERT INTO {table} ({names}) VALUES ({places})", table, columns


@contextmanager
def in_a_hurry(file: RegisterFile) -> Iterator[None]:
    """A connection that may lose everything in a power cut, with room for the indexes."""
    # A row may come before the one it names: each table is brought as a whole.
    for pragma in (
        "foreign_keys = off",
        "synchronous = off",
        "cache_size = -1000000",
        "wal_autocheckpoint = 20000",
    ):
        file.execute_sql(f"PRAGMA {pragma}")
    yield
    assert not file.execute_sql("PRAGMA foreign_key_check").fetchall()
    file.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
