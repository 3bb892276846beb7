"""What the officer is shown to compare of a document, on the card of somebody known."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from kiosk.codes import DocumentKind, Sex
from kiosk.screens.person_card import Marks, compared_lines, person_lines
from kiosk.values import DocumentSeen, Name, PersonCard
from kiosk.widgets.ink import Ink
from kiosk.widgets.lines import Line, plain

TODAY = date(2026, 11, 24)
SEEN = DocumentSeen(
    kind=DocumentKind.ID_CARD,
    country="KGZ",
    number="ID1204567",
    surname="ASANOVA",
    given="AIGUL",
    birth="1986-03-12",
    sex=Sex.FEMALE,
    expires=date(2031, 5, 20),
    personal_number="11203198601234",
)
CARD = PersonCard(
    person_id=uuid4(),
    detail_id=uuid4(),
    name=Name("Асанова", "Айгүл", "", "ASANOVA", "AIGUL"),
    birth="1986-03-12",
    sex=Sex.FEMALE,
    personal_number="11203198601234",
    number_conflict=False,
    phone="",
    language="",
    document_id=None,
    document=None,
    visits=0,
)


def marked_in(lines: list[Line]) -> str:
    """The marked characters, a blank where others stand between."""
    return " ".join(
        "".join(text if ink is Ink.MARK else "\0" for text, ink in one).replace("\0", " ")
        for one in lines
    )


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ({"number": (4,)}, "0"),
        ({"birth": (2, 9)}, "2 8"),
        ({"expires": (5, 6)}, "05"),
        ({"personal_number": (0, 1, 13)}, "1 1 4"),
        ({"surname": (0,), "given": (4,)}, "A L"),
        ({"country": (1,)}, "G"),
        ({"sex": (0,)}, "F"),
        ({"kind": (0,)}, "ID card"),
    ],
)
def test_the_card_marks_the_characters_where_they_stand(marks: Marks, shown: str) -> None:
    for lines in (
        person_lines(CARD, SEEN, TODAY, marks),
        compared_lines(SEEN, TODAY, marks),
    ):
        assert " ".join(marked_in(lines).split()) == shown


def test_without_marks_nothing_is_marked_or_compared() -> None:
    assert marked_in(person_lines(CARD, SEEN, TODAY)).strip() == ""
    assert compared_lines(SEEN, TODAY, {}) == []


def test_what_is_to_be_compared_is_what_was_read_and_not_what_is_known() -> None:
    other = DocumentSeen(
        DocumentKind.ID_CARD, "KGZ", "ID1204567", "ASANOWA", "AIGUL", birth="1986-03-13"
    )
    marks: Marks = {"birth": (9,), "surname": (5,)}
    text = "\n".join(plain(one) for one in person_lines(CARD, other, TODAY, marks))
    assert "ASANOWA AIGUL" in text
    assert "13.03.1986" in text


def test_a_partly_unknown_birth_date_is_marked_in_the_part_that_is_known() -> None:
    seen = DocumentSeen(
        DocumentKind.ID_CARD, "KGZ", "ID1204567", birth="1952-03", sex=Sex.FEMALE
    )
    lines = compared_lines(seen, TODAY, {"birth": (3, 6)})
    assert marked_in(lines).split() == ["3", "2"]
    assert "03.1952" in plain(lines[0])


def test_a_patronymic_is_marked_behind_the_given_name() -> None:
    seen = DocumentSeen(DocumentKind.PASSPORT, "RUS", "4510123456", "ЩУКИНА", "ЮЛИЯ ЮРЬЕВНА")
    (line,) = compared_lines(seen, TODAY, {"patronymic": (2,), "given": (2,)})
    assert marked_in([line]).split() == ["И", "Ь"]
