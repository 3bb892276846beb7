"""Draws the glass as a picture; `python -m tests.tty.picture` makes the README's anew."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pyte
from PIL import Image, ImageDraw, ImageFont

from kiosk.text import in_language
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


# A bag as many bring it: what is typed of each thing, in Kyrgyz, and what is asked of it then.
WEIGHT = "11,3"
BAG = (
    ("ча", "2"),
    ("ше", "3"),  # of sugar two kilograms may pass
    ("на", "4"),
    ("ал", "3"),
    ("ко", "5"),
    ("та", "10"),
    ("да", "2", "0,12"),  # medicine is weighed by itself
    ("ба", "1"),
)
JAR = "0,8"


def main() -> int:
    """The papers, and from the demo the screens, that the README shows."""
    docs = ROOT / "docs"
    papers(docs)
    with Glass([*KIOSK, "demo"]) as glass:
        Photographer(glass, docs).go_round()
    return 0


class Photographer:
    """Goes through the demo as an officer does, and keeps what stands on the glass."""

    def __init__(self, glass: Glass, docs: Path) -> None:
        self.glass, self.docs = glass, docs
        self.say = in_language("ky")

    def keep(self, name: str) -> None:
        self.glass.quiet(0.3)
        draw(self.glass.screen).save(self.docs / f"{name}.png", optimize=True)

    def go_round(self) -> None:
        glass, say = self.glass, self.say
        glass.wait_for(say("RULES"), timeout=60)
        self.keep("menu-ky")
        glass.press("f7")
        glass.wait_for(say("HERE BEFORE"))
        self.keep("arrival-ky")
        glass.press("enter")
        glass.wait_for(say("Printed and proved: {paper} {number}.").split("{")[0])
        glass.press("8")
        self.keep("paper-ky")
        glass.press("f9")
        self.keep("inside-ky")
        glass.press("f10", "f7")
        glass.wait_for(say("ARRIVAL, NEW PERSON"))
        self.keep("new-person-ky")
        # Somebody of the next ones has had all the visits of this year.
        self.until(lambda text: say("NOT TODAY") in text)
        self.keep("refusal-ky")
        self.until(self.lists_a_bag)
        self.fill_the_bag()
        self.keep("package-ky")
        glass.press("f2")
        glass.wait_for(say("ACCEPTED"))
        glass.press("f10")
        glass.wait_for(say("RULES"))
        glass.press("6")
        glass.wait_for(say("STORAGE"))
        self.keep("storage-ky")

    def until(self, is_it: Callable[[str], bool]) -> None:
        """Let the next ones come until one is as wanted."""
        for _ in range(20):
            self.glass.press("f10", "f7")
            self.glass.quiet(0.3)
            if is_it(self.glass.text()):
                return
        raise AssertionError("nobody of the next twenty is as wanted: no picture")

    def lists_a_bag(self, _arrival: str) -> bool:
        """Whether they may bring a package, and the lot does not fall on it."""
        self.glass.press("2")
        self.glass.quiet(0.3)
        text = self.glass.text()
        lot = self.say("! The lot fell on it: somebody else looks it through once more.")
        return self.say("weight of the whole bag") in text and lot[:20] not in text

    def fill_the_bag(self) -> None:
        glass = self.glass
        glass.press(*WEIGHT, "enter")
        for thing, *answers in BAG:
            glass.press(*thing, "enter")
            for answer in answers:
                glass.press(*answer, "enter")
        # Six SIM cards in the jar: seized, weighed, and what it was, how many, where.
        glass.press("4", *JAR, "enter", "f7", "2", "6", "enter", "3")


if __name__ == "__main__":
    sys.exit(main())
