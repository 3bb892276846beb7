"""What stands against a request because of where the prisoner is.

Readings that the rules left open: of events that overlap the one that began last says where
the prisoner is, and when its planned end comes, the one below it holds again; when all are
over, the prisoner is here. Where goods for the isolator are held, those for the quarantine
are still refused. An event after the moment asked about, when it is known, counts for the
next possible date.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.codes import ReasonCode, Service, Status
from kiosk.rules.asked import Asked
from kiosk.rules.days import day_of
from kiosk.rules.decision import Reason
from kiosk.rules.facts import PrisonerFacts, StatusEvent
from kiosk.rules.kinds import AWAY, GONE, GOODS, PRIVILEGED
from kiosk.rules.rule_set import RuleSet
from kiosk.rules.terms import IsolatorGoods


def about_status(asked: Asked) -> Iterator[Reason]:
    event = status_at(asked.facts.prisoner, asked.at)
    status = event.status if event is not None else None
    code = _stops(status, asked.facts.service, asked.rules)
    if code is None:
        return
    until_at = event.until_at if event is not None else None
    until = day_of(until_at - 1, asked.facts.zone) if until_at is not None else None
    yield asked.rules.reason(code, until=until)


def status_at(prisoner: PrisonerFacts, at: int) -> StatusEvent | None:
    """Where the prisoner is at `at` (UTC ms): the event that began last and is not over.

    None before the first event: not yet admitted. Of two that began at one moment the later
    named counts.
    """
    last: StatusEvent | None = None
    begun = False
    for event in prisoner.statuses:
        if event.from_at <= at:
            begun = True
            going_on = event.until_at is None or at < event.until_at
            if going_on and (last is None or last.from_at <= event.from_at):
                last = event
    return StatusEvent(Status.PRESENT, at) if begun and last is None else last


def _stops(status: Status | None, service: Service, rules: RuleSet) -> ReasonCode | None:
    """Why nobody may come to, or send to, a prisoner who is there; None: they may."""
    if status is None or status in GONE:
        return ReasonCode.NOT_IN_PRISON
    if status in AWAY:
        return None if service in GOODS else ReasonCode.PRISONER_AWAY
    if status is Status.PRESENT or service in PRIVILEGED:
        return None
    if status is Status.QUARANTINE:
        return ReasonCode.QUARANTINE
    held = service in GOODS and rules.isolator_goods is IsolatorGoods.HOLD
    return None if held else ReasonCode.ISOLATOR
