"""The triggers by which the database itself refuses to change what was recorded.

All follow from the list of models, so a table cannot be forgotten; a migration carries its
own frozen copy, and after each run and at each start the two are compared.
"""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.codes import FINAL_STATES
from kiosk.models import TABLES
from kiosk.models.base import Frozen, Personal, Row, subject_of, table_of
from kiosk.models.engine import RegisterFile


def expected(models: Iterable[type[Row]] = TABLES) -> dict[str, str]:
    """The triggers that must stand, as SQL by name."""
    found: dict[str, str] = {}
    for model in models:
        if issubclass(model, Frozen | Personal):
            found.update(_refusals(model))
    if any(table_of(model) == "step" for model in models):
        found["step_keeps_case_now"] = _STEP_KEEPS_CASE_NOW
    return found


def present(database: RegisterFile) -> dict[str, str]:
    """The triggers that stand in the database, as SQL by name."""
    rows = database.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return dict(rows.fetchall())


def wrong(database: RegisterFile) -> list[str]:
    """The names of triggers that are missing, changed or foreign; empty when all is well.

    A rebuilt table loses its triggers without a word, so this is looked at on every start.
    """
    due, there = expected(), present(database)
    return sorted(
        name for name in due.keys() | there.keys() if due.get(name) != there.get(name)
    )


def _refusals(model: type[Frozen] | type[Personal]) -> dict[str, str]:
    table = table_of(model)
    unless = ""
    if issubclass(model, Personal):
        subject = subject_of(model)
        unless = f" WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE subject_id = OLD.{subject})"
    no_update, no_delete = f"{table}_no_update", f"{table}_no_delete"
    return {
        no_update: f"CREATE TRIGGER {no_update} BEFORE UPDATE ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table}: facts are never changed'); END",
        no_delete: f"CREATE TRIGGER {no_delete} BEFORE DELETE ON {table}{unless}"
        f" BEGIN SELECT RAISE(ABORT, '{table}: facts are never deleted'); END",
    }


_FINAL = ", ".join(f"'{state}'" for state in sorted(FINAL_STATES))

# Copies from other gates may arrive in any order: an older step never sets the state back.
_STEP_KEEPS_CASE_NOW = (
    "CREATE TRIGGER step_keeps_case_now AFTER INSERT ON step"
    " BEGIN INSERT INTO case_now (case_id, state, last_no, last_at, is_open)"
    f" VALUES (NEW.case_id, NEW.state, NEW.no, NEW.at, NEW.state NOT IN ({_FINAL}))"
    " ON CONFLICT (case_id) DO UPDATE SET state = excluded.state, last_no = excluded.last_no,"
    " last_at = excluded.last_at, is_open = excluded.is_open"
    " WHERE excluded.last_no > case_now.last_no; END"
)
