"""How long a paper occupies a serial line: counted from its bytes, ten bits each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from devices.printers.codepages import TextMode
from kiosk import printouts
from kiosk.codes import Template
from kiosk.papers import ReceiptBody
from kiosk.printouts.samples import SAMPLES
from kiosk.roll import Roll, render

ROWS = 24
BITS_A_BYTE = 10
BAUDS = (9600, 19200, 115200)

TABLE_HEAD = (
    f"| {ROWS}-row receipt | bytes | "
    + " | ".join(f"at {baud} baud" for baud in BAUDS)
    + " |\n|"
    + " --- |" * (2 + len(BAUDS))
)


def receipt_of(rows: int, columns: int) -> ReceiptBody:
    """The sample receipt with as many things as make it so many rows, in Kyrgyz and Russian."""
    whole = SAMPLES[Template.RECEIPT]
    assert isinstance(whole, ReceiptBody)
    for things in range(1, 4 * len(whole.lines)):
        lines = (whole.lines * 4)[:things]
        receipt = replace(whole, lines=lines)
        laid_out = printouts.lay_out(receipt, columns)
        if sum(isinstance(one, printouts.Row) for one in laid_out) >= rows:
            return receipt
    raise AssertionError(f"no receipt of {rows} rows")


def bytes_of(receipt: ReceiptBody, roll: Roll) -> int:
    return len(render(Template.RECEIPT, msgspec.json.encode(receipt), roll))


def seconds(count: int, baud: int) -> float:
    """For `count` bytes with their start and stop bits."""
    return count * BITS_A_BYTE / baud


def line_time_rows() -> Iterator[str]:
    """A table row a roll and text mode."""
    for columns in (48, 32):
        receipt = receipt_of(ROWS, columns)
        for mode in TextMode:
            count = bytes_of(receipt, Roll(columns=columns, text_mode=mode))
            times = " | ".join(f"{seconds(count, baud):.2f} s" for baud in BAUDS)
            yield f"| {columns} columns, {mode.value} | {count} | {times} |"
