"""Every paper of the gate on both rolls in every text mode: what was asked for is what lies
there, and strangers read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.printers.codepages import TextMode
from kiosk import printouts
from kiosk.codes import Template
from kiosk.roll import Roll
from tests.paper import Paper
from tests.paper.drawn_letters import KYRGYZ
from tests.paper.printing import ROLLS, asked, meant, named, printed
from tests.paper.proving import differences
from tests.paper.reading import agreement, codes, words

LEAST_TO_KNIFE = 120
"""Dots, 15 mm: with less paper behind the last row the knife goes through it."""

# What a visitor takes away and reads: the share of its letters that tesseract must find. It
# leaves out rows as large as a badge's number.
READ_AT_LEAST = {Template.RECEIPT: 0.97, Template.REFUSAL: 0.93, Template.BADGE: 0.87}
READ_IN_CI = [roll for roll in ROLLS if roll.columns == 48 or roll.text_mode is TextMode.GLYPHS]

every_roll = pytest.mark.parametrize("roll", ROLLS, ids=named)
every_paper = pytest.mark.parametrize("template", Template, ids=lambda one: one.value)


def only(template: Template, roll: Roll) -> Paper:
    (paper,) = printed(template, roll).papers
    return paper


@every_roll
@every_paper
def test_a_paper_is_sent_without_a_fault_and_as_it_was_laid_out(
    template: Template, roll: Roll
) -> None:
    decoded = printed(template, roll)
    (paper,) = decoded.papers
    assert (decoded.faults, decoded.doubts, dict(decoded.realtime)) == ([], [], {})
    assert differences(paper, asked(template, roll), roll) == []
    assert paper.cut == "partial"
    assert paper.fed_to_knife >= LEAST_TO_KNIFE


@every_roll
@every_paper
def test_zbarimg_reads_every_code_off_the_whole_paper(
    template: Template, roll: Roll, tmp_path: Path
) -> None:
    wanted = {
        ("QR-Code" if isinstance(one, printouts.Qr) else "CODE-128", one.data)
        for one in asked(template, roll)
        if isinstance(one, printouts.Qr | printouts.Barcode)
    }
    paper = only(template, roll)
    assert set(codes(paper, tmp_path)) == wanted
    assert len(paper.codes) >= len(wanted)


@pytest.mark.parametrize("mode", TextMode)
def test_each_half_of_a_torn_tag_has_its_own_code(mode: TextMode, tmp_path: Path) -> None:
    paper = only(Template.TAG, Roll(columns=48, text_mode=mode))
    assert len(paper.barcodes) == 2
    for half in ((0.0, 0.0, 0.5, 1.0), (0.5, 0.0, 1.0, 1.0)):
        assert [code for _, code in codes(paper, tmp_path, half)] == paper.barcodes[:1]


def test_the_six_kyrgyz_letters_are_taught_and_stand_where_they_were_asked_for() -> None:
    """By their dots alone: nothing tells the decoder which letter was meant."""
    paper = only(Template.TEST, Roll(text_mode=TextMode.GLYPHS))
    row = paper.row_with("Өө")
    taught = [letter.character for letter in row.letters if letter.dots]
    assert set(taught) >= set(KYRGYZ)
    assert all(letter.dots for letter in row.letters if letter.character in KYRGYZ)


def test_only_rows_that_need_it_are_drawn() -> None:
    drawn = only(Template.RECEIPT, Roll(text_mode=TextMode.RASTER))
    assert drawn.rasters
    assert "-" * 48 in drawn.text.splitlines()
    for mode in set(TextMode) - {TextMode.RASTER}:
        assert not only(Template.RECEIPT, Roll(text_mode=mode)).rasters


@pytest.mark.parametrize("roll", READ_IN_CI, ids=named)
@pytest.mark.parametrize("template", READ_AT_LEAST, ids=lambda one: one.value)
def test_tesseract_reads_the_kyrgyz_and_russian_of_a_paper(
    template: Template, roll: Roll, tmp_path: Path
) -> None:
    read = words(only(template, roll), tmp_path)
    assert agreement(read, meant(template, roll)) >= READ_AT_LEAST[template], read
