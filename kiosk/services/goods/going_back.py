"""What does not reach its prisoner: declined, kept too long, or the prisoner is gone; then
given back to its sender, who signs for it, or sent after the prisoner."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

from kiosk.clock import local_day
from kiosk.codes import Action, CaseState, GoneReason, Status, StepKind
from kiosk.errors import Invalid, Refused
from kiosk.models import Case, CaseNow, Step
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register, must_supervise
from kiosk.services.entry import entry
from kiosk.services.goods import at_the_doctor, barred, opened
from kiosk.services.goods.moving_on import (
    left_the_shelf,
    must_have_acts,
    parcel_of,
    prisoner_of,
    send_back,
)
from kiosk.services.outcomes import note
from kiosk.text import N_, clean
from kiosk.values import Officer
from kiosk.values.goods import ParcelCard

_PRISON = re.compile(r"[A-Za-z0-9_-]{1,24}", re.ASCII)


def decline(desk: Desk, officer: Officer, case_id: UUID) -> ParcelCard:
    """The prisoner does not take it: it goes back, and what it took is given back, once.

    An officer, inspector or supervisor does this. Raises AlreadyDone when it is not on the
    shelf any more, NotFound.
    """
    must_register(officer)
    with entry(desk, Action.SEND_BACK, officer=officer, object_id=case_id) as e:
        send_back(parcel_of(e, officer, case_id, CaseState.STORED), GoneReason.DECLINED)
        return opened.card(desk, case_id)


def expire(desk: Desk, officer: Officer, case_id: UUID) -> ParcelCard:
    """It was kept for longer than the prison keeps a parcel, or spoils: it goes back.

    A supervisor does this. Raises Refused before its time, AlreadyDone, NotFound.
    """
    must_supervise(officer)
    with entry(desk, Action.SEND_BACK, officer=officer, object_id=case_id) as e:
        case = parcel_of(e, officer, case_id, CaseState.STORED)
        accepted = local_day(Case.get_by_id(case_id).at, desk.zone)
        until = accepted + timedelta(days=desk.keep_days)
        spoils = CaseNow.get_by_id(case_id).due_at
        if e.day <= until and (spoils is None or e.now < spoils):
            raise Refused(
                N_("It is kept until {day}. Nothing was recorded."), day=f"{until:%d.%m.%Y}"
            )
        send_back(case, GoneReason.EXPIRED)
        return opened.card(desk, case_id)


def gone(desk: Desk, officer: Officer, case_id: UUID) -> ParcelCard:
    """Its prisoner was transferred or released: it goes back to the sender.

    A supervisor does this. Raises Refused while the prisoner is here, AlreadyDone, NotFound.
    """
    must_supervise(officer)
    with entry(desk, Action.SEND_BACK, officer=officer, object_id=case_id) as e:
        case = parcel_of(e, officer, case_id, CaseState.STORED)
        if not barred.is_gone(barred.status_of(desk, prisoner_of(case_id), e.now)):
            raise Refused(N_("The prisoner is in this prison. Nothing was recorded."))
        send_back(case, GoneReason.MOVED)
        return opened.card(desk, case_id)


def returned(
    desk: Desk, officer: Officer, case_id: UUID, *, proxy: bool = False, words: str = ""
) -> ParcelCard:
    """The sender has it back and signed, or who came for them (`proxy`, `words`: who).

    That is the parcel as a whole, with the medicine that no doctor took; or, of one that its
    prisoner has or will have, what the doctor did not take of it. An officer, inspector or
    supervisor does this. Raises Refused while a find has no act, AlreadyDone when it does not
    wait for its sender, NotFound.
    """
    must_register(officer)
    words = clean(words)
    with entry(desk, Action.RETURN_GOODS, officer=officer, object_id=case_id) as e:
        medicine = at_the_doctor.goes_back(case_id)
        meanwhile = (CaseState.STORED, CaseState.HANDED_OVER) if medicine else ()
        case = parcel_of(e, officer, case_id, CaseState.TO_RETURN, *meanwhile)
        must_have_acts(case_id)
        data: dict[str, object] = {"signed": 1, "proxy": int(proxy)}
        over = case.state is CaseState.TO_RETURN
        kind = StepKind.MEDICINE_RETURNED
        if over and _goes_back_whole(case_id):
            kind = StepKind.RETURNED
        case.step(kind, CaseState.CLOSED if over else case.state, data=data)
        if over:
            left_the_shelf(case)
        if words:
            note(e, officer, case_id, words)
        return opened.card(desk, case_id)


def _goes_back_whole(case_id: UUID) -> bool:
    """Whether it waits for its sender because it did not reach its prisoner."""
    sent_back = Step.case_id == case_id, Step.kind == StepKind.NOT_TO_PRISONER
    return bool(Step.select().where(*sent_back).exists())


def forward(desk: Desk, officer: Officer, case_id: UUID, prison: str) -> ParcelCard:
    """Send it after a transferred prisoner, who uses it up there: nothing is given back.

    A supervisor does this; `prison` is the code of the receiving one. Raises Invalid for no
    such code, Refused unless the prisoner was transferred and each find has its act;
    AlreadyDone, NotFound.
    """
    must_supervise(officer)
    prison = clean(prison, 25).strip()
    if not _PRISON.fullmatch(prison):
        raise Invalid("prison", N_("A prison has a code of Latin letters and digits: p27."))
    if prison == desk.prison:
        raise Invalid("prison", N_("That is this prison. Nothing was recorded."))
    with entry(desk, Action.FORWARD, officer=officer, object_id=case_id) as e:
        case = parcel_of(e, officer, case_id, CaseState.STORED)
        status = barred.status_of(desk, prisoner_of(case_id), e.now)
        if status is not Status.TRANSFERRED:
            raise Refused(
                N_("The prisoner was not transferred: there is nowhere to send it to.")
            )
        must_have_acts(case_id)
        case.step(StepKind.FORWARDED, CaseState.FORWARDED, data={"prison": prison})
        left_the_shelf(case)
        return opened.card(desk, case_id)
