"""What strangers read off a rendered paper: zbarimg the codes, tesseract the words."""

from __future__ import annotations

import subprocess
from difflib import SequenceMatcher
from pathlib import Path

from PIL import Image

from tests.paper.picture import DOTS_PER_INCH, drawn
from tests.paper.sheets import Paper, print_area
from tests.programs import need

_LARGER = 2
"""tesseract wants letters of about 30 dots; ours have 17."""


Piece = tuple[float, float, float, float]
"""Left, upper, right and lower edge of a piece of paper, as shares of the whole."""


def codes(paper: Paper, folder: Path, piece: Piece = (0, 0, 1, 1)) -> list[tuple[str, str]]:
    """The kind (QR-Code, CODE-128) and content of every code that zbarimg finds on a piece.

    Codes of one content are found once.
    """
    picture = folder / "paper.png"
    sheet = drawn(paper.items, print_area(paper.columns))
    left, upper, right, lower = piece
    box = left * sheet.width, upper * sheet.height, right * sheet.width, lower * sheet.height
    sheet.crop(tuple(map(round, box))).save(picture)
    done = subprocess.run(
        [need("zbarimg", "zbar-tools"), "--quiet", str(picture)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = (line.partition(":") for line in done.stdout.splitlines())
    return [(kind, content) for kind, _, content in found]


def words(paper: Paper, folder: Path, languages: str = "kir+rus") -> str:
    """What tesseract reads on it, codes left out: a code is no text."""
    picture = folder / "words.png"
    area = print_area(paper.columns)
    sheet = drawn([item for item in paper.items if item not in paper.codes], area)
    size = round(sheet.width * _LARGER), round(sheet.height * _LARGER)
    sheet.resize(size, Image.Resampling.LANCZOS).save(picture)
    tesseract = need("tesseract", "tesseract-ocr tesseract-ocr-kir tesseract-ocr-rus")
    resolution = str(DOTS_PER_INCH * _LARGER)
    done = subprocess.run(
        [tesseract, picture, "-", "-l", languages, "--psm", "6", "--dpi", resolution],
        capture_output=True,
        text=True,
        check=True,
        env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
    )
    return done.stdout


def agreement(read: str, meant: str) -> float:
    """The share of the letters of `meant` that stand in `read` in the same order, 0 to 1."""
    letters, found = ("".join(filter(str.isalnum, text)) for text in (meant, read))
    if not letters:
        return 1.0
    matcher = SequenceMatcher(None, letters, found, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(letters)
