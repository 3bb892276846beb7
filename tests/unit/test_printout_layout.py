"""Rows fit the roll: words are broken, beside or below, and nothing runs over the edge."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from papers import text_of, widest

from kiosk.printouts import Barcode, Row
from kiosk.printouts.layout import (
    CUT_OFF,
    Align,
    Blank,
    Halves,
    Line,
    Pair,
    Rule,
    Terms,
    compose,
)

any_text = st.text(max_size=250)


def test_a_long_sentence_goes_on_below_at_its_indent() -> None:
    rows = compose([Line("1. Azyrynca zholugushuu berilbeit", indent=3)], 16)
    assert text_of(rows) == "1. Azyrynca\n   zholugushuu\n   berilbeit"


def test_a_word_longer_than_a_row_is_broken_where_the_row_ends() -> None:
    assert text_of(compose([Line("a" * 20)], 16)) == "a" * 16 + "\n" + "a" * 4


def test_what_takes_too_many_rows_is_cut_off_and_says_so() -> None:
    rows = compose([Line("word " * 50, rows=2)], 16)
    assert text_of(rows) == "word word word\nword word word…"


def test_a_value_that_does_not_fit_beside_its_label_stands_below_at_the_right() -> None:
    beside = compose([Pair("Entered", "10:06")], 16)
    below = compose([Pair("Entered the prison", "24.11.2026 10:06")], 16)
    assert text_of(beside) == "Entered    10:06"
    assert text_of(below) == "Entered the\nprison\n24.11.2026 10:06"
    assert [row.align for row in below if isinstance(row, Row)][-1] is Align.RIGHT


def test_a_count_is_not_torn_at_the_end_of_a_row() -> None:
    assert text_of(compose([Line("used up: 3 / 3.")], 13)) == "used up:\n3 / 3."


@given(texts=st.lists(any_text, min_size=2, max_size=2), columns=st.sampled_from([32, 48]))
def test_no_text_is_wider_than_the_roll(texts: list[str], columns: int) -> None:
    first, second = texts
    rows = compose(
        [
            Line(first, wide=True, tall=True),
            Line(first, start=3, indent=3),
            Pair(first, second, bold=True),
            Rule(),
            Blank(),
        ],
        columns,
    )
    assert widest(rows) <= columns
    assert text_of(rows).replace("\n", "").isprintable()


def test_languages_stand_side_by_side_where_the_roll_is_wide_enough() -> None:
    terms = Terms(("Кирди", "Вошла"), "10:06")
    assert text_of(compose([terms], 24)) == "Кирди / Вошла      10:06"
    assert text_of(compose([terms], 16)) == "Кирди      10:06\nВошла"


def test_a_value_as_long_as_a_row_stands_below_its_label() -> None:
    rows = compose([Terms(("Кимден", "От"), "Мамытова Гүлнара")], 16)
    assert text_of(rows) == "Кимден / От\nМамытова Гүлнара"


def test_a_label_without_a_value_leaves_no_empty_row() -> None:
    assert len(compose([Pair("a" * 20, "")], 16)) == 2


def test_an_east_asian_letter_takes_two_columns() -> None:
    assert text_of(compose([Pair("金正日", "1")], 12)) == "金正日     1"
    assert text_of(compose([Line("金正日金正日")], 7)) == "金正日\n金正日"


def test_two_halves_stand_side_by_side_on_a_wide_roll() -> None:
    halves = Halves((Line("left"),), (Line("right"), Line("more", Align.RIGHT)))
    left, right = compose([halves], 48)
    assert isinstance(left, Row)
    assert isinstance(right, Row)
    assert left.text == "left".ljust(22) + " | right"
    assert right.text == " " * 22 + " | " + "more".rjust(22)


def test_two_halves_stand_below_one_another_on_a_narrow_roll() -> None:
    halves = Halves((Line("left"), Barcode("L")), (Line("right"),))
    first, bars, tear, second = compose([halves], 32)
    assert bars == Barcode("L")
    assert [row.text for row in (first, tear, second) if isinstance(row, Row)] == [
        "left",
        "- - - - - - - - - - - - - - - -",
        "right",
    ]


@given(texts=st.lists(any_text, min_size=3, max_size=3), columns=st.sampled_from([32, 42, 48]))
def test_no_label_is_wider_than_the_roll(texts: list[str], columns: int) -> None:
    first, second, third = texts
    half = (Line(first, rows=2), Terms((first, second), third, indent=1))
    rows = compose(
        [
            Terms((first, second), third),
            Terms((first,), align=Align.CENTER),
            Halves(half, half),
        ],
        columns,
    )
    assert widest(rows) <= columns


def test_a_text_without_end_says_that_it_was_cut_off() -> None:
    (*_, last) = compose([Line("слово " * 100, rows=20)], 48)
    assert isinstance(last, Row)
    assert last.text.endswith(CUT_OFF)
