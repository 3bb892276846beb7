"""Drives a real program in a pseudo-terminal and reads its glass as a person would.

A `Glass` is a terminal of 80x25 with a program in it: bytes go in as a keyboard sends them,
bytes come out and are drawn by pyte. It waits for output and for the program's end, never
for a time to pass. Tests and benchmarks use it alike.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any

import pyte

ROOT = Path(__file__).resolve().parents[2]

# What the Linux console sends.
KEYS: Mapping[str, bytes] = {
    "f1": b"\x1b[[A",
    "f2": b"\x1b[[B",
    "f3": b"\x1b[[C",
    "f4": b"\x1b[[D",
    "f5": b"\x1b[[E",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f9": b"\x1b[20~",
    "f10": b"\x1b[21~",
    "enter": b"\r",
    "tab": b"\t",
    "shift+tab": b"\x1b\t",
    "escape": b"\x1b",
    "backspace": b"\x7f",
    "delete": b"\x1b[3~",
    "insert": b"\x1b[2~",
    "home": b"\x1b[1~",
    "end": b"\x1b[4~",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    **{f"ctrl+{letter}": bytes([ord(letter) - 96]) for letter in "abcdefghijklmnopqrstuvwxyz"},
    "ctrl+backslash": b"\x1c",
}

Seen = str | Callable[["Glass"], bool]


def keystrokes(*keys: str) -> bytes:
    """Names of keys, or text to type, as one run of bytes."""
    return b"".join(KEYS.get(key, key.encode()) for key in keys)


class _Screen(pyte.Screen):
    """Remembers every letter that was ever drawn, also those painted over since."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self.drawn: set[str] = set()
        self.bells = 0

    def draw(self, data: str) -> None:
        self.drawn.update(data)
        super().draw(data)

    @property
    def display(self) -> list[str]:
        """All rows. pyte's own asks of every cell how wide its letter is, which was half of
        what these tests cost; behind a wide letter stands an empty cell, so joining is enough.
        """
        return [self.row(number) for number in range(self.lines)]

    def row(self, number: int) -> str:
        cells = self.buffer[number]
        return "".join([cells[x].data for x in range(self.columns)])

    def bell(self, *args: Any) -> None:
        self.bells += 1


class Glass:
    """A program in its own terminal; a context manager that leaves no process behind."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        columns: int = 80,
        rows: int = 25,
        term: str = "linux",
        ignore_hangup: bool = False,
        cwd: Path = ROOT,
    ) -> None:
        self.screen = _Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.received = bytearray()
        """Everything the program wrote."""
        self.started = time.perf_counter()
        self._code: int | None = None
        self._eof = False
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TEXTUAL", "LC_"))
            and name not in {"COLUMNS", "LINES", "COLORTERM", "NO_COLOR", "FORCE_COLOR"}
        }
        environment |= {"TERM": term, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **(env or {})}
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            # Between fork and exec: nothing but system calls.
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                if ignore_hangup:
                    signal.signal(signal.SIGHUP, signal.SIG_IGN)
                os.chdir(cwd)
                os.execvpe(command[0], list(command), environment)
            finally:
                os._exit(127)
        os.set_blocking(self._master, False)
        self._ended = os.pidfd_open(self.pid)

    def __enter__(self) -> Glass:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the program, if it still runs, and give everything back."""
        if self._code is None:
            os.kill(self.pid, signal.SIGKILL)
            self._reap()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1
        if self._ended >= 0:
            os.close(self._ended)
            self._ended = -1

    # ---- keys

    def press(self, *keys: str) -> None:
        """Keys by name, or text to type, in ONE write: as somebody who types ahead.

        Esc must be the last, or stand before a key that begins with ESC itself: ESC and a
        letter in one write are Alt and that letter on every terminal.
        """
        for key, following in pairwise(keys):
            if key == "escape" and not keystrokes(following).startswith(b"\x1b"):
                raise ValueError(f"Esc and {following!r} in one write are Alt+{following}")
        self.send(keystrokes(*keys))

    def send(self, data: bytes) -> None:
        """Raw bytes from the keyboard."""
        while data:
            written = os.write(self._master, data)
            data = data[written:]
            if data:
                self.read(0.01)

    def resize(self, columns: int, rows: int) -> None:
        """The terminal's window changes; the kernel tells the program (SIGWINCH)."""
        self.screen.resize(rows, columns)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    # ---- what the program shows

    def read(self, timeout: float) -> bool:
        """Take in what it writes within `timeout` seconds; False when nothing came."""
        if self._eof or self._master < 0:
            return False
        ready, _write, _error = select.select([self._master], [], [], max(0.0, timeout))
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # EIO: the program's end of the line is closed
            data = b""
        if not data:
            self._eof = True
            return False
        self.received += data
        self._stream.feed(data)
        return True

    def wait_for(self, what: Seen, timeout: float = 20.0) -> float:
        """Until a text stands on the glass, or a condition holds; the seconds it took."""
        begun = time.perf_counter()
        seen: Callable[[Glass], bool] = (
            (lambda glass: what in glass.text()) if isinstance(what, str) else what
        )
        while not seen(self):
            left = begun + timeout - time.perf_counter()
            if left <= 0 or (not self.read(left) and self._eof):
                if seen(self):
                    break
                wanted = what if isinstance(what, str) else "the condition"
                raise AssertionError(f"{wanted!r} did not appear on\n{self.text()}")
        return time.perf_counter() - begun

    def quiet(self, seconds: float = 0.05, timeout: float = 20.0) -> int:
        """Until nothing was written for `seconds` and nothing is being done; how many bytes
        came. On a loaded machine a program that is silent may only wait for its turn."""
        before = len(self.received)
        end = time.perf_counter() + timeout
        while (self.read(seconds) or self._works()) and time.perf_counter() < end:
            pass
        return len(self.received) - before

    def _works(self) -> bool:
        """Whether a thread runs, wants to run, or waits for the disk."""
        with suppress(FileNotFoundError, ProcessLookupError):  # one that ends meanwhile
            return any(
                # pid (name) state …; a name may hold anything.
                (task / "stat").read_text().rpartition(")")[2].split()[0] in "RD"
                for task in Path(f"/proc/{self.pid}/task").iterdir()
            )
        return False

    def row(self, number: int) -> str:
        """One row of the glass, 80 columns."""
        return self.screen.row(number)

    def text(self) -> str:
        """The whole glass, a line a row."""
        return "\n".join(self.screen.display)

    def reversed(self, number: int) -> str:
        """The letters of a row that stand in reverse video: the focus, the status bar."""
        cells = self.screen.buffer[number]
        return "".join(cells[x].data for x in range(self.screen.columns) if cells[x].reverse)

    def bold(self, number: int) -> str:
        cells = self.screen.buffer[number]
        return "".join(cells[x].data for x in range(self.screen.columns) if cells[x].bold)

    def glyphs(self) -> set[str]:
        """Every letter ever drawn, whether it still stands or not."""
        return set(self.screen.drawn)

    @property
    def bells(self) -> int:
        return self.screen.bells

    @property
    def cursor_hidden(self) -> bool:
        return bool(self.screen.cursor.hidden)

    def attributes(self) -> list[Any]:
        """The terminal's settings (termios), as the program set them."""
        return termios.tcgetattr(self._master)

    def set_attributes(self, attributes: list[Any]) -> None:
        """Set them as another program on this terminal would."""
        termios.tcsetattr(self._master, termios.TCSANOW, attributes)

    # ---- signals and the end

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        os.kill(self.pid, number)

    def term(self) -> None:
        """What systemd sends to stop a service."""
        self.kill(signal.SIGTERM)

    def hang_up(self) -> None:
        """The line is cut: the dropped SSH connection, the unplugged console."""
        os.close(self._master)
        self._master = -1

    def wait_exit(self, timeout: float = 20.0) -> int:
        """Until the program ends; its exit code, negative for the signal that killed it."""
        end = time.perf_counter() + timeout
        while self._code is None:
            left = end - time.perf_counter()
            if left <= 0:
                raise AssertionError(f"still runs after {timeout} s\n{self.text()}")
            watched = [self._ended] + ([] if self._eof or self._master < 0 else [self._master])
            ready, _write, _error = select.select(watched, [], [], left)
            if self._master in ready:
                self.read(0)
            if self._ended in ready:
                while self.read(0):
                    pass
                self._reap()
        assert self._code is not None
        return self._code

    @property
    def running(self) -> bool:
        return self._code is None and not select.select([self._ended], [], [], 0)[0]

    def _reap(self) -> None:
        _pid, status = os.waitpid(self.pid, 0)
        self._code = os.waitstatus_to_exitcode(status)

    # ---- what it costs

    def cpu(self) -> float:
        """CPU seconds of the program so far, all threads, to the microsecond."""
        return time.clock_gettime((~self.pid << 3) | 2)  # its CPU clock, clock_getcpuclockid(3)

    def rss(self) -> int:
        """Resident memory now, in kB (VmRSS)."""
        return self._status("VmRSS:")

    def threads(self) -> int:
        """How many it has now."""
        return self._status("Threads:")

    def wakeups(self) -> int:
        """How often its threads went to sleep of their own will so far."""
        tasks = Path(f"/proc/{self.pid}/task")
        return sum(
            self._status("voluntary_ctxt_switches:", path / "status")
            for path in tasks.iterdir()
        )

    def _status(self, name: str, path: Path | None = None) -> int:
        for line in (path or Path(f"/proc/{self.pid}/status")).read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1])
        raise LookupError(name)
