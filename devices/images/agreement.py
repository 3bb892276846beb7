"""What two readings of one picture amount to: the first path's, and a second opinion of it.

Both look at the same ink, so where print is damaged both may be wrong alike. A second opinion
therefore never makes a reading `ok` by being sure of itself; it can only

1. lift the one doubt that a character is hardly legible, when both agree in every character
   and no look-alike of a doubtful character would stand there just as well: a name has no
   check digit, so a doubtful letter of a name stays a person's to settle;
2. take the place of a reading whose check digits fail, or hold only because characters were
   chosen for them, when its own hold as they were read: for review, each difference marked;
3. fill in the characters that were doubtful in a reading whose check digits fail, when they
   hold afterwards: for review, each marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

from devices.images.reading import PictureReading
from devices.mrz import ReasonCode, Status, parse
from devices.mrz.layouts import closes

Place = tuple[int, int]
"""Line and column, from 0."""

# Characters that were mistaken for one another on OCR-B by either reader, once blurred, broken
# or printed fat. Wide on purpose: one too many costs a second look, one too few a wrong name.
_LOOK_ALIKES = (
    "0ODQCGU",
    "1ILJT7Y",
    "2Z7",
    "35S89B",
    "4AH",
    "5SF",
    "6GC80",
    "8B9R0",
    "9G0",
    "KXRHC<",
    "MNWH",
    "UVYW",
    "EFBCLR",
    "PRFD",
    "<CESL",
)

# With more, some combination of look-alikes is nearly always right as well.
_MOST_DOUBTFUL = 3


@dataclass(frozen=True, slots=True)
class Opinion:
    """The lines that PassportEye made out, top line first, which may be none of a zone.

    `corrected`: the places where its parser put a letter for a digit, or the reverse, because
    of the kind of the place.
    """

    lines: tuple[str, ...] = field(repr=False)
    corrected: frozenset[Place] = field(default=frozenset(), repr=False)


def agree(
    first: PictureReading, doubtful: Set[Place], second: Opinion | None, today: date
) -> PictureReading:
    """`first`, or the better that it becomes with what `second` says.

    `doubtful`: every place of `first` that was hardly legible or blank, or that check digits
    chose. `today` settles centuries. Never gives `ok` for what the first path did not read.
    """
    if second is None or ReasonCode.TWO_DOCUMENTS in first.doubts:
        return first
    if closes(first.lines) and not first.repaired:
        settled = first.doubts == (ReasonCode.HARDLY_LEGIBLE,) and _settles(
            second, first.lines, doubtful, today
        )
        return replace(first, doubts=(), unsure=()) if settled else first
    if closes(second.lines):
        return first if second.lines == first.lines else _in_place_of(first, second)
    return first if closes(first.lines) else _filled_in(first, doubtful, second)


def _settles(
    second: Opinion, lines: tuple[str, ...], doubtful: Set[Place], today: date
) -> bool:
    """Whether `lines` are right beyond doubt, now that the second reader was asked."""
    return (
        second.lines == lines
        and not second.corrected & doubtful
        and 0 < len(doubtful) <= _MOST_DOUBTFUL
        # Else what makes them a review would make one of every look-alike, and prove nothing.
        and parse(lines, today).status is Status.OK
        and not any(
            parse(others, today).status is Status.OK
            for others in _look_alikes(lines, sorted(doubtful))
        )
    )


def _look_alikes(lines: tuple[str, ...], places: Sequence[Place]) -> Iterator[tuple[str, ...]]:
    """Every zone that differs from `lines` by look-alikes in one or more of the `places`."""
    printed = tuple(_at(lines, place) for place in places)
    for characters in product(*(_alike(character) for character in printed)):
        if characters != printed:
            yield _with(lines, zip(places, characters, strict=True))


def _alike(character: str) -> str:
    """`character` and all that it may be taken for."""
    groups = (group for group in _LOOK_ALIKES if character in group)
    return "".join(sorted({character}.union(*groups)))


def _with(lines: Sequence[str], changes: Iterable[tuple[Place, str]]) -> tuple[str, ...]:
    changed = [list(line) for line in lines]
    for (line, column), character in changes:
        changed[line][column] = character
    return tuple("".join(line) for line in changed)


def _in_place_of(first: PictureReading, second: Opinion) -> PictureReading:
    """The second's lines, for review."""
    in_step = [*map(len, first.lines)] == [*map(len, second.lines)]
    return PictureReading(
        second.lines,
        tuple(dict.fromkeys((*first.doubts, ReasonCode.HARDLY_LEGIBLE))),
        tuple(sorted(second.corrected | _differences(first.lines, second.lines))),
        # Where the first path hardly saw anything, the same ink was read.
        first.unsure if in_step else (),
    )


def _filled_in(first: PictureReading, doubtful: Set[Place], second: Opinion) -> PictureReading:
    """`first` with the second's characters in its doubtful places, if that closes the zone."""
    changed = _differences(first.lines, second.lines) & doubtful
    lines = _with(first.lines, ((place, _at(second.lines, place)) for place in changed))
    if not closes(lines):
        return first
    return replace(first, lines=lines, repaired=tuple(sorted({*first.repaired, *changed})))


def _differences(first: Sequence[str], second: Sequence[str]) -> frozenset[Place]:
    """Where two readings differ, in lines of one length: others are out of step."""
    if len(first) != len(second):
        return frozenset()
    return frozenset(
        (line, column)
        for line, (one, other) in enumerate(zip(first, second, strict=True))
        if len(one) == len(other)
        for column in range(len(one))
        if one[column] != other[column]
    )


def _at(lines: Sequence[str], place: Place) -> str:
    line, column = place
    return lines[line][column]
