"""What went over a reader's line, as a text file that can be played again elsewhere.

    gatebook-recording 1
    profile honeywell
    line 9600 8N1 none
    0 > 16 4d 0d 6f 63 72 65 6e 61 31 21
    41 < 6f 63 72 65 6e 61 31 06 21
    5210 < 49 44 4b 47 5a

Each line after the three of the head: milliseconds since the first, `<` for what the reader
sent and `>` for what it was told, the bytes in hexadecimal. Lines that begin with # are
remarks. The bytes are those of documents: whoever holds the file holds personal data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

FORMAT = "gatebook-recording 1"

# A reader that sends day and night fills this in a week at 9600 baud; nobody plays that.
_MOST_CHUNKS = 1_000_000

_HEAD = re.compile(r"line (\d{1,8}) ([5-8])([NEO])([12]) (none|rtscts|xonxoff|dtr)", re.ASCII)
_CHUNK = re.compile(r"(\d{1,12}) ([<>])((?: [0-9a-fA-F]{2})+)", re.ASCII)


class NotARecording(ValueError):
    """`line` is the number, from 1, of the first line that does not fit."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} is not one of a recording")
        self.line = line


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes that came at once, `at` seconds after the first; `told` by us, or by the reader."""

    at: float
    told: bool
    data: bytes = field(repr=False)

    def __str__(self) -> str:
        return f"{self.at * 1000:.0f} {'>' if self.told else '<'} {self.data.hex(' ')}"


@dataclass(frozen=True, slots=True)
class Recording:
    """`profile` is the name of the one the line was opened by; `line` its settings in words."""

    profile: str
    line: str
    chunks: tuple[Chunk, ...] = ()


def head(profile: str, line: str) -> str:
    """The first lines of a file; `line` as in the example, like "9600 8N1 none"."""
    return (
        f"{FORMAT}\nprofile {profile}\nline {line}\n"
        "# Personal data: the bytes of documents. Delete this file when it is not needed.\n"
    )


def parse(text: Iterable[str]) -> Recording:
    """The recording that the lines of a file hold. Raises NotARecording.

    A last line that was cut off (no newline, the machine went down) is left out.
    """
    lines = list(_numbered(text))
    if len(lines) < 3:
        raise NotARecording(len(lines) + 1)
    (first, form), (second, profile), (third, settings), *rest = lines
    if form != f"{FORMAT}\n":
        raise NotARecording(first)
    if not re.fullmatch(r"profile \S[^\n]*\n", profile):
        raise NotARecording(second)
    if not _HEAD.fullmatch(settings.rstrip("\n")):
        raise NotARecording(third)
    return Recording(
        profile.removeprefix("profile ").rstrip("\n"),
        settings.removeprefix("line ").rstrip("\n"),
        tuple(_chunk(number, line) for number, line in rest if line.endswith("\n")),
    )


def _numbered(text: Iterable[str]) -> Iterable[tuple[int, str]]:
    for number, line in enumerate(text, 1):
        if number > _MOST_CHUNKS:
            raise NotARecording(number)
        if line.strip() and not line.startswith("#"):
            yield number, line


def _chunk(number: int, line: str) -> Chunk:
    found = _CHUNK.fullmatch(line.rstrip("\n"))
    if found is None:
        raise NotARecording(number)
    at, mark, data = found.groups()
    return Chunk(int(at) / 1000, mark == ">", bytes.fromhex(data))
