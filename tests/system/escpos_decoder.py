"""Reads what a printer was sent, strictly, from Epson's reference and nothing of ours.

paper = decode(data, columns=48).papers[0]
paper.faults == []          # no unknown command, no byte that is no text, nothing too wide
paper.text                  # rows as letters
paper.qrs == ["GBV…"]
paper.png(path)             # as it would lie there; zbarimg reads it
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

CODE_PAGES = {17: "cp866", 46: "cp1251", 53: "kz1048"}
ALIGNMENTS = {0: "left", 1: "center", 2: "right", 48: "left", 49: "center", 50: "right"}
MISSING = "¤"

# Font A: 12 x 24 dots.
CELL_WIDTH, CELL_HEIGHT = 12, 24


@dataclass(frozen=True)
class Row:
    text: str
    align: str = "left"
    bold: bool = False
    width: int = 1
    height: int = 1

    @property
    def columns(self) -> int:
        return len(self.text) * self.width


@dataclass(frozen=True)
class Qr:
    payload: str
    module: int
    correction: str
    align: str


@dataclass
class Paper:
    columns: int
    items: list[Row | Qr] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    cut: str = ""
    proof_asked: int = 0

    @property
    def rows(self) -> list[Row]:
        return [item for item in self.items if isinstance(item, Row)]

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)

    @property
    def qrs(self) -> list[str]:
        return [item.payload for item in self.items if isinstance(item, Qr)]

    def row_with(self, part: str) -> Row:
        """The first row that holds `part`."""
        return next(row for row in self.rows if part in row.text)

    def png(self, path: Path) -> None:
        _draw(self).save(path)


@dataclass
class Decoded:
    papers: list[Paper]
    rest: Paper
    """What stands behind the last cut; its faults say that text was left there."""
    questions: int = 0
    """How often DLE EOT asked for the printer's condition."""

    @property
    def faults(self) -> list[str]:
        return [fault for paper in (*self.papers, self.rest) for fault in paper.faults]


def decode(data: bytes, columns: int = 48) -> Decoded:
    decoder = _Decoder(data, columns)
    decoder.run()
    return Decoded(decoder.papers, decoder.paper, decoder.questions)


class _Decoder:
    def __init__(self, data: bytes, columns: int) -> None:
        self.data = data
        self.columns = columns
        self.at = 0
        self.papers: list[Paper] = []
        self.paper = Paper(columns)
        self.questions = 0
        # A printer for the Chinese market: Kanji mode after power-on and after ESC @.
        self.kanji = True
        self.initialised = False
        self.row = ""
        self.reset()

    def reset(self) -> None:
        self.codec: str | None = None
        self.align = "left"
        self.bold = False
        self.width = self.height = 1
        self.kanji = True
        self.qr_module, self.qr_correction, self.qr_payload = 3, "L", ""

    def fault(self, what: str) -> None:
        self.paper.faults.append(f"byte {self.at}: {what}")

    def take(self, count: int) -> bytes:
        taken = self.data[self.at : self.at + count]
        self.at += count
        if len(taken) < count:
            self.fault("the command is cut short")
            return taken.ljust(count, b"\0")
        return taken

    def run(self) -> None:
        while self.at < len(self.data):
            byte = self.data[self.at]
            self.at += 1
            if byte == 0x0A:
                self.feed()
            elif byte == 0x10:
                self.realtime()
            elif byte == 0x1B:
                self.escape()
            elif byte == 0x1C:
                if self.take(1) == b".":
                    self.kanji = False
                else:
                    self.fault("unknown FS command")
            elif byte == 0x1D:
                self.group()
            elif byte < 0x20 or byte == 0x7F:
                self.fault(f"stray byte {byte:02x}")
            else:
                self.letter(byte)
        if self.row or self.paper.items:
            self.fault("text behind the last cut")

    def letter(self, byte: int) -> None:
        if not self.initialised:
            self.fault("text before ESC @")
        if self.kanji and byte >= 0x80:
            self.fault("a letter in Kanji mode: FS . is missing")
        if byte < 0x80:
            self.row += chr(byte)
        elif self.codec is None:
            self.fault("a letter before a code page was chosen")
        else:
            try:
                self.row += bytes((byte,)).decode(self.codec)
            except UnicodeDecodeError:
                self.fault(f"the code page has no {byte:02x}")

    def feed(self) -> None:
        row = Row(self.row, self.align, self.bold, self.width, self.height)
        self.row = ""
        if row.columns > self.columns:
            self.fault(f"{row.columns} columns on a roll of {self.columns}")
        self.paper.items.append(row)

    def realtime(self) -> None:
        command = self.take(2)
        if command[0] == 4 and 1 <= command[1] <= 4:
            self.questions += 1
        else:
            self.fault(f"unknown DLE command {command.hex()}")

    def escape(self) -> None:
        match self.take(1):
            case b"@":
                if self.row:
                    self.fault("ESC @ throws a begun row away")
                self.row = ""
                self.reset()
                self.initialised = True
            case b"t":
                number = self.take(1)[0]
                self.codec = CODE_PAGES.get(number)
                if self.codec is None:
                    self.fault(f"unknown code page {number}")
            case b"a":
                where = self.take(1)[0]
                if self.row:
                    self.fault("ESC a works only at the beginning of a row")
                if where not in ALIGNMENTS:
                    self.fault(f"unknown alignment {where}")
                self.align = ALIGNMENTS.get(where, "left")
            case b"E":
                self.bold = bool(self.take(1)[0] & 1)
            case b"d":
                self.take(1)
            case other:
                self.fault(f"unknown ESC command {other.hex()}")

    def group(self) -> None:
        match self.take(1):
            case b"!":
                size = self.take(1)[0]
                self.width, self.height = 1 + (size >> 4), 1 + (size & 0x0F)
            case b"(":
                self.two_dimensional()
            case b"V":
                self.knife(self.take(1)[0])
            case b"r":
                if self.take(1) not in (b"\1", b"1"):
                    self.fault("unknown GS r")
                # It stands behind the cut of the paper it proves.
                if self.papers and not self.paper.items and not self.row:
                    self.papers[-1].proof_asked += 1
            case other:
                self.fault(f"unknown GS command {other.hex()}")

    def knife(self, how: int) -> None:
        if how not in (0, 1, 48, 49):
            self.fault(f"unknown cut {how}")
        if self.row:
            self.fault("cut in the middle of a row")
        self.paper.cut = "partial" if how in (1, 49) else "full"
        self.papers.append(self.paper)
        self.paper = Paper(self.columns)

    def two_dimensional(self) -> None:
        if self.take(1) != b"k":
            self.fault("unknown GS ( command")
            return
        low, high = self.take(2)
        code, function, *parameters = self.take(low + 256 * high)
        if code != 49:
            self.fault(f"unknown 2D code {code}")
            return
        match function:
            case 65:
                if parameters[0] != 50:
                    self.fault("QR codes are of model 2")
            case 67:
                self.qr_module = parameters[0]
            case 69:
                self.qr_correction = "LMQH"[parameters[0] - 48]
            case 80:
                self.qr_payload = bytes(parameters[1:]).decode("ascii")
            case 81:
                if self.row:
                    self.fault("QR code in the middle of a row")
                if not self.qr_payload:
                    self.fault("empty QR code")
                self.paper.items.append(
                    Qr(self.qr_payload, self.qr_module, self.qr_correction, self.align)
                )
            case _:
                self.fault(f"unknown QR function {function}")


def _draw(paper: Paper) -> Image.Image:
    margin = 2 * CELL_WIDTH
    width = paper.columns * CELL_WIDTH
    strips = [
        _draw_row(item) if isinstance(item, Row) else _draw_qr(item) for item in paper.items
    ]
    height = sum(strip.height for strip in strips)
    sheet = Image.new("L", (width + 2 * margin, height + 2 * margin), 255)
    y = margin
    for item, strip in zip(paper.items, strips, strict=True):
        x = {"left": 0, "center": (width - strip.width) // 2, "right": width - strip.width}
        sheet.paste(strip, (margin + x[item.align], y))
        y += strip.height
    return sheet


def _draw_row(row: Row) -> Image.Image:
    strip = Image.new("L", (max(1, len(row.text) * CELL_WIDTH), CELL_HEIGHT + 6), 255)
    pen = ImageDraw.Draw(strip)
    for column, letter in enumerate(row.text):
        pen.text(
            (column * CELL_WIDTH, 2),
            letter,
            fill=0,
            font=_font(),
            stroke_width=1 if row.bold else 0,
        )
    return strip.resize((strip.width * row.width, strip.height * row.height))


def _draw_qr(qr: Qr) -> Image.Image:
    import qrcode
    from qrcode import constants

    correction = getattr(constants, f"ERROR_CORRECT_{qr.correction}")
    # A printer leaves no quiet zone; the layout must: here the white of the paper does.
    code = qrcode.QRCode(error_correction=correction, box_size=qr.module, border=4)
    code.add_data(qr.payload)
    code.make(fit=True)
    return code.make_image().get_image().convert("L")


def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype("DejaVuSansMono.ttf", 19)
    except OSError:
        return ImageFont.load_default(19)
