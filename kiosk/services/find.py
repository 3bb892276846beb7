"""Find people and prisoners, as one types, in either script; and all of them, page by page."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence, Set
from typing import Any
from uuid import UUID

from peewee import fn

from kiosk.codes import SearchKind
from kiosk.models import Document, PersonDetail, PrisonerDetail
from kiosk.services import alike_words, matches, same
from kiosk.services.desk import Desk
from kiosk.services.duty import must_look_up
from kiosk.services.entry import day_now
from kiosk.services.prepared import Prepared
from kiosk.services.restrictions import banned_among
from kiosk.values import Found, Name, Officer

MOST = 15
_TWO_LETTERS = re.compile(r"[^\W_]{2}")
KINDS = {"person": SearchKind.PERSON, "prisoner": SearchKind.PRISONER}


def find(
    desk: Desk,
    officer: Officer,
    text: str,
    kinds: Collection[str] = tuple(KINDS),
    limit: int = MOST,
) -> tuple[Found, ...]:
    """Who is found by the words typed so far; nobody before the second letter.

    Everybody who registers, and an administrator, may look. Every word must begin one of
    theirs. When that finds fewer than `limit`, those whose words are merely like the typed
    ones follow. Whoever is banned today is marked.
    """
    must_look_up(officer)
    # Of what was typed: one Ж is two letters of a key.
    if not _TWO_LETTERS.search(text):
        return ()
    found = matches.best(text, [KINDS[kind] for kind in kinds], limit)
    return _found(desk, [(one.kind, one.subject_id) for one in found], limit)


def make_ready(desk: Desk) -> None:
    """Read the words of all names, so that nobody waits for them who misspells one."""
    alike_words.make_ready()


def people(desk: Desk, officer: Officer, offset: int, limit: int) -> tuple[Found, ...]:
    """One page of all visitors, in the order in which they first came; as `find`."""
    must_look_up(officer)
    query = (
        PersonDetail.select(PersonDetail.person_id)
        .where(PersonDetail.person_id.not_in(list(same.doubles())))
        .group_by(PersonDetail.person_id)
        .order_by(PersonDetail.person_id)
        .offset(offset)
        .limit(limit)
    )
    hits = [(int(SearchKind.PERSON), UUID(bytes=row.person_id.bytes)) for row in query]
    return _found(desk, hits, limit)


def count_people(desk: Desk) -> int:
    """How many visitors the register knows."""
    query = PersonDetail.select(fn.COUNT(PersonDetail.person_id.distinct())).where(
        PersonDetail.person_id.not_in(list(same.doubles()))
    )
    return int(query.scalar())


Hit = tuple[int, UUID]  # kind, subject


# ---- as lines


def _found(desk: Desk, hits: Sequence[Hit], limit: int) -> tuple[Found, ...]:
    """The first lines of `hits` in their order: one for all records of somebody, none for the
    erased."""
    groups = same.groups([subject for _kind, subject in hits])
    shown = list(dict.fromkeys(min(groups[subject]) for _kind, subject in hits))[:limit]
    roots = {
        one: min(group) for group in groups.values() if min(group) in shown for one in group
    }
    visitors = {
        root
        for kind, one in hits
        if kind == SearchKind.PERSON and one in roots
        for root in groups[one]
    }
    prisoners = roots.keys() - visitors
    lines = {**_visitors(desk, visitors, roots), **_prisoners(prisoners, roots)}
    return tuple(lines[root] for root in shown if root in lines)


def _prisoners(prisoner_ids: Set[UUID], roots: Mapping[UUID, UUID]) -> dict[UUID, Found]:
    # A later version stands over the earlier ones.
    return {
        roots[prisoner_id]: Found(
            "prisoner",
            roots[prisoner_id],
            Name(surname, given, patronymic or ""),
            str(birth_year),
            file_number,
        )
        for prisoner_id, surname, given, patronymic, birth_year, file_number in (
            _PRISONERS(list(prisoner_ids)) if prisoner_ids else ()
        )
    }


def _visitors(
    desk: Desk, person_ids: Set[UUID], roots: Mapping[UUID, UUID]
) -> dict[UUID, Found]:
    if not person_ids:
        return {}
    ids = list(person_ids)
    numbers = {roots[person_id]: number for person_id, number in _DOCUMENTS(ids)}
    banned = {roots[one] for one in banned_among(person_ids, day_now(desk))}
    return {
        roots[person_id]: Found(
            "person",
            roots[person_id],
            Name(surname, given, patronymic or ""),
            birth,
            f"…{numbers[roots[person_id]][-3:]}" if roots[person_id] in numbers else "",
            roots[person_id] in banned,
        )
        for person_id, surname, given, patronymic, birth in _VISITORS(ids)
    }


def _versions(detail: type[Any], subject: Any, *columns: Any) -> Prepared:
    """Of each of some subjects every version, the oldest first."""
    return Prepared(
        lambda ids: (
            detail.select(subject, *columns)
            .where(subject.in_(ids))
            .order_by(detail.id)
            .tuples()
        )
    )


_VISITORS = _versions(
    PersonDetail,
    PersonDetail.person_id,
    PersonDetail.surname,
    PersonDetail.given,
    PersonDetail.patronymic,
    PersonDetail.birth,
)
_DOCUMENTS = _versions(Document, Document.person_id, Document.number)
_PRISONERS = _versions(
    PrisonerDetail,
    PrisonerDetail.prisoner_id,
    PrisonerDetail.surname,
    PrisonerDetail.given,
    PrisonerDetail.patronymic,
    PrisonerDetail.birth_year,
    PrisonerDetail.file_number,
)
