"""A receipt does not keep a family waiting at 9600 baud: counted in bytes, no clock."""

from __future__ import annotations

import pytest

from devices.printers.codepages import TextMode
from kiosk import printouts
from kiosk.roll import Roll
from tests.paper.line_time import ROWS, bytes_of, receipt_of, seconds


@pytest.mark.parametrize("columns", [48, 32])
@pytest.mark.parametrize(("mode", "most"), [(TextMode.KZ1048, 960), (TextMode.GLYPHS, 1920)])
def test_a_receipt_of_24_rows_takes_a_second_or_two_of_the_line(
    mode: TextMode, most: int, columns: int
) -> None:
    receipt = receipt_of(ROWS, columns)
    rows = [
        one for one in printouts.lay_out(receipt, columns) if isinstance(one, printouts.Row)
    ]
    assert len(rows) >= ROWS
    assert bytes_of(receipt, Roll(columns=columns, text_mode=mode)) <= most


def test_a_byte_is_ten_bits_on_the_line() -> None:
    assert seconds(960, 9600) == 1.0
