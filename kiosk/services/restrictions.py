"""Bans: who is kept out, from when, until when, and on what ground."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from peewee import JOIN

from kiosk.codes import Action, BanGround, RestrictionKind
from kiosk.errors import Invalid, NotFound
from kiosk.models import Ending, Person, Restriction
from kiosk.services.desk import Desk
from kiosk.services.duty import must_supervise
from kiosk.services.entry import entry
from kiosk.text import N_
from kiosk.values import Officer
from kiosk.values import Restriction as Ban

LONGEST_YEARS = 10


def ban(
    desk: Desk,
    officer: Officer,
    person_id: UUID,
    from_day: date,
    to_day: date | None,
    ground: BanGround,
) -> Ban:
    """Keep a person out of social visits and goods, both days included.

    A supervisor or an administrator does this. `to_day` None: until it is lifted.
    Raises Invalid for days that cannot be, NotFound for an unknown person.
    """
    must_supervise(officer)
    with entry(desk, Action.RECORD_RESTRICTION, officer=officer) as e:
        if to_day is not None and to_day < from_day:
            raise Invalid("to_day", N_("The ban would end before it begins."))
        if to_day is not None and to_day < e.day:
            raise Invalid("to_day", N_("The ban would be over already."))
        if to_day is not None and to_day.year > from_day.year + LONGEST_YEARS:
            raise Invalid("to_day", N_("A ban of more than ten years: look at the year."))
        if Person.get_or_none(Person.id == person_id) is None:
            raise NotFound(N_("There is no such person in the register."))
        restriction_id = e.add(
            Restriction,
            person_id=person_id,
            kind=RestrictionKind.BAN,
            from_day=from_day,
            to_day=to_day,
            ground=ground,
            issuer="prison",
        )
        e.object_id = restriction_id
    return Ban(restriction_id, ground, from_day, to_day)


def bans_of(desk: Desk, person_id: UUID, day: date | None = None) -> tuple[Ban, ...]:
    """The bans on a person that hold on `day` (today when None) or begin later."""
    day = day or desk.day()
    return tuple(
        Ban(row.id, row.ground, row.from_day, row.to_day)
        for row in not_over((person_id,), None, day)
        if row.person_id == person_id
    )


def banned_among(person_ids: Collection[UUID], day: date) -> frozenset[UUID]:
    """Those of `person_ids` on whom a ban holds on `day`."""
    return frozenset(
        row.person_id
        for row in not_over(person_ids, None, day)
        if row.person_id is not None and row.from_day <= day
    )


def not_over(
    person_ids: Collection[UUID], prisoner_id: UUID | None, day: date
) -> Iterable[Restriction]:
    """Restrictions not lifted by `day` and not past their last day, oldest first.

    Those on one of the persons, those on the prisoner for everybody, and those on a pair
    of both; a pair with another prisoner is left out once `prisoner_id` is given.
    """
    concerned = Restriction.person_id.in_(list(person_ids))
    if prisoner_id is not None:
        for_this = Restriction.prisoner_id.is_null() | (Restriction.prisoner_id == prisoner_id)
        for_all = Restriction.person_id.is_null() & (Restriction.prisoner_id == prisoner_id)
        concerned = (concerned & for_this) | for_all
    # Only the gate that owns a fact ends it, and the index on endings begins with the gate.
    lifted = (
        (Ending.gate_id == Restriction.gate_id)
        & (Ending.target_id == Restriction.id)
        & (Ending.on_day <= day)
    )
    query = (
        Restriction.select()
        .join(Ending, JOIN.LEFT_OUTER, on=lifted)
        .where(
            concerned,
            Ending.id.is_null(),
            Restriction.to_day.is_null() | (Restriction.to_day >= day),
        )
        .order_by(Restriction.id)
    )
    return list(query)
