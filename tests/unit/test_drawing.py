"""Letters that are drawn: on the printer's own grid, each with a picture, right to left too."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.printers.codepages import columns_of, printable
from devices.printers.drawing import Drawing, drawn, without_commands
from devices.printers.letter_case import CELL_HEIGHT, CELL_WIDTH, FILE, picture
from devices.printers.visual import visual

COMMAND = re.compile(rb"\x10[\x04\x05\x14]")
LETTERS = (
    "АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789№«»–—…“”"
)


def plain(text: str, columns: int = 48, align: str = "left") -> Drawing:
    return drawn(text, columns, align=align, bold=False, tall=False, wide=False)


def ink(row: Drawing) -> list[str]:
    """The rows of dots, # for black."""
    size = row.bytes_a_row
    lines = (row.bits[at : at + size] for at in range(0, len(row.bits), size))
    return [
        f"{int.from_bytes(line):0{size * 8}b}".replace("0", " ").replace("1", "#")
        for line in lines
    ]


def test_every_letter_of_the_papers_has_a_picture_of_its_own() -> None:
    pictures = {letter: picture(letter) for letter in LETTERS}
    # Only letters of one look may share one: А and A.
    alike = str.maketrans("ABCEHKMOPTXYaceopxyӨ", "АВСЕНКМОРТХҮасеорхуӨ")
    distinct = {letter.translate(alike) for letter in LETTERS}
    assert len(set(pictures.values())) >= len(distinct) - 8
    for rows in pictures.values():
        assert len(rows) == CELL_HEIGHT
        assert any(rows)
        assert all(row < 1 << CELL_WIDTH for row in rows)


@pytest.mark.parametrize(
    ("one", "other"), ["ҢН", "ңн", "ӨО", "өо", "ҮУ", "үу", "ЁЕ", "ЙИ", "№N"]
)
def test_a_kyrgyz_letter_is_not_its_russian_neighbour(one: str, other: str) -> None:
    assert picture(one) != picture(other)


@settings(deadline=None)
@given(character=st.characters(exclude_categories=["C", "M", "Z"]))
def test_every_character_has_a_picture_in_its_columns(character: str) -> None:
    rows = picture(character)
    assert len(rows) == CELL_HEIGHT
    assert any(rows)
    assert max(rows) < 1 << CELL_WIDTH * columns_of(character)


def test_what_no_font_has_is_a_box_with_its_number() -> None:
    one, other = picture("\ue001"), picture("\ue002")
    assert one != other  # the last digit
    assert one[1] == one[22] == 0xFFE
    assert all(row & 0x802 == 0x802 for row in one[1:23])
    assert picture("\U000f0001") != picture("\U000f0101")
    unassigned_and_wide = "\U0003fffd"
    assert columns_of(unassigned_and_wide) == 2
    assert max(picture(unassigned_and_wide)) >= 1 << CELL_WIDTH


def test_a_row_stands_on_the_columns_of_the_printer() -> None:
    row = plain("Ң王 Ө")
    assert (row.bytes_a_row, row.rows) == (-(-5 * CELL_WIDTH // 8), CELL_HEIGHT)
    lines = ink(row)
    gap = slice(3 * CELL_WIDTH, 4 * CELL_WIDTH)  # the space behind two columns of 王
    assert not any("#" in line[gap] for line in lines)
    for column in (0, 1, 2, 4):
        cell = slice(column * CELL_WIDTH, (column + 1) * CELL_WIDTH)
        assert any("#" in line[cell] for line in lines)


@pytest.mark.parametrize(
    ("align", "first"), [("left", 0), ("center", 22 * 12), ("right", 44 * 12)]
)
def test_a_row_is_placed_as_the_printer_would(align: str, first: int) -> None:
    row = plain("ӨӨӨӨ", align=align)
    assert row.bytes_a_row <= 72
    letter = ink(plain("ӨӨӨӨ"))
    for placed, mine in zip(ink(row), letter, strict=True):
        assert placed.rstrip() == (" " * first + mine).rstrip()


def test_large_letters_are_twice_as_wide_and_high_and_bold_ones_heavier() -> None:
    small = ink(plain("Ң"))
    large = ink(drawn("Ң", 48, align="left", bold=False, tall=True, wide=True))
    doubled = ["".join(dot * 2 for dot in line[:12]) for line in small for _ in range(2)]
    assert [line[:24] for line in large] == doubled
    bold = ink(drawn("Ң", 48, align="left", bold=True, tall=False, wide=False))
    assert sum(line.count("#") for line in bold) > sum(line.count("#") for line in small)


def test_no_dots_are_a_real_time_command() -> None:
    assert without_commands(b"\x10\x04\x01\x10\x10\x05\x10") == b"\x30\x04\x01\x10\x30\x05\x10"
    # One dot at the right of a byte and one below it.
    assert not COMMAND.search(without_commands(b"\x10\x14\x08" * 9))


@settings(deadline=None)
@given(text=st.text(max_size=24), bold=st.booleans(), tall=st.booleans(), wide=st.booleans())
def test_no_text_draws_over_the_edge_or_a_command(
    text: str, bold: bool, tall: bool, wide: bool
) -> None:
    row = drawn(printable(text), 96, align="right", bold=bold, tall=tall, wide=wide)
    assert row.bytes_a_row <= 96 * CELL_WIDTH // 8
    assert len(row.bits) == row.bytes_a_row * row.rows
    assert row.rows == (2 * CELL_HEIGHT if tall else CELL_HEIGHT)
    assert not COMMAND.search(row.bits)


def test_the_case_of_letters_is_small_and_opened_by_the_first_drawn_row() -> None:
    assert FILE.stat().st_size < 1_000_000
    program = """
import sys
from devices.printers import drawing, letter_case
assert letter_case._block.cache_info().currsize == 0
drawing.drawn("Өмүр", 48, align="left", bold=False, tall=False, wide=False)
assert letter_case._block.cache_info().currsize == 1
assert not {"PIL", "numpy", "escpos"} & set(sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("logical", "on_paper"),
    [
        ("Өмүр", "Өмүр"),
        ("אבג", "גבא"),
        ("Name: אבג דה", "Name: הד גבא"),
        ("(אבג)", "(גבא)"),
        ("אב (גד) הו", "וה (דג) בא"),
        ("אב 12/34 גד", "דג 12/34 בא"),  # a number keeps its order
        ("אבג 12", "גבא 12"),  # and what follows its place
        ("אב  גד  01.02.2026", "בא  דג  01.02.2026"),  # columns keep theirs
    ],
)
def test_right_to_left_runs_stand_in_visual_order(logical: str, on_paper: str) -> None:
    assert visual(logical) == on_paper


def test_arabic_letters_join_as_they_are_written() -> None:
    # Muhammad: meem initial, hah medial, meem medial, dal final; from the left reversed.
    assert visual("محمد") == "\ufeaa\ufee4\ufea4\ufee3"
    # Dal joins nothing behind it.
    assert visual("دم") == "\ufee1\ufea9"


@settings(deadline=None)
@given(text=st.text(alphabet="אבمحد 12()aӨ,.", max_size=40))
def test_no_letter_is_lost_in_visual_order(text: str) -> None:
    assert len(visual(text)) == len(text)
