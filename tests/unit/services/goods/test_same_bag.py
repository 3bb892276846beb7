"""Who lists a bag now, and what its sender brought last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from kiosk.codes import Allowed, DraftKind
from kiosk.errors import NotAllowed
from kiosk.services import drafts
from kiosk.services.goods import holds, last_list
from kiosk.values import PersonCard, PrisonerCard
from tests.unit.services.gatehouse import Gatehouse
from tests.unit.services.goods.table import Table, goes_back, seized


@dataclass(frozen=True)
class Form:
    """A list as a screen keeps it: whom it is about, somewhere in it."""

    sender_id: UUID
    more: tuple[UUID, ...]


@pytest.fixture
def table(gatehouse: Gatehouse) -> Table:
    return Table(gatehouse)


def lists(
    gatehouse: Gatehouse, prisoner: PrisonerCard, sender: PersonCard, window: str = "2"
) -> None:
    """The supervisor opens the bag of these two at another window."""
    there = replace(gatehouse.desk, window=window)
    form = Form(sender.person_id, (prisoner.prisoner_id,))
    gatehouse.db.run_write(drafts.keep, there, gatehouse.supervisor, DraftKind.PACKAGE, form)


def window(gatehouse: Gatehouse, prisoner: PrisonerCard, sender: PersonCard) -> str:
    return gatehouse.ask(
        holds.other_window, gatehouse.officer, sender.person_id, prisoner.prisoner_id
    )


# ---- two officers


def test_a_bag_that_is_listed_at_another_window_is_told_with_the_window(
    gatehouse: Gatehouse,
) -> None:
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    assert window(gatehouse, prisoner, sender) == ""
    lists(gatehouse, prisoner, sender)
    assert window(gatehouse, prisoner, sender) == "2"


def test_another_bag_of_either_of_them_is_not_this_one(gatehouse: Gatehouse) -> None:
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    lists(gatehouse, gatehouse.prisoner(), sender)
    assert window(gatehouse, prisoner, sender) == ""
    lists(gatehouse, prisoner, gatehouse.visitor())
    assert window(gatehouse, prisoner, sender) == ""


def test_what_is_listed_at_this_window_or_was_left_a_day_ago_holds_nobody_up(
    gatehouse: Gatehouse,
) -> None:
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    lists(gatehouse, prisoner, sender, window="1")
    assert window(gatehouse, prisoner, sender) == ""
    lists(gatehouse, prisoner, sender)
    gatehouse.at(2026, 3, 7, 9, 31)
    assert window(gatehouse, prisoner, sender) == ""


# ---- as last time


def last(table: Table, sender: PersonCard) -> list[tuple[str, int, int]]:
    found = table.gatehouse.ask(last_list.last_list, table.gatehouse.officer, sender.person_id)
    assert all(line.verdict is None and line.left_out_grams is None for line in found)
    return [
        (line.entry.code if line.entry is not None else "", line.pieces, line.grams)
        for line in found
    ]


def test_the_last_list_has_things_and_quantities_and_no_verdicts(table: Table) -> None:
    gatehouse = table.gatehouse
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    assert last(table, sender) == []
    request = table.request(
        prisoner,
        sender,
        table.line("te", 2),
        table.line("su", 3000),
        goes_back(table.line("ap", 700)),
        seized(table.line("ho"), 800),
        table.line("mo", tyiyn=100),
        gross=9000,
    )
    table.accept(request)
    assert last(table, sender) == [("te", 2, 0), ("su", 0, 3000), ("ap", 0, 700)]


def test_the_last_list_is_the_one_of_the_last_bag_that_was_taken_in(table: Table) -> None:
    gatehouse = table.gatehouse
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    for code in ("te", "ho"):
        table.accept(table.request(prisoner, sender, table.line(code), gross=900))
        gatehouse.clock.at += 1000
    refused = table.request(prisoner, sender, table.line("vo", left_out_grams=9), gross=9)
    table.refuse(refused)
    assert last(table, sender) == [("ho", 1, 0)]


def test_the_last_list_is_that_of_todays_catalogue(table: Table) -> None:
    gatehouse = table.gatehouse
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    lines = (table.line("te"), table.line("ho"))
    table.accept(table.request(prisoner, sender, *lines, gross=900))
    table.enter(replace(table.things["te"], perishable_hours=3))
    table.enter(replace(table.things["ho"], allowed=Allowed.FORBIDDEN))
    found = gatehouse.ask(last_list.last_list, gatehouse.officer, sender.person_id)
    assert [line.entry for line in found] == [table.things["te"], table.things["ho"]]


def test_whoever_does_not_register_is_told_neither(gatehouse: Gatehouse) -> None:
    prisoner, sender = gatehouse.prisoner(), gatehouse.visitor()
    with pytest.raises(NotAllowed):
        gatehouse.ask(last_list.last_list, gatehouse.administrator, sender.person_id)
    with pytest.raises(NotAllowed):
        gatehouse.ask(
            holds.other_window,
            gatehouse.administrator,
            sender.person_id,
            prisoner.prisoner_id,
        )
