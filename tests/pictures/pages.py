"""A card, a passport's page or a visa as it comes from its printer, before any camera.

What stands above the zone only has to look like a document: labels, values, a portrait, lines
of security print, so that a reader must find the zone and not merely read it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tests.pictures.printing import INCH, PITCH, Ink, inked, text_font
from tests.pictures.zones import Layout, fields

Colour = tuple[int, int, int]

_SIZES = {
    Layout.TD1: (85.6, 54.0),
    Layout.TD2: (105.0, 74.0),
    Layout.TD3: (125.0, 88.0),
    Layout.MRV_A: (120.0, 80.0),
    Layout.MRV_B: (105.0, 74.0),
}

_HEADS = {
    "KGZ": ("КЫРГЫЗ РЕСПУБЛИКАСЫ", "KYRGYZ REPUBLIC"),
    "UZB": ("O‘ZBEKISTON RESPUBLIKASI", "REPUBLIC OF UZBEKISTAN"),
    "KAZ": ("ҚАЗАҚСТАН РЕСПУБЛИКАСЫ", "REPUBLIC OF KAZAKHSTAN"),
    "RUS": ("РОССИЙСКАЯ ФЕДЕРАЦИЯ", "RUSSIAN FEDERATION"),
    "TJK": ("ҶУМҲУРИИ ТОҶИКИСТОН", "REPUBLIC OF TAJIKISTAN"),
    "D": ("BUNDESREPUBLIK DEUTSCHLAND", "FEDERAL REPUBLIC OF GERMANY"),
    "TUR": ("TÜRKİYE CUMHURİYETİ", "REPUBLIC OF TÜRKİYE"),
}

_LABELS = (
    "Фамилиясы / Surname",
    "Аты / Given names",
    "Жарандыгы / Nationality",
    "Туулган күнү / Date of birth",
    "Жынысы / Sex",
    "Документтин № / Document No.",
    "Берилген күнү / Date of issue",
    "Мөөнөтү / Date of expiry",
    "Берген орган / Authority",
    "Туулган жери / Place of birth",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A drawn page. `shape`: where there is paper (rounded corners have none); `zone`: left,
    top, right, bottom of the zone in pixels."""

    picture: Image.Image
    shape: Image.Image
    dpi: float
    zone: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Style:
    """What differs between pages of one layout. Strengths from 0 to 1."""

    ink: Ink = field(default_factory=Ink)
    pattern: float = 0.12
    """Of the security print under the zone."""
    facing: bool = False
    """Whether the passport lies open, its other page above."""
    with_zone: bool = True


def page(
    lines: tuple[str, ...],
    layout: Layout,
    dpi: float,
    style: Style,
    chance: np.random.Generator,
) -> Page:
    """Draws the document that bears `lines`."""
    width, height = _SIZES[layout]
    above = height if style.facing else 0.0
    dots = dpi / INCH
    size = (round(width * dots), round((height + above) * dots))
    spacing = chance.uniform(6.0, 6.35) if layout is Layout.TD1 else 6.35
    last_base = height - chance.uniform(*((4.0, 6.0) if layout is Layout.TD1 else (6.5, 9.0)))
    left = (width - PITCH * len(lines[0])) / 2 + chance.uniform(-0.8, 0.8)
    base = above + last_base - spacing * (len(lines) - 1)
    zone = (
        round(left * dots),
        round((base - 2.8) * dots),
        round((left + PITCH * len(lines[0])) * dots),
        round((base + spacing * (len(lines) - 1) + 0.3) * dots),
    )
    picture = _paper(size, dots, zone[1] - round(1.5 * dots), style.pattern, chance)
    if style.facing:
        _facing_page(picture, round(above * dots), dots, chance)
    _visual_zone(picture, lines, (above, base - 4.5), dots, chance)
    if style.with_zone:
        mask = inked(lines, style.ink, dpi, size, (left, base), spacing, chance)
        mask = mask.point(lambda value: round(value * style.ink.opacity))
        picture.paste(style.ink.colour, mask=mask)
    shape = _shape(size, dots, rounded=layout in (Layout.TD1, Layout.TD2))
    _edge(picture, dots, chance)
    return Page(picture, shape, dpi, zone)


def _paper(
    size: tuple[int, int],
    dots: float,
    zone_top: int,
    under_zone: float,
    chance: np.random.Generator,
) -> Image.Image:
    """Tinted paper with families of wavy lines, fainter from `zone_top` down."""
    width, height = size
    tint = chance.uniform(214, 250, 3).astype(np.float32)
    x = np.arange(width, dtype=np.float32)[None, :] / dots
    y = np.arange(height, dtype=np.float32)[:, None] / dots
    strength = np.full((height, 1), chance.uniform(0.2, 0.5), np.float32)
    strength[zone_top:] = under_zone
    colours = np.zeros((height, width, 3), np.float32) + tint
    for _ in range(3):
        slope, wave = chance.uniform(-0.6, 0.6), chance.uniform(0.4, 2.5)
        period, length = chance.uniform(0.7, 1.8), chance.uniform(9, 40)
        bend = slope * x + wave * np.sin(2 * np.pi * (x / length + chance.uniform()))
        line = np.cos(2 * np.pi * (y + bend) / np.float32(period))
        line = np.clip(line * 2 - 1, 0, 1) * strength
        darker = chance.uniform(20, 190, 3).astype(np.float32)
        colours -= line[..., None] * darker[None, None, :]
    return Image.fromarray(np.clip(colours, 0, 255).astype(np.uint8))


def _visual_zone(
    picture: Image.Image,
    lines: tuple[str, ...],
    span: tuple[float, float],
    dots: float,
    chance: np.random.Generator,
) -> None:
    """Labels, values and a portrait between the two heights of `span` (mm)."""
    draw = ImageDraw.Draw(picture)
    read = fields(lines)
    top, bottom = span
    width = picture.width / dots
    ink: Colour = tuple(int(each) for each in chance.integers(10, 70, 3))
    label_ink: Colour = tuple(int(each) for each in chance.integers(60, 140, 3))
    for place, head in enumerate(
        _HEADS.get(read.issuer, ("UTOPIA", f"STATE OF {read.issuer}"))
    ):
        font = text_font(round((2.9 - place * 0.7) * dots), bold=True)
        draw.text((width / 2 * dots, (top + 2 + place * 3.2) * dots), head, ink, font, "ma")
    first = top + 9
    left = 4.0
    if (height := bottom - first) > 20:
        _portrait(picture, (left, first, left + height * 0.75, bottom - 1), dots, chance)
        left += height * 0.75 + 3
    if chance.random() < 0.5:
        chip = (width - 14, first, width - 4, first + 8)
        draw.rounded_rectangle([each * dots for each in chip], dots, (205, 178, 96))
    values = (
        read.surname,
        read.given,
        read.nationality,
        f"{read.birth[4:]}.{read.birth[2:4]}.{read.birth[:2]}",
        f"{read.sex} / {'А' if read.sex == 'F' else 'Э'}",
        read.number,
        f"{chance.integers(10, 29)}.{chance.integers(10, 13)}.20{chance.integers(14, 27)}",
        f"{read.expiry[4:]}.{read.expiry[2:4]}.{read.expiry[:2]}",
        f"MKK {chance.integers(211000, 219999)}",
        "BISHKEK / KGZ",
    )
    step = 5.4
    rows = max(1, int((bottom - first) / step))
    for place, (label, value) in enumerate(zip(_LABELS, values, strict=True)):
        column, row = divmod(place, rows)
        x = left + column * (width - left) / 2
        if column > 1:
            break
        y = first + row * step
        draw.text((x * dots, y * dots), label, label_ink, text_font(round(1.5 * dots)))
        font = text_font(round(2.5 * dots), bold=True)
        draw.text((x * dots, (y + 1.9) * dots), value[:22], ink, font)


def _portrait(
    picture: Image.Image,
    box: tuple[float, float, float, float],
    dots: float,
    chance: np.random.Generator,
) -> None:
    face = Image.new("RGB", (60, 76), tuple(int(each) for each in chance.integers(170, 230, 3)))
    draw = ImageDraw.Draw(face)
    skin = int(chance.integers(120, 215))
    draw.ellipse((2, 52, 58, 110), tuple(int(each) for each in chance.integers(20, 120, 3)))
    draw.ellipse((16, 8, 44, 40), (35, 30, 28))
    draw.ellipse((18, 13, 42, 52), (skin, round(skin * 0.82), round(skin * 0.7)))
    for eye in (25, 35):
        draw.ellipse((eye - 2, 28, eye + 2, 31), (40, 30, 30))
    draw.line((26, 43, 34, 43), (130, 60, 60), 2)
    face = face.filter(ImageFilter.GaussianBlur(1))
    x0, y0, x1, y1 = (round(each * dots) for each in box)
    picture.paste(face.resize((x1 - x0, y1 - y0), Image.Resampling.BICUBIC), (x0, y0))


def _facing_page(
    picture: Image.Image, height: int, dots: float, chance: np.random.Generator
) -> None:
    """The page above the fold: a few printed lines, and the fold's shadow."""
    draw = ImageDraw.Draw(picture)
    font = text_font(round(2.2 * dots))
    for row in range(int(chance.integers(3, 9))):
        text = "Бул паспорт Кыргыз Республикасынын менчиги / This passport is property"
        place = (8 * dots, (10 + row * 6) * dots)
        draw.text(place, text[: int(chance.integers(30, 70))], (90, 90, 110), font)
    number = f"PE{chance.integers(10**6, 10**7)}"
    draw.text(
        (95 * dots, 78 * dots), number, (150, 40, 40), text_font(round(4 * dots), mono=True)
    )
    for row in range(round(3 * dots)):
        shade = int(255 - 90 * (1 - row / (3 * dots)))
        line = picture.crop((0, height - row, picture.width, height - row + 1))
        picture.paste(line.point(lambda value, by=shade: value * by // 255), (0, height - row))


def _shape(size: tuple[int, int], dots: float, rounded: bool) -> Image.Image:
    shape = Image.new("L", size)
    radius = (3.2 if rounded else 1.0) * dots
    ImageDraw.Draw(shape).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius, 255)
    return shape


def _edge(picture: Image.Image, dots: float, chance: np.random.Generator) -> None:
    """The seam of the laminate along the page's edge."""
    draw = ImageDraw.Draw(picture)
    inset = chance.uniform(0.3, 1.0) * dots
    box = (inset, inset, picture.width - inset, picture.height - inset)
    grey = int(chance.integers(150, 256))
    draw.rounded_rectangle(
        box, 3 * dots, outline=(grey, grey, grey), width=max(1, round(0.25 * dots))
    )
