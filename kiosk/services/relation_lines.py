"""The relations of a prisoner, or of a visitor, as lists show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from kiosk.clock import local_day
from kiosk.codes import Consent
from kiosk.models import Kinship
from kiosk.services import person_card, prisoners, same
from kiosk.services.called import called
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.endings import lasting, recorded_at
from kiosk.services.pairs import Pair, is_approved, pair
from kiosk.services.staff import names_of
from kiosk.values import Officer, RelationLine, RelationStanding


def of_prisoner(desk: Desk, officer: Officer, prisoner_id: UUID) -> tuple[RelationLine, ...]:
    """Who belongs to a prisoner, by name. Everybody who registers, and an administrator."""
    must_look_up(officer)
    prisoner_ids = same.group(prisoner_id)
    rows = lasting(Kinship, Kinship.prisoner_id.in_(list(prisoner_ids)))
    return tuple(sorted(_lines(desk, list(rows)), key=lambda one: one.person.full))


def of_person(desk: Desk, officer: Officer, person_id: UUID) -> tuple[RelationLine, ...]:
    """To whom a visitor belongs, by the prisoner's name; who may look is as above."""
    must_look_up(officer)
    person_ids = same.group(person_id)
    rows = lasting(Kinship, Kinship.person_id.in_(list(person_ids)))
    return tuple(sorted(_lines(desk, list(rows)), key=lambda one: one.prisoner.full))


def standing(
    desk: Desk, officer: Officer, prisoner_id: UUID, person_ids: Collection[UUID]
) -> Mapping[UUID, RelationStanding]:
    """What is recorded between a prisoner and each of `person_ids` between whom there is
    something; who may look is as above."""
    must_look_up(officer)
    found: dict[UUID, RelationStanding] = {}
    for person_id in person_ids:
        two = pair(person_id, prisoner_id)
        row = two.row
        if row is None:
            continue
        history = [one for one in two.history() if one.id <= row.id]
        approved, answered = row.approved_by is not None, row.consent is not Consent.UNASKED
        found[person_id] = RelationStanding(
            kind=row.kind,
            approved=is_approved(row),
            approved_since=row.from_day or _since(desk, history, "approved_by")
            if approved
            else None,
            to_day=row.to_day,
            consent=row.consent,
            consent_since=_since(desk, history, "consent") if answered else None,
        )
    return found


def _lines(desk: Desk, rows: list[Kinship]) -> Iterable[RelationLine]:
    """One line for each pair, whichever of their records the rows name; the last row holds."""
    people = same.groups({row.person_id for row in rows})
    kept = same.groups({row.prisoner_id for row in rows})
    held = {(people[row.person_id], kept[row.prisoner_id]): row for row in rows}
    staff = names_of({row.approved_by for row in rows if row.approved_by})
    for (person_ids, prisoner_ids), row in held.items():
        person = person_card.detail_of(row.person_id)
        prisoner = prisoners.detail_of(row.prisoner_id)
        recorded = Pair(person_ids, prisoner_ids, row).history()
        history = [one for one in recorded if one.id <= row.id]
        answered, approved = row.consent is not Consent.UNASKED, row.approved_by is not None
        yield RelationLine(
            relation_id=row.id,
            person_id=min(person_ids),
            person=called(person),
            person_birth=person.birth,
            prisoner_id=min(prisoner_ids),
            prisoner=called(prisoner),
            file_number=prisoner.file_number,
            kind=row.kind,
            proof=row.proof,
            approved=is_approved(row),
            approved_by=staff.get(row.approved_by, ""),
            consent=row.consent,
            consent_since=_since(desk, history, "consent") if answered else None,
            approved_on=_since(desk, history, "approved_by") if approved else None,
            from_day=row.from_day,
            to_day=row.to_day,
        )


def _since(desk: Desk, history: Sequence[Kinship], column: str) -> date:
    """The day from which the last row's value of a column stands: later versions of a relation
    only carry it on."""
    last = history[-1]
    for row in reversed(history):
        if getattr(row, column) != getattr(history[-1], column):
            break
        last = row
    return local_day(recorded_at(last.id), desk.zone)
