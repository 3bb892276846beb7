"""Two readings of one picture: when the second helps, and that it makes no trust by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.images.agreement import Opinion, Place, agree
from devices.images.reading import PictureReading
from devices.mrz import ReasonCode, Status
from devices.mrz.layouts import closes
from tests.unit.mrz_builder import ASANOVA, BEKOV, BEKOV_PASSPORT, ERIKSSON

TODAY = date(2026, 11, 24)

CARD = ASANOVA.td1()
OTHER = BEKOV.td1()
FOREIGN = ERIKSSON.but(number="D61458902").td3()

HARDLY = (ReasonCode.HARDLY_LEGIBLE,)
IN_BIRTH_DATE: Place = (1, 2)
IN_NAME: Place = (2, 3)


def altered(lines: tuple[str, ...], place: Place, character: str) -> tuple[str, ...]:
    line, column = place
    text = lines[line][:column] + character + lines[line][column + 1 :]
    return (*lines[:line], text, *lines[line + 1 :])


def test_a_digit_that_both_read_alike_is_hardly_legible_no_more() -> None:
    first = PictureReading(CARD, HARDLY, unsure=(IN_BIRTH_DATE,))
    assert first.document(TODAY).status is Status.REVIEW
    assert first.document(TODAY).unsure == (IN_BIRTH_DATE,)
    better = agree(first, {IN_BIRTH_DATE}, Opinion(CARD), TODAY)
    assert better.document(TODAY).status is Status.OK
    assert better.document(TODAY).unsure == ()


def test_a_letter_of_a_name_stays_doubtful_though_both_read_it_alike() -> None:
    # Read BAKTVBEK by two readers: the fat Y is a V to both, and no check digit covers it.
    lines = ASANOVA.but(given="BAKTVBEK").td1()
    place = (2, lines[2].index("V", 9))
    first = PictureReading(lines, HARDLY)
    assert agree(first, {place}, Opinion(lines), TODAY) == first


def test_a_letter_stays_doubtful_in_a_reading_that_is_for_review_anyhow() -> None:
    lines = ASANOVA.but(sex="M", given="BAKTVBEK").td1()
    first = PictureReading(lines, HARDLY)
    place = (2, lines[2].index("V", 9))
    assert replace(first, doubts=()).document(TODAY).status is Status.REVIEW
    assert agree(first, {place}, Opinion(lines), TODAY) == first


def test_a_character_stays_doubtful_where_the_check_digit_is_blind_to_its_look_alike() -> None:
    # 6 and G are the same to it, and this state's numbers have no known pattern.
    first = PictureReading(FOREIGN, HARDLY)
    assert replace(first, doubts=()).document(TODAY).status is Status.OK
    assert agree(first, {(1, 1)}, Opinion(FOREIGN), TODAY) == first


@pytest.mark.parametrize(
    ("first", "doubtful", "second"),
    [
        (PictureReading(CARD, HARDLY), {IN_BIRTH_DATE}, None),
        (
            PictureReading(CARD, HARDLY),
            {IN_BIRTH_DATE},
            Opinion(altered(CARD, IN_NAME, "H")),
        ),
        (
            PictureReading(CARD, HARDLY),
            {IN_BIRTH_DATE},
            Opinion(CARD, frozenset({IN_BIRTH_DATE})),
        ),
        (PictureReading(CARD, HARDLY), frozenset(), Opinion(CARD)),
        (
            PictureReading(CARD, HARDLY),
            {(1, 0), (1, 2), (1, 3), (1, 4)},
            Opinion(CARD),
        ),
        (
            PictureReading(CARD, (*HARDLY, ReasonCode.BLANK_CHARACTER)),
            {IN_BIRTH_DATE},
            Opinion(CARD),
        ),
        (PictureReading(CARD, HARDLY, (IN_BIRTH_DATE,)), {IN_BIRTH_DATE}, Opinion(CARD)),
        (
            PictureReading(CARD, (ReasonCode.TWO_DOCUMENTS,)),
            {IN_BIRTH_DATE},
            Opinion(OTHER),
        ),
    ],
    ids=[
        "no opinion",
        "another letter elsewhere",
        "put there by the kind of its place",
        "nobody says which character",
        "too many of them",
        "one is missing",
        "chosen by a check digit",
        "two documents",
    ],
)
def test_a_doubt_stays(
    first: PictureReading, doubtful: frozenset[Place], second: Opinion | None
) -> None:
    assert agree(first, doubtful, second, TODAY) == first


def test_lines_whose_check_digits_hold_take_the_place_of_lines_whose_do_not() -> None:
    misread = altered(altered(CARD, (0, 6), "Y"), (1, 3), "9")
    better = agree(PictureReading(misread), frozenset(), Opinion(CARD), TODAY)
    document = better.document(TODAY)
    assert better.lines == CARD
    assert document.status is Status.REVIEW
    assert document.repaired == ((0, 6), (1, 3))


def test_lines_read_take_the_place_of_lines_that_were_made_to_fit() -> None:
    made_to_fit = PictureReading(OTHER, (), ((0, 7),))
    better = agree(made_to_fit, {(0, 7)}, Opinion(CARD), TODAY)
    assert better.lines == CARD
    assert (0, 7) in better.repaired
    assert better.document(TODAY).status is Status.REVIEW


def test_what_the_first_path_hardly_saw_stays_told_unless_the_lines_are_other_ones() -> None:
    made_to_fit = PictureReading(OTHER, HARDLY, ((0, 7),), unsure=(IN_NAME,))
    better = agree(made_to_fit, {(0, 7), IN_NAME}, Opinion(CARD), TODAY)
    assert (better.lines, better.unsure) == (CARD, (IN_NAME,))
    other = agree(made_to_fit, {(0, 7), IN_NAME}, Opinion(BEKOV_PASSPORT.td3()), TODAY)
    assert (len(other.lines), other.unsure) == (2, ())


def test_a_zone_that_only_the_second_reader_made_out_is_for_review() -> None:
    better = agree(PictureReading(), frozenset(), Opinion(CARD), TODAY)
    assert better.lines == CARD
    assert better.document(TODAY).status is Status.REVIEW


def test_doubtful_characters_are_filled_in_when_the_check_digits_then_hold() -> None:
    misread = altered(CARD, IN_BIRTH_DATE, "8")
    noisy = altered(CARD, (2, 29), "K")
    noisy = altered(noisy, (0, 9), "Y")
    better = agree(PictureReading(misread, HARDLY), {IN_BIRTH_DATE}, Opinion(noisy), TODAY)
    assert better.lines == CARD
    assert better.repaired == (IN_BIRTH_DATE,)
    assert better.document(TODAY).status is Status.REVIEW


def test_nothing_is_filled_in_from_a_line_of_another_length() -> None:
    misread = PictureReading(altered(CARD, IN_BIRTH_DATE, "8"), HARDLY)
    short = Opinion((CARD[0], CARD[1][:-1], CARD[2]))
    assert agree(misread, {IN_BIRTH_DATE}, short, TODAY) == misread


def test_nothing_is_filled_in_when_the_check_digits_fail_all_the_same() -> None:
    misread = PictureReading(altered(CARD, (0, 6), "Y"), HARDLY)
    second = Opinion(altered(altered(CARD, (0, 6), "Y"), IN_BIRTH_DATE, "9"))
    assert agree(misread, {IN_BIRTH_DATE}, second, TODAY) == misread


_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
_PLACES = st.tuples(st.integers(0, 2), st.integers(0, 29))


@st.composite
def _readings(draw: st.DrawFn) -> tuple[str, ...]:
    """A card with some characters misread, or other lines altogether."""
    lines = draw(st.sampled_from((CARD, OTHER, (), ("A", "B"), ("", "", ""))))
    if len(lines) == 3 and lines[0]:
        for place in draw(st.lists(_PLACES, max_size=3)):
            lines = altered(lines, place, draw(st.sampled_from(_ALPHABET)))
    return lines


@given(
    first=st.builds(
        PictureReading,
        _readings(),
        st.lists(
            st.sampled_from((ReasonCode.HARDLY_LEGIBLE, ReasonCode.BLANK_CHARACTER)),
            min_size=1,
            max_size=2,
            unique=True,
        ).map(tuple),
        st.lists(_PLACES, max_size=2).map(tuple),
    ),
    doubtful=st.frozensets(_PLACES, max_size=5),
    second=st.builds(Opinion, _readings(), st.frozensets(_PLACES, max_size=2)),
)
def test_only_what_both_read_alike_and_every_check_digit_covers_is_ever_trusted(
    first: PictureReading, doubtful: frozenset[Place], second: Opinion
) -> None:
    better = agree(first, doubtful, second, TODAY)
    if better.document(TODAY).status is Status.OK:
        assert first.lines == second.lines == better.lines
        assert first.doubts == HARDLY
        assert not first.repaired
        assert closes(first.lines)
        assert doubtful
        # No place of the name line is covered.
        assert all(line != 2 for line, _ in doubtful)
