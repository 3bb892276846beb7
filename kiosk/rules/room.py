"""What a prisoner may still be brought: how many packages, how many grams, and nothing of what.

Of several rows that count, or that weigh, the one that leaves the least is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.rules.asked import Asked
from kiosk.rules.entitlement import used
from kiosk.rules.kinds import PRIVILEGED
from kiosk.rules.restrictions import in_force, refuses_things, told
from kiosk.rules.rule_set import RuleRow
from kiosk.rules.terms import Limit, Period
from kiosk.values.goods import Room, StoppedClass


def room(asked: Asked) -> Room:
    """Pieces used and grams left before what is asked for; nothing where nothing is counted."""
    if asked.facts.service in PRIVILEGED:
        return Room()
    counted = min(_limited(asked, Limit.COUNT), key=lambda one: one[1], default=None)
    weighed = min(_limited(asked, Limit.GRAMS), key=lambda one: one[1], default=None)
    count_row = counted[0] if counted is not None else None
    return Room(
        used=used(count_row, asked.facts, asked.day) if count_row is not None else None,
        limit=count_row.value if count_row is not None else None,
        grams_left=max(0, weighed[1]) if weighed is not None else None,
    )


def _limited(asked: Asked, limit: Limit) -> Iterator[tuple[RuleRow, int]]:
    """The rows with a limit of that kind, and what each leaves."""
    for row in asked.rows.values():
        counts = limit is Limit.GRAMS or row.period is not Period.EACH
        if row.limit is limit and counts and row.value is not None:
            yield row, row.value - used(row, asked.facts, asked.day)


def stopped(asked: Asked) -> tuple[StoppedClass, ...]:
    """The classes of things that a restriction refuses now, each once, with its reason.

    One on a person only stops what they bring.
    """
    people = {None, *(one.person for one in asked.facts.people)}
    found: dict[str, StoppedClass] = {}
    for one in in_force(asked):
        if refuses_things(one, asked.facts.service) and one.person in people:
            for goods_class in sorted(one.goods or ()):
                found.setdefault(goods_class, StoppedClass(goods_class, told(asked, one)))
    return tuple(found.values())
