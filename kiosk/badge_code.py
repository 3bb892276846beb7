"""The code on a badge: made for its QR, read back from a scan or from what was typed.

`GBV` + gate (2 digits) + year (2) + number (6) + member (1) + check digit over those eleven
digits, weights 7, 3, 1. So GBV 01 26 004512 1 c is the first member of V-26-004512 at gate 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.paper_code import check_digit

BEGINNING = "GBV"  # nothing but digits follows
PATTERN = re.compile(BEGINNING + r"(\d{2})(\d{2})(\d{6})(\d)(\d)", re.ASCII)
MEMBERS_AT_MOST = 9  # one digit of the code

# V-26-004512-1, V-26-4512, V26004512 …: the member and the zeros may be left out.
_SHOWN = re.compile(r"V?[- ]?(\d{2})[- ](\d{1,6})(?:[- ](\d))?", re.ASCII)
_DIGITS = re.compile(r"V?(\d{2})(\d{6})(\d)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class BadgeCode:
    """`gate` and `year` (two digits) are None when a person left them out; so is `member`."""

    number: int
    gate: int | None = None
    year: int | None = None
    member: int | None = None


def encode(gate: int, year: int, number: int, member: int) -> str:
    """The code of a badge; `year` may have two digits or four.

    Raises ValueError when a part has more digits than the code has room for.
    """
    if not (0 < gate < 100 and 0 < number < 1_000_000 and 0 < member <= MEMBERS_AT_MOST):
        raise ValueError("a part of the badge code is out of its range")
    digits = f"{gate:02d}{year % 100:02d}{number:06d}{member:d}"
    return f"{BEGINNING}{digits}{check_digit(digits)}"


def decode(text: str) -> BadgeCode | None:
    """What a scan or a typed number names; None when it is neither, or its check fails."""
    text = text.strip().upper()
    if match := PATTERN.fullmatch(text):
        if check_digit(text[3:-1]) != text[-1]:
            return None
        gate, year, number, member = (int(part) for part in match.groups()[:4])
        return BadgeCode(number, gate, year, member) if number and member else None
    match = _SHOWN.fullmatch(text) or _DIGITS.fullmatch(text)
    if match:
        found, member_digit = int(match[2]), match[3]
        member_no = int(member_digit) if member_digit else None
        return BadgeCode(found, year=int(match[1]), member=member_no) if found else None
    if _NUMBER.fullmatch(text) and int(text):
        return BadgeCode(int(text))
    return None
