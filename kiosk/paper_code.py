"""The code at the foot of a paper: made for its barcode, read back from a scan.

Series letter + gate (2 digits) + year (2) + number (6) + check digit over those ten digits,
weights 7, 3, 1. So P 01 26 003341 c is package P-26-003341 of gate 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kiosk.codes import Series

PATTERN = re.compile(
    "([" + "".join(series.value for series in Series) + r"])(\d{2})(\d{2})(\d{6})(\d)", re.ASCII
)
_TICKETS_A_DAY = 1000


@dataclass(frozen=True, slots=True)
class PaperCode:
    """`year` has two digits."""

    series: Series
    gate: int
    year: int
    number: int


def check_digit(digits: str) -> str:
    """Weights 7, 3, 1 from the left, modulo 10."""
    weights = (7, 3, 1)
    return str(sum(int(digit) * weights[i % 3] for i, digit in enumerate(digits)) % 10)


def encode(series: Series, gate: int, year: int, number: int) -> str:
    """What the barcode holds; `year` may have two digits or four.

    Raises ValueError when a part has more digits than the code has room for.
    """
    if not (0 < gate < 100 and 0 < number < 1_000_000):
        raise ValueError("a part of the paper code is out of its range")
    digits = f"{gate:02d}{year % 100:02d}{number:06d}"
    return f"{series.value}{digits}{check_digit(digits)}"


def of_number(gate: int, number: str) -> str:
    """The code of a paper whose number is shown as `number`, like R-26-000288."""
    series, year, no = number.split("-")
    return encode(Series(series), gate, int(year), int(no))


def encode_ticket(gate: int, day: date, number: int) -> str:
    """The code of a queue ticket: its number is the day's, so the year's day stands before it.

    046 of 24.11.2026 is number 328046, for a ticket of yesterday must not call one of today.
    Raises ValueError when a day has more tickets than three digits count.
    """
    if not 0 < number < _TICKETS_A_DAY:
        raise ValueError("a day has no ticket of this number")
    return encode(
        Series.TICKET, gate, day.year, day.timetuple().tm_yday * _TICKETS_A_DAY + number
    )


def is_ticket(text: str) -> bool:
    """Whether a scan is the code of a queue ticket, of whichever day and gate."""
    found = decode(text)
    return found is not None and found.series is Series.TICKET


def is_find(text: str) -> bool:
    """Whether a scan is the code of a find's paper, of whichever gate."""
    found = decode(text)
    return found is not None and found.series is Series.FIND


def is_parcel(text: str) -> bool:
    """Whether a scan is the code of a label or a receipt, of whichever gate; the receipt of
    what was not taken in bears the number of a refusal."""
    found = decode(text)
    return found is not None and found.series in (Series.PACKAGE, Series.REFUSAL)


def decode(text: str) -> PaperCode | None:
    """What a scan names; None when it is no paper's code, or its check fails."""
    text = text.strip().upper()
    match = PATTERN.fullmatch(text)
    if match is None or check_digit(text[1:-1]) != match[5]:
        return None
    gate, year, number = (int(part) for part in match.groups()[1:4])
    return PaperCode(Series(match[1]), gate, year, number) if number and gate else None


def shown(code: str) -> str:
    """The code as people read it below the bars: P26003341-2; anything else as it is."""
    match = PATTERN.fullmatch(code)
    return f"{match[1]}{match[3]}{match[4]}-{match[5]}" if match else code
