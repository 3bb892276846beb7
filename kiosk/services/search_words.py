"""The words by which somebody is found, kept beside what is recorded of them."""

from __future__ import annotations

from uuid import UUID

from kiosk.codes import SearchKind
from kiosk.models import SearchKey
from kiosk.names import keys


def remember(kind: SearchKind, subject_id: UUID, *texts: str | None) -> None:
    """Make `texts` (names, numbers) lead to the subject. Call it inside a transaction.

    Words of older versions stay: somebody is found by a former name as well.
    """
    words = frozenset().union(*(keys(text) for text in texts if text))
    if words:
        SearchKey.insert_many(
            [(int(kind), word, subject_id) for word in sorted(words)],
            fields=[SearchKey.kind, SearchKey.word, SearchKey.subject_id],
        ).on_conflict_ignore().execute()
