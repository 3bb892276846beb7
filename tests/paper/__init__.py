"""Reads what a printer was sent, strictly, from Epson's reference and nothing of ours.

paper = decode(data, columns=48).papers[0]
paper.faults == []          # no unknown command, no byte that is no text, nothing too wide
paper.doubts == []          # no "?" in a word, no "¤": no letter got lost
paper.text                  # rows as letters
paper.qrs == ["GBV…"]
paper.png(path)             # as it would lie there; zbarimg reads it
"""

from __future__ import annotations

from tests.paper.decoder import decode
from tests.paper.elements import Barcode, Dots, Feed, Letter, Printed, Qr, Raster, Row
from tests.paper.sheets import Decoded, Paper

__all__ = [
    "Barcode",
    "Decoded",
    "Dots",
    "Feed",
    "Letter",
    "Paper",
    "Printed",
    "Qr",
    "Raster",
    "Row",
    "decode",
]
