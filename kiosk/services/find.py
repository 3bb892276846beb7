"""Find people and prisoners, as one types, in either script; and all of them, page by page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from threading import Lock
from typing import Any, cast
from uuid import UUID

from peewee import fn

from kiosk.codes import SearchKind
from kiosk.models import Document, PersonDetail, PrisonerDetail, SearchKey
from kiosk.models.engine import RegisterFile
from kiosk.names import query_words
from kiosk.services import restrictions
from kiosk.services.desk import Desk
from kiosk.values import Found, Name

MOST = 15
SHORTEST = 2
KINDS = {"person": SearchKind.PERSON, "prisoner": SearchKind.PRISONER}
# A typo or a spelling that the keys do not fold; below it people are merely alike.
ALIKE = 78


def find(
    desk: Desk, text: str, kinds: Collection[str] = tuple(KINDS), limit: int = MOST
) -> tuple[Found, ...]:
    """Who is found by the words typed so far; nobody before the second letter.

    Every word must begin one of theirs. When that finds fewer than `limit`, those whose
    words are merely like the typed ones follow.
    """
    words = query_words(text)
    if not words or max(map(len, words)) < SHORTEST:
        return ()
    wanted = [int(KINDS[kind]) for kind in kinds]
    hits = _beginning_with(words, wanted, limit)
    if len(hits) < limit:
        known = set(hits)
        hits += [hit for hit in _alike(words, wanted, limit) if hit not in known]
    return _found(desk, hits[:limit])


def people(desk: Desk, offset: int, limit: int) -> tuple[Found, ...]:
    """One page of all visitors, in the order in which they first came."""
    query = (
        PersonDetail.select(PersonDetail.person_id)
        .group_by(PersonDetail.person_id)
        .order_by(PersonDetail.person_id)
        .offset(offset)
        .limit(limit)
    )
    hits = [(int(SearchKind.PERSON), UUID(bytes=row.person_id.bytes)) for row in query]
    return _found(desk, hits)


def count_people(desk: Desk) -> int:
    """How many visitors the register knows."""
    return int(PersonDetail.select(fn.COUNT(PersonDetail.person_id.distinct())).scalar())


Hit = tuple[int, UUID]


def _beginning_with(words: Sequence[str], kinds: Sequence[int], limit: int) -> list[Hit]:
    """By the longest word, which leads to the fewest; the others must fit the same subject."""
    longest = max(words, key=len)
    query = (
        SearchKey.select(SearchKey.kind, SearchKey.subject_id)
        .where(SearchKey.kind.in_(list(kinds)), _begins(SearchKey, longest))
        .order_by(SearchKey.word)
    )
    for word in words:
        if word != longest:
            other = SearchKey.alias()
            query = query.where(
                fn.EXISTS(
                    other.select(1).where(
                        other.subject_id == SearchKey.subject_id, _begins(other, word)
                    )
                )
            )
    rows = cast("list[tuple[int, UUID]]", list(query.limit(limit * 3).tuples()))
    return list(dict.fromkeys(rows))


def _begins(table: Any, word: str) -> Any:
    # Keys are Latin capitals and digits, so a tilde stands behind all of them.
    return (table.word >= word) & (table.word < word + "~")


# ---- by likeness


class _Words:
    """The distinct words of the register, in memory; read anew when their number changes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._mark: tuple[object, int] = (None, -1)
        self._words: list[str] = []

    def all(self) -> list[str]:
        file: RegisterFile = SearchKey._meta.database
        mark = (file, SearchKey.select().count())
        with self._lock:
            if mark != self._mark:
                rows = file.execute_sql("SELECT DISTINCT word FROM search_key").fetchall()
                self._words, self._mark = [word for (word,) in rows], mark
            return self._words


_known = _Words()


def _alike(words: Sequence[str], kinds: Sequence[int], limit: int) -> list[Hit]:
    from rapidfuzz import fuzz, process

    longest = max(words, key=len)
    if len(longest) < 4 or longest.isdigit():
        return []  # two or three letters are like too many others
    matches = process.extract(
        longest, _known.all(), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=limit
    )
    hits: list[Hit] = []
    for word, _score, _place in matches:
        hits += _beginning_with([word, *(w for w in words if w != longest)], kinds, limit)
    return list(dict.fromkeys(hits))


# ---- as lines


def _found(desk: Desk, hits: Iterable[Hit]) -> tuple[Found, ...]:
    lines = []
    for kind, subject_id in hits:
        line = (
            _prisoner(subject_id) if kind == SearchKind.PRISONER else _person(desk, subject_id)
        )
        if line is not None:
            lines.append(line)
    return tuple(lines)


def _prisoner(subject_id: UUID) -> Found | None:
    detail = (
        PrisonerDetail.select()
        .where(PrisonerDetail.prisoner_id == subject_id)
        .order_by(PrisonerDetail.id.desc())
        .first()
    )
    if detail is None:
        return None
    name = Name(detail.surname, detail.given, detail.patronymic or "")
    return Found("prisoner", subject_id, name, str(detail.birth_year), detail.file_number)


def _person(desk: Desk, subject_id: UUID) -> Found | None:
    detail = (
        PersonDetail.select()
        .where(PersonDetail.person_id == subject_id)
        .order_by(PersonDetail.id.desc())
        .first()
    )
    if detail is None:
        return None
    document = (
        Document.select(Document.number)
        .where(Document.person_id == subject_id)
        .order_by(Document.id.desc())
        .first()
    )
    name = Name(detail.surname, detail.given, detail.patronymic or "")
    note = f"…{document.number[-3:]}" if document is not None else ""
    banned = bool(restrictions.bans_of(desk, subject_id))
    return Found("person", subject_id, name, detail.birth, note, banned)
