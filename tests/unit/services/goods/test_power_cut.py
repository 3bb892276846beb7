"""The power fails while a bag is taken in: nothing of it is written, and its list is there."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from peewee import OperationalError

from kiosk.codes import DraftKind, PlaceKind
from kiosk.errors import StorageError
from kiosk.keyfile import Keys
from kiosk.models.database import Database, open_database
from kiosk.services import drafts
from kiosk.services.goods import accepting, places
from tests.unit.services.gatehouse import Gatehouse
from tests.unit.services.goods.killed_accepting import Listed
from tests.unit.services.goods.table import Table, seized

PROGRAM = Path(__file__).with_name("killed_accepting.py")


@dataclass
class Cut:
    """Breaks the connection off in the middle of the statement with the number `at`."""

    at: int
    statements: int = 0
    is_done: bool = False

    def count(self, statement: str) -> None:
        self.statements += statement.lstrip().startswith(("INSERT", "UPDATE", "DELETE"))

    def is_now(self) -> bool:
        """Once: what is undone then is not to be cut off too."""
        now = not self.is_done and self.statements >= self.at
        self.is_done |= now
        return now


def listed(table: Table) -> Listed:
    """A bag with something of everything, its list kept as a draft."""
    gatehouse = table.gatehouse
    form = Listed(
        accepting.new_case_id(gatehouse.desk),
        gatehouse.prisoner().prisoner_id,
        gatehouse.visitor().person_id,
        (
            table.line("su", 3000),
            table.line("br", 4),
            table.line("pa", paper_number="AN 12"),
            seized(table.line("ho"), 800),
        ),
        6000,
    )
    gatehouse.do(drafts.keep, gatehouse.officer, DraftKind.PACKAGE, form)
    return form


def kept_list(gatehouse: Gatehouse) -> Listed | None:
    return gatehouse.ask(drafts.take, gatehouse.officer, DraftKind.PACKAGE, Listed)


def cut_off(gatehouse: Gatehouse, at: int, work: Callable[[], None]) -> bool:
    """Do the work until its statement `at` that writes; whether it has so many."""
    cut = Cut(at)

    def run() -> bool:
        connection = gatehouse.db.file.connection()
        connection.set_trace_callback(cut.count)
        connection.set_progress_handler(cut.is_now, 1)
        try:
            work()
        except (OperationalError, StorageError):
            return cut.is_done
        finally:
            connection.set_progress_handler(None, 0)
            connection.set_trace_callback(None)
        return False

    return gatehouse.db.run_write(run)


def test_a_bag_cut_off_at_any_statement_is_not_there_and_its_list_is(
    gatehouse: Gatehouse,
) -> None:
    table = Table(gatehouse)
    gatehouse.do(places.record, gatehouse.supervisor, "S-1", PlaceKind.SAFE, 5)
    form, before = listed(table), gatehouse.counts()
    seen = table.propose(form.request).decision

    def take_in() -> None:
        accepting.accept(gatehouse.desk, gatehouse.officer, form.request, seen, ())

    cuts = 0
    while cuts < 100 and cut_off(gatehouse, cuts + 1, take_in):
        cuts += 1
        assert gatehouse.written(before) == {}
        assert kept_list(gatehouse) == form
    assert 20 < cuts < 100
    assert gatehouse.rows("SELECT no FROM register_number WHERE series = 'P'") == [(1,)]
    assert gatehouse.rows("SELECT sum(grams) FROM ledger") == [(4200,)]
    assert kept_list(gatehouse) is None


@pytest.fixture
def reopened(
    database: Database, tmp_path: Path, keys: Keys
) -> Iterator[Callable[[], Database]]:
    """Opens the register of the gatehouse again; asked for before it, so closed after it."""
    opened: list[Database] = []

    def again() -> Database:
        opened.append(open_database(tmp_path / "gate.db", keys.database))
        return opened[-1]

    yield again
    for one in opened:
        one.close()


def test_a_kiosk_killed_while_it_takes_a_bag_in_has_its_list_and_takes_it_in_once(
    reopened: Callable[[], Database], gatehouse: Gatehouse, tmp_path: Path
) -> None:
    table = Table(gatehouse)
    form, before = listed(table), gatehouse.counts()
    at = gatehouse.clock.at
    gatehouse.db.close()
    killed = subprocess.run([sys.executable, PROGRAM, tmp_path, str(at)])
    assert killed.returncode == -signal.SIGKILL
    gatehouse.db = reopened()
    assert gatehouse.written(before) == {}
    assert kept_list(gatehouse) == form
    assert table.accept(form.request).number == "P-26-000001"
