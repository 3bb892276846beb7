"""The print head's modes and the row that fills up: commands in, lines for the paper out. Pure.

By Epson's ESC/POS reference, in standard mode: a letter of font A is 12 dots wide, a row is
printed by LF or when it is full, and what may stand only at the beginning of a row (cutting,
pictures, codes, alignment) is ignored elsewhere. Eight dots are a millimetre.

Papers of receiptio, an independent host, come out as it means them: code pages, sizes,
positions (ESC $, ESC \\), alignment, CODE128, pictures (GS 8 L) and the cut (GS V 66). From
the documents only: user-defined characters, Kanji mode, GS v 0, QR codes, tabulators.

Own decisions, where clones differ or text cannot show it: an unknown code page keeps the one
before; bold, underlined and reversed letters are shown as plain ones; wide letters stand
apart; pages drawn in page mode (ESC L) are printed as if in standard mode.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from devices.sim.printer.codes import barcode, qr

# Under which number (ESC t n) an Epson knows which page, by Python's names.
CODE_PAGES: Mapping[int, str] = MappingProxyType(
    {
        0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 16: "cp1252", 17: "cp866",
        18: "cp852", 19: "cp858", 34: "cp855", 45: "cp1250", 46: "cp1251", 53: "kz1048",
    }
)  # fmt: skip

CELL_DOTS = {0: 12, 1: 9}
CELL_HEIGHT_DOTS = 24
# ESC 2: 3.75 mm.
LINE_SPACING_DOTS = 30
# A letter that the host drew itself, when nobody told the printer which it is.
DRAWN = "▒"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as text, and how far the paper moves for it."""

    text: str
    dots: int


@dataclass(frozen=True, slots=True)
class Cut:
    pass


Work = Line | Cut


class Head:
    """`columns` letters of font A make a full row. `chinese` makes a printer for the Chinese
    market: it takes letters from 0x80 up in pairs (GB 18030) until FS . is sent. `drawings`
    tells which letter the dots of ESC & mean, so that the text on the paper can be read."""

    def __init__(
        self,
        columns: int,
        pages: Mapping[int, str] = CODE_PAGES,
        drawings: Mapping[bytes, str] = MappingProxyType({}),
        *,
        chinese: bool = False,
    ) -> None:
        self._width = columns * CELL_DOTS[0]
        self._pages = pages
        self._drawings = drawings
        self._chinese = chinese
        self._x = 0
        self.initialise()

    def initialise(self) -> None:
        """As after power-on and ESC @: the row is thrown away, and every mode."""
        self._codec = self._pages.get(0, "cp437")
        self._kanji = self._chinese
        self._lead = b""
        self._align = self._font = 0
        self._wide = self._tall = 1
        self._spacing = LINE_SPACING_DOTS
        self._tabs = [8 * CELL_DOTS[0] * (stop + 1) for stop in range(32)]
        self._drawn: dict[int, str] = {}
        self._uses_drawn = False
        self._qr, self._qr_module = b"", 3
        self._bar_height, self._bar_module = 162, 3
        self._picture: tuple[int, int] | None = None
        self._begin_row()

    def clear(self) -> None:
        """Throws away the row that is not printed yet; the modes stay."""
        self._lead = b""
        self._begin_row()

    def execute(self, command: bytes) -> list[Work]:
        """What is to be printed now because of this command."""
        match command[:1]:
            case b"\x1b":
                return self._escape(command[1:2], command[2:])
            case b"\x1d":
                return self._group(command[1:2], command[2:])
            case b"\x1c":
                self._kanji = {b".": False, b"&": True}.get(command[1:2], self._kanji)
            case b"\n":
                return [self._printed(self._spacing)]
            case b"\t":
                self._x = next((stop for stop in self._tabs if stop > self._x), self._x)
            case _ if command[0] >= 0x20:
                return [line for byte in command for line in self._letter(byte)]
        return []

    # ---- the row

    def _begin_row(self) -> None:
        self._x = 0
        self._row: dict[int, str] = {}
        self._end = 0
        self._height = 0

    @property
    def _at_beginning(self) -> bool:
        return not self._row and self._x == 0

    def _letter(self, byte: int) -> list[Work]:
        letter = self._read(byte)
        if not letter:
            return []
        # A letter of double bytes is as wide as two others.
        cell = CELL_DOTS[self._font] * self._wide * (2 if byte >= 0x80 and self._kanji else 1)
        full: list[Work] = []
        if self._x + cell > self._width:
            full.append(self._printed(self._spacing))
        self._row[self._x] = letter
        self._x += cell
        self._end = max(self._end, self._x)
        self._height = max(self._height, CELL_HEIGHT_DOTS * self._tall)
        return full

    def _read(self, byte: int) -> str:
        if self._kanji and (self._lead or byte >= 0x80):
            pair, self._lead = self._lead + bytes((byte,)), b""
            if len(pair) < 2:
                self._lead = pair
                return ""
            return pair.decode("gb18030", "replace")[0]
        if self._uses_drawn and byte in self._drawn:
            return self._drawn[byte]
        return bytes((byte,)).decode(self._codec, "replace")

    def _printed(self, feed: int) -> Line:
        """The row as it stands, and the next begun; the paper moves at least its height."""
        cell = CELL_DOTS[self._font]
        shift = self._shift(self._end)
        text, columns = "", 0
        for x in sorted(self._row):
            column = (x + shift) // cell
            text += " " * (column - columns) + self._row[x]
            columns = max(column, columns) + _columns(self._row[x])
        line = Line(text.rstrip(), max(feed, self._height))
        self._begin_row()
        return line

    def _shift(self, width: int) -> int:
        """Where something so many dots wide begins, as ESC a says."""
        return (0, (self._width - width) // 2, self._width - width)[self._align]

    def _block(self, text: str, width: int, height: int) -> list[Work]:
        """A picture or a code of its own, shown by `text`, which stands where it stands."""
        columns = self._width // CELL_DOTS[0]
        aligned = (text, text.center(columns), text.rjust(columns))[self._align]
        return [Line(aligned.rstrip(), height)] if width <= self._width else [Line("", height)]

    # ---- ESC

    def _escape(self, name: bytes, rest: bytes) -> list[Work]:
        match name:
            case b"@":
                self.initialise()
            case b"t":
                self._codec = self._pages.get(rest[0], self._codec)
            case b"a":
                if self._at_beginning and rest[0] in (0, 1, 2, 48, 49, 50):
                    self._align = rest[0] % 48
            case b"!":
                self._font = rest[0] & 1
                self._tall = 2 if rest[0] & 0x10 else 1
                self._wide = 2 if rest[0] & 0x20 else 1
            case b"M":
                self._font = 1 if rest[0] in (1, 49) else 0
            case b"2":
                self._spacing = LINE_SPACING_DOTS
            case b"3":
                self._spacing = rest[0]
            case b"d":
                return self._feed(rest[0])
            case b"J":
                return self._feed_dots(rest[0])
            case b"$":
                self._move(int.from_bytes(rest, "little"))
            case b"\\":
                self._move(self._x + int.from_bytes(rest, "little", signed=True))
            case b"D":
                self._tabs = [stop * CELL_DOTS[self._font] for stop in rest.rstrip(b"\0")]
            case b"&":
                self._define(rest)
            case b"%":
                self._uses_drawn = bool(rest[0] & 1)
            case b"?":
                self._drawn.pop(rest[0], None)
            case b"*":
                return self._bit_image(rest)
            case b"i" | b"m":
                return self._cut()
        return []

    def _feed(self, rows: int) -> list[Work]:
        """ESC d: prints the row and feeds; zero rows print it without feeding."""
        if rows == 0:
            return [self._printed(0)] if self._row else []
        return [self._printed(self._spacing) for _ in range(rows)]

    def _feed_dots(self, dots: int) -> list[Work]:
        if self._row:
            return [self._printed(dots)]
        return [Line("", dots)] if dots else []

    def _move(self, x: int) -> None:
        """ESC $ and ESC \\; outside of the printing area they are ignored."""
        if 0 <= x < self._width:
            self._x = x

    def _define(self, rest: bytes) -> None:
        """ESC & y c1 c2, then for each character its width x and y times x bytes."""
        height, first, last = rest[:3]
        at = 3
        for code in range(first, last + 1):
            size = height * rest[at]
            dots = rest[at + 1 : at + 1 + size]
            self._drawn[code] = self._drawings.get(dots, DRAWN)
            at += 1 + size

    def _bit_image(self, rest: bytes) -> list[Work]:
        """ESC *: a strip of a picture in the row; shown by its size."""
        if self._at_beginning:
            wide = rest[1] + 256 * rest[2]
            self._row[0] = f"[drawn {wide}x{24 if rest[0] in (32, 33) else 8}]"
            self._x = self._end = min(wide, self._width)
        return []

    # ---- GS

    def _group(self, name: bytes, rest: bytes) -> list[Work]:
        match name:
            case b"!":
                self._wide, self._tall = 1 + (rest[0] >> 4 & 7), 1 + (rest[0] & 7)
            case b"V":
                return self._knife(rest)
            case b"h":
                self._bar_height = rest[0]
            case b"w":
                self._bar_module = rest[0]
            case b"k" if self._at_beginning:
                return self._barcode(rest)
            case b"v" if self._at_beginning:
                wide, high = rest[2] + 256 * rest[3], rest[4] + 256 * rest[5]
                return self._block(f"[drawn {8 * wide}x{high}]", 8 * wide, high)
            case b"(" if rest[:1] == b"k":
                return self._two_dimensional(rest[3:])
            case b"(" if rest[:1] == b"L":
                return self._graphics(rest[3:])
            case b"8":
                return self._graphics(rest[5:])
        return []

    def _knife(self, rest: bytes) -> list[Work]:
        """GS V; functions B to D feed the paper to the knife first."""
        if not self._at_beginning or rest[0] not in (0, 1, 48, 49, 65, 66, 97, 98, 103, 104):
            return []
        return self._cut()

    def _cut(self) -> list[Work]:
        return [Cut()] if self._at_beginning else []

    def _barcode(self, rest: bytes) -> list[Work]:
        text, modules = barcode(rest)
        return self._block(text, modules * self._bar_module, self._bar_height) if text else []

    def _two_dimensional(self, rest: bytes) -> list[Work]:
        """GS ( k, QR codes: function 67 module, 80 data, 81 print."""
        match rest[:2]:
            case b"1C":
                self._qr_module = rest[2]
            case b"1P":
                self._qr = rest[3:]
            case b"1Q" if self._at_beginning and self._qr:
                text, modules = qr(self._qr)
                side = modules * self._qr_module
                return self._block(text, side, side)
        return []

    def _graphics(self, rest: bytes) -> list[Work]:
        """GS ( L and GS 8 L: function 112 stores a picture, 50 prints it."""
        match rest[:2]:
            case b"0p":
                self._picture = (rest[6] + 256 * rest[7], rest[8] + 256 * rest[9])
            case b"02" if self._picture and self._at_beginning:
                (wide, high), self._picture = self._picture, None
                return self._block(f"[drawn {wide}x{high}]", wide, high)
        return []


def _columns(text: str) -> int:
    """Columns of a terminal: two for an East Asian letter."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
