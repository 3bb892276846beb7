"""Departure: a badge leads to its visit, and who leaves is recorded, once each."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kiosk import badge_code
from kiosk.codes import Action, CaseState, Series, Service, StepKind
from kiosk.errors import NotFound, Refused
from kiosk.models import Case, CaseNow, Presence, PrisonerDetail, Step
from kiosk.services import presence
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import entry
from kiosk.services.register_numbers import case_of, number_of
from kiosk.text import N_
from kiosk.values import Departure, Name, Officer


def open_badge(desk: Desk, officer: Officer, code: str) -> Departure:
    """The visit of a scanned badge, or of a number typed in any of its forms.

    An officer, inspector or supervisor does this. Without a year the current one is meant,
    then the one before: who came on 31 December leaves in January. Raises NotFound.
    """
    must_register(officer)
    badge = badge_code.decode(code)
    if badge is None:
        raise NotFound(N_("{code} is no badge of this gate. Type its number again."), code=code)
    if badge.gate not in (None, desk.gate):
        raise NotFound(
            N_("This badge is of gate {gate}. It is taken back there."), gate=badge.gate
        )
    this_year = desk.day().year
    if badge.year is None:
        years = [this_year, this_year - 1]
    else:
        years = [this_year - (this_year - badge.year) % 100]
    for year in years:
        case_id = case_of(desk.gate, Series.VISIT, year, badge.number)
        if case_id is not None:
            return _departure(desk, case_id)
    raise NotFound(
        N_("There is no visit {number}. Compare with the badge, or look under F9."),
        number=badge.number,
    )


def leave(
    desk: Desk, officer: Officer, case_id: UUID, member_ids: Collection[UUID] | None = None
) -> Departure:
    """Record that members leave, all who are inside unless some are named.

    An officer, inspector or supervisor does this. When the last one leaves, the case is
    closed: there is no deposit to give back yet. Raises Refused when none of them is inside
    any more; nothing is written then.
    """
    must_register(officer)
    with entry(desk, Action.LEAVE, officer=officer, object_id=case_id) as e:
        inside = list(presence.inside_where(Presence.case_id == case_id))
        leaving = [one for one in inside if member_ids is None or one.member_id in member_ids]
        if not leaving:
            raise Refused(_already_out(desk, case_id))
        no = CaseNow.get_by_id(case_id).last_no
        staying = len(inside) - len(leaving)
        for left, member in enumerate(leaving, 1):
            no += 1
            still = staying + len(leaving) - left
            e.add(
                Step,
                case_id=case_id,
                no=no,
                kind=StepKind.LEFT,
                state=CaseState.INSIDE if still else CaseState.LEFT,
                member_id=member.member_id,
                at=e.now,
                staff_id=officer.staff_id,
            )
            Presence.delete().where(Presence.member_id == member.member_id).execute()
        if not staying:
            e.add(
                Step,
                case_id=case_id,
                no=no + 1,
                kind=StepKind.CLOSED,
                state=CaseState.CLOSED,
                at=e.now,
                staff_id=officer.staff_id,
            )
        return _departure(desk, case_id)


def _already_out(desk: Desk, case_id: UUID) -> str:
    departure = _departure(desk, case_id)
    if departure.members:
        return N_("This person has left already. The others are still inside.")
    return N_("This visit has ended already. Nothing was recorded again.")


def _departure(desk: Desk, case_id: UUID) -> Departure:
    case = Case.get_by_id(case_id)
    prisoner = PrisonerDetail.get_or_none(PrisonerDetail.id == case.prisoner_detail_id)
    last = (
        Step.select(Step.at)
        .where(Step.case_id == case_id, Step.kind == StepKind.LEFT)
        .order_by(Step.no.desc())
        .first()
    )
    return Departure(
        case_id=case_id,
        number=number_of(case_id),
        service=Service(case.service),
        prisoner=Name(prisoner.surname, prisoner.given).short if prisoner else "",
        file_number=prisoner.file_number if prisoner else "",
        members=tuple(presence.inside_where(Presence.case_id == case_id)),
        left_at=last.at if last is not None else None,
    )
