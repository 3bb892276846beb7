"""What a reading of a document answers: its fields, what vouches for each, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Status(StrEnum):
    OK = "ok"
    """Every check digit is right and nothing looks wrong."""
    REVIEW = "review"
    """Readable; a person must confirm it or read it again."""
    REJECT = "reject"


class Format(StrEnum):
    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRVA = "MRVA"
    MRVB = "MRVB"
    FRA_ID = "FRA_ID"
    """The French identity card of 1988 to 2021."""
    RUS_INTERNAL = "RUS_INTERNAL"


class Sex(StrEnum):
    MALE = "M"
    FEMALE = "F"
    UNSPECIFIED = "X"


class Evidence(StrEnum):
    """What the document's own check digits say of a field."""

    VERIFIED = "verified"
    REFUTED = "refuted"
    UNCOVERED = "uncovered"
    """No check digit covers it (names, sex, states), or the one that does cannot tell."""


class ReasonCode(StrEnum):
    # reject
    NOT_MRZ = "not_mrz"
    TRUNCATED = "truncated"
    MISREAD = "misread"
    UNSUPPORTED_FORMAT = "unsupported_format"
    UNREADABLE = "unreadable"
    NOT_A_PICTURE = "not_a_picture"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    READING_FAILED = "reading_failed"
    # review
    DOCUMENT_NUMBER_CHECK = "document_number_check"
    BIRTH_DATE_CHECK = "birth_date_check"
    EXPIRY_DATE_CHECK = "expiry_date_check"
    PERSONAL_NUMBER_CHECK = "personal_number_check"
    OPTIONAL_CHECK = "optional_check"
    COMPOSITE = "composite"
    COMPARE_PERSONAL_NUMBER = "compare_personal_number"
    IMPOSSIBLE_BIRTH_DATE = "impossible_birth_date"
    IMPOSSIBLE_EXPIRY_DATE = "impossible_expiry_date"
    IMPOSSIBLE_ISSUE_DATE = "impossible_issue_date"
    NO_EXPIRY_DATE = "no_expiry_date"
    BORN_AFTER_EXPIRY = "born_after_expiry"
    UNKNOWN_ISSUER = "unknown_issuer"
    UNKNOWN_NATIONALITY = "unknown_nationality"
    DOCUMENT_CODE = "document_code"
    DOCUMENT_NUMBER_PATTERN = "document_number_pattern"
    SEX = "sex"
    NAME = "name"
    NAME_LINE_LENGTH = "name_line_length"
    FILLER_NOISE = "filler_noise"
    PERSONAL_NUMBER_PATTERN = "personal_number_pattern"
    PERSONAL_NUMBER_BIRTH_DATE = "personal_number_birth_date"
    PERSONAL_NUMBER_SEX = "personal_number_sex"
    TWO_DOCUMENTS = "two_documents"
    REPAIRED = "repaired"
    HARDLY_LEGIBLE = "hardly_legible"
    BLANK_CHARACTER = "blank_character"
    # status stays
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    NAME_TRUNCATED = "name_truncated"


STATUS_STAYS = frozenset({ReasonCode.EXPIRED, ReasonCode.WITHDRAWN, ReasonCode.NAME_TRUNCATED})

# For the answer of the command line; a screen has its own sentences.
_TEXTS = MappingProxyType(
    {
        ReasonCode.NOT_MRZ: "no machine-readable zone was found",
        ReasonCode.TRUNCATED: "a line is shorter than it must be: read the document again",
        ReasonCode.MISREAD: "characters were not made out: read the document again",
        ReasonCode.UNSUPPORTED_FORMAT: "this layout is not read: type the document",
        ReasonCode.UNREADABLE: "number, birth and expiry all fail their check digits",
        ReasonCode.NOT_A_PICTURE: "no picture could be opened: save it as PNG or JPEG",
        ReasonCode.TOO_SLOW: "the picture took too long: take a sharper, straighter one",
        ReasonCode.TOO_LARGE: "the picture is too large: 300 dots an inch are enough",
        ReasonCode.READING_FAILED: (
            "reading the picture broke off: save it anew, or type the document"
        ),
        ReasonCode.DOCUMENT_NUMBER_CHECK: "the document number fails its check digit",
        ReasonCode.BIRTH_DATE_CHECK: "the date of birth fails its check digit",
        ReasonCode.EXPIRY_DATE_CHECK: "the date of expiry fails its check digit",
        ReasonCode.PERSONAL_NUMBER_CHECK: "the personal number fails its check digit",
        ReasonCode.OPTIONAL_CHECK: "the optional data fail their check digit",
        ReasonCode.COMPOSITE: "only the composite check digit is wrong: compare and confirm",
        ReasonCode.COMPARE_PERSONAL_NUMBER: (
            "the composite check digit is wrong, and nothing else covers the personal number: "
            "compare it digit by digit"
        ),
        ReasonCode.IMPOSSIBLE_BIRTH_DATE: "the date of birth is not a date of the past",
        ReasonCode.IMPOSSIBLE_EXPIRY_DATE: "the date of expiry is not a date",
        ReasonCode.IMPOSSIBLE_ISSUE_DATE: "the date of issue is not a date of the past",
        ReasonCode.NO_EXPIRY_DATE: "no date of expiry is given",
        ReasonCode.BORN_AFTER_EXPIRY: "the holder was born after the document expired",
        ReasonCode.UNKNOWN_ISSUER: "the issuing state is not in the list of ICAO Doc 9303",
        ReasonCode.UNKNOWN_NATIONALITY: (
            "the nationality is not in the list of ICAO Doc 9303, or not one for this document"
        ),
        ReasonCode.DOCUMENT_CODE: "the document code looks like a misread filler",
        ReasonCode.DOCUMENT_NUMBER_PATTERN: "the number is not built like this state's numbers",
        ReasonCode.SEX: "the sex is none of M, F and <",
        ReasonCode.NAME: "the name is missing, or holds what no name holds",
        ReasonCode.NAME_LINE_LENGTH: (
            "the name line is not as long as it must be: a letter may be lost"
        ),
        ReasonCode.FILLER_NOISE: "the optional data hold what looks misread",
        ReasonCode.PERSONAL_NUMBER_PATTERN: "the personal number is not built like one",
        ReasonCode.PERSONAL_NUMBER_BIRTH_DATE: (
            "the personal number says another date of birth"
        ),
        ReasonCode.PERSONAL_NUMBER_SEX: "the personal number says another sex",
        ReasonCode.TWO_DOCUMENTS: "two different documents were read: read one at a time",
        ReasonCode.REPAIRED: "characters were put right by the check digits: compare them",
        ReasonCode.HARDLY_LEGIBLE: "a character is hardly legible: compare the names",
        ReasonCode.BLANK_CHARACTER: "a character is missing or covered",
        ReasonCode.EXPIRED: "the document has expired",
        ReasonCode.WITHDRAWN: "documents of this series were withdrawn",
        ReasonCode.NAME_TRUNCATED: "the name fills its line and may be cut off",
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    code: ReasonCode

    @property
    def text(self) -> str:
        """In English."""
        return _TEXTS[self.code]


@dataclass(frozen=True, slots=True)
class Document:
    """A machine-readable zone, read. What could not be read is None.

    Its repr tells nothing of the holder: it may end up in a log.
    """

    status: Status
    format: Format | None
    reasons: tuple[Reason, ...] = ()
    lines: tuple[str, ...] = field(default=(), repr=False)
    """As read."""
    mended: tuple[str, ...] = field(default=(), repr=False)
    """What the fields were cut from: the lines put right, each as long as it must be."""
    document_code: str | None = field(default=None, repr=False)
    issuer: str | None = None
    document_number: str | None = field(default=None, repr=False)
    surname: str | None = field(default=None, repr=False)
    given_names: str | None = field(default=None, repr=False)
    nationality: str | None = field(default=None, repr=False)
    birth_date: str | None = field(default=None, repr=False)
    """ISO; `YYYY` or `YYYY-MM` when the rest is unknown."""
    sex: Sex | None = field(default=None, repr=False)
    expiry_date: date | None = field(default=None, repr=False)
    optional: str | None = field(default=None, repr=False)
    """All optional data, joined."""
    personal_number: str | None = field(default=None, repr=False)
    evidence: MappingProxyType[str, Evidence] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )
    """By field name, and `composite`."""
    repaired: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    """Line and column, from 0, of each character that was put right."""
    unsure: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    """The same of each that was hardly legible, or not to be seen, in a picture."""

    def has(self, code: ReasonCode) -> bool:
        return any(reason.code is code for reason in self.reasons)


def as_json(document: Document) -> dict[str, Any]:
    """What `kiosk read` answers."""
    return {
        "status": document.status.value,
        "format": document.format.value if document.format else None,
        "document_code": document.document_code,
        "issuer": document.issuer,
        "document_number": document.document_number,
        "surname": document.surname,
        "given_names": document.given_names,
        "nationality": document.nationality,
        "birth_date": document.birth_date,
        "sex": document.sex.value if document.sex else None,
        "expiry_date": document.expiry_date.isoformat() if document.expiry_date else None,
        "optional": document.optional,
        "personal_number": document.personal_number,
        "reasons": [
            {"code": reason.code.value, "text": reason.text} for reason in document.reasons
        ],
        "evidence": {name: evidence.value for name, evidence in document.evidence.items()},
        "repaired": [list(place) for place in document.repaired],
    }
