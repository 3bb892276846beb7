"""Where each field stands in the lines of a TD1 card and of a TD3 passport.

ICAO Doc 9303 part 5, section 4.2 (TD1: three lines of 30) and part 4, section 4.2 (TD3: two
lines of 44). Positions there count from 1, the slices here from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from devices.mrz.answer import Format
from devices.mrz.check_digits import agrees

TD1_WIDTH = 30
TD3_WIDTH = 44

TD1_FIRST_LETTERS = "ACI"
TD3_FIRST_LETTER = "P"


@dataclass(frozen=True, slots=True)
class Zone:
    """The lines cut into fields, fillers and all; `…_check` is the digit printed for one."""

    format: Format
    document_code: str
    issuer: str
    name: str = field(repr=False)
    number: str = field(repr=False)
    number_check: str
    nationality: str
    birth: str = field(repr=False)
    birth_check: str
    sex: str
    expiry: str = field(repr=False)
    expiry_check: str
    optional: tuple[str, ...] = field(repr=False)
    optional_check: str | None
    """None where the layout has none of its own (TD1)."""
    composite_of: str = field(repr=False)
    composite: str

    @property
    def number_agrees(self) -> bool:
        return agrees(self.number, self.number_check)

    @property
    def birth_agrees(self) -> bool:
        return agrees(self.birth, self.birth_check)

    @property
    def expiry_agrees(self) -> bool:
        return agrees(self.expiry, self.expiry_check)

    @property
    def optional_agrees(self) -> bool:
        """By the optional data's own check digit; true where there is none."""
        return self.optional_check is None or agrees(self.optional[0], self.optional_check)

    @property
    def composite_agrees(self) -> bool:
        return self.composite != "<" and agrees(self.composite_of, self.composite)

    @property
    def agrees(self) -> bool:
        """Whether every check digit is right."""
        return (
            self.composite_agrees
            and self.number_agrees
            and self.birth_agrees
            and self.expiry_agrees
            and self.optional_agrees
        )


def td1(lines: Sequence[str]) -> Zone:
    """Three lines of 30 characters."""
    upper, middle, lower = lines
    number, number_check, optional = upper[5:14], upper[14], upper[15:30]
    if number_check == "<":
        # A number of more than nine characters goes on in the optional data, its check digit
        # after it, then a filler (part 5, note to position 15).
        rest, _, after = optional.partition("<")
        if len(rest) > 1:
            number, number_check, optional = number + rest[:-1], rest[-1], after
    return Zone(
        format=Format.TD1,
        document_code=upper[0:2],
        issuer=upper[2:5],
        name=lower,
        number=number,
        number_check=number_check,
        nationality=middle[15:18],
        birth=middle[0:6],
        birth_check=middle[6],
        sex=middle[7],
        expiry=middle[8:14],
        expiry_check=middle[14],
        optional=(optional, middle[18:29]),
        optional_check=None,
        composite_of=upper[5:30] + middle[0:7] + middle[8:15] + middle[18:29],
        composite=middle[29],
    )


def td3(lines: Sequence[str]) -> Zone:
    """Two lines of 44 characters."""
    upper, lower = lines
    return Zone(
        format=Format.TD3,
        document_code=upper[0:2],
        issuer=upper[2:5],
        name=upper[5:44],
        number=lower[0:9],
        number_check=lower[9],
        nationality=lower[10:13],
        birth=lower[13:19],
        birth_check=lower[19],
        sex=lower[20],
        expiry=lower[21:27],
        expiry_check=lower[27],
        optional=(lower[28:42],),
        optional_check=lower[42],
        composite_of=lower[0:10] + lower[13:20] + lower[21:43],
        composite=lower[43],
    )


def closes_td1(upper: str, middle: str, lower: str) -> bool:
    """Whether these are a whole TD1 zone with every check digit right."""
    return (
        upper[0] in TD1_FIRST_LETTERS
        and middle[-1].isdecimal()
        and len(upper) == len(middle) == len(lower) == TD1_WIDTH
        and td1((upper, middle, lower)).agrees
    )


def closes_td3(upper: str, lower: str) -> bool:
    """Whether these are a whole TD3 zone with every check digit right."""
    return (
        upper[0] == TD3_FIRST_LETTER
        and lower[-1].isdecimal()
        and len(upper) == len(lower) == TD3_WIDTH
        and td3((upper, lower)).agrees
    )
