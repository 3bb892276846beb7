"""Writes the zone of any layout of ICAO Doc 9303, and cuts one into its ten fields.

Independent of the program: a mistake in its check digits or its layouts cannot hide here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Layout(StrEnum):
    TD1 = "TD1"
    TD2 = "TD2"
    TD3 = "TD3"
    MRV_A = "MRV-A"
    MRV_B = "MRV-B"


WIDTHS = {
    Layout.TD1: 30,
    Layout.TD2: 36,
    Layout.TD3: 44,
    Layout.MRV_A: 44,
    Layout.MRV_B: 36,
}


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document says, in the zone's own letters. `optional2` only a TD1 card has."""

    layout: Layout
    code: str
    issuer: str
    number: str = field(repr=False)
    nationality: str
    birth: str = field(repr=False)
    sex: str
    expiry: str
    optional: str = field(repr=False)
    optional2: str
    surname: str = field(repr=False)
    given: str = field(repr=False)
    blank_check: bool = False
    """Whether a passport without optional data prints `<` for its check digit, or 0."""

    def name(self, room: int) -> str:
        """As it is printed in `room` characters: a surname that is too long makes way for some
        letters of the given names."""
        surname = self.surname[: room - len("<<") - min(len(self.given), 6)].rstrip("<")
        return f"{surname}<<{self.given}"[:room]


@dataclass(frozen=True, slots=True)
class TenFields:
    """The ten fields by which readers are compared, without fillers."""

    code: str
    issuer: str
    number: str = field(repr=False)
    surname: str = field(repr=False)
    given: str = field(repr=False)
    nationality: str
    birth: str = field(repr=False)
    sex: str
    expiry: str
    optional: str = field(repr=False)


def digit(text: str) -> str:
    """The check digit of `text`: weights 7, 3, 1, letters from A = 10, filler 0."""
    values = (0 if each == "<" else int(each, 36) for each in text)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def checked(text: str) -> str:
    return text + digit(text)


def zone(printed: Printed) -> tuple[str, ...]:
    """The lines of the document, top line first, every check digit right."""
    width = WIDTHS[printed.layout]
    head = f"{printed.code:<<2}{printed.issuer:<<3}"
    number = checked(f"{printed.number:<<9}")
    birth, expiry = checked(printed.birth), checked(printed.expiry)
    if printed.layout is Layout.TD1:
        upper = head + number + f"{printed.optional:<<15}"
        middle = birth + printed.sex + expiry + f"{printed.nationality:<<3}"
        middle += f"{printed.optional2:<<11}"
        composite = digit(upper[5:] + birth + expiry + middle[18:])
        return upper, middle + composite, f"{printed.name(30):<<30}"
    upper = f"{head + printed.name(width - len(head)):<<{width}}"
    lower = number + f"{printed.nationality:<<3}" + birth + printed.sex + expiry
    match printed.layout:
        case Layout.TD3:
            optional = f"{printed.optional:<<14}"
            blank = not printed.optional and printed.blank_check
            optional += "<" if blank else digit(optional)
            lower += optional + digit(number + birth + expiry + optional)
        case Layout.TD2:
            optional = f"{printed.optional:<<7}"
            lower += optional + digit(number + birth + expiry + optional)
        case Layout.MRV_A | Layout.MRV_B:
            lower = f"{lower + printed.optional:<<{width}}"
    return upper, lower


def check_digits_hold(lines: Sequence[str]) -> bool:
    """Whether every check digit that the layout prints is right."""
    if len(lines) == 3:
        upper, middle, _ = lines
        parts = [upper[5:15], middle[0:7], middle[8:15]]
        whole = upper[5:30] + middle[0:7] + middle[8:15] + middle[18:29] + middle[29]
    else:
        upper, lower = lines
        parts = [lower[0:10], lower[13:20], lower[21:28]]
        if upper[0] == "V":
            whole = lower[0:10]
        elif len(lower) == 44:
            parts.append(lower[28:43].replace("<", "0"))
            whole = lower[0:10] + lower[13:20] + lower[21:44]
        else:
            whole = lower[0:10] + lower[13:20] + lower[21:36]
    return all(digit(part[:-1]) == part[-1] for part in (*parts, whole))


def fields(lines: Sequence[str]) -> TenFields:
    """The lines cut into fields by their layout; no number here is longer than nine."""
    if len(lines) == 3:
        upper, middle, names = lines
        number, optional = upper[5:14], upper[15:30] + middle[18:29]
        birth, sex, expiry, nationality = middle[0:6], middle[7], middle[8:14], middle[15:18]
    else:
        upper, lower = lines
        names = upper[5:]
        number, optional = lower[0:9], lower[28:]
        birth, sex, expiry, nationality = lower[13:19], lower[20], lower[21:27], lower[10:13]
        if upper[0] != "V":
            optional = optional[:14] if len(lower) == 44 else optional[:7]
    surname, _, given = names.partition("<<")
    return TenFields(
        code=bare(upper[0:2]),
        issuer=bare(upper[2:5]),
        number=bare(number),
        surname=spaced(surname),
        given=spaced(given),
        nationality=bare(nationality),
        birth=bare(birth),
        sex=sex,
        expiry=bare(expiry),
        optional=bare(optional),
    )


def bare(text: str | None) -> str:
    """Without fillers and blanks."""
    return "".join((text or "").replace("<", " ").split())


def spaced(text: str | None) -> str:
    """Fillers as single blanks."""
    return " ".join((text or "").replace("<", " ").split())
