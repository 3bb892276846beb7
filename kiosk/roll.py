"""One paper for one printer: the layout for its roll, in the letters that it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.printers import codepages
from devices.printers.codepages import EPSON, CodePages, TextMode
from devices.printers.escpos import Cutting, Page
from kiosk import printouts
from kiosk.codes import Template

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.config import PrinterSettings
    from kiosk.printouts.layout import Printed


@dataclass(frozen=True, slots=True)
class Roll:
    """What a paper is rendered for: the roll's width, the printer's letters, its knife."""

    columns: int = 48
    text_mode: TextMode = TextMode.KZ1048
    code_pages: CodePages = EPSON
    qr_module: int = 6
    cutting: Cutting = Cutting.PARTIAL

    @classmethod
    def of(cls, settings: PrinterSettings) -> Roll:
        return cls(
            settings.columns or printouts.COLUMNS[settings.paper],
            TextMode(settings.text_mode),
            CodePages(settings.codepages.kz1048, settings.codepages.cp866),
            settings.qr_module,
            Cutting(settings.cut),
        )

    def shown(self, text: str) -> str:
        """`text` in the letters that come out on paper; only `translit` changes any."""
        return codepages.shown(text, self.text_mode)

    def page(self) -> Page:
        """An empty paper. The first imports the byte builder: call it off the event loop."""
        return Page(
            self.text_mode,
            self.code_pages,
            columns=self.columns,
            qr_module=self.qr_module,
            cutting=self.cutting,
        )


def render(template: Template, body: bytes, roll: Roll) -> bytes:
    """The bytes of one paper. The first call imports the byte builder: 70 ms, later ones 1 ms.

    Raises msgspec.DecodeError when `body` is not the template's.
    """
    return drawn(printouts.paper(template, body, roll.columns), roll)


def drawn(rows: Iterable[Printed], roll: Roll) -> bytes:
    """The bytes of a paper of these rows, from ESC @ to the cut."""
    page = roll.page()
    for printed in rows:
        match printed:
            case printouts.Row(text, align, bold, tall, wide):
                page.line(text, align=align.name.lower(), bold=bold, tall=tall, wide=wide)
            case printouts.Qr():
                page.qr(printed.data)
            case printouts.Barcode(data, _, align):
                page.barcode(data, align=align.name.lower())
            case printouts.Cut():
                page.cut()
    return page.output
