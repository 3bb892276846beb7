"""Cuts the letters anew that a printer lacks, and writes them beside this file.

    python -m devices.printers.type_foundry

Needs Debian's `fonts-dejavu-core`, `fonts-unifont` and `unifont`. DejaVu Sans Mono is taken
where it has a character, since at 20 dots its own instructions make it crisp in a cell of
12 x 24; Unifont has all other scripts. Nothing here runs at a gate.
"""

from __future__ import annotations

import sys
import unicodedata
import zlib
from collections import defaultdict
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from devices.printers.codepages import columns_of
from devices.printers.letter_case import CELL_HEIGHT, CELL_WIDTH, FILE

DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf")
UNIFONT = Path("/usr/share/unifont/unifont.hex")
UNIFONT_UPPER = Path("/usr/share/fonts/opentype/unifont/unifont_upper.otf")

# The size whose advance is 12 dots, and the row its letters stand on.
DEJAVU_SIZE, DEJAVU_BASE = 20, 19
UNIFONT_SIZE, UNIFONT_BASE = 16, 14

# Drawn by every font as the sign for what it lacks.
UNASSIGNED = "\U0003fffd"


def printed_ones(first: int, last: int) -> list[str]:
    """The characters from `first` to `last` that are printed: no control, mark or space."""
    characters = map(chr, range(first, last + 1))
    return [c for c in characters if unicodedata.category(c)[0] not in "CMZ"]


def drawn(font: ImageFont.FreeTypeFont, base: int, width: int, height: int, text: str) -> bytes:
    """`text` as one picture of `width` x `height` dots, bits packed without a gap."""
    cell = Image.new("1", (width, height))
    pen = ImageDraw.Draw(cell)
    # One bit a dot: the font's own instructions instead of shades of grey.
    pen.fontmode = "1"
    pen.text((0, base), text, font=font, fill=1, anchor="ls")
    packed_rows = cell.tobytes()  # each row begins a byte
    stride = len(packed_rows) // height
    bits = 0
    for at in range(0, len(packed_rows), stride):
        row = int.from_bytes(packed_rows[at : at + stride])
        bits = bits << width | row >> 8 * stride - width
    return bits.to_bytes(width * height // 8)


def dejavu() -> dict[str, bytes]:
    font = ImageFont.truetype(str(DEJAVU), DEJAVU_SIZE)
    lacking = drawn(font, DEJAVU_BASE, CELL_WIDTH, CELL_HEIGHT, UNASSIGNED)
    cut = {
        character: drawn(font, DEJAVU_BASE, CELL_WIDTH, CELL_HEIGHT, character)
        for character in printed_ones(0x21, 0x1FFFF)
        if columns_of(character) == 1
    }
    return {character: cell for character, cell in cut.items() if cell != lacking}


def unifont() -> dict[str, bytes]:
    """The first plane from the font's own file of bits."""
    cut = {}
    wanted = set(printed_ones(0x21, 0xFFFF))
    for line in UNIFONT.read_text().splitlines():
        code, bits = line.split(":")
        if chr(int(code, 16)) in wanted:
            cut[chr(int(code, 16))] = bytes.fromhex(bits)
    return cut


def unifont_upper() -> dict[str, bytes]:
    """The other planes, which Debian has as outlines only: of 8 or 16 dots."""
    font = ImageFont.truetype(str(UNIFONT_UPPER), UNIFONT_SIZE)
    lacking = drawn(font, UNIFONT_BASE, 16, 16, UNASSIGNED)
    cut = {}
    for character in printed_ones(0x10000, 0x3FFFF):
        cell = drawn(font, UNIFONT_BASE, 16, 16, character)
        if cell != lacking:
            narrow = font.getlength(character) <= 8
            cut[character] = cell[::2] if narrow else cell
    return cut


def packed(cut: dict[str, bytes]) -> bytes:
    """The file, as `letter_case` describes it."""
    by_block: dict[int, list[bytes]] = defaultdict(lambda: [b""] * 256)
    for character, picture in cut.items():
        by_block[ord(character) >> 8][ord(character) & 0xFF] = picture
    blocks = {
        number: zlib.compress(bytes(map(len, pictures)) + b"".join(pictures), 9)
        for number, pictures in sorted(by_block.items())
    }
    index = bytearray(len(blocks).to_bytes(2))
    at = 2 + 9 * len(blocks)
    for number, block in blocks.items():
        index += number.to_bytes(2) + at.to_bytes(4) + len(block).to_bytes(3)
        at += len(block)
    return bytes(index) + b"".join(blocks.values())


def main() -> None:
    cut = unifont() | unifont_upper() | dejavu()
    # What would come out white gets the box with its number instead.
    file = packed({character: cell for character, cell in cut.items() if any(cell)})
    FILE.write_bytes(file)
    sys.stdout.write(f"{len(cut)} characters, {len(file)} bytes\n")


if __name__ == "__main__":
    main()
