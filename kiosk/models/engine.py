"""The register's file as peewee sees it: SQLCipher, its pragmas, and what follows a COMMIT."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from peewee import __exception_wrapper__  # type: ignore[attr-defined]  # not in its stubs
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as sqlcipher

from kiosk.errors import ConfigurationError
from kiosk.text import N_

log = logging.getLogger(__name__)

# Older ones can corrupt a WAL database when two connections write and checkpoint at once
# (sqlite.org/wal.html#walresetbug).
OLDEST_SQLITE = (3, 51, 3)

_CACHE = 2000  # KiB, for each connection

_PRAGMAS = (
    ("busy_timeout", 5000),
    ("journal_mode", "wal"),
    # NORMAL lost acknowledged rows in 384 of 400 simulated power cuts, FULL in none.
    ("synchronous", "full"),
    ("foreign_keys", "on"),
    # Without it INSERT OR REPLACE deletes a fact past its trigger.
    ("recursive_triggers", "on"),
    # An erased name must not stay in the file's free space.
    ("secure_delete", "on"),
    # Never to a temporary file: that would not be encrypted.
    ("temp_store", "memory"),
    ("cache_size", -_CACHE),
    ("journal_size_limit", 16 * 1024 * 1024),
    ("trusted_schema", "off"),
)


class RegisterFile(SqlCipherDatabase):  # type: ignore[misc]  # playhouse has no types
    """One SQLCipher file, one connection a thread.

    `on_commit` are called on the writing thread after each COMMIT of an audited
    transaction; what they wake must be safe to wake from another thread. They cannot fail
    the transaction: it is done, so what they raise is logged.
    """

    field_types: ClassVar[dict[str, str]] = {**SqlCipherDatabase.field_types, "ID": "BLOB"}

    def __init__(self, path: Path, key: bytes | None) -> None:
        """`key` is the raw 32-byte key; None opens a file that is not encrypted."""
        self.path = path
        self.on_commit: list[Callable[[], None]] = []
        self._pen = threading.local()
        self._connections: list[Any] = []
        options = {} if key is None else {"passphrase": f"x'{key.hex()}'"}
        super().__init__(
            str(path),
            pragmas=_PRAGMAS,
            lock_type="IMMEDIATE",
            check_same_thread=False,
            **options,
        )

    # ---- the chain's head beside the file

    @property
    def head_path(self) -> Path:
        """Where the head of the chain is kept outside of the database."""
        return self.path.with_name(self.path.name + ".head")

    def pen_moved(self) -> None:
        """Tells that the running transaction writes an audit entry."""
        self._pen.moved = True

    def write_head(self) -> None:
        """Writes the committed head of each gate's chain: `gate seq mac`, one a line.

        It may lag by what a kill lost, and never leads: it is read from what is committed.
        """
        rows = self.execute_sql("SELECT gate_id, seq, mac FROM pen ORDER BY gate_id").fetchall()
        beside = self.head_path.with_name(self.head_path.name + ".new")
        lines = "".join(f"{gate} {seq} {mac.hex()}\n" for gate, seq, mac in rows)
        opened = os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        with open(opened, "w", encoding="ascii") as written:
            written.write(lines)
        os.replace(beside, self.head_path)

    # ---- transactions

    def commit(self) -> None:
        super().commit()
        if getattr(self._pen, "moved", False):
            self._pen.moved = False
            # Who is woken begins while the head is written; what they write comes after it.
            for follow in (*self.on_commit, self.write_head):
                _after_commit(follow)

    def rollback(self) -> None:
        self._pen.moved = False
        # On a full disk or an I/O error SQLite has rolled back already, and a second
        # ROLLBACK would hide why (peewee lets the later error win).
        if self.connection().in_transaction:
            super().rollback()

    def after_commit(self, fn: Callable[[], None]) -> Callable[[], None]:
        """Calls `fn` once the outermost transaction is committed; what it raises is logged."""
        super().after_commit(lambda: _after_commit(fn))
        return fn

    def execute_many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """One statement for many rows; a row costs a tenth of `execute_sql`."""
        with __exception_wrapper__:
            self.cursor().executemany(sql, rows)

    @contextmanager
    def room(self, mebibytes: int) -> Iterator[None]:
        """More pages in memory for a long piece of work of this thread."""
        self.execute_sql(f"PRAGMA cache_size = {-1024 * mebibytes}")
        try:
            yield
        finally:
            self.execute_sql(f"PRAGMA cache_size = {-_CACHE}")

    # ---- connections

    def _connect(self) -> Any:
        # SQLCipher writes its complaints to standard error, which is an officer's screen.
        sqlcipher.connect(":memory:").execute("PRAGMA cipher_log_level = none").close()
        connection = super()._connect()
        self._connections.append(connection)
        return connection

    def _close(self, conn: Any) -> None:
        self._connections.remove(conn)
        super()._close(conn)

    def close_all(self) -> None:
        """Closes every thread's connection; to be called when no thread uses one any more."""
        while self._connections:
            self._connections.pop().close()


def check_sqlite(version: tuple[int, int, int] = sqlcipher.sqlite_version_info) -> None:
    """Raises ConfigurationError when the library would be older than is safe."""
    if version < OLDEST_SQLITE:
        raise ConfigurationError(
            N_(
                "The SQLite library is {found}, which can damage the register; {needed} or"
                " later is needed. Install Gatebook again."
            ),
            found=".".join(map(str, version)),
            needed=".".join(map(str, OLDEST_SQLITE)),
        )


def _after_commit(follow: Callable[[], None]) -> None:
    try:
        follow()
    except Exception:
        log.exception("what follows a commit failed")
