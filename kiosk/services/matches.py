"""Who is meant by what was typed: whose words begin so, then whose words are like it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from uuid import UUID

from kiosk.codes import SearchKind
from kiosk.models import SearchKey
from kiosk.models.engine import RegisterFile
from kiosk.services import alike_words
from kiosk.typed import PARTICLES, Typed, other_readings, typed

# Subjects weighed against each other for one list.
WEIGHED = 60
# Of one name, in the spellings and readings that begin alike.
KEYS_A_SUBJECT = 3
# Counting ends here: a word that leads to more leads to nobody by itself.
MANY = 5_000
# To look a subject up costs as much as to read so many rows of a range.
_LOOKING_UP = 7
# Rows read for one word and all that is like it.
_ROWS_ALIKE = 3_000
_BEGINNING = 0.98  # against 1 for the whole word
# What is no word of theirs may stand among this many.
_ONE_MAY_BE_WRONG = 3

Hit = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A subject, how well it fits (0 to 1), and by which of its words."""

    kind: int
    subject_id: UUID
    score: float
    words: tuple[str, ...]


def best(text: str, kinds: Collection[SearchKind], enough: int) -> tuple[Weighed, ...]:
    """Those who fit `text`, the best first; at least `enough` of them if so many are like it.

    Only where nobody is found by the words as they stand, the other keyboard and the letters
    of passports are tried.
    """
    asked = typed(text)
    if not asked.words:
        return ()
    found = _weigh(asked, _beginning_with(asked, kinds), {})
    if found:
        if len(found) < enough:
            found += _alike(asked, kinds)
        return _in_order(found)
    others = [other for other in other_readings(text) if other.longest > 1]
    for other in others:
        if found := _weigh(other, _beginning_with(other, kinds), {}):
            return _in_order(found)
    for reading in (asked, *others):
        if found := _alike(reading, kinds):
            break
    return _in_order(found)


def _in_order(found: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """Each subject once, the best first, and of equals by the alphabet."""
    ordered: dict[UUID, Weighed] = {}
    for one in sorted(found, key=lambda one: (-one.score, one.words, one.kind, one.subject_id)):
        ordered.setdefault(one.subject_id, one)
    return tuple(ordered.values())


# ---- those with words that begin so


def _beginning_with(asked: Typed, kinds: Collection[SearchKind]) -> list[Hit]:
    """Subjects each of whose typed words begins one of theirs."""
    hits: list[Hit] = []
    for kind in kinds:
        counts = {word: _count(kind, word) for word in asked.words}
        rarest = min(counts, key=lambda word: counts[word])
        if not counts[rarest]:
            continue
        conditions, values = (
            ["kind = ? AND word >= ? AND word < ?"],
            [kind, rarest, _after(rarest)],
        )
        for word, count in counts.items():
            if word == rarest:
                continue
            if count < min(MANY, _LOOKING_UP * counts[rarest]):
                conditions.append(
                    "subject_id IN (SELECT subject_id FROM search_key"
                    " WHERE kind = ? AND word >= ? AND word < ?)"
                )
                values += (kind, word, _after(word))
            else:
                conditions.append(
                    "EXISTS (SELECT 1 FROM search_key other"
                    " WHERE other.subject_id = search_key.subject_id"
                    " AND other.word >= ? AND other.word < ?)"
                )
                values += (word, _after(word))
        if asked.born:
            condition, born = _born(kind, asked.born)
            conditions.append(condition)
            values += born
        rows = _file().execute_sql(
            f"SELECT kind, subject_id FROM search_key WHERE {' AND '.join(conditions)}"
            " ORDER BY word LIMIT ?",
            (*values, WEIGHED * KEYS_A_SUBJECT),
        )
        hits += list(dict.fromkeys(rows))[:WEIGHED]
    return hits


def _count(kind: SearchKind, word: str) -> int:
    (count,) = (
        _file()
        .execute_sql(
            "SELECT count(*) FROM (SELECT 1 FROM search_key"
            " WHERE kind = ? AND word >= ? AND word < ? LIMIT ?)",
            (kind, word, _after(word), MANY),
        )
        .fetchone()
    )
    return int(count)


def _born(kind: SearchKind, born: str) -> tuple[str, tuple[object, ...]]:
    """The condition that a version of the subject says so."""
    if kind is SearchKind.PRISONER:
        return (
            "EXISTS (SELECT 1 FROM prisoner_detail d WHERE d.prisoner_id = subject_id"
            " AND d.birth_year = ?)",
            (int(born[:4]),),
        )
    return (
        "EXISTS (SELECT 1 FROM person_detail d WHERE d.person_id = subject_id"
        " AND d.birth >= ? AND d.birth < ?)",
        (born, _after(born)),
    )


# ---- those with words like it


def _alike(asked: Typed, kinds: Collection[SearchKind]) -> list[Weighed]:
    like = {word: {word: 1.0, **alike_words.like(word)} for word in asked.words}
    sums: defaultdict[Hit, float] = defaultdict(float)
    for word, alike in like.items():
        if len(word) < alike_words.SHORTEST - 1 and asked.longest >= alike_words.SHORTEST:
            continue
        scores = list(alike.values())
        best_of: dict[Hit, float] = {}
        for kind, subject, place in _rows_alike(list(alike), kinds):
            best_of.setdefault((kind, subject), scores[place])
        for hit, score in best_of.items():
            sums[hit] += score
    best_first = sorted(sums.items(), key=itemgetter(1), reverse=True)
    likely = [hit for hit, _sum in best_first[: WEIGHED * 5]]
    if asked.born:
        likely = [hit for hit in likely if _is_born(hit, asked.born)]
    return _weigh(asked, likely[:WEIGHED], like)


def _rows_alike(
    words: Sequence[str], kinds: Collection[SearchKind]
) -> Iterable[tuple[int, bytes, int]]:
    """Kind, subject, and the place in `words` of what begins a word of theirs."""
    starts = ", ".join("(?, ?, ?)" for _ in words)
    rows: Iterable[tuple[int, bytes, int]] = _file().execute_sql(
        "SELECT kind, subject_id, start.column1"
        f" FROM (VALUES {starts}) AS start CROSS JOIN search_key"
        f" WHERE kind IN ({', '.join('?' for _ in kinds)})"
        " AND word >= start.column2 AND word < start.column3 LIMIT ?",
        (
            *(part for at, word in enumerate(words) for part in (at, word, _after(word))),
            *kinds,
            _ROWS_ALIKE,
        ),
    )
    return rows


def _is_born(hit: Hit, born: str) -> bool:
    kind, subject = hit
    condition, values = _born(SearchKind(kind), born)
    return bool(
        _file()
        .execute_sql(f"SELECT {condition} FROM (SELECT ? AS subject_id)", (*values, subject))
        .fetchone()[0]
    )


# ---- weighing


def _weigh(
    asked: Typed, hits: Sequence[Hit], like: Mapping[str, Mapping[str, float]]
) -> list[Weighed]:
    """Those of `hits` who fit; words that are merely like the typed ones only with `like`."""
    if not hits:
        return []
    theirs: defaultdict[bytes, list[str]] = defaultdict(list)
    for subject, word in _file().execute_sql(
        "SELECT subject_id, word FROM search_key"
        f" WHERE subject_id IN ({', '.join('?' for _ in hits)})",
        [subject for _kind, subject in hits],
    ):
        theirs[subject].append(word)
    likeness = cache(_alike_by if like else _begins)
    found = []
    for kind, subject in hits:
        fits = [
            max((likeness(word, one), one) for one in theirs[subject]) for word in asked.words
        ]
        missing = [
            word
            for word, (score, _) in zip(asked.words, fits, strict=True)
            if not score and word not in PARTICLES
        ]
        if not missing or (len(missing) == 1 and len(asked.words) >= _ONE_MAY_BE_WRONG):
            score = sum(score for score, _ in fits) / len(fits)
            by = tuple(word for _, word in fits)
            found.append(Weighed(kind, UUID(bytes=subject), score, by))
    return found


def _begins(word: str, theirs: str) -> float:
    if not theirs.startswith(word):
        return 0.0
    return 1.0 if len(theirs) == len(word) else _BEGINNING


def _alike_by(word: str, theirs: str) -> float:
    if theirs.startswith(word):
        return _begins(word, theirs)
    if len(word) < alike_words.SHORTEST or not word.isalpha():
        return 0.0
    from rapidfuzz import fuzz

    whole = fuzz.ratio(word, theirs, score_cutoff=alike_words.ALIKE)
    if len(word) >= alike_words.SHORTEST_BEGINNING:
        beginning = fuzz.ratio(word, theirs[: len(word)], score_cutoff=alike_words.ALIKE)
        whole = max(whole, beginning * _BEGINNING)
    return float(whole) / 100 * _BEGINNING


def _after(word: str) -> str:
    """What sorts behind all that begins with `word`; keys are Latin capitals and digits."""
    return word + "~"


def _file() -> RegisterFile:
    file: RegisterFile = SearchKey._meta.database
    return file
