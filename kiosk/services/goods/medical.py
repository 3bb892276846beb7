"""Medicine and whatever else is for the medical unit: its doctor looks at it and signs.

What the doctor does not take goes back to the sender; the rest of the parcel is not held up.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kiosk.codes import Action, CaseState, MedicalFate, StepKind
from kiosk.errors import Invalid, Refused
from kiosk.models import StepWords
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import entry
from kiosk.services.goods import at_the_doctor, barred, opened, parcel_papers
from kiosk.services.goods.moving_on import (
    left_the_shelf,
    parcel_of,
    prisoner_of,
    put_apart,
    settle,
    what_is_left,
)
from kiosk.text import N_, clean
from kiosk.values import Officer
from kiosk.values.goods import ParcelCard

LONGEST_NAME = 60


def pass_on(
    desk: Desk,
    officer: Officer,
    case_id: UUID,
    doctor: str,
    not_taken: Collection[int] = (),
) -> ParcelCard:
    """Record what the doctor took, before the handover or after; they signed for it.

    `not_taken` are the numbers of the lines that go back: a paper that lies with them is
    printed, on which their sender signs. An officer, inspector or supervisor does this. A
    parcel that waited for nothing else is over by it, or waits for its sender then. Raises
    Invalid (field "doctor") without a name, Refused when there is nothing to pass on, or the
    prisoner is gone; AlreadyDone, NotFound.
    """
    must_register(officer)
    doctor = clean(doctor, LONGEST_NAME).strip()
    if not doctor:
        raise Invalid("doctor", N_("Type the name of the doctor, who signs for it."))
    with entry(desk, Action.PASS_TO_MEDICAL, officer=officer, object_id=case_id) as e:
        case = parcel_of(e, officer, case_id, CaseState.STORED, CaseState.HANDED_OVER)
        fates = at_the_doctor.of(case_id)
        waiting = {no for no, fate in fates.items() if fate is MedicalFate.WAITS}
        if not waiting:
            raise Refused(N_("Nothing of it waits for the medical unit. Nothing was recorded."))
        if not waiting.issuperset(not_taken):
            raise Refused(
                N_("Its lines were corrected meanwhile. Look at the parcel once more.")
            )
        prisoner_id = prisoner_of(case_id)
        status = barred.status_of(desk, prisoner_id, e.now)
        if barred.is_gone(status) and case.state is CaseState.STORED:
            raise Refused(barred.why(status))
        goes_back = bool(not_taken) or MedicalFate.NOT_TAKEN in fates.values()
        left = what_is_left(case_id, case.state, goes_back=goes_back)
        after = left if left is CaseState.TO_RETURN else case.state
        steps = []
        if waiting.difference(not_taken):
            # Also what the doctor left of it before goes back now, where nothing else is left.
            state = case.state if not_taken else after
            data = {"signed": 1, **put_apart(case, state)}
            steps.append(case.step(StepKind.PASSED_TO_MEDICAL, state, data=data))
        if not_taken:
            data = {at_the_doctor.LINES: sorted(not_taken), **put_apart(case, after)}
            steps.append(case.step(StepKind.NOT_TAKEN, after, data=data))
        for step_id in steps:
            e.add(StepWords, step_id=step_id, prisoner_id=prisoner_id, signed_by=doctor)
        if after is CaseState.TO_RETURN:
            left_the_shelf(case)
        settle(case)
        card = opened.card(desk, case_id)
        if not_taken:
            parcel_papers.order_given_back(desk, e, officer, card, doctor)
        return card


def last_doctor(desk: Desk) -> str:
    """Who signed last at this gate, as a form proposes it; "" for nobody."""
    row = (
        StepWords.select()
        .where(StepWords.gate_id == desk.gate)
        .order_by(StepWords.id.desc())
        .first()
    )
    return row.signed_by if row is not None else ""
