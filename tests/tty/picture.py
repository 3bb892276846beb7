"""Draws the glass as a picture; `python -m tests.tty.picture` makes the README's anew."""

from __future__ import annotations

import sys
from pathlib import Path

import pyte
from PIL import Image, ImageDraw, ImageFont

from tests.tty.gate import KIOSK
from tests.tty.harness import ROOT, Glass

FONT_FILES = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf",
)
CELL = (10, 20)
# The sixteen colours of the Linux console, as far as the kiosk uses them.
COLOURS = {
    "default": "#aaaaaa", "black": "#000000", "red": "#ff5555", "green": "#55ff55",
    "brown": "#ffff55", "yellow": "#ffff55", "blue": "#5555ff", "cyan": "#00aaaa",
    "white": "#ffffff",
}  # fmt: skip


def draw(screen: pyte.Screen) -> Image.Image:
    """The screen as it stands, 10x20 pixels a cell."""
    width, height = CELL
    plain, bold = (ImageFont.truetype(name, 16) for name in FONT_FILES)
    image = Image.new("RGB", (screen.columns * width, screen.lines * height), "black")
    pen = ImageDraw.Draw(image)
    for y in range(screen.lines):
        for x in range(screen.columns):
            cell = screen.buffer[y][x]
            ink = COLOURS.get(cell.fg, "#aaaaaa")
            paper = "#000000" if cell.bg == "default" else COLOURS.get(cell.bg, "#000000")
            if cell.bold and cell.fg == "default":
                ink = "#ffffff"
            if cell.reverse:
                ink, paper = paper, ink
            box = (x * width, y * height, (x + 1) * width - 1, (y + 1) * height - 1)
            pen.rectangle(box, fill=paper)
            font = bold if cell.bold else plain
            pen.text((x * width, y * height), cell.data, fill=ink, font=font)
    return image


def papers(docs: Path) -> None:
    """The papers that the README shows, drawn from the printer's bytes."""
    from devices.printers.trial_page import CP866_NUMBERS, trial_page
    from kiosk.codes import Template
    from kiosk.printouts.specimen import specimen
    from kiosk.roll import Roll, drawn
    from tests.paper.decoder import decode

    # Under the numbers of other makes an Epson has other pages, or none.
    pages = dict.fromkeys(CP866_NUMBERS, "cp437") | {0: "cp437", 17: "cp866", 53: "kz1048"}
    roll = Roll()
    for name, data in (
        ("test-page", trial_page(columns=roll.columns)),
        ("receipt", drawn(specimen(Template.RECEIPT, roll.columns, roll.text_mode), roll)),
    ):
        (paper,) = decode(data, roll.columns, pages).papers
        paper.png(docs / f"{name}.png")


def main() -> int:
    """The papers, and from the demo the screens, that the README shows."""
    from kiosk.text import in_language

    docs = ROOT / "docs"
    papers(docs)
    say = in_language("ky")
    with Glass([*KIOSK, "demo"]) as glass:

        def keep(name: str) -> None:
            glass.quiet(0.3)
            draw(glass.screen).save(docs / f"{name}.png", optimize=True)

        glass.wait_for(say("RULES"), timeout=60)
        keep("menu-ky")
        glass.press("f7")
        glass.wait_for(say("HERE BEFORE"))
        keep("arrival-ky")
        glass.press("enter")
        glass.wait_for(say("Printed and proved: {paper} {number}.").split("{")[0])
        glass.press("8")
        keep("paper-ky")
        glass.press("f9")
        keep("inside-ky")
        glass.press("f10", "f7")
        glass.wait_for(say("ARRIVAL, NEW PERSON"))
        keep("new-person-ky")
        # Somebody of the next ones has had all the visits of this year.
        for _ in range(20):
            glass.press("f10", "f7")
            glass.quiet(0.3)
            if say("NOT TODAY") in glass.text():
                keep("refusal-ky")
                return 0
    raise AssertionError("everybody may pass: no picture of a refusal")


if __name__ == "__main__":
    sys.exit(main())
