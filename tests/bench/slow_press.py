"""A simulated printer that takes its time, on a loop of its own, and a gate that has it.

It stands on a serial line or on the network; it knows when the first byte of a paper came.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from devices.sim.printer import EVERYTHING, Ability, SimulatedPrinter
from tests.tty.gate import Gate, Press

BAUD, MM_PER_S = 9600, 150.0

SERIAL, NETWORK = "serial", "tcp"
LINES = (SERIAL, NETWORK)

# What cheap printers know: they answer, and tell nothing of their own accord.
POLLED = frozenset({Ability.DLE_EOT, Ability.GS_R})

# Of all that the kiosk says, only papers and the telling of letters hold an ESC.
_ESC = b"\x1b"


class _Stopwatch(SimulatedPrinter):
    """Tells when the first byte of a paper comes."""

    begun: Callable[[], None]

    def take(self, data: bytes) -> None:
        if _ESC in data:
            self.begun()
        super().take(data)


class SlowPress(Press):
    """`line` is SERIAL or NETWORK; without `baud` bytes take no time, without `mm_per_s`
    paper takes none."""

    def __init__(
        self,
        folder: Path,
        line: str,
        *,
        knows: frozenset[Ability] = EVERYTHING,
        baud: int | None = BAUD,
        mm_per_s: float | None = MM_PER_S,
    ) -> None:
        self.line = line
        self.port = 0
        self._knows = knows
        self._baud = baud
        self._mm_per_s = mm_per_s
        self._begun = threading.Event()
        self._begun_at = 0.0
        super().__init__(folder / "press")

    def _make(self, link: Path) -> SimulatedPrinter:
        printer = _Stopwatch(
            link if self.line == SERIAL else None,
            on_paper=self._printed,
            baud=self._baud,
            mm_per_s=self._mm_per_s,
            knows=self._knows,
        )
        printer.begun = self._note
        if self.line == NETWORK:
            self.port = printer.listen()
        return printer

    def _note(self) -> None:
        if not self._begun.is_set():
            self._begun_at = time.perf_counter()
            self._begun.set()

    def expect_paper(self) -> None:
        """The next first byte is the one that counts."""
        self._begun.clear()

    def first_byte_at(self, timeout: float = 20.0) -> float:
        """When it came (`perf_counter`), since a paper is expected; waits for it."""
        assert self._begun.wait(timeout), "no paper came"
        return self._begun_at

    def count(self) -> int:
        """Bytes that it got from the kiosk so far."""
        return self._do(lambda: len(self._printer.received))

    def raw_papers(self) -> list[bytes]:
        return self._do(lambda: list(self._printer.raw_papers))

    def freeze(self) -> None:
        self._do(self._printer.freeze)

    def thaw(self) -> None:
        self._do(self._printer.thaw)

    def hang_up(self) -> None:
        """The cable is out, and both ends notice: on the network the connection is reset."""
        if self.line == SERIAL:
            self.unplug()
        else:
            self._do(self._printer.hang_up)


def gate_with(folder: Path, press: SlowPress, language: str = "en") -> Gate:
    """A gate whose printer this is."""
    gate = Gate(folder, language, printer=press.line, printer_port="press")
    about = f'baud = {BAUD}\nhost = "127.0.0.1"\ntcp_port = {press.port or 9100}\n'
    config = gate.config.read_text().replace("[printer]\n", f"[printer]\n{about}")
    gate.config.write_text(config)
    return gate
