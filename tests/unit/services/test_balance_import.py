"""What the paper journals counted is taken over once, however often the list is brought."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.codes import ReviewKind, Service
from kiosk.lists import balances as lists
from kiosk.services import balance_import, balances, reviews
from kiosk.values.imports import BalancePreview
from tests.unit.lists.files import text, write

from .gatehouse import Gatehouse
from .timetables import asked, book, planned, room

RUSSIAN = ("№ дела", "Услуга", "Количество", "Вес")


def take_in(gatehouse: Gatehouse, folder: Path, *told: tuple[str, ...]) -> BalancePreview:
    path = write(folder / "list.csv", text([RUSSIAN, *told]))
    read_list = lists.read(path)
    shown = gatehouse.ask(balance_import.preview, read_list)
    assert shown == gatehouse.do(balance_import.apply, gatehouse.administrator, read_list)
    return shown


def used(gatehouse: Gatehouse, prisoner_id: object) -> dict[Service, int]:
    lines = gatehouse.ask(balances.balances, prisoner_id, gatehouse.clock.at)
    return {service: line.used for line in lines for service in line.services if line.used}


def test_a_count_is_taken_once_and_replaced_by_another(
    gatehouse: Gatehouse, tmp_path: Path
) -> None:
    card = gatehouse.prisoner()
    told = (card.file_number, "краткосрочное свидание", "2", "")
    shown = take_in(gatehouse, tmp_path, told)
    assert (shown.new, shown.changed, shown.unchanged) == (1, 0, 0)
    assert used(gatehouse, card.prisoner_id) == {Service.SHORT_VISIT: 2}
    before = gatehouse.counts()
    again = take_in(gatehouse, tmp_path, told)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    assert gatehouse.written(before) == {}
    shown = take_in(gatehouse, tmp_path, (*told[:2], "3", ""))
    assert (shown.new, shown.changed) == (0, 1)
    assert used(gatehouse, card.prisoner_id) == {Service.SHORT_VISIT: 3}


@pytest.mark.parametrize(
    ("told", "column"),
    [
        (("9999/99", "передача", "1", "0"), "file_no"),
        (("0001/19", "экскурсия", "1", "0"), "service"),
        (("0001/19", "передача", "много", "0"), "pieces"),
        (("0001/19", "передача", "1", "-5"), "grams"),
    ],
)
def test_a_faulty_line_names_its_column(
    gatehouse: Gatehouse, tmp_path: Path, told: tuple[str, ...], column: str
) -> None:
    gatehouse.prisoner(file_number="0001/19")
    before = gatehouse.counts()
    (rejected,) = take_in(gatehouse, tmp_path, told).rejected
    assert (rejected.line, rejected.column) == (2, column)
    assert gatehouse.written(before) == {}


def test_a_list_that_leaves_less_than_nothing_puts_planned_visits_up_for_review(
    gatehouse: Gatehouse, tmp_path: Path
) -> None:
    card, other = gatehouse.prisoner(), gatehouse.prisoner()
    session = planned(gatehouse, room(gatehouse))[0]
    case_id = book(gatehouse, asked(gatehouse.request(card, gatehouse.visitor()), session))
    book(gatehouse, asked(gatehouse.request(other, gatehouse.visitor()), session))
    take_in(
        gatehouse,
        tmp_path,
        (card.file_number, "передача", "40", ""),
        (card.file_number, "краткосрочное свидание", "6", ""),
        (other.file_number, "краткосрочное свидание", "5", ""),
    )
    (review,) = gatehouse.ask(reviews.open_reviews, gatehouse.officer)
    assert (review.case_id, review.kind) == (case_id, ReviewKind.BALANCE)
    take_in(gatehouse, tmp_path, (card.file_number, "краткосрочное свидание", "2", ""))
    assert gatehouse.ask(reviews.open_reviews, gatehouse.officer) == ()
