"""How somebody is called, by a row of the register that names them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kiosk.models import PersonDetail, PrisonerDetail
from kiosk.values import Name


def called(detail: PersonDetail | PrisonerDetail) -> Name:
    """The name in that version of a visitor or a prisoner."""
    return Name(detail.surname, detail.given, detail.patronymic or "")


def of_people(person_ids: Collection[UUID | None]) -> dict[UUID | None, Name]:
    """The newest name of each visitor; who was erased is left out."""
    details = PersonDetail.select().where(PersonDetail.person_id.in_(list(person_ids)))
    # A later version stands over the earlier ones.
    return {row.person_id: called(row) for row in details.order_by(PersonDetail.id)}
