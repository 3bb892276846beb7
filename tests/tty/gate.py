"""A whole gate for tests: the real program in a terminal, a reader and a printer on ptys."""

from __future__ import annotations

import os
import sys
import threading
import tty
from collections.abc import Callable, Sequence
from pathlib import Path

from devices.sim.reader import framed
from kiosk.text import in_language
from tests.tty.harness import Glass

KIOSK = (sys.executable, "-m", "kiosk")
PASSPHRASE = "a long walk to the gate"


class Line:
    """One end of a pseudo-terminal that stands for a serial line; a thread collects bytes."""

    def __init__(self, link: Path) -> None:
        self.master, self._slave = os.openpty()
        tty.setraw(self._slave)
        link.unlink(missing_ok=True)
        link.symlink_to(os.ttyname(self._slave))
        self._received = bytearray()
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._collect, daemon=True)
        self._thread.start()

    def _collect(self) -> None:
        while True:
            try:
                data = os.read(self.master, 4096)
            except OSError:
                return
            if not data:
                return
            with self._news:
                self._received += data
                self._news.notify_all()

    @property
    def received(self) -> bytes:
        with self._news:
            return bytes(self._received)

    def wait_for(self, done: Callable[[bytes], bool], timeout: float = 10.0) -> bytes:
        """All bytes so far, once `done` says that they are enough."""
        with self._news:
            if not self._news.wait_for(lambda: done(bytes(self._received)), timeout):
                raise AssertionError(f"only {len(self._received)} bytes came")
            return bytes(self._received)

    def send(self, data: bytes) -> None:
        os.write(self.master, data)

    def close(self) -> None:
        # The collector blocks in read; it ends when the last slave is closed.
        os.close(self._slave)
        self._thread.join(timeout=2)
        os.close(self.master)


class Gate:
    """Configuration, register and devices of one gate in a folder; `run` starts its kiosk."""

    def __init__(self, folder: Path, language: str = "ky", printer: str = "serial") -> None:
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
port = "{"printer" if printer == "serial" else "papers.bin"}"
""".replace("'", '"')
        )

    def run(self, *arguments: str) -> Glass:
        command = arguments or ("run",)
        return Glass([*KIOSK, "--config", str(self.config), *command])

    def swipe(self, lines: Sequence[str]) -> None:
        self.reader.send(framed(lines))

    def say(self, msgid: str) -> str:
        """What the screen says in this gate's language."""
        return in_language(self.language)(msgid)

    def close(self) -> None:
        self.reader.close()
        self.printer.close()
