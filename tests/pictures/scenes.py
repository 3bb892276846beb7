"""A page on a table or a scanner's glass: where it lies, and what lies around it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from PIL import Image, ImageFilter

from tests.pictures.pages import Page

Corners = Sequence[tuple[float, float]]


class Ground(StrEnum):
    LID = "lid"
    """A scanner's white lid."""
    DARK = "dark"
    WOOD = "wood"
    CLOTH = "cloth"


@dataclass(frozen=True, slots=True)
class Pose:
    """How a page lies before the camera. Angles in degrees; lengths as shares of the page."""

    angle: float = 0.0
    """Turned on the table, counter-clockwise."""
    tilt: tuple[float, float] = (0.0, 0.0)
    """Of the camera: forward, sideways."""
    scale: float = 1.0
    margin: float = 0.06
    ground: Ground = Ground.LID
    shadow: float = 0.0
    cut: tuple[float, float] = (0.0, 0.0)
    """What the picture misses at the right and at the bottom."""


def lay(page: Page, pose: Pose, chance: np.random.Generator) -> Image.Image:
    """The picture of `page` in `pose`."""
    corners = _seen(page.picture.size, pose)
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    margin = pose.margin * max(width, height)
    room = [margin * chance.uniform(0.3, 1.0) for _ in range(4)]
    right = -pose.cut[0] * width if pose.cut[0] else room[2]
    bottom = -pose.cut[1] * height if pose.cut[1] else room[3]
    size = (round(width + room[0] + right), round(height + room[1] + bottom))
    placed = [(x - min(xs) + room[0], y - min(ys) + room[1]) for x, y in corners]
    return onto(ground(size, pose.ground, chance), page, placed, pose.shadow)


def onto(table: Image.Image, page: Page, corners: Corners, shadow: float = 0.0) -> Image.Image:
    """`table` with `page` on it, its corners (from upper left, clockwise) at `corners`."""
    width, height = page.picture.size
    back = _mapping(corners, ((0, 0), (width, 0), (width, height), (0, height)))
    how = (table.size, Image.Transform.PERSPECTIVE, back)
    shape = page.shape.transform(*how, Image.Resampling.BILINEAR)
    if shadow:
        small = shape.reduce(8).filter(ImageFilter.GaussianBlur(table.width / 400))
        shade = small.resize(table.size).point(lambda value: round(value * shadow))
        table.paste((15, 15, 20), (table.width // 90, table.width // 90), shade)
    table.paste(page.picture.transform(*how, Image.Resampling.BICUBIC), mask=shape)
    return table


def _seen(size: tuple[int, int], pose: Pose) -> list[tuple[float, float]]:
    """The page's corners as the camera sees them, around its middle."""
    width, height = size[0] * pose.scale, size[1] * pose.scale
    forward, sideways = (math.radians(each) for each in pose.tilt)
    turn = math.radians(-pose.angle)
    far = 2.2 * math.hypot(width, height)
    corners = []
    for right, down in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        x, y, z = right * width / 2, down * height / 2, 0.0
        x, y = (
            x * math.cos(turn) - y * math.sin(turn),
            x * math.sin(turn) + y * math.cos(turn),
        )
        y, z = y * math.cos(forward), y * math.sin(forward)
        x, z = x * math.cos(sideways) - z * math.sin(sideways), z + x * math.sin(sideways)
        corners.append((x * far / (far + z), y * far / (far + z)))
    return corners


def _mapping(before: Corners, after: Corners) -> list[float]:
    """The eight numbers of the perspective that takes `before` to `after`."""
    rows, sought = [], []
    for (x, y), (u, v) in zip(before, after, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        sought += [u, v]
    return [float(each) for each in np.linalg.solve(np.array(rows), np.array(sought))]


def ground(size: tuple[int, int], kind: Ground, chance: np.random.Generator) -> Image.Image:
    """What the page lies on."""
    if kind is Ground.LID:
        grey = int(chance.integers(225, 256))
        return Image.new("RGB", size, (grey, grey, grey))
    if kind is Ground.DARK:
        grey = int(chance.integers(8, 60))
        return Image.new("RGB", size, (grey, grey, grey + 4))
    width, height = size
    if kind is Ground.WOOD:
        grain = chance.standard_normal((max(2, height // 14), max(2, width // 260)), np.float32)
        colour = np.array((1.0, 0.72, 0.46), np.float32) * chance.uniform(90, 200)
    else:
        grain = chance.standard_normal((max(2, height // 9), max(2, width // 9)), np.float32)
        colour = chance.uniform(40, 210, 3).astype(np.float32)
    smooth = Image.fromarray(grain).resize(size, Image.Resampling.BICUBIC)
    shade = 1 + 0.09 * np.asarray(smooth)[..., None]
    return Image.fromarray(np.clip(shade * colour, 0, 255).astype(np.uint8))
