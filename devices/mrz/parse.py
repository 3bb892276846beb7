"""The lines of a machine-readable zone → a `Document`: every field, its evidence, every doubt.

Nothing is repaired or guessed: a doubt is a reason, and a reason is for a person to settle.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from devices.mrz import layouts
from devices.mrz.answer import (
    STATUS_STAYS,
    Document,
    Evidence,
    Format,
    Reason,
    ReasonCode,
    Sex,
    Status,
)
from devices.mrz.countries import ISSUERS, NATIONALITIES
from devices.mrz.dates import ImpossibleDate, birth_date, expiry_date
from devices.mrz.layouts import TD1_WIDTH, TD3_WIDTH
from devices.mrz.personal_number import PersonalNumber, kyrgyz
from devices.mrz.zone import Zone

_CHARACTERS = re.compile(r"[A-Z0-9<]*", re.ASCII)
_NAME_CHARACTERS = re.compile(r"[A-Z<]*", re.ASCII)

# Two letters and seven digits on the documents of both states (seen on public samples). Where
# a check digit is blind (6 and G, 8 and S, 5 and Z, 1 and L), only this is not.
_NUMBER_PATTERNS = MappingProxyType(
    {
        "KGZ": re.compile(r"[A-Z]{2}\d{7}", re.ASCII),
        "UZB": re.compile(r"[A-Z]{2}\d{7}", re.ASCII),
    }
)

# Uzbek documents carry their personal number (PINFL) in the same place and length.
_PINFL = re.compile(r"\d{14}", re.ASCII)

# Kyrgyz ID cards of the series of 2004 ceased to be valid in 2024.
_WITHDRAWN = MappingProxyType({"KGZ": "AN"})

# K and G in second place are what a misread filler looks like; no issuer uses them.
_MISREAD_FILLERS = frozenset("KG")

# Passport-like documents whose fields stand elsewhere: here the internal passport of Russia.
_OTHER_LAYOUTS = ("PNRUS",)

# Lines of TD2 cards and of visas of format B, which are not read yet.
_TD2_WIDTH = 36

_FIELDS = (
    "document_code",
    "issuer",
    "document_number",
    "surname",
    "given_names",
    "nationality",
    "birth_date",
    "sex",
    "expiry_date",
    "optional",
)

_SEXES = MappingProxyType({"M": Sex.MALE, "F": Sex.FEMALE, "<": Sex.UNSPECIFIED})


def parse(lines: Sequence[str], today: date) -> Document:
    """Reads `lines`, top line first; small letters count as capitals.

    `today` settles centuries and what has expired. Never raises: what is no machine-readable
    zone is answered with status `reject`.
    """
    lines = tuple(line.strip().upper() for line in lines)
    if not all(lines) or not all(_CHARACTERS.fullmatch(line) for line in lines):
        return rejected(ReasonCode.NOT_MRZ, lines)
    match len(lines):
        case 3 if lines[0][0] in layouts.TD1_FIRST_LETTERS:
            return _parse_td1(lines, today)
        case 2 if lines[0][0] == layouts.TD3_FIRST_LETTER and len(lines[1]) > _TD2_WIDTH:
            return _parse_td3(lines, today)
        case 2 if lines[0][0].isalpha() and len(lines[1]) in (_TD2_WIDTH, TD3_WIDTH):
            return rejected(ReasonCode.UNSUPPORTED_FORMAT, lines)
        case _:
            return rejected(ReasonCode.NOT_MRZ, lines)


def parse_picture(
    lines: Sequence[str],
    today: date,
    doubts: Sequence[ReasonCode],
    repaired: Sequence[tuple[int, int]],
) -> Document:
    """Reads lines that were made out in a picture: `doubts` are what only the picture tells,
    `repaired` the characters that were put right. Either makes an `ok` a `review`."""
    document = parse(lines, today)
    if document.status is Status.REJECT or not (doubts or repaired):
        return document
    codes = (*([ReasonCode.REPAIRED] if repaired else []), *doubts)
    known = {reason.code for reason in document.reasons}
    return replace(
        document,
        status=Status.REVIEW,
        reasons=(
            *(Reason(code) for code in codes if code not in known),
            *document.reasons,
        ),
        repaired=tuple(sorted({*document.repaired, *repaired})),
    )


def rejected(
    code: ReasonCode, lines: tuple[str, ...] = (), of: Format | None = None
) -> Document:
    """The answer that holds no field."""
    return Document(Status.REJECT, of, (Reason(code),), lines)


def _parse_td1(lines: tuple[str, ...], today: date) -> Document:
    if len(lines[0]) != TD1_WIDTH or len(lines[1]) != TD1_WIDTH:
        return rejected(ReasonCode.TRUNCATED, lines, Format.TD1)
    name_line = _fitted(lines[2], TD1_WIDTH)
    if name_line is None:
        return rejected(ReasonCode.NOT_MRZ, lines, Format.TD1)
    zone = Zone(layouts.TD1, (lines[0], lines[1], name_line))
    return _Reading(zone, lines, today).document(name_is_fitted=name_line != lines[2])


def _parse_td3(lines: tuple[str, ...], today: date) -> Document:
    if lines[0].startswith(_OTHER_LAYOUTS):
        return rejected(ReasonCode.UNSUPPORTED_FORMAT, lines)
    if len(lines[1]) != TD3_WIDTH:
        return rejected(ReasonCode.TRUNCATED, lines, Format.TD3)
    upper = _fitted(lines[0], TD3_WIDTH)
    if upper is None:
        return rejected(ReasonCode.NOT_MRZ, lines, Format.TD3)
    zone = Zone(layouts.TD3, (upper, lines[1]))
    return _Reading(zone, lines, today).document(name_is_fitted=upper != lines[0])


def _fitted(line: str, width: int) -> str | None:
    """A line that ends in the name, with fillers added or taken away; None if letters go."""
    if line[width:].strip("<"):
        return None
    return line[:width].ljust(width, "<")


class _Reading:
    """One zone on its way to a `Document`, collecting doubts."""

    def __init__(self, zone: Zone, lines: tuple[str, ...], today: date) -> None:
        self.zone = zone
        self.lines = lines
        self.today = today
        self.codes: list[ReasonCode] = []

    def doubt(self, code: ReasonCode, *, when: bool = True) -> None:
        if when:
            self.codes.append(code)

    def document(self, *, name_is_fitted: bool) -> Document:
        zone = self.zone
        evidence = self._evidence()
        if (
            evidence["document_number"]
            is evidence["birth_date"]
            is evidence["expiry_date"]
            is Evidence.REFUTED
        ):
            return rejected(ReasonCode.UNREADABLE, self.lines, zone.format)

        self._states()
        number = zone.number.rstrip("<")
        self._number(number)
        personal, kyrgyz_number = self._personal_number()
        born = self._birth_date(kyrgyz_number)
        sex = _SEXES.get(zone.sex)
        self.doubt(ReasonCode.SEX, when=sex is None)
        self._compare(kyrgyz_number, sex)
        expires = self._expiry_date()
        if born is not None and expires is not None:
            self.doubt(ReasonCode.BORN_AFTER_EXPIRY, when=born > expires.isoformat())
        surname, given_names = self._names()
        self.doubt(ReasonCode.NAME_LINE_LENGTH, when=name_is_fitted)
        self._composite(evidence, personal)

        if personal is not None:
            evidence["personal_number"] = evidence["optional"]
        doubted = any(code not in STATUS_STAYS for code in self.codes)
        return Document(
            status=Status.REVIEW if doubted else Status.OK,
            format=zone.format,
            reasons=tuple(Reason(code) for code in dict.fromkeys(self.codes)),
            lines=self.lines,
            document_code=zone.document_code.rstrip("<"),
            issuer=zone.issuer.rstrip("<"),
            document_number=number or None,
            surname=surname,
            given_names=given_names,
            nationality=zone.nationality.rstrip("<"),
            birth_date=born,
            sex=sex,
            expiry_date=expires,
            optional="".join(part.rstrip("<") for part in zone.optional),
            personal_number=personal,
            evidence=MappingProxyType(evidence),
        )

    def _evidence(self) -> dict[str, Evidence]:
        zone = self.zone
        own = {
            "document_number": zone.number_agrees,
            "birth_date": zone.birth_agrees,
            "expiry_date": zone.expiry_agrees,
        }
        evidence = dict.fromkeys(_FIELDS, Evidence.UNCOVERED)
        evidence |= {name: _vouched(right) for name, right in own.items()}
        evidence["composite"] = _vouched(zone.composite_agrees)
        if zone.layout.optional_check is not None:
            evidence["optional"] = _vouched(zone.optional_agrees)
        elif zone.composite_agrees:
            evidence["optional"] = Evidence.VERIFIED
        else:
            # On a TD1 card only the composite covers it. When another field is wrong, that
            # alone explains the composite, and of the optional data nothing is known.
            evidence["optional"] = Evidence.REFUTED if all(own.values()) else Evidence.UNCOVERED
        self.doubt(ReasonCode.DOCUMENT_NUMBER_CHECK, when=not own["document_number"])
        self.doubt(ReasonCode.BIRTH_DATE_CHECK, when=not own["birth_date"])
        self.doubt(ReasonCode.EXPIRY_DATE_CHECK, when=not own["expiry_date"])
        return evidence

    def _composite(self, evidence: dict[str, Evidence], personal: str | None) -> None:
        """A wrong composite is a doubt of its own when no single field explains it."""
        zone = self.zone
        if not zone.optional_agrees:
            self.doubt(
                ReasonCode.OPTIONAL_CHECK
                if personal is None
                else ReasonCode.PERSONAL_NUMBER_CHECK
            )
        fields = ("document_number", "birth_date", "expiry_date")
        explained = not zone.optional_agrees or any(
            evidence[name] is Evidence.REFUTED for name in fields
        )
        if evidence["composite"] is Evidence.REFUTED and not explained:
            # A genuine passport was seen that fails nothing but its composite, which there
            # adds nothing new; on a card it is all that covers the personal number.
            self.doubt(
                ReasonCode.COMPARE_PERSONAL_NUMBER
                if zone.format is Format.TD1 and personal is not None
                else ReasonCode.COMPOSITE
            )

    def _states(self) -> None:
        zone = self.zone
        self.doubt(ReasonCode.UNKNOWN_ISSUER, when=not _is_code(zone.issuer, ISSUERS))
        self.doubt(
            ReasonCode.UNKNOWN_NATIONALITY, when=not _is_code(zone.nationality, NATIONALITIES)
        )
        second = zone.document_code[1]
        self.doubt(
            ReasonCode.DOCUMENT_CODE, when=second in _MISREAD_FILLERS or second.isdecimal()
        )

    def _number(self, number: str) -> None:
        pattern = _NUMBER_PATTERNS.get(self.zone.issuer)
        self.doubt(
            ReasonCode.DOCUMENT_NUMBER_PATTERN,
            when=not number
            or "<" in number
            or (pattern is not None and not pattern.fullmatch(number)),
        )
        series = _WITHDRAWN.get(self.zone.issuer)
        self.doubt(
            ReasonCode.WITHDRAWN,
            when=series is not None
            and self.zone.format is Format.TD1
            and number.startswith(series),
        )

    def _personal_number(self) -> tuple[str | None, PersonalNumber | None]:
        printed = self.zone.optional[0].rstrip("<")
        match self.zone.issuer:
            case "KGZ" if printed:
                number = kyrgyz(printed, self.today)
                if number is None:
                    self.doubt(ReasonCode.PERSONAL_NUMBER_PATTERN)
                    return None, None
                return number.text, number
            case "UZB" if printed:
                if _PINFL.fullmatch(printed):
                    return printed, None
                self.doubt(ReasonCode.PERSONAL_NUMBER_PATTERN)
                return None, None
            case _:
                return None, None

    def _birth_date(self, personal: PersonalNumber | None) -> str | None:
        known = None if personal is None else personal.birth_date
        try:
            return birth_date(self.zone.birth, self.today, known)
        except ImpossibleDate:
            self.doubt(ReasonCode.IMPOSSIBLE_BIRTH_DATE)
            return None

    def _expiry_date(self) -> date | None:
        try:
            expires = expiry_date(self.zone.expiry, self.today)
        except ImpossibleDate:
            self.doubt(ReasonCode.IMPOSSIBLE_EXPIRY_DATE)
            return None
        self.doubt(ReasonCode.NO_EXPIRY_DATE, when=expires is None)
        self.doubt(ReasonCode.EXPIRED, when=expires is not None and expires < self.today)
        return expires

    def _compare(self, personal: PersonalNumber | None, sex: Sex | None) -> None:
        """Birth date and sex stand in the personal number too."""
        if personal is None:
            return
        known_birth = self.zone.birth.rstrip("<")
        self.doubt(
            ReasonCode.PERSONAL_NUMBER_BIRTH_DATE,
            when=not personal.birth_date.strftime("%y%m%d").startswith(known_birth),
        )
        self.doubt(
            ReasonCode.PERSONAL_NUMBER_SEX,
            when=sex in (Sex.MALE, Sex.FEMALE) and sex is not personal.sex,
        )

    def _names(self) -> tuple[str | None, str | None]:
        """Surname and given names with single blanks; given names may be none at all."""
        name = self.zone.cut(self.zone.layout.names[0])
        surname, _, given_names = name.rstrip("<").partition("<<")
        # Letters after a second pair of fillers are noise that no check digit covers.
        self.doubt(
            ReasonCode.NAME,
            when=not surname
            or surname.startswith("<")
            or given_names.startswith("<")
            or "<<" in given_names
            or not _NAME_CHARACTERS.fullmatch(name),
        )
        self.doubt(ReasonCode.NAME_TRUNCATED, when=not name.endswith("<"))
        return _words(surname) or None, _words(given_names)


def _vouched(right: bool) -> Evidence:
    return Evidence.VERIFIED if right else Evidence.REFUTED


def _is_code(printed: str, codes: frozenset[str]) -> bool:
    return printed.rstrip("<") in codes


def _words(name: str) -> str:
    return " ".join(word for word in name.split("<") if word)
