"""Puts characters right that stand where their kind cannot be: never silently.

A letter in a date, a digit in a state's code or a name is read as what it looks like. Where a
check digit covers the place, the change stays only if that digit agrees with it; a document
number is changed only when its check digit, the composite and the build of this state's
numbers leave one possibility. What is changed here makes a reading a `review`, always.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice, product

from devices.mrz import document_numbers, personal_numbers, russian
from devices.mrz.answer import Format
from devices.mrz.check_digits import agrees
from devices.mrz.countries import ISSUERS, NATIONALITIES
from devices.mrz.dates import ImpossibleDate, birth_date, expiry_date
from devices.mrz.look_alikes import (
    DIGIT_FOR,
    FILLER_READ_AS,
    LETTERS_FOR,
    NO_SECOND_LETTERS,
    digits,
    letters,
)
from devices.mrz.names import without_debris
from devices.mrz.zone import Place, Zone

# A number with more places in doubt than this is read again, not guessed.
_MOST_GUESSES = 64


def mended(zone: Zone, today: date) -> Zone:
    """`zone` with every change that can be answered for; itself when there is none."""
    draft = _code(zone)
    draft = _states(draft)
    draft = _names(draft)
    draft = _dates(draft, today)
    draft = _check_digits(draft)
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
    code = zone.document_code
    if code[1] in NO_SECOND_LETTERS.get(code[0], ""):
        return _with(zone, zone.layout.document_code, code[0] + "<")
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
        if place is None or check is None:
            continue
        text, digit = digits(zone.cut(place)), digits(zone.cut(check))
        if agrees(text, digit) and _is_real(text, place == layout.birth, today):
            zone = _with(_with(zone, place, text), check, digit)
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


def _check_digits(zone: Zone) -> Zone:
    """Those of the number, of the optional data and of the whole, if they agree then.

    (Those of the dates went with the dates.)
    """
    layout = zone.layout
    changed = _with(zone, layout.number_check, digits(zone.cut(layout.number_check)))
    if changed.number_agrees:
        zone = changed
    for place in (layout.optional_check, layout.composite):
        if place is not None:
            changed = _with(zone, place, digits(zone.cut(place)))
            if changed.optional_agrees and changed.composite_agrees:
                zone = changed
    return zone


# ---- the optional data


def _optional(zone: Zone, today: date) -> Zone:
    """With digits where a personal number has digits, and fillers behind the end."""
    changed = zone
    for number, place in enumerate(zone.layout.optional):
        text = zone.cut(place)
        right = _personal(zone, text, today) if number == 0 else None
        changed = _with(changed, place, _without_debris(text) if right is None else right)
    return changed


def _personal(zone: Zone, text: str, today: date) -> str | None:
    """A place that holds a personal number, so written; None when it holds none."""
    size = personal_numbers.length(zone)
    if size is None or not FILLER_READ_AS.issuperset(text[size:].replace("<", "")):
        return None
    number = digits(text[:size])
    if zone.format is not Format.RUS_INTERNAL and not personal_numbers.personal_number(
        number, zone.issuer, today
    ):
        return None
    return number.ljust(len(text), "<")


def _without_debris(text: str) -> str:
    """Nothing but what fillers are taken for, behind two fillers or from the start."""
    head, gap, tail = text.partition("<<")
    if gap and FILLER_READ_AS.issuperset(tail.replace("<", "")):
        text = head.ljust(len(text), "<")
    if FILLER_READ_AS.issuperset(text.replace("<", "")):
        return "<" * len(text)
    return text


def _own_optional(zone: Zone, today: date) -> Zone:
    """Optional data that have a check digit of their own, or none at all (visas)."""
    layout = zone.layout
    if layout.optional_check is None and layout.composite is not None:
        return zone
    changed = _optional(zone, today)
    if layout.optional_check is not None:
        changed = _with(changed, layout.optional_check, digits(zone.cut(layout.optional_check)))
    return changed if changed.optional_agrees else zone


# ---- the numbers: one possibility, or none


def _numbers(zone: Zone, today: date) -> Zone:
    """The document number, with the optional data where only the composite covers those."""
    if zone.layout.composite is None:
        return zone
    found: dict[tuple[str, ...], Zone] = {}
    for numbered in _document_numbers(zone):
        whole = numbered if zone.layout.optional_check else _optional(numbered, today)
        closed = _with(whole, zone.layout.composite, digits(whole.cut(zone.layout.composite)))
        if closed.number_agrees and closed.composite_agrees:
            found[closed.lines] = closed
    return found.popitem()[1] if len(found) == 1 else zone


def _document_numbers(zone: Zone) -> Iterator[Zone]:
    """The zone with every number that this one may be, built as its state's are."""
    kinds = document_numbers.kinds(zone.issuer, zone.format)
    number = zone.number
    if kinds is None or len(kinds) != len(number) or not document_numbers.is_odd(zone):
        yield zone
        return
    options = (
        character
        if character.isalpha() is (kind == "L")
        else LETTERS_FOR.get(character, "")
        if kind == "L"
        else DIGIT_FOR.get(character, "")
        for character, kind in zip(number, kinds, strict=True)
    )
    check = digits(zone.cut(zone.layout.number_check))
    for characters in islice(product(*options), _MOST_GUESSES):
        guess = _with(zone, zone.layout.number, "".join(characters))
        yield _with(guess, zone.layout.number_check, check)
