"""A pseudo-terminal that stands for a serial line at a path."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import tty
from collections.abc import Callable
from pathlib import Path


class Line:
    """Our end, and a link to the other, which a program opens; needs a running loop."""

    def __init__(self, link: Path, on_data: Callable[[bytes], None]) -> None:
        self._ours, self._theirs = os.openpty()
        # Raw, or it would echo and turn CR into LF. Their end is kept open too: ours reads
        # EIO for ever once the last program has closed it.
        tty.setraw(self._theirs)
        os.set_blocking(self._ours, False)
        self._link = link
        self._on_data = on_data
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._ours, self._readable)
        aside = link.with_name(f".{link.name}.new")
        aside.unlink(missing_ok=True)
        aside.symlink_to(os.ttyname(self._theirs))
        aside.replace(link)

    def send(self, data: bytes) -> None:
        with contextlib.suppress(BlockingIOError):
            os.write(self._ours, data)

    def hold(self) -> None:
        self._loop.remove_reader(self._ours)

    def close(self) -> None:
        self._link.unlink(missing_ok=True)
        self._loop.remove_reader(self._ours)
        os.close(self._theirs)
        os.close(self._ours)

    def _readable(self) -> None:
        try:
            data = os.read(self._ours, 1024)
        except BlockingIOError:
            return
        except OSError as fault:
            if fault.errno != errno.EIO:
                raise
            return
        self._on_data(data)
