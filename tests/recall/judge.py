"""Puts the people of a list into a register and sees at which place the search shows them."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.codes import Action, DocumentKind, Sex
from kiosk.demo.officer import OFFICER
from kiosk.services import find
from kiosk.services.desk import Desk
from kiosk.services.entry import entry
from kiosk.services.people import record
from kiosk.values import DocumentSeen, Found, PersonEntry
from tests.recall.spellings import Pair

FIRST = 10


def record_all(desk: Desk, listed: Iterable[Pair]) -> None:
    """Everybody with their own letters alone: no document tells how they are spelt in Latin."""
    with entry(desk, Action.RECORD_PERSON, officer=OFFICER) as e:
        for number, pair in enumerate(listed, 9_000_000):
            birth = f"{pair.year}-05-17"
            paper = DocumentSeen(DocumentKind.BIRTH_CERTIFICATE, "KGZ", f"KR{number}")
            entered = PersonEntry(
                surname=pair.surname,
                given=pair.given,
                patronymic=pair.patronymic,
                birth=birth,
                sex=Sex.UNSPECIFIED,
                personal_number="",
                phone="",
                language="",
                document=paper,
            )
            record(e, entered)


def place(desk: Desk, pair: Pair) -> int:
    """At which place of the list they stand for what was typed, from 1; 0 when they do not."""
    for at, one in enumerate(find.find(desk, OFFICER, pair.typed), 1):
        if _is(one, pair):
            return at
    return 0


def _is(found: Found, pair: Pair) -> bool:
    name = found.name
    said = (name.surname, name.given, name.patronymic, found.born[:4])
    return said == (pair.surname, pair.given, pair.patronymic, str(pair.year))
