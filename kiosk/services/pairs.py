"""A visitor and a prisoner, each under all their records, and the relation between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kiosk.codes import Consent, Relation
from kiosk.errors import NotFound
from kiosk.models import Kinship
from kiosk.services import same
from kiosk.services.endings import end, lasting
from kiosk.services.entry import Entry
from kiosk.text import N_
from kiosk.values import Officer


@dataclass(frozen=True, slots=True)
class Pair:
    """`row` is the relation that holds: the last of those not ended; None where is none."""

    person_ids: frozenset[UUID]
    prisoner_ids: frozenset[UUID]
    row: Kinship | None

    @property
    def consent(self) -> Consent:
        """What the prisoner last answered about this visitor."""
        return Consent.UNASKED if self.row is None else Consent(self.row.consent)

    def history(self) -> Sequence[Kinship]:
        """Every relation that was ever recorded between the two, oldest first."""
        return list(Kinship.select().where(*self._between()).order_by(Kinship.id))

    def replace(self, e: Entry, officer: Officer, **changes: Any) -> UUID:
        """End what holds and record what holds instead: the same with `changes`."""
        was = self.row
        self.end(e, officer, "replaced")
        return e.add(
            Kinship,
            **{
                "person_id": min(self.person_ids),
                "prisoner_id": min(self.prisoner_ids),
                "kind": was.kind if was else Relation.NOT_KIN,
                "proof": was.proof if was else None,
                "consent": self.consent,
                "approved_by": was.approved_by if was else None,
                "from_day": was.from_day if was else None,
                "to_day": was.to_day if was else None,
                "staff_id": officer.staff_id,
                **changes,
            },
        )

    def end(self, e: Entry, officer: Officer, reason: str) -> None:
        """No relation recorded so far holds any more, under whichever record."""
        for row in list(lasting(Kinship, *self._between())):
            end(e, officer, Kinship, row.id, reason, e.day)

    def _between(self) -> tuple[Any, ...]:
        return (
            Kinship.prisoner_id.in_(list(self.prisoner_ids)),
            Kinship.person_id.in_(list(self.person_ids)),
        )


def pair(person_id: UUID, prisoner_id: UUID) -> Pair:
    """The two, and the relation that holds between them."""
    alone = Pair(same.group(person_id), same.group(prisoner_id), None)
    rows = list(lasting(Kinship, *alone._between()))
    return Pair(alone.person_ids, alone.prisoner_ids, rows[-1] if rows else None)


def pair_of(relation_id: UUID) -> Pair:
    """The pair of a relation that holds. Raises NotFound once another one took its place."""
    row = lasting(Kinship, Kinship.id == relation_id).first()
    found = pair(row.person_id, row.prisoner_id) if row is not None else None
    if found is None or found.row is None or found.row.id != relation_id:
        raise NotFound(N_("This relation was ended or replaced meanwhile. Look at it again."))
    return found


def is_approved(row: Kinship) -> bool:
    """Whether somebody stands for it. That somebody is no kin needs nobody's approval."""
    return row.approved_by is not None or row.kind is Relation.NOT_KIN
