"""Pictures without a zone: what an officer may lay under the camera by mistake."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from tests.pictures import scenes
from tests.pictures.holders import TODAY
from tests.pictures.pages import Style, page
from tests.pictures.printing import text_font
from tests.pictures.scenes import Ground, Pose
from tests.pictures.zones import Layout

_SENTENCE = (
    "Мекеменин башчысына арыз. Сизден жолугушууга уруксат берүүңүздү суранам, "
    "дареги Бишкек шаары, паспорт PE1234567, телефону 0555 12 34 56. "
)


def letter(chance: np.random.Generator) -> Image.Image:
    """A typed application on a sheet of paper."""
    sheet = Image.new("RGB", (1240, 1754), (248, 246, 240))
    draw = ImageDraw.Draw(sheet)
    font = text_font(26)
    for row in range(34):
        start = int(chance.integers(0, 60))
        draw.text(
            (120, 150 + row * 42), (_SENTENCE * 2)[start : start + 70], (30, 30, 40), font
        )
    return sheet.rotate(
        chance.uniform(-3, 3), Image.Resampling.BILINEAR, fillcolor=(200, 200, 200)
    )


def receipt(chance: np.random.Generator) -> Image.Image:
    """A till's slip: rows of equally spaced characters, the likest thing to a zone."""
    slip = Image.new("RGB", (620, 1300), (250, 250, 250))
    draw = ImageDraw.Draw(slip)
    font = text_font(24, mono=True)
    for row in range(34):
        text = f"{('НАН', 'БОЗО', 'ЧАЙ')[row % 3]:<18}{chance.integers(10, 900):>6}.00 <<"
        draw.text((40, 40 + row * 34), text if row % 5 else "<" * 30, (40, 40, 40), font)
    return slip


def front(chance: np.random.Generator) -> Image.Image:
    """The side of a card that has no zone."""
    lines = ("<" * 30,) * 3
    card = page(lines, Layout.TD1, 260, Style(with_zone=False), chance)
    return scenes.lay(card, Pose(angle=4, margin=0.2, ground=Ground.WOOD), chance)


def table(chance: np.random.Generator) -> Image.Image:
    """Nothing but the table."""
    return scenes.ground((1920, 1440), Ground.WOOD, chance)


def grid(chance: np.random.Generator) -> Image.Image:
    """A chequered cloth and a bar code: many equal things in a row."""
    cells = np.indices((40, 54)).sum(0) % 2
    cloth = Image.fromarray((cells * 120 + 90).astype(np.uint8)).resize((1620, 1200))
    draw = ImageDraw.Draw(cloth)
    draw.rectangle((380, 480, 1240, 700), 250)
    x = 420
    while x < 1180:
        width = int(chance.integers(2, 9))
        draw.rectangle((x, 500, x + width, 660), 10)
        x += width + int(chance.integers(3, 10))
    draw.text((560, 664), f"{TODAY:%Y%m%d} 4700000 123457", 20, text_font(30, mono=True))
    return cloth.rotate(chance.uniform(-8, 8), Image.Resampling.BILINEAR)


KINDS: tuple[tuple[str, Callable[[np.random.Generator], Image.Image]], ...] = (
    ("letter", letter),
    ("receipt", receipt),
    ("front", front),
    ("table", table),
    ("grid", grid),
)
