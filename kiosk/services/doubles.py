"""Double records: a supervisor joins two that are one person, and parts them when they are not.

Both are facts: a join, and the ending of a join. Records joined over a third hang together as
well; when one join of such a chain is undone, what hangs on either side of it stays together.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kiosk.clock import local_day
from kiosk.codes import Action, Difference, ReviewKind, SameGround
from kiosk.errors import AlreadyInside, Invalid, NotFound, Refused
from kiosk.models import (
    Member,
    Person,
    PersonDetail,
    Presence,
    Prisoner,
    PrisonerDetail,
    SamePerson,
)
from kiosk.services import person_card, prisoners, reviews, same
from kiosk.services.called import called
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up, must_supervise
from kiosk.services.endings import end, lasting, recorded_at
from kiosk.services.entry import entry
from kiosk.services.people import may_be_one
from kiosk.services.staff import names_of
from kiosk.text import N_
from kiosk.values import Comparison, JoinLine, Name, Officer

Detail = PersonDetail | PrisonerDetail


def compare(desk: Desk, officer: Officer, one: UUID, other: UUID) -> Comparison:
    """In what two records contradict one another, before they are joined.

    Raises Invalid when they cannot be joined at all, AlreadyInside while both are inside,
    NotFound for an unknown one.
    """
    must_supervise(officer)
    _must_be_two(one, other)
    return Comparison(one, other, _differences(one, other))


def join(
    desk: Desk,
    officer: Officer,
    one: UUID,
    other: UUID,
    ground: SameGround,
    seen: Collection[Difference] = (),
) -> UUID:
    """Record that two records are one visitor, or one prisoner. Gives the id of the join.

    A supervisor or an administrator does this; `seen` are the differences they were shown.
    What concerns one record concerns both from now on, so their planned and open visits come
    up for review, and of a prisoner the parcels in the storage.
    Raises AlreadyInside while both are inside, Refused when they differ in something not
    shown, Invalid when they are one already, or for a ground that their numbers deny.
    """
    must_supervise(officer)
    with entry(desk, Action.RECORD_SAME, officer=officer, object_id=one) as e:
        _must_be_two(one, other)
        differences = _differences(one, other)
        if ground is SameGround.PERSONAL_NUMBER and not _share_a_number(one, other):
            raise Invalid(
                "ground",
                N_("No personal number stands in both records. Name another ground."),
            )
        if not differences <= frozenset(seen):
            raise Refused(
                N_("The two records differ. Compare them first; nothing was recorded.")
            )
        link_id = e.add(
            SamePerson, a_id=one, b_id=other, ground=ground, staff_id=officer.staff_id
        )
        ids = same.group(one)
        _keep_places(ids)
        prisoners_joined = _is(Prisoner, one)
        if prisoners_joined:
            reviews.raise_for_parcels(e, ReviewKind.DOUBLE, link_id, ids)
        reviews.raise_for(
            e,
            ReviewKind.DOUBLE,
            link_id,
            prisoner_ids=ids if prisoners_joined else (),
            person_ids=() if prisoners_joined else ids,
        )
        return link_id


def part(desk: Desk, officer: Officer, link_id: UUID) -> None:
    """Undo a join: what stood on its two sides are two persons again.

    A supervisor or an administrator does this. Raises NotFound when it is undone already,
    AlreadyInside while anybody recorded under one of them is inside: which of them it is,
    nobody can say later.
    """
    must_supervise(officer)
    with entry(desk, Action.UNDO_SAME, officer=officer, object_id=link_id) as e:
        link = lasting(SamePerson, SamePerson.id == link_id).first()
        if link is None:
            raise NotFound(N_("These records are apart already. Nothing was changed."))
        if _is_inside(link.a_id):
            raise AlreadyInside(
                N_("One of them is inside now. They leave first; nothing was recorded.")
            )
        end(e, officer, SamePerson, link_id, "undone", e.day)
        reviews.cause_gone(e, link_id)


def joins_of(desk: Desk, officer: Officer, subject_id: UUID) -> tuple[JoinLine, ...]:
    """The joins that make one of the records of a visitor or prisoner, oldest first."""
    must_look_up(officer)
    everywhere = list(same.group(subject_id))
    if len(everywhere) == 1:
        return ()
    rows = list(lasting(SamePerson, SamePerson.a_id.in_(everywhere)))
    staff = names_of({row.staff_id for row in rows})
    return tuple(
        JoinLine(
            link_id=row.id,
            one=_name(row.a_id),
            one_born=_born(row.a_id),
            other=_name(row.b_id),
            other_born=_born(row.b_id),
            ground=row.ground,
            on=local_day(recorded_at(row.id), desk.zone),
            by=staff.get(row.staff_id, ""),
        )
        for row in rows
    )


def _keep_places(ids: Collection[UUID]) -> None:
    """A place inside, taken under any of these records, is that of the record of them all."""
    here = (
        Member.select(Member.id, Member.person_id)
        .join(Presence, on=(Presence.member_id == Member.id))
        .where(Member.person_id.in_(list(ids)))
    )
    for row in list(here):
        place = Presence.update(person_root=same.root(row.person_id))
        place.where(Presence.member_id == row.id).execute()


def _must_be_two(one: UUID, other: UUID) -> None:
    if other in same.group(one):
        raise Invalid(
            "other", N_("These are one person in the register already. Nothing was changed.")
        )
    models = [
        {model for model in (Person, Prisoner) if _is(model, id_)} for id_ in (one, other)
    ]
    if not models[0] or not models[1]:
        raise NotFound(N_("There is no such person in the register."))
    if models[0] != models[1]:
        raise Invalid(
            "other",
            N_("A visitor and a prisoner are never joined: their records are of two kinds."),
        )
    if all(_is_inside(id_) for id_ in (one, other)):
        raise AlreadyInside(
            N_("Both are inside now, so they are two. When one has left, look again.")
        )


def _is(model: type[Person] | type[Prisoner], id_: UUID) -> bool:
    return bool(model.select().where(model.id == id_).exists())


def _is_inside(one: UUID) -> bool:
    return bool(
        Presence.select().where(Presence.person_root.in_(list(same.group(one)))).exists()
    )


def _differences(one: UUID, other: UUID) -> frozenset[Difference]:
    """What one person cannot have in two ways; where one record leaves it open, nothing."""
    found: set[Difference] = set()
    if _is(Prisoner, one):
        first, second = prisoners.detail_of(one), prisoners.detail_of(other)
        if first.birth_year != second.birth_year:
            found.add(Difference.BIRTH)
        if first.sex is not second.sex:
            found.add(Difference.SEX)
        return frozenset(found)
    a, b = person_card.detail_of(one), person_card.detail_of(other)
    if not may_be_one(a.birth, b.birth):
        found.add(Difference.BIRTH)
    if a.sex is not b.sex:
        found.add(Difference.SEX)
    if a.personal_number and b.personal_number and a.personal_number != b.personal_number:
        found.add(Difference.PERSONAL_NUMBER)
    return frozenset(found)


def _share_a_number(one: UUID, other: UUID) -> bool:
    numbers = [
        {
            row.personal_number
            for row in PersonDetail.select(PersonDetail.personal_number).where(
                PersonDetail.person_id.in_(list(same.group(id_))),
                PersonDetail.personal_number.is_null(False),
            )
        }
        for id_ in (one, other)
    ]
    return not numbers[0].isdisjoint(numbers[1])


def _newest(record: UUID) -> Detail:
    """What is known of this record alone, whoever else it was joined with. Raises NotFound."""
    for model, subject in (
        (PersonDetail, PersonDetail.person_id),
        (PrisonerDetail, PrisonerDetail.prisoner_id),
    ):
        row: Detail | None = (
            model.select().where(subject == record).order_by(model.id.desc()).first()
        )
        if row is not None:
            return row
    raise NotFound(N_("There is no such person in the register."))


def _name(record: UUID) -> Name:
    row = _newest(record)
    return called(row)


def _born(record: UUID) -> str:
    row = _newest(record)
    return row.birth if isinstance(row, PersonDetail) else str(row.birth_year)
