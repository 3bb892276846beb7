"""Medicine and whatever else is for the medical unit: passed on to it, which signs for it."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import Action, CaseState, StepKind
from kiosk.errors import Refused
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import entry
from kiosk.services.goods import barred, contents, opened
from kiosk.services.goods.moving_on import parcel_of, prisoner_of, settle
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values.goods import ParcelCard


def pass_on(desk: Desk, officer: Officer, case_id: UUID) -> ParcelCard:
    """Record that the medical unit has the lines that are for it, before the handover or after.

    An officer, inspector or supervisor does this. A medical package is over by it, as is a
    parcel that was handed over and waited for nothing else. Raises Refused when there is
    nothing to pass on, or the prisoner is gone; AlreadyDone, NotFound.
    """
    must_register(officer)
    with entry(desk, Action.PASS_TO_MEDICAL, officer=officer, object_id=case_id) as e:
        case = parcel_of(e, officer, case_id, CaseState.STORED, CaseState.HANDED_OVER)
        if case_id not in contents.medicine_waits((case_id,)):
            raise Refused(N_("Nothing of it waits for the medical unit. Nothing was recorded."))
        status = barred.status_of(desk, prisoner_of(case_id), e.now)
        if barred.is_gone(status) and case.state is CaseState.STORED:
            raise Refused(barred.why(status))
        case.step(StepKind.PASSED_TO_MEDICAL, case.state, data={"signed": 1})
        settle(case)
        return opened.card(desk, case_id)
