"""Writes machine-readable zones for the tests, by ICAO Doc 9303 and by nothing of the program.

Its check digit is written out anew, so that a mistake in the program's own cannot hide.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


def digit(text: str) -> str:
    total = 0
    for place, character in enumerate(text):
        if character == "<":
            value = 0
        elif character.isdigit():
            value = int(character)
        else:
            value = ord(character) - ord("A") + 10
        total += value * (7, 3, 1)[place % 3]
    return str(total % 10)


@dataclass(frozen=True)
class Holder:
    """What stands on a document; the defaults are Asanova Aigul, made up."""

    code: str = "ID"
    issuer: str = "KGZ"
    number: str = "ID1234567"
    nationality: str = "KGZ"
    birth: str = "860312"
    sex: str = "F"
    expiry: str = "310520"
    optional: str = "11203198601234"
    optional2: str = ""
    surname: str = "ASANOVA"
    given: str = "AIGUL"

    def but(self, **changes: str) -> Holder:
        return replace(self, **changes)

    @property
    def name(self) -> str:
        return self.surname + (f"<<{self.given}" if self.given else "")

    def td1(self) -> tuple[str, str, str]:
        if len(self.number) > 9:
            tail = self.number[9:] + digit(self.number) + "<" + self.optional
            upper = f"{self.code:<<2}{self.issuer:<<3}{self.number[:9]}<{tail:<<15}"
        else:
            number = f"{self.number:<<9}"
            upper = (
                f"{self.code:<<2}{self.issuer:<<3}{number}{digit(number)}{self.optional:<<15}"
            )
        dates = self.birth + digit(self.birth) + self.sex + self.expiry + digit(self.expiry)
        middle = f"{dates}{self.nationality:<<3}{self.optional2:<<11}"
        composite = digit(upper[5:] + middle[:7] + middle[8:15] + middle[18:])
        return upper, middle + composite, f"{self.name:<<30}"[:30]

    def td3(self) -> tuple[str, str]:
        upper = f"{self.code:<<2}{self.issuer:<<3}{self.name}"
        number = f"{self.number:<<9}"
        optional = f"{self.optional:<<14}"
        lower = (
            f"{number}{digit(number)}{self.nationality:<<3}"
            f"{self.birth}{digit(self.birth)}{self.sex}{self.expiry}{digit(self.expiry)}"
            f"{optional}{digit(optional)}"
        )
        composite = digit(lower[:10] + lower[13:20] + lower[21:])
        return f"{upper:<<44}"[:44], lower + composite


ASANOVA = Holder()
BEKOV = Holder(
    number="ID7654321",
    birth="791105",
    sex="M",
    expiry="320830",
    optional="20511197900457",
    surname="BEKOV",
    given="NURLAN",
)
BEKOV_PASSPORT = BEKOV.but(code="P", number="PE1234567", given="NURLAN<TALANTOVICH")
BEKOVA = Holder(
    number="ID2223334",
    birth="100701",
    sex="F",
    expiry="300115",
    optional="10107201000011",
    surname="BEKOVA",
    given="MEERIM",
)
KARIMOV = Holder(
    code="I",
    issuer="UZB",
    number="AA7654321",
    nationality="UZB",
    birth="900512",
    sex="M",
    expiry="300101",
    optional="30512901230017",
    surname="KARIMOV",
    given="ALISHER",
)
