"""One zone on its way to a `Document`: every field, what vouches for it, every doubt.

Nothing is put right here: a doubt is a reason, and a reason is for a person to settle.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from types import MappingProxyType

from devices.mrz import document_codes, document_numbers, personal_numbers
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
from devices.mrz.look_alikes import FILLER_DEBRIS
from devices.mrz.names import names_of
from devices.mrz.personal_numbers import PersonalNumber
from devices.mrz.vouching import evidence_of, is_unreadable
from devices.mrz.zone import Place, Zone

_SEXES = MappingProxyType({"M": Sex.MALE, "F": Sex.FEMALE, "<": Sex.UNSPECIFIED})

# They bear none: the French card's is in a decree, the Russian passport's in the holder's age.
_WITHOUT_EXPIRY = frozenset({Format.FRA_ID, Format.RUS_INTERNAL})

_RUSSIANS = frozenset({"RUS"})

# The French card has no nationality; nobody but a Frenchman is given one.
_FRENCH = "FRA"

# The date of issue and the code of the office.
_RUSSIAN_OFFICE = re.compile(r"\d{12}", re.ASCII)

# The department (2A and 2B are Corsica's) and the office, or nothing.
_FRENCH_OFFICE = re.compile(r"((\d\d|2[AB])[0-9A-Z]\d{3})?", re.ASCII)


class Reading:
    """Collects the doubts of `zone`. `lines` are those that were read, `repaired` the line and
    column of each character that `zone` has otherwise; `name_is_fitted`: the name line was
    too short or too long."""

    def __init__(
        self,
        zone: Zone,
        lines: tuple[str, ...],
        today: date,
        *,
        name_is_fitted: bool,
        repaired: Sequence[tuple[int, int]] = (),
    ) -> None:
        self._zone = zone
        self._lines = lines
        self._today = today
        self._repaired = tuple(repaired)
        self._codes: list[ReasonCode] = []
        self._doubt(ReasonCode.REPAIRED, when=bool(repaired))
        self._doubt(ReasonCode.NAME_LINE_LENGTH, when=name_is_fitted)

    def _doubt(self, code: ReasonCode, *, when: bool = True) -> None:
        if when:
            self._codes.append(code)

    def document(self) -> Document:
        zone = self._zone
        if is_unreadable(zone):
            return Document(
                Status.REJECT, zone.format, (Reason(ReasonCode.UNREADABLE),), self._lines
            )
        personal_text, personal = self._personal_number()
        evidence = evidence_of(zone)
        self._check_digits(evidence, personal_text)
        if personal_text is not None:
            evidence["personal_number"] = evidence["optional"]
        self._code_and_states()
        self._doubt(ReasonCode.DOCUMENT_NUMBER_PATTERN, when=document_numbers.is_odd(zone))
        self._doubt(ReasonCode.WITHDRAWN, when=document_numbers.is_withdrawn(zone))
        born = self._birth_date(personal)
        sex = _SEXES.get(zone.sex)
        self._doubt(ReasonCode.SEX, when=sex is None)
        self._compare(personal, sex)
        expires = self._expiry_date()
        if born is not None and expires is not None:
            self._doubt(ReasonCode.BORN_AFTER_EXPIRY, when=born > expires.isoformat())
        optional = self._optional(born)
        names = names_of(zone)
        self._doubt(
            ReasonCode.NAME, when=names.doubtful or self._is_repaired(zone.layout.names)
        )
        self._doubt(ReasonCode.NAME_TRUNCATED, when=names.may_be_cut)

        doubted = any(code not in STATUS_STAYS for code in self._codes)
        return Document(
            status=Status.REVIEW if doubted else Status.OK,
            format=zone.format,
            reasons=tuple(Reason(code) for code in dict.fromkeys(self._codes)),
            lines=self._lines,
            mended=zone.lines,
            document_code=zone.document_code.rstrip("<"),
            issuer=zone.issuer.rstrip("<"),
            document_number=document_numbers.document_number(zone) or None,
            surname=names.surname,
            given_names=names.given,
            nationality=self._nationality,
            birth_date=born,
            sex=sex,
            expiry_date=expires,
            optional=optional,
            personal_number=personal_text,
            evidence=MappingProxyType(evidence),
            repaired=self._repaired,
        )

    # ---- check digits

    def _check_digits(self, evidence: dict[str, Evidence], personal: str | None) -> None:
        zone = self._zone
        self._doubt(ReasonCode.DOCUMENT_NUMBER_CHECK, when=not zone.number_agrees)
        self._doubt(ReasonCode.BIRTH_DATE_CHECK, when=not zone.birth_agrees)
        self._doubt(ReasonCode.EXPIRY_DATE_CHECK, when=not zone.expiry_agrees)
        if not zone.optional_agrees:
            self._doubt(
                ReasonCode.OPTIONAL_CHECK
                if personal is None
                else ReasonCode.PERSONAL_NUMBER_CHECK
            )
        if evidence["composite"] is Evidence.REFUTED and self._fields_agree:
            # A wrong composite is a doubt of its own when no single field explains it. A
            # genuine passport was seen that fails nothing but its composite, which there
            # adds nothing new; on a card it is all that covers the personal number.
            self._doubt(
                ReasonCode.COMPARE_PERSONAL_NUMBER
                if zone.layout.optional_check is None and personal is not None
                else ReasonCode.COMPOSITE
            )

    @property
    def _fields_agree(self) -> bool:
        zone = self._zone
        return (
            zone.number_agrees
            and zone.birth_agrees
            and zone.expiry_agrees
            and zone.optional_agrees
        )

    # ---- field by field

    def _code_and_states(self) -> None:
        zone = self._zone
        self._doubt(
            ReasonCode.DOCUMENT_CODE,
            # A code put right to a filler is still a guess.
            when=document_codes.is_odd(zone) or self._is_repaired((zone.layout.document_code,)),
        )
        self._doubt(ReasonCode.UNKNOWN_ISSUER, when=not _is_code(zone.issuer, ISSUERS))
        # None but a Russian is given the internal passport.
        known = _RUSSIANS if zone.format is Format.RUS_INTERNAL else NATIONALITIES
        self._doubt(
            ReasonCode.UNKNOWN_NATIONALITY,
            when=zone.layout.nationality is not None and not _is_code(zone.nationality, known),
        )

    def _is_repaired(self, places: Sequence[Place]) -> bool:
        return any(
            place.line == line and place.start <= column < place.stop
            for place in places
            for line, column in self._repaired
        )

    @property
    def _nationality(self) -> str:
        if self._zone.layout.nationality is None:
            return _FRENCH
        return self._zone.nationality.rstrip("<")

    def _personal_number(self) -> tuple[str | None, PersonalNumber | None]:
        """As printed, and what it says."""
        zone = self._zone
        printed = zone.optional[0].rstrip("<")
        if (
            not printed
            or zone.format is Format.RUS_INTERNAL
            or personal_numbers.length(zone) is None
        ):
            return None, None
        number = personal_numbers.personal_number(printed, zone.issuer, self._today)
        if number is None:
            self._doubt(ReasonCode.PERSONAL_NUMBER_PATTERN)
            return None, None
        return number.text, number

    def _compare(self, personal: PersonalNumber | None, sex: Sex | None) -> None:
        """Birth date and sex stand in the personal number too."""
        if personal is None:
            return
        self._doubt(
            ReasonCode.PERSONAL_NUMBER_BIRTH_DATE,
            when=personal.birth_date_like(self._zone.birth) is None,
        )
        self._doubt(
            ReasonCode.PERSONAL_NUMBER_SEX,
            # A sex left open contradicts it too: the filler may be a letter not made out.
            when=None not in (sex, personal.sex) and sex is not personal.sex,
        )
        self._doubt(ReasonCode.PERSONAL_NUMBER_CHECK, when=not personal.own_digit_agrees)

    def _birth_date(self, personal: PersonalNumber | None) -> str | None:
        known = None if personal is None else personal.birth_date_like(self._zone.birth)
        try:
            return birth_date(self._zone.birth, self._today, known)
        except ImpossibleDate:
            self._doubt(ReasonCode.IMPOSSIBLE_BIRTH_DATE)
            return None

    def _expiry_date(self) -> date | None:
        zone = self._zone
        try:
            expires = expiry_date(zone.expiry, self._today)
        except ImpossibleDate:
            self._doubt(ReasonCode.IMPOSSIBLE_EXPIRY_DATE)
            return None
        self._doubt(
            ReasonCode.NO_EXPIRY_DATE,
            when=expires is None and zone.format not in _WITHOUT_EXPIRY,
        )
        self._doubt(ReasonCode.EXPIRED, when=expires is not None and expires < self._today)
        return expires

    def _optional(self, born: str | None) -> str:
        """All optional data, joined, without the fillers around them."""
        zone = self._zone
        parts = [part.rstrip("<") for part in zone.optional]
        if zone.format is Format.RUS_INTERNAL:
            parts = [parts[0][1:]]  # the fourth digit of the series is the number's
            issued = _issued(parts[0][:6], self._today)
            self._doubt(
                ReasonCode.IMPOSSIBLE_ISSUE_DATE, when=issued is None or issued < (born or "")
            )
            self._doubt(ReasonCode.FILLER_NOISE, when=not _RUSSIAN_OFFICE.fullmatch(parts[0]))
        elif zone.format is Format.FRA_ID:
            self._doubt(ReasonCode.FILLER_NOISE, when=not _FRENCH_OFFICE.fullmatch(parts[0]))
        self._doubt(ReasonCode.FILLER_NOISE, when=any(map(_is_noisy, parts)))
        return "".join(part.lstrip("<") for part in parts)


def _is_code(printed: str, codes: frozenset[str]) -> bool:
    return printed.rstrip("<") in codes


def _issued(text: str, today: date) -> str | None:
    """YYMMDD as the latest such date that lies behind; None when it is none."""
    try:
        return birth_date(text, today) if len(text.rstrip("<")) == 6 else None
    except ImpossibleDate:
        return None


def _is_noisy(optional: str) -> bool:
    """Whether part of it is nothing but what fillers are taken for, or it ends in a K, which
    no check digit tells from a filler."""
    return optional.endswith("K") or any(
        part and FILLER_DEBRIS.issuperset(part) for part in optional.split("<")
    )
