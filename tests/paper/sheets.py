"""What came out of a printer: its papers, and what was wrong with each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.paper.elements import CELL_WIDTH, Barcode, Feed, Printed, Qr, Raster, Row
from tests.paper.picture import drawn

PRINT_AREA = {48: 576, 42: 512, 32: 384}
"""Dots that the heads of usual printers have, by the columns that their font A prints."""


@dataclass
class Paper:
    """One paper, from ESC @ to the cut."""

    columns: int
    items: list[Printed] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    """Where a letter seems to have got lost: "?" inside a word, "¤"."""
    commands: list[str] = field(default_factory=list)
    """What the printer was told, in order, with its parameters but without text and dots."""
    cut: str = ""
    proof_asked: int = 0
    """How often GS r asked behind it."""
    process_ids: list[str] = field(default_factory=list)
    """The ids that GS ( H asked to confirm behind it."""

    @property
    def rows(self) -> list[Row]:
        return [item for item in self.items if isinstance(item, Row)]

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)

    @property
    def qrs(self) -> list[str]:
        return [item.payload for item in self.items if isinstance(item, Qr)]

    @property
    def barcodes(self) -> list[str]:
        return [item.payload for item in self.items if isinstance(item, Barcode)]

    @property
    def codes(self) -> list[Qr | Barcode]:
        return [item for item in self.items if isinstance(item, Qr | Barcode)]

    @property
    def rasters(self) -> list[Raster]:
        return [item for item in self.items if isinstance(item, Raster)]

    @property
    def fed_to_knife(self) -> int:
        """Dots of white paper between the last print and the cut."""
        fed = 0
        for item in reversed(self.items):
            match item:
                case Feed(dots):
                    fed += dots
                case Row() if not item.text.strip():
                    fed += item.feed
                case Row():
                    return fed + max(0, item.feed - item.rise)
                case _:
                    return fed
        return fed

    def row_with(self, part: str) -> Row:
        """The first row that holds `part`."""
        return next(row for row in self.rows if part in row.text)

    def png(self, path: Path) -> None:
        """Draws it, eight dots to the millimetre."""
        drawn(self.items, print_area(self.columns)).save(path)


@dataclass
class Decoded:
    papers: list[Paper]
    rest: Paper
    """What stands behind the last cut; its faults say that text was left there."""
    realtime: Counter[str]
    """How often each real-time command and each question without a paper came."""

    @property
    def questions(self) -> int:
        """How often DLE EOT asked for the printer's condition."""
        return sum(self.realtime[f"DLE EOT {number}"] for number in (1, 2, 3, 4))

    @property
    def faults(self) -> list[str]:
        return [fault for paper in (*self.papers, self.rest) for fault in paper.faults]

    @property
    def doubts(self) -> list[str]:
        return [doubt for paper in (*self.papers, self.rest) for doubt in paper.doubts]


def print_area(columns: int) -> int:
    """The dots of a row on a roll of `columns` columns."""
    return PRINT_AREA.get(columns, columns * CELL_WIDTH)
