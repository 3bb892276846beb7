"""Holds what a printer was sent against what the layout asked for, row by row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kiosk import printouts
from kiosk.printouts.layout import Printed as Asked
from kiosk.roll import Roll
from tests.paper.drawn_letters import CYRILLIC, READABLE, alike, read_cell
from tests.paper.elements import (
    CELL_HEIGHT,
    CELL_WIDTH,
    LINE_FEED,
    Barcode,
    Feed,
    Printed,
    Qr,
    Raster,
    Row,
)
from tests.paper.picture import MARGIN, drawn
from tests.paper.sheets import Paper

HIGHEST_BAND = 100
"""Rows: with more, some printers put the dots out as letters."""

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Letters that fonts leave white: fillers of Hangul, the empty Braille cell.
_BLANK = re.compile("[\u115f\u1160\u3164\uffa0\u2800]")


def differences(
    paper: Paper, asked: Sequence[Asked], roll: Roll, *, reading: bool = True
) -> list[str]:
    """Where `paper` is not what `asked` says, in words; empty when it is, letter by letter.

    Drawn rows are read by their dots, which is slow; without `reading` only the places of
    their ink are compared.
    """
    wrong = []
    given = [item for item in paper.items if not isinstance(item, Feed)]
    for number, one in enumerate(asked):
        match one:
            case printouts.Row():
                group = _row_of(given, one)
                wrong += [f"{number}: {what}" for what in _row(group, one, roll, reading)]
            case printouts.Qr(data, _):
                found = given.pop(0) if given else None
                if not isinstance(found, Qr) or (found.payload, found.align) != (
                    data,
                    "center",
                ):
                    wrong.append(f"{number}: no QR of {data}")
            case printouts.Barcode(data, _, align):
                found = given.pop(0) if given else None
                where = align.name.lower()
                if not isinstance(found, Barcode) or (found.payload, found.align) != (
                    data,
                    where,
                ):
                    wrong.append(f"{number}: no barcode of {data}")
            case printouts.Cut():
                if not paper.cut or given:
                    wrong.append(f"{number}: no cut, or something behind the end")
    return wrong


def _row_of(given: list[Printed], asked: printouts.Row) -> list[Printed]:
    """What stands for one row: a row of letters, or the bands of a drawn one."""
    if not given or not isinstance(given[0], Raster):
        return [given.pop(0)] if given else []
    bands: list[Printed] = []
    height = 0
    # As much paper as the printer's own row would take.
    drawn_rows = 2 * CELL_HEIGHT if asked.tall else LINE_FEED
    while given and isinstance(given[0], Raster) and height < drawn_rows:
        band = given.pop(0)
        assert isinstance(band, Raster)
        bands.append(band)
        height += band.dots.height * band.height
    return bands


def _row(group: list[Printed], asked: printouts.Row, roll: Roll, reading: bool) -> list[str]:
    match group:
        case [Row() as row]:
            return _letters(row, asked, roll)
        case [Raster(), *_]:
            bands = [one for one in group if isinstance(one, Raster)]
            return _drawing(bands, asked, roll, reading)
        case _:
            return [f"no row {asked}"]


def _letters(row: Row, asked: printouts.Row, roll: Roll) -> list[str]:
    text = roll.shown(asked.text).rstrip()
    wrong = []
    if row.text.rstrip() != text and not _taught(row, text):
        wrong.append(f"{row.text!r} for {text!r}")
    if text.strip():
        style = row.align, row.bold, row.width == 2, row.height == 2
        if style != (asked.align.name.lower(), asked.bold, asked.wide, asked.tall):
            wrong.append(f"{style} for {asked}")
    return wrong


def _taught(row: Row, text: str) -> bool:
    """Whether only user-defined characters differ, of scripts that no paper is written in."""
    given = row.text.rstrip()
    drawn_ones = {letter.character for letter in row.letters if letter.dots}
    return len(given) == len(text) and all(
        one == other or (one in drawn_ones and other not in CYRILLIC)
        for one, other in zip(given, text, strict=True)
    )


def _drawing(bands: list[Raster], asked: printouts.Row, roll: Roll, reading: bool) -> list[str]:
    """A drawn row has ink where a letter stands, none elsewhere, and reads as it should."""
    wrong = [
        f"a band of {band.dots.height} rows"
        for band in bands
        if band.dots.height > HIGHEST_BAND
    ]
    text = roll.shown(asked.text).rstrip()
    cells = _cells(bands, asked, columns_of(text), roll)
    if asked.bold:
        # A bold letter may reach into the first dots of the next cell.
        for ink in cells:
            ink[:, 0] = False
    found = "".join(map(read_cell, cells)) if reading and set(text) <= READABLE else ""
    inked = [bool(ink.any()) for ink in cells]
    meant = [not letter.isspace() for letter in text]
    if _RIGHT_TO_LEFT.search(text):
        # The runs of such a row are turned round: only how many letters can be compared.
        right = sum(meant) <= sum(inked) <= len(inked) - meant.count(False)
    else:
        columns = iter(inked)
        seen = [max(next(columns) for _ in range(columns_of(letter))) for letter in text]
        right = seen == meant
    if not right and not _BLANK.search(text):
        wrong.append(f"ink at {_marks(inked)} for {text!r}")
    if found and alike(found) != alike(text):
        wrong.append(f"drawn {found!r} for {text!r}")
    return wrong


def _cells(
    bands: list[Raster], asked: printouts.Row, columns: int, roll: Roll
) -> list[NDArray[np.bool_]]:
    """The ink of each column that the text takes, brought back to plain size."""
    area = roll.columns * CELL_WIDTH
    sheet = ~np.asarray(drawn(bands, area), bool)[MARGIN:-MARGIN, MARGIN:-MARGIN]
    sheet = sheet[:: 1 + asked.tall][:CELL_HEIGHT]
    cell = CELL_WIDTH * (1 + asked.wide)
    free = area - columns * cell
    left = {"left": 0, "center": free // 2, "right": free}[asked.align.name.lower()]
    starts = range(left, left + columns * cell, cell)
    return [sheet[:, at : at + cell : 1 + asked.wide] for at in starts]


def columns_of(text: str) -> int:
    """How many columns of the paper `text` takes: an East Asian wide letter two."""
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def _marks(seen: list[bool]) -> str:
    return "".join(" #"[one] for one in seen)
