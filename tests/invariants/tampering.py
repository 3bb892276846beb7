"""A register tampered with, past every service and every trigger, and put right again."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kiosk.models.engine import RegisterFile
from kiosk.services.desk import Desk
from tests.invariants.tables import Tables, Told
from tests.unit.services.gatehouse import Gatehouse

Promise = Callable[[Tables], None]


def unnoticed(house: Gatehouse, tampered: Iterable[tuple[Promise, str]]) -> list[str]:
    """The promises that pass although the register was tampered with by their statements.

    `{last}` in a statement is the number of the last act.
    """
    return [
        promise.__name__
        for promise, sql in tampered
        if not house.do(_is_noticed, house.db.file, promise, sql)
    ]


def _is_noticed(desk: Desk, file: RegisterFile, promise: Promise, sql: str) -> bool:
    with file.atomic() as undone:
        _without_triggers(file)
        ((last,),) = file.execute_sql("SELECT seq FROM pen").fetchall()
        for statement in sql.format(last=last).split(";"):
            file.execute_sql(statement)
        try:
            promise(Tables(file, desk, Told()))
        except AssertionError:
            return True
        finally:
            undone.rollback()
    return False


def _without_triggers(file: RegisterFile) -> None:
    for (name,) in file.execute_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        file.execute_sql(f"DROP TRIGGER {name}")
