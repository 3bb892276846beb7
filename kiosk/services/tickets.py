"""The queue: a ticket is called in its turn, then served, or gone.

Whoever waits is called by the number of the ticket, never by favour: to call one before those
who wait longer asks a reason. Each step keeps its moment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID

from peewee import fn

from kiosk import paper_code
from kiosk.codes import Action, CallReason, EarlyAnswer, Series, Service, TicketState
from kiosk.errors import Invalid, NotFound, Refused
from kiosk.models import PrisonerDetail, RegisterNumber, Ticket, TicketStep
from kiosk.services import same
from kiosk.services.called import of_people
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up, must_register
from kiosk.services.entry import Entry, day_now, entry, moment
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values.waiting import Board, Called, TicketLine

MINUTE = 60_000  # ms

OPEN = frozenset({TicketState.WAITING, TicketState.CALLED, TicketState.SERVING})


# ---- calling


def call(
    desk: Desk, officer: Officer, ticket_id: UUID, reason: CallReason | None = None
) -> TicketLine:
    """Call a ticket to this window, or call it once more.

    Whoever registers visits does this. Raises Invalid (field "reason") when somebody waits
    longer and no reason is given, Refused when it waits no more.
    """
    with _open(desk, officer, ticket_id, TicketState.WAITING, TicketState.CALLED) as (e, line):
        if line.state is TicketState.WAITING and waits_longer(of_day(e.day), line):
            if reason is None:
                raise Invalid("reason", N_("Somebody waits longer. Say why this one first."))
        else:
            reason = None
        step(desk, e, officer, ticket_id, TicketState.CALLED, reason)
        return line_of(ticket_id)


def waits_longer(lines: Iterable[TicketLine], line: TicketLine) -> bool:
    """Whether one of `lines` waits since before this ticket was given out."""
    return any(one.state is TicketState.WAITING and one.no < line.no for one in lines)


def recall(desk: Desk, officer: Officer, ticket_id: UUID) -> TicketLine:
    """Nobody came to the call: the ticket waits again, at its old place."""
    with _open(desk, officer, ticket_id, TicketState.CALLED) as (e, _line):
        step(desk, e, officer, ticket_id, TicketState.WAITING)
        return line_of(ticket_id)


def serve(desk: Desk, officer: Officer, ticket_id: UUID) -> TicketLine:
    """Whoever was called stands at the window."""
    with _open(desk, officer, ticket_id, TicketState.CALLED, TicketState.SERVING) as (e, line):
        if line.state is TicketState.CALLED:
            step(desk, e, officer, ticket_id, TicketState.SERVING)
        return line_of(ticket_id)


def done(desk: Desk, officer: Officer, ticket_id: UUID) -> TicketLine:
    """What they came for is done, with a case or without one."""
    with _open(desk, officer, ticket_id, TicketState.CALLED, TicketState.SERVING) as (e, _line):
        step(desk, e, officer, ticket_id, TicketState.DONE)
        return line_of(ticket_id)


def gone(desk: Desk, officer: Officer, ticket_id: UUID) -> TicketLine:
    """They left without waiting."""
    with _open(desk, officer, ticket_id, TicketState.WAITING, TicketState.CALLED) as (e, _line):
        step(desk, e, officer, ticket_id, TicketState.GONE)
        return line_of(ticket_id)


def served(desk: Desk, e: Entry, officer: Officer, ticket_id: UUID) -> None:
    """Inside the transaction that records a case: its ticket is done, unless it was before.

    Who was not called first was scanned at a window, so the wait ended at this moment.
    """
    states = [row.state for row in _steps((ticket_id,))]
    if states and TicketState(states[-1]) in OPEN:
        step(desk, e, officer, ticket_id, TicketState.DONE)


def held_by(desk: Desk, person_ids: Collection[UUID]) -> UUID | None:
    """The open ticket of today that one of these persons holds, under any of their records;
    else the one without a name that stands at this window."""
    everybody = {one for person_id in person_ids for one in same.group(person_id)}
    # Asked at every arrival: of the whole day only their own tickets and those served here.
    of_today = Ticket.select(Ticket.id).where(Ticket.day == day_now(desk))
    own = of_today.where(Ticket.person_id.in_(list(everybody))).order_by(Ticket.id)
    for row in list(own):
        if _state_of(row.id) in OPEN:
            return UUID(bytes=row.id.bytes)
    served_here = (
        of_today.join(TicketStep, on=(TicketStep.ticket_id == Ticket.id))
        .where(
            Ticket.person_id.is_null(),
            TicketStep.state == TicketState.SERVING,
            TicketStep.window == desk.window,
        )
        .order_by(Ticket.id.desc())
    )
    for row in list(served_here):
        if _state_of(row.id) is TicketState.SERVING:
            return UUID(bytes=row.id.bytes)
    return None


# ---- looking


def board(desk: Desk, officer: Officer) -> Board:
    """Who waits, was called or stands at a window now, by ticket.

    Everybody who registers, and an administrator, may look.
    """
    must_look_up(officer)
    lines = of_day(day_now(desk))
    now = moment(desk)
    waits = [(now - one.at) // MINUTE for one in lines if one.state is TicketState.WAITING]
    return Board(
        lines=tuple(one for one in lines if one.state in OPEN),
        waiting=len(waits),
        longest=max(waits, default=0),
        half_within=int(median(waits)) if waits else 0,
        called=len(_called_ever(day_now(desk))),
    )


def count(desk: Desk) -> tuple[int, int]:
    """How many wait now, and for how many minutes the one who waits longest."""
    now = moment(desk)
    waits = [
        (now - one.at) // MINUTE
        for one in of_day(day_now(desk))
        if one.state is TicketState.WAITING
    ]
    return len(waits), max(waits, default=0)


def called_now(desk: Desk) -> tuple[Called, ...]:
    """The tickets that are called and did not come yet, the latest first; for anybody."""
    called = [one for one in of_day(day_now(desk)) if one.state is TicketState.CALLED]
    called.sort(key=lambda one: one.since, reverse=True)
    return tuple(Called(one.shown, one.window) for one in called)


def by_code(desk: Desk, officer: Officer, code: str) -> TicketLine:
    """The ticket of a scanned barcode. Raises NotFound for one of another day or gate."""
    must_register(officer)
    found = paper_code.decode(code)
    if found is not None and found.series is Series.TICKET:
        day = day_now(desk)
        for line in of_day(day):
            if paper_code.encode_ticket(desk.gate, day, line.no) == code.strip().upper():
                return line
    raise NotFound(N_("This ticket is not of today, or not of this gate. Give out another."))


# ---- rows


@contextmanager
def _open(
    desk: Desk, officer: Officer, ticket_id: UUID, *states: TicketState
) -> Iterator[tuple[Entry, TicketLine]]:
    """The transaction of a ticket that stands in one of `states`. Raises Refused, NotFound."""
    must_register(officer)
    with entry(desk, Action.CALL_TICKET, officer=officer, object_id=ticket_id) as e:
        line = line_of(ticket_id)
        if line.state not in states:
            raise Refused(
                N_("Ticket {number} was settled meanwhile. Look at the board once more."),
                number=line.shown,
            )
        yield e, line


def step(
    desk: Desk,
    e: Entry,
    officer: Officer,
    ticket_id: UUID,
    state: TicketState,
    reason: CallReason | None = None,
) -> None:
    """What happened to a ticket, inside the transaction `e`, at this window."""
    last = TicketStep.select(fn.MAX(TicketStep.no)).where(TicketStep.ticket_id == ticket_id)
    e.add(
        TicketStep,
        ticket_id=ticket_id,
        no=(last.scalar() or 0) + 1,
        state=state,
        at=e.now,
        window=desk.window,
        reason=reason,
        staff_id=officer.staff_id,
    )


def line_of(ticket_id: UUID) -> TicketLine:
    """One ticket as it stands now. Raises NotFound."""
    for line in _lines(Ticket.id == ticket_id):
        return line
    raise NotFound(N_("There is no such ticket. Look at the board once more."))


def of_day(day: date) -> list[TicketLine]:
    """The tickets of a day, by their numbers."""
    return _lines(Ticket.day == day)


def _lines(condition: Any) -> list[TicketLine]:
    tickets = list(Ticket.select().where(condition).order_by(Ticket.id))
    ids = [row.id for row in tickets]
    numbers = {
        row.object_id: row.no
        for row in RegisterNumber.select().where(RegisterNumber.object_id.in_(ids))
    }
    steps = {row.ticket_id: row for row in _steps(ids)}  # the last step of each stays
    names = of_people([row.person_id for row in tickets if row.person_id])
    files = _file_numbers([row.prisoner_id for row in tickets if row.prisoner_id])
    return [
        TicketLine(
            ticket_id=row.id,
            no=numbers.get(row.id, 0),
            at=row.at,
            service=Service(row.service),
            person_id=row.person_id,
            name=names.get(row.person_id),
            prisoner_id=row.prisoner_id,
            file_number=files.get(row.prisoner_id, ""),
            others=row.others,
            answer=EarlyAnswer(row.answer),
            reasons=len((row.reasons or {}).get("codes", ())),
            next_day=_day((row.reasons or {}).get("next")),
            state=TicketState(steps[row.id].state),
            since=steps[row.id].at,
            window=steps[row.id].window,
        )
        for row in tickets
        if row.id in steps
    ]


def _steps(ticket_ids: Collection[UUID]) -> list[TicketStep]:
    query = TicketStep.select().where(TicketStep.ticket_id.in_(list(ticket_ids)))
    return list(query.order_by(TicketStep.ticket_id, TicketStep.no))


def _state_of(ticket_id: UUID) -> TicketState:
    return TicketState(_steps((ticket_id,))[-1].state)


def _called_ever(day: date) -> frozenset[UUID]:
    query = (
        TicketStep.select(TicketStep.ticket_id)
        .join(Ticket, on=(Ticket.id == TicketStep.ticket_id))
        .where(Ticket.day == day, TicketStep.state == TicketState.CALLED)
    )
    return frozenset(row.ticket_id for row in query)


def _file_numbers(prisoner_ids: Collection[UUID]) -> dict[UUID | None, str]:
    details = PrisonerDetail.select().where(PrisonerDetail.prisoner_id.in_(list(prisoner_ids)))
    return {row.prisoner_id: row.file_number for row in details.order_by(PrisonerDetail.id)}


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
