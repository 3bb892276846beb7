"""A flatbed or sheet scanner that SANE knows, through its program `scanimage`.

A program of its own cannot hang or crash the kiosk, and can be ended; SANE's library in the
process could do all three. Nothing is written to a disk: the picture comes over a pipe.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Never

from devices.condition import Condition
from devices.events import ReadingWentOn, RejectReason, Stage
from devices.health import DeviceFlag, DeviceState
from devices.images.protocol import MOST_PICTURE_BYTES
from devices.readers.pictures import Emit, Pictures, PictureWorker

log = logging.getLogger(__name__)

PROGRAM = "scanimage"
USUAL_OPTIONS = ("--mode=Gray", "--resolution=300")

# A cold lamp warms up for 20 s; a page in grey takes 10.
SCAN_S = 30.0
# So long a scanner may take to put its lamp back after it was told to stop.
STOP_S = 2.0

_MOST_COMPLAINT = 4000  # bytes
_MOST_HEAD = 64  # bytes of a PNM file before the first line of the picture

# What scanimage says, with LC_ALL=C: the words of sane_strstatus (SANE standard, 4.3.3) and
# of scanimage.c. The first that is found decides.
_FAULTS = (
    (b"Device busy", RejectReason.SCANNER_BUSY),
    (b"jammed", RejectReason.SCANNER_JAMMED),
    (b"out of documents", RejectReason.SCANNER_EMPTY),
    (b"cover is open", RejectReason.SCANNER_COVER),
    (b"Access to resource has been denied", RejectReason.SCANNER_REFUSED),
    (b"unrecognized option", RejectReason.SCANNER_REFUSED),
    (b"setting of option", RejectReason.SCANNER_REFUSED),
    (b"no SANE devices found", RejectReason.SCANNER_ABSENT),
    (b"open of device", RejectReason.SCANNER_ABSENT),
)

# Of the scanner itself; every other fault is over with its scan.
_STATES = {
    RejectReason.SCANNER_ABSENT: (DeviceState.ABSENT, DeviceFlag.NO_SCANNER),
    RejectReason.SCANNER_REFUSED: (DeviceState.BLOCKED, DeviceFlag.FORBIDDEN),
}


@dataclass(frozen=True, slots=True)
class Scanner:
    """`device` as `scanimage -L` names it, "" for the first there is. `options` are those of
    `scanimage -A`.
    """

    device: str = ""
    options: Sequence[str] = USUAL_OPTIONS
    program: str = PROGRAM
    deadline_s: float = SCAN_S

    async def scan(self) -> bytes | RejectReason:
        """One picture (PNM) of what lies in it, or why there is none."""
        answer = await self._run("--format=pnm")
        if isinstance(answer, bytes) and len(answer) <= _MOST_HEAD:
            return RejectReason.SCANNER_FAULT
        return answer

    async def probe(self) -> RejectReason | None:
        """Why it could not scan now; None when it answers and knows its options.

        Takes seconds: SANE asks every make of scanner that it knows.
        """
        answer = await self._run("--dont-scan")
        if answer is RejectReason.SCANNER_FAULT:  # nothing was begun that could have stopped
            return RejectReason.SCANNER_ABSENT
        return answer if isinstance(answer, RejectReason) else None

    async def _run(self, *wish: str) -> bytes | RejectReason:
        device = (f"--device-name={self.device}",) if self.device else ()
        environment = {**os.environ, "LC_ALL": "C"}
        try:
            process = await asyncio.create_subprocess_exec(
                self.program,
                *device,
                *wish,
                *self.options,
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=PIPE,
                env=environment,
                start_new_session=True,
            )
        except OSError as fault:
            log.warning("%s cannot be started: %s", self.program, fault.strerror)
            return RejectReason.SCANNER_ABSENT
        try:
            async with asyncio.timeout(self.deadline_s):
                picture = await _all(process.stdout, MOST_PICTURE_BYTES)
                if len(picture) > MOST_PICTURE_BYTES:
                    return RejectReason.TOO_LARGE
                # Second, as it is a line or two, which wait in their pipe.
                complaint = await _all(process.stderr, _MOST_COMPLAINT)
                code = await process.wait()
        except TimeoutError:
            log.warning("%s did not end in %.0f s", self.program, self.deadline_s)
            return RejectReason.SCANNER_FAULT
        finally:
            await _end(process)
        if code == 0:
            return picture
        log.warning("%s ended with %d", self.program, code)
        return next(
            (reason for said, reason in _FAULTS if said in complaint),
            RejectReason.SCANNER_FAULT,
        )


async def _all(pipe: asyncio.StreamReader | None, most: int) -> bytes:
    """What comes until the end; of more than `most` bytes, only a few more."""
    assert pipe is not None
    data = bytearray()
    while len(data) <= most and (chunk := await pipe.read(1 << 16)):
        data += chunk
    return bytes(data)


async def _end(process: Process) -> None:
    """Ends it if it still runs: in order, so that the scanner stops, and then at once."""
    if process.returncode is not None:
        return
    try:
        _signal(process, signal.SIGTERM)
        async with asyncio.timeout(STOP_S):
            await process.wait()
    except TimeoutError:
        pass
    finally:
        _signal(process, signal.SIGKILL)
    await process.wait()


def _signal(process: Process, number: signal.Signals) -> None:
    """To it and to what it has started: some makes of scanner have a program of their own."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)


class ScanimageReader:
    """Scans when it is told to, and emits what the picture says.

    The scanner is asked once at the start whether it is there, for that takes seconds; later
    each scan tells. `worker` is this reader's own and ends with it.
    """

    def __init__(
        self,
        scanner: Scanner,
        worker: PictureWorker,
        today: Callable[[], date],
        dedupe: float = 2.0,
        name: str = "reader",
    ) -> None:
        self.name = name
        self._scanner = scanner
        self._pictures = Pictures(worker, today, dedupe, name)
        self._wanted = asyncio.Event()

    async def run(self, emit: Emit) -> Never:
        """Scans on demand until it is cancelled."""
        clock = asyncio.get_running_loop().time
        condition = Condition(self.name, emit)
        try:
            condition.tell(DeviceState.OPENING)
            _tell(condition, await self._scanner.probe())
            while True:
                await self._wanted.wait()
                self._wanted.clear()
                take = partial(self._scan, emit, condition)
                await self._pictures.read(emit, take, clock())
        finally:
            await self._pictures.stop()

    def scan(self) -> bool:
        """Have what lies in the scanner read; asked again meanwhile, it is one reading."""
        if not self._pictures.under_way:
            self._wanted.set()
        return True

    def give_up(self) -> bool:
        """Ends the reading under way; False when there is none."""
        return self._pictures.give_up()

    async def _scan(self, emit: Emit, condition: Condition) -> bytes | RejectReason:
        now = asyncio.get_running_loop().time()
        emit(ReadingWentOn(self.name, Stage.SCANNING, now))
        self._pictures.expect()
        answer = await self._scanner.scan()
        _tell(condition, answer)
        return answer


def _tell(condition: Condition, answer: bytes | RejectReason | None) -> None:
    """What a scanner's answer says of the scanner."""
    if isinstance(answer, RejectReason) and answer in _STATES:
        condition.tell(*_STATES[answer])
    else:
        condition.tell(DeviceState.READY)
