"""The words of names in memory, so that a misspelt one leads to those that it is like."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from kiosk.models import SearchKey
from kiosk.models.engine import RegisterFile
from kiosk.names import keys

# A typo or a spelling that the keys do not fold; below it words are merely alike.
ALIKE = 78
SHORTEST = 4  # two or three letters are like too many others

# What each of these tables has said of names since it was last read.
_NAMES = {
    "person_detail": "surname, given, patronymic",
    "document": "surname, given",
    "prisoner_detail": "surname, given, patronymic",
}


def like(word: str, limit: int) -> Sequence[str]:
    """Recorded words like `word` (a key), the most alike first; none that begins with it.

    Words that begin with another one of them are left out, too: whoever looks for all that
    begins so has them. Runs inside a read or a write.
    """
    if len(word) < SHORTEST or _has_digit(word):
        return ()
    from rapidfuzz import fuzz, process

    found = process.extract(
        word, _known.all(), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=limit
    )
    begins = [word]
    for alike, _score, _place in found:
        if not alike.startswith(tuple(begins)):
            begins.append(alike)
    return begins[1:]


class _Words:
    """Read whole once (0.15 s at 100,000 people), then only what was recorded since."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._file: RegisterFile | None = None
        self._erasures = 0
        self._read: dict[str, int] = {}
        self._words: dict[str, None] = {}

    def all(self) -> list[str]:
        file: RegisterFile = SearchKey._meta.database
        with self._lock:
            erasures = _last_row(file, "erasure")
            if file is not self._file or erasures != self._erasures:
                self._words = _every_word(file)
                self._read = {table: _last_row(file, table) for table in _NAMES}
                self._file, self._erasures = file, erasures
            else:
                self._read_on(file)
            return list(self._words)

    def _read_on(self, file: RegisterFile) -> None:
        for table, columns in _NAMES.items():
            rows = file.execute_sql(
                f"SELECT rowid, {columns} FROM {table} WHERE rowid > ? ORDER BY rowid",
                (self._read[table],),
            )
            for row, *names in rows:
                words = frozenset().union(*(keys(name) for name in names if name))
                self._words.update(dict.fromkeys(filter(_is_of_letters, words)))
                self._read[table] = row


_known = _Words()


def _every_word(file: RegisterFile) -> dict[str, None]:
    rows = file.execute_sql(
        "SELECT DISTINCT word FROM search_key WHERE word NOT GLOB '*[0-9]*'"
    )
    return {word: None for (word,) in rows}


def _last_row(file: RegisterFile, table: str) -> int:
    """The place of the last row; 0 in an empty table."""
    (last,) = file.execute_sql(f"SELECT max(rowid) FROM {table}").fetchone()
    return last or 0


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)


def _is_of_letters(word: str) -> bool:
    return not _has_digit(word)
