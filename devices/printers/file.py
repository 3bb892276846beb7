"""A file in place of a printer: papers are appended, as the bytes a printer would get."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Never

from devices.events import DeviceChanged
from devices.health import DeviceState
from devices.printers.printer import UNTOUCHED, Delivered, Outcome, Proof, Why


class FilePrinter:
    """A paper is proved when the disk has it. A failed one is taken back out of the file."""

    def __init__(self, path: Path, name: str = "printer") -> None:
        self._path = path
        self.name = name
        self._one_at_a_time = asyncio.Lock()
        self._emit: Callable[[DeviceChanged], None] | None = None

    async def run(self, emit: Callable[[DeviceChanged], None]) -> Never:
        self._emit = emit
        self._say(DeviceState.READY)
        while True:
            await asyncio.Event().wait()

    async def ready(self) -> None:
        return

    async def send(self, data: bytes) -> Outcome:
        async with self._one_at_a_time:
            outcome = await asyncio.to_thread(_append, self._path, data)
        done = outcome.why is Why.DONE
        self._say(DeviceState.READY if done else DeviceState.STUCK)
        return outcome

    def abort(self) -> None:
        """A disk takes a paper at once: there is nothing to give up."""

    def _say(self, state: DeviceState) -> None:
        if self._emit is not None:
            self._emit(DeviceChanged(self.name, state))


def _append(path: Path, data: bytes) -> Outcome:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError:
        return UNTOUCHED[Why.NO_LINE]
    try:
        before = os.fstat(descriptor).st_size
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, before)
            return UNTOUCHED[Why.STALLED]
    except OSError:
        return Outcome(Delivered.PART, Proof.UNPROVEN, Why.STALLED)
    finally:
        os.close(descriptor)
    return Outcome(Delivered.ALL, Proof.PROVEN, Why.DONE, sent=len(data))
