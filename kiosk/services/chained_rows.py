"""Reads the facts of a gate back in the order in which they were chained."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Any

from kiosk.models import CHAINED
from kiosk.models.base import columns_of, table_of
from kiosk.models.engine import RegisterFile
from kiosk.services.chain import canonical


class ChainedRows:
    """All chained rows of a gate, entry by entry.

    Rows stand in the file in the order in which they were written, so every table is read
    once from front to end and nothing is sorted. A row out of order (put back by hand)
    goes to `strays`, by its entry.
    """

    def __init__(self, file: RegisterFile, gate: int) -> None:
        self.strays: dict[int, list[tuple[str, bytes]]] = {}
        self.foreign: list[tuple[str, int]] = []
        self._file = file
        self._gate = gate
        self._merged = heapq.merge(*(self._table(model) for model in CHAINED))
        self._next = next(self._merged, None)

    def of(self, seq: int) -> list[tuple[str, bytes]]:
        """The rows of entry `seq`; to be asked with rising numbers."""
        rows: list[tuple[str, bytes]] = []
        while self._next is not None and self._next[0] <= seq:
            row_seq, table, line = self._next
            if row_seq == seq:
                rows.append((table, line))
            else:
                self.strays.setdefault(row_seq, []).append((table, line))
            self._next = next(self._merged, None)
        return rows

    def drain(self) -> None:
        """Takes what is left: rows beyond the last entry."""
        while self._next is not None:
            self.of(self._next[0] + 1)

    def _table(self, model: Any) -> Iterator[tuple[int, str, bytes]]:
        table, columns = table_of(model), sorted(columns_of(model))
        gate_at, seq_at = columns.index("gate_id"), columns.index("audit_seq")
        names = ", ".join(f'"{column}"' for column in columns)
        highest = 0
        for row in read(self._file, f"SELECT {names} FROM {table} ORDER BY rowid"):
            if row[gate_at] != self._gate:
                self.foreign.append((table, row[gate_at]))
                continue
            seq = row[seq_at]
            line = canonical(table, dict(zip(columns, row, strict=True)))
            if seq < highest:
                self.strays.setdefault(seq, []).append((table, line))
            else:
                highest = seq
                yield seq, table, line


def read(file: RegisterFile, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
    """The rows of a query as they are stored, one at a time."""
    rows: Iterator[tuple[Any, ...]] = file.execute_sql(sql, values)
    return rows
