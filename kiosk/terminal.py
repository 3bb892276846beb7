"""A terminal that nobody can close, lose or read over: driver, signals, keys, the end.

What is not here on purpose: kitty keys (they break the console's F-keys), the mouse,
bracketed paste, focus reports and queries whose answers would be typed into a field.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
import sys
import termios
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any, ClassVar, TextIO


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
from textual._compositor import CompositorUpdate  # noqa: E402
from textual.app import App  # noqa: E402
from textual.await_complete import AwaitComplete  # noqa: E402
from textual.drivers.linux_driver import LinuxDriver  # noqa: E402
from textual.screen import Screen  # noqa: E402

from kiosk import crash  # noqa: E402
from kiosk.keyboard import ESCAPE_SECONDS, Keyboard, Stroke  # noqa: E402
from kiosk.text import N_, _, clean  # noqa: E402
from kiosk.widgets import ink  # noqa: E402
from kiosk.widgets.frame import Foot  # noqa: E402
from kiosk.widgets.glass import Glass  # noqa: E402
from kiosk.widgets.paint import Painter, Row  # noqa: E402

EXIT_CRASH = 70
EXIT_HANG_UP = 129
EXIT_INTERRUPTED = 130
EXIT_TERMINATED = 143

ENDING = {
    signal.SIGHUP: EXIT_HANG_UP,
    signal.SIGINT: EXIT_INTERRUPTED,
    signal.SIGTERM: EXIT_TERMINATED,
}

KEY_PATIENCE_SECONDS = 0.5
"""How long an end waits for the key being worked on; a register write takes less."""
END_PATIENCE_SECONDS = 8.0
"""After this the process ends, whatever still hangs; the register is whole at any moment."""

# Focus reports and kitty's "pop": no use on a console, and noise on old ones.
_UNWANTED = frozenset({"\x1b[?1004h", "\x1b[?1004l", "\x1b[<u"})

_CRASH_SENTENCE = N_(
    "The kiosk has stopped and starts again. What was recorded is kept. Call support if it "
    "happens twice."
)


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
    spins on a line that was hung up (Textual PR 6690).
    """

    _app: KeyedApp

    def __init__(self, app: KeyedApp, **settings: Any) -> None:
        super().__init__(app, **settings)
        stderr = sys.__stderr__
        assert isinstance(stderr, TextIOWrapper), "a kiosk has a terminal"
        stderr.reconfigure(encoding="utf-8", errors="replace")
        self._file = _Output(stderr, self._lost)  # type: ignore[assignment]  # what is used of it
        self._wake_reader, self._wake_writer = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)

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
                try:
                    data = os.read(self.fileno, 4096)
                except OSError:
                    data = b""
                if not data:
                    self._lost()
                    return
                self._deliver(keyboard.feed(decode(data)))

    def _deliver(self, strokes: list[Stroke]) -> None:
        if strokes:
            keys = [events.Key(stroke.key, stroke.character) for stroke in strokes]
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._post, keys)

    def _post(self, keys: list[events.Key]) -> None:
        for key in keys:
            key.set_sender(self._app)
            self._app.post_message(key)


def _rows(screen: Screen[Any], width: int, height: int) -> list[Row] | None:
    """What a screen of stacked cells shows from top to bottom; None for any other screen.

    A terminal of 24 rows does without the rule above the message, so that it keeps the keys.
    """
    rows: list[Row] = []
    for widget in screen.children:
        if isinstance(widget, Glass):
            if widget.display:
                rows += widget.cells
        elif not widget.has_class("-textual-system"):
            return None
    if len(rows) > height:
        del rows[Foot.RULE - Foot.HEIGHT]
    if len(rows) > height or width < Glass.WIDTH:
        rows = [(letters[:width], inks[:width]) for letters, inks in rows[:height]]
    return rows or None


class KeyedApp(App[None], inherit_bindings=False):
    """Hands every key to the screen in front, one after another, and waits for each.

    So nothing typed ahead is lost or misplaced: a screen may await the database or another
    screen, and later keys stay in the app's queue, in order. No widget ever needs focus.
    A screen has `async def press(self, key, character, time)`.
    """

    CSS_PATH: ClassVar[Any] = Path(__file__).with_name("kiosk.tcss")
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[Any]] = []

    def __init__(self, *, log_path: Path | None = None) -> None:
        super().__init__(driver_class=KioskDriver, ansi_color=True)
        self.log_path = log_path
        self._painter = Painter()
        self.crashed = False
        self._working_on_key: asyncio.Task[Any] | None = None
        if self.no_color:
            ink.use(ink.Palette.MONOCHROME)

    # ---- keys

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self._key(event.key, event.character, event.time)
        elif isinstance(event, events.Paste) and not event.is_forwarded:
            # A terminal that brackets a paste unasked: its text is typed like any other.
            for character in clean(event.text, limit=4096):
                await self._key(character, character, event.time)
        elif not isinstance(event, events.InputEvent):
            await super().on_event(event)

    async def _key(self, key: str, character: str | None, time: float) -> None:
        if key == "ctrl+l":
            self.redraw()
        if key.startswith(("ctrl+", "alt+")):
            return
        press = getattr(self.screen, "press", None)
        if press is None:
            return
        self._working_on_key = asyncio.current_task()
        try:
            await press(key, character, time)
        finally:
            self._working_on_key = None

    def switch_screen(self, screen: Screen[Any] | str) -> AwaitComplete:
        """Show a kept screen instead of the one in front; may be awaited while a key is."""
        # The blank screen that Textual begins with has no callback for it to take away.
        if not self.screen._result_callbacks:
            self.screen._push_result_callback(self, None)
        return super().switch_screen(screen)

    def _set_pointer_shape(self, shape: str) -> None:
        """There is no mouse; old consoles would print the rest of the sequence."""

    def redraw(self) -> None:
        """Paint everything anew: somebody else wrote on the glass, or the palette changed."""
        self._painter.forget()
        self.screen.refresh()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Write what changed. Textual says when, the widgets' cells say what."""
        if (
            not isinstance(self._driver, KioskDriver)
            or not isinstance(renderable, CompositorUpdate)
            or (rows := _rows(screen, *self.size)) is None
        ):
            self._painter.forget()
            super()._display(screen, renderable)
        elif self._running and not self._closed and not self._batch_count:
            sequences = self._painter.update(rows)
            if sequences:
                self._driver.write(sequences)

    def on_resize(self) -> None:
        """A terminal may do anything to its cells when its size changes."""
        self._painter.forget()

    # ---- the end

    def end(self, code: int) -> None:
        """End in order with this exit code, soon even when something hangs."""
        if self._exit:
            return
        self.exit(return_code=code)
        loop = asyncio.get_running_loop()
        loop.call_later(KEY_PATIENCE_SECONDS, self._leave_key)
        last = threading.Timer(END_PATIENCE_SECONDS, self._force, (code,))
        last.daemon = True
        last.start()

    def _leave_key(self) -> None:
        """The screen still works on a key: the end does not wait for its answer."""
        if self._working_on_key is not None:
            self._working_on_key.cancel()

    def _force(self, code: int) -> None:
        if isinstance(self._driver, KioskDriver):
            self._driver.restore()
        os._exit(code)

    def _handle_exception(self, error: Exception) -> None:
        """Log where it happened and end; Textual's traceback would show locals, so people."""
        self.crashed = True
        crash.record(error, self.log_path)
        # Kept for tests that run the app headless: they raise it again.
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.exit(return_code=EXIT_CRASH)
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        """Textual calls it where it has only a traceback to show; it is never shown."""
        error = sys.exc_info()[1]
        self._handle_exception(error if isinstance(error, Exception) else RuntimeError())

    def panic(self, *renderables: Any) -> None:
        self._fatal_error()

    def on_load(self) -> None:
        asyncio.get_running_loop().set_exception_handler(self._forgotten)

    def _forgotten(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A task nobody waited for failed: keep the trace, go on serving the gate."""
        error = context.get("exception")
        if isinstance(error, BaseException):
            crash.record(error, self.log_path)


def run(app: KeyedApp) -> int:
    """Run the kiosk to its end; the exit code. The glass is left without what it showed."""
    threading.excepthook = lambda args: (
        crash.record(args.exc_value, app.log_path) if args.exc_value is not None else None
    )
    try:
        app.run(mouse=False)
    except Exception as error:
        app.crashed = True
        crash.record(error, app.log_path)
    wipe()
    if app.crashed:
        say(_(_CRASH_SENTENCE))
        return EXIT_CRASH
    return app.return_code or 0


def wipe() -> None:
    """Clear the last screen and what scrolled off it.

    The Linux console has no alternate screen, so after the end people's data would stand
    there. Other terminals put back what was there before the kiosk; that is not ours.
    """
    if os.environ.get("TERM", "").startswith(("linux", "vt", "con")):
        _to_terminal("\x1b[0m\x1b[2J\x1b[3J\x1b[H")


def say(sentence: str) -> None:
    """A finished sentence on the bare terminal, when there is no screen to show it."""
    _to_terminal(sentence + "\r\n")


def _to_terminal(text: str) -> None:
    with suppress(OSError):
        if os.isatty(2):
            os.write(2, text.encode())
