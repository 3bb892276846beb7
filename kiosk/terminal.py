"""The kiosk as a program on a terminal: one key after another, and an end that leaves no trace.

The driver below it is in `kiosk.driver`; what a crash leaves behind in `kiosk.crash`.
"""

from __future__ import annotations

import asyncio
import os
import sys
import textwrap
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

# First: it sets what Textual reads when it is imported.
from kiosk.driver import KioskDriver, prepare_environment  # isort: skip

from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.screen import Screen

from kiosk import crash
from kiosk.text import N_, _, clean
from kiosk.widgets import ink
from kiosk.widgets.frame import Foot
from kiosk.widgets.glass import Glass
from kiosk.widgets.paint import Painter, Row

__all__ = ["KeyedApp", "prepare_environment", "run", "say", "wipe"]

EXIT_CRASH = 70

KEY_PATIENCE_SECONDS = 0.5
"""How long an end waits for the key being worked on; a register write takes less."""
END_PATIENCE_SECONDS = 8.0
"""After this the process ends, whatever still hangs; the register is whole at any moment."""

_CRASH_SENTENCE = N_(
    "The kiosk has stopped and starts again. What was recorded is kept. Call support if it "
    "happens twice."
)


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

    def struck(self, keys: Sequence[events.Key]) -> None:
        """Keys that the terminal brought in one go: they queue for the screen in front."""
        for key in keys:
            self.post_message(key)

    def keys_under_way(self) -> bool:
        """Whether keys were struck that did not come to `struck` yet."""
        return isinstance(self._driver, KioskDriver) and self._driver.keys_under_way()

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
        if renderable is None:
            return
        rows = _rows(screen, *self.size)
        if (
            rows is None
            or not isinstance(self._driver, KioskDriver)
            or not isinstance(renderable, CompositorUpdate)
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

    @property
    def ending(self) -> bool:
        """Whether the end has begun: the screens go first, so nothing can be said on one."""
        return self._exit

    def end(self, code: int) -> None:
        """End in order with this exit code, soon even when something hangs."""
        if self.ending:
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
        # A key may wait for just what has failed: the end does not wait with it.
        self.end(EXIT_CRASH)
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
    _to_terminal("\r\n".join([*textwrap.wrap(sentence, Glass.WIDTH - 1), ""]))


def _to_terminal(text: str) -> None:
    with suppress(OSError):
        if os.isatty(2):
            os.write(2, text.encode())
