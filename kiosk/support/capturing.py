"""`kiosk read --capture`: what a reader sends, kept in a file that can be read elsewhere."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from devices.events import CodeRead, DeviceChanged, DocumentRead, Event, ReadRejected
from devices.health import DeviceFlag, DeviceState
from devices.port import LineSettings
from devices.readers import recording
from devices.readers.listening import Patience
from devices.readers.profiles import Profile
from devices.readers.serial import SerialReader
from kiosk.config import Settings
from kiosk.errors import KioskError, Refused
from kiosk.text import N_, _, fill
from kiosk.wiring import OUR_CODES, line_of, profile_of

EXIT_DONE, EXIT_HUNG_UP, EXIT_TERMINATED = 0, 129, 143

_ENDS = {
    signal.SIGINT: EXIT_DONE,
    signal.SIGTERM: EXIT_TERMINATED,
    signal.SIGHUP: EXIT_HUNG_UP,
}


def capture(settings: Settings, file: Path, seconds: float | None, say: TextIO) -> int:
    """Keep all that goes over the reader's line until Ctrl+C, or for `seconds`.

    `say` is told what each reading was, never what it said. Raises Refused when the line is
    held by another program or `file` exists, KioskError when there is no reader.
    """
    if settings.reader.driver != "serial":
        raise Refused(
            N_("No reader on a serial line is configured. Set [reader] driver and port.")
        )
    make = profile_of(settings)
    # What the reader says of itself stands at the beginning.
    profile = replace(make, init=make.init + make.version)
    line = line_of(settings, profile)
    # Only failures of the kiosk's own are worth a line here, and they are sentences.
    logging.getLogger("devices").addHandler(logging.NullHandler())
    out = _made(file)
    with out:
        try:
            words = f"{line.baud} {line.bits}{line.parity}{line.stop} {line.flow}"
            out.write(recording.head(profile.name, words))
            out.flush()
            return asyncio.run(_Capture(line, profile, out, say).run(seconds))
        except KioskError:
            # The line was never open, so the file holds nothing.
            file.unlink(missing_ok=True)
            raise


def _made(file: Path) -> TextIO:
    try:
        # Exclusively, and nobody else's to read: it will hold what documents say.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Refused(
            N_("{file} exists already; nothing was written. Name a new file."), file=file
        ) from error
    except OSError as error:
        raise KioskError(
            N_("{file} cannot be written: {cause}. Name a file in a folder of yours."),
            file=file,
            cause=error.strerror,
        ) from error
    return open(descriptor, "w", encoding="ascii")


class _Capture:
    """One capture, from the opening of the line until somebody ends it."""

    def __init__(self, line: LineSettings, profile: Profile, out: TextIO, say: TextIO) -> None:
        self._line = line
        self._profile = profile
        self._out = out
        self._say = say

    async def run(self, seconds: float | None) -> int:
        """The exit code. Raises Refused, KioskError, OSError when the disk takes no more."""
        loop = asyncio.get_running_loop()
        self._end: asyncio.Future[int] = loop.create_future()
        self._began = loop.time()
        self._opened = False
        for number, code in _ENDS.items():
            loop.add_signal_handler(number, self._stop, code)
        if seconds is not None:
            loop.call_later(seconds, self._stop, EXIT_DONE)
        reader = SerialReader(
            self._line,
            OUR_CODES,
            lambda: datetime.now(UTC).date(),
            Patience(dedupe=0),
            profile=self._profile,
            tap=self._keep,
        )
        listening = asyncio.create_task(reader.run(self._tell))
        try:
            # What ends the listening by itself is a fault, which is raised.
            await asyncio.wait((self._end, listening), return_when=asyncio.FIRST_COMPLETED)
            return self._end.result() if self._end.done() else listening.result()
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    def _stop(self, code: int) -> None:
        if not self._end.done():
            self._end.set_result(code)

    def _fail(self, fault: Exception) -> None:
        if not self._end.done():
            self._end.set_exception(fault)

    def _at(self) -> float:
        return asyncio.get_running_loop().time() - self._began

    def _keep(self, told: bool, data: bytes) -> None:
        try:
            self._out.write(f"{recording.Chunk(self._at(), told, data)}\n")
            self._out.flush()
        except OSError as fault:
            self._fail(fault)

    def _tell(self, event: Event) -> None:
        if isinstance(event, DeviceChanged) and not self._opened:
            self._first_state(event)
            return
        text = _in_words(event)
        if text:
            print(f"{self._at():8.2f} s  {text}", file=self._say, flush=True)

    def _first_state(self, event: DeviceChanged) -> None:
        path = self._line.path
        if event.state is DeviceState.ABSENT:
            self._fail(
                KioskError(
                    N_("{path} is not there; nothing was kept. Plug the reader in."), path=path
                )
            )
        elif DeviceFlag.BUSY in event.flags:
            self._fail(
                Refused(
                    N_(
                        "{path} is held by another program, perhaps the kiosk; nothing was "
                        "kept. Stop it, then start again."
                    ),
                    path=path,
                )
            )
        elif event.state is DeviceState.BLOCKED:
            self._fail(
                KioskError(
                    N_("{path} cannot be opened; nothing was kept. Ask `kiosk doctor` why."),
                    path=path,
                )
            )
        elif event.state is not DeviceState.OPENING:
            self._opened = True
            for sentence in (
                N_("Listening to {path}. Put documents on the reader; Ctrl+C ends it."),
                N_("The file will hold personal data: what the documents say. Keep it safe."),
            ):
                print(fill(_(sentence), path=path), file=self._say, flush=True)


def _in_words(event: Event) -> str:
    """What kind of thing it was; nothing of what it said."""
    match event:
        case DocumentRead(document):
            kind = document.format.value if document.format else "?"
            return fill(_("document {kind}: {status}"), kind=kind, status=document.status.value)
        case CodeRead():
            return _("a badge of this gate")
        case ReadRejected(reason):
            return fill(_("rejected: {reason}"), reason=reason.value)
        case DeviceChanged(_device, state):
            return fill(_("reader: {state}"), state=state.value)
        case _:
            return ""
