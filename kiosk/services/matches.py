"""Who is meant by what was typed: whose words begin so, then whose words are like it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from uuid import UUID

from kiosk.codes import SearchKind
from kiosk.models import SearchKey
from kiosk.models.engine import RegisterFile
from kiosk.services import alike_words
from kiosk.typed import PARTICLES, Typed, other_readings, typed

# Subjects weighed against each other for one list, of those who are like what was typed.
WEIGHED = 40
# The same of those whose words begin so: the whole words stand first already.
_BEGIN_SO = 30
# Of one name, in the spellings and readings that begin alike.
KEYS_A_SUBJECT = 3
# Counting ends here: a word that leads to more leads to nobody by itself.
MANY = 20_000
# To look a subject up, in a page of its own, costs as much as to read so many of a range.
_LOOKING_UP = 25
# Rows read for one word and all that is like it.
_ROWS_ALIKE = 2_000
# Of so many letters on, a word leads to somebody by itself.
_TELLING = 3
_BEGINNING = 0.98  # against 1 for the whole word
_LAST_DIGITS = 3
# What is no word of theirs may stand among this many.
_ONE_MAY_BE_WRONG = 3


@dataclass(frozen=True, slots=True)
class Weighed:
    """A subject, how well it fits (0 to 1), and by which of its words."""

    kind: int
    subject_id: UUID
    score: float
    words: tuple[str, ...] = field(repr=False)


def best(text: str, kinds: Collection[SearchKind], enough: int) -> tuple[Weighed, ...]:
    """Those who fit `text`, the best first; at least `enough` of them if so many are like it.

    Only where nobody is found by the words as they stand, the other keyboard and the letters
    of passports are tried.
    """
    asked = typed(text)
    if not asked.words:
        return ()
    if found := _found_so(asked, kinds):
        more = _alike(asked, kinds) if len(found) < enough else []
        return _in_order([*found, *more])
    readings = (asked, *other_readings(text))
    for find in (_found_so, _alike):
        for reading in readings:
            if reading.longest > 1 and (found := find(reading, kinds)):
                return _in_order(found)
    return ()


def _found_so(asked: Typed, kinds: Collection[SearchKind]) -> list[Weighed]:
    """Those with words that begin as the typed ones, or else with a number that ends so."""
    if found := _weigh(asked, _beginning_with(asked, kinds), like=False):
        return found
    ends = frozenset(filter(_is_an_end, asked.words))
    if not ends or ends == frozenset(asked.words):
        return []
    return _weigh(asked, _beginning_with(asked, kinds, ends), like=False)


def _in_order(found: Iterable[Weighed]) -> tuple[Weighed, ...]:
    """Each subject once, the best first, and of equals by the alphabet."""
    ordered: dict[UUID, Weighed] = {}
    for one in sorted(found, key=lambda one: (-one.score, one.words, one.kind, one.subject_id)):
        ordered.setdefault(one.subject_id, one)
    return tuple(ordered.values())


# ---- those with words that begin so


def _beginning_with(
    asked: Typed, kinds: Collection[SearchKind], ends: Set[str] = frozenset()
) -> list[bytes]:
    """Subjects with a word that begins like each of the typed ones, or ends like `ends`."""
    found: list[bytes] = []
    for kind in kinds:
        counts = {word: 1 for word in asked.words if word not in ends}
        if len(counts) > 1:
            counts = {word: _count(kind, word) for word in counts}
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
        for word in ends:
            conditions.append(
                "EXISTS (SELECT 1 FROM search_key other"
                " WHERE other.subject_id = search_key.subject_id AND other.word LIKE ?)"
            )
            values.append("%" + word)
        if asked.born:
            query, born = _born(kind, asked.born)
            conditions.append(f"subject_id IN ({query})")
            values += born
        rows = _file().execute_sql(
            f"SELECT subject_id FROM search_key WHERE {' AND '.join(conditions)}"
            " ORDER BY word LIMIT ?",
            (*values, _BEGIN_SO * KEYS_A_SUBJECT),
        )
        found += list(dict.fromkeys(subject for (subject,) in rows))[:_BEGIN_SO]
    return found


def _is_an_end(word: str) -> bool:
    """Whether it may be the last digits of a number; a line of the list shows three."""
    return len(word) >= _LAST_DIGITS and word.isdigit()


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
    """The subjects of whom a version says so, as a query with its values."""
    if kind is SearchKind.PRISONER:
        return "SELECT prisoner_id FROM prisoner_detail WHERE birth_year = ?", (int(born[:4]),)
    return (
        "SELECT person_id FROM person_detail WHERE birth >= ? AND birth < ?",
        (born, _after(born)),
    )


# ---- those with words like it


def _alike(asked: Typed, kinds: Collection[SearchKind]) -> list[Weighed]:
    """Subjects whose words are like the typed ones, by most of which they are led to."""
    like = alike_words.like(asked.words)
    telling = [word for word in asked.words if len(word) >= _TELLING] or asked.words
    led_to = [_led_to(like[word], kinds) for word in telling]
    if asked.born:
        born = {
            subject
            for kind in kinds
            for (subject,) in _file().execute_sql(*_born(kind, asked.born))
        }
        led_to = [{one: score for one, score in led.items() if one in born} for led in led_to]
    # The rarest first: when nobody is led to twice, it says most.
    led_to.sort(key=len)
    twice: set[bytes] = set()
    for at, one in enumerate(led_to):
        for other in led_to[at + 1 :]:
            twice |= one.keys() & other.keys()
    likely = sorted(twice, key=lambda one: -sum(led.get(one, 0.0) for led in led_to))
    if len(likely) < WEIGHED and led_to:
        likely += [one for one in islice(led_to[0], WEIGHED) if one not in twice]
    return _weigh(asked, likely[:WEIGHED], like=True)


def _led_to(alike: Mapping[str, float], kinds: Collection[SearchKind]) -> dict[bytes, float]:
    """Subjects with a word that begins like one of `alike`; the most alike first."""
    starts = ", ".join("(?, ?, ?)" for _ in alike)
    rows = (
        _file()
        .execute_sql(
            "SELECT subject_id, start.column1"
            f" FROM (VALUES {starts}) AS start CROSS JOIN search_key"
            f" WHERE kind IN ({', '.join('?' for _ in kinds)})"
            " AND word >= start.column2 AND word < start.column3 LIMIT ?",
            (
                *(part for word, one in alike.items() for part in (one, word, _after(word))),
                *kinds,
                _ROWS_ALIKE,
            ),
        )
        .fetchall()
    )
    found = dict(rows)
    if len(found) < len(rows):
        # Of several words the most alike, which came first, is what counts.
        rows.reverse()
        found |= dict(rows)
    return found


# ---- weighing


def _weigh(asked: Typed, subjects: Sequence[bytes], *, like: bool) -> list[Weighed]:
    """Those of `subjects` who fit; by words that begin so, or with `like` are like them."""
    if not subjects:
        return []
    theirs: defaultdict[tuple[bytes, int], list[str]] = defaultdict(list)
    for subject, kind, word in _file().execute_sql(
        "SELECT subject_id, kind, word FROM search_key"
        f" WHERE subject_id IN ({', '.join('?' for _ in subjects)})",
        subjects,
    ):
        theirs[subject, kind].append(word)
    likeness = cache(_likeness() if like else _begins)
    found = []
    for (subject, kind), words in theirs.items():
        fits = [max((likeness(word, one), one) for one in words) for word in asked.words]
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
        return _BEGINNING if _is_an_end(word) and theirs.endswith(word) else 0.0
    return 1.0 if len(theirs) == len(word) else _BEGINNING


def _likeness() -> Callable[[str, str], float]:
    from rapidfuzz import fuzz

    def alike(word: str, theirs: str) -> float:
        if theirs.startswith(word):
            return _begins(word, theirs)
        if len(word) < alike_words.SHORTEST or not word.isalpha():
            return 0.0
        whole = fuzz.ratio(word, theirs, score_cutoff=alike_words.ALIKE)
        if not whole and len(word) >= alike_words.SHORTEST_BEGINNING:
            cut = fuzz.ratio(word, theirs[: len(word)], score_cutoff=alike_words.ALIKE)
            whole = cut * _BEGINNING
        return float(whole) / 100 * _BEGINNING

    return alike


def _after(word: str) -> str:
    """What sorts behind all that begins with `word`; keys are Latin capitals and digits."""
    return word + "~"


def _file() -> RegisterFile:
    file: RegisterFile = SearchKey._meta.database
    return file
