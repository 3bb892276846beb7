"""Under which conditions a page is pictured, by category: the standard ones and the hard ones.

Blur is in mm on the page, so that it means the same at each resolution; noise in grey levels.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
from PIL import Image

from tests.pictures import effects
from tests.pictures.pages import Page, Style
from tests.pictures.printing import INCH, OBLIQUE, SHARP, UPRIGHT, Ink
from tests.pictures.scenes import Ground, Pose


@dataclass(frozen=True, slots=True)
class Conditions:
    """How one picture is taken. `quality` None saves it without loss."""

    dpi: float = 300.0
    style: Style = field(default_factory=Style)
    pose: Pose = field(default_factory=Pose)
    blur: float = 0.03
    motion: float = 0.0
    """mm"""
    noise: float = 1.5
    darkest: float = 1.0
    shade: tuple[float, float] = (0.0, 0.1)
    """Depth and softness of a shadow's edge."""
    glare: float = 0.0
    glare_over_zone: bool = False
    stamp: float = 0.0
    crumple: float = 0.0
    grey: bool = False
    quality: int | None = None

    def touched(self, page: Page, chance: np.random.Generator) -> Page:
        """What happens to the page itself."""
        if self.stamp:
            page = effects.stamp(page, self.stamp, chance)
        if self.crumple:
            page = effects.crumple(page, self.crumple, chance)
        if self.glare:
            page = effects.glare(page, self.glare_over_zone, self.glare, chance)
        return page

    def taken(self, picture: Image.Image, chance: np.random.Generator) -> bytes:
        """The file that the camera or the scanner saves of `picture`."""
        dots = self.dpi * self.pose.scale / INCH
        if self.darkest < 1:
            picture = effects.gradient(picture, self.darkest, chance)
        if self.shade[0]:
            picture = effects.shadow(picture, *self.shade, chance)
        if self.grey:
            picture = picture.convert("L")
        picture = effects.blur(picture, self.blur * dots)
        if self.motion:
            picture = effects.motion(picture, self.motion * dots, chance.uniform(0, 180))
        picture = effects.noise(picture, self.noise, chance)
        file = io.BytesIO()
        dpi = (round(self.dpi), round(self.dpi))
        if self.quality is None:
            picture.save(file, "PNG", compress_level=1, dpi=dpi)
        else:
            picture.save(file, "JPEG", quality=self.quality, dpi=dpi)
        return file.getvalue()


Condition = Callable[[np.random.Generator], Conditions]

T = TypeVar("T")

_SCANNED = (Ground.LID, Ground.LID, Ground.DARK)
_TABLES = (Ground.WOOD, Ground.CLOTH, Ground.DARK)


def _one(chance: np.random.Generator, among: tuple[T, ...]) -> T:
    return among[int(chance.integers(len(among)))]


def _sign(chance: np.random.Generator) -> float:
    return float(chance.choice((-1.0, 1.0)))


def _ink(chance: np.random.Generator) -> Ink:
    dark = chance.integers(12, 50, 3)
    return Ink(
        font=_one(chance, (UPRIGHT,) * 7 + (SHARP,) * 4 + (OBLIQUE,)),
        colour=(int(dark[0]), int(dark[1]), int(dark[2])),
        opacity=chance.uniform(0.85, 1.0),
        weight=chance.uniform(0.45, 0.6),
    )


def _style(chance: np.random.Generator) -> Style:
    return Style(
        ink=_ink(chance),
        pattern=chance.uniform(0.03, 0.14),
        facing=chance.random() < 0.15,
    )


def clean(chance: np.random.Generator) -> Conditions:
    return Conditions(
        dpi=chance.uniform(150, 400),
        style=_style(chance),
        pose=Pose(
            angle=chance.uniform(-0.7, 0.7),
            margin=chance.uniform(0.0, 0.12),
            ground=_one(chance, _SCANNED),
        ),
        quality=_one(chance, (None, 92)),
    )


def _good(chance: np.random.Generator) -> Conditions:
    """Clean, at a resolution that leaves room for one fault."""
    return replace(clean(chance), dpi=chance.uniform(210, 340))


def skew(chance: np.random.Generator) -> Conditions:
    good = _good(chance)
    angle = _sign(chance) * chance.uniform(2, 12)
    return replace(good, pose=replace(good.pose, angle=angle))


def turned(chance: np.random.Generator) -> Conditions:
    good = _good(chance)
    angle = _one(chance, (90.0, 180.0, 180.0, 270.0)) + chance.uniform(-2, 2)
    return replace(good, pose=replace(good.pose, angle=angle))


def blurred(chance: np.random.Generator) -> Conditions:
    return replace(_good(chance), blur=chance.uniform(0.12, 0.22))


def noisy(chance: np.random.Generator) -> Conditions:
    return replace(_good(chance), noise=chance.uniform(18, 40))


def compressed(chance: np.random.Generator) -> Conditions:
    return replace(_good(chance), quality=int(chance.integers(15, 36)))


def lit(chance: np.random.Generator) -> Conditions:
    good = _good(chance)
    kind = chance.integers(3)
    if kind == 0:
        return replace(good, darkest=chance.uniform(0.2, 0.45))
    if kind == 1:
        return replace(good, shade=(chance.uniform(0.4, 0.65), chance.uniform(0.02, 0.2)))
    return replace(good, glare=chance.uniform(0.8, 1.0), darkest=chance.uniform(0.5, 0.8))


def aslant(chance: np.random.Generator) -> Conditions:
    good = _good(chance)
    tilt = (
        _sign(chance) * chance.uniform(8, 26),
        _sign(chance) * chance.uniform(8, 26),
    )
    pose = replace(
        good.pose, tilt=tilt, angle=chance.uniform(-5, 5), ground=_one(chance, _TABLES)
    )
    return replace(good, pose=pose)


def badly_printed(chance: np.random.Generator) -> Conditions:
    good = _good(chance)
    ink = good.style.ink
    ink = _one(
        chance,
        (
            replace(ink, weight=chance.uniform(0.78, 0.88), spread=0.09),
            replace(ink, weight=chance.uniform(0.2, 0.3), spread=0.07),
            replace(ink, ragged=chance.uniform(0.3, 0.42), spread=0.05),
            replace(ink, weight=chance.uniform(0.62, 0.75), ragged=0.2, spread=0.11),
        ),
    )
    return replace(good, style=replace(good.style, ink=ink))


def patterned(chance: np.random.Generator) -> Conditions:
    good = _good(chance)
    return replace(good, style=replace(good.style, pattern=chance.uniform(0.3, 0.5)))


def scanned(chance: np.random.Generator) -> Conditions:
    good = _good(chance)
    return replace(
        good,
        dpi=300,
        pose=replace(good.pose, angle=chance.uniform(-4, 4)),
        grey=True,
        blur=chance.uniform(0.05, 0.09),
        noise=chance.uniform(6, 14),
        quality=int(chance.integers(40, 65)),
    )


def camera(chance: np.random.Generator) -> Conditions:
    """A telephone above a table; the picture is 1,600 to 3,000 pixels wide."""
    good = clean(chance)
    dpi = chance.uniform(230, 370)
    return replace(
        good,
        dpi=dpi,
        pose=Pose(
            angle=chance.uniform(-9, 9),
            tilt=(chance.uniform(-20, 20), chance.uniform(-20, 20)),
            scale=chance.uniform(1.0, 1.15),
            margin=chance.uniform(0.1, 0.35),
            ground=_one(chance, _TABLES),
            shadow=0.4,
        ),
        blur=chance.uniform(0.06, 0.13),
        noise=chance.uniform(5, 14),
        darkest=chance.uniform(0.4, 0.8),
        quality=int(chance.integers(55, 90)),
    )


def moved(chance: np.random.Generator) -> Conditions:
    return replace(_good(chance), motion=chance.uniform(0.5, 0.75), noise=4)


def stamped(chance: np.random.Generator) -> Conditions:
    return replace(_good(chance), stamp=chance.uniform(0.45, 0.7), blur=0.06, noise=4)


def far_aslant(chance: np.random.Generator) -> Conditions:
    tilt = (_sign(chance) * chance.uniform(22, 36), _sign(chance) * chance.uniform(18, 34))
    good = _good(chance)
    pose = Pose(
        angle=chance.uniform(-8, 8), tilt=tilt, margin=0.15, ground=_one(chance, _TABLES)
    )
    return replace(good, dpi=chance.uniform(170, 190), pose=pose, noise=5, quality=80)


def small(chance: np.random.Generator) -> Conditions:
    good = _good(chance)
    pose = replace(good.pose, angle=chance.uniform(-3, 3))
    return replace(good, dpi=chance.uniform(112, 132), pose=pose, blur=0.1, noise=5, quality=70)


def very_noisy(chance: np.random.Generator) -> Conditions:
    return replace(_good(chance), noise=chance.uniform(60, 85))


def glared(chance: np.random.Generator) -> Conditions:
    strength = chance.uniform(0.78, 0.9)
    return replace(_good(chance), glare=strength, glare_over_zone=True, noise=4)


def heavily_compressed(chance: np.random.Generator) -> Conditions:
    return replace(_good(chance), quality=int(chance.integers(4, 9)))


def crumpled(chance: np.random.Generator) -> Conditions:
    good = _good(chance)
    pose = replace(good.pose, ground=_one(chance, _TABLES), angle=chance.uniform(-4, 4))
    return replace(good, crumple=chance.uniform(0.5, 0.9), pose=pose, noise=4, blur=0.06)


def faded(chance: np.random.Generator) -> Conditions:
    good = _good(chance)
    ink = replace(
        good.style.ink,
        opacity=chance.uniform(0.25, 0.36),
        weight=0.4,
        ragged=0.25,
        spread=0.06,
    )
    return replace(good, style=replace(good.style, ink=ink), noise=7, blur=0.07)


def strongly_patterned(chance: np.random.Generator) -> Conditions:
    good = _good(chance)
    style = replace(good.style, pattern=chance.uniform(0.6, 0.8))
    return replace(good, style=style, blur=0.06, noise=5)


def in_half_shade(chance: np.random.Generator) -> Conditions:
    good = _good(chance)
    pose = replace(
        good.pose,
        angle=_sign(chance) * chance.uniform(12, 22),
        ground=_one(chance, _TABLES),
        margin=0.12,
    )
    shade = (chance.uniform(0.65, 0.8), chance.uniform(0.01, 0.05))
    return replace(good, pose=pose, shade=shade, noise=8, blur=0.07)


def coloured(chance: np.random.Generator) -> Conditions:
    good = _good(chance)
    colour = _one(chance, ((190, 60, 60), (60, 120, 190), (70, 140, 80)))
    ink = replace(good.style.ink, colour=colour, opacity=0.85)
    return replace(good, style=replace(good.style, ink=ink, pattern=0.3), noise=6, blur=0.06)


STANDARD: tuple[tuple[str, Condition, int], ...] = (
    ("clean", clean, 18),
    ("skew", skew, 12),
    ("turned", turned, 9),
    ("blur", blurred, 9),
    ("noise", noisy, 9),
    ("jpeg", compressed, 9),
    ("lighting", lit, 9),
    ("perspective", aslant, 9),
    ("print", badly_printed, 9),
    ("pattern", patterned, 6),
    ("scan", scanned, 9),
    ("camera", camera, 12),
)

HARD: tuple[tuple[str, Condition, int], ...] = (
    ("motion", moved, 3),
    ("stamp", stamped, 4),
    ("far aslant", far_aslant, 5),
    ("small", small, 4),
    ("strong noise", very_noisy, 4),
    ("glare", glared, 3),
    ("heavy jpeg", heavily_compressed, 4),
    ("crumpled", crumpled, 3),
    ("faded", faded, 3),
    ("strong pattern", strongly_patterned, 3),
    ("half shade", in_half_shade, 2),
    ("coloured", coloured, 2),
)

FOR_TRAPS: tuple[Condition, ...] = (clean, skew, scanned, camera)
