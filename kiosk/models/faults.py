"""Says in words what the storage engine means when it fails."""

from __future__ import annotations

import sqlite3

import peewee
from sqlcipher3 import dbapi2 as sqlcipher

from kiosk.errors import DamagedDatabase, DiskFull, KioskError, StorageError, WrongKey
from kiosk.text import N_

_FULL = N_(
    "The disk is full: nothing was recorded. What was recorded before is safe."
    " Free some room or call support, then try again."
)
_READ_ONLY = N_(
    "The disk no longer accepts writing: nothing was recorded. What was recorded before can"
    " still be read. Call support."
)
_IO = N_(
    "The disk reported an error: nothing was recorded. Note this case on paper and call"
    " support."
)
_BUSY = N_(
    "Another program holds the register: nothing was recorded. Close that program and try"
    " again."
)
_WRONG_KEY = N_(
    "The key file does not open {path}, or its first page is damaged. Nothing was changed."
    " Put the right key file in its place, or restore the last backup."
)
_DAMAGED = N_(
    "{path} is damaged. Nothing was changed. Restore the last backup, or call support."
)
_UNKNOWN = N_("The register could not be used: nothing was recorded. Call support.")

# What SQLite says, and what that is for the person in front of it.
_MEANINGS: tuple[tuple[str, type[StorageError], str], ...] = (
    ("database or disk is full", DiskFull, _FULL),
    ("readonly database", StorageError, _READ_ONLY),
    ("unable to open database file", StorageError, _READ_ONLY),
    ("disk I/O error", StorageError, _IO),
    ("is locked", StorageError, _BUSY),
    ("not a database", WrongKey, _WRONG_KEY),
    ("malformed", DamagedDatabase, _DAMAGED),
)

_ENGINE = (peewee.DatabaseError, sqlcipher.DatabaseError, sqlite3.DatabaseError)
# Faults of a row or of a statement, not of the storage: services know what they mean.
_OF_THE_ROW = (peewee.IntegrityError, peewee.ProgrammingError, peewee.DataError)


def in_words(error: BaseException, path: str) -> KioskError | None:
    """The fault that `error` stands for, or None when it is none of the storage's."""
    if not isinstance(error, _ENGINE) or isinstance(error, _OF_THE_ROW):
        return None
    return known(error, path) or StorageError(_UNKNOWN, path=path)


def known(error: BaseException, path: str) -> KioskError | None:
    """As `in_words`, but None also for what the engine says and nobody foresaw.

    On a full disk SQLite rolls back by itself and peewee's own ROLLBACK then fails, so the
    true cause is the last of the `__context__` chain.
    """
    found: KioskError | None = None
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, _ENGINE):
            said = str(cause)
            for part, kind, sentence in _MEANINGS:
                if part in said:
                    found = kind(sentence, path=path)
        cause = cause.__cause__ or cause.__context__
    return found


def damaged(path: str) -> DamagedDatabase:
    """That a check of the file at `path` found damage."""
    return DamagedDatabase(_DAMAGED, path=path)


def is_untrustworthy(fault: KioskError) -> bool:
    """Whether the connection must be opened and checked again before anything is written.

    After a failed sync nobody knows which pages reached the disk.
    """
    return isinstance(fault, DamagedDatabase) or fault.sentence in (_IO, _UNKNOWN)
