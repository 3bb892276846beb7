"""Letters on a row: code pages, styles, places, and characters that the printer was taught."""

from __future__ import annotations

import re

from tests.paper.drawn_letters import UNKNOWN, named
from tests.paper.elements import CELL_WIDTH, NARROW_WIDTH, Dots, Feed, Letter, Row
from tests.paper.stream import Stream

CODE_PAGES = {0: "cp437", 17: "cp866", 46: "cp1251", 53: "kz1048"}
MISSING = "¤"
_TABULATOR = 8
_QUESTION_IN_WORD = re.compile(r"\w\?+\w")


class Lettering(Stream):
    """The row that waits in the printer's buffer, and how the next letter will look."""

    def __init__(self, data: bytes, columns: int, pages: dict[int, str]) -> None:
        super().__init__(data, columns)
        self.pages = pages
        self.initialised = False
        self.reset()

    def reset(self) -> None:
        """As ESC @ leaves the printer."""
        self.letters: list[Letter] = []
        self.position = 0
        self.codec: str | None = None
        self.align = "left"
        self.bold = self.narrow = self.underlined = False
        self.width = self.height = 1
        # A printer for the Chinese market: Kanji mode after power-on and after ESC @.
        self.kanji = True
        self.drawings: dict[int, tuple[str, Dots]] = {}
        self.use_drawings = False

    def letter(self, byte: int) -> None:
        if not self.initialised:
            self.fault("text before ESC @")
        if self.kanji:
            self.fault("a letter in Kanji mode: FS . is missing")
        character, dots = self.meaning(byte)
        if character:
            letter = Letter(
                character,
                self.position,
                self.bold,
                self.width,
                self.height,
                self.narrow,
                self.underlined,
                dots,
            )
            self.letters.append(letter)
            self.position += letter.cell

    def meaning(self, byte: int) -> tuple[str, Dots | None]:
        if self.use_drawings and byte in self.drawings:
            return self.drawings[byte]
        if byte < 0x80:
            return chr(byte), None
        if self.codec is None:
            self.fault("a letter before a code page was chosen")
            return "", None
        try:
            character = bytes((byte,)).decode(self.codec)
        except UnicodeDecodeError:
            character = ""
        if not (character.isprintable() or character == "\u00a0") or not character:
            self.fault(f"the code page has no {byte:02x}")
            return "", None
        return character, None

    def tabulate(self) -> None:
        """HT: to the next eighth column; behind the last one it does nothing."""
        self.told("HT")
        stop = _TABULATOR * (NARROW_WIDTH if self.narrow else CELL_WIDTH) * self.width
        self.position = (self.position // stop + 1) * stop

    def print_row(self, feed: int) -> None:
        row = Row(tuple(self.letters), self.align, feed)
        row = Row(row.letters, row.align, max(feed, row.rise))
        if row.dots > self.area:
            self.fault(f"{row.columns} columns on a roll of {self.columns}: it wraps")
        if _QUESTION_IN_WORD.search(row.text):
            self.paper.doubts.append(f"byte {self.at}: a ? inside a word")
        for sign in {MISSING, UNKNOWN} & set(row.text):
            self.paper.doubts.append(f"byte {self.at}: {sign} stands for something")
        self.paper.items.append(row)
        self.letters, self.position = [], 0

    def feed(self, dots: int) -> None:
        """ESC d and ESC J print what waits, and then go on by so much paper."""
        if self.letters:
            self.print_row(dots)
        else:
            self.paper.items.append(Feed(dots))

    def at_beginning(self, command: str) -> None:
        """Codes, pictures, ESC a and the knife want an empty row."""
        if self.letters or self.position:
            self.fault(f"{command} in the middle of a row")

    def kanji_off(self) -> None:
        command = self.one()
        if command != ord("."):
            self.fault(f"unknown FS command {command:02x}")
            return
        self.told("FS .")
        self.kanji = False

    def print_mode(self, mode: int) -> None:
        self.told(f"ESC ! {mode}")
        if mode & 0x46:
            self.fault(f"undefined bits in ESC ! {mode:02x}")
        self.narrow = bool(mode & 0x01)
        self.bold = bool(mode & 0x08)
        self.height = 2 if mode & 0x10 else 1
        self.width = 2 if mode & 0x20 else 1
        self.underlined = bool(mode & 0x80)

    def define(self) -> None:
        """ESC &: characters of three bytes a column, for the codes from 0x20 to 0x7E."""
        high, first, last = self.take(3)
        self.told(f"ESC & {high} {first}-{last}")
        if high != 3 or not 0x20 <= first <= last <= 0x7E:
            self.fault(f"ESC & of {high} bytes a column for {first:02x} to {last:02x}")
            return
        if self.narrow:
            self.fault("ESC & defines a character of font B")
        for code in range(first, last + 1):
            wide = self.one()
            if wide > CELL_WIDTH:
                self.fault(f"a user-defined character of {wide} dots")
            columns = self.take(high * wide)
            dots = _upright(columns, wide, high * 8)
            self.drawings[code] = (named(dots), dots)


def _upright(columns: bytes, wide: int, high: int) -> Dots:
    """The dots of ESC &, which come column by column, as rows."""
    rows = bytearray()
    for y in range(high):
        row = 0
        for x in range(CELL_WIDTH):
            byte = columns[x * (high // 8) + y // 8] if x < wide else 0
            row = row << 1 | (byte >> (7 - y % 8) & 1)
        rows += (row << 16 - CELL_WIDTH).to_bytes(2, "big")
    return Dots(CELL_WIDTH, high, bytes(rows))
