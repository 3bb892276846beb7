"""Whatever cannot be: each is answered in a sentence, and nothing of it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from kiosk.codes import Service, Verdict
from kiosk.errors import AlreadyDone, Invalid, Refused
from kiosk.services.goods import asking
from kiosk.values.goods import BroughtLine, GoodsRequest
from tests.unit.services.gatehouse import Gatehouse
from tests.unit.services.goods.table import SIM_CARDS, Table, goes_back, seized

NOBODY = UUID(int=7)


@pytest.fixture
def table(gatehouse: Gatehouse) -> Table:
    return Table(gatehouse)


def asked(table: Table, *lines: BroughtLine, gross: int | None = 900) -> GoodsRequest:
    gatehouse = table.gatehouse
    return table.request(gatehouse.prisoner(), gatehouse.visitor(), *lines, gross=gross)


Lines = Callable[[Table], tuple[BroughtLine, ...]]


def tea(table: Table) -> tuple[BroughtLine, ...]:
    return (table.line("te"),)


def unlisted(**told: Any) -> BroughtLine:
    return replace(BroughtLine(None, pieces=1, verdict=Verdict.ACCEPT), **told)


def so_many_found(table: Table, pieces: int) -> BroughtLine:
    return replace(seized(table.line("ho"), 300), seized=replace(SIM_CARDS, pieces=pieces))


@pytest.mark.parametrize(
    ("lines", "gross", "sentence"),
    [
        (tea, None, "not weighed"),
        (tea, 0, "not weighed"),
        (tea, -1, "No bag weighs -0.001 kg"),
        (tea, 500_001, "No bag weighs 500.001 kg"),
        (lambda t: (), 900, "Nothing is listed"),
        (lambda t: (t.line("vo", left_out_grams=90),), 900, "Nothing of it is accepted"),
        (lambda t: (t.line("te", 0),), 900, "Line 1: say how much"),
        (lambda t: (t.line("ap", 0),), 900, "Line 1: say how much"),
        (lambda t: (t.line("te", -1),), 900, "Line 1: less than nothing of it"),
        (lambda t: (t.line("te", 10_001),), 900, "Line 1: less than nothing of it"),
        (lambda t: (t.line("ap", -1),), 900, "Line 1: the weight"),
        (lambda t: (t.line("ap", 500_001),), 900, "Line 1: the weight"),
        (lambda t: (goes_back(t.line("te"), -1), t.line("te")), 900, "Line 1: the weight"),
        (lambda t: (t.line("te"), goes_back(t.line("te"))), 900, "Line 2: weigh what"),
        (lambda t: (t.line("te"), t.line("me")), 900, "Line 2: weigh what"),
        (lambda t: (t.line("te"), so_many_found(t, -3)), 900, "How many were there"),
        (lambda t: (t.line("te"), so_many_found(t, 0)), 900, "Say how many there were"),
        (lambda t: (t.line("te"), seized(t.line("ho"))), 900, "Line 2: weigh what"),
        (lambda t: (t.line("te"), t.line("vo")), 900, "Line 2: weigh what"),
        (
            lambda t: (t.line("te"), goes_back(t.line("te"), 5, reason=None)),
            900,
            "Line 2 goes back: say why",
        ),
        (lambda t: (unlisted(),), 900, "Line 1 is not in the catalogue"),
        (lambda t: (unlisted(words="  "),), 900, "Line 1 is not in the catalogue"),
        (lambda t: (t.line("mo"),), None, "Line 1: say how much money"),
        (lambda t: (t.line("mo", tyiyn=0),), None, "Line 1: there is no such amount"),
        (lambda t: (t.line("te", tyiyn=500),), 900, "Line 1: there is no such amount"),
        (lambda t: (t.line("mo", tyiyn=-5),), None, "Line 1: there is no such amount"),
        (lambda t: (t.line("pa"),), None, "Line 1: type the number of the document"),
        (
            lambda t: (t.line("te"), goes_back(t.line("te"), 901)),
            900,
            "The whole bag weighs 0.900 kg, less than what is left out of it: 0.901 kg",
        ),
        (
            lambda t: (t.line("ap", 901),),
            900,
            "0.900 kg are left in the bag, less than the things in it weigh: 0.901 kg",
        ),
        (
            lambda t: (t.line("te", verdict=Verdict.ACCEPT),) * 501,
            900,
            "A bag has at most 500 lines",
        ),
    ],
)
def test_what_makes_no_sense_is_answered_by_its_line_and_nothing_is_written(
    table: Table, lines: Lines, gross: int | None, sentence: str
) -> None:
    request = asked(table, *lines(table), gross=gross)
    before = table.gatehouse.counts()
    with pytest.raises(Refused) as told:
        table.accept(request)
    assert sentence in str(told.value)
    assert table.gatehouse.written(before) == {}


def test_a_medical_package_that_returns_more_than_it_weighs_is_answered(table: Table) -> None:
    request = asked(table, table.line("me"), goes_back(table.line("te"), 901))
    with pytest.raises(Invalid, match="less than what is left out"):
        table.accept(replace(request, service=Service.MEDICAL_PACKAGE))


def test_a_medical_package_that_weighs_less_than_a_thing_in_it_is_answered(
    table: Table,
) -> None:
    request = asked(table, table.line("ap", 901))
    with pytest.raises(Invalid, match="less than the things in it weigh"):
        table.accept(replace(request, service=Service.MEDICAL_PACKAGE))


def test_a_visit_is_no_package(table: Table) -> None:
    request = replace(asked(table, table.line("te")), service=Service.SHORT_VISIT)
    with pytest.raises(Invalid, match="no package"):
        table.gatehouse.ask(asking.propose, table.gatehouse.officer, request)


def test_half_a_kilogram_of_nothing_but_packing_is_no_reason_to_refuse(table: Table) -> None:
    assert table.brought(table.line("te"), gross=500).net_grams == 500


# ---- by post


def posted(table: Table, post_no: str = "KG123", **told: Any) -> GoodsRequest:
    gatehouse = table.gatehouse
    commission = (gatehouse.officer.staff_id, gatehouse.supervisor.staff_id)
    request = replace(asked(table, table.line("te")), service=Service.PARCEL, post_no=post_no)
    return replace(request, **{"commission": commission, **told})


def test_a_posted_parcel_keeps_its_number_and_who_opened_it(table: Table) -> None:
    gatehouse = table.gatehouse
    table.accept(posted(table))
    assert gatehouse.rows("SELECT post_no FROM parcel") == [("KG123",)]
    [(data,)] = gatehouse.rows("SELECT data FROM step WHERE kind = 'opened'")
    assert str(gatehouse.officer.staff_id) in data
    assert str(gatehouse.supervisor.staff_id) in data
    assert gatehouse.rows("SELECT service FROM ledger") == [("parcel",)]


def test_a_number_of_the_post_comes_once_and_is_answered_with_what_it_was(
    table: Table,
) -> None:
    table.accept(posted(table))
    before = table.gatehouse.counts()
    for spelled in (" KG123 ", "kg 123", "KG-123"):
        with pytest.raises(AlreadyDone, match="post number") as told:
            table.accept(posted(table, spelled))
        assert told.value.number == "P-26-000001"
    written = table.gatehouse.written(before)
    assert "parcel" not in written


@pytest.mark.parametrize("words", ["от мамы", "?", "RR" * 20])
def test_what_is_no_number_of_the_post_is_not_recorded_as_one(table: Table, words: str) -> None:
    with pytest.raises(Invalid, match="post number has letters and digits"):
        table.accept(posted(table, words))


def test_a_posted_parcel_is_opened_by_enough_of_the_staff(table: Table) -> None:
    officer = table.gatehouse.officer.staff_id
    for commission in ((), (officer,), (officer, officer)):
        with pytest.raises(Invalid, match="opened by 2 of the staff"):
            table.accept(posted(table, commission=commission))
    with pytest.raises(Invalid, match="no such officer"):
        table.accept(posted(table, commission=(officer, NOBODY)))
    clerk = table.gatehouse.administrator.staff_id
    with pytest.raises(Invalid, match="no such officer"):
        table.accept(posted(table, commission=(officer, clerk)))


def test_a_package_handed_in_needs_no_commission_and_one_by_post_does(table: Table) -> None:
    handed_in = asked(table, table.line("te"))
    assert table.accept(handed_in).number == "P-26-000001"
    by_post = replace(asked(table, table.line("te")), post_no="KG9")
    with pytest.raises(Invalid, match="opened by 2 of the staff"):
        table.accept(by_post)
