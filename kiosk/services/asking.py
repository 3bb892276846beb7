"""Those who ask to enter, as the register knew them at the moment of the decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from kiosk.codes import Relation
from kiosk.models import Document, PersonDetail
from kiosk.rules.ages import adult_from, years_old
from kiosk.rules.facts import DocumentFacts
from kiosk.services import known
from kiosk.services.called import called
from kiosk.services.identify import recorded_as
from kiosk.services.person_card import newest, seen_of
from kiosk.services.prepared import Prepared
from kiosk.values import DocumentSeen, MemberRequest, Name


@dataclass(frozen=True, slots=True)
class Asking:
    """One who asks to enter. `age` in years.

    `document_id` is None when `seen` is a document that the register does not know yet.
    """

    person_id: UUID
    detail_id: UUID
    document_id: UUID | None
    seen: DocumentSeen | None = field(repr=False)
    name: Name = field(repr=False)
    birth: str = field(repr=False)
    language: str
    age: int | None
    is_adult: bool
    relation: Relation | None
    confirmed: tuple[str, ...]

    @property
    def document(self) -> DocumentFacts | None:
        seen = self.seen
        return DocumentFacts(seen.country, seen.number, seen.expires) if seen else None


def everybody(
    members: Sequence[MemberRequest], groups: Mapping[UUID, frozenset[UUID]], day: date
) -> tuple[Asking, ...]:
    """All of a request, in its order; `groups` are the records of each person.

    Raises NotFound for somebody whom the register does not know.
    """
    ids = [one for group in groups.values() for one in group]
    details = _by_person(_DETAILS(ids))
    documents = _by_person(_DOCUMENTS(ids))
    return tuple(
        _one(
            member,
            [row for one in groups[member.person_id] for row in details[one]],
            [row for one in groups[member.person_id] for row in documents[one]],
            day,
        )
        for member in members
    )


_DETAILS = Prepared(lambda ids: PersonDetail.select().where(PersonDetail.person_id.in_(ids)))
_DOCUMENTS = Prepared(lambda ids: Document.select().where(Document.person_id.in_(ids)))


def _by_person(rows: Iterable[Any]) -> Mapping[UUID, Sequence[Any]]:
    """The versions of each record."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _one(
    member: MemberRequest,
    details: Iterable[PersonDetail],
    documents: Iterable[Document],
    day: date,
) -> Asking:
    rows = sorted(details, key=lambda row: row.id)
    # What they are called was true before it was recorded; a document was not yet shown.
    detail = newest([row for row in rows if known.was_recorded(row.id)] or rows[:1])
    shown = [row for row in documents if known.was_recorded(row.id)]
    if member.seen is not None:
        document = recorded_as(shown, member.seen)
    else:
        document = max(shown, key=lambda row: row.id, default=None)
    adult = adult_from(detail.birth)
    return Asking(
        person_id=member.person_id,
        detail_id=detail.id,
        document_id=document.id if document else None,
        seen=member.seen or (seen_of(document, detail) if document else None),
        name=called(detail),
        birth=detail.birth,
        language=detail.language or "",
        age=years_old(detail.birth, day),
        is_adult=adult is not None and adult <= day,
        relation=member.relation,
        confirmed=member.confirmed,
    )
