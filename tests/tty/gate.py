"""A whole gate for tests: the real program in a terminal, a reader and a printer on ptys."""

from __future__ import annotations

import asyncio
import os
import select
import sys
import threading
import tty
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from devices.health import DeviceFlag
from devices.sim.printer import SimulatedPrinter
from devices.sim.reader import framed
from kiosk.text import in_language
from tests.tty.harness import Glass

KIOSK = (sys.executable, "-m", "kiosk")
PASSPHRASE = "a long walk to the gate"

T = TypeVar("T")


class Line:
    """One end of a pseudo-terminal that stands for a serial line; a thread collects bytes."""

    def __init__(self, link: Path) -> None:
        self._link = link
        self._received = bytearray()
        self._news = threading.Condition()
        self._plugged = False
        self.plug()

    def plug(self) -> None:
        """The cable is put in: another line stands at the same path."""
        self.master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self._wake_reader, self._wake_writer = os.pipe()
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(os.ttyname(self._slave))
        self._thread = threading.Thread(target=self._collect, daemon=True)
        self._thread.start()
        self._plugged = True

    def unplug(self) -> None:
        """The cable is pulled out: whoever has the line open is cut off."""
        if not self._plugged:
            return
        self._plugged = False
        # A master that a thread still reads is not closed; so that one ends first.
        os.write(self._wake_writer, b".")
        self._thread.join(timeout=20)
        self._link.unlink(missing_ok=True)
        for descriptor in (self._slave, self.master, self._wake_reader, self._wake_writer):
            os.close(descriptor)

    def _collect(self) -> None:
        while True:
            ready, _write, _error = select.select([self.master, self._wake_reader], [], [])
            if self._wake_reader in ready:
                return
            data = os.read(self.master, 4096)
            with self._news:
                self._received += data
                self._news.notify_all()

    @property
    def received(self) -> bytes:
        with self._news:
            return bytes(self._received)

    def wait_for(self, done: Callable[[bytes], bool], timeout: float = 30.0) -> bytes:
        """All bytes so far, once `done` says that they are enough."""
        with self._news:
            if not self._news.wait_for(lambda: done(bytes(self._received)), timeout):
                raise AssertionError(f"only {len(self._received)} bytes came")
            return bytes(self._received)

    def send(self, data: bytes) -> None:
        os.write(self.master, data)

    def close(self) -> None:
        self.unplug()


class Press:
    """The simulated printer on a loop of its own, so that a test may take its paper away."""

    def __init__(self, link: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._news = threading.Condition()
        self._printer = self._do(lambda: self._make(link))
        self.plug()

    def _make(self, link: Path) -> SimulatedPrinter:
        return SimulatedPrinter(link, on_paper=self._printed)

    def _do(self, act: Callable[[], T]) -> T:
        async def acting() -> T:
            return act()

        return asyncio.run_coroutine_threadsafe(acting(), self._loop).result(30)

    def _printed(self, paper: str) -> None:
        with self._news:
            self._news.notify_all()

    def plug(self) -> None:
        self._do(self._printer.plug_in)

    def unplug(self) -> None:
        self._do(self._printer.pull_out)

    def fault(self, flag: DeviceFlag) -> None:
        """It has no paper any more, its lid is open, …"""
        self._do(lambda: self._printer.fault(flag))

    def paper_ends_after(self, lines: int) -> None:
        self._do(lambda: self._printer.paper_ends_after(lines))

    def hush(self, mute: bool = True) -> None:
        """It answers nothing any more; or again."""

        def fall_silent() -> None:
            self._printer.mute = mute

        self._do(fall_silent)

    def mend(self, flag: DeviceFlag) -> None:
        self._do(lambda: self._printer.mend(flag))

    @property
    def papers(self) -> list[str]:
        """What lies in the tray, as text without blanks: wide letters stand apart."""
        return self._do(lambda: ["".join(paper.split()) for paper in self._printer.papers])

    @property
    def received(self) -> bytes:
        """Every byte that it took from the line."""
        return self._do(lambda: bytes(self._printer.received))

    def wait_for(self, text: str, timeout: float = 30.0, count: int = 1) -> None:
        """Until `count` papers with this text are out."""
        with self._news:
            done = self._news.wait_for(
                lambda: sum(text in "".join(p.split()) for p in self._printer.papers) >= count,
                timeout,
            )
        assert done, f"no {count} papers with {text}; {len(self.papers)} are out"

    def close(self) -> None:
        self._do(self._printer.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=20)
        self._loop.close()


class Gate:
    """Configuration, register and devices of one gate in a folder; `run` starts its kiosk.

    `printer` is the driver. The line at `printer_port` is a printer that answers nothing,
    unless another port is given, where the test puts its own; so it does at `second_port`,
    where a second printer is wanted.
    """

    def __init__(
        self,
        folder: Path,
        language: str = "ky",
        printer: str = "serial",
        printer_port: str = "printer",
        second_port: str = "",
        extra_check_percent: int = 0,
    ) -> None:
        # Unless it is asked for, no lot falls on a bag: a test is no game of chance.
        self.folder = folder
        self.language = language
        self.reader = Line(folder / "reader")
        self.printer = Line(folder / "printer")
        self.config = folder / "config.toml"
        languages = [language, *(one for one in ("ky", "ru", "en") if one != language)]
        self.config.write_text(
            f"""
[site]
name = "№ 16 мекеме"
prison = "16"
state = "{folder}"
languages = {languages!r}
[reader]
port = "reader"
[printer]
driver = "{printer}"
port = "{printer_port if printer == "serial" else "papers.bin"}"
[second_printer]
driver = "{"serial" if second_port else "none"}"
port = "{second_port or "none"}"
[goods]
extra_check_percent = {extra_check_percent}
""".replace("'", '"')
        )

    def run(self, *arguments: str, env: dict[str, str] | None = None) -> Glass:
        command = arguments or ("run",)
        return Glass([*KIOSK, "--config", str(self.config), *command], env=env)

    def swipe(self, lines: Sequence[str]) -> None:
        self.reader.send(framed(lines))

    def say(self, msgid: str) -> str:
        """What the screen says in this gate's language."""
        return in_language(self.language)(msgid)

    def close(self) -> None:
        self.reader.close()
        self.printer.close()
