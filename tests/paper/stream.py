"""The bytes on their way into a printer: taken one by one, faults kept with the paper."""

from __future__ import annotations

import re
from collections import Counter

from tests.paper.sheets import Paper, print_area

# A printer obeys these wherever they stand, even among the dots of a picture (Epson's notes
# on real-time commands): DLE EOT, DLE ENQ, the drawer, switching off, clearing the buffer.
_REAL_TIME = re.compile(
    rb"(?=(\x10(?:\x04[\x01-\x04\x07\x08\x12]|\x05[\x00-\x02]"
    rb"|\x14(?:\x01[\x00\x01][\x01-\x08]|\x02\x01\x08|\x08\x01\x03\x14\x01\x06\x02\x08))))"
)


class Stream:
    """Where the printer is in its `data`; `begun` while a paper is on its way."""

    def __init__(self, data: bytes, columns: int) -> None:
        self.data = data
        self.columns = columns
        self.area = print_area(columns)
        self.at = 0
        self.papers: list[Paper] = []
        self.paper = Paper(columns)
        self.realtime: Counter[str] = Counter()
        # ESC @ came, and no cut.
        self.begun = False
        # Where real-time commands stand on purpose, and how far the others were looked for.
        self.meant: set[int] = set()
        self.checked = 0

    def fault(self, what: str) -> None:
        self.paper.faults.append(f"byte {self.at}: {what}")

    def told(self, command: str) -> None:
        self.paper.commands.append(command)

    def take(self, count: int) -> bytes:
        taken = self.data[self.at : self.at + count]
        self.at += count
        if len(taken) < count:
            self.fault("the command is cut short")
            return taken.ljust(count, b"\0")
        return taken

    def one(self) -> int:
        return self.take(1)[0]

    def padding(self) -> None:
        """NUL completes whatever a lost line broke off: between papers, or before a new one."""
        while self.data[self.at : self.at + 1] == b"\0":
            self.at += 1
        if self.begun and self.data[self.at : self.at + 2] != b"\x1b@":
            self.fault("stray byte 00")

    def hidden_commands(self) -> None:
        """What a printer obeys at once although it stands among data."""
        for found in _REAL_TIME.finditer(self.data, self.checked, self.at + 10):
            if self.checked <= found.start() < self.at and found.start() not in self.meant:
                self.fault(f"real-time command {found[1].hex()} among data")
        self.checked = self.at
