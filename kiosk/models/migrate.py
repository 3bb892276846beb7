"""Brings a register up to the tables of this Gatebook, with a copy of it made before."""

from __future__ import annotations

import os
import re
from pathlib import Path

from kiosk.errors import DamagedDatabase, NewerDatabase, StorageError
from kiosk.models import triggers
from kiosk.models.engine import RegisterFile
from kiosk.models.faults import known
from kiosk.text import N_

FOLDER = Path(__file__).with_name("migrations")


def applied(file: RegisterFile) -> list[str]:
    """The migrations that this register has been through; none for a new one."""
    there = file.execute_sql("SELECT 1 FROM sqlite_master WHERE name = 'schema_migration'")
    if there.fetchone() is None:
        return []
    rows = file.execute_sql("SELECT name FROM schema_migration ORDER BY name").fetchall()
    return [name for (name,) in rows]


def pending(file: RegisterFile, folder: Path = FOLDER) -> list[str]:
    """The migrations still to run. Raises NewerDatabase for a register of a later Gatebook."""
    known = sorted(path.stem for path in folder.glob("[0-9]*.py"))
    done = applied(file)
    unknown = [name for name in done if name not in known]
    if unknown:
        raise NewerDatabase(
            N_(
                "{path} was written by a newer Gatebook ({migration}). Nothing was changed."
                " Install that version or a later one."
            ),
            path=str(file.path),
            migration=unknown[-1],
        )
    return [name for name in known if name not in done]


def bring_up(file: RegisterFile, folder: Path = FOLDER) -> list[str]:
    """Runs what is pending and names it; a migration that fails leaves nothing behind.

    Raises NewerDatabase, and StorageError when a migration fails.
    """
    todo = pending(file, folder)
    if not todo:
        return []
    if applied(file):
        copy(file, file.path.with_name(f"{file.path.name}.before-{_number(todo[0])}"))
    # Not needed on any other start, and 30 ms to import.
    from playhouse.migrations import run

    try:
        run(file, str(folder))
    except Exception as error:
        raise known(error, str(file.path)) or StorageError(
            N_(
                "{path} could not be brought up to date ({migration}). It is as it was before."
                " Go back to the Gatebook installed last, or call support."
            ),
            path=str(file.path),
            migration=", ".join(todo),
        ) from error
    return todo


def check_triggers(file: RegisterFile) -> None:
    """Raises DamagedDatabase, with their names, when triggers are not as they must be."""
    wrong = triggers.wrong(file)
    if wrong:
        raise DamagedDatabase(
            N_(
                "{path} is not protected as it must be ({triggers}). Nothing was changed."
                " Call support before anything is recorded."
            ),
            path=str(file.path),
            triggers=", ".join(wrong),
        )


def copy(file: RegisterFile, target: Path) -> None:
    """A whole copy under the same key; it is on the disk when this returns."""
    beside = target.with_name(target.name + ".new")
    beside.unlink(missing_ok=True)
    file.execute_sql("VACUUM INTO ?", (str(beside),))
    with beside.open("rb") as written:
        os.fsync(written.fileno())
    beside.chmod(0o600)
    os.replace(beside, target)


def _number(migration: str) -> str:
    found = re.match(r"\d+", migration)
    return found.group() if found else migration
