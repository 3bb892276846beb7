"""How a visit ends otherwise than by leaving: called off, stopped, made void."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import (
    Action,
    CancelReason,
    CaseState,
    Service,
    StepKind,
    VisitOutcome,
    VoidReason,
)
from kiosk.errors import Invalid, Refused
from kiosk.models import Case, Note, Presence
from kiosk.rules.kinds import GOODS
from kiosk.services import ledger
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register, must_supervise
from kiosk.services.entry import Entry, entry
from kiosk.services.goods import actless, moving_on
from kiosk.services.passing import let_out
from kiosk.services.under_way import UnderWay, anybody_entered, under_way
from kiosk.text import N_, clean
from kiosk.values import Officer


def cancel(desk: Desk, officer: Officer, case_id: UUID, reason: CancelReason) -> None:
    """Call off a visit that nobody has entered; what it took is given back, once.

    An officer, inspector or supervisor does this. Raises Refused once somebody went in, when
    it has ended, and while something found on one of them has no act.
    """
    must_register(officer)
    with entry(desk, Action.CANCEL, officer=officer, object_id=case_id) as e:
        case = under_way(e, officer, case_id)
        if case.state not in (CaseState.BOOKED, CaseState.ADMITTED):
            raise Refused(_ended_or_begun(case))
        if anybody_entered(case_id):
            raise Refused(N_("Somebody went in already: this visit cannot be called off."))
        actless.must_be_none(case_id)
        case.call_off(reason)


def stop(desk: Desk, officer: Officer, case_id: UUID) -> None:
    """End a visit before its time: all who are inside come out now. It took place.

    An officer, inspector or supervisor does this. Raises Refused when nobody is inside.
    """
    must_register(officer)
    with entry(desk, Action.LEAVE, officer=officer, object_id=case_id) as e:
        case = under_way(e, officer, case_id)
        inside = case.inside
        if not inside:
            raise Refused(N_("Nobody of this visit is inside. Nothing was recorded."))
        let_out(case, inside, VisitOutcome.STOPPED, StepKind.STOPPED)


def void(
    desk: Desk, officer: Officer, case_id: UUID, reason: VoidReason, words: str = ""
) -> None:
    """Make a case void: its number stays, and what it still holds of the entitlement is
    given back. A parcel is made void while it is on the shelf, or when it was refused.

    A supervisor does this. `words` are kept as a note; OTHER needs them. Raises Refused while
    somebody of it is inside, while something found in it has no act, or when it is void
    already; Invalid without the words.
    """
    must_supervise(officer)
    words = clean(words)
    if reason is VoidReason.OTHER and not words:
        raise Invalid("words", N_("Say in words why it is void."))
    with entry(desk, Action.VOID, officer=officer, object_id=case_id) as e:
        case = under_way(e, officer, case_id)
        is_parcel = Service(Case.get_by_id(case_id).service) in GOODS
        if is_parcel:
            moving_on.must_be_undone(case)
        elif case.state is CaseState.VOID:
            raise Refused(N_("This visit is void already. Nothing was recorded again."))
        if Presence.select().where(Presence.case_id == case_id).exists():
            raise Refused(N_("Somebody of this visit is inside. They leave first, then void."))
        actless.must_be_none(case_id)
        case.step(StepKind.VOID, CaseState.VOID, reason=reason)
        ledger.give_back(e, officer, case_id)
        if is_parcel:
            moving_on.left_the_shelf(case)
        if words:
            note(e, officer, case_id, words)


def note(e: Entry, officer: Officer, case_id: UUID, words: str) -> None:
    """Free words about a case, kept with its prisoner, so that they can be erased."""
    prisoner_id = Case.get_by_id(case_id).prisoner_id
    e.add(
        Note,
        subject_id=prisoner_id,
        case_id=case_id,
        text=words,
        staff_id=officer.staff_id,
    )


def _ended_or_begun(case: UnderWay) -> str:
    if case.state is CaseState.INSIDE:
        return N_("Somebody of this visit is inside. They leave first.")
    if case.state is CaseState.ADMITTED:
        return N_("This visit has not begun yet. It can be called off.")
    return N_("This visit has ended already. Nothing was recorded again.")
