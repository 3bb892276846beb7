"""`kiosk report`: a register written to a stream, to a new file, or ordered as a paper."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kiosk.codes import ReportForm
from kiosk.commands.codes import EXIT_DONE
from kiosk.config import Settings
from kiosk.post import Register
from kiosk.reports import REPORTS, output, paper
from kiosk.reports.table import Writing
from kiosk.services import report_access
from kiosk.services.opening import open_register
from kiosk.support.accounts import working_as
from kiosk.text import N_, _
from kiosk.values.reports import ReportAsked


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes it; `login` None: nobody signs in, and nobody is named."""

    login: str | None
    passphrase_file: Path | None


def report(
    settings: Settings,
    asked: ReportAsked,
    form: ReportForm,
    taker: Taker,
    file: Path | None,
    out: BinaryIO,
) -> int:
    """Write the register to `file`, or to `out`. Raises KioskError; a file exists whole or not
    at all.

    Without a taker it is read beside the kiosk. With one, who took it is recorded first.
    """
    if taker.login is None:
        register = open_register(settings, writer=False)
        try:
            with _place(file, out) as (stream, folder):
                _write(settings, register, asked, form, stream, folder)
        finally:
            register.db.close()
        return EXIT_DONE
    with working_as(settings, taker.login, taker.passphrase_file) as (register, officer):
        if form is ReportForm.PAPER:
            writing = Writing(register.desk, asked, register.desk.languages[0])
            said = register.db.run_read(paper.said, writing)
            register.db.run_write(
                report_access.order_paper, register.desk, officer, asked, *said
            )
            out.write(_(N_("Ordered. The kiosk prints it when it runs.")).encode() + b"\n")
            return EXIT_DONE
        with _place(file, out) as (stream, folder):
            register.db.run_write(report_access.take, register.desk, officer, asked, form)
            _write(settings, register, asked, form, stream, folder)
    return EXIT_DONE


@contextmanager
def _place(file: Path | None, out: BinaryIO) -> Iterator[tuple[BinaryIO, Path]]:
    """Where it is written to, and a folder for what must wait meanwhile."""
    if file is None:
        yield out, Path(tempfile.gettempdir())
        return
    with output.new_file(file) as made:
        yield made, file.parent


def _write(
    settings: Settings,
    register: Register,
    asked: ReportAsked,
    form: ReportForm,
    stream: BinaryIO,
    folder: Path,
) -> None:
    writing = Writing(register.desk, asked, settings.site.languages[0])
    register.db.run_read(output.write, REPORTS[asked.name], writing, form, stream, folder)
