"""What an officer has typed and not recorded: kept as it is typed, taken up after a crash.

    await kiosk.write(drafts.keep, officer, DraftKind.PERSON, body, "Беков Н.", 7, 11)
    body = await kiosk.read(drafts.take, officer, DraftKind.PERSON, PersonDraft)

An officer has at most one draft of a kind. It is no fact: no audit entry tells of it, and the
transaction that makes facts of it calls `done`. A sign-out wipes it with everything else the
officer typed; a crash, a power cut or the lock does not, but a day does. It belongs to its
officer: nobody else is shown it.
"""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

import msgspec

from kiosk.codes import DraftKind
from kiosk.models import Draft
from kiosk.services.desk import Desk
from kiosk.services.ids import new_id
from kiosk.values import DraftLine, Officer

KEPT = 24 * 3_600_000  # ms; what nobody took up in a day is wiped

T = TypeVar("T")


class _Kept(msgspec.Struct):
    """The body of the row: what the menu shows of a draft, and the form itself."""

    name: str
    done: int
    of: int
    form: Any


def keep(
    desk: Desk,
    officer: Officer,
    kind: DraftKind,
    form: object,
    name: str = "",
    done: int = 0,
    of: int = 0,
) -> None:
    """Keep `form` (a frozen dataclass of plain values) in place of what was kept before.

    `name` is whom it is about, `done` of `of` fields are filled; the menu shows them.
    """
    body = msgspec.json.encode(_Kept(name, done, of, form))
    # At once: a power cut leaves what was kept before, or this.
    with Draft._meta.database.atomic():
        _wipe((Draft.staff_id == officer.staff_id) & (Draft.kind == kind))
        Draft.create(
            id=new_id(desk.clock),
            staff_id=officer.staff_id,
            window=desk.window,
            kind=kind,
            body=body,
            at=desk.clock.now(),
        )


def take(desk: Desk, officer: Officer, kind: DraftKind, shape: type[T]) -> T | None:
    """What the officer left half done, as a value of `shape`; None when there is nothing.

    It stays kept until `done` or `drop`. One of an older program that no longer fits is as
    good as none.
    """
    for row in _of(desk, officer):
        if row.kind == kind:
            try:
                kept = msgspec.json.encode(_kept(row).form)
                return msgspec.json.decode(kept, type=shape)
            except msgspec.ValidationError:
                return None
    return None


def kept(desk: Desk, officer: Officer) -> tuple[DraftLine, ...]:
    """The officer's drafts at this window, the newest first."""
    return tuple(
        DraftLine(DraftKind(row.kind), one.name, row.at, one.done, one.of)
        for row in _of(desk, officer)
        for one in (_kept(row),)
    )


def drop(desk: Desk, officer: Officer, kind: DraftKind) -> None:
    """The officer wants it no more (F8)."""
    done(officer.staff_id, kind)


def done(staff_id: UUID, kind: DraftKind | None = None) -> None:
    """Inside the transaction that makes facts of a draft; without a kind all are wiped."""
    mine = Draft.staff_id == staff_id
    _wipe(mine if kind is None else mine & (Draft.kind == kind))


def wipe_old(desk: Desk) -> None:
    """At the start: what was left more than a day ago is nobody's work any more."""
    _wipe(Draft.at < desk.clock.now() - KEPT)


def _of(desk: Desk, officer: Officer) -> list[Draft]:
    query = Draft.select().where(
        Draft.staff_id == officer.staff_id,
        Draft.window == desk.window,
        Draft.at >= desk.clock.now() - KEPT,
    )
    return list(query.order_by(Draft.at.desc(), Draft.id.desc()))


def _wipe(which: Any) -> None:
    Draft.delete().where(which).execute()


def _kept(row: Draft) -> _Kept:
    return msgspec.convert(row.body, _Kept)
