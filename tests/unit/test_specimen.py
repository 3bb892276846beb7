"""A sample can pass for no real paper, whichever part of it somebody finds."""

from __future__ import annotations

import pytest

from devices.printers.code128 import symbols
from kiosk import badge_code, paper_code
from kiosk.codes import Template
from kiosk.printouts import lay_out
from kiosk.printouts.layout import COLUMNS, Barcode, Cut, Qr, Row
from kiosk.printouts.preview import preview
from kiosk.printouts.samples import SAMPLES
from kiosk.printouts.specimen import specimen

MARK = "ҮЛГҮ / ОБРАЗЕЦ / SAMPLE"
MODE = "glyphs"


@pytest.fixture(params=COLUMNS.values())
def columns(request: pytest.FixtureRequest) -> int:
    assert isinstance(request.param, int)
    return request.param


@pytest.mark.parametrize("template", Template)
def test_a_sample_is_marked_at_its_head_and_before_each_cut(
    template: Template, columns: int
) -> None:
    printed = specimen(template, columns, MODE)
    marks = {
        place
        for place, one in enumerate(printed)
        if isinstance(one, Row) and one.text == MARK and one.bold
    }
    assert 0 in marks
    cuts = [place for place, one in enumerate(printed) if isinstance(one, Cut)]
    assert cuts
    assert {cut - 1 for cut in cuts} <= marks


@pytest.mark.parametrize("template", Template)
def test_the_codes_of_a_sample_open_nothing(template: Template, columns: int) -> None:
    for one in specimen(template, columns, MODE):
        if isinstance(one, Qr | Barcode):
            assert one.data.startswith("SAMPLE")
            assert badge_code.decode(one.data) is None
            assert paper_code.decode(one.data) is None


@pytest.mark.parametrize("template", Template)
def test_the_codes_of_a_sample_are_as_large_as_true_ones(
    template: Template, columns: int
) -> None:
    true = [one for one in lay_out(SAMPLES[template], columns) if isinstance(one, Barcode)]
    shown = [one for one in specimen(template, columns, MODE) if isinstance(one, Barcode)]
    assert [symbols(one.data).modules for one in shown] == [
        symbols(one.data).modules for one in true
    ]


def test_the_sample_of_the_test_page_tells_the_mode_it_is_printed_in(columns: int) -> None:
    rows = preview(specimen(Template.TEST, columns, MODE), columns)
    assert [row.text for row in rows if "text_mode" in row.text] == [f'text_mode = "{MODE}"']


@pytest.mark.parametrize("template", Template)
def test_a_sample_fits_its_roll(template: Template, columns: int) -> None:
    rows = preview(specimen(template, columns, MODE), columns)
    assert max(len(row.text) for row in rows) <= columns
