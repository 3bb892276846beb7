"""The database itself refuses to change what was recorded, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import peewee
import pytest
from story import Story, add_step, tell

from kiosk.codes import Action, CaseState
from kiosk.errors import DamagedDatabase
from kiosk.keyfile import Keys
from kiosk.models import (
    FROZEN,
    PERSONAL,
    CaseNow,
    Document,
    Erasure,
    PersonDetail,
    Row,
    triggers,
)
from kiosk.models.base import columns_of, subject_of, table_of
from kiosk.models.database import Database, open_database
from kiosk.services.desk import Desk
from kiosk.services.entry import entry

UNCHANGING = [pytest.param(model, id=table_of(model)) for model in (*FROZEN, *PERSONAL)]


@pytest.fixture
def story(database: Database, desk: Desk) -> Story:
    return database.run_write(tell, desk)


@pytest.fixture
def rows(database: Database, story: Story) -> Callable[[type[Row]], list[Any]]:
    def rows(model: type[Row]) -> list[Any]:
        query = f"SELECT * FROM {table_of(model)} ORDER BY rowid"
        if table_of(model) == "audit_entry":
            query = "SELECT * FROM audit_entry ORDER BY seq"
        return database.run_read(lambda: database.file.execute_sql(query).fetchall())

    return rows


@pytest.mark.parametrize("model", UNCHANGING)
def test_what_was_recorded_is_neither_changed_nor_deleted_nor_replaced(
    database: Database, rows: Callable[[type[Row]], list[Any]], model: type[Row]
) -> None:
    before = rows(model)
    assert before, "the story must have a row in every such table"
    table = table_of(model)
    places = ", ".join("?" for _ in columns_of(model))
    changed = list(before[0])
    changed[-1] = 1 if isinstance(changed[-1], int) else changed[-1]
    attempts: list[tuple[str, list[Any]]] = [
        (f"UPDATE {table} SET gate_id = 9", []),
        (f"UPDATE OR IGNORE {table} SET gate_id = gate_id", []),
        (f"INSERT OR REPLACE INTO {table} VALUES ({places})", changed),
        (f"REPLACE INTO {table} VALUES ({places})", changed),
        (f"DELETE FROM {table}", []),
    ]
    for statement, values in attempts:
        with pytest.raises(peewee.IntegrityError, match="never"):
            database.run_write(lambda s, v: database.file.execute_sql(s, v), statement, values)
    assert rows(model) == before


def test_peewee_cannot_do_it_either(database: Database, story: Story) -> None:
    for work in (
        lambda: PersonDetail.update(surname="Х").execute(),
        lambda: PersonDetail.delete().execute(),
        lambda: PersonDetail.replace(**PersonDetail.select().dicts().get()).execute(),
    ):
        with pytest.raises(peewee.IntegrityError):
            database.run_write(work)


def test_an_erasure_opens_the_way_for_the_rows_of_its_subject_only(
    database: Database, story: Story
) -> None:
    def work() -> tuple[int, int]:
        subject = Erasure.get().subject_id
        gone = PersonDetail.delete().where(PersonDetail.person_id == subject).execute()
        gone += Document.delete().where(Document.person_id == subject).execute()
        return gone, PersonDetail.select().count()

    assert database.run_write(work) == (2, 1)
    with pytest.raises(peewee.IntegrityError):
        database.run_write(lambda: PersonDetail.delete().execute())


def test_no_table_with_personal_data_can_be_forgotten() -> None:
    due = triggers.expected()
    for model in (*FROZEN, *PERSONAL):
        assert {f"{table_of(model)}_no_update", f"{table_of(model)}_no_delete"} <= due.keys()
    for model in PERSONAL:
        assert f"OLD.{subject_of(model)}" in due[f"{table_of(model)}_no_delete"]


def test_the_state_of_a_case_follows_its_last_step(
    database: Database, desk: Desk, story: Story
) -> None:
    def state() -> tuple[str, int, bool]:
        now = CaseNow.get_by_id(story.case)
        return now.state, now.last_no, now.is_open

    assert database.run_read(state) == (CaseState.INSIDE, 2, True)

    def leave() -> None:
        with entry(desk, Action.LEAVE) as e:
            add_step(e, story.case, 3, "left", "left", story.staff, story.member)
            add_step(e, story.case, 4, "closed", "closed", story.staff)

    database.run_write(leave)
    assert database.run_read(state) == (CaseState.CLOSED, 4, False)


def test_a_step_that_arrives_late_does_not_set_the_state_back(
    database: Database, desk: Desk, story: Story
) -> None:
    def late() -> None:
        with entry(desk, Action.ENTER) as e:
            add_step(e, story.case, 0, "booked", "booked", story.staff)

    database.run_write(late)
    assert database.run_read(lambda: CaseNow.get_by_id(story.case).state) == CaseState.INSIDE


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("DROP TRIGGER ledger_no_update", "ledger_no_update"),
        ("CREATE TRIGGER mine AFTER INSERT ON step BEGIN SELECT 1; END", "mine"),
    ],
)
def test_a_register_that_lost_its_protection_is_not_opened(
    database: Database, keys: Keys, damage: str, named: str
) -> None:
    database.run_write(database.file.execute_sql, damage)
    database.close()
    for writer in (True, False):
        with pytest.raises(DamagedDatabase, match=named):
            open_database(database.file.path, keys.database, writer=writer)


def test_a_trigger_that_was_changed_is_named(database: Database) -> None:
    def work() -> list[str]:
        database.file.execute_sql("DROP TRIGGER step_no_delete")
        database.file.execute_sql(
            "CREATE TRIGGER step_no_delete BEFORE DELETE ON step BEGIN SELECT 1; END"
        )
        return triggers.wrong(database.file)

    assert database.run_write(work) == ["step_no_delete"]
