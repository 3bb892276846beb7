"""The post of the waiting room: a second monitor that shows what is called, and no more.

It runs beside the kiosk, reads the same register, writes nothing and has no devices.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import Settings
from kiosk.post import Register, Wiring
from kiosk.values import Officer

if TYPE_CHECKING:
    from datetime import date


class CallPost:
    """Nobody signs in here, so nothing can be opened from it."""

    officer: Officer | None = None
    first_screen = "call_board"
    demo = False
    locks = False

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.log_path: Path = settings.log_file.with_name("calls.log")

    def open(self) -> Register:
        from kiosk.services.opening import open_register

        return open_register(self.settings, writer=False)

    def wire(self, today: Callable[[], date]) -> Wiring:
        return Wiring(None, ())

    def scan_next(self) -> bool:
        return False

    def close(self) -> None:
        pass
