"""A parcel inside the transaction that moves it on, and how it ends by itself."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import CaseState, GoneReason, PlaceKind, StepKind
from kiosk.errors import AlreadyDone, NotFound, Refused
from kiosk.models import Case, Parcel
from kiosk.services import ledger, reviews
from kiosk.services.entry import Entry
from kiosk.services.goods import at_the_doctor, contents, places
from kiosk.services.register_numbers import number_of
from kiosk.services.under_way import UnderWay, under_way
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values.goods import ItemRecorded

# What is said of a parcel that is asked for something that it is past.
_PAST = {
    CaseState.HANDED_OVER: N_("{number} was handed over already. Nothing was recorded again."),
    CaseState.CLOSED: N_("{number} is over: nothing of it is here. Nothing was recorded."),
    CaseState.TO_RETURN: N_("{number} goes back to its sender. Nothing was recorded."),
    CaseState.FORWARDED: N_("{number} was forwarded already. Nothing was recorded again."),
    CaseState.REFUSED: N_("{number} was refused: nothing of it is here."),
    CaseState.VOID: N_("{number} is void. Nothing was recorded."),
}
ACT_FIRST = N_("Something was found in it, and its act is not written. Write the act first.")


def parcel_of(e: Entry, officer: Officer, case_id: UUID, *states: CaseState) -> UnderWay:
    """The parcel as it stands now that nobody else writes, in one of the `states`.

    Raises NotFound for no parcel, AlreadyDone in any other state.
    """
    if not Parcel.select().where(Parcel.case_id == case_id).exists():
        raise NotFound(N_("There is no such parcel in the register."))
    case = under_way(e, officer, case_id)
    if case.state not in states:
        past = _PAST.get(case.state, N_("{number} is not on the shelf. Nothing was recorded."))
        raise AlreadyDone(number_of(case_id), past)
    return case


def prisoner_of(case_id: UUID) -> UUID:
    """Whose parcel it is."""
    prisoner_id: UUID = Case.get_by_id(case_id).prisoner_id
    return prisoner_id


def must_have_acts(case_id: UUID) -> None:
    """Raises Refused while a find in it has no act: what leaves the prison is its proof."""
    if contents.finds_open((case_id,))[case_id]:
        raise Refused(ACT_FIRST)


def must_be_undone(case: UnderWay) -> None:
    """Raises Refused for a parcel that reached somebody, so that it cannot be made void."""
    if case.state not in (CaseState.STORED, CaseState.REFUSED):
        raise Refused(N_("It is on the shelf no more: a parcel like that is not made void."))
    must_have_acts(case.case_id)


def send_back(case: UnderWay, reason: GoneReason) -> None:
    """It does not reach its prisoner: it waits for its sender, where there is room apart; what
    it took of the entitlement is given back, once."""
    data = put_apart(case, CaseState.TO_RETURN) or None
    case.step(StepKind.NOT_TO_PRISONER, CaseState.TO_RETURN, reason=reason, data=data)
    ledger.give_back(case.e, case.officer, case.case_id)
    left_the_shelf(case)


def left_the_shelf(case: UnderWay) -> None:
    """After the step by which it waits for its prisoner no more."""
    reviews.settled(case.e, case.case_id)
    places.remember(case.case_id)


def put_apart(case: UnderWay, state: CaseState) -> dict[str, object]:
    """What a step to `state` says beside it: the place where a thing waits for its sender.
    Money and papers stay in their safe."""
    if state is not CaseState.TO_RETURN or not contents.has_a_bag(_standing(case.case_id)):
        return {}
    place = places.free_place(case.e.gate, PlaceKind.RETURNS)
    return {} if place is None else {"place": place}


def _standing(case_id: UUID) -> list[ItemRecorded]:
    return [one for one in contents.lines(case_id) if not one.replaced]


def what_is_left(
    case_id: UUID, state: CaseState, *, goes_back: bool | None = None
) -> CaseState:
    """Where a parcel stands by what is left of it: stored or handed over (`state`), or not.

    What is for its prisoner waits for them first, then what is for the doctor. What the doctor
    did not take waits for its sender then (`goes_back`: as it is being written), at last a find
    for its act. Nothing left: it is over.
    """
    if state is CaseState.STORED and contents.is_for_prisoner(case_id):
        return state
    if goes_back is None:
        if at_the_doctor.waits(case_id):
            return state
        goes_back = at_the_doctor.goes_back(case_id)
    if goes_back:
        return CaseState.TO_RETURN
    return state if contents.finds_open((case_id,))[case_id] else CaseState.CLOSED


def settle(case: UnderWay) -> None:
    """Close a parcel of which nothing is for its prisoner any more, once the doctor has looked
    at what is for them, its sender has what they did not take, and each find has its act.
    Whoever does the last of these calls it.
    """
    if case.state not in (CaseState.HANDED_OVER, CaseState.STORED):
        return
    if what_is_left(case.case_id, case.state) is CaseState.CLOSED:
        case.step(StepKind.CLOSED, CaseState.CLOSED)
        left_the_shelf(case)


def settle_case(e: Entry, officer: Officer, case_id: UUID) -> None:
    """As `settle`, of a find whose act was just written; a visit stays as it is."""
    if Parcel.select().where(Parcel.case_id == case_id).exists():
        settle(under_way(e, officer, case_id))
