"""What lies on a decoded paper, in the printer's dots: eight to the millimetre."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageOps

# Font A, and the paper that LF feeds (3.75 mm, Epson's default of ESC 2 at 203 dpi).
CELL_WIDTH, CELL_HEIGHT = 12, 24
LINE_FEED = 30
# Font B, which ESC ! can choose.
NARROW_WIDTH, NARROW_HEIGHT = 9, 17


@dataclass(frozen=True, slots=True)
class Dots:
    """A bitmap: `packed` holds its rows, each in whole bytes, the leftmost dot highest."""

    width: int
    height: int
    packed: bytes

    @property
    def picture(self) -> Image.Image:
        """Black dots (0) on white (255)."""
        dots = Image.frombytes("1", (self.width, self.height), self.packed)
        return ImageOps.invert(dots.convert("L"))


@dataclass(frozen=True, slots=True)
class Letter:
    """One character of a row: `at` dots from its beginning, enlarged, and how it is drawn.

    `dots` are those of a user-defined character; the printer's own have none.
    """

    character: str
    at: int
    bold: bool = False
    width: int = 1
    height: int = 1
    narrow: bool = False
    underlined: bool = False
    dots: Dots | None = None

    @property
    def cell(self) -> int:
        """Dots from this letter to the next."""
        return (NARROW_WIDTH if self.narrow else CELL_WIDTH) * self.width

    @property
    def rise(self) -> int:
        """Dots from its top to its bottom."""
        return (NARROW_HEIGHT if self.narrow else CELL_HEIGHT) * self.height


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row of text and the dots of paper that were fed behind it."""

    letters: tuple[Letter, ...]
    align: str = "left"
    feed: int = LINE_FEED

    @property
    def text(self) -> str:
        """Its letters; a jump of HT or ESC $ as the spaces that would fill it."""
        text, end = "", 0
        for letter in self.letters:
            text += " " * round((letter.at - end) / CELL_WIDTH) + letter.character
            end = letter.at + letter.cell
        return text

    @property
    def dots(self) -> int:
        """How wide it is."""
        return max((letter.at + letter.cell for letter in self.letters), default=0)

    @property
    def columns(self) -> int:
        """How many columns of font A it takes."""
        return -(-self.dots // CELL_WIDTH)

    @property
    def bold(self) -> bool:
        """Whether all that can be seen of it is."""
        seen = [letter.bold for letter in self.letters if not letter.character.isspace()]
        return bool(seen) and all(seen)

    @property
    def width(self) -> int:
        return max((letter.width for letter in self.letters), default=1)

    @property
    def height(self) -> int:
        return max((letter.height for letter in self.letters), default=1)

    @property
    def rise(self) -> int:
        return max((letter.rise for letter in self.letters), default=0)


@dataclass(frozen=True, slots=True)
class Feed:
    """Paper without print, by ESC d or ESC J."""

    dots: int


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code; `correction` is its level L, M, Q or H, `module` the dots of a square."""

    payload: str
    module: int
    correction: str
    align: str


@dataclass(frozen=True, slots=True)
class Barcode:
    """A CODE128 symbol: `values` from the start character on, `module` dots the thin bar."""

    payload: str
    values: tuple[int, ...]
    module: int
    height: int
    align: str


@dataclass(frozen=True, slots=True)
class Raster:
    """A drawn band; enlarged as the printer was told."""

    dots: Dots
    align: str
    width: int = 1
    height: int = 1


Printed = Row | Feed | Qr | Barcode | Raster
