"""Handover: the prisoner gets the parcel, whole, and signs for it; once."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Action, CaseState, StepKind
from kiosk.errors import Refused
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import entry
from kiosk.services.goods import barred, contents, opened
from kiosk.services.goods.moving_on import (
    left_the_shelf,
    parcel_of,
    prisoner_of,
    put_apart,
    what_is_left,
)
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values.goods import ParcelCard


def hand_over(desk: Desk, officer: Officer, case_id: UUID) -> ParcelCard:
    """Record that the prisoner has the whole parcel and signed for it.

    An officer, inspector or supervisor does this. The case is closed by it, unless a find of it
    has no act, the doctor has not looked at what is for them, or the sender has not what the
    doctor did not take: the last of these closes it then.
    Raises AlreadyDone when it is not on the shelf any more, Refused with the reason when it may
    not be handed over now, or nothing of it is for the prisoner; NotFound.
    """
    must_register(officer)
    with entry(desk, Action.HAND_OVER, officer=officer, object_id=case_id) as e:
        case = parcel_of(e, officer, case_id, CaseState.STORED)
        reason = barred.why(barred.status_of(desk, prisoner_of(case_id), e.now))
        if reason:
            raise Refused(reason)
        if not contents.is_for_prisoner(case_id):
            raise Refused(N_("Nothing of it is for the prisoner: it is for the medical unit."))
        state = what_is_left(case_id, CaseState.HANDED_OVER)
        data = {"signed": 1, **put_apart(case, state)}
        case.step(StepKind.HANDED_OVER, state, data=data)
        left_the_shelf(case)
        return opened.card(desk, case_id)
