"""Lines of OCR-B as printers, cameras and scanners leave them: what the classifier learns on.

Nothing here runs at a gate.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from scipy import ndimage

from devices.images.letters import (
    ALPHABET,
    NO_CHARACTER,
    PIXELS_PER_PITCH,
    Floats,
    evened,
    offsets,
)

FONTS = Path("/usr/share/fonts/opentype/ocr-b")
"""Debian's fonts-ocr-b: by Norbert Schwarz and Matthew Skala, free for any use."""

LINE = 44

_PITCH_OF_SIZE = 0.723  # advance of every glyph, in units of the font size
_MIDDLE_OF_SIZE = 0.3565  # half the height of a capital: where the middle of a line is
_FONTS = (("OCRB.otf", 0.55), ("OCRBS.otf", 0.38), ("OCRBL.otf", 0.07))
_OTHER_PRINT = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
)
_OTHER_TEXT = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяABCDEFGHabcdefghijkmnpqrstuvwxyz/.,:№%&"

# What misreadings cost most is seen most often: fillers, and look-alikes.
_UPSIDE_DOWN = "ABCDEFGJKLPQRTUY2347<<<<"
"""What is no character of OCR-B when the page is turned; H, N, 0 and 8 still are."""
_FREQUENT = "<" * 9 + "0O0ODQ1I1I5S8B2ZG6VYKXUVMWNHECFP"


class Page(Enum):
    """What a line is cut from; only from the first a character can be read."""

    ZONE = 0.86
    UPSIDE_DOWN = 0.035
    OTHER_PRINT = 0.04
    EMPTY = 0.02
    ORNAMENT = 0.045


_PAGES = tuple(Page)
_SHARES = [page.value for page in Page]


class PrintShop:
    """Prints and photographs lines, each its own way."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._fonts: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}

    def cells(self, lines: int) -> Iterator[tuple[Floats, np.ndarray]]:
        """Evened patches (44, H, W) and the class of each, line after line."""
        for _ in range(lines):
            yield self._line()

    def _font(self, name: str, size: int) -> ImageFont.FreeTypeFont:
        key = (name, size)
        if key not in self._fonts:
            path = name if "/" in name else str(FONTS / name)
            self._fonts[key] = ImageFont.truetype(path, size)
        return self._fonts[key]

    def _text(self) -> str:
        random = self._random
        pool = np.array(list(ALPHABET + (_FREQUENT if random.random() < 0.6 else "")))
        text = random.choice(pool, LINE)
        if random.random() < 0.3:
            start = int(random.integers(8, LINE))
            text[start:] = "<"
        return "".join(text)

    def _line(self) -> tuple[Floats, np.ndarray]:
        random = self._random
        text = self._text()
        pitch = float(np.exp(random.uniform(np.log(8.5), np.log(38))))
        page = _PAGES[int(random.choice(len(_PAGES), p=_SHARES))]
        if page is Page.UPSIDE_DOWN:
            text = "".join(random.choice(list(_UPSIDE_DOWN), LINE))
        picture = self._photographed(self._printed(text, pitch, page), pitch)
        if page is Page.UPSIDE_DOWN:
            picture = picture[::-1, ::-1]
        return self._sampled(picture, text, pitch, is_junk=page is not Page.ZONE)

    # ---- print

    def _printed(self, text: str, pitch: float, page: Page) -> Floats:
        """Ink from 0 to 1 around one line, three lines high, with 2 pitches around it."""
        random = self._random
        finer = max(1, round(30 / pitch))
        size = max(12, round(pitch * finer / _PITCH_OF_SIZE))
        step = size * _PITCH_OF_SIZE  # pixels of the fine picture to a pitch
        height, width = round(step * 4.4), round(step * (LINE + 4))
        sheet = Image.new("L", (width, height), 0)
        draw = ImageDraw.Draw(sheet)
        name = _FONTS[int(random.choice(len(_FONTS), p=[share for _, share in _FONTS]))][0]
        baseline = height / 2 + size * _MIDDLE_OF_SIZE
        if page is Page.OTHER_PRINT:
            font = self._font(str(random.choice(_OTHER_PRINT)), size)
            words = "".join(random.choice(list(_OTHER_TEXT), LINE * 2))
            draw.text((2 * step, baseline), words, font=font, anchor="ls", fill=255)
        elif page is Page.ORNAMENT:
            self._ornament(draw, width, height, step)
        elif page is not Page.EMPTY:
            font = self._font(name, size)
            for place, character in enumerate(text):
                draw.text(
                    ((place + 2) * step, baseline), character, font=font, anchor="ls", fill=255
                )
            if random.random() < 0.8:  # the line above or below
                beside = baseline + random.choice((-1, 1)) * step * random.uniform(1.7, 2.5)
                draw.text((2 * step, beside), self._text(), font=font, anchor="ls", fill=255)
        stroke = random.random()
        if stroke < 0.22:
            sheet = sheet.filter(ImageFilter.MaxFilter(3 if random.random() < 0.7 else 5))
        elif stroke < 0.38:
            sheet = sheet.filter(ImageFilter.MinFilter(3))
        ink = np.asarray(sheet, np.float32) / 255
        if random.random() < 0.25:  # ink that did not take
            grain = ndimage.zoom(
                random.random((height // 4 + 2, width // 4 + 2), np.float32), 4, order=1
            )[:height, :width]
            ink = ink * (grain > random.uniform(0.05, 0.3))
        if random.random() < 0.1:  # a scratch or a fold
            across = int(random.integers(2, width - 3))
            ink[:, across : across + max(1, int(step * random.uniform(0.03, 0.12)))] = 0
        if page is Page.ZONE and random.random() < 0.2:
            ink = np.maximum(ink, self._pen(width, height, step))
        ink = ndimage.gaussian_filter(ink, 0.35 * finer)
        zoom = pitch / step
        result: Floats = ndimage.zoom(ink, zoom, order=1).astype(np.float32)
        return result

    def _pen(self, width: int, height: int, step: float) -> Floats:
        """Strokes through the line: a character that one crosses is to be doubted, not taken
        for another."""
        random = self._random
        sheet = Image.new("L", (width, height), 0)
        draw = ImageDraw.Draw(sheet)
        for _ in range(int(random.integers(2, 12))):
            x, y = random.uniform(2 * step, width - 2 * step), height / 2
            angle, reach = random.uniform(0, np.pi), step * random.uniform(0.3, 1.5)
            if random.random() < 0.4:
                angle = np.pi / 2 + random.normal(0, 0.15)
            y += random.normal(0, 0.25 * step)
            across, down = reach * np.cos(angle), reach * np.sin(angle)
            thick = max(1, round(step * random.uniform(0.06, 0.3)))
            dark = int(random.uniform(90, 255))
            draw.line([(x - across, y - down), (x + across, y + down)], fill=dark, width=thick)
        return np.asarray(sheet, np.float32) / np.float32(255)

    def _ornament(
        self, draw: ImageDraw.ImageDraw, width: int, height: int, step: float
    ) -> None:
        """Waves, zigzags and strokes of the size of letters: guilloches, wood, frames."""
        random = self._random
        thick = max(1, round(step * random.uniform(0.06, 0.2)))
        kind = int(random.integers(3))
        apart = step * random.uniform(0.35, 1.6)
        tall, length = step * random.uniform(0.1, 0.6), step * random.uniform(0.6, 4)
        turn = random.uniform(-1, 1)
        for number in range(int(height / apart) + 2 if kind < 2 else int(width / apart)):
            if kind == 2:
                x, y = number * apart, height / 2 + random.normal(0, step * 0.2)
                ends = random.normal(0, step * 0.45, 4)
                stroke = [(x + ends[0], y + ends[1]), (x + ends[2], y + ends[3])]
                draw.line(stroke, fill=255, width=thick)
                continue
            along = np.arange(0, width, step * 0.08)
            phase = 2 * np.pi * along / length + number * turn
            wave = np.sin(phase) if kind == 0 else 2 * np.abs((phase / np.pi) % 2 - 1) - 1
            points = np.column_stack((along, number * apart + wave * tall)).ravel().tolist()
            draw.line(points, fill=255, width=thick)

    # ---- light

    def _photographed(self, ink: Floats, pitch: float) -> Floats:
        random = self._random
        height, width = ink.shape
        if random.random() < 0.55:
            ink = ndimage.gaussian_filter(ink, pitch * random.uniform(0.02, 0.17))
        if random.random() < 0.08:
            length = max(2, round(pitch * random.uniform(0.15, 0.35)))
            ink = ndimage.uniform_filter1d(ink, length, axis=int(random.integers(2)))
        paper, black = random.uniform(140, 250), random.uniform(5, 110)
        contrast = max(25.0, paper - black)
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        light = np.full((height, width), paper, np.float32)
        if random.random() < 0.5:
            light += (x / width - 0.5) * random.uniform(-0.7, 0.7) * contrast
            light += (y / height - 0.5) * random.uniform(-0.5, 0.5) * contrast
        if random.random() < 0.45:  # guilloche
            for _ in range(int(random.integers(1, 4))):
                period = pitch * random.uniform(0.25, 3)
                angle, phase = random.uniform(0, np.pi), random.uniform(0, 6)
                bend = pitch * random.uniform(0, 1) * np.sin(x / (pitch * random.uniform(1, 6)))
                wave = np.sin(
                    (x * np.cos(angle) + (y + bend) * np.sin(angle)) * 2 * np.pi / period
                    + phase
                )
                strength = random.uniform(0.03, 0.2) * contrast
                light += (wave > 0.6 if random.random() < 0.5 else wave) * -strength
        if random.random() < 0.12:  # a stamp, a shadow's edge
            cut = random.uniform(0, width)
            side = x * np.cos(0.5) + y > cut
            light = light - side * contrast * random.uniform(0.1, 0.5)
        picture = light - ink * contrast
        noise = random.uniform(0, 0.22) if random.random() < 0.6 else random.uniform(0, 0.05)
        picture = picture + random.normal(0, noise * contrast, picture.shape)
        if random.random() < 0.3:
            picture = ndimage.gaussian_filter(picture, random.uniform(0.3, 0.8))
        picture = np.clip(picture, 0, 255)
        if random.random() < 0.5:
            buffer = io.BytesIO()
            quality = int(random.integers(12, 90))
            Image.fromarray(picture.astype(np.uint8)).save(buffer, "JPEG", quality=quality)
            picture = np.asarray(Image.open(buffer))
        return picture.astype(np.float32)

    # ---- grid

    def _sampled(
        self, picture: Floats, text: str, pitch: float, *, is_junk: bool
    ) -> tuple[Floats, np.ndarray]:
        """Patches on a grid that is a little wrong, as a fitted one is."""
        random = self._random
        coarser = max(1, int(pitch / PIXELS_PER_PITCH))
        if coarser > 1:
            picture = ndimage.uniform_filter(picture, coarser)
        x, y = offsets()
        slant = random.normal(0, 0.03)
        turn = random.normal(0, 0.025)
        wide, high = 1 + random.normal(0, 0.035), 1 + random.normal(0, 0.045)
        middle_x = 2.5 + np.arange(LINE) + random.normal(0, 0.045)
        middle_x = middle_x + random.normal(0, 0.02, LINE)
        middle_y = np.full(LINE, 2.2) + random.normal(0, 0.05) + random.normal(0, 0.015, LINE)
        classes = np.array([ALPHABET.index(character) for character in text])
        if is_junk:
            classes[:] = NO_CHARACTER
        elif random.random() < 0.04:
            # Half a place aside, or between the lines: what a wrong grid would see.
            if random.random() < 0.6:
                middle_x = middle_x + random.uniform(0.38, 0.62)
            else:
                middle_y = middle_y + random.choice((-1, 1)) * random.uniform(0.55, 1.0)
            classes[:] = NO_CHARACTER
        at_x = middle_x[:, None, None] + x * wide + y * (slant + turn)
        at_y = middle_y[:, None, None] + y * high - x * turn
        patches = ndimage.map_coordinates(
            picture, (at_y * pitch - 0.5, at_x * pitch - 0.5), order=1, mode="nearest"
        )
        return evened(patches.astype(np.float32)), classes
