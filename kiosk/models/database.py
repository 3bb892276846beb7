"""Opens the register and runs work on it: one writing thread, two reading ones.

    db = open_database(path, key)
    recorded = await db.write(visits.admit, desk, officer, request)
    card = await db.read(people.card, desk, person_id)

A function given to `write` opens its own transaction (`services.entry`); one given to
`read` sees one unchanging state of the register from its first query to its last.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from kiosk.errors import AlreadyRunning, KioskError, StorageError
from kiosk.models import TABLES, migrate
from kiosk.models.engine import RegisterFile, check_sqlite
from kiosk.models.faults import damaged, in_words, is_untrustworthy
from kiosk.text import N_

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """An open register. Only the last one opened in a process is the one models speak to."""

    def __init__(self, file: RegisterFile, lock: int | None) -> None:
        """`lock` is the descriptor of the one-instance lock; None opens for reading only."""
        self.file = file
        self._lock = lock
        self._must_check = False
        self._writer = ThreadPoolExecutor(1, "register-writer")
        self._readers = ThreadPoolExecutor(2, "register-reader")

    @property
    def on_commit(self) -> list[Callable[[], None]]:
        """Called on the writing thread after each audited COMMIT; wakes must be thread-safe."""
        return self.file.on_commit

    # ---- work, awaited

    async def write(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs `fn` on the writing thread, after what was asked before.

        A task that is cancelled meanwhile does not stop it: what was begun is finished.
        Raises what `fn` raises, and StorageError for faults of the disk or the file.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._writer, self._write, partial(fn, *args, **kwargs)
        )

    async def read(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Runs `fn` on a reading thread; it cannot write. Raises as `write` does."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._readers, self._read, partial(fn, *args, **kwargs)
        )

    # ---- work, waited for: commands and tests

    def run_write(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As `write`, for callers without an event loop."""
        return self._writer.submit(self._write, partial(fn, *args, **kwargs)).result()

    def run_read(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As `read`, for callers without an event loop."""
        return self._readers.submit(self._read, partial(fn, *args, **kwargs)).result()

    def close(self) -> None:
        """Finishes what was asked, moves the log into the file, and lets go of the lock."""
        self._readers.shutdown()
        if self._lock is not None:
            self._writer.submit(self._checkpoint)
        self._writer.shutdown()
        self.file.close_all()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    # ---- on the threads

    def _write(self, work: Callable[[], T]) -> T:
        if self._lock is None:
            raise StorageError(N_("The register was opened for reading only."))
        try:
            if self._must_check:
                self._open_again()
            return work()
        except Exception as error:
            fault = self._fault(error)
            if fault is None:
                raise
            raise fault from error

    def _read(self, work: Callable[[], T]) -> T:
        try:
            if self.file.is_closed():
                self._open_reader()
            with self.file.atomic("DEFERRED"):
                return work()
        except Exception as error:
            fault = self._fault(error)
            if fault is None:
                raise
            raise fault from error

    def _fault(self, error: Exception) -> KioskError | None:
        fault = in_words(error, str(self.file.path))
        if fault is not None and is_untrustworthy(fault):
            self._must_check = True
        return fault

    def _open_again(self) -> None:
        """After a fault of the disk: a new connection, and a look at every page."""
        self.file.close()
        self.file.connect()
        if self.file.execute_sql("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise damaged(str(self.file.path))
        self._must_check = False

    def _open_reader(self) -> None:
        self.file.connect()
        self.file.execute_sql("PRAGMA query_only = on")

    def _checkpoint(self) -> None:
        self.file.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def open_database(
    path: Path, key: bytes | None, *, writer: bool = True, create: bool = False
) -> Database:
    """Opens the register at `path`, brings it up to date and checks its triggers.

    `key` is the raw 32-byte database key (None: not encrypted, for tests). A writer is
    alone: it holds a lock beside the file; without `writer` the register is opened beside
    a running kiosk, for reading. `create` makes a new one where there is none.

    Raises AlreadyRunning, WrongKey, NewerDatabase, DamagedDatabase, StorageError, and
    ConfigurationError for an unsafe SQLite library.
    """
    check_sqlite()
    try:
        return _open(path, key, writer=writer, create=create)
    except OSError as error:
        raise StorageError(
            N_("{path} cannot be used ({why}). Nothing was changed."),
            path=str(path),
            why=error.strerror,
        ) from error


def _open(path: Path, key: bytes | None, *, writer: bool, create: bool) -> Database:
    if not path.exists() and not (create and writer):
        raise StorageError(
            N_("There is no register at {path}. Start the kiosk once to make it."),
            path=str(path),
        )
    if create:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = _take_lock(path) if writer else None
    if not path.exists():
        # The log and the index beside it take over these permissions.
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    file = RegisterFile(path, key)
    database = Database(file, lock)
    try:
        file.bind(TABLES, bind_refs=False, bind_backrefs=False)
        if writer:
            database.run_write(_prepare, file)
        else:
            database.run_read(_look, file)
    except BaseException:
        database.close()
        raise
    return database


def _prepare(file: RegisterFile) -> None:
    migrate.bring_up(file)
    migrate.check_triggers(file)
    if not file.head_path.exists() and not _has_entries(file):
        file.write_head()


def _look(file: RegisterFile) -> None:
    if migrate.pending(file):
        raise StorageError(
            N_("{path} is of an older Gatebook. Start the kiosk once to bring it up to date."),
            path=str(file.path),
        )
    migrate.check_triggers(file)


def _has_entries(file: RegisterFile) -> bool:
    return file.execute_sql("SELECT 1 FROM audit_entry LIMIT 1").fetchone() is not None


def must_not_run(path: Path) -> None:
    """Raises AlreadyRunning while a kiosk has the register at `path`; changes nothing."""
    try:
        lock = os.open(_lock_of(path), os.O_RDONLY)
    except FileNotFoundError:
        return
    # Shared, and let go at once, so that a kiosk which starts now is not in the way.
    _lock(lock, fcntl.LOCK_SH)
    os.close(lock)


def _lock_of(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


def _take_lock(path: Path) -> int:
    """Holds the one-instance lock until the descriptor is closed, even by a kill."""
    lock = os.open(_lock_of(path), os.O_RDWR | os.O_CREAT, 0o600)
    _lock(lock, fcntl.LOCK_EX)
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
    return lock


def _lock(lock: int, kind: int) -> None:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except OSError as error:
        process = os.read(lock, 20).decode(errors="replace").strip()
        os.close(lock)
        raise AlreadyRunning(
            N_(
                "The kiosk is already running here (process {process}). Use that one, or end"
                " it first."
            ),
            process=process or "?",
        ) from error
