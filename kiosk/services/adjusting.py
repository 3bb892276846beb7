"""Balances changed by hand: adjusted, carried into the next period, brought from the journal.

A change needs a reason from the list and a supervisor, who enters it, or signs beside the
officer who does. It never takes a balance below zero; what the paper journal counted may,
and the visits that are planned are then put up for review.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from kiosk.codes import Action, AdjustReason, LedgerKind, ReviewKind, Role, Service
from kiosk.errors import Invalid, NotAllowed
from kiosk.models import Ledger, Note
from kiosk.rules.kinds import PRIVILEGED
from kiosk.rules.terms import Limit
from kiosk.services import balances, ledger, prisoners, reviews, same
from kiosk.services.desk import Desk
from kiosk.services.duty import must_register, must_supervise, must_vouch
from kiosk.services.entry import Entry, entry
from kiosk.text import N_, clean
from kiosk.values import Officer
from kiosk.values.balances import Adjustment

LONGEST = 500
# More than any rule gives: a slip of the finger.
MOST_PIECES, MOST_GRAMS = 100, 500_000


def adjust(
    desk: Desk, officer: Officer, change: Adjustment, second: Officer | None = None
) -> UUID:
    """Give a prisoner more of an entitlement, or less; the id of the line.

    A supervisor does this, or an officer with a `second` who is one. Raises NotAllowed,
    Invalid for a change that is none or takes more than there is, NotFound.
    """
    _must_be_signed(officer, second)
    words = _words(change.reason, change.words)
    most = MOST_GRAMS if change.unit is Limit.GRAMS else MOST_PIECES
    if not 0 < abs(change.amount) <= most:
        raise Invalid("amount", N_("By how much? The number cannot be right."))
    with entry(desk, Action.ADJUST, officer=officer, object_id=change.prisoner_id) as e:
        row = balances.paying(desk, change.prisoner_id, change.service, e.now, change.unit)
        if row is None or row.left is None:
            raise Invalid("service", N_("This is not counted for this prisoner now."))
        if row.left + change.amount < 0:
            raise Invalid(
                "amount", N_("Only {count} are left; none can be taken below."), count=row.left
            )
        _note(e, officer, change.prisoner_id, words)
        return _line(
            e,
            officer,
            second,
            LedgerKind.ADJUST,
            change.prisoner_id,
            change.service,
            # What is given stands against what is used.
            pieces=-change.amount if change.unit is Limit.COUNT else 0,
            grams=-change.amount if change.unit is Limit.GRAMS else 0,
            counts_on=e.day,
            rule=row.rule,
            reason=change.reason,
        )


def carry(
    desk: Desk,
    officer: Officer,
    prisoner_id: UUID,
    service: Service,
    pieces: int,
    reason: AdjustReason,
    second: Officer | None = None,
    words: str = "",
) -> None:
    """Let a prisoner use in this period what was left of the one before.

    Signed and told in `words` as `adjust`. What comes here is gone there. Raises as it does.
    """
    _must_be_signed(officer, second)
    words = _words(reason, words)
    with entry(desk, Action.ADJUST, officer=officer, object_id=prisoner_id) as e:
        row = balances.paying(desk, prisoner_id, service, e.now, Limit.COUNT)
        if row is None or row.limit is None:
            raise Invalid("service", N_("This is not counted for this prisoner now."))
        last = row.first - timedelta(days=1)
        left = balances.left_on(desk, prisoner_id, service, e.now, last)
        if pieces <= 0 or left is None or left < pieces:
            raise Invalid(
                "amount",
                N_("Of the time before, {count} are left to carry."),
                count=max(0, left or 0),
            )
        _note(e, officer, prisoner_id, words)
        for counts_on, moved in ((last, pieces), (row.first, -pieces)):
            _line(
                e,
                officer,
                second,
                LedgerKind.CARRY,
                prisoner_id,
                service,
                pieces=moved,
                grams=0,
                counts_on=counts_on,
                rule=row.rule,
                reason=reason,
            )


def open_balance(
    desk: Desk, officer: Officer, prisoner_id: UUID, service: Service, pieces: int
) -> bool:
    """Bring what the paper journal counted of the running period; whether it is new.

    A supervisor or an administrator does this, prisoner by prisoner; an import does it for
    all (`ledger.open_balance`). Raises Invalid for a count that cannot be, NotFound.
    """
    must_supervise(officer)
    if service in PRIVILEGED:
        raise Invalid("service", N_("This is not counted for this prisoner now."))
    if not 0 <= pieces <= MOST_PIECES:
        raise Invalid("amount", N_("How many were used? The number cannot be right."))
    with entry(desk, Action.OPEN_BALANCE, officer=officer, object_id=prisoner_id) as e:
        prisoners.detail_of(prisoner_id)
        first = balances.period_start(desk, prisoner_id, service, e.now)
        line_id = ledger.open_balance(e, officer, prisoner_id, service, first, pieces)
        if line_id is not None:
            review_if_below(desk, e, prisoner_id, service, line_id)
        return line_id is not None


def review_if_below(
    desk: Desk, e: Entry, prisoner_id: UUID, service: Service, line_id: UUID
) -> None:
    """Inside a transaction: when the line took a balance below zero, the planned visits that
    it pays for have to be looked at again."""
    group = same.group(prisoner_id)
    if not reviews.concerns(group):
        return  # as nearly always in a list of all: no balance has to be reckoned
    row = balances.paying(desk, prisoner_id, service, e.now)
    if row is not None and row.left is not None and row.left < 0:
        reviews.raise_for(
            e, ReviewKind.BALANCE, line_id, prisoner_ids=group, services=row.services
        )


def _must_be_signed(officer: Officer, second: Officer | None) -> None:
    """Raises NotAllowed unless a supervisor stands behind the change."""
    must_register(officer)
    if second is None:
        if not officer.may(Role.SUPERVISOR):
            raise NotAllowed(N_("A supervisor must sign this. Nothing was recorded."))
        return
    must_vouch(second)
    if second.staff_id == officer.staff_id:
        raise NotAllowed(N_("Another person must sign this. Nothing was recorded."))


def _words(reason: AdjustReason, words: str) -> str:
    """What was said beside the reason. Raises Invalid where another reason is not told."""
    words = clean(words, LONGEST)
    if reason is AdjustReason.OTHER and not words:
        raise Invalid("words", N_("Another reason: say which."))
    return words


def _note(e: Entry, officer: Officer, prisoner_id: UUID, words: str) -> None:
    """Free words can be erased, so they stand in a note and not in the ledger."""
    if words:
        e.add(Note, subject_id=prisoner_id, text=words, staff_id=officer.staff_id)


def _line(
    e: Entry,
    officer: Officer,
    second: Officer | None,
    kind: LedgerKind,
    prisoner_id: UUID,
    service: Service,
    **columns: object,
) -> UUID:
    return e.add(
        Ledger,
        prisoner_id=prisoner_id,
        service=service,
        kind=kind,
        staff_id=officer.staff_id,
        second_id=second.staff_id if second is not None else None,
        **columns,
    )
