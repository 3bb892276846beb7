"""Which characters of which field a place in the lines is, so that a person can be shown them.

The officer compares what stands on the screen, not lines of thirty characters: a place that was
put right or hardly legible is told as a character of a value, such as the second of a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from devices.mrz import personal_numbers
from devices.mrz.answer import Document, Format
from devices.mrz.layouts import LAYOUTS
from devices.mrz.zone import Place, Zone

# Where the digits of YYMMDD stand in YYYY-MM-DD.
_IN_ISO = (2, 3, 5, 6, 8, 9)

# Three digits of the Russian series, then the fourth, which opens the optional data.
_BEFORE_FOURTH = 3

Cell = tuple[int, int]
"""Line and column, from 0."""


class Cause(StrEnum):
    REPAIRED = "repaired"
    """It was read as something else and put right."""
    UNSURE = "unsure"
    """It was hardly legible, or is not to be seen."""


class Part(StrEnum):
    """The fields that a person compares, named as in `Document`."""

    DOCUMENT_CODE = "document_code"
    ISSUER = "issuer"
    DOCUMENT_NUMBER = "document_number"
    SURNAME = "surname"
    GIVEN_NAMES = "given_names"
    NATIONALITY = "nationality"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    EXPIRY_DATE = "expiry_date"
    PERSONAL_NUMBER = "personal_number"


@dataclass(frozen=True, slots=True)
class Mark:
    """`places`: the characters of the field's value, from 0, dates as YYYY-MM-DD. Empty when
    only its check digit or a filler behind it is concerned."""

    part: Part
    cause: Cause
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place that belongs to a field; `at` None: it is no character of the value."""

    cell: Cell
    part: Part
    at: int | None


def marks_of(document: Document) -> tuple[Mark, ...]:
    """What of `document` was put right or hardly legible, at most one mark a field and cause.

    None for what no field shows: the composite check digit, optional data that are no personal
    number. A place that was put right is not told as unsure too.
    """
    if document.format is None or not document.mended:
        return ()
    repaired = frozenset(document.repaired)
    unsure = frozenset(document.unsure) - repaired
    if not repaired and not unsure:
        return ()
    spots = tuple(_spots(document))
    return tuple(
        Mark(part, cause, tuple(sorted({spot.at for spot in found if spot.at is not None})))
        for cause, cells in ((Cause.REPAIRED, repaired), (Cause.UNSURE, unsure))
        for part in Part
        if (found := [spot for spot in spots if spot.part is part and spot.cell in cells])
    )


def value_of(document: Document, part: Part) -> str:
    """The value whose characters a mark tells; "" for what was not read."""
    value = getattr(document, part.value)
    return "" if value is None else str(value)


def _spots(document: Document) -> Iterator[_Spot]:
    assert document.format is not None
    layout = LAYOUTS[document.format]
    zone = Zone(layout, document.mended)
    yield from _plain(zone, layout.document_code, Part.DOCUMENT_CODE)
    yield from _plain(zone, layout.issuer, Part.ISSUER)
    yield from _plain(zone, layout.nationality, Part.NATIONALITY)
    yield from _plain(zone, layout.sex, Part.SEX, is_read=document.sex is not None)
    yield from _names(zone)
    yield from _number(zone)
    born, expires = document.birth_date or "", document.expiry_date
    yield from _date(layout.birth, layout.birth_check, Part.BIRTH_DATE, len(born))
    yield from _date(
        layout.expiry,
        layout.expiry_check,
        Part.EXPIRY_DATE,
        0 if expires is None else len(expires.isoformat()),
    )
    if zone.format is not Format.RUS_INTERNAL and personal_numbers.length(zone) is not None:
        yield from _personal_number(zone, len(document.personal_number or ""))


def _cells(place: Place | None) -> list[Cell]:
    return [] if place is None else [(place.line, x) for x in range(place.start, place.stop)]


def _spelled(cells: Sequence[Cell], part: Part, length: int) -> Iterator[_Spot]:
    """The first `length` are the value, those behind it fillers or check digits."""
    for at, cell in enumerate(cells):
        yield _Spot(cell, part, at if at < length else None)


def _plain(
    zone: Zone, place: Place | None, part: Part, *, is_read: bool = True
) -> Iterator[_Spot]:
    """As it is printed. A sex has one character, and a filler for it is one too."""
    printed = zone.cut(place)
    length = len(printed) if part is Part.SEX else len(printed.rstrip("<"))
    yield from _spelled(_cells(place), part, length if is_read else 0)


def _names(zone: Zone) -> Iterator[_Spot]:
    places = zone.layout.names
    if len(places) > 1:
        for place, part in zip(places, (Part.SURNAME, Part.GIVEN_NAMES), strict=True):
            yield from _words(zone.cut(place), _cells(place), part)
        return
    text, cells = zone.cut(places[0]), _cells(places[0])
    end = text.rstrip("<").find("<<")
    if end < 0:
        yield from _words(text, cells, Part.SURNAME)
        return
    yield from _words(text[:end], cells[:end], Part.SURNAME)
    # A letter may have stood where two fillers part the names: of which, nobody knows.
    for cell in cells[end : end + 2]:
        yield _Spot(cell, Part.SURNAME, None)
        yield _Spot(cell, Part.GIVEN_NAMES, None)
    yield from _words(text[end + 2 :], cells[end + 2 :], Part.GIVEN_NAMES)


def _words(text: str, cells: Sequence[Cell], part: Part) -> Iterator[_Spot]:
    """Words parted by single blanks, however many fillers part them in `text`."""
    end = len(text.rstrip("<"))
    at = 0
    for index, (character, cell) in enumerate(zip(text, cells, strict=True)):
        if index >= end or (character == "<" and at == 0):
            yield _Spot(cell, part, None)
        elif character != "<":
            yield _Spot(cell, part, at)
            at += 1
        else:
            # The blank is every filler up to the next word.
            yield _Spot(cell, part, at)
            at += text[index + 1] != "<"


def _number(zone: Zone) -> Iterator[_Spot]:
    layout = zone.layout
    cells = _cells(layout.number)
    length = len(zone.number.rstrip("<"))
    if zone.format is Format.RUS_INTERNAL:
        fourth = layout.optional[0]
        printed = zone.cut(fourth)[:1].strip("<")
        cells = [
            *cells[:_BEFORE_FOURTH],
            *_cells(fourth)[: len(printed)],
            *cells[_BEFORE_FOURTH:],
        ]
        length += len(printed)
        yield from _behind(layout.optional_check, Part.DOCUMENT_NUMBER)
    over = _overflow(zone)
    yield from _spelled([*cells, *over], Part.DOCUMENT_NUMBER, length)
    if over:
        check = layout.overflow
        assert check is not None
        yield from _behind(
            Place(check.line, check.start + len(over), check.start + len(over) + 1),
            Part.DOCUMENT_NUMBER,
        )
    yield from _behind(layout.number_check, Part.DOCUMENT_NUMBER)


def _overflow(zone: Zone) -> list[Cell]:
    """The characters of the number that stand in the optional data, without its check digit."""
    layout = zone.layout
    over = len(zone.number) - (layout.number.stop - layout.number.start)
    return _cells(layout.overflow)[:over] if over > 0 else []


def _date(place: Place | None, check: Place | None, part: Part, length: int) -> Iterator[_Spot]:
    """`length` is that of the value, shorter when it is not known to the day."""
    for at, cell in zip(_IN_ISO, _cells(place), strict=False):
        yield _Spot(cell, part, at if at < length else None)
    yield from _behind(check, part)


def _personal_number(zone: Zone, length: int) -> Iterator[_Spot]:
    """It opens the optional data, or what a long document number leaves of them."""
    cells = _cells(zone.layout.optional[0])
    over = _overflow(zone)
    # Behind the number its check digit and a filler.
    yield from _spelled(cells[len(over) + 2 if over else 0 :], Part.PERSONAL_NUMBER, length)
    yield from _behind(zone.layout.optional_check, Part.PERSONAL_NUMBER)


def _behind(place: Place | None, part: Part) -> Iterator[_Spot]:
    for cell in _cells(place):
        yield _Spot(cell, part, None)
