"""The counters of the menu: how this day stands at this gate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast
from uuid import UUID

from kiosk.codes import StepKind
from kiosk.models import Find, Step
from kiosk.rules.days import start_of
from kiosk.services import presence, print_queue, reviews, rulebook, tickets
from kiosk.services.desk import Desk
from kiosk.services.entry import day_now
from kiosk.services.goods import actless, storage_counts
from kiosk.services.ids import first_after
from kiosk.values import Today

_COUNTED = (StepKind.ADMITTED, StepKind.REFUSED, StepKind.ACCEPTED)


def today(desk: Desk) -> Today:
    """Visits and refusals of the site's day; who is inside, whenever they came."""
    day = day_now(desk)
    inside, overdue = presence.count(desk)
    rules = rulebook.in_force(desk, day)
    papers = print_queue.waiting(desk)
    waiting, longest = tickets.count(desk)
    to_look_at, _inside = reviews.count(desk)
    kept = storage_counts.counts(desk)
    cases = _cases(desk)
    return Today(
        day=day,
        waiting=waiting,
        longest=longest,
        inside=inside,
        overdue=overdue,
        visits=len(cases[StepKind.ADMITTED]),
        refused=len(cases[StepKind.REFUSED]),
        reviews=to_look_at,
        packages=len(cases[StepKind.ACCEPTED]),
        finds=_finds(desk),
        finds_open=actless.count(),
        stored=kept.stored,
        spoiled=kept.past,
        waiting_papers=papers.waiting,
        uncertain_papers=papers.uncertain,
        rule_set=rules.name,
        rules_confirmed=rules.confirmed,
    )


def _cases(desk: Desk) -> dict[str, set[UUID]]:
    """The cases to which each of these happened today, also those that were booked before.

    Ids are made in the order of time, so those of today stand together at the end. They are
    put together here: SQLite would do it by the index of the cases of all years.
    """
    query = Step.select(Step.kind, Step.case_id).where(
        Step.id >= _first_of_today(desk), Step.kind.in_(_COUNTED)
    )
    found: dict[str, set[UUID]] = {kind: set() for kind in _COUNTED}
    for kind, case_id in cast("Iterable[tuple[str, UUID]]", query.tuples()):
        found[kind].add(case_id)
    return found


def _finds(desk: Desk) -> int:
    return int(Find.select().where(Find.id >= _first_of_today(desk)).count())


def _first_of_today(desk: Desk) -> UUID:
    return first_after(start_of(day_now(desk), desk.zone) - 1)
