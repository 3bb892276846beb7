"""Whether the session and the day have a place for this visit.

Readings that the rules left open: a blocked date stops visits and no goods, and of visits
not those of monitors, whom the law lets in on any day and at any hour; the session belongs
to the request, so a full one has no next date.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.codes import ReasonCode, Service
from kiosk.rules.asked import Asked
from kiosk.rules.decision import Reason
from kiosk.rules.kinds import GOODS


def about_session(asked: Asked) -> Iterator[Reason]:
    facts, rules, session = asked.facts, asked.rules, asked.facts.session
    if facts.service in GOODS:
        return
    if asked.day in facts.blocked_dates and facts.service is not Service.MONITOR_VISIT:
        yield rules.reason(ReasonCode.DATE_BLOCKED)
    if session is None:
        return
    if session.blocked:
        yield rules.reason(ReasonCode.SESSION_BLOCKED)
    if session.taken >= session.places:
        yield rules.reason(ReasonCode.SESSION_FULL, used=session.taken, limit=session.places)
    if facts.non_associated & session.others:
        yield rules.reason(ReasonCode.NON_ASSOCIATION)
