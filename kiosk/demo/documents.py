"""The demo's documents, as a reader sends them."""

from __future__ import annotations

from datetime import date

from devices.mrz.check_digits import check_digit
from kiosk.codes import DocumentKind, Sex
from kiosk.values import DocumentSeen

# Invented people who are not in the demo's register yet: one new, one whose card was withdrawn.
NEWCOMERS = (
    DocumentSeen(
        kind=DocumentKind.ID_CARD,
        country="KGZ",
        number="ID7654321",
        surname="BEKOV",
        given="NURLAN",
        birth="1979-11-05",
        sex=Sex.MALE,
        expires=date(2032, 8, 30),
        personal_number="20511197900457",
    ),
    DocumentSeen(
        kind=DocumentKind.ID_CARD,
        country="KGZ",
        number="AN0213447",
        surname="ASANOVA",
        given="ZHYLDYZ",
        birth="1961-02-14",
        sex=Sex.FEMALE,
        expires=date(2031, 5, 20),
        personal_number="11402196100219",
    ),
)


def td1(document: DocumentSeen) -> tuple[str, str, str]:
    """The three lines of an ID card (ICAO Doc 9303 part 5); the PIN is its optional data."""
    number = f"{document.number:<<9}"
    optional = f"{document.personal_number:<<15}"
    first = f"ID{document.country}{number}{check_digit(number)}{optional}"
    birth = document.birth[2:].replace("-", "")
    assert document.expires is not None
    assert document.sex is not None
    expiry = document.expires.strftime("%y%m%d")
    dates = f"{birth}{check_digit(birth)}{document.sex}{expiry}{check_digit(expiry)}"
    middle = f"{dates}{document.country}{'':<<11}"
    composite = check_digit(first[5:30] + middle[0:7] + middle[8:15] + middle[18:29])
    name = f"{document.surname}<<{document.given.replace(' ', '<')}"
    return first, middle + composite, f"{name:<<30}"[:30]
