"""Every writing transaction: the pen first, then its facts, then one audit entry.

    with entry(desk, Action.ADMIT, officer=officer, object_id=request.case_id) as e:
        e.add(Case, id=request.case_id, service=…, at=e.now, day=e.day, …)
        number = e.number(Series.VISIT, request.case_id)
        Presence.create(member_id=…)            # caches and local tables: plain peewee

What is raised inside undoes all of it. The number given goes back, so no hole is left.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from kiosk.clock import local_day, offset_minutes
from kiosk.codes import Action, Series
from kiosk.errors import DamagedDatabase
from kiosk.models import AuditEntry, Gate, Pen, RegisterNumber, Seal
from kiosk.models.base import Fact, Personal, Row, columns_of, subject_of, table_of
from kiosk.models.engine import RegisterFile
from kiosk.services.chain import NO_MAC, Value, canonical, digest, mac, seal
from kiosk.services.clock_jump import must_not_have_jumped
from kiosk.services.desk import Desk
from kiosk.services.ids import Ids
from kiosk.services.prepared import Prepared
from kiosk.text import N_
from kiosk.values import Officer


class Entry:
    """A transaction that holds the pen. `now` is its moment (UTC ms), `day` the site's day."""

    def __init__(
        self,
        desk: Desk,
        file: RegisterFile,
        action: Action,
        staff_id: UUID | None,
        object_id: UUID | None,
    ) -> None:
        self._desk = desk
        self._file = file
        self._rows: list[tuple[str, bytes]] = []
        self.action = action
        self.staff_id = staff_id
        self.object_id = object_id
        seq, self._previous, last_id, last_at = self._take_pen()
        self.gate = desk.gate
        self.seq = seq + 1
        # A clock that was set back never sets the register back.
        self.now = max(desk.clock.now(), last_at)
        self.day = local_day(self.now, desk.zone)
        self._ids = Ids(self.now, above=UUID(bytes=last_id))

    def new_id(self) -> UUID:
        """An id for a row that others of this transaction must name before it is added."""
        return self._ids.next()

    def add(self, model: type[Fact] | type[Personal] | type[Gate], **columns: Any) -> UUID:
        """Inserts a fact or a personal row by its attribute names, and gives its id.

        Fills `id` (unless given), `gate_id` and `audit_seq`; a personal row gets its salt
        and its seal. Text is cleaned and codes are checked by the columns themselves.
        Raises IntegrityError where the row contradicts what is recorded.
        """
        return self.add_all(model, (columns,))[0]

    def add_all(
        self,
        model: type[Fact] | type[Personal] | type[Gate],
        rows: Iterable[dict[str, Any]],
    ) -> list[UUID]:
        """As `add`, of many rows of one table; the ids in the order of the rows."""
        table, personal = table_of(model), issubclass(model, Personal)
        ids: list[UUID] = []
        stored: list[dict[str, Value]] = []
        for columns in rows:
            identifier: UUID = columns.setdefault("id", None) or self._ids.next()
            columns.update(id=identifier, gate_id=self.gate, audit_seq=self.seq)
            if personal:
                columns["salt"] = os.urandom(16)
            ids.append(identifier)
            stored.append(_stored(model, columns))
        self._insert(model, stored)
        if issubclass(model, Personal):
            subject, key = subject_of(model), self._desk.audit_key
            seals = (
                {
                    "id": identifier,
                    "subject_id": row[subject],
                    "table": table,
                    "mac": seal(key, table, row),
                }
                for identifier, row in zip(ids, stored, strict=True)
            )
            self.add_all(Seal, seals)
        else:
            self._rows += [(table, canonical(table, row)) for row in stored]
        return ids

    def number(self, series: Series, object_id: UUID, period: str | int | None = None) -> int:
        """The next number of the series for `object_id`, recorded as a fact of its own.

        `period` is the year of this entry's day unless it is given.
        """
        period = str(self.day.year if period is None else period)
        (number,) = self._file.execute_sql(
            'INSERT INTO sequence (gate_id, series, period, "last") VALUES (?, ?, ?, 1)'
            " ON CONFLICT (gate_id, series, period)"
            ' DO UPDATE SET "last" = sequence."last" + 1 RETURNING "last"',
            (self.gate, series.value, period),
        ).fetchone()
        self.add(RegisterNumber, series=series, period=period, no=number, object_id=object_id)
        return int(number)

    # ---- the chain

    def _take_pen(self) -> tuple[int, bytes, bytes, int]:
        """The head of the chain: seq, mac, last id, last moment. Nobody else writes now."""
        pen = self._file.execute_sql(
            "SELECT seq, mac, last_id, last_at FROM pen WHERE gate_id = ?", (self._desk.gate,)
        ).fetchone()
        if pen is None:
            self._make_pen()
            return 0, NO_MAC, bytes(16), 0
        seq, last_mac, last_id, last_at = pen
        return seq, last_mac, last_id, last_at

    def _make_pen(self) -> None:
        gate = self._desk.gate
        if AuditEntry.select().where(AuditEntry.gate_id == gate).exists():
            raise DamagedDatabase(
                N_(
                    "{path} has lost the head of its chain. Nothing was recorded. Restore the"
                    " last backup, or call support."
                ),
                path=str(self._file.path),
            )
        Pen.create(gate_id=gate, seq=0, mac=NO_MAC, last_id=bytes(16), last_at=0)

    def _close(self) -> None:
        if not self._rows:
            return
        desk = self._desk
        staff_id = self.staff_id.bytes if self.staff_id else None
        object_id = self.object_id.bytes if self.object_id else None
        offset = offset_minutes(self.now, desk.zone)
        covered = digest(self._rows)
        signed = mac(
            desk.audit_key,
            gate=self.gate,
            seq=self.seq,
            at=self.now,
            offset_min=offset,
            staff_id=staff_id,
            object_id=object_id,
            rows=len(self._rows),
            digest=covered,
            previous=self._previous,
            action=self.action,
        )
        audited = _stored(
            AuditEntry,
            {
                "gate_id": self.gate,
                "seq": self.seq,
                "at": self.now,
                "offset_min": offset,
                "staff_id": staff_id,
                "action": self.action,
                "object_id": object_id,
                "rows": len(self._rows),
                "digest": covered,
                "mac": signed,
            },
        )
        self._insert(AuditEntry, (audited,))
        self._file.execute_sql(
            "UPDATE pen SET seq = ?, mac = ?, last_id = ?, last_at = ? WHERE gate_id = ?",
            (self.seq, signed, self._ids.last.bytes, self.now, self.gate),
        )
        self._file.pen_moved()

    def _insert(self, model: type[Row], rows: Sequence[dict[str, Value]]) -> None:
        statement, _fields, _names = _statement(model)
        if len(rows) == 1:
            self._file.execute_sql(statement, tuple(rows[0].values()))
        else:
            self._file.execute_many(statement, (tuple(row.values()) for row in rows))


def _stored(model: type[Row], columns: dict[str, Any]) -> dict[str, Value]:
    """A row as it is stored: what is hashed is what stands there."""
    _sql, fields, names = _statement(model)
    if not columns.keys() <= names:
        raise TypeError(f"{table_of(model)} has not all of {', '.join(columns)}")
    return {
        column: field.db_value(columns.get(name, default))
        for name, column, field, default in fields
    }


def moment(desk: Desk) -> int:
    """The moment (UTC ms) of an entry made now: never before the last one, as `Entry.now`.

    Who asks what would be recorded asks for this moment. After the clock was set back, what
    was recorded last would else lie in the future of the question.
    """
    moments: list[int] = [last_at for (last_at,) in _LAST_AT(desk.gate)]
    return max([desk.clock.now(), *moments])


def day_now(desk: Desk) -> date:
    """The site's day of an entry made now: today, also while the clock is behind."""
    return local_day(moment(desk), desk.zone)


_LAST_AT = Prepared(lambda gate: Pen.select(Pen.last_at).where(Pen.gate_id == gate).tuples())


@contextmanager
def entry(
    desk: Desk,
    action: Action,
    *,
    officer: Officer | None = None,
    staff_id: UUID | None = None,
    object_id: UUID | None = None,
) -> Iterator[Entry]:
    """One transaction and its audit entry; to be used on the writing thread.

    `officer` (or `staff_id`) is who acts, `object_id` what it is about; both may still be
    set on the entry inside. A transaction that adds no fact leaves no entry: whatever is to
    be audited is a fact. Raises ClockJumped while the clock is ahead and nobody confirmed it.
    """
    file: RegisterFile = Pen._meta.database
    must_not_have_jumped(desk)
    with file.atomic():
        acts = officer.staff_id if officer is not None else staff_id
        e = Entry(desk, file, action, acts, object_id)
        yield e
        e._close()


@cache
def _statement(
    model: type[Row],
) -> tuple[str, tuple[tuple[str, str, Any, Any], ...], frozenset[str]]:
    """The INSERT of a table; of each column attribute, column, field and default; all names."""
    columns = ", ".join(f'"{column}"' for column in columns_of(model))
    places = ", ".join("?" for _ in columns_of(model))
    fields = tuple(
        (field.name, field.column_name, field, field.default)
        for field in model._meta.sorted_fields
    )
    names = frozenset(name for name, *_ in fields)
    return f"INSERT INTO {table_of(model)} ({columns}) VALUES ({places})", fields, names
