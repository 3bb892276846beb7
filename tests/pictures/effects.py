"""What spoils pictures: lenses, hands, lamps, sensors, stamps, and saving them too small."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tests.pictures.pages import Page
from tests.pictures.printing import INCH, text_font


def blur(picture: Image.Image, sigma: float) -> Image.Image:
    """Out of focus by `sigma` pixels."""
    return picture.filter(ImageFilter.GaussianBlur(sigma)) if sigma > 0.05 else picture


def motion(picture: Image.Image, length: float, angle: float) -> Image.Image:
    """A hand that moved by `length` pixels in direction `angle` (degrees)."""
    steps = max(2, math.ceil(length))
    total = np.zeros((picture.height, picture.width, len(picture.getbands())), np.float32)
    for step in range(steps):
        along = (step / (steps - 1) - 0.5) * length
        x, y = along * math.cos(math.radians(angle)), along * math.sin(math.radians(angle))
        moved = picture.transform(
            picture.size,
            Image.Transform.AFFINE,
            (1, 0, x, 0, 1, y),
            Image.Resampling.BILINEAR,
        )
        total += np.asarray(moved, np.float32).reshape(total.shape)
    return _picture(total / steps)


def noise(picture: Image.Image, sigma: float, chance: np.random.Generator) -> Image.Image:
    """A sensor's noise of `sigma` grey levels, a third of it coloured."""
    values = np.asarray(picture, np.float32)
    values = values.reshape(picture.height, picture.width, -1)
    grey = chance.standard_normal((*values.shape[:2], 1), np.float32) * np.float32(sigma)
    values = values + grey
    if values.shape[2] > 1:
        small = (picture.height // 2 + 1, picture.width // 2 + 1, values.shape[2])
        colour = chance.standard_normal(small, np.float32) * np.float32(sigma / 3)
        colour = colour.repeat(2, 0).repeat(2, 1)
        values += colour[: picture.height, : picture.width]
    return _picture(values)


def gradient(picture: Image.Image, darkest: float, chance: np.random.Generator) -> Image.Image:
    """One lamp at one side: from full light to `darkest` of it."""
    x, y = _axes(picture)
    turn = chance.uniform(0, 2 * math.pi)
    along = (x - 0.5) * math.cos(turn) + (y - 0.5) * math.sin(turn) + 0.5
    light = darkest + (1 - darkest) * np.clip(along, 0, 1)
    return _lit(picture, light)


def shadow(
    picture: Image.Image, depth: float, softness: float, chance: np.random.Generator
) -> Image.Image:
    """A shadow's edge across the picture; `depth` of the light is gone, `softness` of the
    picture's width is half-shade."""
    x, y = _axes(picture)
    turn = chance.uniform(0, 2 * math.pi)
    along = (x - chance.uniform(0.35, 0.65)) * math.cos(turn)
    along = along + (y - chance.uniform(0.35, 0.65)) * math.sin(turn)
    shade = np.clip(along / softness + 0.5, 0, 1)
    return _lit(picture, 1 - depth * shade)


def glare(page: Page, over_zone: bool, strength: float, chance: np.random.Generator) -> Page:
    """A lamp's reflection in the laminate, beside the zone or over part of it."""
    picture = page.picture
    left, top, right, bottom = page.zone
    if over_zone:
        middle = (chance.uniform(left, right), chance.uniform(top, bottom))
        radius = (bottom - top) * chance.uniform(0.5, 0.8)
    else:
        radius = top * chance.uniform(0.25, 0.35)
        middle = (chance.uniform(0, picture.width), chance.uniform(0, top - radius * 1.6))
    x = (np.arange(picture.width, dtype=np.float32)[None, :] - middle[0]) / (radius * 1.6)
    y = (np.arange(picture.height, dtype=np.float32)[:, None] - middle[1]) / radius
    bright = (np.exp(-((x * x + y * y) ** 1.5)) * strength)[..., None]
    values = np.asarray(picture, np.float32)
    return replace(page, picture=_picture(values + (255 - values) * bright))


def stamp(page: Page, strength: float, chance: np.random.Generator) -> Page:
    """An official's round stamp, in coloured ink, whose edge runs into the zone."""
    dots = page.dpi / INCH
    radius = round(chance.uniform(13, 18) * dots)
    ink = ((40, 60, 190), (110, 40, 150), (190, 40, 60))[int(chance.integers(3))]
    mask = Image.new("L", (2 * radius, 2 * radius))
    draw = ImageDraw.Draw(mask)
    for share, width in ((0.98, 0.6), (0.72, 0.35)):
        edge = radius * (1 - share)
        box = (edge, edge, 2 * radius - edge, 2 * radius - edge)
        draw.ellipse(box, outline=255, width=max(1, round(width * dots)))
    font = text_font(round(2.6 * dots), bold=True)
    for row, text in enumerate(("МАМЛЕКЕТТИК", "КАТТОО", "КЫЗМАТЫ")):
        draw.text((radius, radius + (row - 1) * 3.4 * dots), text, 255, font, "mm")
    mask = mask.rotate(chance.uniform(-40, 40), Image.Resampling.BILINEAR)
    mask = mask.point(lambda value: round(value * strength))
    left, top, right, bottom = page.zone
    x = round(chance.uniform(left + radius, right - radius)) - radius
    y = round(chance.uniform(top - radius * 0.6, (top + bottom) / 2)) - radius
    # Ink over ink darkens, it does not cover.
    layer = Image.new("RGB", page.picture.size, (255, 255, 255))
    layer.paste(ink, (x, y), mask)
    values = np.asarray(page.picture, np.float32) * np.asarray(layer, np.float32) / 255
    return replace(page, picture=_picture(values))


def crumple(page: Page, amount: float, chance: np.random.Generator) -> Page:
    """Paper that was folded: bent by up to `amount` mm, with shaded creases."""
    columns, rows = 9, 7
    width, height = page.picture.size
    bend = chance.normal(0, amount * page.dpi / INCH / 2, (rows + 1, columns + 1, 2))
    bend[0] = bend[-1] = 0
    bend[:, 0] = bend[:, -1] = 0

    def point(row: int, column: int) -> tuple[float, float]:
        x = width * column / columns + bend[row, column, 0]
        return x, height * row / rows + bend[row, column, 1]

    mesh = []
    for row in range(rows):
        for column in range(columns):
            box = (
                width * column // columns,
                height * row // rows,
                width * (column + 1) // columns,
                height * (row + 1) // rows,
            )
            around = (
                (row, column),
                (row + 1, column),
                (row + 1, column + 1),
                (row, column + 1),
            )
            mesh.append((box, tuple(v for place in around for v in point(*place))))
    bent = page.picture.transform(
        (width, height), Image.Transform.MESH, mesh, Image.Resampling.BICUBIC
    )
    relief = Image.fromarray(chance.normal(0, 0.1, (rows, columns)).astype(np.float32))
    light = 1 + np.asarray(relief.resize((width, height), Image.Resampling.BILINEAR))
    return replace(page, picture=_lit(bent, np.clip(light, 0.7, 1.2)))


def _axes(picture: Image.Image) -> tuple[np.ndarray, np.ndarray]:
    """Across and down, from 0 to 1."""
    x = np.linspace(0, 1, picture.width, dtype=np.float32)[None, :]
    return x, np.linspace(0, 1, picture.height, dtype=np.float32)[:, None]


def _lit(picture: Image.Image, light: np.ndarray) -> Image.Image:
    return _picture(np.asarray(picture, np.float32) * light[..., None])


def _picture(values: np.ndarray) -> Image.Image:
    whole = np.clip(values, 0, 255).astype(np.uint8)
    return Image.fromarray(whole[..., 0] if whole.shape[2] == 1 else whole)
