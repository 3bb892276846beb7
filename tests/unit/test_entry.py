"""One transaction: whole or absent, numbered without a hole, chained to the last."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import peewee
import pytest
from story import add_person, add_step, tell

from kiosk.clock import FixedClock, milliseconds
from kiosk.codes import Action, Series
from kiosk.errors import DamagedDatabase, Refused
from kiosk.keyfile import Keys
from kiosk.models import (
    AuditEntry,
    Case,
    CaseNow,
    Pen,
    Person,
    PersonDetail,
    RegisterNumber,
    Seal,
    Spool,
    Step,
)
from kiosk.models.database import Database, open_database
from kiosk.services import audit
from kiosk.services.desk import Desk
from kiosk.services.entry import entry


def record(desk: Desk, series: Series = Series.VISIT, fail: bool = False) -> int:
    with entry(desk, Action.RECORD_PERSON) as e:
        person = e.add(Person, at=e.now)
        number = e.number(series, person)
        if fail:
            raise Refused("no")
        return number


def test_a_row_gets_its_id_its_gate_and_its_entry(database: Database, desk: Desk) -> None:
    def work() -> tuple[Person, AuditEntry]:
        with entry(desk, Action.RECORD_PERSON, staff_id=UUID(int=5)) as e:
            e.object_id = e.add(Person, at=e.now)
        return Person.get(), AuditEntry.get()

    person, written = database.run_write(work)
    assert (person.gate_id, person.audit_seq, person.at) == (1, 1, desk.clock.now())
    assert (written.seq, written.rows, written.action) == (1, 1, Action.RECORD_PERSON)
    assert (written.staff_id, written.object_id) == (UUID(int=5), person.id)
    assert (written.at, written.offset_min) == (desk.clock.now(), 360)


def test_a_personal_row_is_sealed_and_the_chain_holds_the_seal_not_the_name(
    database: Database, desk: Desk
) -> None:
    def work() -> tuple[PersonDetail, Seal, AuditEntry]:
        with entry(desk, Action.RECORD_PERSON) as e:
            add_person(e, "Асанов")
        detail = PersonDetail.get()
        return detail, Seal.get_by_id(detail.id), AuditEntry.get()

    detail, sealed, written = database.run_write(work)
    assert (sealed.subject_id, sealed.table) == (detail.person_id, "person_detail")
    assert len(detail.salt) == 16
    assert detail.number_conflict is False
    assert written.rows == 3  # the person and two seals


def test_what_is_refused_inside_leaves_nothing_and_gives_its_number_back(
    database: Database, desk: Desk
) -> None:
    assert database.run_write(record, desk) == 1
    with pytest.raises(Refused):
        database.run_write(record, desk, fail=True)
    assert database.run_write(record, desk) == 2
    assert database.run_read(lambda: Person.select().count()) == 2
    assert database.run_read(audit.verify, desk).is_whole


def test_each_series_and_each_year_counts_from_one(
    database: Database, desk: Desk, clock: FixedClock
) -> None:
    assert [database.run_write(record, desk) for _ in range(2)] == [1, 2]
    assert database.run_write(record, desk, Series.REFUSAL) == 1
    # 23:59 in Bishkek on 31 December is still this year, a minute later is not.
    clock.at = milliseconds(datetime(2026, 12, 31, 17, 59, 59, tzinfo=UTC))
    assert database.run_write(record, desk) == 3
    clock.at += 1000
    assert database.run_write(record, desk) == 1
    periods = database.run_read(
        lambda: [(n.period, n.no) for n in RegisterNumber.select() if n.series == Series.VISIT]
    )
    assert periods == [("2026", 1), ("2026", 2), ("2026", 3), ("2027", 1)]


def test_a_number_may_have_a_period_of_its_own(database: Database, desk: Desk) -> None:
    def ticket() -> int:
        with entry(desk, Action.ADMIT) as e:
            return e.number(Series.TICKET, e.new_id(), period=str(e.day))

    assert [database.run_write(ticket) for _ in range(2)] == [1, 2]


def test_eight_threads_claim_numbers_without_a_hole_or_a_double(
    database: Database, desk: Desk
) -> None:
    claimed: list[int] = []

    def claim() -> None:
        for turn in range(12):
            try:
                claimed.append(database.run_write(record, desk, fail=turn % 4 == 3))
            except Refused:
                continue

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == list(range(1, 73))
    assert database.run_read(audit.verify, desk).is_whole


def test_eight_connections_that_write_at_once_wait_for_the_pen(
    database: Database, desk: Desk
) -> None:
    """Past the writing thread: the pen itself, not the thread, makes the order."""
    claimed: list[int] = []

    def claim() -> None:
        for _ in range(10):
            claimed.append(record(desk))
        database.file.close()

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == list(range(1, 81))
    assert database.run_read(audit.verify, desk).is_whole


def test_a_transaction_without_a_fact_leaves_no_entry(database: Database, desk: Desk) -> None:
    def work() -> int:
        with entry(desk, Action.CONSULT):
            pass
        return AuditEntry.select().count()

    assert database.run_write(work) == 0


def test_a_clock_that_was_set_back_reorders_nothing(
    database: Database, desk: Desk, clock: FixedClock
) -> None:
    start = clock.at
    for jump in (0, 5_000, -86_400_000, 1, -1):
        clock.at = start + jump
        database.run_write(record, desk)
    people = database.run_read(
        lambda: [(p.audit_seq, p.id, p.at) for p in Person.select().order_by(Person.id)]
    )
    assert [seq for seq, _, _ in people] == [1, 2, 3, 4, 5]
    assert [at - start for _, _, at in people] == [0, 5_000, 5_000, 5_000, 5_000]


def test_the_day_is_the_sites_day_not_the_worlds(
    database: Database, desk: Desk, clock: FixedClock
) -> None:
    clock.at = milliseconds(datetime(2026, 3, 6, 18, 30, tzinfo=UTC))

    def work() -> date:
        with entry(desk, Action.ADMIT) as e:
            return e.day

    assert database.run_write(work) == date(2026, 3, 7) == desk.day()


def test_a_column_that_is_none_is_refused_by_name(database: Database, desk: Desk) -> None:
    def work() -> None:
        with entry(desk, Action.RECORD_PERSON) as e:
            e.add(Person, at=e.now, surname="Асанов")

    with pytest.raises(TypeError, match="surname"):
        database.run_write(work)


def test_an_id_made_early_is_kept_and_taken_once(database: Database, desk: Desk) -> None:
    story = database.run_write(tell, desk)

    def again() -> None:
        with entry(desk, Action.ADMIT) as e:
            one = Case.get_by_id(story.case)
            e.add(Case, **{**one.__data__, "id": story.case})

    with pytest.raises(peewee.IntegrityError):
        database.run_write(again)
    assert database.run_read(audit.verify, desk).is_whole


def test_entries_inside_one_transaction_stand_or_fall_together(
    database: Database, desk: Desk
) -> None:
    def work(fail: bool) -> None:
        with database.file.atomic():
            record(desk)
            with pytest.raises(Refused):
                record(desk, fail=True)
            record(desk)
            if fail:
                raise Refused("no")

    with pytest.raises(Refused):
        database.run_write(work, True)
    assert database.run_read(lambda: AuditEntry.select().count()) == 0
    database.run_write(work, False)
    assert database.run_read(lambda: AuditEntry.select().count()) == 2
    assert database.run_read(audit.verify, desk).is_whole


def test_caches_and_local_rows_are_written_in_the_same_transaction(
    database: Database, desk: Desk
) -> None:
    story = database.run_write(tell, desk)

    def work() -> None:
        with entry(desk, Action.LEAVE) as e:
            add_step(e, story.case, 3, "left", "left", story.staff)
            Spool.update(body=None).execute()
            raise Refused("no")

    with pytest.raises(Refused):
        database.run_write(work)
    assert database.run_read(lambda: Spool.get().body) == {"name": "Асанов"}
    assert database.run_read(lambda: CaseNow.get().last_no) == 2
    assert database.run_read(lambda: Step.select().count()) == 2


def test_a_chain_without_its_head_is_not_begun_anew(database: Database, desk: Desk) -> None:
    database.run_write(record, desk)
    database.run_write(lambda: Pen.delete().execute())
    with pytest.raises(DamagedDatabase, match="head of its chain"):
        database.run_write(record, desk)


def test_the_head_beside_the_file_follows_each_commit_and_never_leads(
    database: Database, desk: Desk
) -> None:
    heads: list[str] = []

    def work() -> None:
        with entry(desk, Action.RECORD_PERSON) as e:
            e.add(Person, at=e.now)
            heads.append(database.file.head_path.read_text())

    for _ in range(2):
        database.run_write(work)
    heads.append(database.file.head_path.read_text())
    assert [head.split()[1:2] for head in heads] == [[], ["1"], ["2"]]
    assert heads[-1].split()[2] == database.run_read(lambda: Pen.get().mac).hex()


def test_another_gate_has_a_chain_of_its_own(database: Database, desk: Desk) -> None:
    other = replace(desk, gate=2)
    assert [database.run_write(record, one) for one in (desk, other, desk)] == [1, 1, 2]
    entries = database.run_read(lambda: [(e.gate_id, e.seq) for e in AuditEntry.select()])
    assert sorted(entries) == [(1, 1), (1, 2), (2, 1)]


CHILD = """
import sys
from pathlib import Path
from zoneinfo import ZoneInfo
from kiosk.clock import SystemClock
from kiosk.codes import Action, Series
from kiosk.keyfile import derive
from kiosk.models import Person
from kiosk.models.database import open_database
from kiosk.services.desk import Desk
from kiosk.services.entry import entry
sys.path.insert(0, sys.argv[2])
from story import add_person

keys = derive(bytes(range(32)))
desk = Desk(1, "p1", "P", ZoneInfo("Asia/Bishkek"), SystemClock(), keys.audit)
database = open_database(Path(sys.argv[1]), keys.database)

def work():
    with entry(desk, Action.RECORD_PERSON) as e:
        person, _ = add_person(e, "Асанов")
        return e.number(Series.VISIT, person)

while True:
    print(database.run_write(work), flush=True)
"""


def test_a_kill_at_any_moment_loses_no_acknowledged_entry(
    database: Database, desk: Desk, keys: Keys
) -> None:
    path, here = database.file.path, str(Path(__file__).parent)
    database.close()
    chance = random.Random(20260306)
    acknowledged = 0
    for _ in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path), here],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert child.stdout is not None
        for _ in range(chance.randint(1, 40)):
            acknowledged = int(child.stdout.readline())
        os.kill(child.pid, signal.SIGKILL)
        acknowledged = max([acknowledged, *map(int, child.stdout.read().split())])
        child.wait()
        child.stdout.close()
        again = open_database(path, keys.database)
        result = again.run_read(audit.verify, desk)
        numbers = again.run_read(lambda: [n.no for n in RegisterNumber.select()])
        again.close()
        assert result.is_whole, result.findings
        assert numbers == list(range(1, len(numbers) + 1))
        # One more may be written than was told.
        assert acknowledged <= len(numbers) <= acknowledged + 1
