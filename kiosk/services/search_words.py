"""The words by which somebody is found, kept beside what is recorded of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from kiosk.codes import SearchKind
from kiosk.models import SearchKey
from kiosk.models.engine import RegisterFile
from kiosk.names import keys

WordsOf = Callable[[str], frozenset[str]]


def remember(kind: SearchKind, subject_id: UUID, *texts: str | None) -> None:
    """Make `texts` (names, numbers) lead to the subject. Call it inside a transaction.

    Words of older versions stay: somebody is found by a former name as well.
    """
    remember_all(kind, ((subject_id, texts),))


def remember_all(
    kind: SearchKind,
    subjects: Iterable[tuple[UUID, tuple[str | None, ...]]],
    words_of: WordsOf = keys,
) -> None:
    """As `remember`, of many subjects. `words_of`: `names.keys`, or one that remembers."""
    file: RegisterFile = SearchKey._meta.database
    rows = {
        (int(kind), word, subject_id.bytes)
        for subject_id, texts in subjects
        for text in texts
        if text
        for word in words_of(text)
    }
    # In the order of the table, so that the pages it lies on are each opened once.
    file.execute_many(
        "INSERT OR IGNORE INTO search_key (kind, word, subject_id) VALUES (?, ?, ?)",
        sorted(rows),
    )
