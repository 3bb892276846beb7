"""Departure: a badge leads to its visit, and who leaves is recorded, once each."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kiosk import badge_code, paper_code
from kiosk.clock import local_day
from kiosk.codes import Action, CaseState, Series, Service, StepKind, VisitOutcome
from kiosk.errors import NotFound, Refused
from kiosk.models import Case, Member, Presence, PrisonerDetail, Step
from kiosk.services import deposits, passing, presence, sessions
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import entry, moment
from kiosk.services.goods import actless
from kiosk.services.register_numbers import case_of, number_of
from kiosk.services.under_way import is_adult, state_of, under_way
from kiosk.text import N_
from kiosk.values import Departure, Name, Officer


def open_badge(desk: Desk, officer: Officer, code: str) -> Departure:
    """The visit of a scanned badge or tag, or of a number typed in any of its forms.

    An officer, inspector or supervisor does this. Without a year the current one is meant,
    then the one before: who came on 31 December leaves in January. Raises NotFound for what
    is no badge of this gate, and for the badge of a visit that is void or was called off,
    unless something of it hangs at the gate still.
    """
    must_register(officer)
    gate, year, number = _read(code)
    if gate not in (None, desk.gate):
        raise NotFound(N_("This badge is of gate {gate}. It is taken back there."), gate=gate)
    # A clock set back over New Year must not keep in whoever came since.
    this_year = local_day(moment(desk), desk.zone).year
    if year is None:
        years = [this_year, this_year - 1]
    else:
        years = [this_year - (this_year - year) % 100]
    for one in years:
        case_id = case_of(desk.gate, Series.VISIT, one, number)
        if case_id is not None:
            _must_be_good(case_id)
            return of_case(desk, case_id)
    raise NotFound(
        N_("There is no visit {number}. Compare with the badge, or look under F9."),
        number=number,
    )


def leave(
    desk: Desk,
    officer: Officer,
    case_id: UUID,
    member_ids: Collection[UUID] | None = None,
    outcome: VisitOutcome = VisitOutcome.NORMAL,
    *,
    things_back: bool = True,
    child_stays: bool = False,
) -> Departure:
    """Record that members leave, all who are inside unless some are named, and how it ended.

    An officer, inspector or supervisor does this. What they left under a tag is back with
    them, unless `things_back` is false. When the last one leaves, the case is closed, once
    nothing of it hangs at the gate. Raises Refused when none of them is inside any more, and
    when a child would stay without an adult unless `child_stays`; nothing is written then.
    """
    must_register(officer)
    with entry(desk, Action.LEAVE, officer=officer, object_id=case_id) as e:
        case = under_way(e, officer, case_id)
        inside = case.inside
        leaving = [one for one in inside if member_ids is None or one.id in member_ids]
        if not leaving:
            raise Refused(_already_out(inside))
        staying = [one for one in inside if one not in leaving]
        if staying and not child_stays and not any(map(is_adult, staying)):
            raise Refused(N_("A child would stay inside without an adult. Who stays with it?"))
        if things_back:
            deposits.returned(e, officer, [one.id for one in leaving])
        passing.let_out(case, leaving, outcome)
        return of_case(desk, case_id)


def of_case(desk: Desk, case_id: UUID) -> Departure:
    """A case as Departure shows it. Raises NotFound."""
    state = state_of(case_id)
    case = Case.get_by_id(case_id)
    prisoner = PrisonerDetail.get_or_none(PrisonerDetail.id == case.prisoner_detail_id)
    last = (
        Step.select(Step.at)
        .where(Step.case_id == case_id, Step.kind.in_((StepKind.LEFT, StepKind.STOPPED)))
        .order_by(Step.no.desc())
        .first()
    )
    members = [one.id for one in Member.select(Member.id).where(Member.case_id == case_id)]
    days = sessions.days_of((case_id,))
    return Departure(
        case_id=case_id,
        number=number_of(case_id),
        service=Service(case.service),
        prisoner=Name(prisoner.surname, prisoner.given).short if prisoner else "",
        file_number=prisoner.file_number if prisoner else "",
        day=days.get(case_id) or case.day,
        state=state,
        members=tuple(presence.inside_where(Presence.case_id == case_id)),
        tags=deposits.tags_of(members),
        left_at=last.at if last is not None else None,
        finds=actless.numbers(case_id),
    )


def _read(code: str) -> tuple[int | None, int | None, int]:
    """Gate, year (two digits) and number of a badge, a tag, or a typed number."""
    badge = badge_code.decode(code)
    if badge is not None:
        return badge.gate, badge.year, badge.number
    paper = paper_code.decode(code)
    if paper is not None and paper.series is Series.VISIT:
        return paper.gate, paper.year, paper.number
    raise NotFound(N_("{code} is no badge of this gate. Type its number again."), code=code)


def _must_be_good(case_id: UUID) -> None:
    if deposits.open_of(case_id):
        return  # whatever became of the visit, what hangs here goes back to its owner
    state = state_of(case_id)
    if state is CaseState.VOID:
        raise NotFound(
            N_("Visit {number} is void: this badge opens nothing. Take it back."),
            number=number_of(case_id),
        )
    if state is CaseState.CANCELLED:
        raise NotFound(
            N_("Visit {number} was called off: this badge opens nothing. Take it back."),
            number=number_of(case_id),
        )


def _already_out(inside: Collection[Member]) -> str:
    if inside:
        return N_("This person has left already. The others are still inside.")
    return N_("This visit has ended already. Nothing was recorded again.")
