"""The Kyrgyz personal number: sex, date of birth and five digits, which people call ПИН.

Digit 1 is 1 for a woman and 2 for a man, digits 2 to 9 are DDMMYYYY. It has no check digit of
its own that anybody has published. Because it repeats the sex and the whole year of birth, it
guards the fields beside it and settles their century.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from devices.mrz.answer import Sex

_PATTERN = re.compile(r"([12])(\d\d)(\d\d)(\d{4})\d{5}", re.ASCII)

_OLDEST_YEARS = 110


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    text: str = field(repr=False)
    sex: Sex = field(repr=False)
    birth_date: date = field(repr=False)


def kyrgyz(text: str, today: date) -> PersonalNumber | None:
    """`text` as a Kyrgyz personal number; None when it is not built like one.

    Whoever it belongs to was born no later than `today` and at most 110 years before.
    """
    match = _PATTERN.fullmatch(text)
    if match is None:
        return None
    sex, day, month, year = match.groups()
    try:
        birth_date = date(int(year), int(month), int(day))
    except ValueError:
        return None
    if birth_date > today or today.year - birth_date.year > _OLDEST_YEARS:
        return None
    return PersonalNumber(text, Sex.FEMALE if sex == "1" else Sex.MALE, birth_date)
