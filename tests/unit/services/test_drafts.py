"""Drafts: what was typed survives a crash, and nobody else is shown it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest
from peewee import IntegrityError

from kiosk.codes import DraftKind
from kiosk.services import drafts, staff
from kiosk.values import DocumentSeen, DraftLine

from .gatehouse import Gatehouse, id_card

PERSON = DraftKind.PERSON


@dataclass(frozen=True, slots=True)
class HalfDone:
    values: dict[str, str]
    seen: DocumentSeen | None = None
    prisoner: UUID | None = None


def keep(gatehouse: Gatehouse, form: HalfDone, name: str = "Беков Н.") -> None:
    gatehouse.do(drafts.keep, gatehouse.officer, PERSON, form, name, 7, 11)


def taken(gatehouse: Gatehouse) -> HalfDone | None:
    return gatehouse.ask(drafts.take, gatehouse.officer, PERSON, HalfDone)


def test_what_was_typed_is_taken_up_as_it_was(gatehouse: Gatehouse) -> None:
    form = HalfDone({"surname": "Беков"}, id_card(expires=date(2031, 1, 1)), uuid4())
    keep(gatehouse, form)
    assert taken(gatehouse) == form
    assert taken(gatehouse) == form, "taking it up does not lose it"
    assert gatehouse.ask(drafts.kept, gatehouse.officer) == (
        DraftLine(PERSON, "Беков Н.", gatehouse.clock.at, 7, 11),
    )


def test_the_last_of_a_kind_is_kept_and_no_audit_entry_tells_of_it(
    gatehouse: Gatehouse,
) -> None:
    before = gatehouse.counts()
    keep(gatehouse, HalfDone({"surname": "Б"}))
    keep(gatehouse, HalfDone({"surname": "Бе"}))
    assert gatehouse.written(before) == {"draft": 1}
    assert taken(gatehouse) == HalfDone({"surname": "Бе"})


def test_what_was_kept_before_is_there_until_the_next_is_kept(gatehouse: Gatehouse) -> None:
    keep(gatehouse, HalfDone({"surname": "Б"}))
    full = (
        "CREATE TEMP TRIGGER full BEFORE INSERT ON main.draft BEGIN SELECT RAISE(FAIL, ''); END"
    )
    gatehouse.db.run_write(gatehouse.db.file.execute_sql, full)
    with pytest.raises(IntegrityError):
        keep(gatehouse, HalfDone({"surname": "Бе"}))
    assert taken(gatehouse) == HalfDone({"surname": "Б"})


def test_a_draft_belongs_to_its_officer(gatehouse: Gatehouse) -> None:
    keep(gatehouse, HalfDone({}))
    assert gatehouse.ask(drafts.kept, gatehouse.supervisor) == ()
    assert gatehouse.ask(drafts.take, gatehouse.supervisor, PERSON, HalfDone) is None


def test_a_dropped_draft_is_gone(gatehouse: Gatehouse) -> None:
    keep(gatehouse, HalfDone({}))
    gatehouse.do(drafts.drop, gatehouse.officer, PERSON)
    assert taken(gatehouse) is None


def test_a_sign_out_wipes_it_and_the_lock_does_not(gatehouse: Gatehouse) -> None:
    keep(gatehouse, HalfDone({}))
    gatehouse.do(staff.lock, gatehouse.officer)
    assert taken(gatehouse) is not None
    gatehouse.do(staff.sign_out, gatehouse.officer)
    assert taken(gatehouse) is None


def test_a_day_later_it_is_nobodys_work_any_more(gatehouse: Gatehouse) -> None:
    keep(gatehouse, HalfDone({}))
    gatehouse.clock.at += drafts.KEPT + 1
    assert gatehouse.ask(drafts.kept, gatehouse.officer) == ()
    gatehouse.do(drafts.wipe_old)
    assert gatehouse.rows("SELECT count(*) FROM draft") == [(0,)]


def test_a_draft_of_another_shape_is_as_good_as_none(gatehouse: Gatehouse) -> None:
    gatehouse.do(drafts.keep, gatehouse.officer, PERSON, {"no": "form"})
    assert taken(gatehouse) is None
