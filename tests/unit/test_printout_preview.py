"""What the preview shows is what the printer will print, in letters that a console has."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.codes import Template
from kiosk.printouts import Barcode, Cut, Qr, Row, lay_out
from kiosk.printouts.layout import Align
from kiosk.printouts.preview import DRAWN, PreviewRow, preview
from kiosk.printouts.samples import SAMPLES
from kiosk.widgets.lines import ALLOWED, drawable


def test_rows_stand_where_they_will_be_printed() -> None:
    rows = [
        Row("left"),
        Row("mid", Align.CENTER, bold=True),
        Row("right", Align.RIGHT),
        Row("wide", Align.CENTER, wide=True, tall=True),
    ]
    assert preview(rows, 12) == (
        PreviewRow("left"),
        PreviewRow("    mid", bold=True),
        PreviewRow("       right"),
        PreviewRow("  w i d e"),
    )


def test_a_code_is_a_box_with_what_it_holds_and_a_cut_a_line() -> None:
    rows = [Qr("GBV1"), Barcode("P01", align=Align.RIGHT), Cut()]
    assert [row.text for row in preview(rows, 15)] == [
        "  ┌─────────┐",
        "  │ QR GBV1 │",
        "  └─────────┘",
        " ┌─────────────┐".removeprefix(" "),
        "│ CODE128 P01 │",
        "└─────────────┘",
        "─" * 15,
    ]


def test_a_letter_that_no_console_has_is_grey_in_each_of_its_columns() -> None:
    (row,) = preview([Row("金 Ө é ш 😀 א")], 20)
    assert row.text == f"{DRAWN * 2} Ө é ш {DRAWN * 2} {DRAWN}"


@pytest.mark.parametrize("template", list(Template))
@pytest.mark.parametrize("columns", [32, 42, 48])
def test_every_paper_is_shown_in_letters_of_the_console(
    template: Template, columns: int
) -> None:
    rows = preview(lay_out(SAMPLES[template], columns), columns)
    assert max(len(row.text) for row in rows) <= columns
    assert ALLOWED.issuperset("".join(row.text for row in rows))


@given(template=st.sampled_from(list(Template)), name=st.text(max_size=250))
def test_no_name_makes_a_preview_wider_than_the_roll(template: Template, name: str) -> None:
    body = replace(SAMPLES[template], site_name=name)
    for row in preview(lay_out(body, 32), 32):
        assert len(row.text) <= 32
        # What the glass draws has a cell for each letter, so the columns stay.
        assert len(drawable(row.text).text) == len(row.text)
