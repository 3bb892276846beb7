"""Which characters of which field a place in the lines is, in every layout."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mrz_builder import (
    AKHMETOV,
    ASANOVA,
    BEKOV_PASSPORT,
    BERTHIER,
    ERIKSSON,
    KARIMOV,
    MUSTERMANN,
    RUSSIAN,
    SHCHUKINA,
    digit,
)
from mrz_cases import TODAY

from devices.mrz import Document, ReasonCode, Status, parse
from devices.mrz.answer import Format
from devices.mrz.marks import Cause, Mark, Part, marks_of, value_of
from devices.mrz.parse import parse_picture

VISITOR = ERIKSSON.but(code="V", optional="A1")
CARDS = {
    "TD1": ASANOVA.but(given="AIGUL<MARATOVNA").td1(),
    "TD1 with blanks in the surname": ASANOVA.but(surname="ASAN<UULU", given="AI").td1(),
    "TD1 of Germany": MUSTERMANN.td1(),
    "TD1 of Kazakhstan": AKHMETOV.td1(),
    "TD1 with a long number": MUSTERMANN.but(
        issuer="UTO", nationality="UTO", number="D231458907349"
    ).td1(),
    "TD1 with a long number and a personal number": AKHMETOV.but(number="0456789123").td1(),
    "TD1 with a surname only": ASANOVA.but(given="").td1(),
    "TD1 of one born in a year": ASANOVA.but(birth="52<<<<", optional="").td1(),
    "TD1 of one born in a month": ASANOVA.but(birth="5203<<", optional="").td1(),
    "TD1 without expiry": ASANOVA.but(expiry="<<<<<<").td1(),
    "TD1 without sex": ASANOVA.but(sex="<").td1(),
    "TD2": ERIKSSON.but(code="I", optional="X12").td2(),
    "TD2 with a long number": ERIKSSON.but(code="I", number="L898902C3A", optional="").td2(),
    "TD3": BEKOV_PASSPORT.td3(),
    "TD3 of Uzbekistan": KARIMOV.but(code="P").td3(),
    "MRVA": VISITOR.mrva(),
    "MRVB": VISITOR.mrvb(),
    "French card": BERTHIER.french(),
    "Russian passport": SHCHUKINA.russian(),
}
_CYRILLIC = {coded: letter for letter, coded in RUSSIAN.items()}


def marks_at(document: Document, *cells: tuple[int, int]) -> tuple[Mark, ...]:
    return marks_of(replace(document, unsure=cells))


def as_shown(document: Document, part: Part, printed: str) -> str:
    """A character of the lines as it stands in the value of a field."""
    if part in (Part.SURNAME, Part.GIVEN_NAMES):
        coded = document.format is Format.RUS_INTERNAL
        return " " if printed == "<" else _CYRILLIC[printed] if coded else printed
    return "X" if part is Part.SEX and printed == "<" else printed


@pytest.mark.parametrize("lines", CARDS.values(), ids=CARDS)
def test_every_character_of_every_field_is_found_at_its_own_place(
    lines: tuple[str, ...],
) -> None:
    document = parse(lines, TODAY)
    assert document.document_number
    found: set[tuple[Part, int]] = set()
    for row, text in enumerate(lines):
        for column, printed in enumerate(text):
            for mark in marks_at(document, (row, column)):
                for place in mark.places:
                    shown = value_of(document, mark.part)[place]
                    assert shown == as_shown(document, mark.part, printed)
                    found.add((mark.part, place))
    whole = {
        (part, place)
        for part in Part
        for place, character in enumerate(value_of(document, part))
        if not is_not_printed(document, part, place, character)
    }
    assert found == whole


def is_not_printed(document: Document, part: Part, place: int, character: str) -> bool:
    """The century and the dashes of a date; the French card's nationality."""
    if part in (Part.BIRTH_DATE, Part.EXPIRY_DATE):
        return place < 2 or character == "-"
    return part is Part.NATIONALITY and document.format is Format.FRA_ID


@pytest.mark.parametrize(
    ("lines", "cell", "part"),
    [
        (CARDS["TD1"], (0, 14), Part.DOCUMENT_NUMBER),
        (CARDS["TD1"], (1, 6), Part.BIRTH_DATE),
        (CARDS["TD1"], (1, 14), Part.EXPIRY_DATE),
        (CARDS["TD1"], (2, 29), Part.GIVEN_NAMES),
        (CARDS["TD1"], (0, 29), Part.PERSONAL_NUMBER),
        (CARDS["TD1 with a surname only"], (2, 8), Part.SURNAME),
        (CARDS["TD1 with a long number"], (0, 14), Part.DOCUMENT_NUMBER),
        (CARDS["TD1 with a long number"], (0, 19), Part.DOCUMENT_NUMBER),
        (CARDS["TD3"], (1, 42), Part.PERSONAL_NUMBER),
        (CARDS["Russian passport"], (1, 42), Part.DOCUMENT_NUMBER),
        (CARDS["French card"], (1, 12), Part.DOCUMENT_NUMBER),
        (CARDS["TD1 of one born in a year"], (1, 4), Part.BIRTH_DATE),
    ],
)
def test_a_check_digit_or_a_filler_concerns_its_field_but_is_no_character_of_it(
    lines: tuple[str, ...], cell: tuple[int, int], part: Part
) -> None:
    assert marks_at(parse(lines, TODAY), cell) == (Mark(part, Cause.UNSURE, ()),)


def test_the_fillers_between_the_names_concern_both() -> None:
    document = parse(CARDS["TD1"], TODAY)
    gap = CARDS["TD1"][2].index("<<")
    assert [mark.part for mark in marks_at(document, (2, gap))] == [
        Part.SURNAME,
        Part.GIVEN_NAMES,
    ]


@pytest.mark.parametrize("cell", [(1, 29), (1, 20)])
def test_what_no_field_shows_is_not_marked(cell: tuple[int, int]) -> None:
    assert marks_at(parse(CARDS["TD1"], TODAY), cell) == ()


def test_a_field_with_several_doubtful_characters_has_one_mark() -> None:
    assert marks_at(parse(CARDS["TD1"], TODAY), (0, 5), (0, 8), (0, 14)) == (
        Mark(Part.DOCUMENT_NUMBER, Cause.UNSURE, (0, 3)),
    )


# ---- what is put right


def test_a_zero_read_as_a_letter_is_marked_in_the_number() -> None:
    upper, *rest = ASANOVA.but(number="ID1204567").td1()
    document = parse((upper.replace("ID1204567", "ID12O4567"), *rest), TODAY)
    assert document.status is Status.REVIEW
    assert document.document_number == "ID1204567"
    assert marks_of(document) == (Mark(Part.DOCUMENT_NUMBER, Cause.REPAIRED, (4,)),)


def test_a_letter_of_a_personal_number_is_marked_in_it() -> None:
    lines = list(ASANOVA.td1())
    place = lines[0].index("11203198601234")
    lines[0] = lines[0][: place + 9] + "O" + lines[0][place + 10 :]
    assert lines[0] != ASANOVA.td1()[0]
    document = parse(lines, TODAY)
    assert document.personal_number == "11203198601234"
    assert marks_of(document) == (Mark(Part.PERSONAL_NUMBER, Cause.REPAIRED, (9,)),)


def test_a_digit_in_a_name_is_marked_as_the_letter_it_became() -> None:
    upper, middle, names = ASANOVA.td1()
    document = parse((upper, middle, names.replace("ASANOVA", "ASAN0VA")), TODAY)
    assert document.surname == "ASANOVA"
    assert marks_of(document) == (Mark(Part.SURNAME, Cause.REPAIRED, (4,)),)


def test_a_letter_behind_the_names_turned_back_to_a_filler_concerns_the_given_names() -> None:
    upper, middle, names = ASANOVA.td1()
    document = parse((upper, middle, names[:-4] + "KKK<"), TODAY)
    assert document.given_names == "AIGUL"
    assert document.repaired == ((2, 26), (2, 27), (2, 28))
    assert marks_of(document) == (Mark(Part.GIVEN_NAMES, Cause.REPAIRED, ()),)


def test_letters_in_dates_are_marked_by_their_place_in_the_date() -> None:
    upper, middle, names = ASANOVA.td1()  # born 860312, valid to 310520
    read = middle.replace("860312", "86O312").replace("310520", "3I0520")
    document = parse((upper, read, names), TODAY)
    assert (document.birth_date, str(document.expiry_date)) == ("1986-03-12", "2031-05-20")
    assert marks_of(document) == (
        Mark(Part.BIRTH_DATE, Cause.REPAIRED, (5,)),
        Mark(Part.EXPIRY_DATE, Cause.REPAIRED, (3,)),
    )


def test_the_fourth_digit_of_a_russian_series_is_marked_behind_the_first_three() -> None:
    upper, lower = SHCHUKINA.russian()
    document = parse((upper, lower[:28] + "O" + lower[29:]), TODAY)
    assert document.document_number == "4510123456"
    assert document.repaired == ((1, 28),)
    assert marks_of(document) == (Mark(Part.DOCUMENT_NUMBER, Cause.REPAIRED, (3,)),)


def test_a_state_put_right_is_marked_by_its_letter() -> None:
    upper, middle, names = ASANOVA.td1()
    document = parse(("IDKG2" + upper[5:], middle, names), TODAY)
    assert document.issuer == "KGZ"
    assert marks_of(document) == (Mark(Part.ISSUER, Cause.REPAIRED, (2,)),)


def test_an_overflowing_number_moves_the_personal_number_along() -> None:
    lines = CARDS["TD1 with a long number and a personal number"]
    document = parse(lines, TODAY)
    assert (document.document_number, document.personal_number) == (
        "0456789123",
        AKHMETOV.optional,
    )
    assert lines[0][15:18] == "3" + digit("0456789123") + "<"
    assert marks_at(document, (0, 15)) == (Mark(Part.DOCUMENT_NUMBER, Cause.UNSURE, (9,)),)
    assert marks_at(document, (0, 16)) == (Mark(Part.DOCUMENT_NUMBER, Cause.UNSURE, ()),)
    assert marks_at(document, (0, 18)) == (Mark(Part.PERSONAL_NUMBER, Cause.UNSURE, (0,)),)


# ---- a picture


def test_a_place_that_was_put_right_is_not_told_as_unsure_too() -> None:
    document = parse_picture(
        ASANOVA.td1(), TODAY, (ReasonCode.HARDLY_LEGIBLE,), ((0, 5),), ((0, 5), (2, 1))
    )
    assert marks_of(document) == (
        Mark(Part.DOCUMENT_NUMBER, Cause.REPAIRED, (0,)),
        Mark(Part.SURNAME, Cause.UNSURE, (1,)),
    )


@given(
    st.sampled_from(sorted(CARDS.values())),
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 43), st.sampled_from("<0158ABKOSZ<<K")),
        max_size=6,
    ),
)
def test_however_a_zone_is_misread_a_mark_is_of_characters_that_its_value_has(
    lines: tuple[str, ...], changes: list[tuple[int, int, str]]
) -> None:
    read = [list(line) for line in lines]
    for row, column, character in changes:
        if row < len(read) and column < len(read[row]):
            read[row][column] = character
    document = parse(["".join(line) for line in read], TODAY)
    everywhere = tuple((row, column) for row in range(3) for column in range(44))
    for mark in marks_at(document, *everywhere):
        assert len(value_of(document, mark.part)) > max(mark.places, default=-1)


def test_a_right_or_rejected_document_has_no_mark() -> None:
    assert marks_of(parse(ASANOVA.td1(), TODAY)) == ()
    assert marks_of(replace(parse(("",), TODAY), unsure=((0, 0),))) == ()
