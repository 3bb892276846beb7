"""A place in the queue, given out with the answer at once: may it be today, and if not, why.

Whoever is refused learns it before the wait, and may still come to the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median
from uuid import UUID

from kiosk import paper_code
from kiosk.codes import (
    Action,
    EarlyAnswer,
    Outcome,
    ReasonCode,
    Series,
    Service,
    Template,
    TicketState,
)
from kiosk.errors import Invalid, NotFound, Refused
from kiosk.models import Prisoner, Ticket
from kiosk.papers import TicketBody
from kiosk.rules.decision import Decision
from kiosk.rules.kinds import SOCIAL
from kiosk.services import bookings, printing, sessions, tickets, visits, waiting_times
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.entry import Entry, entry
from kiosk.services.facts import VISITS
from kiosk.services.goods import may_bring
from kiosk.services.person_card import detail_of
from kiosk.services.visit_papers import paper_reason
from kiosk.text import N_
from kiosk.values import MemberRequest, Officer, VisitRequest
from kiosk.values.goods import Room
from kiosk.values.waiting import TicketLine, TicketRequest

A_DAY_AT_MOST = 999  # three digits of the code
OTHERS_AT_MOST = 20

# What another paper, or a person, may settle at the window.
_TO_BE_SETTLED = frozenset(
    {
        ReasonCode.RELATION_NOT_APPROVED,
        ReasonCode.NO_PERMISSION,
        ReasonCode.DOCUMENT_EXPIRED,
        ReasonCode.DOCUMENT_WITHDRAWN,
        ReasonCode.NO_ADULT,
    }
)
# From so many calls of the day on, how long the others waited says something.
_ENOUGH_CALLS = 3
_LAST_CALLS = 10
_NOTHING_BROUGHT = Room()


def take(desk: Desk, officer: Officer, request: TicketRequest) -> TicketLine:
    """Give out the next ticket of the day, with the early answer where it can be had.

    An officer, inspector or supervisor does this. The ticket is printed. Raises Invalid or
    NotFound for people who cannot be, Refused when the day has no number left.
    """
    must_register(officer)
    if not 0 <= request.others <= OTHERS_AT_MOST:
        raise Invalid("others", N_("At most {count} people come along."), count=OTHERS_AT_MOST)
    with entry(desk, Action.TICKET, officer=officer) as e:
        _must_exist(request)
        early = _early(desk, e, officer, request)
        before = tickets.of_day(e.day)
        line = give_out(desk, e, officer, request, early.decision)
        _print(desk, e, line, early, before)
    return line


def give_out(
    desk: Desk,
    e: Entry,
    officer: Officer,
    request: TicketRequest,
    decision: Decision | None,
) -> TicketLine:
    """Inside the transaction `e`: the next ticket of the day with its answer, no paper yet.

    Raises Refused when the day has no number left.
    """
    ticket_id = e.add(
        Ticket,
        day=e.day,
        at=e.now,
        service=request.service,
        person_id=request.person_id,
        prisoner_id=request.prisoner_id,
        others=request.others,
        answer=answer_of(decision),
        reasons=_reasons(decision),
        staff_id=officer.staff_id,
    )
    e.object_id = ticket_id
    if e.number(Series.TICKET, ticket_id, period=e.day.isoformat()) > A_DAY_AT_MOST:
        raise Refused(N_("This day has no ticket left. Call people by their names."))
    tickets.step(desk, e, officer, ticket_id, TicketState.WAITING)
    return tickets.line_of(ticket_id)


def answer_of(decision: Decision | None) -> EarlyAnswer:
    """The answer in one word: `ask` where a person or another paper may still settle it."""
    if decision is None:
        return EarlyAnswer.UNKNOWN
    if decision.outcome is Outcome.PARTLY:
        return EarlyAnswer.ASK
    if decision.passes:
        return EarlyAnswer.PASS
    codes = {reason.code for reason in decision.reasons}
    return EarlyAnswer.ASK if codes <= _TO_BE_SETTLED else EarlyAnswer.NO


def _must_exist(request: TicketRequest) -> None:
    if request.person_id is not None:
        detail_of(request.person_id)
    if request.prisoner_id is not None and not Prisoner.get_or_none(
        Prisoner.id == request.prisoner_id
    ):
        raise NotFound(N_("There is no such prisoner in the register."))


@dataclass(frozen=True, slots=True)
class _Early:
    """What the rules answer before the wait; `decision` None: it cannot be asked yet.

    `room` is what the prisoner may still get of what is brought. `package_today` answers
    whoever is refused a visit.
    """

    decision: Decision | None = None
    room: Room = _NOTHING_BROUGHT
    package_today: bool | None = None


def _early(desk: Desk, e: Entry, officer: Officer, request: TicketRequest) -> _Early:
    """What the rules answer now about the one who was scanned.

    Who has booked for today is asked about that visit, which holds its place already.
    """
    person_id, prisoner_id = request.person_id, request.prisoner_id
    if person_id is None or prisoner_id is None:
        return _Early()
    if request.service not in VISITS:
        sender = MemberRequest(person_id, None)
        told = may_bring.look(desk, officer, request.service, prisoner_id, sender)
        return _Early(told.decision, told.room)
    decision = _about_visit(desk, e, officer, request.service, person_id, prisoner_id)
    if decision.passes or request.service not in SOCIAL:
        return _Early(decision)
    package = may_bring.package_today(desk, officer, person_id, prisoner_id)
    return _Early(decision, package_today=package)


def _about_visit(
    desk: Desk,
    e: Entry,
    officer: Officer,
    service: Service,
    person_id: UUID,
    prisoner_id: UUID,
) -> Decision:
    asked = bookings.of_today(desk, person_id, prisoner_id)
    if asked is None:
        session = sessions.now_for(desk, officer, service)
        asked = VisitRequest(
            case_id=e.new_id(),
            service=service,
            prisoner_id=prisoner_id,
            members=(MemberRequest(person_id, None),),
            slot_id=session.slot_id if session else None,
        )
    return visits.propose(desk, officer, asked).decision


def _reasons(decision: Decision | None) -> dict[str, object] | None:
    """Codes and the next date only: a ticket names nobody."""
    if decision is None:
        return None
    return {
        "codes": sorted({reason.code for reason in decision.reasons}),
        "next": decision.next_allowed.isoformat() if decision.next_allowed else None,
    }


def _print(
    desk: Desk,
    e: Entry,
    line: TicketLine,
    early: _Early,
    before: list[TicketLine],
) -> None:
    decision, room = early.decision, early.room
    language = detail_of(line.person_id).language or "" if line.person_id else ""
    body = TicketBody(
        site_name=desk.site_name,
        number=line.shown,
        code=paper_code.encode_ticket(desk.gate, e.day, line.no),
        language=language,
        issued_at=printing.iso_local(e.now, desk.zone),
        ticket=line.shown,
        service=line.service,
        file_number=line.file_number,
        people=1 + line.others,
        answer=decision.outcome if decision is not None else None,
        reasons=tuple(map(paper_reason, decision.reasons)) if decision is not None else (),
        next_allowed=decision.next_allowed if decision is not None else None,
        used=_used(room, decision),
        limit=room.limit,
        grams_left=room.grams_left,
        package_today=early.package_today,
        ahead=sum(1 for one in before if one.state is TicketState.WAITING),
        minutes=_expected(e.day),
    )
    printing.order(desk, e, None, Template.TICKET, body)


def _used(room: Room, decision: Decision | None) -> int | None:
    """How many of the limit are used, this one counted where it may come."""
    if room.used is None or decision is None:
        return None
    return room.used + decision.passes


def _expected(day: date) -> int | None:
    """About how many minutes until the call, from what others waited today."""
    called = sorted(waiting_times.waits(day, day), key=lambda wait: wait.ended)
    if len(called) < _ENOUGH_CALLS:
        return None
    return round(median(wait.minutes for wait in called[-_LAST_CALLS:]))
