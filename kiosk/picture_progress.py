"""What stands on the message row while a picture is read, and Esc, which gives it up."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from devices.events import Event, ReadingStarted, ReadingWentOn, Stage
from kiosk.screens.screen import PLAIN
from kiosk.text import N_

if TYPE_CHECKING:
    from devices.readers.pictures import PictureReader
    from kiosk.app import KioskApp

_SENTENCES = {
    Stage.SCANNING: N_("The scanner takes the picture: {seconds} s.  Esc = give up"),
    Stage.FINDING: N_("Looking for the document in the picture: {seconds} s.  Esc = give up"),
    Stage.READING: N_("Reading the document in the picture: {seconds} s.  Esc = give up"),
    Stage.SECOND_OPINION: N_("Not sure yet, reading it once more: {seconds} s.  Esc = give up"),
}
_GIVEN_UP = N_("Given up. Take the picture again, or type the document: menu, 1.")


class PictureProgress:
    """Says how far the reading under way is, once a second, where nothing else is said."""

    def __init__(self, app: KioskApp) -> None:
        self._app = app
        self.reader: PictureReader | None = None
        """The site's reader, when it is one of pictures."""
        self._stage = Stage.FINDING
        self._began = self._ended = 0.0
        self._tick: asyncio.TimerHandle | None = None

    @property
    def under_way(self) -> bool:
        return self._tick is not None

    def heard(self, event: Event) -> None:
        """Something of the reader's: a reading begins, goes on, or is over."""
        match event:
            case ReadingStarted():
                self._began = monotonic()
                self._stage = Stage.FINDING
                if not self._app.front.unsaved:
                    self._app.front.quiet()
                self._say()
            case ReadingWentOn(stage=stage):
                self._stage = stage
                self._say()
            case _ if self.under_way:
                self._end()

    def escape(self, time: float) -> bool:
        """Whether Esc, struck at `time`, was meant for a reading; all it does is end that."""
        if self.under_way and self.reader is not None and time >= self._began:
            # One that has just ended cannot be given up; what came of it is on its way.
            if self.reader.give_up():
                self._end()
                self._app.front.say(PLAIN, _GIVEN_UP)
            return True
        return self._began <= time < self._ended

    def _say(self) -> None:
        """What others have said since stays; the status bar says that the reader is busy."""
        if self._app.ending:
            return
        if self._tick is not None:
            self._tick.cancel()
        self._tick = asyncio.get_running_loop().call_later(1.0, self._say)
        front = self._app.front
        if not front.said or front.said in _SENTENCES.values():
            seconds = int(monotonic() - self._began)
            front.say(PLAIN, _SENTENCES[self._stage], seconds=seconds)
        self._app.board.reading = True
        self._app.refresh_bar()

    def _end(self) -> None:
        assert self._tick is not None
        self._tick.cancel()
        self._tick = None
        self._ended = monotonic()
        if self._app.front.said in _SENTENCES.values():
            self._app.front.quiet()
        self._app.board.reading = False
        self._app.refresh_bar()
