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

from devices.printers.codepages import CodePages, TextMode
from devices.printers.escpos import Cutting, Page
from kiosk.codes import Template
from kiosk.papers import BadgeBody, RefusalBody
from kiosk.roll import Roll, render
from tests.programs import need
from tests.system.escpos_decoder import Paper, decode

ROLLS = [Roll(columns=48), Roll(columns=32)]

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


@pytest.mark.parametrize("roll", ROLLS)
@settings(max_examples=60, deadline=None)
@given(name=hostile, site=hostile)
def test_no_name_steers_the_printer_or_runs_over_the_edge_of_a_badge(
    roll: Roll, name: str, site: str
) -> None:
    body = replace(BADGE, name=_stored(name), prisoner=_stored(name), site_name=_stored(site))
    paper = printed(body, roll)
    assert paper.qrs == [BADGE.code]
    assert paper.row_with("V-26-004512-1").width == 2


@pytest.mark.parametrize("roll", ROLLS)
@settings(max_examples=60, deadline=None)
@given(name=hostile, law=hostile)
def test_no_name_steers_the_printer_or_runs_over_the_edge_of_a_notice(
    roll: Roll, name: str, law: str
) -> None:
    reason = replace(USED_UP, name=_stored(name), rule=_stored(law), legal_ref=_stored(law))
    body = replace(NOTICE, names=(_stored(name),) * 2, reasons=(reason,), officer=_stored(law))
    assert "R-26-000288" in printed(body, roll).text


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


def test_every_paper_begins_by_leaving_kanji_mode() -> None:
    assert Page().output.startswith(b"\x1b@\x1c.\x1bt\x35")


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
