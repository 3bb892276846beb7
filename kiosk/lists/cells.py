"""What one cell of a list means: a number of a file, a name, a year, a day with its hour."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from kiosk.lists.faults import Fault
from kiosk.lists.table import Cell
from kiosk.spelling import title
from kiosk.text import N_, clean

FILE_NUMBER_LENGTH = 20
NAME_LENGTH = 60
UNIT_LENGTH = 24
# Longer than any name, unit or word of a list: a quotation mark swallowed other cells.
_LONGEST = 200
_FILE_NUMBER = re.compile(r"[^\W_][\w/.\- №()]*")
# What a spreadsheet makes of 04/12, of 0412-19 and of a long number.
_MONTH = (
    r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|сент|окт|ноя|нояб|дек"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\.?"
)
_DATE_LIKE = re.compile(
    r"\d{1,2}[./]\d{1,2}[./]\d{4}( .*)?|\d{4}-\d\d-\d\d.*"
    rf"|\d{{1,2}}[-. ]{_MONTH}|{_MONTH}[-. ]?\d\d(\d\d)?",
    re.IGNORECASE,
)
_EXPONENT = re.compile(r"\d+([.,]\d+)?E[+-]?\d+", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|['’ʼʻ`.\- ()])*")
_YEAR = re.compile(r"(\d{4})( ?г\.?( ?р\.?)?| year)?", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})( ?г\.?)?")
_ISO_DAY = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_OF_A_YEAR = re.compile(r"г\.? ?(р\.?)?$")
_HOUR = re.compile(r"(\d{1,2})[:.](\d\d)([:.]\d\d(\.\d+)?)?")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_UNIT_NUMBER = re.compile(
    r"(?:отряд(?: №)?|№|unit|бөлүк)? ?-?0*(\d{1,4}(?:[^\W\d_])?)(?: ?-?(?:й|ый|ий))?"
    r" ?-?(?:отряд|unit|бөлүк)?",
    re.IGNORECASE,
)
_CONTROL = frozenset({"Cc", "Cs", "Cn", "Co"})


def text_of(cell: Cell) -> str:
    """A cell as clean text. Raises Fault for what is no text."""
    if isinstance(cell, datetime):
        raise Fault(N_("This is a date. Format the cell as text and type it again."))
    if len(cell) > _LONGEST:
        raise Fault(
            N_("Longer than {limit} letters. Is a quotation mark missing?"), limit=_LONGEST
        )
    if not cell.isprintable() and any(
        unicodedata.category(letter) in _CONTROL and letter not in "\t\r\n\v\f"
        for letter in cell
    ):
        raise Fault(N_("There are signs in it that are no text."))
    if "\ufffd" in cell:
        raise Fault(N_("There are signs in it that are no text."))
    return clean(cell, _LONGEST)


def file_number(cell: Cell) -> str:
    """The number of the personal file. Raises Fault, also when a spreadsheet made it a date."""
    if isinstance(cell, datetime) or _DATE_LIKE.fullmatch(cell.strip()):
        raise Fault(
            N_("The spreadsheet made a date of the number. Format it as text, type it again.")
        )
    text = text_of(cell)
    if not text:
        raise Fault(N_("The file number is missing."))
    if _EXPONENT.fullmatch(text):
        raise Fault(
            N_("The spreadsheet shortened the number. Format it as text, type it again.")
        )
    if (
        len(text) > FILE_NUMBER_LENGTH
        or not _FILE_NUMBER.fullmatch(text)
        or not any(letter.isdigit() for letter in text)
    ):
        raise Fault(N_("This is no file number, like 0412/19."))
    return text


def name(cell: Cell) -> str:
    """A name with its capitals; empty where there is none. Raises Fault for what is no name."""
    text = text_of(cell)
    if text in ("", "-", "–", "—"):
        return ""
    if not _NAME.fullmatch(text):
        raise Fault(N_("This is no name: there is a digit or a sign in it."))
    if len(text) > NAME_LENGTH:
        raise Fault(N_("A name has at most {limit} letters."), limit=NAME_LENGTH)
    return title(text) if text.isupper() or text.islower() else text


def birth_year(cell: Cell, today: date) -> int:
    """The year of a birth, of which the whole date may stand there."""
    if isinstance(cell, datetime):
        year = cell.year
    else:
        text = text_of(cell)
        alone = _YEAR.fullmatch(text)
        if alone is not None:
            year = int(alone[1])
        elif not text:
            raise Fault(N_("The year of birth is missing."))
        else:
            year = _moment(text, four_digits=True).year
    if not today.year - 110 <= year <= today.year - 14:
        raise Fault(N_("The year of birth cannot be right."))
    return year


def since(cell: Cell, today: date) -> datetime | None:
    """Since when, by the site's clocks; a day alone begins at midnight."""
    if isinstance(cell, datetime):
        moment = cell
    else:
        text = text_of(cell)
        if not text:
            return None
        moment = _moment(text, four_digits=False)
    if moment.date() > today:
        raise Fault(N_("This day has not come yet."))
    if moment.year < today.year - 60:
        raise Fault(N_("This day cannot be right. Correct the day."))
    return moment


def day(cell: Cell) -> date:
    """A day, past or to come."""
    return (
        cell if isinstance(cell, datetime) else _moment(text_of(cell), four_digits=True)
    ).date()


def unit(cell: Cell) -> str:
    """A unit: its number where it has one (3 отряд is 3), else its name."""
    text = text_of(cell)
    if len(text) > UNIT_LENGTH:
        raise Fault(N_("A unit has a name of at most {count} letters."), count=UNIT_LENGTH)
    if text[:1] in "=+-@" and text:
        raise Fault(N_("This is no unit: it begins with a sign."))
    numbered = _UNIT_NUMBER.fullmatch(text)
    return numbered[1] if numbered else text


def whole(cell: Cell, most: int) -> int:
    """A whole number from 0 to `most`; empty is 0."""
    text = text_of(cell).replace(" ", "")
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal()) or len(text) > 9 or int(text) > most:
        raise Fault(N_("A whole number from 0 to {most} belongs here."), most=most)
    return int(text)


def _moment(text: str, *, four_digits: bool) -> datetime:
    day, _between, hour = text.replace("T", " ", 1).partition(" ")
    if _SERIAL.fullmatch(text):
        # Days since 1900, as a spreadsheet counts them, saved without their date format.
        return datetime(1899, 12, 30) + timedelta(days=float(text))  # noqa: DTZ001  # local
    hour = _OF_A_YEAR.sub("", hour).strip()
    written, iso = _DAY.fullmatch(day), _ISO_DAY.fullmatch(day)
    if iso is not None:
        year, month, on = iso[1], iso[2], iso[3]
    elif written is not None and (len(written[3]) == 4 or not four_digits):
        on, month, year = written[1], written[2], written[3].rjust(4, "0")
        year = year if len(written[3]) == 4 else f"20{written[3]}"
    else:
        raise Fault(N_("This is no date, like 31.12.2026."))
    at = _HOUR.fullmatch(hour) if hour else None
    if hour and at is None:
        raise Fault(N_("This is no date, like 31.12.2026."))
    try:
        return datetime(  # noqa: DTZ001  # the site's clocks; the register makes a moment of it
            int(year),
            int(month),
            int(on),
            int(at[1]) if at else 0,
            int(at[2]) if at else 0,
        )
    except ValueError as error:
        raise Fault(N_("There is no such day.")) from error
