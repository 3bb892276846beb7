"""A picture worker as the kiosk holds it: a process, its two pipes and its memory."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import devices
from devices.images.protocol import (
    LENGTH,
    MOST_ANSWER_BYTES,
    Message,
    decode,
    request_head,
)

# As much at a time as leaves the screen its turn: 40 MB at once would hold it 20 ms.
_CHUNK_BYTES = 256 * 1024

# More threads than cores fight each other: tesseract took 1.9 s instead of 1.2 s with two.
_ONE_THREAD = {
    "OMP_THREAD_LIMIT": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class Child:
    """Raises EOFError or OSError where the process is gone, ValueError where it sends what is
    no message."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process = process
        self._requests = process.stdin
        self._answers = process.stdout
        self.second_opinion = False
        """Whether what the second opinion needs has been brought into its memory."""

    @classmethod
    async def start(cls, command: Sequence[str]) -> Child:
        """Raises OSError. The child leads a process group of its own, so that Ctrl+C in a
        terminal does not reach it and whatever it starts ends with it."""
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            start_new_session=True,
            env={**os.environ, **_ONE_THREAD, "PYTHONPATH": _python_path()},
            limit=MOST_ANSWER_BYTES,
        )
        return cls(process)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def ask(self, picture: bytes, today: date) -> None:
        """Hand over a picture file."""
        self._requests.write(request_head(today, len(picture)))
        view = memoryview(picture)
        for start in range(0, len(view), _CHUNK_BYTES):
            self._requests.write(view[start : start + _CHUNK_BYTES])
            await self._requests.drain()

    async def hear(self) -> Message:
        """The next message."""
        (length,) = LENGTH.unpack(await self._answers.readexactly(LENGTH.size))
        if length > MOST_ANSWER_BYTES:
            raise ValueError(f"a message of {length} bytes")
        return decode(await self._answers.readexactly(length))

    def memory_bytes(self) -> int:
        """What it holds of the machine's memory now (VmRSS). Raises OSError."""
        status = Path(f"/proc/{self.pid}/status").read_text("ascii", "replace")
        for line in status.splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise ProcessLookupError(f"process {self.pid} has ended")

    def kill(self) -> None:
        """End it now, with whatever it started; nothing happens when it has ended."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    async def gone(self) -> None:
        """Wait until it has ended."""
        await self._process.wait()
        self._requests.close()
        with contextlib.suppress(OSError):
            await self._requests.wait_closed()


def _python_path() -> str:
    """Where the worker finds this package, as -P keeps it from looking where we were started:
    a numpy.py beside somebody's pictures must not be run."""
    ours = str(Path(devices.__file__).parents[1])
    return os.pathsep.join(filter(None, (ours, os.environ.get("PYTHONPATH"))))
