"""Whether the relation lets somebody visit: a short visit needs none, a long one a close one.

Readings that the rules left open: for a short visit a relation that is recorded must hold
and be approved whatever its kind; a long visit without any relation, or with other kin, is
`relation_not_close`. Who gave the consent when is not asked: once withheld, it is withheld.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.codes import ReasonCode, Service
from kiosk.rules.asked import Asked
from kiosk.rules.days import day_of
from kiosk.rules.decision import Reason
from kiosk.rules.facts import PersonFacts
from kiosk.rules.kinds import CLOSE_KIN


def about_relation(one: PersonFacts, asked: Asked) -> Iterator[Reason]:
    relation, rules = one.relation, asked.rules
    close = relation is not None and relation.kind in CLOSE_KIN
    if asked.facts.service is Service.LONG_VISIT and not close:
        yield rules.reason(ReasonCode.RELATION_NOT_CLOSE, one.person)
    if relation is None:
        return
    if not relation.approved:
        yield rules.reason(ReasonCode.RELATION_NOT_APPROVED, one.person)
    if relation.span.begins_after(asked.at):
        yield rules.reason(ReasonCode.RELATION_NOT_YET, one.person)
    until_at = relation.span.until_at
    if until_at is not None and until_at <= asked.at:
        last = day_of(until_at - 1, asked.facts.zone)
        yield rules.reason(ReasonCode.RELATION_EXPIRED, one.person, until=last)
