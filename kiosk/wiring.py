"""The devices that config.toml names, made ready for the hub."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, cast

from devices.errors import ProfileError
from devices.port import LineSettings
from devices.printers.escpos_printer import EscposPrinter, Times
from devices.printers.file import FilePrinter
from devices.printers.lines import Line, SerialLine
from devices.printers.printer import Printer, ProofBy
from devices.printers.tcp import TcpLine
from devices.printers.usblp import UsblpLine
from devices.readers import profiles
from devices.readers.framing import Code
from devices.readers.listening import Patience
from devices.readers.profiles import Profile
from devices.readers.serial import SerialReader
from kiosk import badge_code, paper_code
from kiosk.codes import Series
from kiosk.config import PrinterSettings, ReaderSettings, ScaleSettings, Settings
from kiosk.errors import ConfigurationError
from kiosk.text import N_

if TYPE_CHECKING:
    from textual.events import Key

    from devices.readers.folder import FolderReader
    from devices.readers.pictures import PictureReader
    from devices.readers.scanimage import ScanimageReader, Scanner
    from devices.readers.wedge import WedgeReader
    from devices.scales.profiles import Profile as ScaleProfile
    from devices.scales.serial import SerialScale
    from kiosk.typed_scans import PassOn, TypedScans, UnderWay

    Reader = SerialReader | WedgeReader | FolderReader | ScanimageReader

BADGE = Code(
    badge_code.PATTERN,
    len(badge_code.encode(1, 26, 1, 1)),
    lambda text: badge_code.decode(text) is not None,
)
# The end of a badge's code looks like that of a visit's paper.
PAPER = Code(
    re.compile(rf"(?<!{badge_code.BEGINNING[:-1]}){paper_code.PATTERN.pattern}", re.ASCII),
    len(paper_code.encode(Series.TICKET, 1, 26, 1)),
    lambda text: paper_code.decode(text) is not None,
)
OUR_CODES = (BADGE, PAPER)
"""What the papers of the gate bear, besides which a reader reads documents."""


def reader_of(settings: Settings, today: Callable[[], date]) -> Reader | None:
    """The reader of documents; `today` is the site's day, for centuries and expiry.

    Raises ConfigurationError.
    """
    reader = settings.reader
    dedupe = reader.dedupe_ms / 1000
    patience = Patience(gap=reader.gap_ms / 1000, dedupe=dedupe)
    match reader.driver:
        case "none":
            return None
        case "serial":
            profile = profile_of(settings)
            line = line_of(settings, profile)
            return SerialReader(line, OUR_CODES, today, patience, profile=profile)
        # Readers that this gate has not are not in memory.
        case "wedge":
            from devices.readers.wedge import WedgeReader

            path = str(settings.place(reader.port)) if reader.port else ""
            return WedgeReader(path, OUR_CODES, today, patience)
        case "folder":
            from devices.images.process import PictureProcess
            from devices.readers.folder import FolderReader

            return FolderReader(settings.place(reader.port), PictureProcess(), today, dedupe)
        case "scanimage":
            from devices.images.process import PictureProcess
            from devices.readers.scanimage import ScanimageReader

            return ScanimageReader(scanner_of(settings), PictureProcess(), today, dedupe)


def pictures_of(settings: Settings, reader: Reader | None) -> PictureReader | None:
    """The reader, where it is one of pictures."""
    if settings.reader.driver not in ("folder", "scanimage"):
        return None
    return cast("PictureReader", reader)


def key_sorter_of(
    settings: Settings, reader: Reader | None
) -> Callable[[PassOn, UnderWay], TypedScans] | None:
    """What tells the reader's keys from the officer's, for a reader that may type."""
    if settings.reader.driver != "wedge":
        return None
    typing = cast("WedgeReader", reader)
    from kiosk.bursts import Bursts
    from kiosk.typed_scans import TypedScans

    of_papers = [f"{series.value}{settings.site.gate:02d}" for series in Series]
    bursts: Bursts[Key] = Bursts(
        OUR_CODES, [badge_code.BEGINNING, *of_papers], settings.reader.prefix
    )
    return partial(TypedScans, bursts, typing)


def profile_of(settings: Settings) -> Profile:
    """The make of the reader. Raises ConfigurationError."""
    name = settings.reader.profile
    try:
        return profiles.load(str(settings.place(name)) if profiles.is_path(name) else name)
    except ProfileError as error:
        raise ConfigurationError(
            N_("The reader's profile cannot be used: {cause}. Correct [reader] profile."),
            cause=error,
        ) from error


def line_of(settings: Settings, profile: Profile) -> LineSettings:
    """The reader's line."""
    return _line(settings, settings.reader, profile)


def _line(
    settings: Settings, device: ReaderSettings | ScaleSettings, profile: Profile | ScaleProfile
) -> LineSettings:
    """A device's line: what config.toml leaves open is as its profile says."""
    return LineSettings(
        path=str(settings.place(device.port)),
        baud=device.baud or profile.baud,
        bits=device.bits or profile.bits,
        parity=device.parity or profile.parity,
        stop=device.stop or profile.stop,
        flow=device.flow or profile.flow,
        dtr=device.dtr == "on",
    )


def scale_of(settings: Settings) -> SerialScale | None:
    """The scale. Raises ConfigurationError."""
    if settings.scale.driver == "none":
        return None
    from devices.scales.serial import SerialScale

    profile = scale_profile_of(settings)
    return SerialScale(scale_line_of(settings, profile), profile)


def scale_line_of(settings: Settings, profile: ScaleProfile) -> LineSettings:
    """The scale's line."""
    return _line(settings, settings.scale, profile)


def scale_profile_of(settings: Settings) -> ScaleProfile:
    """The make of the scale. Raises ConfigurationError."""
    from devices.scales.profiles import load

    name = settings.scale.profile
    try:
        return load(str(settings.place(name)) if profiles.is_path(name) else name)
    except ProfileError as error:
        raise ConfigurationError(
            N_("The scale's profile cannot be used: {cause}. Correct [scale] profile."),
            cause=error,
        ) from error


def scanner_of(settings: Settings) -> Scanner:
    """The scanner, as `scanimage` is to be asked for it."""
    from devices.readers.scanimage import Scanner

    return Scanner(settings.reader.device, settings.reader.options)


def printers_of(settings: Settings) -> tuple[Printer, ...]:
    """The thermal printers in the order of preference, or the files that stand for them."""
    first = _printer("printer", settings.printer, settings)
    second = _printer("second_printer", settings.second_printer, settings)
    return tuple(printer for printer in (first, second) if printer is not None)


def _printer(name: str, printer: PrinterSettings, settings: Settings) -> Printer | None:
    port = settings.place(printer.port)
    line: Line
    match printer.driver:
        case "none":
            return None
        case "file":
            return FilePrinter(port, name)
        case "serial":
            line = SerialLine(
                LineSettings(path=str(port), baud=printer.baud, flow=printer.flow)
            )
        case "usblp":
            line = UsblpLine(str(port))
        case "tcp":
            line = TcpLine(printer.host, printer.tcp_port)
    return EscposPrinter(
        line,
        name=name,
        proof=ProofBy(printer.proof),
        times=Times(printer.write_deadline_s, printer.proof_deadline_s),
    )
