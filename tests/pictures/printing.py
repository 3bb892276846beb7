"""The ink of a zone on paper: OCR-B at ICAO's geometry, as a good or a bad printer lays it."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

INCH = 25.4
"""mm"""

PITCH = 2.54
"""mm between characters: OCR-B, ten to the inch (ICAO Doc 9303 part 3, section 4.4)."""

# Debian's fonts-ocr-b: the plain one, the one with sharp corners, the oblique one.
UPRIGHT, SHARP, OBLIQUE = "OCRB.otf", "OCRBS.otf", "OCRBL.otf"
_OCR_B = Path("/usr/share/fonts/opentype/ocr-b")

# The font's characters stand 0.723 em apart.
_ADVANCE = 0.723

# Ink is laid at about this resolution and then brought down to the page's.
_FINE_DPI = 900


@dataclass(frozen=True, slots=True)
class Ink:
    """How a zone is printed. Lengths in mm."""

    font: str = UPRIGHT
    colour: tuple[int, int, int] = (25, 25, 30)
    opacity: float = 0.95
    weight: float = 0.5
    """How much ink takes hold: 0.5 as designed, more is fatter, less is thinner."""
    spread: float = 0.03
    """How far ink runs into the paper."""
    ragged: float = 0.0
    """How uneven it takes hold: 0.2 has ragged edges, 0.5 gaps in the strokes."""


def text_font(size: int, bold: bool = False, mono: bool = False) -> ImageFont.FreeTypeFont:
    """DejaVu, which has the letters of Kyrgyz, `size` pixels high."""
    return _font(
        _dejavu(f"DejaVuSans{'Mono' if mono else ''}{'-Bold' if bold else ''}.ttf"), size
    )


def ocr_b(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Raises FileNotFoundError when Debian's package fonts-ocr-b is not installed."""
    if not (_OCR_B / name).exists():
        raise FileNotFoundError("the pictures need OCR-B: apt-get install fonts-ocr-b")
    return _font(_OCR_B / name, size)


@lru_cache(maxsize=256)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), max(size, 4), layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8)
def _dejavu(name: str) -> Path:
    # PassportEye brings matplotlib, which brings DejaVu: the same pixels on every machine.
    found = importlib.util.find_spec("matplotlib")
    for folder in found.submodule_search_locations or () if found else ():
        if (path := Path(folder) / "mpl-data/fonts/ttf" / name).exists():
            return path
    return Path("/usr/share/fonts/truetype/dejavu") / name


def inked(
    lines: tuple[str, ...],
    ink: Ink,
    dpi: float,
    size: tuple[int, int],
    origin: tuple[float, float],
    spacing: float,
    chance: np.random.Generator,
) -> Image.Image:
    """Where ink lies (0 to 255) on a page of `size` pixels.

    `origin`: mm from the page's upper left corner to the first line's base, at its first
    character; `spacing`: mm between lines.
    """
    fine = max(2, round(_FINE_DPI / dpi))
    dots = dpi * fine / INCH
    above, below = 4.0, 2.5
    top = max(0, int((origin[1] - above) * dpi / INCH))
    bottom = min(size[1], int((origin[1] + spacing * (len(lines) - 1) + below) * dpi / INCH))
    strip = Image.new("L", (size[0] * fine, (bottom - top) * fine))
    draw = ImageDraw.Draw(strip)
    font = ocr_b(ink.font, round(PITCH / _ADVANCE * dots))
    jitter = chance.normal(0, 0.02, (len(lines), 2))
    for row, line in enumerate(lines):
        for column, character in enumerate(line):
            x = (origin[0] + jitter[row, 0] + column * PITCH) * dots
            y = (origin[1] + jitter[row, 1] + row * spacing) * dots - top * fine
            draw.text((round(x), round(y)), character, fill=255, font=font, anchor="ls")
    strip = _taken(strip, ink, dots, chance).reduce(fine)
    whole = Image.new("L", size)
    whole.paste(strip, (0, top))
    return whole


def _taken(
    strip: Image.Image, ink: Ink, dots: float, chance: np.random.Generator
) -> Image.Image:
    run = (
        np.asarray(strip.filter(ImageFilter.GaussianBlur(ink.spread * dots)), np.float32) / 255
    )
    threshold = np.float32(1 - ink.weight)
    if ink.ragged:
        grain = 0.12 * dots
        coarse = (round(strip.height / grain), round(strip.width / grain))
        noise = Image.fromarray(chance.standard_normal(coarse, np.float32))
        gaps = ink.ragged * np.asarray(noise.resize(strip.size, Image.Resampling.BILINEAR))
        # Never so low that bare paper would take ink.
        threshold = np.maximum(threshold + gaps, 0.2)
    taken = np.clip((run - threshold) * 6 + 0.5, 0, 1)
    return Image.fromarray((taken * 255).astype(np.uint8))
