"""Whether reader, printer and scale that config.toml names are there and can be used."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from devices.errors import PortUnavailable
from devices.printers.tcp import TcpLine
from devices.readers.folder import PictureFolder
from devices.readers.keyboard_layouts import letters_typing
from kiosk.config import PrinterSettings, Settings
from kiosk.device_board import rejected_sentence
from kiosk.errors import KioskError
from kiosk.support.check import Check, State
from kiosk.text import _, fill
from kiosk.wiring import profile_of, scale_of, scale_profile_of, scanner_of


class Profile(Protocol):
    """What is known of a make."""

    @property
    def name(self) -> str: ...


def devices(settings: Settings) -> Iterator[Check]:
    yield from _reader(settings)
    yield _printer("printer", settings.printer, settings)
    if settings.second_printer.driver != "none":
        yield _printer("second printer", settings.second_printer, settings)
    if settings.scale.driver != "none":
        yield from _scale(settings)


def _scale(settings: Settings) -> Iterator[Check]:
    """The scale; it is listened to, which takes some seconds when it is silent."""
    from kiosk.support.scale_check import listened_to

    profile = _profile("scale profile", settings, scale_profile_of)
    line = _line("scale", settings.place(settings.scale.port))
    yield profile
    scale = scale_of(settings) if profile.state is line.state is State.OK else None
    yield line if scale is None else listened_to(scale, line.text)


def _reader(settings: Settings) -> Iterator[Check]:
    port = settings.place(settings.reader.port)
    match settings.reader.driver:
        case "serial":
            yield _profile("reader profile", settings, profile_of)
            yield _line("reader", port)
        case "wedge":
            yield _keyboard(port) if settings.reader.port else _typing()
            yield from _prefix(settings)
        case "folder":
            yield _folder(port)
        case "scanimage":
            yield _scanner(settings)
        case "none":
            yield Check("reader", State.OK, _("none is configured"))


def _printer(name: str, printer: PrinterSettings, settings: Settings) -> Check:
    port = settings.place(printer.port)
    match printer.driver:
        case "serial":
            return _line(name, port)
        case "usblp":
            return _line(
                name,
                port,
                _("Plug it in and switch it on; see /dev/usb. Its driver: modprobe usblp."),
            )
        case "tcp":
            return _address(name, printer)
        case "file":
            return _file(name, port)
        case "none":
            return Check(name, State.OK, _("none is configured"))


def _line(name: str, path: Path, when_absent: str = "") -> Check:
    """The line of a reader, a printer or a scale."""
    if not path.exists():
        serial = _("Plug it in, or set its port in config.toml; see /dev/serial/by-id.")
        return _absent(name, path, when_absent or serial)
    if not os.access(path, os.R_OK | os.W_OK, effective_ids=True):
        return _forbidden(
            name, path, _("Add the user to the group dialout (serial) or lp (printer).")
        )
    return Check(name, State.OK, str(path))


def _address(name: str, printer: PrinterSettings) -> Check:
    """A printer on the network; it is called, and hung up on at once."""
    place = f"{printer.host}:{printer.tcp_port}"
    if not asyncio.run(_answers(TcpLine(printer.host, printer.tcp_port))):
        return Check(
            name,
            State.FAULT,
            fill(_("{place} does not answer"), place=place),
            _("Switch it on, check its network cable, and host in config.toml."),
        )
    return Check(name, State.OK, place)


async def _answers(line: TcpLine) -> bool:
    try:
        port = await line.open(lambda _data: None, lambda: None)
    except PortUnavailable:
        return False
    port.abort()
    return True


def _file(name: str, path: Path) -> Check:
    """The file that stands for a printer: it is made at the first paper."""
    there = path if path.exists() else path.parent
    if there.exists() and not os.access(there, os.W_OK, effective_ids=True):
        return Check(
            name,
            State.FAULT,
            fill(_("{path} cannot be written by this user"), path=path),
            _("Give the folder to the user that runs the kiosk."),
        )
    return Check(name, State.OK, str(path))


def _profile(name: str, settings: Settings, profile_of: Callable[[Settings], Profile]) -> Check:
    """Whether a device's profile can be used; the kiosk does not start with another."""
    try:
        profile = profile_of(settings)
    except KioskError as error:
        todo = _("Name a shipped profile in config.toml, or correct your own file.")
        return Check(name, State.FAULT, fill(_(error.sentence), **error.values), todo)
    return Check(name, State.OK, profile.name)


# ---- a reader that plays keyboard


def _keyboard(path: Path) -> Check:
    """Whether it can be grabbed."""
    if not path.exists():
        return _absent(
            "reader",
            path,
            _("Plug it in, or set its port in config.toml; see /dev/input/by-id."),
        )
    if not os.access(path, os.R_OK, effective_ids=True):
        return _forbidden(
            "reader",
            path,
            _("Add the user to the group input. Until then it types into the terminal."),
        )
    return Check("reader", State.OK, str(path))


def _typing() -> Check:
    return Check(
        "reader",
        State.OK,
        _("types into the terminal; nobody can know whether it is plugged in"),
    )


def _prefix(settings: Settings) -> Iterator[Check]:
    """By what it is told from an officer, where it types into the terminal."""
    prefix = settings.reader.prefix
    letters = letters_typing(prefix)
    if letters:
        said = fill(
            _("{prefix} is a letter on a Russian or Kyrgyz keyboard: {letters}"),
            prefix=prefix,
            letters=" ".join(letters),
        )
        todo = _("What an officer types just behind it is lost. Better: ( or !")
        yield Check("reader prefix", State.WARN, said, todo)
    elif not prefix and not settings.reader.port:
        yield Check(
            "reader prefix",
            State.WARN,
            _("none"),
            _(
                "Safer: set port to its /dev/input/by-id/…-event-kbd, or give it a prefix; "
                "until then only its speed tells it from an officer."
            ),
        )


# ---- pictures


def _folder(path: Path) -> Check:
    """The folder into which a camera drops pictures, and what lies in it."""
    if not path.is_dir():
        return Check(
            "reader",
            State.FAULT,
            fill(_("{path} is no folder"), path=path),
            _("Make the folder, or set [reader] port to the one the camera writes to."),
        )
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK, effective_ids=True):
        return Check(
            "reader",
            State.FAULT,
            fill(_("{path} cannot be written by this user"), path=path),
            _("Let the kiosk's user read and delete there: a picture read is deleted."),
        )
    pictures = PictureFolder(path)
    pictures.look(0.0)
    if pictures.left:
        return Check(
            "reader",
            State.WARN,
            fill(_("{path} holds pictures: {count}"), path=path, count=pictures.left),
            _("They show people and nobody reads them: have them deleted."),
        )
    return Check("reader", State.OK, str(path))


def _scanner(settings: Settings) -> Check:
    """The scanner; it is asked whether it is there, which takes some seconds."""
    scanner = scanner_of(settings)
    if shutil.which(scanner.program) is None:
        return Check(
            "reader",
            State.FAULT,
            fill(_("the program {program} is not installed"), program=scanner.program),
            _("Install it: apt install sane-utils"),
        )
    fault = asyncio.run(scanner.probe())
    if fault is not None:
        return Check(
            "reader",
            State.FAULT,
            _(rejected_sentence(fault)),
            _("See `scanimage -L` as the kiosk's user; set [reader] device and options."),
        )
    return Check("reader", State.OK, scanner.device or _("the first scanner there is"))


# ---- what several of them say


def _absent(name: str, path: Path, todo: str) -> Check:
    return Check(name, State.FAULT, fill(_("{path} is not there"), path=path), todo)


def _forbidden(name: str, path: Path, todo: str) -> Check:
    said = fill(_("{path} may not be opened by this user"), path=path)
    return Check(name, State.FAULT, said, todo)
