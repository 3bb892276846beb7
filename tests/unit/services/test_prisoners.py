"""Prisoners: entered once, and where they are from when until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from kiosk.codes import Status
from kiosk.errors import Invalid, NotFound
from kiosk.services import find, prisoner_events, prisoners
from kiosk.values import PrisonerCard

from .gatehouse import Gatehouse


def set_status(
    gatehouse: Gatehouse, prisoner: PrisonerCard, status: Status, until: date | None = None
) -> PrisonerCard:
    return gatehouse.do(
        prisoner_events.set_status, gatehouse.supervisor, prisoner.prisoner_id, status, until
    )


def card(gatehouse: Gatehouse, prisoner: PrisonerCard) -> PrisonerCard:
    return gatehouse.ask(prisoners.card, prisoner.prisoner_id)


def test_a_prisoner_is_recorded_as_entered(gatehouse: Gatehouse) -> None:
    before = gatehouse.counts()
    prisoner = gatehouse.prisoner("Осмонов", unit="7b")
    assert gatehouse.written(before) == {
        "audit_entry": 1,
        "prisoner": 1,
        "prisoner_detail": 1,
        "prisoner_event": 5,
        "seal": 1,
        "search_key": gatehouse.written(before)["search_key"],
    }
    assert card(gatehouse, prisoner) == prisoner
    assert (prisoner.unit, prisoner.status) == ("7b", Status.PRESENT)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("file_number", "\u200b "),
        ("surname", ""),
        ("given", " "),
        ("birth_year", 1900),
        ("birth_year", 2020),
        ("unit", "7" * 25),
    ],
)
def test_what_cannot_be_recorded_names_its_field(
    gatehouse: Gatehouse, field: str, value: Any
) -> None:
    before = gatehouse.counts()
    with pytest.raises(Invalid) as told:
        gatehouse.prisoner(**{field: value})
    assert told.value.field == field
    assert gatehouse.written(before) == {}


def test_a_file_number_has_one_holder_who_is_named(gatehouse: Gatehouse) -> None:
    gatehouse.prisoner("Осмонов", file_number="77/1")
    before = gatehouse.counts()
    with pytest.raises(Invalid, match="Осмонов Талант Акматович") as told:
        gatehouse.prisoner("Садыров", file_number=" 77/1\u200b")
    assert told.value.field == "file_number"
    assert gatehouse.written(before) == {}


def test_unclean_text_is_found_as_it_was_recorded(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner("Осмо\u00adнов" + "а" * 70, file_number="7\u200b7/1")
    assert prisoner.file_number == "77/1"
    for text in ("осмонов", "77"):
        (found,) = gatehouse.ask(find.find, gatehouse.officer, text)
        assert found.subject_id == prisoner.prisoner_id


def test_a_status_ends_by_itself_at_midnight_after_its_last_day(gatehouse: Gatehouse) -> None:
    prisoner = gatehouse.prisoner()
    changed = set_status(gatehouse, prisoner, Status.ISOLATOR, date(2026, 3, 10))
    assert (changed.status, changed.status_until) == (Status.ISOLATOR, date(2026, 3, 10))
    gatehouse.at(2026, 3, 10, 23, 59)
    assert card(gatehouse, prisoner).status is Status.ISOLATOR
    gatehouse.at(2026, 3, 11, 0, 0)
    assert (card(gatehouse, prisoner).status, card(gatehouse, prisoner).status_until) == (
        Status.PRESENT,
        None,
    )


def test_a_new_status_takes_the_place_of_one_that_would_have_ended(
    gatehouse: Gatehouse,
) -> None:
    prisoner = gatehouse.prisoner()
    set_status(gatehouse, prisoner, Status.ISOLATOR, date(2026, 3, 10))
    gatehouse.at(2026, 3, 8, 10, 0)
    set_status(gatehouse, prisoner, Status.ISOLATOR, date(2026, 3, 20))
    gatehouse.at(2026, 3, 11, 10, 0)
    assert card(gatehouse, prisoner).status_until == date(2026, 3, 20)
    set_status(gatehouse, prisoner, Status.RELEASED)
    gatehouse.at(2026, 3, 25, 10, 0)
    assert card(gatehouse, prisoner).status is Status.RELEASED


@pytest.mark.parametrize(
    ("status", "until"),
    [
        (Status.ISOLATOR, date(2026, 3, 5)),
        (Status.RELEASED, date(2026, 3, 10)),
        (Status.PRESENT, date(2026, 3, 10)),
    ],
)
def test_an_end_that_cannot_be_names_its_field(
    gatehouse: Gatehouse, status: Status, until: date
) -> None:
    prisoner = gatehouse.prisoner()
    before = gatehouse.counts()
    with pytest.raises(Invalid) as told:
        set_status(gatehouse, prisoner, status, until)
    assert told.value.field == "until"
    assert gatehouse.written(before) == {}


def test_a_stranger_has_no_status(gatehouse: Gatehouse) -> None:
    stranger = replace(gatehouse.prisoner(), prisoner_id=UUID(int=1))
    before = gatehouse.counts()
    with pytest.raises(NotFound):
        set_status(gatehouse, stranger, Status.COURT)
    with pytest.raises(NotFound):
        card(gatehouse, stranger)
    assert gatehouse.written(before) == {}


def test_endings_are_looked_up_and_not_read_through(gatehouse: Gatehouse) -> None:
    plan = gatehouse.rows(
        "EXPLAIN QUERY PLAN SELECT * FROM prisoner_event p LEFT JOIN ending e"
        " ON e.gate_id = p.gate_id AND e.target_id = p.id WHERE p.prisoner_id = x'00'"
    )
    assert not [line for line in plan if "SCAN" in line[3]]
