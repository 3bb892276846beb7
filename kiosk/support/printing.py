"""`kiosk print`: the installer's test page or the sample of a paper, on the printer, as text
or as bytes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import BinaryIO, TextIO

import msgspec

from kiosk.codes import Template
from kiosk.config import PrinterSettings, Settings
from kiosk.errors import ConfigurationError, KioskError, Refused
from kiosk.text import N_, _, fill
from kiosk.wording import LABELS

EXIT_DONE = 0

TABLES = ("printer", "second_printer")
"""The tables of config.toml, which are also the names of the printers."""

_WHAT_TO_SET = N_(
    "Look at the page, then set in config.toml under [{table}]: text_mode to the first mode "
    "whose letters are all right; columns to the longest ruler that stays in one row; "
    "codepages to the numbers under which the tables show these letters."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to print: a sample, or the test page (None). `table` names the printer."""

    template: Template | None
    table: str = TABLES[0]
    paper: str | None = None
    """The width of the roll, when it is not the configured one: 80 or 58 (mm)."""

    def settings(self, settings: Settings) -> PrinterSettings:
        configured: PrinterSettings = getattr(settings, self.table)
        if self.paper is None or self.paper == configured.paper:
            return configured
        return msgspec.structs.replace(configured, paper=self.paper, columns=0)


def listing(out: TextIO) -> int:
    """The names that --sample takes, each with what it is."""
    for template in Template:
        print(f"{template.value:<10} {_(LABELS[Template][template])}", file=out)
    return EXIT_DONE


def preview(settings: Settings, wanted: Wanted, out: TextIO) -> int:
    """Write what would be printed, as text, in the letters of that printer."""
    from kiosk.roll import Roll

    printer = wanted.settings(settings)
    roll = Roll.of(printer)
    if wanted.template is None:
        print(_seen(_bytes(msgspec.structs.replace(printer, cut="partial"), None)), file=out)
        return EXIT_DONE
    from kiosk.printouts.preview import preview as rows_of
    from kiosk.printouts.specimen import specimen

    printed = specimen(wanted.template, roll.columns, roll.text_mode)
    for row in rows_of(printed, roll.columns):
        print(roll.shown(row.text).rstrip(), file=out)
    return EXIT_DONE


def _seen(page: bytes) -> str:
    """The test page as an Epson would print it: it depends on the printer, so there is no
    layout to look at."""
    from devices.sim.printer import SimulatedPrinter

    epson = SimulatedPrinter()
    epson.take(page)
    return epson.papers[-1]


def write_bytes(settings: Settings, wanted: Wanted, name: str, out: BinaryIO) -> int:
    """Write what the printer would get into the new file `name`, or to `out` when it is -."""
    data = _bytes(wanted.settings(settings), wanted.template)
    if name == "-":
        out.write(data)
        return EXIT_DONE
    try:
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with open(descriptor, "wb") as file:
            file.write(data)
    except FileExistsError as error:
        raise Refused(
            N_("{file} exists already; nothing was written. Name a new file."), file=name
        ) from error
    except OSError as error:
        raise KioskError(
            N_("{file} cannot be written: {cause}. Name a file in a folder of yours."),
            file=name,
            cause=error.strerror,
        ) from error
    return EXIT_DONE


def print_out(settings: Settings, wanted: Wanted, out: TextIO, say: TextIO) -> int:
    """Print it, and write to `out` how far that is proved; `say` is told what holds it up.

    Raises ConfigurationError when there is no such printer, AlreadyRunning while the kiosk
    has it, and what `hand_over` raises.
    """
    from kiosk.models.database import must_not_run
    from kiosk.support.handing_over import hand_over
    from kiosk.wiring import printers_of

    printers = {printer.name: printer for printer in printers_of(settings)}
    if wanted.table not in printers:
        raise ConfigurationError(
            N_("No printer is configured. Set driver and port under [{table}] in config.toml."),
            table=wanted.table,
        )
    must_not_run(settings.database_file)
    data = _bytes(wanted.settings(settings), wanted.template)
    port = _port(settings, wanted.settings(settings))

    def tell(sentence: str) -> None:
        print(_(sentence), file=say, flush=True)

    ended = hand_over(printers[wanted.table], port, data, tell)
    if isinstance(ended, int):
        return ended
    print(fill(_(ended), port=port), file=out)
    if wanted.template is None:
        print(fill(_(_WHAT_TO_SET), table=wanted.table), file=out)
    return EXIT_DONE


def _bytes(printer: PrinterSettings, template: Template | None) -> bytes:
    """What the printer gets for a sample, or for the test page."""
    from kiosk.roll import Roll, drawn

    roll = Roll.of(printer)
    if template is None:
        from devices.printers.trial_page import trial_page

        return trial_page(roll.code_pages, columns=roll.columns, cutting=roll.cutting)
    from kiosk.printouts.specimen import specimen

    return drawn(specimen(template, roll.columns, roll.text_mode), roll)


def _port(settings: Settings, printer: PrinterSettings) -> str:
    """How the printer is reached, for sentences."""
    if printer.driver == "tcp":
        return f"{printer.host}:{printer.tcp_port}"
    return str(settings.place(printer.port))
