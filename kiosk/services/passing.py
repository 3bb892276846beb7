"""Going in and coming out: one step and one place inside for each, adults before children."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kiosk.codes import (
    CaseState,
    ScreeningConsent,
    ScreeningResult,
    StepKind,
    VisitOutcome,
)
from kiosk.errors import AlreadyInside, Refused
from kiosk.models import CaseNow, Member, Presence, Search
from kiosk.services import deposits, same
from kiosk.services.goods import actless
from kiosk.services.under_way import UnderWay, is_adult
from kiosk.text import N_


def let_in(case: UnderWay, members: Collection[Member]) -> None:
    """Inside a transaction: these go in now.

    They are due when `case_now` says: since the admission, however long the search took. Raises
    Refused when a child would be inside without an adult, AlreadyInside when one of them is.
    """
    if not any(is_adult(one) for one in (*members, *case.inside)):
        raise Refused(N_("A child does not go in without an adult. Nothing was recorded."))
    due = CaseNow.get_by_id(case.case_id).due_at
    # Adults first: a child is never inside alone, not even between two steps.
    for one in sorted(members, key=lambda member: not is_adult(member)):
        records = same.group(one.person_id)
        if Presence.select().where(Presence.person_root.in_(list(records))).exists():
            raise AlreadyInside(
                N_("Somebody of this group is inside already. Nothing was recorded.")
            )
        case.step(StepKind.ENTERED, CaseState.INSIDE, one.id)
        Presence.create(
            member_id=one.id,
            person_root=min(records),
            case_id=case.case_id,
            since=case.e.now,
            due=due,
        )


def let_out(
    case: UnderWay,
    members: Collection[Member],
    outcome: VisitOutcome,
    kind: StepKind = StepKind.LEFT,
) -> None:
    """Inside a transaction: these come out now. With the last one the case is closed, unless
    somebody still waits to go in or left something under a tag."""
    inside = len(case.inside)
    waits = CaseState.ADMITTED if case.waiting else CaseState.LEFT
    for out, one in enumerate(members, 1):
        case.step(kind, CaseState.INSIDE if out < inside else waits, one.id, reason=outcome)
        Presence.delete().where(Presence.member_id == one.id).execute()
    close_unless_something_hangs(case, outcome)


def turn_away(case: UnderWay, member: Member, outcome: VisitOutcome) -> None:
    """Inside a transaction: somebody who was admitted does not go in. The case is over when
    that leaves nobody, and nothing of it hangs."""
    case.turn_away(member, outcome)
    close_unless_something_hangs(case, outcome)


def close_unless_something_hangs(case: UnderWay, outcome: VisitOutcome) -> None:
    """Inside a transaction: a case that all have left is over, once nothing of it hangs at the
    gate, and everything found on its visitors has its act."""
    if case.state is not CaseState.LEFT or deposits.open_of(case.case_id):
        return
    if not actless.of_cases((case.case_id,)):
        case.end(outcome)


def was_searched(member_id: UUID) -> bool:
    """Whether the last search of this member lets them in: with consent, and done."""
    last = (
        Search.select().where(Search.member_id == member_id).order_by(Search.id.desc()).first()
    )
    return (
        last is not None
        and last.consent == ScreeningConsent.YES
        and last.result != ScreeningResult.NOT_DONE
    )
