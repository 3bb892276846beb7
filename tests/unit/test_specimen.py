"""A sample can pass for no real paper, whichever part of it somebody finds."""

from __future__ import annotations

import pytest

from kiosk import badge_code, paper_code
from kiosk.codes import Template
from kiosk.printouts.layout import COLUMNS, Barcode, Cut, Qr, Row
from kiosk.printouts.preview import preview
from kiosk.printouts.specimen import specimen

MARK = "ҮЛГҮ / ОБРАЗЕЦ / SAMPLE"


@pytest.fixture(params=COLUMNS.values())
def columns(request: pytest.FixtureRequest) -> int:
    assert isinstance(request.param, int)
    return request.param


@pytest.mark.parametrize("template", Template)
def test_a_sample_is_marked_at_its_head_and_before_each_cut(
    template: Template, columns: int
) -> None:
    printed = specimen(template, columns)
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
    for one in specimen(template, columns):
        if isinstance(one, Qr | Barcode):
            assert one.data.startswith("SAMPLE")
            assert badge_code.decode(one.data) is None
            assert paper_code.decode(one.data) is None


@pytest.mark.parametrize("template", Template)
def test_a_sample_fits_its_roll(template: Template, columns: int) -> None:
    rows = preview(specimen(template, columns), columns)
    assert max(len(row.text) for row in rows) <= columns
