"""How the day stands, as the menu shows it."""

from __future__ import annotations

from datetime import date

from kiosk.services import departures, print_queue
from kiosk.services.today import today

from .gatehouse import Gatehouse


def test_the_day_is_counted_as_it_goes(gatehouse: Gatehouse) -> None:
    empty = gatehouse.ask(today)
    assert (empty.inside, empty.overdue, empty.visits, empty.refused) == (0, 0, 0, 0)
    assert (empty.rule_set, empty.rules_confirmed) == ("KG-DRAFT", False)
    gone = gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor(), gatehouse.visitor())
    gatehouse.refuse(gatehouse.request(gatehouse.prisoner(), gatehouse.child()))
    gatehouse.do(departures.leave, gatehouse.officer, gone.case_id)
    gatehouse.do(print_queue.next_job, "printer")
    now = gatehouse.ask(today)
    assert (now.day, now.inside, now.overdue) == (date(2026, 3, 6), 2, 0)
    assert (now.visits, now.refused, now.waiting_papers) == (2, 1, 4)


def test_who_stayed_overnight_is_inside_and_overdue_but_no_visit_of_today(
    gatehouse: Gatehouse,
) -> None:
    gatehouse.visit(gatehouse.prisoner(), gatehouse.visitor())
    gatehouse.at(2026, 3, 7, 0, 0)
    now = gatehouse.ask(today)
    assert (now.day, now.inside, now.overdue, now.visits) == (date(2026, 3, 7), 1, 1, 0)
