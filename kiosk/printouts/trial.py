"""The test page: how one text mode comes out of this printer, for the installer's eye.

In the site's first language, but for the letters to look at, which are all that papers use.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.papers import TestBody
from kiosk.printouts.layout import Align, Barcode, Blank, Cut, Element, Line, Qr, Rule
from kiosk.printouts.words import each, for_prison, head
from kiosk.text import N_

LETTERS = (
    "ӨөҮүҢң  ЁёЙйЫыЭэЪъ  № 0123456789",
    "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЬЮЯ",
    "абвгдежзиклмнопрстуфхцчшщьюя",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "abcdefghijklmnopqrstuvwxyz",
    "Өмүрбек уулу Эңилчек",
)
CODE = "SAMPLE"


def elements(page: TestBody, columns: int) -> Iterator[Element]:
    """The page for a roll of `columns`, with a ruler from edge to edge."""
    languages = for_prison(page)
    (right,) = each(
        N_("If every letter is right and the ruler ends at the edge, put into config.toml:"),
        languages,
    )
    yield from head(page, each(N_("TEST PAGE"), languages), page.printed_at, languages)
    yield Line(page.printer)
    yield Line(page.text_mode, Align.CENTER, bold=True, tall=True, wide=True)
    yield Rule()
    for letters in LETTERS:
        yield Line(letters)
    yield Line("Өмүр", bold=True, tall=True)
    yield Line("Өмүр", wide=True)
    yield Line("".join(str(at % 10) for at in range(1, columns + 1)))
    yield Rule()
    yield Line(right)
    yield Line(f'text_mode = "{page.text_mode}"', bold=True)
    yield Blank()
    yield Qr(CODE, caption=CODE)
    yield Barcode(CODE, caption=CODE)
    yield Cut()
