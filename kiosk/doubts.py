"""What is doubtful about a document that was read, and which field of the form it concerns."""

from __future__ import annotations

from dataclasses import dataclass

from devices.mrz.answer import STATUS_STAYS, Document, Evidence
from devices.mrz.answer import ReasonCode as Code
from kiosk.text import N_

COMPARE = N_("The card check fails: read the PIN from the card, digit by digit.")


@dataclass(frozen=True, slots=True)
class Doubt:
    """`field` is the form's; `sentence` says what to look at. `retype`: Enter is not enough."""

    code: str
    field: str
    sentence: str
    retype: bool = False


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
    return tuple(
        Doubt(code.value, *_DOUBTS[code], retype=code in _RETYPE)
        for code in Code
        if code in codes and code in _DOUBTS
    )
