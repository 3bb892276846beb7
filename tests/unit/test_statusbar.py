"""What stands at the same place on every screen, and which letters can stand anywhere."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kiosk.widgets import ink
from kiosk.widgets.frame import Foot, StatusBar
from kiosk.widgets.ink import Ink, Palette
from kiosk.widgets.lines import ALLOWED, at, cells, drawable, line, plain, shorten
from kiosk.widgets.paint import Painter


def bar() -> StatusBar:
    one = StatusBar()
    one.set(
        post="Gate 1",
        title="ARRIVAL",
        operator="Исмаилов Б.",
        reader="Reader ready",
        printer="Printer ready",
        clock="09:42",
    )
    return one


def test_everything_stands_at_its_column() -> None:
    text = bar().text()[0]
    assert text == (
        "Gate 1   ARRIVAL              Исмаилов Б.   Reader ready   Printer ready   09:42"
    )
    assert bar().inks()[0] == Ink.BAR.value * 80


def test_a_word_that_is_too_long_never_moves_its_neighbour() -> None:
    one = bar()
    one.set(title="X" * 40, printer="Принтер крышка открыта!")
    text = one.text()[0]
    assert text[9:30] == "X" * 19 + "… "
    assert text[59:80] == "Принтер крышка… 09:42"


def test_what_is_not_given_stays() -> None:
    one = bar()
    one.set(clock="09:43")
    assert one.text()[0].startswith("Gate 1   ARRIVAL")
    assert one.text()[0].endswith("09:43")


def test_the_foot_has_question_rule_message_and_ten_slots_of_keys() -> None:
    foot = Foot()
    foot.set(
        question="Enter = admit",
        message="Recorded.",
        marker="+",
        keys={1: "Help", 5: "Print", 10: "Menu"},
    )
    question, rule, message, keys = foot.text()
    assert question.startswith("? Enter = admit")
    assert rule == "─" * 80
    assert message.startswith("+ Recorded.")
    assert keys == "1Help                           5Print" + " " * 34 + "10Menu  "
    assert foot.inks()[2][0] == Ink.GOOD.value


def test_a_key_that_does_nothing_is_blank_and_a_long_label_is_cut() -> None:
    foot = Foot()
    foot.set(keys={10: "Килемдер"})
    assert foot.text()[3] == " " * 72 + "10Килем…"


def test_without_a_question_nothing_stands_there() -> None:
    foot = Foot()
    foot.set(question="Enter = admit", message="x", marker="!")
    foot.set(question="", message="")
    assert foot.text()[0].strip() == foot.text()[2].strip() == ""


# ---- letters


def test_kyrgyz_and_russian_are_drawn_as_they_are() -> None:
    assert drawable("Өмүрбек Ңңөү Ёлкина №5 «а» – 3 — …") == (
        "Өмүрбек Ңңөү Ёлкина №5 «а» – 3 — …",
        False,
    )


def test_a_letter_the_font_lacks_becomes_its_nearest_and_is_reported() -> None:
    assert drawable("Қайрат Әлиев") == ("Кайрат Алиев", True)
    assert drawable("José Łukasz Çelik") == ("Jose Lukasz Celik", True)
    assert drawable("李") == ("?", True)


def test_a_letter_in_two_parts_is_one_letter() -> None:
    assert drawable("и\u0306").text == "й"


@given(st.text())
def test_no_text_can_move_the_cursor_or_leave_its_cells(text: str) -> None:
    shown = drawable(text).text
    assert set(shown) <= ALLOWED
    assert all(unicodedata.category(letter)[0] != "C" for letter in shown)
    letters, inks = cells(line(text), 80)
    assert len(letters) == len(inks) == 80
    assert len(shorten(text, 10)) <= 10


def test_every_allowed_letter_is_one_cell_wide() -> None:
    from rich.cells import cell_len

    assert all(cell_len(letter) == 1 for letter in ALLOWED)


def test_a_line_is_composed_by_column() -> None:
    drawn = line(at(3, "label that is too long"), at(10, "value", Ink.BOLD), " and more")
    assert plain(drawn) == "   label tvalue and more"[:10] + "value and more"


# ---- paint


def rows(*texts: str) -> list[tuple[str, str]]:
    return [cells(line(text), 20) for text in texts]


def test_only_cells_that_differ_are_written() -> None:
    painter = Painter()
    assert painter.update(rows("abc", "def")) == "\x1b[m\x1b[2J\x1b[1;1Habc\x1b[2;1Hdef"
    assert painter.update(rows("abc", "dxf")) == "\x1b[2;2Hx"
    assert painter.update(rows("abc", "dxf")) == ""
    assert painter.update(rows("abc", "")) == "\x1b[2;1H   "
    assert painter.update(rows("abcdefgh", "")) == "\x1b[1;4Hdefgh"
    assert painter.update(rows("", "")) == "\x1b[1;1H\x1b[K"


def test_what_somebody_else_may_have_written_is_cleared() -> None:
    painter = Painter()
    painter.update(rows("abc"))
    painter.forget()
    assert painter.update(rows("abc")) == "\x1b[m\x1b[2J\x1b[1;1Habc"


def test_inks_are_set_once_and_reset_at_the_end() -> None:
    painter = Painter()
    painter.update(rows(""))
    written = painter.update([cells((("ab", Ink.BAD), ("c", Ink.PLAIN)), 20)])
    assert written == "\x1b[1;1H\x1b[0;1;31mab\x1b[mc"
    assert painter.update([cells((("ab", Ink.BAD), ("d", Ink.BAD)), 20)]) == (
        "\x1b[1;3H\x1b[0;1;31md\x1b[m"
    )


def test_monochrome_uses_no_colour_at_all() -> None:
    try:
        ink.use(Palette.MONOCHROME)
        assert {ink.sgr(one.value) for one in Ink} == {
            "\x1b[m",
            "\x1b[0;1m",
            "\x1b[0;2m",
            "\x1b[0;7m",
        }
    finally:
        ink.use(Palette.DARK)


def test_the_light_palette_paints_its_blanks() -> None:
    try:
        ink.use(Palette.LIGHT)
        assert Painter().update(rows("a")) == "\x1b[0;30;47m\x1b[2J\x1b[1;1Ha\x1b[m"
    finally:
        ink.use(Palette.DARK)
