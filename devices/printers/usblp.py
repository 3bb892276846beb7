"""A printer on USB that is no serial line: /dev/usb/lp*, by the kernel's driver usblp.

What that driver does otherwise than a serial line (Linux, drivers/usb/class/usblp.c):
a non-blocking write counts up to 8 KiB as taken when they were only queued, and closing drops
what has not gone out, so a write ends when there is room again. Only one program may open it.
LPGETSTATUS asks the printer's interface itself for three lines of the old parallel port; it
is answered even while the printer takes no bytes, but may take 5 s, so it is asked beside
the loop.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import select
from collections.abc import Callable

from devices.beside import beside
from devices.port import AsyncPort, ControlLines, unavailable

# linux/lp.h
LPGETSTATUS = 0x060B
PAPER_OUT, SELECTED, NO_ERROR = 0x20, 0x10, 0x08

CONTROL_LINES_S = 0.5

# Slow printers take a USB buffer at the speed at which they print it; the wire costs nothing.
_FULL_SPEED_BYTES_PER_S = 500_000


def open_device(path: str) -> int:
    """A descriptor of the printer. Raises OSError."""
    return os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)


def ask_control_lines(descriptor: int) -> int:
    """The status byte of the printer's interface; may block for 5 s. Raises OSError."""
    return fcntl.ioctl(descriptor, LPGETSTATUS, bytes(4))[0]


class UsblpLine:
    """`opener` and `asker` are the two calls that need a real printer."""

    outlives_power = False

    def __init__(
        self,
        path: str,
        opener: Callable[[str], int] = open_device,
        asker: Callable[[int], int] = ask_control_lines,
    ) -> None:
        self._path = path
        self._opener = opener
        self._asker = asker

    async def open(
        self, on_data: Callable[[bytes], None], on_lost: Callable[[], None]
    ) -> AsyncPort:
        try:
            descriptor = self._opener(self._path)
        except OSError as fault:
            raise unavailable(self._path, fault) from fault
        return UsblpPort(descriptor, on_data, on_lost, self._asker)

    def seconds_for(self, count: int) -> float:
        return count / _FULL_SPEED_BYTES_PER_S


class UsblpPort(AsyncPort):
    completes_late = True

    def __init__(
        self,
        descriptor: int,
        on_data: Callable[[bytes], None],
        on_lost: Callable[[], None],
        asker: Callable[[int], int],
    ) -> None:
        super().__init__(descriptor, on_data, on_lost)
        self._asker = asker
        self._asked: asyncio.Future[int] | None = None

    def _perhaps_taken(self, sent: int, data: bytes) -> int:
        # The error may be that of bytes which were on their way.
        return len(data)

    def unsent(self) -> int:
        """1 while something has not gone out; how much, the driver does not say."""
        look = select.poll()
        look.register(self._descriptor, select.POLLOUT)
        return 0 if look.poll(0) else 1

    def discard(self) -> None:
        """Nothing can be taken back but by closing."""

    def _forget(self, *, unsent_too: bool) -> None:
        """Closing forgets all by itself."""

    async def control_lines(self) -> ControlLines | None:
        if self._closed:
            return None
        if self._asked is None or self._asked.done():
            # A copy: when the line is let go meanwhile, its number may be another file's.
            copy = os.dup(self._descriptor)

            def ask() -> int:
                try:
                    return self._asker(copy)
                finally:
                    os.close(copy)

            self._asked = beside(ask)
        try:
            async with asyncio.timeout(CONTROL_LINES_S):
                status = await asyncio.shield(self._asked)
        except (OSError, TimeoutError):
            return None
        if not status & (SELECTED | NO_ERROR):
            # Neither well nor selected, and yet there: a clone that fills in zeros.
            return None
        return ControlLines(
            paper_out=bool(status & PAPER_OUT),
            selected=bool(status & SELECTED),
            error=not status & NO_ERROR,
        )
