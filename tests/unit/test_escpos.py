"""The bytes of papers, read back by an independent decoder and by zbarimg."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import BADGE, NOTICE, USED_UP

from devices.printers.codepages import CodePages, TextMode, shown
from devices.printers.drawing import drawn
from devices.printers.escpos import Cutting, Page
from kiosk.codes import Template
from kiosk.papers import BadgeBody, RefusalBody
from kiosk.roll import Roll, render
from tests.paper import Paper, decode
from tests.programs import need

ROLLS = [Roll(columns=48), Roll(columns=32)]
# Every way of printing letters, on both rolls.
EVERY = [Roll(columns=columns, text_mode=mode) for columns in (48, 32) for mode in TextMode]
RUSSIAN = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
KYRGYZ = "АБВГДЕЁЖЗИЙКЛМНҢОӨПРСТУҮФХЦЧШЩЪЫЬЭЮЯ"
ENGLISH = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SIGNS = "№ 27 «а» — … “б” 0123456789"

# Commands in disguise, other scripts, marks, direction signs, markup, and length.
hostile = st.one_of(
    st.text(max_size=200),
    st.text(
        alphabet="\x1b\x1d\x1c\x10\x04@!aEV(kr\n\r\x00\x7f\x9b[/]؜\u202e\u200f\ud800",
        max_size=60,
    ),
    st.text(alphabet="王小明ﷺ😀👩\u200d👧Ңңe\u0301", max_size=200),
    st.sampled_from(["Ә" * 200, "\x1b@\x1dV\x00", "[/bold]", "a\u0301" * 200, "a b " * 50]),
)


def printed(body: BadgeBody | RefusalBody, roll: Roll) -> Paper:
    template = Template.BADGE if isinstance(body, BadgeBody) else Template.REFUSAL
    stored = msgspec.json.encode(body)
    decoded = decode(render(template, stored, roll), roll.columns)
    assert decoded.faults == []
    (paper,) = decoded.papers
    return paper


@pytest.mark.parametrize("roll", ROLLS)
def test_a_badge_in_kyrgyz_letters_comes_out_letter_by_letter(roll: Roll) -> None:
    paper = printed(replace(BADGE, name="Өмүрбек уулу Эңилчек"), roll)
    assert paper.row_with("Өмүрбек").text == "Өмүрбек уулу Эңилчек"
    assert paper.row_with("Өмүрбек").bold
    assert "Чыгууда бейджикти тапшырыңыз." in paper.text
    assert "?" not in paper.text
    assert "¤" not in paper.text


def test_the_number_of_a_badge_is_large_and_in_the_middle() -> None:
    number = printed(BADGE, ROLLS[0]).row_with("V-26-004512-1")
    assert (number.width, number.height, number.align) == (2, 2, "center")


@pytest.mark.parametrize("roll", ROLLS)
def test_zbarimg_reads_the_badge_code_from_the_paper(roll: Roll, tmp_path: Path) -> None:
    zbarimg = need("zbarimg", "zbar-tools")
    paper = printed(BADGE, roll)
    assert paper.qrs == [BADGE.code]
    picture = tmp_path / "badge.png"
    paper.png(picture)
    read = subprocess.run(
        [zbarimg, "--quiet", "--raw", str(picture)], capture_output=True, text=True, check=True
    )
    assert read.stdout.strip() == BADGE.code


@pytest.mark.parametrize("roll", ROLLS)
def test_a_refusal_notice_is_printed_whole(roll: Roll) -> None:
    paper = printed(NOTICE, roll)
    assert "R-26-000288" in paper.text
    assert paper.cut == "partial"


@pytest.mark.parametrize("roll", EVERY)
@settings(max_examples=30, deadline=None)
@given(name=hostile, site=hostile)
def test_no_name_steers_the_printer_or_runs_over_the_edge_of_a_badge(
    roll: Roll, name: str, site: str
) -> None:
    body = replace(BADGE, name=_stored(name), prisoner=_stored(name), site_name=_stored(site))
    paper = printed(body, roll)
    assert paper.qrs == [BADGE.code]
    assert paper.row_with("V-26-004512-1").width == 2


@pytest.mark.parametrize("roll", EVERY)
@settings(max_examples=30, deadline=None)
@given(name=hostile, law=hostile)
def test_no_name_steers_the_printer_or_runs_over_the_edge_of_a_notice(
    roll: Roll, name: str, law: str
) -> None:
    reason = replace(USED_UP, name=_stored(name), rule=_stored(law), legal_ref=_stored(law))
    body = replace(NOTICE, names=(_stored(name),) * 2, reasons=(reason,), officer=_stored(law))
    paper = printed(body, roll)
    assert paper.cut == "partial"
    assert roll.text_mode is TextMode.RASTER or "R-26-000288" in paper.text


def _stored(text: str) -> str:
    """As JSON can hold it: a lone surrogate cannot be written at all."""
    return text.encode("utf-8", "replace").decode()


def test_the_site_chooses_the_number_of_the_page_and_how_to_cut() -> None:
    page = Page(TextMode.TRANSLIT, CodePages(cp866=17), cutting=Cutting.FULL)
    page.line("Асанова Айгүл", bold=True)
    page.cut()
    (paper,) = decode(page.output).papers
    assert paper.text == "Асанова Айгул"
    assert paper.cut == "full"


def rows_of(page: Page, columns: int = 48) -> Paper:
    """The paper of `page`, cut and without a fault."""
    page.cut()
    decoded = decode(page.output, columns)
    assert decoded.faults == []
    assert decoded.doubts == []
    (paper,) = decoded.papers
    return paper


@pytest.mark.parametrize("mode", TextMode)
@pytest.mark.parametrize("letters", [RUSSIAN, KYRGYZ, ENGLISH, SIGNS])
def test_every_letter_of_the_gates_languages_comes_out_in_every_mode(
    mode: TextMode, letters: str
) -> None:
    for text in (letters, letters.lower()):
        page = Page(mode)
        page.line(text)
        paper = rows_of(page)
        if mode is TextMode.RASTER and not text.isascii():
            assert paper.rows == []
            # The letters, then white down to the next row.
            assert [band.dots.height for band in paper.rasters] == [24, 6]
            assert paper.rasters[0].dots.packed == drawing(text)
        else:
            assert paper.text.replace("–", "—") == shown(text, mode)  # of one look
            assert paper.rasters == []


def drawing(text: str, columns: int = 48) -> bytes:
    return drawn(text, columns, align="left", bold=False, tall=False, wide=False).bits


@pytest.mark.parametrize("mode", TextMode)
@pytest.mark.parametrize("name", ["王小明", "😀", "محمد", "Ҳ 王", "\U0003fffd"])
def test_a_letter_that_no_page_has_is_drawn_with_its_whole_row(
    mode: TextMode, name: str
) -> None:
    page = Page(mode)
    page.line(f"Asan {name}", align="right", bold=True)
    page.line("Asan")
    paper = rows_of(page)
    assert paper.text == "Asan"
    assert len(paper.rasters) == 2
    assert paper.rasters[0].dots.width <= 48 * 12


def test_the_bytes_of_a_paper_in_page_53() -> None:
    page = Page()
    page.line("Өмүр", bold=True)
    page.line("")
    page.line("a" + " " * 20 + "b")
    page.line("a    b")
    page.cut()
    assert (
        page.output
        == (
            b"\x1b@\x1c.\x1bt\x35"
            b"\x1bE\x01" + "Өмүр".encode("kz1048") + b"\n"
            b"\n"
            b"\x1bE\x00a\x1b$\xfc\x00b\n"  # to column 21, 252 dots
            b"a    b\n"
            b"\x1bd\x06\x1dV\x01"
        )
    )


def test_the_bytes_of_a_drawn_row() -> None:
    page = Page(TextMode.RASTER)
    page.line("Ө", align="center", bold=True)
    page.line("ok", align="center")
    picture = drawn("Ө", 48, align="center", bold=True, tall=False, wide=False)
    assert page.output == (
        b"\x1b@\x1c.\x1bt\x00"
        b"\x1dv0\x00" + bytes((picture.bytes_a_row, 0, 24, 0)) + picture.bits + b""
        b"\x1dv0\x00\x01\x00\x06\x00" + bytes(6) + b"\x1ba\x01ok\n"
    )


def test_a_kyrgyz_letter_of_glyphs_costs_one_byte_and_is_taught_once() -> None:
    page = Page(TextMode.GLYPHS)
    for _ in range(10):
        page.line("ңөү ҢӨҮ")
    paper = rows_of(page)
    assert paper.commands[:4] == ["ESC @", "FS .", "ESC t 17", "ESC & 3 91-96"]
    assert paper.commands.count("ESC & 3 91-96") == 1
    assert len(page.output) == 7 + (5 + 6 * 37) + 3 + 10 * 8 + 6
    assert paper.text.splitlines() == ["ңөү ҢӨҮ"] * 10


def test_only_the_letters_that_a_paper_has_are_taught() -> None:
    page = Page(TextMode.GLYPHS)
    page.line("Асан")
    assert page.output == b"\x1b@\x1c.\x1bt\x11" + "Асан".encode("cp866") + b"\n"


def test_a_taught_letter_takes_no_code_of_a_character_that_the_paper_has() -> None:
    page = Page(TextMode.GLYPHS)
    rows = ["[Ң] \\ ^_` {|}~", "ө; <=> @#$%&*+"]
    for row in rows:
        page.line(row)
    assert [row.text for row in rows_of(page).rows] == rows


def test_letters_for_which_no_code_is_left_are_drawn() -> None:
    page = Page(TextMode.GLYPHS)
    page.line("Ң [\\]^_`{|}~;<=>@#$%&*+!\"'?")
    page.line("Асан")
    paper = rows_of(page)
    assert len(paper.rasters) == 2
    assert paper.text == "Асан"


@pytest.mark.parametrize("mode", TextMode)
def test_a_row_ends_where_the_roll_does(mode: TextMode) -> None:
    for text in ("a" * 200, "Ң" * 200, "王" * 200, "а\u0301" * 200, "ש" * 200):
        for wide in (False, True):
            page = Page(mode, columns=32)
            page.line(text, wide=wide)
            paper = rows_of(page, 32)  # the decoder faults what is wider
            assert len(paper.rows) + len(paper.rasters[:1]) == 1


def test_a_large_drawn_row_takes_as_much_paper_as_the_printers_own() -> None:
    page = Page(TextMode.RASTER)
    page.line("Ө", tall=True, wide=True)
    (band,) = rows_of(page).rasters
    assert (band.dots.width, band.dots.height) == (24, 48)


@pytest.mark.parametrize(
    ("columns", "align", "module"),
    [(48, "center", 3), (48, "left", 2), (48, "right", 2), (32, "center", 2)],
)
def test_a_barcode_fits_the_roll_with_its_white(columns: int, align: str, module: int) -> None:
    page = Page(columns=columns)
    page.barcode("P01260045127", align=align)
    (code,) = rows_of(page, columns).codes
    assert (code.payload, code.module, code.align) == ("P01260045127", module, align)


def test_a_barcode_wider_than_the_roll_is_refused() -> None:
    with pytest.raises(ValueError, match="wider"):
        Page(columns=32).barcode("ABCDEFGHIJKLMNOP")


def test_every_paper_begins_by_leaving_kanji_mode() -> None:
    for mode in TextMode:
        assert Page(mode).output.startswith(b"\x1b@\x1c.\x1bt")


@pytest.mark.parametrize(("mode", "limit"), [(TextMode.KZ1048, 960), (TextMode.GLYPHS, 1920)])
def test_a_receipt_of_24_rows_takes_a_second_or_two_at_9600_baud(
    mode: TextMode, limit: int
) -> None:
    page = Page(mode)
    page.line("ПАКЕТ КАБЫЛДАНДЫ / ПЕРЕДАЧА", align="center", bold=True)
    page.line("-" * 48)
    for number in range(19):
        page.line(f"{number:>2} Үй бышырган нан, өрүк".ljust(40) + "1,250 кг")
    page.line("-" * 48)
    page.line("«Өңүр» — баары / всего".ljust(40) + "9,500 кг", bold=True)
    page.barcode("P01260045127")
    page.line("P-26-004512", align="center")
    page.cut()
    assert len(page.output) <= limit


@pytest.mark.parametrize("data", ["Ө", "", "GBV\x10\x04\x01"])
def test_only_printable_ascii_goes_into_a_code(data: str) -> None:
    with pytest.raises(ValueError):
        Page().qr(data)
    with pytest.raises(ValueError):
        Page().barcode(data)


def test_the_byte_builder_is_loaded_by_the_first_paper_and_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    """python-escpos puts a log handler on the terminal and a folder into /tmp."""
    program = """
import logging, sys
from devices.printers.escpos import Page
assert "escpos" not in sys.modules and "PIL" not in sys.modules
page = Page()
page.line("a")
assert page.output
assert "numpy" not in sys.modules
assert "escpos" in sys.modules
assert logging.getLogger().handlers == []
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"\x1b@\x1bt\x35\xca\n\x1dV\x01", "Kanji"),
        (b"\x1b@\x1c.\x1bt\x63\n\x1dV\x01", "unknown code page 99"),
        (b"\x1b@\x1c.\x1bt\x35" + b"a" * 49 + b"\n\x1dV\x01", "49 columns"),
        (b"\x1b@\x1c.\x1bt\x35\x07\n\x1dV\x01", "stray byte 07"),
        (b"\x1b@\x1c.\x1b*\n\x1dV\x01", "unknown ESC command"),
        (b"\x1b@\x1c.\x1bt\x35a\n", "behind the last cut"),
    ],
)
def test_the_decoder_finds_faults(data: bytes, fault: str) -> None:
    assert any(fault in found for found in decode(data).faults)
