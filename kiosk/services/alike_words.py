"""The words of names in memory, so that a misspelt one leads to those that it is like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from threading import Lock

from kiosk.models import SearchKey
from kiosk.models.engine import RegisterFile
from kiosk.names import keys

# A typo and a spelling that the keys do not fold; below it words are merely alike.
ALIKE = 72
SHORTEST = 4  # two or three letters are like too many others
# Of this many letters on, the beginning of a word may be misspelt as well.
SHORTEST_BEGINNING = 5
MOST = 16  # words for one
# Kept for the letters typed next: what the last words were like, and words cut short.
_ANSWERS = 16
_LENGTHS = 6

# What each of these tables has said of names since it was last read.
_NAMES = {
    "person_detail": "surname, given, patronymic",
    "document": "surname, given",
    "prisoner_detail": "surname, given, patronymic",
}


def like(words: Iterable[str]) -> dict[str, Mapping[str, float]]:
    """Of each of `words` (keys): itself, then beginnings of recorded words that are like it.

    Their likeness is from 0 to 1, the most alike first. Runs inside a read or a write.
    """
    return _known.like(words)


def make_ready() -> None:
    """Read the words, so that the first misspelt name need not wait for them."""
    _known.like(("READY",))


class _Words:
    """Read whole once (0.3 s at 100,000 people), then only what was recorded since."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._file: RegisterFile | None = None
        self._erasures = 0
        self._read: dict[str, int] = {}
        self._words: dict[str, None] = {}
        # In lists, which rapidfuzz goes through twice as fast, cut so short; 0: whole.
        self._cut: dict[int, list[str]] = {}
        # Of the words typed last, so that a letter more costs the scan of one word.
        self._answers: dict[str, Mapping[str, float]] = {}

    def like(self, words: Iterable[str]) -> dict[str, Mapping[str, float]]:
        with self._lock:
            self._bring_up()
            return {word: self._answer(word) for word in words}

    def _answer(self, word: str) -> Mapping[str, float]:
        if len(word) < SHORTEST or _has_digit(word):
            return {word: 1.0}
        if word not in self._answers:
            if len(self._answers) >= _ANSWERS:
                self._answers.clear()
            self._answers[word] = self._most_alike(word)
        return self._answers[word]

    def _most_alike(self, word: str) -> Mapping[str, float]:
        from rapidfuzz import fuzz, process

        scored: dict[str, float] = {}
        lengths = [0]
        if len(word) >= SHORTEST_BEGINNING:
            # For two letters typed the same words are cut, which costs as much as to scan them.
            lengths.append(len(word) + len(word) % 2)
        for length in lengths:
            for alike, score, _place in process.extract(
                word, self._all(length), scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST
            ):
                scored.setdefault(alike, score / 100)
        found = {word: 1.0}
        for alike in sorted(scored, key=lambda one: (-scored[one], one)):
            # Whoever looks for all that begins like the shorter one has the longer ones.
            if not alike.startswith(tuple(found)):
                found[alike] = scored[alike]
        return found

    def _all(self, length: int) -> list[str]:
        if length not in self._cut:
            if len(self._cut) >= _LENGTHS:
                # Those of other lengths; the whole ones are asked for with every word.
                for other in [one for one in self._cut if one]:
                    del self._cut[other]
            cut = self._words
            if length:
                cut = dict.fromkeys(one[:length] for one in cut if len(one) > length)
            self._cut[length] = list(cut)
        return self._cut[length]

    def _bring_up(self) -> None:
        file: RegisterFile = SearchKey._meta.database
        erasures = _last_row(file, "erasure")
        if file is not self._file or erasures != self._erasures:
            self._words = _every_word(file)
            self._read = {table: _last_row(file, table) for table in _NAMES}
            self._file, self._erasures = file, erasures
            self._forget()
            return
        for table, columns in _NAMES.items():
            rows = file.execute_sql(
                f"SELECT rowid, {columns} FROM {table} WHERE rowid > ? ORDER BY rowid",
                (self._read[table],),
            )
            for row, *names in rows:
                words = frozenset().union(*(keys(name) for name in names if name))
                self._words.update(dict.fromkeys(filter(_is_of_letters, words)))
                self._read[table] = row
                self._forget()

    def _forget(self) -> None:
        self._cut.clear()
        self._answers.clear()


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
