"""The counters of the menu: how this day stands at this gate."""

from __future__ import annotations

from kiosk.codes import JobState, StepKind
from kiosk.models import Case, Spool, Step
from kiosk.services import presence, rulebook
from kiosk.services.desk import Desk
from kiosk.values import Today


def today(desk: Desk) -> Today:
    """Visits and refusals of the site's day; who is inside, whenever they came."""
    day = desk.day()
    inside, overdue = presence.count(desk)
    rules = rulebook.in_force(desk, day)
    return Today(
        day=day,
        inside=inside,
        overdue=overdue,
        visits=_cases(desk, StepKind.ADMITTED),
        refused=_cases(desk, StepKind.REFUSED),
        waiting_papers=Spool.select().where(Spool.state == JobState.QUEUED).count(),
        rule_set=rules.name,
        rules_confirmed=rules.confirmed,
    )


def _cases(desk: Desk, kind: StepKind) -> int:
    """Cases of today with such a step."""
    query = (
        Step.select(Step.case_id)
        .join(Case, on=(Case.id == Step.case_id))
        .where(Case.day == desk.day(), Step.kind == kind)
    )
    return int(query.count())
