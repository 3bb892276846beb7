"""The ledger: what is taken for a case is given back once, on its own day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar
from uuid import UUID

import pytest
from peewee import IntegrityError

from kiosk.codes import Action, LedgerKind, Service
from kiosk.rules.facts import Use
from kiosk.services import known, ledger
from kiosk.services.desk import Desk
from kiosk.services.entry import Entry, entry

from .gatehouse import Gatehouse

T = TypeVar("T")
SHORT = Service.SHORT_VISIT


def write(gatehouse: Gatehouse, work: Callable[[Entry], T]) -> T:
    def run(desk: Desk) -> T:
        with entry(desk, Action.ADJUST, officer=gatehouse.officer) as e:
            return work(e)

    return gatehouse.do(run)


def used(gatehouse: Gatehouse, prisoner_id: UUID, moment: int | None = None) -> list[Use]:
    def read(desk: Desk) -> tuple[Use, ...]:
        if moment is None:
            return ledger.uses((prisoner_id,), desk.day())
        with known.at(moment):
            return ledger.uses((prisoner_id,), desk.day())

    return list(gatehouse.ask(read))


def test_what_a_visit_used_is_given_back_once_and_on_its_own_day(gatehouse: Gatehouse) -> None:
    visit = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    ((prisoner_id, day),) = gatehouse.rows("SELECT prisoner_id, counts_on FROM ledger")
    prisoner = UUID(bytes=prisoner_id)
    assert [use.pieces for use in used(gatehouse, prisoner)] == [1]
    gatehouse.clock.at += 400 * 86_400_000
    back = write(gatehouse, lambda e: ledger.give_back(e, gatehouse.officer, visit.case_id))
    again = write(gatehouse, lambda e: ledger.give_back(e, gatehouse.officer, visit.case_id))
    assert (back, again) == (1, 0)
    assert gatehouse.rows(
        "SELECT pieces, counts_on, rule IS NOT NULL FROM ledger WHERE kind = 'refund'"
    ) == [(-1, day, 1)]
    assert used(gatehouse, prisoner) == []


def test_a_line_is_never_reversed_twice(gatehouse: Gatehouse) -> None:
    gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())

    def undo_twice(e: Entry) -> None:
        (line,) = ledger.lines_of([UUID(bytes=prisoner)])
        ledger.undo(e, gatehouse.officer, line)
        ledger.undo(e, gatehouse.officer, line)

    ((prisoner,),) = gatehouse.rows("SELECT prisoner_id FROM ledger")
    with pytest.raises(IntegrityError):
        write(gatehouse, undo_twice)
    assert gatehouse.rows("SELECT count(*) FROM ledger") == [(1,)]


def test_a_reserve_counts_until_it_is_given_back(gatehouse: Gatehouse) -> None:
    visit = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    ((prisoner,),) = gatehouse.rows("SELECT prisoner_id FROM ledger")
    later = date(gatehouse.desk.day().year + 1, 4, 1)

    def reserve(e: Entry) -> UUID:
        return ledger.take(
            e,
            gatehouse.officer,
            UUID(bytes=prisoner),
            Service.LONG_VISIT,
            later,
            visit.case_id,
            "V-03",
            kind=LedgerKind.RESERVE,
        )

    write(gatehouse, reserve)
    held = Use(Service.LONG_VISIT, later, 1, 0)
    assert held in used(gatehouse, UUID(bytes=prisoner))
    write(gatehouse, lambda e: ledger.give_back(e, gatehouse.officer, visit.case_id))
    assert used(gatehouse, UUID(bytes=prisoner)) == []


def test_what_was_recorded_later_does_not_exist_yet(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    gatehouse.visit(prisoner, gatehouse.visitor())
    then = gatehouse.clock.at
    gatehouse.clock.at += 1
    gatehouse.at(gatehouse.desk.day().year, 12, 30, 9, 0)
    gatehouse.visit(prisoner, gatehouse.visitor("Каримова"))
    assert len(used(gatehouse, prisoner.prisoner_id)) == 2
    assert len(used(gatehouse, prisoner.prisoner_id, moment=then)) == 1
    assert used(gatehouse, prisoner.prisoner_id, moment=then - 1) == []


def test_the_same_count_of_the_paper_journal_is_brought_once(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner().prisoner_id
    first = date(gatehouse.desk.day().year, 1, 1)

    def bring(pieces: int) -> bool:
        line = write(
            gatehouse,
            lambda e: ledger.open_balance(e, gatehouse.officer, prisoner, SHORT, first, pieces),
        )
        return line is not None

    assert [bring(3), bring(3), bring(4), bring(0), bring(0)] == [
        True,
        False,
        True,
        True,
        False,
    ]
    assert used(gatehouse, prisoner) == []
    kinds = "SELECT kind, pieces FROM ledger ORDER BY id"
    assert gatehouse.rows(kinds) == [
        ("opening", 3),
        ("refund", -3),
        ("opening", 4),
        ("refund", -4),
    ]
