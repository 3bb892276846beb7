"""Whether the investigator or the court lets somebody visit a prisoner on remand.

Readings that the rules left open: everybody in a group needs a permission, children too, for
short and long visits. One that is good suffices. When none is, the reasons are those of the
one nearest to being good: the one that is to begin, before one that is used up, before the
one that ran out last.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.codes import ReasonCode
from kiosk.rules.asked import Asked
from kiosk.rules.days import day_of
from kiosk.rules.decision import Reason
from kiosk.rules.facts import PermissionFacts, PersonFacts


def about_permission(one: PersonFacts, asked: Asked) -> Iterator[Reason]:
    number = asked.facts.prisoner.file_number
    naming = [paper for paper in one.permissions if paper.prisoner == number]
    if not naming:
        yield asked.rules.reason(ReasonCode.NO_PERMISSION, one.person)
        return
    yield from min((_against(paper, one.person, asked) for paper in naming), key=_distance)


def _against(paper: PermissionFacts, person: str, asked: Asked) -> tuple[Reason, ...]:
    """What stands against one permission; nothing: it is good."""
    rules, span, at = asked.rules, paper.span, asked.at
    reasons = []
    if span.begins_after(at):
        reasons.append(rules.reason(ReasonCode.PERMISSION_NOT_YET, person))
    if span.until_at is not None and span.until_at <= at:
        last = day_of(span.until_at - 1, asked.facts.zone)
        reasons.append(rules.reason(ReasonCode.PERMISSION_EXPIRED, person, until=last))
    if paper.uses is not None and paper.used >= paper.uses:
        reasons.append(
            rules.reason(
                ReasonCode.PERMISSION_USED_UP, person, used=paper.used, limit=paper.uses
            )
        )
    return tuple(reasons)


_NEARNESS = {
    ReasonCode.PERMISSION_NOT_YET: 1,
    ReasonCode.PERMISSION_USED_UP: 2,
    ReasonCode.PERMISSION_EXPIRED: 4,
}


def _distance(reasons: tuple[Reason, ...]) -> tuple[object, ...]:
    """How far a permission is from being good; then something to tell equals apart by."""
    far = sum(_NEARNESS[reason.code] for reason in reasons)
    last = max((reason.until.toordinal() for reason in reasons if reason.until), default=0)
    return far, -last, [(reason.used or 0, reason.limit or 0) for reason in reasons]
