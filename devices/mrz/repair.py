"""Puts characters right that stand where their kind cannot be: never silently.

A letter in a date, a digit in a state's code or a name is read as what it looks like. Where a
check digit covers the place, the change stays only if that digit agrees with it; a document
number is changed only when its check digit, the composite and the build of this state's
numbers leave one possibility. What is changed here makes a reading a `review`, always.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import product

from devices.mrz import document_codes, document_numbers, personal_numbers, russian
from devices.mrz.answer import Format
from devices.mrz.check_digits import agrees
from devices.mrz.countries import ISSUERS, NATIONALITIES
from devices.mrz.dates import ImpossibleDate, birth_date, expiry_date
from devices.mrz.look_alikes import (
    FILLER_READ_AS,
    LETTERS_FOR,
    letters,
    of_digits,
    of_kinds,
)
from devices.mrz.names import without_debris
from devices.mrz.zone import Place, Zone


def mended(zone: Zone, today: date) -> Zone:
    """`zone` with every change that can be answered for; itself when there is none."""
    draft = _code(zone)
    draft = _states(draft)
    draft = _names(draft)
    draft = _dates(draft, today)
    draft = _number_check(draft)
    draft = _own_optional(draft, today)
    return _numbers(draft, today)


def changes(before: Zone, after: Zone) -> tuple[tuple[int, int], ...]:
    """Line and column of each character that differs."""
    return tuple(
        (number, column)
        for number, (old, new) in enumerate(zip(before.lines, after.lines, strict=True))
        for column, (was, is_) in enumerate(zip(old, new, strict=True))
        if was != is_
    )


def _with(zone: Zone, place: Place, text: str) -> Zone:
    lines = list(zone.lines)
    line = lines[place.line]
    lines[place.line] = line[: place.start] + text + line[place.stop :]
    return replace(zone, lines=tuple(lines))


# ---- what no check digit covers: only into something known


def _code(zone: Zone) -> Zone:
    if document_codes.is_impossible(zone):
        return _with(zone, zone.layout.document_code, zone.document_code[0] + "<")
    return zone


def _states(zone: Zone) -> Zone:
    for place, known in (
        (zone.layout.issuer, ISSUERS),
        (zone.layout.nationality, NATIONALITIES),
    ):
        if place is None or zone.cut(place).rstrip("<") in known:
            continue
        options = (
            LETTERS_FOR.get(character, character + ("<" if character in FILLER_READ_AS else ""))
            for character in zone.cut(place)
        )
        codes = {"".join(code) for code in product(*options)}
        found = {code for code in codes if code.rstrip("<") in known}
        if len(found) == 1:
            zone = _with(zone, place, found.pop())
    return zone


def _names(zone: Zone) -> Zone:
    for number, place in enumerate(zone.layout.names):
        text = zone.cut(place)
        if zone.format is Format.RUS_INTERNAL:
            right = "".join(c if c == "<" or c in russian.LETTERS else letters(c) for c in text)
        else:
            right = letters(text)
        if len(zone.layout.names) == 1:
            right = without_debris(right)
        elif number == 0:
            right = without_debris(right, surname_only=True)
        if right != text:
            zone = _with(zone, place, right)
    return zone


# ---- what a check digit of its own covers


def _dates(zone: Zone, today: date) -> Zone:
    layout = zone.layout
    for place, check in (
        (layout.birth, layout.birth_check),
        (layout.expiry, layout.expiry_check),
    ):
        if place is not None and check is not None:
            is_birth = place == layout.birth
            found = [
                _with(_with(zone, place, text), check, digit)
                for text in of_digits(zone.cut(place))
                for digit in of_digits(zone.cut(check))
                if agrees(text, digit) and _is_real(text, is_birth, today)
            ]
            zone = _the_only(found, zone)
    return zone


def _is_real(text: str, is_birth: bool, today: date) -> bool:
    try:
        if is_birth:
            birth_date(text, today)
        else:
            expiry_date(text, today)
    except ImpossibleDate:
        return False
    return True


def _number_check(zone: Zone) -> Zone:
    found = _checked(zone, zone.layout.number_check)
    return _the_only((changed for changed in found if changed.number_agrees), zone)


def _checked(zone: Zone, check: Place | None) -> Iterator[Zone]:
    """The zone with every digit that the character at `check` may be."""
    if check is None:
        yield zone
        return
    for digit in of_digits(zone.cut(check)):
        yield _with(zone, check, digit)


def _the_only(found: Iterable[Zone], otherwise: Zone) -> Zone:
    different = set(found)
    return different.pop() if len(different) == 1 else otherwise


# ---- the optional data


def _own_optional(zone: Zone, today: date) -> Zone:
    """Optional data that have a check digit of their own, or none at all (visas)."""
    layout = zone.layout
    if layout.optional_check is None and layout.composite is not None:
        return zone
    found = (
        checked
        for changed in _optionals(zone, today)
        for checked in _checked(changed, layout.optional_check)
    )
    return _the_only((changed for changed in found if changed.optional_agrees), zone)


def _optionals(zone: Zone, today: date) -> Iterator[Zone]:
    """With digits where a personal number has digits, and fillers behind the end."""
    first, *others = zone.layout.optional
    for place in others:
        zone = _with(zone, place, _without_debris(zone.cut(place)))
    text = zone.cut(first)
    size = personal_numbers.length(zone)
    if size is None or not FILLER_READ_AS.issuperset(text[size:].replace("<", "")):
        yield _with(zone, first, _without_debris(text))
        return
    for number in of_digits(text[:size]):
        if zone.format is Format.RUS_INTERNAL or personal_numbers.personal_number(
            number, zone.issuer, today
        ):
            yield _with(zone, first, number.ljust(len(text), "<"))


def _without_debris(text: str) -> str:
    """Nothing but what fillers are taken for, behind two fillers or from the start."""
    head, gap, tail = text.partition("<<")
    if gap and FILLER_READ_AS.issuperset(tail.replace("<", "")):
        text = head.ljust(len(text), "<")
    if FILLER_READ_AS.issuperset(text.replace("<", "")):
        return "<" * len(text)
    return text


# ---- the numbers: one possibility, or none


def _numbers(zone: Zone, today: date) -> Zone:
    """The document number, with the optional data where only the composite covers those."""
    composite = zone.layout.composite
    if composite is None:
        return zone
    found = (
        closed
        for numbered in _document_numbers(zone)
        if numbered.number_agrees
        for whole in ([numbered] if zone.layout.optional_check else _optionals(numbered, today))
        for closed in _checked(whole, composite)
        if closed.composite_agrees
    )
    return _the_only(found, zone)


def _document_numbers(zone: Zone) -> Iterator[Zone]:
    """The zone with every number that this one may be, built as its state's are."""
    layout = zone.layout
    kinds = document_numbers.kinds(zone.issuer, zone.format)
    if kinds is None or len(kinds) != len(zone.number) or not document_numbers.is_odd(zone):
        yield zone
        return
    for number in of_kinds(zone.number, kinds):
        yield from _checked(_with(zone, layout.number, number), layout.number_check)
