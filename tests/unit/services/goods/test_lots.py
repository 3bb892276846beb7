"""The lot falls on as many bags as the prison says, by nobody's choice; all can be redrawn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.codes import Service, StepKind
from kiosk.errors import Invalid, NotAllowed, NotFound, Refused
from kiosk.services import audit
from kiosk.services.findings import FindingKind
from kiosk.services.goods import lots, opened
from tests.unit.services.gatehouse import Gatehouse, at_once
from tests.unit.services.goods.table import Table


@pytest.fixture
def table(gatehouse: Gatehouse) -> Table:
    """In a prison that looks through every bag once more."""
    gatehouse.desk = replace(gatehouse.desk, extra_check_percent=100)
    return Table(gatehouse)


def draw(gatehouse: Gatehouse, *percent: int) -> list[bool]:
    """A lot for a new pair at each of these percentages."""
    drawn = []
    for one in percent:
        gatehouse.desk = replace(gatehouse.desk, extra_check_percent=one)
        pair = gatehouse.prisoner().prisoner_id, gatehouse.visitor().person_id
        drawn.append(gatehouse.do(lots.draw, gatehouse.officer, *pair))
    return drawn


def test_where_the_prison_draws_no_lots_nothing_is_written(gatehouse: Gatehouse) -> None:
    pair = gatehouse.prisoner().prisoner_id, gatehouse.visitor().person_id
    before = gatehouse.counts()
    assert not gatehouse.do(lots.draw, gatehouse.officer, *pair)
    assert gatehouse.written(before) == {}


def test_the_seed_of_a_day_is_recorded_before_its_first_lot(gatehouse: Gatehouse) -> None:
    draw(gatehouse, 50, 50, 50)
    [(day, percent, length)] = gatehouse.rows(
        "SELECT day, percent, length(seed) FROM draw_seed"
    )
    assert (day, percent, length) == ("2026-03-06", 50, 32)
    assert gatehouse.rows("SELECT no FROM drawing ORDER BY id") == [(1,), (2,), (3,)]


def test_the_percentage_of_a_day_is_that_of_its_seed(gatehouse: Gatehouse) -> None:
    assert draw(gatehouse, 100, 0, 1) == [True, True, True]


def test_another_day_has_another_seed(gatehouse: Gatehouse) -> None:
    draw(gatehouse, 100)
    gatehouse.at(2026, 3, 7, 9)
    draw(gatehouse, 10)
    assert gatehouse.rows("SELECT day, percent FROM draw_seed ORDER BY day") == [
        ("2026-03-06", 100),
        ("2026-03-07", 10),
    ]
    assert gatehouse.rows("SELECT count(DISTINCT seed) FROM draw_seed") == [(2,)]


def test_coming_again_on_one_day_draws_no_other_lot(table: Table) -> None:
    gatehouse = table.gatehouse
    pair = gatehouse.prisoner().prisoner_id, gatehouse.visitor().person_id
    gatehouse.do(lots.draw, gatehouse.officer, *pair)
    before = gatehouse.counts()
    assert gatehouse.do(lots.draw, gatehouse.supervisor, *pair)
    assert gatehouse.written(before) == {}


def test_two_windows_that_draw_at_once_draw_one_lot_for_one_pair(table: Table) -> None:
    gatehouse = table.gatehouse
    pair = gatehouse.prisoner().prisoner_id, gatehouse.visitor().person_id
    at_once(*[lambda: gatehouse.do(lots.draw, gatehouse.officer, *pair)] * 4)
    assert gatehouse.rows("SELECT count(*) FROM drawing") == [(1,)]


def lots_that_are_wrong(gatehouse: Gatehouse) -> list[str]:
    found = gatehouse.ask(audit.verify).findings
    return [one.what for one in found if one.kind is FindingKind.LOT]


def test_the_audit_draws_all_lots_again(gatehouse: Gatehouse) -> None:
    drawn = draw(gatehouse, *[30] * 12)
    gatehouse.at(2026, 3, 7, 9)
    draw(gatehouse, 30, 30)
    assert lots_that_are_wrong(gatehouse) == []
    assert gatehouse.rows("SELECT count(*), sum(drawn) FROM drawing WHERE no > 2") == [
        (10, sum(drawn[2:]))
    ]


def test_a_lot_that_the_seed_does_not_give_is_named_by_the_audit(
    gatehouse: Gatehouse,
) -> None:
    draw(gatehouse, 100, 100)

    def forge(drawn: int) -> None:
        """What somebody could do who has the file in hands and its key."""
        sql = gatehouse.db.file.execute_sql
        kept = "SELECT sql FROM sqlite_master WHERE name = 'drawing_no_update'"
        [(trigger,)] = sql(kept).fetchall()
        sql("DROP TRIGGER drawing_no_update")
        sql("UPDATE drawing SET drawn = ? WHERE no = 2", (drawn,))
        sql(trigger)

    gatehouse.db.run_write(forge, 0)
    assert lots_that_are_wrong(gatehouse) == ["2026-03-06 2"]
    gatehouse.db.run_write(forge, 1)


@settings(max_examples=50, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.integers(1, 10_000))
def test_a_lot_of_no_percent_never_falls_and_one_of_a_hundred_always(
    seed: bytes, no: int
) -> None:
    assert not lots.falls_on(seed, no, 0)
    assert lots.falls_on(seed, no, 100)
    assert not lots.falls_on(seed, no, 10) or lots.falls_on(seed, no, 11)


def test_of_many_lots_as_many_fall_as_the_percentage_says() -> None:
    fell = sum(lots.falls_on(bytes(range(32)), no, 20) for no in range(1, 5001))
    assert 900 < fell < 1100


def test_nobody_draws_for_a_prisoner_who_is_unknown_or_without_the_right(table: Table) -> None:
    gatehouse = table.gatehouse
    sender = gatehouse.visitor().person_id
    with pytest.raises(NotFound):
        gatehouse.do(lots.draw, gatehouse.officer, sender, sender)
    with pytest.raises(NotAllowed):
        gatehouse.do(
            lots.draw, gatehouse.administrator, gatehouse.prisoner().prisoner_id, sender
        )


# ---- what was drawn is looked through


def test_where_the_lot_fell_another_officer_looks_it_through_before_it_is_taken_in(
    table: Table,
) -> None:
    gatehouse = table.gatehouse
    request = table.request(
        gatehouse.prisoner(), gatehouse.visitor(), table.line("te"), gross=900
    )
    with pytest.raises(Refused, match="The lot fell on it"):
        table.accept(request)
    with pytest.raises(Invalid, match="another officer looks it through"):
        table.accept(request.looked_through(gatehouse.officer.staff_id))
    with pytest.raises(Invalid, match="no such officer"):
        table.accept(request.looked_through(request.case_id))
    with pytest.raises(Invalid, match="no such officer"):
        table.accept(request.looked_through(gatehouse.administrator.staff_id))
    assert gatehouse.rows("SELECT count(*) FROM gate_case") == [(0,)]
    taken = table.accept(request.looked_through(gatehouse.supervisor.staff_id))
    card = gatehouse.ask(opened.open_parcel, gatehouse.officer, taken.case_id)
    did = {step.kind: step.by for step in card.steps}
    assert did[StepKind.EXTRA_CHECKED] == gatehouse.supervisor.name
    assert did[StepKind.ACCEPTED] == gatehouse.officer.name
    [(state, data)] = gatehouse.rows(
        "SELECT state, data FROM step WHERE kind = 'extra_checked'"
    )
    assert (state, str(gatehouse.supervisor.staff_id) in data) == ("inspected", True)


def test_a_bag_is_drawn_for_also_where_its_screen_did_not_ask(table: Table) -> None:
    with pytest.raises(Refused, match="The lot fell on it"):
        table.brought(table.line("me"), service=Service.MEDICAL_PACKAGE)
    assert table.gatehouse.rows("SELECT drawn FROM drawing") == [(1,)]
