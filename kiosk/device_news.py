"""What devices and papers have to say, brought to the screen in front: in full once, in a
word of the status bar for as long as it lasts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from devices.events import CodeRead, DeviceChanged, DocumentRead, ReadRejected, WeightRead
from devices.health import DeviceState
from kiosk.device_board import PRINTER, READER, SCALE, DeviceBoard, Notice, is_about
from kiosk.screens.screen import ATTENTION, KioskScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.events import Event
    from kiosk.app import KioskApp
    from kiosk.errors import StorageError
    from kiosk.spool import SpoolState

Read = DocumentRead | CodeRead | ReadRejected


class DeviceNews:
    """`scanned` takes what was put on the reader to its turn among the keys."""

    def __init__(self, app: KioskApp, scanned: Callable[[Read], object]) -> None:
        self._app = app
        self._scanned = scanned
        self.board = DeviceBoard()
        self.scale: WeightRead | None = None
        """What the scale shows; None while there is none that can be believed."""
        self._told_fault: StorageError | None = None

    def heard(self, event: Event) -> None:
        """Something that a device says."""
        if isinstance(event, WeightRead):
            self._weigh(event)
            return
        if not isinstance(event, DeviceChanged):
            self._app.pictures.heard(event)
        if isinstance(event, Read):
            self._scanned(event)
        elif isinstance(event, DeviceChanged):
            before = self.board.notice(event.device)
            self.board.heard(event)
            self._app.refresh_bar()
            self._tell(event.device, before)
            if event.device == SCALE and event.state is not DeviceState.READY:
                self._weigh(None)

    def _weigh(self, event: WeightRead | None) -> None:
        if event is not None or self.scale is not None:
            self.scale = event
            self._app.soon(self._weighed)

    async def _weighed(self) -> None:
        """To the screen that is in front when the keys struck before have been done."""
        if isinstance(self._app.screen, KioskScreen):
            await self._app.front.weighed(self.scale)

    def papers_changed(self, state: SpoolState) -> None:
        """A paper waits, is printing, or came out."""
        self.board.waiting, self.board.uncertain = state.waiting, state.uncertain
        self._app.refresh_bar()
        if isinstance(self._app.screen, KioskScreen):
            if state.fault is not None and state.fault is not self._told_fault:
                self._app.tell(state.fault)
            self._told_fault = state.fault
            self._app.soon(partial(self._app.front.paper_changed, state))

    def tell_faults(self) -> None:
        """To an officer who has just come: what was told before nobody has heard."""
        # What is said last stays: without a reader nothing goes on.
        self.tell_fault(SCALE)
        self.tell_fault(PRINTER)
        self.tell_fault(READER)

    def tell_fault(self, device: str) -> None:
        """What to do about a device; nothing when it is well."""
        notice = self.board.notice(device)
        if notice is not None:
            self._say(notice)

    def _tell(self, device: str, before: Notice | None) -> None:
        """Once, in full, on the message row; the status bar goes on saying it in a word."""
        if not isinstance(self._app.screen, KioskScreen):
            return
        notice = self.board.notice(device)
        if notice is None:
            if self.board.is_well(device) and is_about(device, self._app.front.said):
                self._app.front.quiet()
        elif notice != before:
            self._app.bell()
            self._say(notice)

    def _say(self, notice: Notice) -> None:
        self._app.front.say(ATTENTION, notice.sentence, **notice.values)
