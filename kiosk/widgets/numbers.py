"""Fields for what is printed on a document or counted on a scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.codes import Sex
from kiosk.decimals import decimals
from kiosk.look_alikes import as_latin
from kiosk.text import N_, clean
from kiosk.widgets.field import Complaint, Edit, Field, Reading


class Measure(StrEnum):
    """What is counted; the recorded value is pieces, grams or tyiyn."""

    COUNT = "count"
    KILOGRAMS = "kilograms"
    SOM = "som"


_DECIMALS = {Measure.COUNT: 0, Measure.KILOGRAMS: 3, Measure.SOM: 2}


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """Point or comma, a leading point too (.12). Limits are in recorded units."""

    measure: Measure = Measure.COUNT
    least: int = 0
    most: int | None = None
    doubtful_above: int | None = None
    whole_digits: int = 3

    places = 7
    tells_limit = False

    @property
    def decimals(self) -> int:
        return _DECIMALS[self.measure]

    def put(self, text: str, at: int, character: str) -> Edit | None:
        if character in ".," and self.decimals:
            if "." in text or "," in text:
                return None
        elif not ("0" <= character <= "9"):
            return None
        edit = super().put(text, at, character)
        if edit is None:
            return None
        whole, _point, part = edit.text.replace(",", ".").partition(".")
        if len(whole) > self.whole_digits or len(part) > self.decimals:
            return None
        return edit

    def show(self, value: str) -> str:
        """Recorded units as decimals, with the point of the screen's language."""
        if not value or not self.decimals:
            return value
        return decimals(int(value), self.decimals).rstrip("0").rstrip(".,")

    def read(self, text: str, others: Mapping[str, str]) -> Reading:
        typed = clean(text).replace(",", ".")
        if not typed:
            return Reading("")
        whole, _point, part = typed.partition(".")
        if not (whole + part).isdecimal():
            return Reading("", wrong=Complaint(N_("No number: {typed}."), {"typed": text}))
        number = int((whole or "0") + part.ljust(self.decimals, "0"))
        if number < self.least:
            least = self.show(str(self.least))
            return Reading("", wrong=Complaint(N_("At least {least}."), {"least": least}))
        if self.most is not None and number > self.most:
            most = self.show(str(self.most))
            return Reading("", wrong=Complaint(N_("At most {most}."), {"most": most}))
        if self.doubtful_above is not None and number > self.doubtful_above:
            return Reading(
                str(number),
                doubtful=Complaint(
                    N_("Unusually much: {typed}. Enter again if it is right."),
                    {"typed": self.show(str(number))},
                ),
            )
        return Reading(str(number))


def _grouped(text: str, groups: tuple[int, ...], parting: str) -> str:
    """Digits in groups, with `_` for those still to come."""
    digits = text.ljust(sum(groups), "_")
    parts: list[str] = []
    for length in groups:
        parts.append(digits[:length])
        digits = digits[length:]
    return parting.join(parts) + digits


def _grouped_column(at: int, groups: tuple[int, ...]) -> int:
    column, start = at, 0
    for length in groups[:-1]:
        start += length
        if at >= start:
            column += 1
    return column


KYRGYZSTAN = "KGZ"
NO_COUNTRY = N_("The country is 1 to 3 Latin letters such as KGZ. Read it from the document.")
_FEMALE, _MALE = "1", "2"  # first digit of the personal number; devices/mrz checks the same


def _is_code(text: str) -> bool:
    """Whether there are only Latin capitals and digits."""
    return text.isascii() and text.isalnum() and text == text.upper()


@dataclass(frozen=True, kw_only=True)
class Country(Field):
    """The code of a state as documents print it: KGZ, or D for Germany (ICAO 9303-3)."""

    limit: int = 3

    places = 3

    def put(self, text: str, at: int, character: str) -> Edit | None:
        if not character.isalpha():
            return None
        return super().put(text, at, as_latin(character))

    def read(self, text: str, others: Mapping[str, str]) -> Reading:
        typed = as_latin(clean(text))
        if typed and not (_is_code(typed) and typed.isalpha() and len(typed) <= self.limit):
            return Reading("", text=typed, wrong=Complaint(NO_COUNTRY))
        return Reading(typed, text=typed)


@dataclass(frozen=True, kw_only=True)
class PersonalNumber(Field):
    """The 14 digits people call ПИН, in groups 1+8+5: sex, birth date, serial.

    `birth` and `sex` name the form's fields it is compared with, `country` the one with the
    issuer of the document. Another state's number has a form of its own: 12 digits in
    Kazakhstan, 14 letters and digits in Belarus.
    """

    birth: str = "birth"
    sex: str = "sex"
    country: str = "country"
    limit: int = 14
    least_foreign: int = 10

    GROUPS = (1, 8, 5)
    tells_limit = False

    def put(self, text: str, at: int, character: str) -> Edit | None:
        letter = as_latin(character)
        return super().put(text, at, letter) if _is_code(letter) else None

    def show(self, value: str) -> str:
        return "".join(letter for letter in as_latin(value) if _is_code(letter))

    def read(self, text: str, others: Mapping[str, str]) -> Reading:
        if not text:
            return Reading("")
        if as_latin(others.get(self.country, "")) not in ("", KYRGYZSTAN):
            if self.least_foreign <= len(text) <= self.limit and _is_code(text):
                return Reading(text)
            return Reading(
                "",
                wrong=Complaint(
                    N_("A foreign personal number: 10 to 14 letters or digits. Read it again.")
                ),
            )
        digits = sum(letter.isdecimal() for letter in text)
        if len(text) != self.limit or digits != self.limit:
            return Reading(
                "",
                wrong=Complaint(
                    N_("PIN: 14 digits, here {count}. Read it from the card."),
                    {"count": digits},
                ),
            )
        birth, sex = others.get(self.birth, ""), others.get(self.sex, "")
        if len(birth) == 10 and text[1:9] != birth[8:] + birth[5:7] + birth[:4]:
            return Reading(
                text,
                doubtful=Complaint(
                    N_("PIN does not agree with birth date. Read the PIN aloud, then type it.")
                ),
            )
        expected = {Sex.FEMALE.value: _FEMALE, Sex.MALE.value: _MALE}.get(sex)
        if text[0] not in (_FEMALE, _MALE) or (expected and text[0] != expected):
            return Reading(
                text,
                doubtful=Complaint(
                    N_("PIN does not agree with the sex. Read the PIN aloud, then type it.")
                ),
            )
        return Reading(text)

    def drawn(self, text: str) -> str:
        if any(letter.isalpha() for letter in text):
            return text
        return _grouped(text, self.GROUPS, " ")

    def column(self, text: str, at: int) -> int:
        if any(letter.isalpha() for letter in text):
            return at
        return _grouped_column(at, self.GROUPS)


@dataclass(frozen=True, kw_only=True)
class Phone(Field):
    """Nine digits behind the 0 that stands there already; a foreign one begins with +."""

    limit: int = 16

    GROUPS = (3, 2, 2, 2)
    DIGITS = 9
    tells_limit = False

    def put(self, text: str, at: int, character: str) -> Edit | None:
        if character == "+":
            return Edit("+" + text, 1) if not text else None
        if not "0" <= character <= "9":
            return None
        if not text and character == "0":
            # The 0 stands there; who types it from habit must not get two.
            return Edit("", 0)
        if not text.startswith("+") and len(text) >= self.DIGITS:
            return None
        return super().put(text, at, character)

    def show(self, value: str) -> str:
        return value[1:] if value.startswith("0") else value

    def read(self, text: str, others: Mapping[str, str]) -> Reading:
        if not text:
            return Reading("")
        if text.startswith("+"):
            if len(text) < 8:
                return Reading(
                    "", wrong=Complaint(N_("Phone: too short after +. Ask for the whole one."))
                )
            return Reading(text)
        if len(text) != self.DIGITS:
            return Reading(
                "",
                wrong=Complaint(
                    N_("Phone: 9 digits after 0, here {count}. Ask for the missing one."),
                    {"count": len(text)},
                ),
            )
        return Reading("0" + text)

    def drawn(self, text: str) -> str:
        if text.startswith("+"):
            return text
        return "0" + _grouped(text, self.GROUPS, " ")

    def column(self, text: str, at: int) -> int:
        if text.startswith("+"):
            return at
        return 1 + _grouped_column(at, self.GROUPS)


_AS_DIGIT = str.maketrans("OI", "01")
_AS_LETTER = str.maketrans("01", "OI")


@dataclass(frozen=True, kw_only=True)
class DocumentNumber(Field):
    """Upper case, Latin; `patterns` such as "AA9999999" decide O or 0, I or 1."""

    patterns: tuple[str, ...] = ()
    limit: int = 20

    places = 9

    def put(self, text: str, at: int, character: str) -> Edit | None:
        if not character.isalnum():
            return None
        return super().put(text, at, as_latin(character))

    def read(self, text: str, others: Mapping[str, str]) -> Reading:
        typed = as_latin(clean(text, self.limit))
        if not typed or not self.patterns:
            return Reading(typed, text=typed)
        for pattern in self.patterns:
            fitted = _fit(typed, pattern)
            if fitted is not None:
                return Reading(fitted, text=fitted)
        return Reading(
            typed,
            text=typed,
            doubtful=Complaint(
                N_("Unusual number: {typed}. Compare with the document, then Enter."),
                {"typed": typed},
            ),
        )


def _fit(typed: str, pattern: str) -> str | None:
    """`typed` with O and 0, I and 1 as the pattern wants them; None when it does not fit."""
    if len(typed) != len(pattern):
        return None
    fitted: list[str] = []
    for letter, wanted in zip(typed, pattern, strict=True):
        if wanted == "9":
            letter = letter.translate(_AS_DIGIT)
            if not "0" <= letter <= "9":
                return None
        elif wanted == "A":
            letter = letter.translate(_AS_LETTER)
            if not "A" <= letter <= "Z":
                return None
        elif letter != wanted:
            return None
        fitted.append(letter)
    return "".join(fitted)
