"""A post: where a kiosk stands, how its register is opened, which devices it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kiosk.config import Settings
from kiosk.errors import ConfigurationError
from kiosk.text import N_
from kiosk.values import Officer

if TYPE_CHECKING:
    from datetime import date

    from devices.hub import Device
    from devices.printers.printer import Printer
    from devices.readers.pictures import PictureReader
    from kiosk.models.database import Database
    from kiosk.services.desk import Desk
    from kiosk.typed_scans import PassOn, TypedScans, UnderWay


def stands(path: Path) -> bool:
    """Whether there is such a file. Raises ConfigurationError when this user may not look."""
    try:
        return path.exists()
    except OSError as error:
        raise ConfigurationError(
            N_(
                "{path} cannot be looked for: {why}. Nothing was changed. Work as the user to "
                "whom the state folder belongs."
            ),
            path=str(path),
            why=error.strerror or str(error),
        ) from error


@dataclass(frozen=True, slots=True)
class Register:
    """An opened register: the database and the desk that services work for."""

    db: Database
    desk: Desk


@dataclass(frozen=True, slots=True)
class Wiring:
    """The devices of a post: a reader or None, its printers, the preferred one first, and a
    scale or None.
    `pictures` is the reader, when it is one of pictures."""

    reader: Device | None
    printers: tuple[Printer, ...]
    pictures: PictureReader | None = None
    key_sorter: Callable[[PassOn, UnderWay], TypedScans] | None = None
    """For a reader that may type among the officer's keys."""
    scale: Device | None = None


class Post(Protocol):
    settings: Settings
    officer: Officer | None  # signed in from the start, in the demo only
    first_screen: str
    demo: bool
    locks: bool  # after a while without a key; the demo's officer has no passphrase
    log_path: Path

    def open(self) -> Register:
        """Open the register; blocks, so it runs in a thread. Raises a KioskError."""
        ...

    def wire(self, today: Callable[[], date]) -> Wiring:
        """Make the devices; called on the event loop."""
        ...

    def scan_next(self) -> bool:
        """Have the scanner take what lies in it, or put the next document on a simulated
        reader; False where the reader cannot be told."""
        ...

    def close(self) -> None:
        """Give back what `open` and `wire` took, after the database is closed."""
        ...


class GatePost:
    """The real thing, as config.toml says."""

    officer: Officer | None = None
    demo = False
    locks = True

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._pictures: PictureReader | None = None
        state = settings.state
        self.log_path = settings.log_file
        try:
            state.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise ConfigurationError(
                N_(
                    "The state folder {path} cannot be made: {why}. Nothing was started. "
                    "Set [site] state in config.toml to a folder this user may write."
                ),
                path=str(state),
                why=error.strerror or str(error),
            ) from error
        first_start = not stands(settings.database_file)
        if not first_start and not stands(settings.key_file):
            from kiosk.services.opening import missing_key

            raise missing_key(settings)
        self.first_screen = "first_start" if first_start else "sign_in"

    def open(self) -> Register:
        from kiosk.services.opening import open_register

        return open_register(self.settings)

    def wire(self, today: Callable[[], date]) -> Wiring:
        from kiosk.wiring import key_sorter_of, pictures_of, printers_of, reader_of, scale_of

        reader = reader_of(self.settings, today)
        self._pictures = pictures_of(self.settings, reader)
        sorter = key_sorter_of(self.settings, reader)
        scale = scale_of(self.settings)
        return Wiring(reader, printers_of(self.settings), self._pictures, sorter, scale)

    def scan_next(self) -> bool:
        return self._pictures is not None and self._pictures.scan()

    def close(self) -> None:
        pass
