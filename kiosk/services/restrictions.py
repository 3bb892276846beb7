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

from peewee import JOIN

from kiosk.clock import local_day
from kiosk.codes import RestrictionKind
from kiosk.models import Ending, PrisonerDetail, Restriction
from kiosk.rules.days import day_after, start_of
from kiosk.rules.facts import RestrictionFacts, Span
from kiosk.services import same
from kiosk.services.bearers import bearers
from kiosk.services.desk import Desk
from kiosk.services.ids import first_after
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
        None,
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
    day = day or desk.day()
    ids = bearers((person_id,))[person_id]
    return tuple(
        Shown(row.id, row.ground, row.from_day, row.to_day, RestrictionKind(row.kind))
        for row in _lasting_on(day, None, Restriction.person_id.in_(list(ids)))
    )


def banned_among(person_ids: Collection[UUID], day: date) -> frozenset[UUID]:
    """Those of `person_ids` on whom a ban holds on `day`, under whichever record."""
    known_as = bearers(person_ids)
    everywhere = list(frozenset().union(*known_as.values()))
    bans = _lasting_on(
        day,
        None,
        Restriction.kind == RestrictionKind.BAN,
        Restriction.person_id.in_(everywhere),
        Restriction.from_day <= day,
    )
    banned = {row.person_id for row in bans}
    return frozenset(one for one, ids in known_as.items() if not banned.isdisjoint(ids))


def _concerning(
    person_ids: Collection[UUID], prisoner_ids: Collection[UUID], day: date, at: int
) -> Iterable[Restriction]:
    persons, prisoners = list(person_ids), list(prisoner_ids)
    on_them = Restriction.person_id.in_(persons) & (
        Restriction.prisoner_id.is_null() | Restriction.prisoner_id.in_(prisoners)
    )
    for_all = Restriction.person_id.is_null() & Restriction.prisoner_id.in_(prisoners)
    whole = Restriction.person_id.is_null() & Restriction.prisoner_id.is_null()
    return _lasting_on(
        day,
        at,
        on_them | for_all | whole,
        Restriction.kind != RestrictionKind.NON_ASSOCIATION,
    )


def _lasting_on(day: date, known: int | None, *conditions: Any) -> Iterable[Restriction]:
    """Restrictions not lifted by `day` and not past their last day, oldest first.

    `known` (UTC ms): only what was recorded, and lifted, up to that moment.
    """
    # Only the gate that owns a fact ends it, and the index on endings begins with the gate.
    lifted = (
        (Ending.gate_id == Restriction.gate_id)
        & (Ending.target_id == Restriction.id)
        & (Ending.on_day <= day)
    )
    if known is not None:
        lifted &= Ending.id < first_after(known)
        conditions = (*conditions, Restriction.id < first_after(known))
    query = (
        Restriction.select()
        .join(Ending, JOIN.LEFT_OUTER, on=lifted)
        .where(
            *conditions,
            Ending.id.is_null(),
            Restriction.to_day.is_null() | (Restriction.to_day >= day),
        )
    )
    # Sorted here: asked for in the order of ids, SQLite would walk the whole table.
    return sorted(query, key=lambda row: row.id)


def _span(desk: Desk, row: Restriction) -> Span:
    begins = row.from_at or start_of(row.from_day, desk.zone)
    after = day_after(row.to_day) if row.to_day is not None else None
    return Span(begins, start_of(after, desk.zone) if after is not None else None)


def _file_numbers(prisoner_ids: Collection[UUID]) -> dict[UUID, str]:
    """The file number of each record, as known now; the one recorded last stands last."""
    details = PrisonerDetail.select().where(PrisonerDetail.prisoner_id.in_(list(prisoner_ids)))
    newest = {row.prisoner_id: row for row in details.order_by(PrisonerDetail.id)}
    ordered = sorted(newest.values(), key=lambda row: row.id)
    return {row.prisoner_id: row.file_number for row in ordered}
