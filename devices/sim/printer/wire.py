"""One descriptor as a wire: bytes in and out at the speed of a serial line, never waiting."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable
from typing import Protocol

BITS_A_BYTE = 10
# Bytes that a serial chip keeps before it tells (16550).
_FIFO = 16
_AT_ONCE = 4096


class Ears(Protocol):
    """Who listens on a wire."""

    def room(self) -> int:
        """How many bytes it takes now; while none, they stay on the line."""
        ...

    def take(self, data: bytes) -> None: ...

    def lost(self) -> None:
        """The other side hung up."""
        ...


class Wire:
    """With a `baud` rate bytes are taken from the descriptor no faster than that, so that a
    fast writer fills the kernel's buffer; without, as they come.

    `make_room` is called when the kernel takes no more of what is said.
    """

    def __init__(
        self,
        descriptor: int,
        baud: int | None,
        ears: Ears,
        make_room: Callable[[], None] = lambda: None,
    ) -> None:
        self._descriptor = descriptor
        self._byte_s = BITS_A_BYTE / baud if baud else 0.0
        self._ears = ears
        self._make_room = make_room
        self._loop = asyncio.get_running_loop()
        self._arrival: asyncio.TimerHandle | None = None
        self._saying: set[asyncio.TimerHandle] = set()
        self._in_free_at = self._out_free_at = 0.0
        self._open = True
        self._watch()

    def look(self) -> None:
        """Takes bytes again, if there is room for them."""
        if self._open and self._arrival is None:
            self._watch()

    def say(self, data: bytes) -> None:
        """Sends, in order; what the kernel does not take is lost, as on a real line."""
        if not self._byte_s:
            self._write(data)
            return
        self._out_free_at = max(self._loop.time(), self._out_free_at) + len(data) * self._byte_s
        self._saying = {timer for timer in self._saying if timer.when() > self._loop.time()}
        self._saying.add(self._loop.call_at(self._out_free_at, self._write, data))

    def close(self) -> None:
        """Listens no more and says no more; the descriptor stays its owner's."""
        self._open = False
        self._loop.remove_reader(self._descriptor)
        for timer in (self._arrival, *self._saying):
            if timer is not None:
                timer.cancel()

    def _watch(self) -> None:
        if self._ears.room() > 0:
            self._loop.add_reader(self._descriptor, self._readable)
        else:
            self._loop.remove_reader(self._descriptor)

    def _readable(self) -> None:
        if self._byte_s:
            self._loop.remove_reader(self._descriptor)
            self._receive(max(self._loop.time(), self._in_free_at))
            if self._open and self._arrival is None:
                self._watch()
            return
        data = self._read(_AT_ONCE)
        if data:
            self._ears.take(data)
        if self._open:
            self._watch()

    def _receive(self, since: float) -> None:
        """Takes a few bytes off the line, which began to arrive at `since`."""
        data = self._read(_FIFO)
        if data:
            self._in_free_at = since + len(data) * self._byte_s
            self._arrival = self._loop.call_at(self._in_free_at, self._arrived, data)

    def _arrived(self, data: bytes) -> None:
        # Whoever takes them may look at the line; what lies there comes after them.
        self._ears.take(data)
        self._arrival = None
        if self._open:
            # What lies there already came right behind.
            self._receive(self._in_free_at)
        if self._open and self._arrival is None:
            self._watch()

    def _read(self, most: int) -> bytes:
        most = min(most, self._ears.room())
        if most <= 0:
            return b""
        try:
            data = os.read(self._descriptor, most)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            self._ears.lost()
        return data

    def _write(self, data: bytes) -> None:
        # Hung up: reading tells.
        with contextlib.suppress(OSError):
            data = data[self._offer(data) :]
            if data:
                self._make_room()
                self._offer(data)

    def _offer(self, data: bytes) -> int:
        with contextlib.suppress(BlockingIOError):
            return os.write(self._descriptor, data)
        return 0
