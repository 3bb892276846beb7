"""The devices that config.toml names, made ready for the hub."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from devices.port import LineSettings
from devices.printers.file import FilePrinter
from devices.printers.line import EscposPrinter, ProofBy
from devices.printers.printer import Printer
from devices.readers.framing import Code
from devices.readers.listening import Patience
from devices.readers.serial import SerialReader
from kiosk import badge_code
from kiosk.config import Settings

BADGE = Code(
    badge_code.PATTERN,
    len(badge_code.encode(1, 26, 1, 1)),
    lambda text: badge_code.decode(text) is not None,
)


def reader_of(settings: Settings, today: Callable[[], date]) -> SerialReader | None:
    """The passport reader; `today` is the site's day, for centuries and expiry."""
    reader = settings.reader
    if reader.driver == "none":
        return None
    line = LineSettings(
        path=str(settings.place(reader.port)),
        baud=reader.baud,
        bits=reader.bits,
        parity=reader.parity,
        stop=reader.stop,
        flow=reader.flow,
        dtr=reader.dtr == "on",
    )
    patience = Patience(gap=reader.gap_ms / 1000, dedupe=reader.dedupe_ms / 1000)
    return SerialReader(line, [BADGE], today, patience)


def printer_of(settings: Settings) -> Printer | None:
    """The thermal printer, or the file that stands for one."""
    printer = settings.printer
    port = settings.place(printer.port)
    match printer.driver:
        case "none":
            return None
        case "file":
            return FilePrinter(port)
        case "serial":
            line = LineSettings(path=str(port), baud=printer.baud, flow=printer.flow)
            return EscposPrinter(
                line,
                proof=ProofBy(printer.proof),
                write_deadline_s=printer.write_deadline_s,
                proof_deadline_s=printer.proof_deadline_s,
            )
