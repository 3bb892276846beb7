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


# The Russian internal passport writes each Cyrillic letter as one of these.
RUSSIAN = dict(
    zip("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", "ABVGDE2JZIQKLMNOPRSTUFHC34WXY9678", strict=True)
)


def kazakh_digit(eleven: str) -> str:
    """The last digit of a Kazakh personal number; the eleven must have one."""
    rest = sum(int(c) * (place + 1) for place, c in enumerate(eleven)) % 11
    if rest == 10:
        rest = sum(int(c) * ((place + 2) % 11 + 1) for place, c in enumerate(eleven)) % 11
    assert rest < 10, "never given out"
    return str(rest)


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

    def td2(self) -> tuple[str, str]:
        if len(self.number) > 9:
            number = f"{self.number[:9]}<"
            optional = f"{self.number[9:]}{digit(self.number)}<{self.optional}"
        else:
            number = f"{self.number:<<9}{digit(f'{self.number:<<9}')}"
            optional = self.optional
        lower = f"{number}{self._middle}{optional:<<7}"[:35]
        composite = digit(lower[:10] + lower[13:20] + lower[21:])
        return self._upper(36), lower + composite

    def mrva(self) -> tuple[str, str]:
        return self._upper(44), f"{self._number}{self._middle}{self.optional:<<16}"

    def mrvb(self) -> tuple[str, str]:
        return self._upper(36), f"{self._number}{self._middle}{self.optional:<<8}"

    def french(self) -> tuple[str, str]:
        """`optional` is the department and the office; the given names stand apart by <<."""
        upper = f"IDFRA{self.surname:<<25}{self.optional:<<6}"
        given = self.given.replace("<", "<<")
        lower = f"{self.number}{digit(self.number)}{given:<<14}"[:27]
        lower += f"{self.birth}{digit(self.birth)}{self.sex}"
        return upper, lower + digit(upper + lower)

    def russian(self) -> tuple[str, str]:
        """`number` with its series of four digits before it, `optional` the date of issue and
        the code of who issued it, names in Cyrillic."""
        name = "".join(RUSSIAN.get(letter, letter) for letter in self.name)
        number = self.number[:3] + self.number[4:]
        optional = f"{self.number[3]}{self.optional:<<13}"
        lower = f"{number}{digit(number)}RUS{self.birth}{digit(self.birth)}{self.sex}<<<<<<<"
        lower += optional + digit(optional)
        composite = digit(lower[:10] + lower[13:20] + lower[21:])
        return f"PNRUS{name:<<39}"[:44], lower + composite

    def _upper(self, width: int) -> str:
        upper = f"{self.code:<<2}{self.issuer:<<3}{self.name}"
        return f"{upper:<<{width}}"[:width]

    @property
    def _number(self) -> str:
        number = f"{self.number:<<9}"
        return number + digit(number)

    @property
    def _middle(self) -> str:
        return (
            f"{self.nationality:<<3}{self.birth}{digit(self.birth)}{self.sex}"
            f"{self.expiry}{digit(self.expiry)}"
        )


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
EGAMOVA = Holder(
    code="I",
    issuer="UZB",
    number="AD6632763",
    nationality="UZB",
    birth="740311",
    sex="F",
    expiry="340327",
    optional="41103741390036",
    surname="EGAMOVA",
    given="IRODA",
)
AKHMETOV = Holder(
    issuer="KAZ",
    number="045678912",
    nationality="KAZ",
    birth="880229",
    sex="M",
    expiry="300704",
    optional="88022930012" + kazakh_digit("88022930012"),
    surname="AKHMETOV",
    given="DAULET",
)
MUSTERMANN = Holder(
    issuer="D",
    number="L01X00T47",
    nationality="D",
    birth="830812",
    sex="F",
    expiry="310801",
    optional="",
    surname="MUSTERMANN",
    given="ERIKA",
)
ERIKSSON = Holder(
    code="P",
    issuer="UTO",
    number="L898902C3",
    nationality="UTO",
    birth="740812",
    sex="F",
    expiry="310415",
    optional="ZE184226B",
    surname="ERIKSSON",
    given="ANNA<MARIA",
)
BERTHIER = Holder(
    issuer="FRA",
    number="120675P00148",
    nationality="FRA",
    birth="651206",
    sex="F",
    expiry="",
    optional="75P008",
    surname="BERTHIER",
    given="CORINNE<ODILE",
)
SHCHUKINA = Holder(
    code="PN",
    issuer="RUS",
    number="4510123456",
    nationality="RUS",
    birth="850614",
    sex="F",
    expiry="",
    optional="150320770001",
    surname="ЩУКИНА",
    given="ЮЛИЯ<ЮРЬЕВНА",
)
