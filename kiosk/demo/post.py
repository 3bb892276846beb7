"""The demo's post: a throw-away register, a simulated reader, printer and scale."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import (
    GoodsSettings,
    PrinterSettings,
    ReaderSettings,
    ScaleSettings,
    Settings,
    Site,
)
from kiosk.demo.officer import OFFICER
from kiosk.errors import ConfigurationError
from kiosk.post import Register, Wiring
from kiosk.text import N_
from kiosk.values import Officer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from devices.sim.printer import SimulatedPrinter
    from devices.sim.reader import SimulatedReader
    from devices.sim.scale import SimulatedScale

KEPT_PAPERS = 20
# What the bags weigh of those who come: usual ones, one of twenty kilograms, one too heavy.
BAGS = (5400, 3150, 8720, 20_000, 1260, 6085, 23_400)


class DemoPost:
    """A place to learn on: everything works, nothing is real, nothing stays.

    `folder` is kept when it was given; else it is made and thrown away.
    """

    demo = True
    locks = False
    first_screen = "menu"

    def __init__(self, folder: Path | None) -> None:
        self._throw_away = folder is None
        self.folder = _made(folder)
        self.log_path = self.folder / "kiosk.log"
        self.settings = Settings(
            site=Site(
                name="№ 16 мекеме (demo)",
                prison="16",
                state=str(self.folder),
            ),
            reader=ReaderSettings(port="reader.line"),
            printer=PrinterSettings(port="printer.line", proof="gs_r"),
            scale=ScaleSettings(driver="serial", port="scale.line"),
            goods=GoodsSettings(
                fine_payment=("Казынчылык (демо)", "эсеп 0000 0000 0000 0000"), fine_days=30
            ),
        )
        self.officer: Officer | None = OFFICER
        self.papers: list[str] = []
        self._reader: SimulatedReader | None = None
        self._printer: SimulatedPrinter | None = None
        self.scale: SimulatedScale | None = None
        """On which something is put by `put`, or by whoever writes to DIR/scale.pty."""
        self._bags = cycle(BAGS)
        self._next: Iterator[tuple[str, ...]] = iter(())
        self._opening = threading.Lock()
        self._register: Register | None = None
        self._closed = False

    def open(self) -> Register:
        """Make the prison and its past two years; a folder that has them keeps them."""
        from kiosk.demo.history import furnish

        with self._opening:
            if self._closed:
                raise RuntimeError("the demo ended before its register was opened")
            self._register, scans = furnish(self.settings)
            self._next = cycle(scans)
            return self._register

    def wire(self, today: Callable[[], date]) -> Wiring:
        from devices.sim.printer import SimulatedPrinter
        from devices.sim.reader import SimulatedReader
        from devices.sim.scale import SimulatedScale
        from kiosk.wiring import printers_of, reader_of, scale_of

        self._reader = SimulatedReader(self.folder)
        self._reader.start()
        self._printer = SimulatedPrinter(
            self.folder / "printer.line",
            mirror=self.folder / "printer.pty",
            on_paper=self._paper,
        )
        self._printer.plug_in()
        self.scale = SimulatedScale(self.folder)
        self.scale.start()
        reader, printers = reader_of(self.settings, today), printers_of(self.settings)
        return Wiring(reader, printers, scale=scale_of(self.settings))

    def _paper(self, paper: str) -> None:
        self.papers.append(paper)
        del self.papers[:-KEPT_PAPERS]

    def scan_next(self) -> bool:
        """The next person lays down a document, and a bag on the scale."""
        if self._reader is not None:
            self._reader.swipe(next(self._next))
        if self.scale is not None:
            self.scale.put(next(self._bags))
        return self._reader is not None

    def close(self) -> None:
        if self._reader is not None:
            self._reader.stop()
        if self._printer is not None:
            self._printer.close()
        if self.scale is not None:
            self.scale.stop()
        # Who leaves at once leaves while `open` still writes, in a thread that nobody stops.
        with self._opening:
            self._closed = True
            if self._register is not None:
                self._register.db.close()
        if self._throw_away:
            shutil.rmtree(self.folder, ignore_errors=True)


def _made(folder: Path | None) -> Path:
    """The demo's folder, a new one of its own when none was named."""
    try:
        if folder is None:
            return Path(tempfile.mkdtemp(prefix="gatebook-demo-"))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(
            N_("The folder {path} cannot be made: {why}. Name another: kiosk demo --state DIR"),
            path=str(folder or tempfile.gettempdir()),
            why=error.strerror or str(error),
        ) from error
    return folder
