"""A register is brought up to date whole, or is as it was before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from story import tell

from kiosk.errors import DamagedDatabase, NewerDatabase, StorageError
from kiosk.keyfile import Keys
from kiosk.models import TABLES, migrate, triggers
from kiosk.models.database import Database, open_database
from kiosk.models.engine import RegisterFile
from kiosk.services import audit
from kiosk.services.desk import Desk

EVERY_ONE = ["0001_foundation", "0002_print_attempt", "0003_visits_in_full", "0004_goods"]


def schema(file: RegisterFile) -> set[str]:
    """Every table, index and trigger, with quotes and spaces made alike."""
    rows = file.execute_sql(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
        " AND name NOT LIKE 'schema_migration%' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        re.sub(r" ?([(),]) ?", r"\1", re.sub(r"\s+", " ", sql.replace('"', "")))
        for (sql,) in rows
    }


@pytest.fixture
def file(tmp_path: Path, keys: Keys) -> Iterator[RegisterFile]:
    file = RegisterFile(tmp_path / "gate.db", keys.database)
    yield file
    file.close_all()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The real migrations, with room for one of tomorrow."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    for path in migrate.FOLDER.glob("0*.py"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def tomorrow(folder: Path, *statements: str) -> str:
    body = "".join(f"    db.execute_sql({statement!r})\n" for statement in statements)
    (folder / "0099_tomorrow.py").write_text(f"def up(migrator, db):\n{body}")
    return "0099_tomorrow"


def test_what_the_migrations_make_is_what_the_models_say(
    file: RegisterFile, tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate.bring_up(file)
    declared = RegisterFile(tmp_path / "declared.db", keys.database)
    with declared.bind_ctx(TABLES):
        for model in TABLES:
            monkeypatch.setattr(model._meta, "without_rowid", model._meta.clustered)
            model.create_table(safe=False)
        for statement in triggers.expected().values():
            declared.execute_sql(statement)
        assert schema(file) == schema(declared)
    declared.close_all()


def test_triggers_are_letter_by_letter_what_the_models_need(file: RegisterFile) -> None:
    migrate.bring_up(file)
    assert triggers.present(file) == triggers.expected()


def test_a_new_register_needs_no_copy(file: RegisterFile, tmp_path: Path) -> None:
    assert migrate.bring_up(file) == EVERY_ONE
    assert migrate.bring_up(file) == []
    assert not list(tmp_path.glob("*before*"))


def test_a_register_from_before_attempts_were_written_gets_the_one_it_was_in(
    file: RegisterFile, folder: Path, tmp_path: Path
) -> None:
    later = [path for path in folder.glob("0*.py") if path.stem != "0001_foundation"]
    for path in later:
        path.rename(tmp_path / path.name)
    assert migrate.bring_up(file, folder) == ["0001_foundation"]
    file.execute_sql("PRAGMA foreign_keys = OFF")
    file.execute_sql(
        "INSERT INTO spool (job_id, state, last_at)"
        " VALUES (x'01', 'sending', 7), (x'02', 'queued', 8)"
    )
    assert migrate.bring_up(file) == EVERY_ONE[1:]
    attempts = file.execute_sql("SELECT * FROM print_attempt").fetchall()
    assert attempts == [(b"\x01", 1, 7, "printer", None, None, None)]
    assert (tmp_path / "gate.db.before-0002").is_file()


def test_before_a_migration_a_whole_copy_is_made_under_the_same_key(
    database: Database, desk: Desk, keys: Keys, folder: Path
) -> None:
    database.run_write(tell, desk)
    tomorrow(folder, "ALTER TABLE step ADD COLUMN lane TEXT")
    assert database.run_write(migrate.bring_up, database.file, folder) == ["0099_tomorrow"]
    database.close()
    path = database.file.path.with_name("gate.db.before-0099")
    assert path.stat().st_mode & 0o777 == 0o600
    copy = RegisterFile(path, keys.database)
    assert copy.execute_sql("SELECT count(*) FROM step").fetchone() == (2,)
    assert copy.execute_sql("PRAGMA quick_check").fetchone() == ("ok",)
    assert "lane" not in str(copy.execute_sql("SELECT sql FROM sqlite_master").fetchall())
    copy.close_all()


def test_a_nullable_column_leaves_every_digest_as_it_was(
    database: Database, desk: Desk, folder: Path
) -> None:
    database.run_write(tell, desk)
    tomorrow(folder, "ALTER TABLE step ADD COLUMN lane TEXT")
    database.run_write(migrate.bring_up, database.file, folder)
    assert database.run_read(audit.verify, desk).is_whole


def test_a_migration_that_fails_half_way_leaves_nothing(
    database: Database, folder: Path
) -> None:
    before = schema(database.file)
    name = tomorrow(
        folder,
        "CREATE TABLE parcel (id BLOB)",
        "ALTER TABLE step ADD COLUMN lane TEXT",
        "DROP TRIGGER step_no_delete",
        "INSERT INTO nowhere VALUES (1)",
    )
    with pytest.raises(StorageError, match=name):
        database.run_write(migrate.bring_up, database.file, folder)
    assert schema(database.file) == before
    assert migrate.applied(database.file) == EVERY_ONE
    tomorrow(folder, "ALTER TABLE step ADD COLUMN lane TEXT")
    assert database.run_write(migrate.bring_up, database.file, folder) == [name]


def test_a_migration_that_cannot_be_read_changes_nothing(
    database: Database, folder: Path
) -> None:
    (folder / "0099_tomorrow.py").write_text("def up(:")
    with pytest.raises(StorageError, match="0099_tomorrow"):
        database.run_write(migrate.bring_up, database.file, folder)
    assert migrate.applied(database.file) == EVERY_ONE


def test_a_table_that_a_migration_rebuilt_is_noticed_by_its_lost_triggers(
    database: Database, folder: Path
) -> None:
    tomorrow(
        folder,
        "CREATE TABLE copy AS SELECT * FROM ending",
        "DROP TABLE ending",
        "ALTER TABLE copy RENAME TO ending",
    )
    database.run_write(migrate.bring_up, database.file, folder)
    with pytest.raises(DamagedDatabase, match="ending_no_delete, ending_no_update"):
        database.run_write(migrate.check_triggers, database.file)


def test_a_register_of_a_newer_gatebook_is_left_alone(database: Database, keys: Keys) -> None:
    database.run_write(
        database.file.execute_sql,
        "INSERT INTO schema_migration (name, applied) VALUES ('0412_moon', '2031-01-01')",
    )
    database.close()
    for writer in (True, False):
        with pytest.raises(NewerDatabase, match="0412_moon"):
            open_database(database.file.path, keys.database, writer=writer)


def test_a_reading_command_does_not_bring_a_register_up(tmp_path: Path, keys: Keys) -> None:
    path = tmp_path / "old.db"
    RegisterFile(path, keys.database).execute_sql("CREATE TABLE x (y)")
    with pytest.raises(StorageError, match="Start the kiosk once"):
        open_database(path, keys.database, writer=False)


def test_migrations_are_part_of_the_installed_package() -> None:
    names = [one.name for one in files("kiosk.models").joinpath("migrations").iterdir()]
    assert {f"{name}.py" for name in EVERY_ONE} <= set(names)
    assert migrate.FOLDER.joinpath("0001_foundation.py").is_file()


def test_the_first_migration_says_what_it_made_without_the_models() -> None:
    text = migrate.FOLDER.joinpath("0001_foundation.py").read_text()
    assert "kiosk.models" not in text
    assert "import peewee" not in text
