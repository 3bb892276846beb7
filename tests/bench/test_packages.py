"""A package asks the register little, however much it holds: a short form of the bench."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kiosk.demo.officer import OFFICER
from kiosk.services import audit
from kiosk.services.goods import asking, find_cards, last_list, opened, storage
from kiosk.services.today import today
from tests.bench import packages
from tests.bench.history import Took
from tests.bench.measure import percentile
from tests.bench.packages import MANY, Table
from tests.bench.parcels import STANDING
from tests.bench.ten_years import Size, open_history

pytestmark = pytest.mark.alone

SMALL = Size(prisoners=40, visitors=400, visits=300, parcels=900)
NOISE = 3  # CI's cores are shared, and its first packages write their queries
DRAWS = 20
_NAMED = re.compile(r'"(\w+)" AS "(t\d+)"')


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    history = open_history(tmp_path_factory.mktemp("history"), SMALL)
    yield Table(history, seed=6)
    history.db.close()


def usual(took: Took) -> float:
    return percentile(took.cpu, 0.5)


def test_packages_written_in_a_hurry_are_whole(table: Table) -> None:
    found = table.history.db.run_read(audit.verify, table.history.desk)
    assert found.is_whole, found.findings


def test_what_stands_in_the_storage_is_asked_in_few_questions(table: Table) -> None:
    desk, asked = table.history.desk, list[str]()
    assert len(table.history.db.run_read(storage.stored, desk, OFFICER)) >= STANDING
    table.history.db.file.query_hooks.append(lambda event: asked.append(event.sql))
    try:
        table.history.db.run_read(storage.stored, desk, OFFICER)
        assert len(asked) <= 12
    finally:
        table.history.db.file.query_hooks.clear()


# Few rows, whatever the years bring, or read as a whole on purpose: a find without its act may
# be of any day.
FEW = {"pen", "presence", "rule_set", "place", "spool", "review", "find", "catalogue_item"}


def test_nothing_that_grows_with_the_years_is_read_from_end_to_end(table: Table) -> None:
    desk, db, asked = table.history.desk, table.history.db, dict[str, int]()
    bag = table.bag()
    case_id = db.run_read(storage.stored, desk, OFFICER)[0].case_id
    db.file.query_hooks.append(lambda event: asked.update({event.sql: event.sql.count("?")}))
    try:
        db.run_read(today, desk)
        db.run_read(asking.propose, desk, OFFICER, bag)
        db.run_read(last_list.last_list, desk, OFFICER, bag.sender.person_id)
        db.run_read(storage.stored, desk, OFFICER)
        db.run_read(opened.open_parcel, desk, OFFICER, case_id)
        db.run_read(find_cards.find_lines, desk, OFFICER)
    finally:
        db.file.query_hooks.clear()
    assert len(asked) > 30

    def scanned() -> Iterator[str]:
        for sql, places in asked.items():
            tables = {alias: name for name, alias in _NAMED.findall(sql)}
            plan = db.file.execute_sql(f"EXPLAIN QUERY PLAN {sql}", (None,) * places)
            for _id, _parent, _unused, detail in plan.fetchall():
                if detail.startswith("SCAN ") and "WHERE (0 = 1)" not in sql:
                    yield tables.get(detail.split()[1], detail)

    assert db.run_read(lambda: {*scanned()}) <= FEW


def test_a_bag_is_judged_taken_in_and_handed_over_within_its_budget(table: Table) -> None:
    assert usual(packages.proposals(table, DRAWS, 0)) <= 10 * NOISE
    assert usual(packages.proposals(table, DRAWS)) <= 10 * NOISE
    assert usual(packages.last_lists(table, DRAWS)) <= 20 * NOISE
    assert usual(packages.acceptances(table, DRAWS)) <= 40 * NOISE
    assert usual(packages.handovers(table, DRAWS)) <= 20 * NOISE


def test_parcels_and_lists_of_them_are_opened_within_their_budgets(table: Table) -> None:
    assert usual(packages.cards(table, DRAWS)) <= 20 * NOISE
    assert usual(packages.long_cards(table, 5)) <= 50 * NOISE, MANY
    assert usual(packages.asked(table, 5, storage.stored, OFFICER)) <= 50 * NOISE
    assert usual(packages.asked(table, 5, today)) <= 15 * NOISE
