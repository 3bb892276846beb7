"""The pictures by which reading is judged: the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from tests.pictures import conditions, holders, scenes
from tests.pictures import plain as plains
from tests.pictures.conditions import Condition, Conditions
from tests.pictures.pages import Page, page
from tests.pictures.printing import INCH, PITCH
from tests.pictures.zones import Layout, check_digits_hold, zone

FIXED_SEED = 2026
"""The one that readers may be tuned on; any other is for judging."""

# Of twenty documents: 45 % cards, 40 % passports, 15 % of the rarer layouts.
_LAYOUTS = (
    (Layout.TD1,) * 9 + (Layout.TD3,) * 8 + (Layout.TD2, Layout.MRV_A, Layout.MRV_B)
)  # fmt: skip

_TAMPERED, _CUT_OFF, _TWO = 6, 3, 2


@dataclass(frozen=True, slots=True)
class Specimen:
    """One picture. `truth`: the printed lines, top line first; None without a zone, those of
    both when there are two documents. `accept`: whether `ok` is allowed."""

    id: str
    category: str
    picture: bytes = field(repr=False)
    truth: tuple[str, ...] | None = field(repr=False)
    accept: bool


@dataclass(frozen=True, slots=True)
class _Chances:
    """Two sources of chance, both set by where a specimen stands in the corpus."""

    words: random.Random
    numbers: np.random.Generator

    @classmethod
    def of(cls, seed: int, name: str, place: int) -> _Chances:
        words = random.Random(f"{seed}/{name}/{place}")
        return cls(words, np.random.default_rng(words.getrandbits(64)))


def standard(seed: int) -> Iterator[Specimen]:
    """120 pictures that a reader should read."""
    return _of_conditions(seed, "standard", conditions.STANDARD)


def hard(seed: int) -> Iterator[Specimen]:
    """40 pictures that a person can still read."""
    return _of_conditions(seed, "hard", conditions.HARD)


def sample(seed: int) -> Iterator[Specimen]:
    """20 standard pictures of all categories, one trap of each kind, 2 without a zone."""
    orders = _orders(conditions.STANDARD)
    for place in range(0, len(orders), 6):
        yield _pictured(seed, "standard", place, *orders[place])
    for place in (0, _TAMPERED, _TAMPERED + _CUT_OFF):
        yield _trap(seed, place)
    for place in range(2):
        yield _plain(seed, place)


def traps(seed: int) -> Iterator[Specimen]:
    """11 pictures that must never be `ok`: a digit changed, a part missing, two documents."""
    for place in range(_TAMPERED + _CUT_OFF + _TWO):
        yield _trap(seed, place)


def plain(seed: int) -> Iterator[Specimen]:
    """Pictures without a zone."""
    for place in range(len(plains.KINDS)):
        yield _plain(seed, place)


def everything(seed: int) -> Iterator[Specimen]:
    for part in (standard, hard, traps, plain):
        yield from part(seed)


def _of_conditions(
    seed: int, name: str, table: tuple[tuple[str, Condition, int], ...]
) -> Iterator[Specimen]:
    for place, (category, condition) in enumerate(_orders(table)):
        yield _pictured(seed, name, place, category, condition)


def _orders(table: tuple[tuple[str, Condition, int], ...]) -> list[tuple[str, Condition]]:
    return [(category, condition) for category, condition, count in table for _ in range(count)]


def _pictured(
    seed: int, name: str, place: int, category: str, condition: Condition
) -> Specimen:
    chances = _Chances.of(seed, name, place)
    layout = _layout(seed, name, place)
    lines = zone(holders.printed(chances.words, layout))
    how = condition(chances.numbers)
    picture = _shot(_page(lines, layout, how, chances), how, chances)
    return Specimen(f"{name}-{place:03d}", category, picture, lines, accept=True)


def _layout(seed: int, name: str, place: int) -> Layout:
    """Each twenty places have each layout's share."""
    block, within = divmod(place, len(_LAYOUTS))
    order = list(_LAYOUTS)
    random.Random(f"{seed}/{name}/layouts/{block}").shuffle(order)
    return order[within]


def _page(lines: tuple[str, ...], layout: Layout, how: Conditions, chances: _Chances) -> Page:
    style = replace(how.style, facing=how.style.facing and layout is Layout.TD3)
    return page(lines, layout, how.dpi, style, chances.numbers)


def _shot(drawn: Page, how: Conditions, chances: _Chances) -> bytes:
    drawn = how.touched(drawn, chances.numbers)
    return how.taken(scenes.lay(drawn, how.pose, chances.numbers), chances.numbers)


def _trap(seed: int, place: int) -> Specimen:
    chances = _Chances.of(seed, "traps", place)
    condition = chances.words.choice(conditions.FOR_TRAPS)
    how = condition(chances.numbers)
    layout = chances.words.choice((Layout.TD1, Layout.TD3))
    lines = zone(holders.printed(chances.words, layout))
    if place < _TAMPERED:
        category = "tampered"
        lines = tampered(lines, chances.words)
        picture = _shot(_page(lines, layout, how, chances), how, chances)
    elif place < _TAMPERED + _CUT_OFF:
        category = "cut off"
        picture = _cut_off(lines, layout, place - _TAMPERED, chances)
    else:
        category = "two documents"
        other = zone(holders.printed(chances.words, layout))
        picture = _two_documents((lines, other), layout, chances)
        lines += other
    return Specimen(f"traps-{place:03d}", category, picture, lines, accept=False)


def tampered(lines: tuple[str, ...], chance: random.Random) -> tuple[str, ...]:
    """One digit of number, birth, expiry or optional data is another; no check digit fits."""
    row, spans = {
        3: (1, ((0, 6), (8, 14))),
        2: (1, ((0, 9), (13, 19), (21, 27), (28, 42))),
    }[len(lines)]
    if len(lines) == 3 and chance.random() < 0.6:
        row, spans = 0, ((5, 14), (15, 29))
    columns = [
        c for first, end in spans for c in range(first, end) if lines[row][c].isdecimal()
    ]
    column = chance.choice(columns)
    before = lines[row][column]
    after = chance.choice([each for each in "0123456789" if each != before])
    line = lines[row][:column] + after + lines[row][column + 1 :]
    changed = (*lines[:row], line, *lines[row + 1 :])
    if check_digits_hold(changed):
        raise ValueError("the change would be seen by no check digit")
    return changed


def _cut_off(lines: tuple[str, ...], layout: Layout, kind: int, chances: _Chances) -> bytes:
    """The right end of every line is missing, or the last line is, or half of its height."""
    how = conditions.clean(chances.numbers)
    drawn = _page(lines, layout, replace(how, dpi=280), chances)
    _, _, right, bottom = drawn.zone
    dots = drawn.dpi / INCH
    if kind == 0:
        edge = right - chances.numbers.integers(3, 9) * PITCH * dots
        cut = (1 - edge / drawn.picture.width, 0.0)
    else:
        edge = bottom - (3.2 if kind == 1 else 1.4) * dots
        cut = (0.0, 1 - edge / drawn.picture.height)
    return _shot(
        drawn, replace(how, dpi=280, pose=replace(how.pose, angle=0, cut=cut)), chances
    )


def _two_documents(
    both: tuple[tuple[str, ...], tuple[str, ...]], layout: Layout, chances: _Chances
) -> bytes:
    how = replace(conditions.clean(chances.numbers), dpi=220)
    how = replace(how, style=replace(how.style, facing=False))
    upper, lower = (_page(lines, layout, how, chances) for lines in both)
    width, height = upper.picture.size
    gap = round(0.06 * width)
    table = scenes.ground(
        (width + 2 * gap, 2 * height + 3 * gap), scenes.Ground.WOOD, chances.numbers
    )
    for drawn, top in ((upper, gap), (lower, height + 2 * gap)):
        shift = chances.numbers.uniform(-0.02, 0.02) * width
        left, right = gap + shift, gap + shift + width
        corners = ((left, top), (right, top), (right, top + height), (left, top + height))
        table = scenes.onto(table, drawn, corners)
    return how.taken(table, chances.numbers)


def _plain(seed: int, place: int) -> Specimen:
    chances = _Chances.of(seed, "plain", place)
    category, draw = plains.KINDS[place]
    picture = draw(chances.numbers)
    taken = Conditions(noise=4, quality=85).taken(picture, chances.numbers)
    return Specimen(f"plain-{place:03d}", category, taken, None, accept=False)
