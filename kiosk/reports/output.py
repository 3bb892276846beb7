"""Where a register is written to: a new file that only its owner may read, or a stream."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from kiosk.codes import ReportForm
from kiosk.errors import KioskError, Refused
from kiosk.reports.table import Report, Writing
from kiosk.text import N_


def write(
    report: Report, writing: Writing, form: ReportForm, out: BinaryIO, folder: Path
) -> None:
    """Write a register, reading it line by line. `folder`: for what must wait on the disk."""
    match form:
        case ReportForm.CSV:
            from kiosk.reports import as_csv

            as_csv.write(report, writing, out)
        case ReportForm.XLSX:
            from kiosk.reports import as_xlsx

            as_xlsx.write(report, writing, out, folder)
        case ReportForm.PDF:
            from kiosk.reports import as_pdf

            as_pdf.write(report, writing, out)
        case _:
            from kiosk.reports import as_table

            as_table.write(report, writing, out)


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that did not exist; gone again when what writes it fails.

    Raises Refused when it exists, KioskError when it cannot be written.
    """
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError as error:
        raise Refused(
            N_("{file} exists already; nothing was written. Name a new file."), file=str(path)
        ) from error
    except OSError as error:
        raise _cannot(path, error) from error
    try:
        with open(made, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
    except BaseException as error:
        with suppress(OSError):
            path.unlink()
        if isinstance(error, OSError):
            raise _cannot(path, error) from error
        raise


def _cannot(path: Path, error: OSError) -> KioskError:
    return KioskError(
        N_("{file} cannot be written: {cause}. Name a file in a folder of yours."),
        file=str(path),
        cause=error.strerror or type(error).__name__,
    )
