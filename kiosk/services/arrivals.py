"""What is known of an arrival before the rules are asked: its booking, its ticket, its session.

So a visitor who was booked, or drew a ticket for a lawyer's visit, is asked nothing twice.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from kiosk.codes import Service
from kiosk.errors import Invalid, NotFound, Refused
from kiosk.services import bookings, sessions, tickets
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register
from kiosk.services.facts import VISITS
from kiosk.services.ids import new_id
from kiosk.text import N_
from kiosk.values import Officer, Wanted


def begin(desk: Desk, officer: Officer, person_id: UUID, prisoner_id: UUID) -> Wanted:
    """What somebody who stands there came for: the visit booked for today, else what their
    ticket is for, else a short visit in the session that it would join now.

    An officer, inspector or supervisor asks. The case id is made here.
    """
    must_register(officer)
    ticket_id = tickets.held_by(desk, (person_id,))
    booked = bookings.of_today(desk, person_id, prisoner_id)
    if booked is not None:
        assert booked.slot_id is not None  # a booking holds a place in a session
        return Wanted(
            case_id=booked.case_id,
            service=booked.service,
            session=sessions.line_of(booked.slot_id),
            nights=booked.nights,
            swap_from=booked.swap_from,
            ticket_id=ticket_id,
            booked=True,
            expected=bookings.expected(booked),
        )
    asked = tickets.line_of(ticket_id).service if ticket_id is not None else None
    service = asked if asked in VISITS else Service.SHORT_VISIT
    return Wanted(
        case_id=new_id(desk.clock),
        service=service,
        session=sessions.now_for(desk, officer, service),
        nights=1 if service is Service.LONG_VISIT else 0,
        ticket_id=ticket_id,
    )


def go_on(
    desk: Desk, officer: Officer, person_id: UUID, wanted: Wanted, slot_id: UUID | None
) -> Wanted:
    """An arrival that was left half done: its session as it stands now, and its ticket.

    Where the session in `slot_id` was taken back meanwhile, the one that it would join now.
    """
    must_register(officer)
    try:
        session = sessions.line_of(slot_id) if slot_id is not None else None
    except NotFound:
        session = sessions.now_for(desk, officer, wanted.service)
    return replace(
        wanted,
        session=session,
        ticket_id=tickets.held_by(desk, (person_id,)),
        expected=bookings.expected(bookings.request_of(wanted.case_id))
        if wanted.booked
        else (),
    )


def another_kind(
    desk: Desk,
    officer: Officer,
    wanted: Wanted,
    service: Service,
    nights: int = 0,
    swap_from: Service | None = None,
    slot_id: UUID | None = None,
) -> Wanted:
    """The same arrival for another kind of visit, in `slot_id` or the session it would join
    now.

    `nights` are those of a long visit, `swap_from` the long visit that pays for a short one.
    Raises Refused for a booked visit, which would stand in the way of the new one; Invalid
    for nights of a visit that has none, or for a swap of another kind.
    """
    must_register(officer)
    if wanted.booked:
        raise Refused(
            N_("This visit is booked: Registers, Booked visits. Call it off there first.")
        )
    if (service is Service.LONG_VISIT) != (0 < nights <= sessions.LONGEST_NIGHTS):
        raise Invalid("nights", N_("A long visit lasts 1 to 10 nights, any other none."))
    if swap_from not in (None, Service.LONG_VISIT) or (
        swap_from is not None and service is not Service.SHORT_VISIT
    ):
        raise Invalid("kind", N_("Only a long visit is given up, and for a short one."))
    session = (
        sessions.line_of(slot_id)
        if slot_id is not None
        else sessions.now_for(desk, officer, service)
    )
    return replace(
        wanted,
        service=service,
        session=session,
        nights=nights,
        swap_from=swap_from,
    )
