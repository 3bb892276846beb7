"""Which restrictions hold: on a visitor, for a prisoner, on a pair, on the whole facility.

A ban, no contact, a closed visit, the protection of a child, information in advance; a stop
of the facility; prisoners who are kept apart. Whoever is kept out is recognised under every
record of theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from peewee import JOIN, ModelSelect

from kiosk.clock import local_day
from kiosk.codes import RestrictionKind
from kiosk.models import Ending, PrisonerDetail, Restriction
from kiosk.rules.days import day_after, start_of
from kiosk.rules.facts import RestrictionFacts, Span
from kiosk.services import same
from kiosk.services.bearers import bearers
from kiosk.services.desk import Desk
from kiosk.services.entry import day_now
from kiosk.services.ids import first_after
from kiosk.services.prepared import Prepared
from kiosk.values import Restriction as Shown


def concerning(
    desk: Desk, person_ids: Collection[UUID], prisoner_ids: Collection[UUID], at: int
) -> tuple[RestrictionFacts, ...]:
    """What may keep out these visitors of one prisoner at the moment `at` (UTC ms) or later.

    As known then: what was recorded or lifted afterwards does not count. `person_ids` are
    the visitors as the request names them, `prisoner_ids` the records of the prisoner. A
    restriction bears the id of the request, under whichever record it was put, and the file
    number under which the prisoner is known now.
    """
    known_as = bearers(person_ids)
    named: dict[UUID, list[UUID]] = {}
    for person_id, ids in known_as.items():
        for one in ids:
            named.setdefault(one, []).append(person_id)
    number = next(reversed(_file_numbers(prisoner_ids).values()), None)
    day = local_day(at, desk.zone)
    return tuple(
        RestrictionFacts(
            restriction=str(row.id),
            kind=RestrictionKind(row.kind),
            services=frozenset(row.services or ("*",)),
            goods=frozenset(row.goods) if row.goods else None,
            span=_span(desk, row),
            ground=row.ground,
            person=str(person_id) if person_id is not None else None,
            prisoner=number if row.prisoner_id is not None else None,
        )
        for row in _concerning(list(named), prisoner_ids, day, at)
        for person_id in (named[row.person_id] if row.person_id is not None else (None,))
    )


def not_associated(prisoner_ids: Collection[UUID], day: date) -> frozenset[str]:
    """File numbers of those who are kept apart from this prisoner on `day`."""
    ids = list(prisoner_ids)
    pairs = _lasting_on(
        day,
        Restriction.kind == RestrictionKind.NON_ASSOCIATION,
        Restriction.prisoner_id.in_(ids) | Restriction.other_prisoner_id.in_(ids),
        Restriction.from_day <= day,
    )
    others = {one for row in pairs for one in (row.prisoner_id, row.other_prisoner_id)}
    others -= set(ids)
    if not others:
        return frozenset()
    everywhere = frozenset().union(*same.groups(others).values())
    return frozenset(_file_numbers(everywhere).values())


def on_person(desk: Desk, person_id: UUID, day: date | None = None) -> tuple[Shown, ...]:
    """What was put on a visitor, and holds on `day` (today when None) or begins later."""
    day = day or day_now(desk)
    ids = bearers((person_id,))[person_id]
    return tuple(
        Shown(row.id, row.ground, row.from_day, row.to_day, RestrictionKind(row.kind))
        for row in _lasting_on(day, Restriction.person_id.in_(list(ids)))
    )


def banned_among(person_ids: Collection[UUID], day: date) -> frozenset[UUID]:
    """Those of `person_ids` on whom a ban holds on `day`, under whichever record."""
    known_as = bearers(person_ids)
    everywhere = list(frozenset().union(*known_as.values()))
    banned = {row.person_id for row in _BANS(day, everywhere)}
    return frozenset(one for one, ids in known_as.items() if not banned.isdisjoint(ids))


def _concerning(
    person_ids: Collection[UUID], prisoner_ids: Collection[UUID], day: date, at: int
) -> Iterable[Restriction]:
    before = first_after(at)
    rows = [
        *_ON_SOMEBODY(day, before, list(person_ids), list(prisoner_ids)),
        *_ON_THE_FACILITY(day, before),
    ]
    # Sorted here: asked for in the order of ids, SQLite would walk the whole table.
    return sorted(rows, key=lambda row: row.id)


def _on_somebody(day: Any, before: Any, persons: Any, prisoners: Any) -> ModelSelect[Any]:
    on_them = Restriction.person_id.in_(persons) & (
        Restriction.prisoner_id.is_null() | Restriction.prisoner_id.in_(prisoners)
    )
    for_all = Restriction.person_id.is_null() & Restriction.prisoner_id.in_(prisoners)
    return _query(
        day, before, on_them | for_all, Restriction.kind != RestrictionKind.NON_ASSOCIATION
    )


def _on_the_facility(day: Any, before: Any) -> ModelSelect[Any]:
    return _query(
        day, before, Restriction.person_id.is_null(), Restriction.prisoner_id.is_null()
    )


def _bans(day: Any, persons: Any) -> ModelSelect[Any]:
    return _query(
        day,
        None,
        Restriction.kind == RestrictionKind.BAN,
        Restriction.person_id.in_(persons),
        Restriction.from_day <= day,
    )


_BANS = Prepared(_bans)
_ON_SOMEBODY = Prepared(_on_somebody)
_ON_THE_FACILITY = Prepared(_on_the_facility)


def _lasting_on(day: date, *conditions: Any) -> Iterable[Restriction]:
    """Restrictions not lifted by `day` and not past their last day, oldest first."""
    return sorted(_query(day, None, *conditions), key=lambda row: row.id)


def _query(day: Any, before: Any, *conditions: Any) -> ModelSelect[Any]:
    """`before`: only what was recorded, and lifted, under a lesser id."""
    # Only the gate that owns a fact ends it, and the index on endings begins with the gate.
    lifted = (
        (Ending.gate_id == Restriction.gate_id)
        & (Ending.target_id == Restriction.id)
        & (Ending.on_day <= day)
    )
    if before is not None:
        lifted &= Ending.id < before
        conditions = (*conditions, Restriction.id < before)
    return (
        Restriction.select()
        .join(Ending, JOIN.LEFT_OUTER, on=lifted)
        .where(
            *conditions,
            Ending.id.is_null(),
            Restriction.to_day.is_null() | (Restriction.to_day >= day),
        )
    )


def _span(desk: Desk, row: Restriction) -> Span:
    begins = row.from_at or start_of(row.from_day, desk.zone)
    after = day_after(row.to_day) if row.to_day is not None else None
    return Span(begins, start_of(after, desk.zone) if after is not None else None)


def _file_numbers(prisoner_ids: Collection[UUID]) -> dict[UUID, str]:
    """The file number of each record, as known now; the one recorded last stands last."""
    newest = {one: (row_id, number) for row_id, one, number in _NUMBERS(list(prisoner_ids))}
    ordered = sorted(newest.items(), key=lambda one: one[1])
    return {prisoner_id: number for prisoner_id, (_row_id, number) in ordered}


_NUMBERS = Prepared(
    lambda ids: (
        PrisonerDetail.select(
            PrisonerDetail.id, PrisonerDetail.prisoner_id, PrisonerDetail.file_number
        )
        .where(PrisonerDetail.prisoner_id.in_(ids))
        .order_by(PrisonerDetail.id)
        .tuples()
    )
)
