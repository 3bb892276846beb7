"""A folder into which a camera or a scanner program drops pictures of documents.

What lies there when the folder is first seen, or seen again, is left alone. A new picture is
read once nobody writes to it any more, and is removed from the disk before it is read: it
shows a person. Of many that come at once the newest are read, in the order they came. What is
left lying there is told as a condition of the reader.
"""

from __future__ import annotations

import asyncio
import errno
import fcntl
import logging
import os
import re
import signal
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Never

from devices.condition import Condition
from devices.events import RejectReason
from devices.health import DeviceFlag, DeviceState
from devices.images.protocol import MOST_PICTURE_BYTES
from devices.readers.pictures import Emit, Pictures, PictureWorker

log = logging.getLogger(__name__)

# So often the folder is looked at; a picture is whole when the next look finds it the same.
LOOK_S = 0.25
# Of a folder that holds thousands, looking may take this part of the time.
LOOKING_SHARE = 0.05
# A writer that has paused for so long has forgotten to close its file.
FORGOTTEN_S = 5.0
# More than a family: somebody moves an album, not documents.
MOST_AT_ONCE = 8

# Nothing hidden. HEIC and PDF open here as no picture; better said so than left unread.
_PICTURE = re.compile(
    r"[^.].*\.(png|jpe?g|tiff?|bmp|webp|p[nbgp]m|heic|heif|pdf)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One state of a file: written to, or replaced, it is another."""

    inode: int
    size: int
    modified: int  # ns

    @classmethod
    def of(cls, status: os.stat_result) -> Seen:
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new picture; `came` and `since` (of this state) are times of one steady clock."""

    name: str
    seen: Seen
    came: float
    since: float


class PictureFolder:
    """What of the folder is new. Every call asks the disk, so it belongs in a thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._left: dict[str, Seen] | None = None
        """What is not to be read; None while the folder has not been seen."""
        self._growing: dict[str, Arrival] = {}

    @property
    def growing(self) -> bool:
        """Whether there are pictures that may still be written."""
        return bool(self._growing)

    @property
    def left(self) -> int:
        """How many pictures lie there that nobody will read."""
        return len(self._left or ())

    def look(self, now: float) -> list[Arrival]:
        """New pictures that are whole, in the order they came, at most MOST_AT_ONCE.

        Raises OSError when there is no such folder, or it may not be looked at.
        """
        try:
            found = self._found()
        except OSError:
            self._left = None
            self._growing.clear()
            raise
        if self._left is None:
            self._left = found
            return []
        left = {name: seen for name, seen in self._left.items() if found.get(name) == seen}
        self._left = left
        self._growing = {
            name: self._arrival(name, seen, now)
            for name, seen in found.items()
            if name not in left
        }
        whole = [one for one in self._growing.values() if self._is_whole(one, now)]
        whole.sort(key=lambda one: (one.came, one.seen.modified, one.name))
        for one in whole:
            del self._growing[one.name]
        for one in whole[:-MOST_AT_ONCE]:
            self._left[one.name] = one.seen
        if len(whole) > MOST_AT_ONCE:
            log.warning("%d pictures came at once; the newest are read", len(whole))
        return whole[-MOST_AT_ONCE:]

    def take(self, picture: Arrival) -> bytes | RejectReason | None:
        """Its bytes, and the file is gone; None when it has changed and is not whole yet.

        A picture that cannot be had, or not be removed, stays and is never read again.
        """
        path = self._path / picture.name
        try:
            # Neither a link elsewhere nor a pipe, whose opening would wait for a writer.
            file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        except OSError as fault:
            return self._leave(picture, RejectReason.NOT_OPENED, fault)
        with open(file, "rb", buffering=0) as opened:
            try:
                status = os.fstat(file)
                if not stat.S_ISREG(status.st_mode) or Seen.of(status) != picture.seen:
                    return None
                if status.st_size > MOST_PICTURE_BYTES:
                    return self._leave(picture, RejectReason.TOO_LARGE)
                data = _read(opened.read, status.st_size)
            except OSError as fault:
                return self._leave(picture, RejectReason.NOT_OPENED, fault)
        try:
            if Seen.of(os.lstat(path)) == picture.seen:
                self.remove(path)
        except FileNotFoundError:
            pass
        except OSError as fault:
            self._leave(picture, RejectReason.NOT_OPENED, fault)
        return data

    def remove(self, path: Path) -> None:
        """Takes the picture's name off the disk; nothing else refers to it."""
        path.unlink()

    def _found(self) -> dict[str, Seen]:
        found = {}
        with os.scandir(self._path) as entries:
            for entry in entries:
                if _PICTURE.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    with suppress(FileNotFoundError):
                        found[entry.name] = Seen.of(entry.stat(follow_symlinks=False))
        return found

    def _arrival(self, name: str, seen: Seen, now: float) -> Arrival:
        before = self._growing.get(name)
        if before is None:
            return Arrival(name, seen, came=now, since=now)
        if before.seen == seen:
            return before
        return Arrival(name, seen, came=before.came, since=now)

    def _is_whole(self, picture: Arrival, now: float) -> bool:
        quiet = now - picture.since
        if quiet <= 0 or picture.seen.size == 0:
            return False
        return quiet > FORGOTTEN_S or not _is_written(self._path / picture.name)

    def _leave(
        self, picture: Arrival, reason: RejectReason, fault: OSError | None = None
    ) -> RejectReason:
        assert self._left is not None, "a picture was found, so the folder was seen"
        self._left[picture.name] = picture.seen
        why = fault.strerror if fault is not None else reason.value
        log.warning("a picture is left in the folder: %s", why)
        return reason


def _read(more: Callable[[int], bytes | None], size: int) -> bytes:
    data = bytearray()
    while len(data) < size and (chunk := more(size - len(data))):
        data += chunk
    return bytes(data)


def _is_written(path: Path) -> bool:
    """Whether some program has the file open to write, as far as the kernel tells.

    A read lease is granted only where nobody has; it is given back at once.
    """
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        # Who opens it meanwhile makes the kernel send a signal: one that does nothing here,
        # as the usual SIGIO would end the kiosk.
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as refusal:
        # Any other answer: another account's file, or a disk that knows no leases.
        return refusal.errno == errno.EAGAIN
    finally:
        os.close(file)
    return False


class FolderReader:
    """Emits what the pictures say, and whether the folder is there.

    `worker` is this reader's own and ends with it. `look`: seconds between looks.
    """

    def __init__(
        self,
        path: Path,
        worker: PictureWorker,
        today: Callable[[], date],
        dedupe: float = 2.0,
        look: float = LOOK_S,
        name: str = "reader",
    ) -> None:
        self.name = name
        self._folder = PictureFolder(path)
        self._pictures = Pictures(worker, today, dedupe, name)
        self._look = look

    async def run(self, emit: Emit) -> Never:
        """Reads what comes until it is cancelled; a folder that is gone is waited for."""
        clock = asyncio.get_running_loop().time
        condition = Condition(self.name, emit)
        try:
            while True:
                now = clock()
                arrivals = await self._arrivals(condition, now)
                if self._folder.growing:
                    self._pictures.expect()
                rest = max(self._look, (clock() - now) / LOOKING_SHARE)
                for picture in arrivals:
                    take = partial(asyncio.to_thread, self._folder.take, picture)
                    await self._pictures.read(emit, take, picture.came)
                await asyncio.sleep(rest)
        finally:
            await self._pictures.stop()

    def scan(self) -> bool:
        """Pictures come by themselves: there is nothing to set going."""
        return False

    def give_up(self) -> bool:
        """Ends the reading under way; False when there is none."""
        return self._pictures.give_up()

    async def _arrivals(self, condition: Condition, now: float) -> list[Arrival]:
        arrivals: list[Arrival] = []
        try:
            arrivals = await asyncio.to_thread(self._folder.look, now)
        except PermissionError:
            if condition.tell(DeviceState.BLOCKED, DeviceFlag.FORBIDDEN):
                log.warning("%s: the folder of pictures may not be looked at", self.name)
        except OSError:
            if condition.tell(DeviceState.ABSENT, DeviceFlag.NO_FOLDER):
                log.warning("%s: the folder of pictures is not there", self.name)
        else:
            if not self._folder.left:
                condition.tell(DeviceState.READY)
            elif condition.tell(DeviceState.DEGRADED, DeviceFlag.PICTURES_LEFT):
                log.warning("%s: old pictures lie in the folder and are left", self.name)
        return arrivals
