"""What happens to a prisoner, with its day and hour: recorded, listed, undone."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from kiosk.clock import local, local_day
from kiosk.codes import (
    Action,
    Category,
    Condition,
    PrisonerEventKind,
    Regime,
    ReviewKind,
    Service,
    Status,
)
from kiosk.errors import Invalid, NotFound
from kiosk.models import PrisonerEvent
from kiosk.rules.days import start_of
from kiosk.rules.kinds import PRIVILEGED
from kiosk.rules.terms import Medical
from kiosk.services import reviews, same
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up, must_supervise
from kiosk.services.endings import end
from kiosk.services.entry import Entry, entry, moment
from kiosk.services.prisoners import UNIT_LENGTH, card_at
from kiosk.services.standing import GONE, PASSING, Event, events
from kiosk.text import N_, clean
from kiosk.values import Officer, PrisonerCard
from kiosk.values.standing import EventLine, NewEvent

# Which codes an event of a kind may have; a unit has a name of its own.
CODES: dict[PrisonerEventKind, type[StrEnum] | None] = {
    PrisonerEventKind.STATUS: Status,
    PrisonerEventKind.UNIT: None,
    PrisonerEventKind.CONDITION: Condition,
    PrisonerEventKind.REGIME: Regime,
    PrisonerEventKind.CATEGORY: Category,
    PrisonerEventKind.MEDICAL: Medical,
}
# What is planned for later than in a year, or was sixty years ago, is a slip of the finger.
_FORESEEN = timedelta(days=366)
_LONG_AGO = timedelta(days=366 * 60)
_DAY = 86_400_000  # ms
_KEPT_IN = frozenset({Status.ISOLATOR, Status.QUARANTINE})


def record(desk: Desk, officer: Officer, prisoner_id: UUID, new: NewEvent) -> PrisonerCard:
    """Record what happened, or will happen. A supervisor or an administrator does this.

    A new status undoes what was planned after it. Planned visits and open cases that it
    concerns come up for review. Raises NotFound for an unknown prisoner, Invalid for a
    value, a moment or an end that cannot be.
    """
    must_supervise(officer)
    with entry(desk, Action.RECORD_PRISONER, officer=officer, object_id=prisoner_id) as e:
        card_at(desk, prisoner_id, e.now)
        _check(desk, new, e.now)
        add(desk, e, officer, prisoner_id, new)
        return card_at(desk, prisoner_id, e.now)


def set_status(
    desk: Desk,
    officer: Officer,
    prisoner_id: UUID,
    status: Status,
    until: date | None = None,
) -> PrisonerCard:
    """Say where the prisoner is from now on; `until` is the last local day. As `record`."""
    until_at = None if until is None else start_of(until + timedelta(days=1), desk.zone)
    new = NewEvent(PrisonerEventKind.STATUS, status, moment(desk), until_at)
    return record(desk, officer, prisoner_id, new)


def add(desk: Desk, e: Entry, officer: Officer, prisoner_id: UUID, new: NewEvent) -> UUID:
    """Write a checked event inside the transaction `e`, with all that follows from it."""
    before = () if new.kind is not PrisonerEventKind.STATUS else _of(desk, prisoner_id)
    event_id = write(e, officer, prisoner_id, new)
    for event in before:
        if event.kind is PrisonerEventKind.STATUS and not event.undone:
            _give_way(desk, e, officer, event, new)
    if new.kind is PrisonerEventKind.STATUS and new.value != Status.PRESENT:
        _put_up_for_review(desk, e, prisoner_id, event_id, new)
    return event_id


def write(e: Entry, officer: Officer, prisoner_id: UUID, new: NewEvent) -> UUID:
    """Only the fact itself, for a prisoner of whom nothing is planned yet."""
    return e.add(
        PrisonerEvent,
        prisoner_id=prisoner_id,
        kind=new.kind,
        value=new.value,
        from_at=new.from_at,
        until_at=new.until_at,
        paper=new.paper or None,
        staff_id=officer.staff_id,
    )


def undo(desk: Desk, officer: Officer, prisoner_id: UUID, event_id: UUID) -> PrisonerCard:
    """Say that an event was recorded by mistake and never held.

    A supervisor or an administrator does this. A status that holds again by that puts its
    visits up for review again. Raises NotFound when the prisoner has no such event, or it
    was undone before; Invalid for the status with which they came here.
    """
    must_supervise(officer)
    with entry(desk, Action.RECORD_PRISONER, officer=officer, object_id=prisoner_id) as e:
        recorded = [event for event in _of(desk, prisoner_id) if not event.undone]
        event = next((one for one in recorded if one.event_id == event_id), None)
        if event is None:
            raise NotFound(N_("There is no such event, or it was undone. Nothing was changed."))
        alike = [one for one in recorded if one.kind is event.kind]
        if event.kind is PrisonerEventKind.STATUS and len(alike) == 1:
            raise Invalid(
                "event", N_("This is the only word on where they are. Record another first.")
            )
        _undo(desk, e, officer, event, "undone")
        if event.kind is PrisonerEventKind.STATUS and event.from_at <= e.now:
            holding = [one for one in alike if one is not event and one.holds(e.now)]
            if holding and holding[-1].value != Status.PRESENT:
                last = holding[-1]
                again = NewEvent(last.kind, last.value, last.from_at, last.until_at)
                _put_up_for_review(desk, e, prisoner_id, last.event_id, again)
        return card_at(desk, prisoner_id, e.now)


def lines(desk: Desk, officer: Officer, prisoner_id: UUID) -> tuple[EventLine, ...]:
    """Every event of the prisoner, the latest first. Whoever may look people up may ask."""
    must_look_up(officer)
    at = moment(desk)
    recorded = events(desk, same.group(prisoner_id))
    standing = {
        kind: next(
            (one.event_id for one in reversed(recorded) if one.kind is kind and one.holds(at)),
            None,
        )
        for kind in CODES
    }
    return tuple(
        EventLine(
            event_id=event.event_id,
            kind=event.kind,
            value=event.value,
            from_at=event.from_at,
            until_at=event.until_at,
            paper=event.paper,
            undone=event.undone,
            holds=event.holds(at)
            if event.kind is PrisonerEventKind.MEDICAL
            else standing.get(event.kind) == event.event_id,
        )
        for event in reversed(recorded)
    )


def _of(desk: Desk, prisoner_id: UUID) -> tuple[Event, ...]:
    return events(desk, same.group(prisoner_id))


def _give_way(desk: Desk, e: Entry, officer: Officer, event: Event, new: NewEvent) -> None:
    """An earlier status against a new one: the planned is undone, the past raises no more."""
    if event.from_at > max(e.now, new.from_at):
        _undo(desk, e, officer, event, "replaced")
    elif new.from_at <= e.now:
        reviews.cause_gone(e, event.event_id)


def _undo(desk: Desk, e: Entry, officer: Officer, event: Event, reason: str) -> None:
    # Ended on the day on which it began: it never held.
    on_day = local_day(event.from_at, desk.zone)
    end(e, officer, PrisonerEvent, event.event_id, reason, on_day)
    reviews.cause_gone(e, event.event_id)


def put_up_parcels(desk: Desk, e: Entry, prisoner_id: UUID) -> None:
    """Inside the transaction that stores one: what waits for a prisoner of whom it is known
    already that they will leave, while it may still stand there, comes up for review."""
    last = e.now + desk.keep_days * _DAY
    for event in _of(desk, prisoner_id):
        leaves = event.kind is PrisonerEventKind.STATUS and Status(event.value) in GONE
        if leaves and not event.undone and e.now < event.from_at <= last:
            records = same.group(prisoner_id)
            reviews.raise_for_parcels(e, ReviewKind.PRISONER_MOVED, event.event_id, records)


def _put_up_for_review(
    desk: Desk, e: Entry, prisoner_id: UUID, event_id: UUID, new: NewEvent
) -> None:
    """Planned visits and open cases of the days on which the prisoner will not be there; of
    one who does not come back, whatever waits in the storage."""
    kept_in = Status(new.value) in _KEPT_IN
    if Status(new.value) in GONE:
        records = same.group(prisoner_id)
        reviews.raise_for_parcels(e, ReviewKind.PRISONER_MOVED, event_id, records)
    last = None if new.until_at is None else local_day(new.until_at - 1, desk.zone)
    reviews.raise_for(
        e,
        ReviewKind.PRISONER_ISOLATED if kept_in else ReviewKind.PRISONER_MOVED,
        event_id,
        prisoner_ids=same.group(prisoner_id),
        days=reviews.Days(local_day(new.from_at, desk.zone), last),
        # A lawyer, a consul, a monitor comes to the isolator as well.
        services=frozenset(Service) - PRIVILEGED if kept_in else None,
    )


def _check(desk: Desk, new: NewEvent, now: int) -> None:
    if new.kind not in CODES:
        raise Invalid("kind", N_("Such an event is not entered here."))
    codes = CODES[new.kind]
    if codes is None:
        if not clean(new.value) or len(clean(new.value)) > UNIT_LENGTH:
            raise Invalid(
                "value", N_("A unit has a name of at most {count} letters."), count=UNIT_LENGTH
            )
    elif new.value not in set(codes):
        raise Invalid("value", N_("There is no such state. Choose one of the list."))
    today = local_day(now, desk.zone)
    from_day = local_day(new.from_at, desk.zone)
    if not today - _LONG_AGO <= from_day <= today + _FORESEEN:
        raise Invalid("from_day", N_("This day cannot be right. Correct the day."))
    if new.until_at is None:
        return
    temporary = new.kind is PrisonerEventKind.MEDICAL or (
        new.kind is PrisonerEventKind.STATUS and Status(new.value) in PASSING
    )
    until = local(new.until_at, desk.zone)
    if not temporary:
        raise Invalid("until", N_("This state cannot end on {day}."), day=f"{until:%d.%m.%Y}")
    if new.until_at <= max(now, new.from_at):
        raise Invalid(
            "until", N_("It would have ended on {day} already."), day=f"{until:%d.%m.%Y}"
        )


__all__ = ["CODES", "add", "lines", "record", "set_status", "undo", "write"]
