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
import shutil
import sys
import threading
from enum import StrEnum
from pathlib import Path
from typing import Any

from devices.printers.code128 import symbols
from devices.printers.codepages import EPSON, CodePage, CodePages, TextMode, shown

ESC, FS, GS = b"\x1b", b"\x1c", b"\x1d"

# Rows between the print head and the knife: with fewer, the cut goes through the last line.
FEED_TO_KNIFE = 6

DOTS_A_COLUMN = 12
# GS k m: CODE128 by its number in function B. Height and module widths in dots.
CODE128 = 73
BARCODE_ROWS = 72
MODULE_DOTS = (2, 3)
# White that a reader needs beside the bars, left and right together.
QUIET_MODULES = 20

_IMPORTING = threading.Lock()


class Cutting(StrEnum):
    PARTIAL = "partial"
    FULL = "full"
    NONE = "none"


class Page:
    """One paper, from ESC @ to the cut."""

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
        self._printer = prepare()()
        # Printers for the Chinese market start in Kanji mode, and ESC @ brings them back to
        # it: FS . must follow, or Cyrillic comes out as hieroglyphs.
        self._raw(ESC + b"@" + FS + b"." + ESC + b"t" + bytes((self._code_page.number,)))
        self._style: tuple[str, bool, bool, bool] = ("left", False, False, False)

    def line(
        self,
        text: str,
        *,
        align: str = "left",
        bold: bool = False,
        tall: bool = False,
        wide: bool = False,
    ) -> None:
        """One row of `text`; `align` is left, center or right."""
        self._set(align, bold, tall, wide)
        letters = (self._code_page.byte(letter) or b"" for letter in shown(text, self._mode))
        self._raw(b"".join(letters) + b"\n")

    def qr(self, data: str) -> None:
        """A QR code in the middle, drawn by the printer, error correction M. ASCII only.

        Raises UnicodeEncodeError for any other character: a reader would guess its page.
        """
        from escpos.constants import QR_ECLEVEL_M

        data.encode("ascii")
        # qr(center=True) raises NotImplementedError for native codes.
        self._set("center", bold=False, tall=False, wide=False)
        self._printer.qr(data, ec=QR_ECLEVEL_M, size=self._qr_module, native=True)

    def barcode(self, data: str, *, align: str = "center") -> None:
        """A CODE128, drawn by the printer, without letters below.

        In the middle its bars are as wide as the roll allows; at an edge they are the
        narrowest, so that another code has room in the other half.
        Raises ValueError for what CODE128 cannot hold or the roll has no room for.
        """
        code = symbols(data)
        room = self._columns * DOTS_A_COLUMN - QUIET_MODULES * MODULE_DOTS[0]
        fitting = [dots for dots in MODULE_DOTS if code.modules * dots <= room]
        if not fitting:
            raise ValueError(f"a barcode of {len(data)} characters is wider than the roll")
        dots = fitting[-1] if align == "center" else fitting[0]
        self._set(align, bold=False, tall=False, wide=False)
        # The library's own barcode() prints to standard output.
        self._raw(GS + b"H\0" + GS + b"h" + bytes((BARCODE_ROWS,)) + GS + b"w" + bytes((dots,)))
        self._raw(GS + b"k" + bytes((CODE128, len(code.data))) + code.data)

    def cut(self) -> None:
        """Feeds the paper past the knife and cuts it, as the site wishes."""
        if self._cutting is Cutting.NONE:
            self._printer.print_and_feed(FEED_TO_KNIFE)
        else:
            self._printer.cut(mode="FULL" if self._cutting is Cutting.FULL else "PART")

    @property
    def output(self) -> bytes:
        """Everything so far."""
        return bytes(self._printer.output)

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
        from escpos import capabilities, printer  # noqa: F401 (loads the library)
    finally:
        # Its logging.basicConfig() writes to the terminal, over the screen.
        for handler in root.handlers[:]:
            if handler not in handlers:
                root.removeHandler(handler)
        del os.environ["ESCPOS_CAPABILITIES_FILE"]
    # Its mkdtemp() at every import would leave a folder at every start.
    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
