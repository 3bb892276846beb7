"""Who of a group goes in: a child only with an adult, and only so many adults."""

from __future__ import annotations

from collections.abc import Iterator, Set

from kiosk.codes import ReasonCode
from kiosk.rules.asked import Asked
from kiosk.rules.decision import Reason
from kiosk.rules.kinds import GOODS
from kiosk.rules.people import is_adult
from kiosk.rules.terms import Limit, Period


def about_group(asked: Asked, refused: Set[str]) -> Iterator[Reason]:
    """Of the adults who are not `refused` by themselves the first named go in."""
    people = asked.facts.people
    if asked.facts.service in GOODS:
        return
    adults = [one.person for one in people if is_adult(one, asked)]
    good = [person for person in adults if person not in refused]
    row = asked.rows.get((Limit.MAX_ADULTS, Period.EACH))
    places = len(good) if row is None or row.value is None else row.value
    if row is not None:
        for person in good[places:]:
            yield Reason(
                ReasonCode.TOO_MANY_ADULTS,
                row.code,
                row.legal_ref,
                person=person,
                used=len(adults),
                limit=row.value,
            )
    if not good[:places]:
        for one in people:
            if one.person not in adults:
                yield asked.rules.reason(ReasonCode.NO_ADULT, one.person)
