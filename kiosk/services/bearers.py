"""Under which other records somebody may stand: doubles, and bearers of the same papers.

Who is kept out is recognised whatever document they show: by the records that were joined,
and by a personal number or a document that stands in any version of another record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from peewee import ModelSelect

from kiosk.models import Document, PersonDetail
from kiosk.services import same
from kiosk.services.prepared import Prepared


def bearers(person_ids: Collection[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """The ids under which each of `person_ids` may be recorded, itself included."""
    groups = dict(same.groups(person_ids))
    owners: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for person_id, group in groups.items():
        for one in group:
            owners[one].add(person_id)
    pairs = [*_of_one_number(owners), *_of_one_document(owners)]
    others = same.groups({other for _mine, other in pairs}) if pairs else {}
    found = {person_id: set(group) for person_id, group in groups.items()}
    for mine, other in pairs:
        for person_id in owners[mine]:
            found[person_id] |= others[other]
    return {person_id: frozenset(ids) for person_id, ids in found.items()}


def _of_one_number(ids: Collection[UUID]) -> Iterable[tuple[UUID, UUID]]:
    """One of `ids`, and another record that bears the same personal number."""
    return _NUMBERS(list(ids))


def _same_number(ids: Any) -> ModelSelect[Any]:
    other = PersonDetail.alias()
    return (
        PersonDetail.select(PersonDetail.person_id, other.person_id.alias("other"))
        .join(other, on=other.personal_number == PersonDetail.personal_number)
        .where(
            PersonDetail.person_id.in_(ids),
            PersonDetail.personal_number != "",
            other.person_id != PersonDetail.person_id,
        )
        .distinct()
        .tuples()
    )


def _of_one_document(ids: Collection[UUID]) -> Iterable[tuple[UUID, UUID]]:
    """One of `ids`, and another record under which the same document was recorded."""
    return _DOCUMENTS(list(ids))


def _same_document(ids: Any) -> ModelSelect[Any]:
    other = Document.alias()
    return (
        Document.select(Document.person_id, other.person_id.alias("other"))
        .join(
            other,
            on=(other.number == Document.number) & (other.country == Document.country),
        )
        .where(
            Document.person_id.in_(ids),
            Document.number != "",
            other.person_id != Document.person_id,
        )
        .distinct()
        .tuples()
    )


_NUMBERS = Prepared(_same_number)
_DOCUMENTS = Prepared(_same_document)
