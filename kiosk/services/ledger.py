"""The ledger of what prisoners used: lines are added, never changed; a balance is their sum.

Consumption is positive. What was taken for a case is given back whole, line by line, on the
day it counted on, and once only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from peewee import Value, fn

from kiosk.codes import LedgerKind, Service
from kiosk.models import Case, Ledger
from kiosk.rules.facts import Use
from kiosk.rules.kinds import PRIVILEGED
from kiosk.services import known, reviews
from kiosk.services.entry import Entry
from kiosk.services.prepared import Prepared
from kiosk.values import Officer

COUNTED = tuple(sorted(frozenset(Service) - PRIVILEGED))
# No visit took place by these.
BY_HAND = frozenset({LedgerKind.ADJUST, LedgerKind.CARRY, LedgerKind.OPENING})
# Longer than any period of a rule: a year, and the week that began in the year before.
REMEMBERED = timedelta(days=372)


def uses(
    prisoner_ids: Collection[UUID], day: date, besides_case: UUID | None = None
) -> tuple[Use, ...]:
    """What counts for the periods around `day` and later, of one prisoner's records.

    Lines that were given back are left out with what gave them back; so is one case, whose
    own reserve does not stand in its way.
    """
    rows = lines_of(prisoner_ids, since=day - REMEMBERED)
    given_back = {row.reverses for row in rows if row.reverses is not None}
    return tuple(
        Use(row.service, row.counts_on, row.pieces, row.grams, by_hand=row.kind in BY_HAND)
        for row in rows
        if row.reverses is None
        and row.id not in given_back
        and (besides_case is None or row.case_id != besides_case)
    )


def lines_of(prisoner_ids: Collection[UUID], since: date = date.min) -> list[Ledger]:
    """Lines that count on `since` or later, in the order in which they were written."""
    # Sorted here: asked for in the order of ids, SQLite would walk the whole table.
    return sorted(_LINES(list(prisoner_ids), since), key=lambda row: row.id)


_LINES = Prepared(
    lambda prisoner_ids, since: Ledger.select().where(
        Ledger.prisoner_id.in_(prisoner_ids),
        # Named one by one, so that the index leads to the days of each.
        Ledger.service.in_(COUNTED),
        Ledger.counts_on >= since,
        known.so_far(Ledger),
    )
)


def take(
    e: Entry,
    officer: Officer,
    prisoner_id: UUID,
    service: Service,
    counts_on: date,
    case_id: UUID,
    rule: str | None,
    pieces: int = 1,
    grams: int = 0,
    kind: LedgerKind = LedgerKind.USE,
) -> UUID:
    """Use up (or, as RESERVE, hold) something of the entitlement for a case; the line's id.

    `service` is what pays: of a long visit swapped for a short one, the long visit.
    """
    return e.add(
        Ledger,
        prisoner_id=prisoner_id,
        service=service,
        counts_on=counts_on,
        kind=kind,
        pieces=pieces,
        grams=grams,
        case_id=case_id,
        rule=rule,
        staff_id=officer.staff_id,
    )


def give_back(e: Entry, officer: Officer, case_id: UUID) -> int:
    """Undo every line of the case that was not undone yet; how many there were."""
    return len([undo(e, officer, line) for line in _not_undone(Ledger.case_id == case_id)])


def weigh_anew(
    e: Entry, officer: Officer, case_id: UUID, service: Service, counts_on: date, grams: int
) -> None:
    """A parcel weighs something else than was counted: what it took is undone and taken again
    with these grams, on the same day and of the same rule.

    Of one that weighs nothing for its prisoner nothing is taken; of one that weighed nothing
    before, `service` and `counts_on` say what pays and when.
    """
    before = list(_not_undone(Ledger.case_id == case_id))
    for line in before:
        undo(e, officer, line)
    if grams:
        last = before[-1] if before else None
        take(
            e,
            officer,
            last.prisoner_id if last is not None else Case.get_by_id(case_id).prisoner_id,
            last.service if last is not None else service,
            last.counts_on if last is not None else counts_on,
            case_id,
            last.rule if last is not None else None,
            grams=grams,
        )


def held_from(case_id: UUID) -> Service | None:
    """What pays for a booked case: which entitlement it held something of last."""
    held = Ledger.select().where(Ledger.case_id == case_id, Ledger.kind == LedgerKind.RESERVE)
    line = held.order_by(Ledger.id.desc()).first()
    return None if line is None else Service(line.service)


def open_balance(
    e: Entry,
    officer: Officer,
    prisoner_id: UUID,
    service: Service,
    counts_on: date,
    pieces: int,
    grams: int = 0,
) -> UUID | None:
    """Bring what the paper journal counted; the last line written, None where it is known.

    `counts_on` is the first day of the running period (`balances.period_start`). A count
    brought before for that day is replaced, so the same list may be brought twice.
    """
    before = list(
        _not_undone(
            (Ledger.prisoner_id == prisoner_id)
            & (Ledger.service == service)
            & (Ledger.counts_on == counts_on)
            & (Ledger.kind == LedgerKind.OPENING)
        )
    )
    if (sum(row.pieces for row in before), sum(row.grams for row in before)) == (pieces, grams):
        return None
    last: UUID | None = None
    for row in before:
        last = undo(e, officer, row)
        # What that count had put up for review hangs on the new one now.
        reviews.cause_gone(e, row.id)
    if pieces or grams:
        last = e.add(
            Ledger,
            prisoner_id=prisoner_id,
            service=service,
            counts_on=counts_on,
            kind=LedgerKind.OPENING,
            pieces=pieces,
            grams=grams,
            staff_id=officer.staff_id,
        )
    return last


def undo(e: Entry, officer: Officer, line: Ledger) -> UUID:
    """The line that takes `line` back whole, on the same day."""
    return e.add(
        Ledger,
        prisoner_id=line.prisoner_id,
        service=line.service,
        counts_on=line.counts_on,
        kind=LedgerKind.REFUND,
        pieces=-line.pieces,
        grams=-line.grams,
        case_id=line.case_id,
        reverses=line.id,
        rule=line.rule,
        staff_id=officer.staff_id,
    )


def _not_undone(which: object) -> Iterable[Ledger]:
    """Lines that neither give back nor were given back, oldest first."""
    undoing = Ledger.alias()
    undone = undoing.select(Value(1)).where(
        # The unique index on what is reversed begins with the gate.
        undoing.gate_id == Ledger.gate_id,
        undoing.reverses == Ledger.id,
    )
    query = Ledger.select().where(which, Ledger.reverses.is_null(), ~fn.EXISTS(undone))
    return list(query.order_by(Ledger.id))
