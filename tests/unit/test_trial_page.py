"""The installer's test page shows every text mode, the code pages, the columns and codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from devices.printers.codepages import CodePages, TextMode
from devices.printers.escpos import Cutting
from devices.printers.trial_page import CODE, CP866_NUMBERS, KYRGYZ, trial_page
from tests.paper.decoder import Paper, decode
from tests.paper.reading import codes

# Under the numbers of other makes an Epson has other pages, or none.
PAGES = dict.fromkeys(CP866_NUMBERS, "cp437") | {0: "cp437", 17: "cp866", 53: "kz1048"}


def sheet(columns: int, **chosen: Cutting) -> Paper:
    decoded = decode(trial_page(columns=columns, **chosen), columns, PAGES)
    assert decoded.faults == []
    assert decoded.doubts == []
    (paper,) = decoded.papers
    return paper


@pytest.mark.parametrize("columns", [48, 42, 32])
def test_every_mode_prints_the_same_sentences_in_its_way(columns: int) -> None:
    paper = sheet(columns)
    for mode in TextMode:
        assert paper.row_with(f'text_mode = "{mode}"').bold
    name = KYRGYZ[0]
    # By its page, by taught characters; drawn in raster; without them in translit.
    assert paper.text.splitlines().count(name) == 2
    assert paper.text.splitlines().count("Омурбек уулу Энилчек: ОоУуНн") == 1
    assert len(paper.rasters) >= 8
    assert paper.cut == "partial"


@pytest.mark.parametrize("columns", [48, 42, 32])
def test_rulers_end_where_the_roll_does(columns: int) -> None:
    rulers = [row for row in sheet(columns).rows if row.text.startswith("1234567890")]
    assert max(row.columns for row in rulers) == columns


def test_every_number_of_a_code_page_is_tried_the_sites_own_first() -> None:
    data = trial_page(CodePages(kz1048=27, cp866=99))
    decoded = decode(data, 48, PAGES | {27: "kz1048", 99: "cp866"})
    assert decoded.faults == []
    tried = [
        row.text for row in decoded.papers[0].rows if row.text.startswith(("kz10", "cp86"))
    ]
    assert [int(row.split("=")[1].split()[0]) for row in tried] == [27, 53, 99, *CP866_NUMBERS]
    assert tried[0].endswith("ЖЫЙЯжыйя ӨөҮүҢң №")
    assert tried[2].endswith("ЖЫЙЯжыйя Ёё №")


@pytest.mark.parametrize("columns", [48, 32])
def test_zbarimg_reads_both_codes_of_the_test_page(columns: int, tmp_path: Path) -> None:
    assert sorted(codes(sheet(columns), tmp_path)) == [("CODE-128", CODE), ("QR-Code", CODE)]


def test_the_test_page_is_cut_as_the_site_wishes() -> None:
    assert sheet(48, cutting=Cutting.FULL).cut == "full"
