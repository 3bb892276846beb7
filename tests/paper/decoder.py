"""Follows the bytes of a printer command by command, as Epson's ESC/POS reference defines them.

Whatever the reference does not define, or what the project has no business to send, is a
fault; a real printer would print something else there than was meant.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.paper.code128 import BadCode, parse
from tests.paper.drawn_letters import UNKNOWN, named
from tests.paper.elements import (
    CELL_WIDTH,
    LINE_FEED,
    NARROW_WIDTH,
    Barcode,
    Dots,
    Feed,
    Letter,
    Printed,
    Qr,
    Raster,
    Row,
)
from tests.paper.picture import drawn, qr_squares

CODE_PAGES = {0: "cp437", 17: "cp866", 46: "cp1251", 53: "kz1048"}
ALIGNMENTS = {0: "left", 1: "center", 2: "right", 48: "left", 49: "center", 50: "right"}
PRINT_AREA = {48: 576, 42: 512, 32: 384}
"""Dots that the heads of usual printers have, by the columns that their font A prints."""
MISSING = "¤"
_TABULATOR = 8

# A printer obeys these wherever they stand, even among the dots of a picture (Epson's notes
# on real-time commands): DLE EOT, DLE ENQ, the drawer, switching off, clearing the buffer.
_REAL_TIME = re.compile(
    rb"(?=(\x10(?:\x04[\x01-\x04\x07\x08\x12]|\x05[\x00-\x02]"
    rb"|\x14(?:\x01[\x00\x01][\x01-\x08]|\x02\x01\x08|\x08\x01\x03\x14\x01\x06\x02\x08))))"
)
_CLEAR = b"\x08\x01\x03\x14\x01\x06\x02\x08"
_QUESTION_IN_WORD = re.compile(r"\w\?+\w")


@dataclass
class Paper:
    """One paper, from ESC @ to the cut."""

    columns: int
    items: list[Printed] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    """Where a letter seems to have got lost: "?" inside a word, "¤"."""
    commands: list[str] = field(default_factory=list)
    """What the printer was told, in order, with its parameters but without text and dots."""
    cut: str = ""
    proof_asked: int = 0
    """How often GS r asked behind it."""
    process_ids: list[str] = field(default_factory=list)
    """The ids that GS ( H asked to confirm behind it."""

    @property
    def rows(self) -> list[Row]:
        return [item for item in self.items if isinstance(item, Row)]

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)

    @property
    def qrs(self) -> list[str]:
        return [item.payload for item in self.items if isinstance(item, Qr)]

    @property
    def barcodes(self) -> list[str]:
        return [item.payload for item in self.items if isinstance(item, Barcode)]

    @property
    def codes(self) -> list[Qr | Barcode]:
        return [item for item in self.items if isinstance(item, Qr | Barcode)]

    @property
    def rasters(self) -> list[Raster]:
        return [item for item in self.items if isinstance(item, Raster)]

    @property
    def fed_to_knife(self) -> int:
        """Dots of white paper between the last print and the cut."""
        fed = 0
        for item in reversed(self.items):
            match item:
                case Feed(dots):
                    fed += dots
                case Row() if not item.text.strip():
                    fed += item.feed
                case Row():
                    return fed + max(0, item.feed - item.rise)
                case _:
                    return fed
        return fed

    def row_with(self, part: str) -> Row:
        """The first row that holds `part`."""
        return next(row for row in self.rows if part in row.text)

    def png(self, path: Path) -> None:
        """Draws it, eight dots to the millimetre."""
        drawn(self.items, print_area(self.columns)).save(path)


@dataclass
class Decoded:
    papers: list[Paper]
    rest: Paper
    """What stands behind the last cut; its faults say that text was left there."""
    realtime: Counter[str]
    """How often each real-time command and each question without a paper came."""

    @property
    def questions(self) -> int:
        """How often DLE EOT asked for the printer's condition."""
        return sum(self.realtime[f"DLE EOT {number}"] for number in (1, 2, 3, 4))

    @property
    def faults(self) -> list[str]:
        return [fault for paper in (*self.papers, self.rest) for fault in paper.faults]

    @property
    def doubts(self) -> list[str]:
        return [doubt for paper in (*self.papers, self.rest) for doubt in paper.doubts]


def print_area(columns: int) -> int:
    """The dots of a row on a roll of `columns` columns."""
    return PRINT_AREA.get(columns, columns * CELL_WIDTH)


def decode(data: bytes, columns: int = 48, pages: dict[int, str] | None = None) -> Decoded:
    """`pages`: what this printer has under the numbers of ESC t, as Python's codecs."""
    decoder = _Decoder(data, columns, CODE_PAGES if pages is None else pages)
    decoder.run()
    return Decoded(decoder.papers, decoder.paper, decoder.realtime)


class _Decoder:
    def __init__(self, data: bytes, columns: int, pages: dict[int, str]) -> None:
        self.data = data
        self.columns = columns
        self.area = print_area(columns)
        self.pages = pages
        self.at = 0
        self.papers: list[Paper] = []
        self.paper = Paper(columns)
        self.realtime: Counter[str] = Counter()
        self.initialised = False
        # Whether a paper is on its way: ESC @ came, and no cut.
        self.begun = False
        # Where real-time commands stand on purpose, and how far the others were looked for.
        self.meant: set[int] = set()
        self.checked = 0
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
        self.qr_module, self.qr_correction, self.qr_payload = 3, "L", b""
        self.bar_module, self.bar_height = 3, 162

    # ---- bytes

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

    def hidden_commands(self) -> None:
        """What a printer obeys at once although it stands among data."""
        for found in _REAL_TIME.finditer(self.data, self.checked, self.at + 10):
            if self.checked <= found.start() < self.at and found.start() not in self.meant:
                self.fault(f"real-time command {found[1].hex()} among data")
        self.checked = self.at

    def run(self) -> None:
        while self.at < len(self.data):
            match self.one():
                case 0x00:
                    self.padding()
                case 0x09:
                    self.tabulate()
                case 0x0A:
                    self.told("LF")
                    self.print_row(LINE_FEED)
                case 0x10:
                    self.real_time()
                case 0x1B:
                    self.escape()
                case 0x1C:
                    self.kanji_off()
                case 0x1D:
                    self.group()
                case byte if byte < 0x20 or byte == 0x7F:
                    self.fault(f"stray byte {byte:02x}")
                case byte:
                    self.letter(byte)
        self.hidden_commands()
        if self.letters:
            self.fault("text is left in the buffer")
        if self.letters or any(isinstance(item, Row) for item in self.paper.items):
            self.fault("text behind the last cut")
        elif self.paper.items:
            self.fault("print behind the last cut")

    def padding(self) -> None:
        """NUL completes whatever a lost line broke off: between papers, or before a new one."""
        while self.data[self.at : self.at + 1] == b"\0":
            self.at += 1
        if self.begun and self.data[self.at : self.at + 2] != b"\x1b@":
            self.fault("stray byte 00")

    # ---- text

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

    # ---- DLE, FS, ESC

    def real_time(self) -> None:
        self.meant.add(self.at - 1)
        match self.one():
            case 0x04:
                number = self.one()
                if number not in (1, 2, 3, 4):
                    self.fault(f"unknown DLE EOT {number}")
                self.realtime[f"DLE EOT {number}"] += 1
            case 0x05:
                number = self.one()
                if number not in (0, 1, 2):
                    self.fault(f"unknown DLE ENQ {number}")
                self.realtime[f"DLE ENQ {number}"] += 1
            case 0x14 if self.data[self.at : self.at + 8] == _CLEAR:
                self.at += len(_CLEAR)
                self.realtime["DLE DC4 8"] += 1
            case other:
                self.fault(f"unknown DLE command {other:02x}")

    def kanji_off(self) -> None:
        command = self.one()
        if command != ord("."):
            self.fault(f"unknown FS command {command:02x}")
            return
        self.told("FS .")
        self.kanji = False

    def escape(self) -> None:
        match self.take(1):
            case b"@":
                if self.letters:
                    self.fault("ESC @ throws a begun row away")
                self.reset()
                self.initialised = self.begun = True
                self.told("ESC @")
                if self.data[self.at : self.at + 2] != b"\x1c.":
                    self.fault("FS . is missing behind ESC @: it stays in Kanji mode")
            case b"t":
                number = self.one()
                self.told(f"ESC t {number}")
                self.codec = self.pages.get(number)
                if self.codec is None:
                    self.fault(f"unknown code page {number}")
            case b"a":
                where = self.one()
                self.told(f"ESC a {where}")
                self.at_beginning("ESC a")
                if where not in ALIGNMENTS:
                    self.fault(f"unknown alignment {where}")
                self.align = ALIGNMENTS.get(where, "left")
            case b"E":
                how = self.one()
                self.told(f"ESC E {how}")
                self.bold = bool(how & 1)
            case b"!":
                self.print_mode(self.one())
            case b"d":
                count = self.one()
                self.told(f"ESC d {count}")
                self.feed(count * LINE_FEED)
            case b"J":
                dots = self.one()
                self.told(f"ESC J {dots}")
                self.feed(dots)
            case b"$":
                low, high = self.take(2)
                self.told("ESC $")
                self.position = low + 256 * high
                if self.position >= self.area:
                    self.fault(f"ESC $ {self.position} lies off the paper")
            case b"%":
                how = self.one()
                self.told(f"ESC % {how}")
                self.use_drawings = bool(how & 1)
            case b"&":
                self.define()
            case other:
                self.fault(f"unknown ESC command {other.hex()}")

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

    # ---- GS

    def group(self) -> None:
        match self.take(1):
            case b"!":
                size = self.one()
                self.told(f"GS ! {size}")
                if size & 0x88:
                    self.fault(f"undefined bits in GS ! {size:02x}")
                self.width, self.height = 1 + (size >> 4 & 7), 1 + (size & 7)
            case b"(":
                self.extended()
            case b"V":
                self.knife(self.one())
            case b"v":
                self.raster()
            case b"k":
                self.barcode()
            case b"h":
                self.bar_height = self.one()
                self.told(f"GS h {self.bar_height}")
                if not self.bar_height:
                    self.fault("a barcode of no height")
            case b"w":
                self.bar_module = self.one()
                self.told(f"GS w {self.bar_module}")
                if not 2 <= self.bar_module <= 6:
                    self.fault(f"unknown barcode width {self.bar_module}")
            case b"H":
                # The layout prints the number itself, in the middle and large enough.
                if self.one() not in (0, 48):
                    self.fault("the printer writes under the barcode")
                self.told("GS H")
            case b"f":
                if self.one() not in (0, 1, 48, 49):
                    self.fault("unknown GS f")
                self.told("GS f")
            case b"a":
                self.one()
                self.told("GS a")
                self.realtime["GS a"] += 1
            case b"r":
                if self.one() not in (1, 49):
                    self.fault("unknown GS r")
                if self.begun:
                    self.fault("GS r in front of the cut")
                elif self.papers:
                    self.papers[-1].proof_asked += 1
                else:
                    self.realtime["GS r"] += 1
            case other:
                self.fault(f"unknown GS command {other.hex()}")

    def knife(self, how: int) -> None:
        self.told(f"GS V {how}")
        self.at_beginning("cut")
        if how in (65, 66):
            # Feeds to the knife by itself, and n dots more.
            self.feed(self.one() + 8 * 15)
        elif how not in (0, 1, 48, 49):
            self.fault(f"unknown cut {how}")
        self.hidden_commands()
        self.paper.cut = "partial" if how in (1, 49, 66) else "full"
        self.papers.append(self.paper)
        self.begun = False
        self.paper = Paper(self.columns)

    def raster(self) -> None:
        zero, mode, wide_low, wide_high, high_low, high_high = self.take(6)
        bytes_wide, rows = wide_low + 256 * wide_high, high_low + 256 * high_high
        self.told(f"GS v 0 {mode}")
        if zero != ord("0") or mode & ~48 not in (0, 1, 2, 3) or not bytes_wide or not rows:
            self.fault(f"unknown GS v {zero:02x} {mode} of {bytes_wide} bytes, {rows} rows")
            return
        if not self.initialised:
            self.fault("a picture before ESC @")
        self.at_beginning("picture")
        width, height = 1 + (mode & 1), 1 + (mode >> 1 & 1)
        if bytes_wide * 8 * width > self.area:
            self.fault(f"a picture of {bytes_wide * 8 * width} dots on {self.area}")
        dots = Dots(bytes_wide * 8, rows, self.take(bytes_wide * rows))
        self.paper.items.append(Raster(dots, self.align, width, height))

    def barcode(self) -> None:
        system, count = self.take(2)
        data = self.take(count)
        self.told(f"GS k {system}")
        if system != 73:
            self.fault(f"unknown barcode {system}")
            return
        self.at_beginning("barcode")
        try:
            code = parse(data)
        except BadCode as reason:
            self.fault(f"bad CODE128: {reason}")
            return
        if code.modules * self.bar_module > self.area:
            self.fault(f"a barcode of {code.modules * self.bar_module} dots on {self.area}")
        self.paper.items.append(
            Barcode(code.text, code.values, self.bar_module, self.bar_height, self.align)
        )

    def extended(self) -> None:
        match self.take(1):
            case b"k":
                self.two_dimensional()
            case b"H":
                self.process_id()
            case other:
                self.fault(f"unknown GS ( command {other.hex()}")

    def process_id(self) -> None:
        """GS ( H, function 48: answer with these four characters when all is printed."""
        low, high = self.take(2)
        parameters = self.take(low + 256 * high)
        number = parameters[2:]
        if parameters[:2] != b"00" or len(number) != 4 or not number.isascii():
            self.fault(f"unknown GS ( H {parameters.hex()}")
        elif not all(0x20 <= byte <= 0x7E for byte in number):
            self.fault(f"a process id of {number.hex()}")
        elif self.begun:
            self.fault("a process id in front of the cut")
        elif self.papers:
            self.papers[-1].process_ids.append(number.decode())
        else:
            # Whether it answers at all is asked before there is a paper.
            self.realtime["GS ( H"] += 1

    def two_dimensional(self) -> None:
        low, high = self.take(2)
        if low + 256 * high < 3:
            self.fault("GS ( k without its parameters")
            return
        code, function, *parameters = self.take(low + 256 * high)
        self.told(f"GS ( k {code} {function}")
        if code != 49:
            self.fault(f"unknown 2D code {code}")
            return
        match function, parameters:
            case 65, [50, 0]:
                pass
            case 65, _:
                self.fault("QR codes are of model 2")
            case 67, [module] if 1 <= module <= 16:
                self.qr_module = module
            case 69, [level] if 48 <= level <= 51:
                self.qr_correction = "LMQH"[level - 48]
            case 80, [48, *payload] if payload:
                self.qr_payload = bytes(payload)
            case 81, [48]:
                self.print_qr()
            case _:
                self.fault(f"unknown QR function {function} with {parameters[:4]}")

    def print_qr(self) -> None:
        self.at_beginning("QR code")
        if not self.qr_payload:
            self.fault("empty QR code")
            return
        if not self.qr_payload.isascii():
            self.fault("a reader would guess the letters of this QR code")
            return
        qr = Qr(self.qr_payload.decode(), self.qr_module, self.qr_correction, self.align)
        wide = len(qr_squares(qr)) * qr.module
        if wide > self.area:
            self.fault(f"a QR code of {wide} dots on {self.area}")
        self.paper.items.append(qr)


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
