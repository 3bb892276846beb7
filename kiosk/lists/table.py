"""A table that was read from a file: its rows, where each stood, and what it was written in."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from kiosk.errors import Invalid
from kiosk.text import N_

# Forty times the largest prison's list. Beyond it a file is something else.
LARGEST = 64 * 1024 * 1024
MOST_LINES = 200_000
# Excel's own limit for a cell.
LONGEST_CELL = 32_767

Cell = str | datetime
"""Text as it stands, or what a workbook says is a date."""


@dataclass(frozen=True, slots=True)
class Row:
    """`line`: where it begins in the file, from 1; in a workbook the row's own number."""

    line: int
    cells: tuple[Cell, ...] = field(repr=False)

    @property
    def is_blank(self) -> bool:
        return all(not isinstance(cell, datetime) and not cell.strip() for cell in self.cells)


class Scores(Protocol):
    """How much like a line of heads some cells are: how many of them are known."""

    def __call__(self, cells: Iterable[Cell]) -> int: ...


@dataclass(frozen=True, slots=True)
class Table:
    """`written_in` names the encoding and the separator, or the sheet, that were taken."""

    written_in: str
    rows: Iterator[Row]


def content(path: Path) -> tuple[bytes, bytes]:
    """The bytes of a file and their SHA-256. Raises Invalid for what is no such file."""
    try:
        # Without waiting: a pipe would be opened when somebody writes to it.
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise Invalid("file", N_("{path} is no file. Name a file."), path=path)
            if state.st_size > LARGEST:
                raise Invalid(
                    "file",
                    N_("{path} is larger than {limit} MB. A list of prisoners is not."),
                    path=path,
                    limit=LARGEST // 1024 // 1024,
                )
            data = file.read(LARGEST)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Invalid(
            "file", N_("{path} cannot be read: {why}."), path=path, why=why
        ) from error
    if not data:
        raise Invalid("file", N_("{path} is empty."), path=path)
    return data, hashlib.sha256(data).digest()


def too_many_lines() -> Invalid:
    return Invalid(
        "file",
        N_("The file has more than {limit} lines. Send it in parts."),
        limit=MOST_LINES,
    )
