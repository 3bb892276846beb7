"""Textual's driver for a terminal that may be a bare console, and may be cut off.

What is not here on purpose: kitty keys (they break the console's F-keys), the mouse,
bracketed paste, focus reports and queries whose answers would be typed into a field.
"""

from __future__ import annotations

import os
import selectors
import signal
import sys
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from select import select
from typing import TYPE_CHECKING, Any, TextIO


def prepare_environment() -> None:
    """Settings that Textual reads once, when it is imported."""
    os.environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    os.environ["TEXTUAL_SMOOTH_SCROLL"] = "0"
    os.environ["ESCDELAY"] = "25"
    # A paint waits for the next frame; at 60 a second that is most of a key's latency.
    os.environ["TEXTUAL_FPS"] = "500"
    # A developer's settings must not follow the kiosk to the gate.
    for name in ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_SCREENSHOT", "TEXTUAL_PRESS"):
        os.environ.pop(name, None)


prepare_environment()

from textual import events  # noqa: E402  # after the settings it reads
from textual.drivers.linux_driver import LinuxDriver  # noqa: E402  # as above

from kiosk.keyboard import ESCAPE_SECONDS, Keyboard, Stroke  # noqa: E402  # as above

if TYPE_CHECKING:
    from kiosk.terminal import KeyedApp

EXIT_HANG_UP = 129
EXIT_INTERRUPTED = 130
EXIT_TERMINATED = 143

ENDING = {
    signal.SIGHUP: EXIT_HANG_UP,
    signal.SIGINT: EXIT_INTERRUPTED,
    signal.SIGTERM: EXIT_TERMINATED,
}

# Focus reports and kitty's "pop": no use on a console, and noise on old ones.
_UNWANTED = frozenset({"\x1b[?1004h", "\x1b[?1004l", "\x1b[<u"})


class _Output:
    """The terminal as the writer thread sees it; a lost line is reported, not raised.

    An error would end Textual's writer thread, its queue would fill, and the event loop
    would wait for ever.
    """

    def __init__(self, file: TextIO, lost: Callable[[], None]) -> None:
        self._file = file
        self._lost = lost

    def write(self, text: str) -> None:
        try:
            self._file.write(text)
        except OSError:
            self._lost()

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            self._lost()

    def fileno(self) -> int:
        return self._file.fileno()


class KioskDriver(LinuxDriver):
    """Textual's driver with its own input loop, quiet start, and an end on hang-up.

    The stock loop polls ten times a second (Esc takes 104 ms whatever ESCDELAY says) and
    spins on a line that was hung up (Textual PR 6690). On SIGCONT the stock driver starts once
    more beside what runs: two threads take the keys in turns and mix them up, and the end
    gives the terminal back as the kiosk had it.
    """

    _app: KeyedApp

    def __init__(self, app: KeyedApp, **settings: Any) -> None:
        super().__init__(app, **settings)
        stderr = sys.__stderr__
        assert isinstance(stderr, TextIOWrapper), "a kiosk has a terminal"
        stderr.reconfigure(encoding="utf-8", errors="replace")
        self._file = _Output(stderr, self._lost)  # type: ignore[assignment]  # what is used of it
        self._wake_reader, self._wake_writer = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._auto_restart = False  # for a SIGCONT before the start
        self._attributes: list[Any] | None = None
        self._reads = 0
        self._posted = 0
        """Up to which of the reads the app has its keys."""

    # ---- quiet: nothing is asked of the terminal, nothing it would answer

    def write(self, data: str) -> None:
        if data not in _UNWANTED:
            super().write(data)

    def _request_terminal_sync_mode_support(self) -> None:
        pass

    def _query_in_band_window_resize(self) -> None:
        pass

    def _enable_bracketed_paste(self) -> None:
        pass

    def _disable_bracketed_paste(self) -> None:
        pass

    # ---- start and end

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's is untyped
        for number, code in ENDING.items():
            self._loop.add_signal_handler(number, self._app.end, code)
        for number in (signal.SIGTSTP, signal.SIGQUIT, signal.SIGTTIN, signal.SIGTTOU):
            signal.signal(number, signal.SIG_IGN)
        with suppress(termios.error):
            self._attributes = termios.tcgetattr(self.fileno)
        self._loop.add_signal_handler(signal.SIGCONT, self._continued)

    def _continued(self) -> None:
        """Stopped, and let go on: somebody may have used the terminal in between."""
        with suppress(termios.error):
            if self._attributes is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._attributes)
        self.write("\x1b[?1049h\x1b[?7l\x1b[?25l")
        self._app.redraw()

    def disable_input(self) -> None:
        with suppress(OSError):
            os.write(self._wake_writer, b".")
        super().disable_input()

    def _lost(self) -> None:
        """The line is gone (hang-up, unplugged): end, and let nothing more fail on it."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)
        os.close(nowhere)
        # The loop is closed already when the line is lost during the end itself.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._app.end, EXIT_HANG_UP)

    def restore(self) -> None:
        """Give the terminal back at once, without the writer thread; for a forced end."""
        with suppress(termios.error, OSError):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            os.write(2, b"\x1b[?7h\x1b[?1049l\x1b[?25h")

    # ---- keys

    def keys_under_way(self) -> bool:
        """Whether keys wait unread, or were read and are not with the app yet."""
        # In this order: what is read between the two questions has been counted.
        unread, _write, _error = select([self.fileno], [], [], 0)
        return bool(unread) or self._posted != self._reads

    def run_input_thread(self) -> None:
        """Read keys until woken by `disable_input` or hung up.

        Waits without end; only while an ESC may still be the key Esc does it wake by itself.
        """
        keyboard = Keyboard()
        # What is no UTF-8 is no key.
        decode = getincrementaldecoder("utf-8")("ignore").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._wake_reader, selectors.EVENT_READ)
            while True:
                ready = selector.select(ESCAPE_SECONDS if keyboard.pending else None)
                if not ready:
                    self._deliver(keyboard.give_up())
                    continue
                if any(key.fd == self._wake_reader for key, _mask in ready):
                    os.read(self._wake_reader, 64)
                    return
                self._reads += 1
                try:
                    data = os.read(self.fileno, 4096)
                except OSError:
                    data = b""
                if not data:
                    self._lost()
                    return
                self._deliver(keyboard.feed(decode(data)))

    def _deliver(self, strokes: list[Stroke]) -> None:
        keys = [events.Key(stroke.key, stroke.character) for stroke in strokes]
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._post, keys, self._reads)

    def _post(self, keys: list[events.Key], reads: int) -> None:
        self._posted = reads
        for key in keys:
            key.set_sender(self._app)
        if keys:
            self._app.struck(keys)
