"""What is doubtful about a document that was read, and which field of the form it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from devices.mrz.answer import STATUS_STAYS, Document, Evidence
from devices.mrz.answer import ReasonCode as Code
from devices.mrz.marks import Cause, Mark, Part, marks_of, value_of
from kiosk.text import N_

COMPARE = N_("The card check fails: read the PIN from the card, digit by digit.")


@dataclass(frozen=True, slots=True)
class Doubt:
    """`field` is the form's; `sentence` says what to look at. `retype`: Enter is not enough.

    `marked`: which characters of the document's value, from 0, dates as YYYY-MM-DD.
    """

    code: str
    field: str
    sentence: str
    retype: bool = False
    marked: tuple[int, ...] = ()


READ_AGAIN = N_("Its check digit fails: scan it again, or type it from the card.")

_DOUBTS = {
    Code.DOCUMENT_NUMBER_CHECK: ("number", READ_AGAIN),
    Code.BIRTH_DATE_CHECK: ("birth", READ_AGAIN),
    Code.EXPIRY_DATE_CHECK: ("expires", READ_AGAIN),
    Code.PERSONAL_NUMBER_CHECK: ("personal_number", READ_AGAIN),
    Code.IMPOSSIBLE_BIRTH_DATE: ("birth", N_("No such birth date: type it from the card.")),
    Code.IMPOSSIBLE_EXPIRY_DATE: ("expires", N_("No such expiry: type it from the card.")),
    Code.NO_EXPIRY_DATE: ("expires", N_("No expiry was read: look at the card, then Enter.")),
    Code.BORN_AFTER_EXPIRY: ("birth", N_("Born after the expiry: compare both with the card.")),
    Code.COMPARE_PERSONAL_NUMBER: ("personal_number", COMPARE),
    Code.COMPOSITE: (
        "number",
        N_("The last check digit fails: compare, then Enter."),
    ),
    Code.OPTIONAL_CHECK: (
        "number",
        N_("A check digit fails: compare the card, then Enter."),
    ),
    Code.UNKNOWN_ISSUER: ("country", N_("No known state issues this: compare the document.")),
    Code.UNKNOWN_NATIONALITY: ("country", N_("The nationality is no known state: compare it.")),
    Code.DOCUMENT_CODE: ("kind", N_("The kind of document is doubtful: compare it.")),
    Code.DOCUMENT_NUMBER_PATTERN: ("number", N_("Unusual number for this state: compare it.")),
    Code.SEX: ("sex", N_("The sex was not read: look at the card.")),
    Code.NAME: ("surname", N_("The name was read badly: compare it letter by letter.")),
    Code.NAME_LINE_LENGTH: (
        "surname",
        N_("The name line was read short or long: compare the names."),
    ),
    Code.IMPOSSIBLE_ISSUE_DATE: ("number", N_("No such date of issue: compare the number.")),
    Code.FILLER_NOISE: (
        "number",
        N_("Signs too many were read: compare the number and the PIN."),
    ),
    Code.PERSONAL_NUMBER_PATTERN: ("personal_number", N_("An unusual PIN: compare it.")),
    Code.PERSONAL_NUMBER_BIRTH_DATE: (
        "personal_number",
        N_("The PIN says another birth date: compare both with the card."),
    ),
    Code.PERSONAL_NUMBER_SEX: ("personal_number", N_("The PIN says another sex: compare it.")),
    Code.REPAIRED: ("number", N_("Characters were put right: compare them with the card.")),
    Code.HARDLY_LEGIBLE: ("surname", N_("A letter is hardly legible: compare the names.")),
    Code.BLANK_CHARACTER: ("number", N_("A character is covered: compare with the card.")),
    Code.TWO_DOCUMENTS: ("number", N_("Two documents were read: scan one of them again.")),
}
# What a picture or a repair makes doubtful is told of the fields it is in; above stands what is
# said when it is in none that is shown.
_CAUSES = {
    Code.REPAIRED: Cause.REPAIRED,
    Code.HARDLY_LEGIBLE: Cause.UNSURE,
    Code.BLANK_CHARACTER: Cause.UNSURE,
}
_MARKED = {
    Cause.REPAIRED: N_("Marked characters were put right: compare them, then Enter."),
    Cause.UNSURE: N_("Marked characters are hardly legible: compare them, then Enter."),
}
_BESIDE = {
    Cause.REPAIRED: N_(
        "Its check digit or end was put right: compare what is marked, then Enter."
    ),
    Cause.UNSURE: N_(
        "Its check digit or end is hardly legible: compare what is marked, then Enter."
    ),
}
_MISSING = N_("It is hardly legible: type it from the card.")
_NATIONALITY = N_("The nationality was read badly: compare it with the document.")
_FIELDS = {
    Part.DOCUMENT_CODE: "kind",
    Part.ISSUER: "country",
    Part.DOCUMENT_NUMBER: "number",
    Part.SURNAME: "surname",
    Part.GIVEN_NAMES: "given",
    Part.BIRTH_DATE: "birth",
    Part.SEX: "sex",
    Part.EXPIRY_DATE: "expires",
    Part.PERSONAL_NUMBER: "personal_number",
}
_RETYPE = frozenset(
    {
        Code.DOCUMENT_NUMBER_CHECK,
        Code.BIRTH_DATE_CHECK,
        Code.EXPIRY_DATE_CHECK,
        Code.PERSONAL_NUMBER_CHECK,
        Code.IMPOSSIBLE_BIRTH_DATE,
        Code.IMPOSSIBLE_EXPIRY_DATE,
        Code.TWO_DOCUMENTS,
    }
)
_EVIDENCE = {
    "document_number": Code.DOCUMENT_NUMBER_CHECK,
    "birth_date": Code.BIRTH_DATE_CHECK,
    "expiry_date": Code.EXPIRY_DATE_CHECK,
}


def of(document: Document) -> tuple[Doubt, ...]:
    """Every doubt a person has to settle; none for a document whose reading is `ok`."""
    codes = {reason.code for reason in document.reasons} - STATUS_STAYS
    codes |= {
        code
        for name, code in _EVIDENCE.items()
        if document.evidence.get(name) is Evidence.REFUTED
    }
    marks = marks_of(document)
    return tuple(
        doubt
        for code in Code
        if code in codes and code in _DOUBTS
        for doubt in _of_code(document, code, marks)
    )


def _of_code(document: Document, code: Code, marks: Iterable[Mark]) -> Iterable[Doubt]:
    located = [
        doubt
        for mark in marks
        if mark.cause is _CAUSES.get(code)
        for doubt in _located(document, code, mark)
    ]
    return located or [Doubt(code.value, *_DOUBTS[code], retype=code in _RETYPE)]


def _located(document: Document, code: Code, mark: Mark) -> Iterator[Doubt]:
    """One doubt about each field of the form that the mark is in."""
    if mark.part is Part.NATIONALITY:
        yield Doubt(code.value, "country", _NATIONALITY)
        return
    value = value_of(document, mark.part)
    sentence = (_MARKED if mark.places else _BESIDE)[mark.cause] if value else _MISSING
    places = mark.places or tuple(range(len(value)))
    if mark.part is not Part.GIVEN_NAMES:
        yield Doubt(code.value, _FIELDS[mark.part], sentence, marked=places)
        return
    # Not on the way to the first paint.
    from kiosk.names import given_and_patronymic

    first, patronymic = given_and_patronymic(document.surname or "", value)
    behind = len(first) + 1 if patronymic else len(value)
    # What parts them may have been the first one's last letter.
    in_first = tuple(
        place for place in range(len(first)) if place in places or len(first) in places
    )
    in_patronymic = tuple(place - behind for place in places if place >= behind)
    if in_first or not in_patronymic:
        yield Doubt(code.value, "given", sentence, marked=in_first)
    if in_patronymic:
        yield Doubt(code.value, "patronymic", sentence, marked=in_patronymic)


def marked(doubts: Iterable[Doubt]) -> Mapping[str, frozenset[int]]:
    """By field, all characters that are to be compared."""
    places: dict[str, frozenset[int]] = {}
    for doubt in doubts:
        if doubt.marked:
            places[doubt.field] = places.get(doubt.field, frozenset()).union(doubt.marked)
    return places
