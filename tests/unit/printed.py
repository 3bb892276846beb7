"""Zones as they are printed, in OCR-B, dark on bright paper."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

FONT = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")

INK, PAPER = 25, 235


def need_font(font: Path = FONT, package: str = "fonts-ocr-b") -> None:
    """Without the font the test is skipped, and fails when CI=true."""
    if not font.exists():
        sentence = f"{font.name} is not installed (apt install {package})"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)


def strip(lines: Sequence[str], pitch: int = 24, margin: float = 1.0) -> NDArray[np.uint8]:
    """The zone alone: `pitch` pixels from character to character, `margin` pitches of paper
    around."""
    need_font()
    # Drawn large and brought down, so that a character may stand between two pixels.
    scale = 3
    place = pitch * scale
    font = ImageFont.truetype(str(FONT), round(place / 0.723))
    spacing = place * 1.7
    width = round((len(lines[0]) + 2 * margin) * place)
    height = round(spacing * (len(lines) - 1) + (1.2 + 2 * margin) * place)
    zone = Image.new("L", (width, height), PAPER)
    draw = ImageDraw.Draw(zone)
    for row, line in enumerate(lines):
        for column, character in enumerate(line):
            at = (margin + column) * place, margin * place + row * spacing
            draw.text(at, character, INK, font)
    small = zone.resize((width // scale, height // scale), Image.Resampling.LANCZOS)
    return np.asarray(small)


def page(lines: Sequence[str], pitch: int = 24) -> NDArray[np.uint8]:
    """A page with the zone at its lower edge and nothing above it."""
    zone = strip(lines, pitch)
    height, width = zone.shape
    paper = np.full((round(width * 0.7), width + 4 * pitch), PAPER, np.uint8)
    paper[-height - pitch : -pitch, 2 * pitch : 2 * pitch + width] = zone
    return paper


def with_a_hole(
    paper: NDArray[np.uint8], *, line: int, column: int, characters: int = 30
) -> NDArray[np.uint8]:
    """A page on whose zone, of lines of so many characters, one is worn off."""
    dark = paper < PAPER // 2
    inked = np.flatnonzero(dark.any(axis=1))
    band = np.split(inked, np.flatnonzero(np.diff(inked) > 5) + 1)[line]
    columns = np.flatnonzero(dark.any(axis=0))
    pitch = (columns[-1] - columns[0]) / (characters - 0.3)
    left = round(columns[0] + (column - 0.1) * pitch)
    worn = paper.copy()
    worn[band[0] - 3 : band[-1] + 4, left : left + round(pitch)] = PAPER
    return worn
