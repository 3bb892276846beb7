"""Two records, one person: joined when somebody saw it, parted when it was a mistake.

A join is a fact between two ids and its undoing an ending of that fact: no row is rewritten.
Whoever asks for bans, presence, visits, papers or balances asks for the whole group.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from kiosk.models import SamePerson
from kiosk.services.endings import lasting
from kiosk.services.prepared import Prepared


def group(one: UUID) -> frozenset[UUID]:
    """Every id under which this person (or prisoner) is recorded, itself included."""
    return groups((one,))[one]


def root(one: UUID) -> UUID:
    """The id of the group that was recorded first; it stands for the whole."""
    return min(group(one))


def groups(ids: Collection[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """The group of each of `ids`. Asks once where nobody is joined, as nearly always."""
    found: dict[UUID, set[UUID]] = {one: {one} for one in ids}
    known, fresh = set(ids), set(ids)
    while fresh:
        links = list(_links(fresh))
        for a, b in links:
            joined = found.setdefault(a, {a}) | found.setdefault(b, {b})
            for one in joined:
                found[one] = joined
        fresh = {one for link in links for one in link} - known
        known |= fresh
    return {one: frozenset(found[one]) for one in ids}


def doubles() -> frozenset[UUID]:
    """Every id that is not the first of its group: of each group one line is shown."""
    ids = {one for row in lasting(SamePerson) for one in (row.a_id, row.b_id)}
    return frozenset(one for one, group in groups(ids).items() if one != min(group))


def _links(ids: Collection[UUID]) -> Iterable[tuple[UUID, UUID]]:
    """The joins, not undone, at either end of which one of `ids` stands."""
    return _LINKS(list(ids))


_LINKS = Prepared(
    lambda near: (
        lasting(SamePerson, SamePerson.a_id.in_(near) | SamePerson.b_id.in_(near))
        .select(SamePerson.a_id, SamePerson.b_id)
        .tuples()
    )
)
