"""The counters of the menu: how this day stands at this gate."""

from __future__ import annotations

from datetime import date

from kiosk.codes import StepKind
from kiosk.models import Case, Step
from kiosk.services import presence, print_queue, rulebook
from kiosk.services.desk import Desk
from kiosk.values import Today


def today(desk: Desk) -> Today:
    """Visits and refusals of the site's day; who is inside, whenever they came."""
    day = desk.day()
    inside, overdue = presence.count(desk)
    rules = rulebook.in_force(desk, day)
    papers = print_queue.waiting(desk)
    return Today(
        day=day,
        inside=inside,
        overdue=overdue,
        visits=_cases(day, StepKind.ADMITTED),
        refused=_cases(day, StepKind.REFUSED),
        waiting_papers=papers.waiting,
        uncertain_papers=papers.uncertain,
        rule_set=rules.name,
        rules_confirmed=rules.confirmed,
    )


def _cases(day: date, kind: StepKind) -> int:
    """Cases of the day with such a step."""
    query = (
        Step.select(Step.case_id)
        .join(Case, on=(Case.id == Step.case_id))
        .where(Case.day == day, Step.kind == kind)
    )
    return int(query.count())
