"""How likely each character is in each cell → the lines, and what is doubtful about them.

What may stand in a place narrows the choice: digits in dates, the codes of states. Where a
check digit then fails, the likeliest change that satisfies all of them is made, and marked:
a check digit is blind to some changes, so a person must look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

import numpy as np

from devices.images.letters import ALPHABET, NO_CHARACTER, Floats
from devices.mrz.answer import Format
from devices.mrz.check_digits import agrees
from devices.mrz.countries import ISSUERS, NATIONALITIES
from devices.mrz.layouts import layout_of
from devices.mrz.zone import Layout, Place, Zone

_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIRST_LETTERS = {(3, 30): "ACI", (2, 44): "PV", (2, 36): "ACIV"}

# States whose numbers are two letters and seven digits, and whose optional data begin with a
# personal number of so many digits.
_TWO_LETTERS_SEVEN_DIGITS = frozenset({"KGZ", "UZB"})
_PERSONAL_DIGITS = {"KGZ": 14, "UZB": 14, "KAZ": 12}

# OCR-B draws these so much alike that only the kind of place tells them apart.
_LOOK_ALIKES = ("0ODQ", "1IL", "2Z", "7Z", "5S", "8B", "6G", "4A", "UV", "7T")

_ISSUER = Place(0, 2, 5)  # in every layout; which layout it is depends on it

# Log likelihoods: a change to a character e^9 times less likely than another is no reading any
# more. So few choices and options keep the search for changes below 0.1 s.
_DEAREST_CHANGE = 9.0
_DEAREST_LINE = 14.0
_READABLE = -1.2  # mean log likelihood below which no change would make sense of it
_CHOICES = 4
_OPTIONS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """Lines with the places (line, column) that check digits chose against their look.

    `weakest`: the log likelihood of the least certain character, its look-alikes that cannot
    stand there counted for it. `blank`: the places where no character is seen.
    """

    lines: tuple[str, ...] = field(repr=False)
    repaired: tuple[tuple[int, int], ...]
    weakest: float
    blank: tuple[tuple[int, int], ...]
    certainty: Floats = field(repr=False)
    """Of each character, shape (lines, places)."""

    def below(self, floor: float) -> frozenset[tuple[int, int]]:
        """The places of the characters that are less certain."""
        lines, columns = np.nonzero(self.certainty < floor)
        return frozenset(zip(lines.tolist(), columns.tolist(), strict=True))


def decoded(likely: Floats) -> Decoded | None:
    """The likeliest lines for `likely`, shape (lines, places, 38); None for no known layout."""
    count, width = likely.shape[:2]
    firsts = _FIRST_LETTERS.get((count, width))
    if firsts is None:
        return None
    # Beyond this a character is simply out of the question, however sure the classifier is.
    looks = np.maximum(likely[:, :, :NO_CHARACTER].astype(np.float64), -25.0)
    draft = ["".join(ALPHABET[at] for at in line.argmax(axis=1)) for line in looks]
    draft[0] = max(firsts, key=lambda first: looks[0, 0, ALPHABET.index(first)]) + draft[0][1:]
    issuer = _likeliest(looks, _ISSUER, ISSUERS)
    draft[0] = draft[0][:2] + issuer + draft[0][5:]
    layout = layout_of(draft)
    if layout is None or (layout.lines, layout.width) != (count, width):
        return None
    allowed = _allowed(layout, issuer, looks.shape, firsts)
    masked = np.where(allowed, looks, -np.inf)
    lines = [list(line) for line in draft]
    for line in range(count):
        for column in range(width):
            lines[line][column] = ALPHABET[masked[line, column].argmax()]
    lines[_ISSUER.line][_ISSUER.start : _ISSUER.stop] = issuer
    if (place := layout.nationality) is not None:
        nationality = _likeliest(looks, place, NATIONALITIES)
        lines[place.line][place.start : place.stop] = nationality
    chosen = ["".join(line) for line in lines]
    if float(likely[:, :, :NO_CHARACTER].max(axis=2).mean()) > _READABLE:
        chosen = _satisfied(layout, chosen, masked)
    certainty = _certainty(likely, chosen, allowed)
    return Decoded(
        lines=tuple(chosen),
        repaired=tuple(
            (line, column)
            for line in range(count)
            for column in range(width)
            if chosen[line][column] != ALPHABET[masked[line, column].argmax()]
        ),
        weakest=float(certainty.min()),
        blank=tuple(
            (int(line), int(column))
            for line, column in zip(
                *np.nonzero(likely[:, :, NO_CHARACTER] > np.log(0.5)), strict=True
            )
        ),
        certainty=certainty,
    )


def _likeliest(looks: Floats, place: Place, codes: frozenset[str]) -> str:
    """The code that fits the place best, with the fillers after it."""
    cells = looks[place.line, place.start : place.stop]
    best, worth = "", -np.inf
    for code in codes:
        padded = code.ljust(place.stop - place.start, "<")
        value = sum(
            float(cell[ALPHABET.index(c)]) for cell, c in zip(cells, padded, strict=True)
        )
        # Two codes of one look: the order of the set must not decide.
        if value > worth or (value == worth and padded < best):
            best, worth = padded, value
    return best


def _allowed(layout: Layout, issuer: str, shape: tuple[int, ...], firsts: str) -> np.ndarray:
    """Which characters may stand in each place, shape (lines, places, 37)."""
    allowed = np.ones(shape, bool)

    def only(place: Place | None, characters: str) -> None:
        if place is not None:
            mask = np.array([one in characters for one in ALPHABET])
            allowed[place.line, place.start : place.stop] = mask

    only(layout.document_code, _LETTERS + "<")
    only(Place(0, 0, 1), firsts)
    only(layout.issuer, _LETTERS + "<")
    only(layout.nationality, _LETTERS + "<")
    if layout.format is not Format.RUS_INTERNAL:  # whose names are coded with digits too
        for place in layout.names:
            only(place, _LETTERS + "<")
    only(layout.birth, _DIGITS + "<")
    only(layout.birth_check, _DIGITS)
    only(layout.sex, "MF<")
    only(layout.expiry, _DIGITS + "<")
    only(layout.expiry_check, _DIGITS + "<")
    only(layout.number_check, _DIGITS + "<")
    only(layout.composite, _DIGITS)
    only(layout.optional_check, _DIGITS + "<")
    if layout.format in (Format.MRVA, Format.MRVB):
        return allowed  # the number of a visa is not built like that of a passport
    number = layout.number
    if issuer in _TWO_LETTERS_SEVEN_DIGITS and number.stop - number.start == 9:
        only(Place(number.line, number.start, number.start + 2), _LETTERS)
        only(Place(number.line, number.start + 2, number.stop), _DIGITS)
    if issuer in _PERSONAL_DIGITS and layout.optional:
        optional = layout.optional[0]
        digits = min(_PERSONAL_DIGITS[issuer], optional.stop - optional.start)
        only(Place(optional.line, optional.start, optional.start + digits), _DIGITS + "<")
    return allowed


def _certainty(likely: Floats, lines: Sequence[str], allowed: np.ndarray) -> Floats:
    shares = np.exp(likely[:, :, :NO_CHARACTER].astype(np.float64))
    result = np.empty(shares.shape[:2], np.float32)
    for line, text in enumerate(lines):
        for column, character in enumerate(text):
            at = ALPHABET.index(character)
            share = shares[line, column, at]
            for alike in _LOOK_ALIKES:
                if character in alike:
                    share += sum(
                        shares[line, column, ALPHABET.index(other)]
                        for other in alike
                        if not allowed[line, column, ALPHABET.index(other)]
                    )
            result[line, column] = np.log(max(share, 1e-12))
    return result


# ---- check digits


Change = tuple[int, int, str]
"""Line, column, and the character to put there."""


@dataclass(frozen=True, slots=True, eq=False)
class _Option:
    cost: float
    changes: tuple[Change, ...]


def _satisfied(layout: Layout, lines: list[str], looks: Floats) -> list[str]:
    """`lines` with the likeliest changes after which every check digit is right.

    As they are, when they agree or when nothing likely makes them agree.
    """
    zone = Zone(layout, tuple(lines))
    if zone.agrees:
        return lines
    groups: list[tuple[list[Place], Place | None]] = [
        ([layout.number], layout.number_check),
        ([layout.birth], layout.birth_check),
    ]
    if layout.expiry is not None:
        groups.append(([layout.expiry], layout.expiry_check))
    if layout.composite is not None or layout.optional_check is not None:
        groups.append((list(layout.optional), layout.optional_check))
    overflows = layout.overflow is not None and layout.number_check.of(lines) == "<"
    choices = []
    for places, check in groups:
        if overflows and places == [layout.number]:
            choices.append([_Option(0.0, ())])
            continue
        found = sorted(_options(lines, looks, places, check), key=lambda one: one.cost)
        choices.append(found[:_OPTIONS] or [_Option(0.0, ())])
    if layout.composite is not None:
        choices.append(_composite_options(lines, looks, layout.composite))
    best: tuple[float, list[str]] | None = None
    for chosen in product(*choices):
        cost = sum(option.cost for option in chosen)
        if cost > _DEAREST_LINE or (best is not None and cost >= best[0]):
            continue
        changed = _changed(lines, [change for option in chosen for change in option.changes])
        if Zone(layout, tuple(changed)).agrees:
            best = (cost, changed)
    if best is not None:
        return best[1]
    # No way to please all: what each field's own check digit wants is still the best reading.
    return _changed(lines, [change for one in choices for change in one[0].changes])


def _changed(lines: Sequence[str], changes: Sequence[Change]) -> list[str]:
    result = [list(line) for line in lines]
    for line, column, character in changes:
        result[line][column] = character
    return ["".join(line) for line in result]


def _alternatives(
    lines: Sequence[str], looks: Floats, place: Place
) -> Iterator[tuple[float, Change]]:
    """Single changes within `place` that are likely enough."""
    for column in range(place.start, place.stop):
        cell = looks[place.line, column]
        now = ALPHABET.index(lines[place.line][column])
        for at in np.argsort(-cell)[: _CHOICES + 1]:
            cost = float(cell[now] - cell[at])
            if at != now and cost < _DEAREST_CHANGE:
                yield cost, (place.line, column, ALPHABET[at])


def _options(
    lines: Sequence[str], looks: Floats, places: Sequence[Place], check: Place | None
) -> Iterator[_Option]:
    """No, one or two changes after which the field agrees with its own check digit."""

    def right(changed: Sequence[str]) -> bool:
        if check is None:
            return True
        text = "".join(place.of(changed) for place in places)
        return agrees(text, check.of(changed))

    if right(lines):
        yield _Option(0.0, ())
    cells = [*places, check] if check is not None else list(places)
    singles = [one for place in cells for one in _alternatives(lines, looks, place)]
    singles.sort(key=lambda one: one[0])
    for cost, change in singles:
        if right(_changed(lines, [change])):
            yield _Option(cost, (change,))
    for (cost, change), (other_cost, other) in combinations(singles[:14], 2):
        if change[:2] != other[:2] and right(_changed(lines, [change, other])):
            yield _Option(cost + other_cost, (change, other))


def _composite_options(lines: Sequence[str], looks: Floats, place: Place) -> list[_Option]:
    return [
        _Option(0.0, ()),
        *(_Option(cost, (change,)) for cost, change in _alternatives(lines, looks, place)),
    ]
