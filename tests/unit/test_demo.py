"""The demo: the same people whenever it is opened, and nothing of it left behind."""

from __future__ import annotations

import random
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.clock import FixedClock, milliseconds
from kiosk.codes import Relation
from kiosk.config import Settings, Site
from kiosk.demo import people
from kiosk.demo.history import furnish
from kiosk.demo.post import DemoPost
from kiosk.errors import ConfigurationError
from kiosk.models import PersonDetail
from tests.invariants import (
    promises_of_finds,
    promises_of_goods,
    promises_of_the_ledger,
    promises_of_the_record,
)
from tests.invariants.tables import Tables, Told

DECEMBER = milliseconds(datetime(2026, 12, 31, 6, tzinfo=UTC))
JANUARY = milliseconds(datetime(2027, 1, 1, 6, tzinfo=UTC))


# What was printed back then is not kept, so no promise about papers is asked of the past.
PROMISES = (
    *promises_of_goods.PROMISES,
    *(
        one
        for one in promises_of_finds.PROMISES
        if one is not promises_of_finds.an_act_is_seen_by_another_and_printed_twice
    ),
    *promises_of_the_ledger.PROMISES,
    promises_of_the_record.numbers_have_no_hole,
    promises_of_the_record.steps_follow_one_another,
    promises_of_the_record.who_is_refused_is_told_why,
    promises_of_the_record.every_act_is_one_entry_of_the_chain,
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A demo made in December, and kept."""
    settings = Settings(site=Site(state=str(tmp_path_factory.mktemp("demo"))))
    came(settings, DECEMBER)
    return settings


def came(settings: Settings, at: int) -> tuple[set[str], list[tuple[str, ...]]]:
    """The personal numbers in the register, and the documents that the reader scans."""
    register, scans = furnish(settings, FixedClock(at))
    try:
        rows = register.db.run_read(lambda: list(PersonDetail.select()))
    finally:
        register.db.close()
    return {row.personal_number for row in rows}, scans


def test_the_people_of_a_kept_demo_come_again_in_the_next_year(kept: Settings) -> None:
    known, _scans = came(kept, DECEMBER)
    again, scans = came(kept, JANUARY)
    assert again == known
    assert len(scans) == 65, "sixty, the three who wait on the first day, the newcomers"
    scanned = {lines[0][15:30].rstrip("<") for lines in scans}
    assert len(scanned - known) == 2  # the newcomers


def test_the_demos_past_of_packages_keeps_every_promise(kept: Settings) -> None:
    register, _scans = furnish(kept, FixedClock(DECEMBER))

    def kept_all() -> dict[str, int]:
        tables = Tables(register.db.file, register.desk, Told())
        for promise in PROMISES:
            promise(tables)
        return dict(tables.rows("SELECT kind, count(*) FROM step GROUP BY kind"))

    try:
        steps = register.db.run_read(kept_all)
    finally:
        register.db.close()
    assert 550 < steps["accepted"] < 620
    assert steps["handed_over"] > 500
    for some in ("returned", "passed_to_medical", "opened"):
        assert 10 < steps[some] < 150, some


def test_those_who_wait_are_among_the_first_who_are_scanned(kept: Settings) -> None:
    register, scans = furnish(kept, FixedClock(DECEMBER))
    sql = (
        "SELECT p.personal_number FROM ticket t JOIN person_detail p USING (person_id)"
        " ORDER BY t.id"
    )
    try:
        waiting = register.db.run_read(lambda: list(register.db.file.execute_sql(sql)))
    finally:
        register.db.close()
    scanned = [lines[0][15:30].rstrip("<") for lines in scans]
    # Between them stand the two newcomers.
    assert [(one,) for one in (*scanned[2:4], scanned[5])] == waiting


def test_nobody_in_the_demo_is_the_child_of_somebody_younger() -> None:
    today = date(2026, 12, 31)
    prisoners = list(people.prisoners(random.Random(1), 50, today))
    born = {one.file_number: one.birth_year for one in prisoners}
    for comer in people.visitors(random.Random(2), 200, list(born), today):
        one = people.of_an_age(comer, born[comer.comes_to])
        older_by = born[one.comes_to] - int(one.entry.birth[:4])
        assert (one.relation is Relation.PARENT) <= (older_by >= 16)
        assert (one.relation is Relation.CHILD) <= (older_by <= -16)


def test_a_demo_that_is_left_at_once_leaves_no_folder() -> None:
    post = DemoPost(None)
    ended = []

    def open_and_forget() -> None:
        ended.append(post.open())

    opening = threading.Thread(target=open_and_forget)
    opening.start()
    while not (post.folder / "gate.db").exists():
        opening.join(0.01)
    assert opening.is_alive()
    post.close()
    assert not post.folder.exists()
    opening.join()
    assert len(ended) == 1
    assert not post.folder.exists()


def test_a_demo_that_ended_before_it_was_opened_stays_ended() -> None:
    post = DemoPost(None)
    post.close()
    with pytest.raises(RuntimeError):
        post.open()
    assert not post.folder.exists()


def test_a_folder_that_cannot_be_made_is_told_in_words() -> None:
    with pytest.raises(ConfigurationError, match="/proc/x cannot be made"):
        DemoPost(Path("/proc/x"))
