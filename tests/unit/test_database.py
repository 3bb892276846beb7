"""The register's file: opened by one, encrypted, and honest about every fault of the disk."""

from __future__ import annotations

import asyncio
import os
import random
import resource
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest
from story import add_person, tell

from kiosk.codes import Action
from kiosk.errors import (
    AlreadyRunning,
    ConfigurationError,
    DamagedDatabase,
    DiskFull,
    KioskError,
    StorageError,
    WrongKey,
)
from kiosk.keyfile import Keys
from kiosk.models import AuditEntry, Pen, Person, PersonDetail
from kiosk.models.database import Database, open_database
from kiosk.models.engine import check_sqlite
from kiosk.services import audit
from kiosk.services.desk import Desk
from kiosk.services.entry import entry


def record(desk: Desk, surname: str = "Асанов") -> int:
    with entry(desk, Action.RECORD_PERSON) as e:
        add_person(e, surname)
        return e.seq


def entries() -> int:
    return AuditEntry.select().count()


def record_for_ever(database: Database, desk: Desk, acknowledged: list[int]) -> None:
    """Records until the disk is full; `acknowledged` is what the caller was told."""
    while True:
        acknowledged.append(database.run_write(record, desk))


# ---- how it is opened


def test_every_connection_is_set_for_safety(database: Database) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "busy_timeout": 5000,
        "trusted_schema": 0,
    }
    for run in (database.run_write, database.run_read):
        assert run(lambda: {name: database.file.pragma(name) for name in expected}) == expected
    assert database.run_read(database.file.pragma, "query_only") == 1


def test_an_sqlite_that_can_damage_a_register_is_refused() -> None:
    check_sqlite((3, 51, 3))
    for old in ((3, 40, 1), (3, 51, 2)):
        with pytest.raises(ConfigurationError, match=r"3\.51\.3"):
            check_sqlite(old)


def test_only_its_owner_may_read_the_files(tmp_path: Path, keys: Keys, desk: Desk) -> None:
    database = open_database(tmp_path / "new" / "gate.db", keys.database, create=True)
    database.run_write(record, desk)
    modes = {path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "new").iterdir()}
    database.close()
    assert {"gate.db", "gate.db-wal", "gate.db-shm", "gate.db.lock", "gate.db.head"} == set(
        modes
    )
    assert set(modes.values()) == {0}


def test_no_name_can_be_read_in_any_file(database: Database, desk: Desk) -> None:
    def leaks() -> list[str]:
        canary = "Каныбек".encode()
        folder = database.file.path.parent
        return [path.name for path in folder.iterdir() if canary in path.read_bytes()]

    for _ in range(50):
        database.run_write(record, desk, "Каныбек")
    assert leaks() == []
    database.close()
    assert leaks() == []
    assert not database.file.path.read_bytes().startswith(b"SQLite format 3")


def test_a_register_without_a_key_is_for_tests_and_stays_readable(tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    open_database(path, None, create=True).close()
    assert path.read_bytes().startswith(b"SQLite format 3")
    again = open_database(path, None)
    assert again.run_read(entries) == 0
    again.close()


def test_a_missing_register_is_not_made_by_the_way(tmp_path: Path, keys: Keys) -> None:
    with pytest.raises(StorageError, match="no register"):
        open_database(tmp_path / "gate.db", keys.database)
    with pytest.raises(StorageError, match="no register"):
        open_database(tmp_path / "gate.db", keys.database, writer=False, create=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("key", [bytes(32), None], ids=["another key", "no key"])
@pytest.mark.parametrize("writer", [True, False], ids=["writing", "reading"])
def test_a_wrong_key_is_told_and_changes_nothing(
    database: Database, keys: Keys, key: bytes | None, writer: bool
) -> None:
    database.close()
    before = database.file.path.read_bytes()
    with pytest.raises(WrongKey, match="Put the right key file"):
        open_database(database.file.path, key, writer=writer)
    assert database.file.path.read_bytes() == before
    open_database(database.file.path, keys.database).close()


def test_sqlcipher_writes_nothing_over_the_screen(
    database: Database, capfd: pytest.CaptureFixture[str]
) -> None:
    database.close()
    with pytest.raises(WrongKey):
        open_database(database.file.path, bytes(32))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 500])
def test_a_file_that_is_no_register(tmp_path: Path, keys: Keys, content: bytes) -> None:
    path = tmp_path / "gate.db"
    path.write_bytes(content)
    if content:
        with pytest.raises(WrongKey):
            open_database(path, keys.database)
    else:
        # What a kill leaves between making the file and its first migration.
        open_database(path, keys.database).close()


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path, keys: Keys) -> None:
    (tmp_path / "state").write_text("a file stands in its place")
    with pytest.raises(StorageError, match="cannot be used"):
        open_database(tmp_path / "state" / "gate.db", keys.database, create=True)


# ---- one writes, others read


def test_a_second_kiosk_is_told_who_holds_the_register(database: Database, keys: Keys) -> None:
    with pytest.raises(AlreadyRunning, match=str(os.getpid())):
        open_database(database.file.path, keys.database)
    database.close()
    open_database(database.file.path, keys.database).close()


def test_a_reading_command_opens_beside_a_running_kiosk(
    database: Database, keys: Keys, desk: Desk
) -> None:
    database.run_write(record, desk)
    beside = open_database(database.file.path, keys.database, writer=False)
    assert beside.run_read(entries) == 1
    with pytest.raises(StorageError, match="reading only"):
        beside.run_write(record, desk)
    beside.close()


def test_what_reads_cannot_write(database: Database, desk: Desk) -> None:
    with pytest.raises(StorageError):
        database.run_read(
            lambda: Pen.create(gate_id=9, seq=0, mac=bytes(32), last_id=bytes(16), last_at=0)
        )
    with pytest.raises(StorageError):
        database.run_read(record, desk)
    assert database.run_read(entries) == 0


def test_a_reader_sees_one_state_from_its_first_query_to_its_last(
    database: Database, desk: Desk
) -> None:
    def read() -> tuple[int, int]:
        before = entries()
        database.run_write(record, desk)
        return before, entries()

    assert database.run_read(read) == (0, 0)
    assert database.run_read(entries) == 1


def test_several_registers_can_be_open_one_after_another(
    tmp_path: Path, keys: Keys, desk: Desk
) -> None:
    for name in ("a", "b", "a"):
        database = open_database(tmp_path / f"{name}.db", keys.database, create=True)
        database.run_write(record, desk)
        database.close()
    database = open_database(tmp_path / "a.db", keys.database)
    assert database.run_read(entries) == 2
    database.close()


async def test_work_is_awaited_in_the_order_in_which_it_was_asked(
    database: Database, desk: Desk
) -> None:
    seqs = await asyncio.gather(*(database.write(record, desk) for _ in range(10)))
    assert seqs == list(range(1, 11))
    counts = await asyncio.gather(*(database.read(entries) for _ in range(10)))
    assert counts == [10] * 10


async def test_two_readers_run_while_the_writer_works(database: Database) -> None:
    together = threading.Barrier(3, timeout=30)
    await asyncio.gather(
        database.write(together.wait),
        database.read(together.wait),
        database.read(together.wait),
    )


async def test_what_was_begun_is_finished_though_nobody_waits_for_it(
    database: Database, desk: Desk
) -> None:
    begun, go = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go.wait(5)
        record(desk)

    task = asyncio.create_task(database.write(work))
    await asyncio.to_thread(begun.wait, 5)
    task.cancel()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await database.write(entries) == 1


def test_closing_leaves_one_file_and_nothing_in_the_log(database: Database, desk: Desk) -> None:
    database.run_write(record, desk)
    database.close()
    names = {path.name for path in database.file.path.parent.iterdir()}
    assert not names & {"gate.db-wal", "gate.db-shm"}
    database.close()


# ---- what follows a commit


def test_wakes_follow_the_commit_and_cannot_undo_it(database: Database, desk: Desk) -> None:
    seen: list[object] = []

    def fail() -> None:
        raise OSError("the printer is gone")

    def look() -> None:
        seen.append((threading.current_thread().name.split("_")[0], entries()))

    database.on_commit.extend([fail, look])
    assert database.run_write(record, desk) == 1
    assert seen == [("register-writer", 1)]
    database.run_read(entries)
    database.run_write(lambda: Pen.update(last_at=1).execute())
    assert len(seen) == 1


def test_what_is_rolled_back_wakes_nobody(database: Database, desk: Desk) -> None:
    seen: list[int] = []
    database.on_commit.append(lambda: seen.append(1))

    def work() -> None:
        with database.file.atomic():
            record(desk)
            raise KioskError("no")

    with pytest.raises(KioskError):
        database.run_write(work)
    assert seen == []


def test_a_failing_wake_of_one_transaction_is_contained(database: Database, desk: Desk) -> None:
    def work() -> None:
        with entry(desk, Action.RECORD_PERSON) as e:
            e.add(Person, at=e.now)
            database.file.after_commit(lambda: 1 / 0)

    database.run_write(work)
    assert database.run_read(entries) == 1


# ---- faults of the disk


def test_a_full_disk_is_called_by_its_name_and_nothing_is_lost(
    database: Database, desk: Desk
) -> None:
    database.run_write(record, desk)
    pages = database.run_write(database.file.pragma, "page_count")
    database.run_write(database.file.pragma, "max_page_count", pages)
    with pytest.raises(DiskFull, match="disk is full"):
        record_for_ever(database, desk, acknowledged := [1])
    assert database.run_read(entries) == len(acknowledged)
    assert database.run_read(audit.verify, desk).is_whole
    # Room again: the shift goes on at once.
    database.run_write(database.file.pragma, "max_page_count", pages + 1000)
    assert database.run_write(record, desk) == len(acknowledged) + 1


def test_a_file_that_the_machine_lets_grow_no_further_loses_nothing(
    database: Database, desk: Desk, keys: Keys
) -> None:
    """A quota, or a limit of the process: SQLite calls it an I/O error, not a full disk."""
    database.run_write(record, desk)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = database.file.path.with_name("gate.db-wal")
    room = log.stat().st_size + 400_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        with pytest.raises(StorageError, match="nothing was recorded"):
            record_for_ever(database, desk, acknowledged := [1])
        assert len(acknowledged) > 1
        assert database.run_read(entries) == len(acknowledged)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert database.run_write(record, desk) == len(acknowledged) + 1
    assert database.run_read(audit.verify, desk).is_whole
    database.close()
    again = open_database(database.file.path, keys.database)
    assert again.run_read(entries) == len(acknowledged) + 1
    again.close()


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "tiny"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(disk)]
    if (
        os.geteuid() != 0
        or not shutil.which("mount")
        or subprocess.run(mount, check=False).returncode
    ):
        pytest.skip("needs root, to mount a disk of 1.5 MB")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_disk_that_really_fills_up(tiny_disk: Path, keys: Keys, desk: Desk) -> None:
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(bytes(200_000))
    database = open_database(tiny_disk / "gate.db", keys.database, create=True)
    with pytest.raises(DiskFull):
        record_for_ever(database, desk, acknowledged := [])
    assert len(acknowledged) > 0
    assert database.run_read(entries) == len(acknowledged)
    ballast.unlink()
    assert database.run_write(record, desk) == len(acknowledged) + 1
    assert database.run_read(audit.verify, desk).is_whole
    database.close()
    again = open_database(tiny_disk / "gate.db", keys.database)
    assert again.run_read(entries) == len(acknowledged) + 1
    again.close()


def test_damage_in_the_middle_of_the_file_is_told(
    database: Database, keys: Keys, desk: Desk
) -> None:
    for _ in range(20):
        database.run_write(record, desk)
    database.close()
    path = database.file.path
    whole = path.read_bytes()
    chance = random.Random(7)
    untold = []
    for page in range(1, len(whole) // 4096):
        spoiled = bytearray(whole)
        spoiled[page * 4096 + chance.randrange(4096)] ^= 0xFF
        path.write_bytes(spoiled)
        if not is_told(path, keys, desk):
            untold.append(page)
    assert untold == []


def is_told(path: Path, keys: Keys, desk: Desk) -> bool:
    """Whether opening, verifying or the check of every page's mac names the damage."""
    try:
        database = open_database(path, keys.database)
    except DamagedDatabase:
        return True
    try:
        if database.run_read(audit.verify, desk).findings:
            return True
        check = database.run_read(database.file.execute_sql, "PRAGMA cipher_integrity_check")
        return bool(check.fetchall())
    except DamagedDatabase:
        return True
    finally:
        database.close()


def test_after_a_fault_of_the_disk_the_file_is_looked_at_before_anything_is_written(
    database: Database, desk: Desk
) -> None:
    def fail() -> None:
        raise peewee.OperationalError("disk I/O error")

    database.run_write(record, desk)
    connection = database.run_write(database.file.connection)
    with pytest.raises(StorageError, match="disk reported an error"):
        database.run_write(fail)
    assert database.run_write(record, desk) == 2
    assert database.run_write(database.file.connection) is not connection


def test_a_disk_that_turned_read_only_still_reads(database: Database, desk: Desk) -> None:
    database.run_write(record, desk)
    database.run_write(database.file.pragma, "query_only", 1)
    with pytest.raises(StorageError, match="no longer accepts writing"):
        database.run_write(record, desk)
    assert database.run_read(lambda: PersonDetail.select().count()) == 1
    database.run_write(database.file.pragma, "query_only", 0)
    assert database.run_write(tell, desk)
