"""A line to a device on the event loop: a serial port, or whatever else can be polled.

pyserial opens a serial path and sets speed and parity; from then on the descriptor is ours
and every read and write is non-blocking. Nothing here waits for the device to drain: a printer
without paper would hold the whole kiosk (python-escpos and pyserial do exactly that).
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import fcntl
import os
import sys
import termios
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import serial

from devices.errors import (
    PortAbsent,
    PortBusy,
    PortForbidden,
    PortLost,
    PortStuck,
    PortUnavailable,
)

Parity = Literal["N", "E", "O"]
Flow = Literal["none", "rtscts", "xonxoff", "dtr"]

# A reading has a hundred bytes; more at once would only delay the screen.
READ_BYTES = 1024

# Two bytes at 9600 baud; tcdrain would hold the loop.
_DRAIN_LOOK_S = 0.002

# So often a write that stands still looks whether it may take its time.
_STALL_LOOK_S = 0.5

# Majors of the UNIX98 pseudo-terminal slaves (Linux, Documentation/admin-guide/devices.txt).
_PTY_SLAVES = range(136, 144)

_INPUT_FLAGS, _CONTROL_FLAGS, _CONTROL_CHARACTERS = 0, 2, 6


@dataclass(frozen=True, slots=True)
class LineSettings:
    """How a serial line is set: `path`, then speed (baud), data bits, parity, stop bits."""

    path: str
    baud: int = 9600
    bits: int = 8
    parity: Parity = "N"
    stop: int = 1
    flow: Flow = "none"
    dtr: bool = True
    """Whether DTR and RTS are raised on opening; some readers take a change as a reset."""


def open_line(settings: LineSettings) -> int:
    """A descriptor of the line, set, locked and non-blocking; the caller closes it.

    Raises PortAbsent, PortBusy, PortForbidden, or PortUnavailable for any other fault.
    """
    # Asked four times a second while a device is unplugged: 2 µs, where opening costs 60.
    if not os.path.exists(settings.path):
        raise PortAbsent(f"{settings.path}: not there")
    line = serial.Serial(
        baudrate=settings.baud,
        bytesize=settings.bits,
        parity=settings.parity,
        stopbits=settings.stop,
        rtscts=settings.flow == "rtscts",
        xonxoff=settings.flow == "xonxoff",
        dsrdtr=settings.flow == "dtr",
        timeout=0,
        exclusive=True,  # flock: keeps out programs that ask, root's among them
    )
    line.dtr = line.rts = settings.dtr
    line.port = settings.path
    try:
        line.open()
        try:
            # A copy outlives the Serial object, whose own descriptors (four pipe ends for
            # its blocking calls) are then closed; lock and settings belong to the opening.
            descriptor = os.dup(line.fileno())
        finally:
            line.close()
    except (OSError, termios.error, ValueError) as fault:
        raise unavailable(settings.path, fault) from fault
    try:
        _settle(descriptor, checks_parity=settings.parity != "N")
    except (OSError, termios.error) as fault:
        os.close(descriptor)
        raise unavailable(settings.path, fault) from fault
    return descriptor


def _settle(descriptor: int, *, checks_parity: bool) -> None:
    """What pyserial leaves as it found it, or sets otherwise than we need."""
    attributes = termios.tcgetattr(descriptor)
    # Closing the line must not drop DTR: it resets some readers.
    attributes[_CONTROL_FLAGS] &= ~termios.HUPCL
    # A break, as of a device whose power goes, would arrive as NUL, which may be an answer.
    attributes[_INPUT_FLAGS] |= termios.IGNBRK
    if checks_parity:
        # A byte with wrong parity arrives as NUL, which no document holds.
        attributes[_INPUT_FLAGS] |= termios.INPCK
    # pyserial's VMIN 0 lets a read without data return nothing, which would look like an
    # unplugged line; with VMIN 1 only a hang-up does.
    attributes[_CONTROL_CHARACTERS][termios.VMIN] = 1
    attributes[_CONTROL_CHARACTERS][termios.VTIME] = 0
    termios.tcsetattr(descriptor, termios.TCSANOW, attributes)
    # TIOCEXCL keeps out programs that do not ask for the flock. On a pseudo-terminal it would
    # outlive a killed kiosk for as long as the other end is open, and the next kiosk (unless
    # root) could not open its own line: tried, EBUSY. The serial driver forgets it on close.
    if os.major(os.fstat(descriptor).st_rdev) not in _PTY_SLAVES:
        fcntl.ioctl(descriptor, termios.TIOCEXCL)


def unavailable(path: str, fault: Exception) -> PortUnavailable:
    """Why the device at `path` could not be opened, by the number of the system's error."""
    # SerialException is an OSError; termios.error keeps its number in args only.
    number = fault.errno if isinstance(fault, OSError) else fault.args[0]
    kind: type[PortUnavailable]
    match number:
        case errno.ENOENT | errno.ENODEV | errno.ENXIO:
            kind = PortAbsent
        case errno.EBUSY | errno.EAGAIN:
            kind = PortBusy
        case errno.EACCES | errno.EPERM:
            kind = PortForbidden
        case _:
            kind = PortUnavailable
    return kind(f"{path}: {fault}")


@dataclass(frozen=True, slots=True)
class ControlLines:
    """What a port itself knows of a printer, beside what the printer says: the lines of the
    old parallel port, which USB kept."""

    paper_out: bool
    selected: bool
    error: bool


class AsyncPort:
    """An open line. `on_data` gets the bytes as they come, `on_lost` is called at most once,
    when the device is unplugged; neither is called after `abort` or `finish`.

    Takes over any readable and writable descriptor that is non-blocking and can be polled.
    What other kinds of descriptor do otherwise than a terminal, their classes say.
    """

    completes_late = False
    """Whether bytes may count as taken before the device has them, until there is room
    again; a write waits for that, too."""

    def __init__(
        self,
        descriptor: int,
        on_data: Callable[[bytes], None],
        on_lost: Callable[[], None],
    ) -> None:
        self._descriptor = descriptor
        self._on_data = on_data
        self._on_lost = on_lost
        self._loop = asyncio.get_running_loop()
        self._writable: asyncio.Future[None] | None = None
        self._writing = asyncio.Lock()
        self._interrupted = False
        self.taken = 0
        """How many bytes the kernel took in all."""
        self._closed = False
        self._loop.add_reader(descriptor, self._readable)

    @classmethod
    def open(
        cls,
        settings: LineSettings,
        on_data: Callable[[bytes], None],
        on_lost: Callable[[], None],
    ) -> AsyncPort:
        """Opens a serial line; raises as `open_line` does."""
        return cls(open_line(settings), on_data, on_lost)

    @property
    def closed(self) -> bool:
        """Whether the line is gone, because it was let go or lost."""
        return self._closed

    @property
    def writing(self) -> bool:
        """Whether a write is under way; another one would wait for its turn."""
        return self._writing.locked()

    async def write(
        self,
        data: bytes,
        deadline: float,
        stall: float | None = None,
        unhurried: Callable[[], bool] = lambda: False,
    ) -> None:
        """Hands all of `data` to the kernel, in order with other writes.

        Gives up `deadline` seconds after its turn came, or after `stall` seconds in which
        not one byte was taken; while `unhurried` holds, no time is counted. Raises PortStuck
        with the number of bytes taken (the line stays open: the caller aborts it or not), or
        PortLost. That a byte was taken does not mean it was printed.
        """
        async with self._writing:
            self._interrupted = False
            end = self._loop.time() + deadline
            still_since = self._loop.time()
            sent = 0
            view = memoryview(data)
            while sent < len(data) or self.completes_late:
                if self._closed:
                    raise PortLost("the line is closed", sent)
                if self._interrupted:
                    raise PortStuck(sent, len(data))
                if sent < len(data):
                    try:
                        took = os.write(self._descriptor, view[sent:])
                        sent += took
                        self.taken += took
                        still_since = self._loop.time()
                        continue
                    except BlockingIOError:
                        pass
                    except OSError as fault:
                        self._lose()
                        raise PortLost(str(fault), self._perhaps_taken(sent, data)) from fault
                now = self._loop.time()
                left = end - now if stall is None else min(end, still_since + stall) - now
                if left <= 0:
                    raise PortStuck(sent, len(data))
                room = await self._room(min(left, _STALL_LOOK_S))
                if room and sent == len(data):
                    return
                if not room and unhurried():
                    waited = self._loop.time() - now
                    end += waited
                    still_since += waited

    def _perhaps_taken(self, sent: int, data: bytes) -> int:
        """How much of `data` the device may have when a write failed behind `sent` bytes."""
        return sent

    def interrupt(self) -> None:
        """Ends the write under way: it raises PortStuck."""
        self._interrupted = True
        self._wake()

    async def _room(self, patience: float) -> bool:
        """Waits until the line takes bytes again, is closed or interrupted; False when time
        is over."""
        self._writable = self._loop.create_future()
        self._loop.add_writer(self._descriptor, self._wake)
        try:
            async with asyncio.timeout(patience):
                await self._writable
        except TimeoutError:
            return False
        finally:
            self._writable = None
            if not self._closed:
                self._loop.remove_writer(self._descriptor)
        return not self._closed and not self._interrupted

    def _wake(self) -> None:
        if self._writable is not None and not self._writable.done():
            self._writable.set_result(None)

    async def finish(self, deadline: float) -> None:
        """Lets go of the line when all that was written has gone out, or as `abort` does
        after `deadline` seconds."""
        end = self._loop.time() + deadline
        while not self._closed and self.unsent():
            if self._loop.time() >= end:
                self.abort()
                return
            await asyncio.sleep(_DRAIN_LOOK_S)
        # Throwing away only what came in: the last word may still be on its way.
        self._let_go(unsent_too=False)

    def unsent(self) -> int:
        """How many bytes the kernel still holds for the device; 0 where it does not say."""
        try:
            # SIOCOUTQ of a socket is the same request by another name.
            held = fcntl.ioctl(self._descriptor, termios.TIOCOUTQ, bytes(4))
        except OSError:
            return 0
        return int.from_bytes(held, sys.byteorder)

    def discard(self) -> None:
        """Throws away what the kernel still holds for the device, where it can be taken back:
        what is written next goes out at once."""
        with contextlib.suppress(OSError, termios.error):
            termios.tcflush(self._descriptor, termios.TCOFLUSH)

    def expect_stop(self, stopped: bool) -> None:
        """Whether the device says that it takes nothing for a while. A line that would take
        it for gone waits, until all that was written meanwhile has gone out."""

    async def control_lines(self) -> ControlLines | None:
        """What the port itself knows of a printer; None where it knows nothing."""
        return None

    def abort(self) -> None:
        """Lets go of the line at once; what the device has not taken is thrown away."""
        self._let_go(unsent_too=True)

    def _let_go(self, *, unsent_too: bool) -> None:
        if self._closed:
            return
        self._closed = True
        self._loop.remove_reader(self._descriptor)
        self._loop.remove_writer(self._descriptor)
        self._wake()
        self._forget(unsent_too=unsent_too)
        os.close(self._descriptor)

    def _forget(self, *, unsent_too: bool) -> None:
        """Empties the queues of a line that is about to be closed."""
        # Without the flush, closing a serial line may wait 30 s for a stalled device.
        queues = termios.TCIOFLUSH if unsent_too else termios.TCIFLUSH
        with contextlib.suppress(OSError, termios.error):
            termios.tcflush(self._descriptor, queues)

    def _readable(self) -> None:
        try:
            data = os.read(self._descriptor, READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        # An unplugged USB line answers EIO, a hung-up terminal the empty read.
        if data:
            self._on_data(data)
        else:
            self._lose()

    def _lose(self) -> None:
        if not self._closed:
            self.abort()
            self._on_lost()
