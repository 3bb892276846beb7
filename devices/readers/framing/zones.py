"""Which of the runs of characters that came are the lines of machine-readable zones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from devices.mrz import layouts

Lines = tuple[str, ...]

# Symbology marks, lengths, flags before a line and block checks after it.
ORNAMENT = 3

# Width and number of lines of every zone. The widest first: a longer zone without separators
# could hold a shorter one only by chance.
_SHAPES = ((layouts.TD3_WIDTH, 2), (layouts.TD1_WIDTH, 3), (layouts.TD2_WIDTH, 2))

# The fewest characters of a zone, and how long a run may be that ends one which began before
# it. Nothing can be over at another length, and most characters need not be looked at twice.
SHORTEST = min(width * count for width, count in _SHAPES)
ENDS = frozenset(
    width + flag for width, count in _SHAPES if count == 2 for flag in range(ORNAMENT + 1)
)

# First letters of two lines of 44 (passports, visas) and of 36 (cards, passports, visas).
_FIRSTS = {
    layouts.TD3_WIDTH: "PV",
    layouts.TD2_WIDTH: "ACIPV",
    layouts.TD1_WIDTH: layouts.TD1_FIRST_LETTERS,
}

_LONGEST_WORD = 20

_START_OF_ZONE = re.compile(r"[PACIV][A-Z<][A-Z<]{3}", re.ASCII)
_NAME = re.compile(r"[A-Z<]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that came without a break; `torn`: beside one that was not made out, so that
    a run shorter than a line may be a piece of one."""

    text: str = field(repr=False)
    torn: bool = False
    in_noise: bool = False
    """Torn, and beside characters that belong to no line."""

    @property
    def is_word(self) -> bool:
        """Whether it is rather a word of print than the beginning of a line."""
        return len(self.text) < _LONGEST_WORD and "<" not in self.text


def closed(runs: Sequence[Run], last: Run, *, is_over: bool) -> tuple[Lines, int] | None:
    """The zone with right check digits whose last character is that of `last`, and how many of
    `runs`, which came before, belong to it. `is_over`: a separator has come after `last`."""
    run = last.text
    length = len(run)
    if is_over:
        return _closed_by_separator(runs, last)
    lines = _two_lines(runs, last)
    # A visa's last line ends in what no check digit covers: whether a character too many came
    # there is known when the line has ended.
    if lines is not None and lines[0][0] != layouts.VISA_FIRST_LETTER:
        return lines, 1
    if length >= SHORTEST:
        for width, count in _SHAPES:
            lines_of_one = _cut(run, width, count)
            if lines_of_one is not None and layouts.closes(lines_of_one):
                return lines_of_one, 0
    return None


def _closed_by_separator(runs: Sequence[Run], last: Run) -> tuple[Lines, int] | None:
    if len(runs) >= 2 and len(last.text) >= layouts.TD1_WIDTH:
        # No check digit covers the last of three lines; only its length tells.
        card = _three_lines(runs[-2].text, runs[-1].text, last.text)
        if card is not None:
            return card, 2
    visa = _two_lines(runs, last)
    return None if visa is None else (visa, 1)


def _two_lines(runs: Sequence[Run], last: Run) -> Lines | None:
    length = len(last.text)
    for width in (layouts.TD3_WIDTH, layouts.TD2_WIDTH):
        # What stands before a torn line is rather the rest of noise than a flag.
        if runs and width <= length <= width + (0 if last.torn else ORNAMENT):
            lines = runs[-1].text[-width:], last.text[-width:]
            if layouts.closes(lines) and not _is_of_two(runs):
                return lines
    return None


def _is_of_two(runs: Sequence[Run]) -> bool:
    """Whether the last run, which ends in a name, follows that of another document.

    Then nothing tells whose number comes next: no check digit covers a name.
    """
    if len(runs) < 2:
        return False
    before, upper = runs[-2].text, runs[-1].text
    return (
        len(before) == len(upper)
        and before != upper
        and all(_START_OF_ZONE.match(run) for run in (before, upper))
    )


def _three_lines(upper: str, middle: str, lower: str) -> Lines | None:
    width = layouts.TD1_WIDTH
    flag = len(lower) - width
    if flag:
        # A flag stands before every line; a letter before the last alone is one too many.
        if flag > ORNAMENT or not len(upper) == len(middle) == len(lower):
            return None
        if len({line[:flag] for line in (upper, middle, lower)}) > 1:
            return None
        lines = upper[flag:], middle[flag:], lower[flag:]
        return lines if layouts.closes(lines) else None
    middle = _without_extra_fillers(middle)
    # Fillers too many do no harm where the composite check digit covers the line.
    for first in (upper[-width:], _without_extra_fillers(upper)):
        if layouts.closes((first, middle, lower)):
            return first, middle, lower
    return None


def _without_extra_fillers(line: str) -> str:
    return line[: layouts.TD1_WIDTH] + line[layouts.TD1_WIDTH :].rstrip("<")


def _cut(run: str, width: int, count: int) -> Lines | None:
    start = len(run) - width * count
    if start < 0 or not _START_OF_ZONE.match(run, start):
        return None
    return tuple(run[at : at + width] for at in range(start, len(run), width))


# ---- by their shape alone


def by_shape(runs: Sequence[Run], *, short_names: bool = False) -> list[Lines]:
    """Every run of lines that has the shape of a zone, whether its check digits are right.

    `short_names` lets the line that ends in the name be shorter than it must be: some readers
    trim its fillers, and it may have lost a letter.
    """
    left = _without_ornaments(runs)
    zones: list[Lines] = []
    while left:
        found = (
            _one_run(left[-1].text)
            or _three_runs(left, short_names)
            or _two_runs(left, short_names)
        )
        if found is None:
            left.pop()
            continue
        lines, used = found
        if lines not in zones:
            zones.insert(0, lines)
        del left[-used:]
    return zones


def _without_ornaments(runs: Sequence[Run]) -> list[Run]:
    """The runs that may be lines; a torn one beside what is left out is known to be so."""
    kept: list[Run] = []
    for number, run in enumerate(runs):
        if len(run.text) <= ORNAMENT:
            continue
        beside = [*runs[max(0, number - 1) : number], *runs[number + 1 : number + 2]]
        in_noise = run.torn and any(len(other.text) <= ORNAMENT for other in beside)
        kept.append(Run(run.text, run.torn, in_noise))
    return kept


def starts(runs: Sequence[Run]) -> bool:
    """Whether one of them begins as a zone does."""
    return any(_START_OF_ZONE.match(run.text) for run in runs)


def lacks_characters(runs: Sequence[Run]) -> bool:
    """Whether what begins as a zone is shorter than any zone that begins so."""
    text = next(run.text for run in runs if _START_OF_ZONE.match(run.text))
    width = next((width for width, _ in _SHAPES if len(text) == width), 0)
    lines = dict(_SHAPES)
    if not width:
        width = layouts.TD3_WIDTH if text[0] in "PV" else layouts.TD1_WIDTH
    return sum(len(run.text) for run in runs) < width * lines[width]


def _one_run(run: str) -> tuple[Lines, int] | None:
    """All lines in one, perhaps with a few characters before them."""
    for width, count in _SHAPES:
        if 0 <= len(run) - width * count <= ORNAMENT:
            lines = _cut(run, width, count)
            if lines is not None and lines[0][0] in _FIRSTS[width]:
                return lines, 1
    return None


def _three_runs(runs: list[Run], short_names: bool) -> tuple[Lines, int] | None:
    if len(runs) < 3:
        return None
    upper, middle, lower = runs[-3:]
    if upper.in_noise or middle.in_noise:
        return None
    width = layouts.TD1_WIDTH
    if not 0 <= len(upper.text) - width <= ORNAMENT or len(middle.text) != width:
        return None
    first = upper.text[-width:]
    if first[0] not in _FIRSTS[width]:
        first = upper.text[:width]
    if first[0] not in _FIRSTS[width] or not _fits(lower, width, short_names):
        return None
    if len(lower.text) < width and not _NAME.fullmatch(lower.text):
        return None
    return (first, middle.text, lower.text), 3


def _two_runs(runs: list[Run], short_names: bool) -> tuple[Lines, int] | None:
    if len(runs) < 2:
        return None
    upper, lower = runs[-2:]
    if lower.in_noise or _is_of_two(runs[:-1]):
        return None
    for width in (layouts.TD3_WIDTH, layouts.TD2_WIDTH):
        if len(lower.text) != width or not _fits(upper, width, short_names):
            continue
        text = upper.text
        if text[0] not in _FIRSTS[width]:
            text = text[-width:]
        short = len(text) < width
        if text[0] in _FIRSTS[width] and not (short and not _START_OF_ZONE.match(text)):
            return (text, lower.text), 2
    return None


def _fits(run: Run, width: int, may_be_short: bool) -> bool:
    """Whether `run` may be a line that ends in a name, which no check digit covers."""
    length = len(run.text)
    if length > width + ORNAMENT or run.in_noise:
        return False
    return length >= width or (may_be_short and not run.torn)
