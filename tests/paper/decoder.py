"""Follows the bytes of a printer command by command, as Epson's ESC/POS reference defines them.

Whatever the reference does not define, or what the project has no business to send, is a
fault; a real printer would print something else there than was meant.
"""

from __future__ import annotations

from tests.paper.elements import LINE_FEED, Row
from tests.paper.graphics import Graphics
from tests.paper.lettering import CODE_PAGES
from tests.paper.sheets import Decoded, Paper

ALIGNMENTS = {0: "left", 1: "center", 2: "right", 48: "left", 49: "center", 50: "right"}
_CLEAR = b"\x08\x01\x03\x14\x01\x06\x02\x08"


def decode(data: bytes, columns: int = 48, pages: dict[int, str] | None = None) -> Decoded:
    """`pages`: what this printer has under the numbers of ESC t, as Python's codecs."""
    decoder = _Decoder(data, columns, CODE_PAGES if pages is None else pages)
    decoder.run()
    return Decoded(decoder.papers, decoder.paper, decoder.realtime)


class _Decoder(Graphics):
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
