"""Builds the bytes of one paper. The commands are python-escpos's; the text is encoded here.

python-escpos 3.1 is used as a byte builder only, and is imported when the first paper is
built (60 ms, 15 MB): call `prepare` off the event loop. Its faults that matter here:
text is not filtered, so ESC in a name would be a command; Kyrgyz letters
become "?"; one Chinese character turns the whole line into GB18030. So no text of ours
passes through the library.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import sys
import threading
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from devices.printers.code128 import symbols
from devices.printers.codepages import EPSON, CodePage, CodePages, TextMode, fitting, shown
from devices.printers.drawing import LINE_SPACING, Drawing, drawn
from devices.printers.letter_case import CELL_WIDTH
from devices.printers.user_defined import codes_for, definitions
from devices.printers.visual import visual

ESC, FS, GS = b"\x1b", b"\x1c", b"\x1d"

# Rows between the print head and the knife: with fewer, the cut goes through the last line.
FEED_TO_KNIFE = 6

# GS k m: CODE128 by its number in function B. Height and module widths in dots.
CODE128 = 73
BARCODE_ROWS = 72
MODULE_DOTS = (2, 3)
# White that a reader needs beside the bars, left and right together.
QUIET_MODULES = 20

# So many spaces that a jump is shorter.
_SPACES = re.compile(rb" {5,}(?! )")

_IMPORTING = threading.Lock()


class Cutting(StrEnum):
    PARTIAL = "partial"
    FULL = "full"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    align: str
    bold: bool
    tall: bool
    wide: bool


@dataclass(frozen=True, slots=True)
class _Qr:
    data: str


@dataclass(frozen=True, slots=True)
class _Barcode:
    data: bytes
    dots: int
    align: str


@dataclass(frozen=True, slots=True)
class _Cut:
    pass


class Page:
    """One paper, from ESC @ to the cut.

    Its bytes are made at the end, when it is known which letters the printer has to be
    taught. Nothing that was given as text is ever a command.
    """

    def __init__(
        self,
        mode: TextMode = TextMode.KZ1048,
        pages: CodePages = EPSON,
        *,
        columns: int = 48,
        qr_module: int = 6,
        cutting: Cutting = Cutting.PARTIAL,
    ) -> None:
        """`columns` is what the roll holds of font A, 12 dots each; `qr_module` the side of
        one QR square in dots (an eighth of a millimetre)."""
        self._mode = mode
        self._code_page = CodePage.of(mode, pages)
        self._columns = columns
        self._qr_module = qr_module
        self._cutting = cutting
        self._parts: list[_Row | _Qr | _Barcode | _Cut] = []

    def line(
        self,
        text: str,
        *,
        align: str = "left",
        bold: bool = False,
        tall: bool = False,
        wide: bool = False,
    ) -> None:
        """One row of `text`, which ends where the roll does; `align` is left, center, right."""
        room = self._columns // 2 if wide else self._columns
        row = fitting(shown(text, self._mode).rstrip(), room)
        self._parts.append(_Row(visual(row), align, bold, tall, wide))

    def qr(self, data: str) -> None:
        """A QR code in the middle, drawn by the printer, error correction M.

        Raises ValueError for any character that is no printable ASCII: a reader would guess
        its page, and a printer obeys DLE EOT even within a code.
        """
        if not data or not (data.isascii() and data.isprintable()):
            raise ValueError("a QR code of the gate takes printable ASCII")
        self._parts.append(_Qr(data))

    def barcode(self, data: str, *, align: str = "center") -> None:
        """A CODE128, drawn by the printer, without letters below.

        In the middle its bars are as wide as the roll allows; at an edge they are the
        narrowest, so that another code has room in the other half.
        Raises ValueError for what CODE128 cannot hold or the roll has no room for.
        """
        code = symbols(data)
        room = self._columns * CELL_WIDTH
        fit = [dots for dots in MODULE_DOTS if (code.modules + QUIET_MODULES) * dots <= room]
        if not fit:
            raise ValueError(f"a barcode of {len(data)} characters is wider than the roll")
        self._parts.append(_Barcode(code.data, fit[-1 if align == "center" else 0], align))

    def cut(self) -> None:
        """Feeds the paper past the knife and cuts it, as the site wishes."""
        self._parts.append(_Cut())

    @property
    def output(self) -> bytes:
        """The bytes of everything so far."""
        taught: dict[str, int] = {}
        if self._mode is TextMode.GLYPHS:
            rows = [part.text for part in self._parts if isinstance(part, _Row)]
            taught = codes_for(rows, self._code_page)
        press = _Press(self._code_page, self._columns, taught)
        for part in self._parts:
            match part:
                case _Row():
                    press.row(part)
                case _Qr(data):
                    press.qr(data, self._qr_module)
                case _Barcode():
                    press.barcode(part)
                case _Cut():
                    press.cut(self._cutting)
        return press.output


class _Press:
    """The parts of one paper as commands, in order."""

    def __init__(self, page: CodePage, columns: int, taught: dict[str, int]) -> None:
        self._page = page
        self._columns = columns
        self._taught = taught
        self._printer = prepare()()
        self._style: tuple[str, bool, bool, bool] = ("left", False, False, False)
        # Printers for the Chinese market start in Kanji mode, and ESC @ brings them back to
        # it: FS . must follow, or Cyrillic comes out as hieroglyphs.
        self._raw(ESC + b"@" + FS + b"." + ESC + b"t" + bytes((page.number,)))
        self._raw(definitions(taught))

    def row(self, row: _Row) -> None:
        if not row.text:
            # White paper has no weight and no place.
            self._set(self._style[0], self._style[1], row.tall, self._style[3])
            self._raw(b"\n")
            return
        letters = self._letters(row.text)
        if letters is None:
            self._draw(row)
            return
        self._set(row.align, row.bold, row.tall, row.wide)
        if row.align == "left":
            cell = CELL_WIDTH * (2 if row.wide else 1)
            letters = _SPACES.sub(partial(_jump, cell), letters)
        self._raw(letters + b"\n")

    def qr(self, data: str, module: int) -> None:
        from escpos.constants import QR_ECLEVEL_M

        # qr(center=True) raises NotImplementedError for native codes.
        self._set("center", bold=False, tall=False, wide=False)
        self._printer.qr(data, ec=QR_ECLEVEL_M, size=module, native=True)

    def barcode(self, code: _Barcode) -> None:
        self._set(code.align, bold=False, tall=False, wide=False)
        # The library's own barcode() prints to standard output.
        self._raw(GS + b"H\0" + GS + b"h" + bytes((BARCODE_ROWS,)))
        self._raw(GS + b"w" + bytes((code.dots,)))
        self._raw(GS + b"k" + bytes((CODE128, len(code.data))) + code.data)

    def cut(self, cutting: Cutting) -> None:
        if cutting is Cutting.NONE:
            self._printer.print_and_feed(FEED_TO_KNIFE)
        else:
            self._printer.cut(mode="FULL" if cutting is Cutting.FULL else "PART")

    @property
    def output(self) -> bytes:
        return bytes(self._printer.output)

    def _letters(self, text: str) -> bytes | None:
        """One byte a letter; None when the printer lacks one, and the row must be drawn."""
        letters = bytearray()
        for letter in text:
            byte = self._page.byte(letter)
            if byte is None:
                if letter not in self._taught:
                    return None
                byte = bytes((self._taught[letter],))
            letters += byte
        return bytes(letters)

    def _draw(self, row: _Row) -> None:
        """The row as a picture (GS v 0), then white up to where the next row begins."""
        # Placed within the picture: not every printer places pictures as ESC a says.
        self._set("left", *self._style[1:])
        picture = drawn(
            row.text,
            self._columns,
            align=row.align,
            bold=row.bold,
            tall=row.tall,
            wide=row.wide,
        )
        self._picture(picture)
        if picture.rows < LINE_SPACING:
            rows = LINE_SPACING - picture.rows
            self._picture(Drawing(1, rows, bytes(rows)))

    def _picture(self, picture: Drawing) -> None:
        size = picture.bytes_a_row.to_bytes(2, "little") + picture.rows.to_bytes(2, "little")
        self._raw(GS + b"v0\0" + size + picture.bits)

    def _set(self, align: str, bold: bool, tall: bool, wide: bool) -> None:
        """Sends only what changes: at 9600 baud every byte costs a millisecond."""
        before, self._style = self._style, (align, bold, tall, wide)
        if self._style == before:
            return
        if (tall, wide) != before[2:]:
            # GS !: the other way, ESC !, would also reset bold and font.
            self._printer.set(custom_size=True, width=1 + wide, height=1 + tall)
        self._printer.set(
            align=align if align != before[0] else None,
            bold=bold if bold != before[1] else None,
        )

    def _raw(self, command: bytes) -> None:
        self._printer._raw(command)


def _jump(cell: int, spaces: re.Match[bytes]) -> bytes:
    """ESC $ to the column behind `spaces`: four bytes in place of many."""
    return ESC + b"$" + (spaces.end() * cell).to_bytes(2, "little")


def prepare() -> Any:
    """python-escpos's `Dummy`, imported at the first call; any thread may call."""
    with _IMPORTING:
        if "escpos.printer" not in sys.modules:
            _import()
        from escpos.printer import Dummy

        return Dummy


def _import() -> None:
    """Imports the library and undoes what it does to the process on the way."""
    # It would unpickle whatever lies in the folder that this variable names.
    os.environ.pop("ESCPOS_CAPABILITIES_PICKLE_DIR", None)
    os.environ["ESCPOS_CAPABILITIES_FILE"] = str(Path(__file__).with_name("capabilities.json"))
    root = logging.getLogger()
    handlers = root.handlers[:]
    try:
        import escpos.capabilities
        import escpos.printer
    finally:
        # Its logging.basicConfig() writes to the terminal, over the screen.
        for handler in root.handlers[:]:
            if handler not in handlers:
                root.removeHandler(handler)
        del os.environ["ESCPOS_CAPABILITIES_FILE"]
    # Its mkdtemp() at every import would leave a folder at every start.
    shutil.rmtree(escpos.capabilities.pickle_dir, ignore_errors=True)
