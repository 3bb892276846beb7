"""PassportEye as the second opinion of a picture that the first path has a doubt about.

Its pipeline with three of its components replaced: the picture is given, not loaded from a
file; a zone that was found already is not looked for again; Tesseract is asked in this process
instead of by a program and two files on a disk for each question. Whatever this module needs
is in memory once it is imported: 0.2 s, and 75 MiB with the engine.

What its answer is good for is written in `agreement`.
"""

from __future__ import annotations

import time
import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from devices.images import passporteye_parts
from devices.images.agreement import Opinion
from devices.images.tesseract import Grey, Tesseract

image, text = passporteye_parts.load()

Shades = NDArray[np.float32]
"""Black is 0, white is 1: what PassportEye counts in."""

SECONDS = 1.0

# PassportEye works on 64-bit copies of the whole picture: 12 million pixels would take 200 MB.
# At this size a character of a passport that fills the picture is 32 pixels wide.
_LONGEST_SIDE = 1600

# How wide Tesseract gets a zone: 35 pixels a character of a passport, 50 of a card. Of 60
# evened strips with 20 to 30 it read 35, of the same ones with 36 it read 42.
_ZONE_WIDTH = 1600

# Three lines of 30 characters, with as much white around them as they are high.
_LEAST_ASPECT = 2.5

# PassportEye finds nothing in less, and its filters want some pixels to work on.
_SMALLEST_SIDE = 16
_MOST_ASPECT = 16


class SecondOpinion:
    """One warm engine. Raises EngineMissing when Tesseract's data are not installed."""

    def __init__(self) -> None:
        self._engine = Tesseract()

    def read(
        self, picture: Grey, strip: Grey | None = None, seconds: float = SECONDS
    ) -> Opinion | None:
        """What PassportEye makes of the zone, None when it finds none.

        `picture`: all of it. `strip`: the zone straightened and upright, if it was found;
        then the picture is not looked at. `seconds`: after so many no further question is
        asked of Tesseract.
        """
        grey = picture if strip is None else strip
        if min(grey.shape) < max(_SMALLEST_SIDE, max(grey.shape) / _MOST_ASPECT):
            return None
        pipeline = self._pipeline(_shades(grey), strip is not None, time.monotonic() + seconds)
        try:
            with warnings.catch_warnings():
                # scikit-image 0.26 says so at each call of PassportEye's; 0.27, which has no
                # `square` any more, is shut out by this package's requirements.
                warnings.filterwarnings(
                    "ignore", r"`square` is deprecated", category=FutureWarning
                )
                # With a strip the wider search of the whole picture would be for nothing.
                mrz = pipeline["mrz" if strip is not None else "mrz_final"]
                said = pipeline["text"]
        finally:
            # It holds itself and the pictures of every step in a circle.
            pipeline.data.clear()
        return None if mrz is None or mrz.mrz_type is None else _opinion(said)

    def _pipeline(self, shades: Shades, is_strip: bool, ends: float) -> Any:
        pipeline = image.MRZPipeline(None)
        pipeline.replace_component("loader", lambda: shades, ["img"])
        if is_strip:
            pipeline.replace_component(
                "box_locator", lambda img: [_Whole()], ["boxes"], ["img"]
            )
        reader = image.FindFirstValidMRZ()
        reader.box_to_mrz = _BoxReader(self._engine, ends)
        pipeline.replace_component("mrz", reader)
        return pipeline


class _Whole:
    """The box that is all of a picture."""

    def extract_from_image(self, img: Shades, scale: float) -> Shades:
        return img


class _BoxReader:
    """Stands for PassportEye's BoxToMRZ, which asks a program: a box → ROI, text and MRZ.

    A zone is read as it is, then with light and shade evened, instead of PassportEye's two
    enlargements and black top hat: those ask up to four times more, and of the last its
    author says that it may hang.
    """

    def __init__(self, engine: Tesseract, ends: float) -> None:
        self._engine = engine
        self._ends = ends

    def __call__(
        self, box: Any, img: Shades, img_small: Shades, scale_factor: float
    ) -> tuple[Grey, str, Any]:
        roi = _zone(box.extract_from_image(img, 1.0 / scale_factor))
        said = self._text(roi)
        if ">>" in said or (">" in said and "<" not in said):
            roi = roi[::-1, ::-1]
            said = self._text(roi)
        mrz = text.MRZ.from_ocr(said)
        if not mrz.valid:
            again = self._text(_evened(roi))
            better = text.MRZ.from_ocr(again)
            if better.valid_score > mrz.valid_score:
                said, mrz = again, better
        return roi, said, mrz

    def _text(self, roi: Grey) -> str:
        return self._engine.text(roi, self._ends - time.monotonic())


def _shades(grey: Grey) -> Shades:
    longest = max(grey.shape)
    if longest > _LONGEST_SIDE:
        height, width = (max(1, round(side * _LONGEST_SIDE / longest)) for side in grey.shape)
        grey = np.asarray(
            Image.fromarray(grey).resize((width, height), Image.Resampling.BOX, reducing_gap=2)
        )
    return grey.astype(np.float32) / np.float32(255)


def _zone(shades: Shades) -> Grey:
    """The zone in the size that Tesseract reads best; nothing when it is hardly a line."""
    height, width = shades.shape
    grey = (np.clip(shades, 0, 1) * 255).astype(np.uint8)
    if min(height, width) < _SMALLEST_SIDE or width < _LEAST_ASPECT * height:
        return grey[:0]
    size = (_ZONE_WIDTH, max(1, round(height * _ZONE_WIDTH / width)))
    return np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BICUBIC))


def _evened(roi: Grey) -> Grey:
    """Paper as bright everywhere as at its brightest nearby, a character's width around."""
    if not roi.size:
        return roi
    width = _ZONE_WIDTH // 44
    paper = ndimage.uniform_filter(
        ndimage.grey_closing(roi, size=(width, width)).astype(np.float32), width
    )
    even: Grey = np.clip(roi / np.maximum(paper, 1) * 230, 0, 255).astype(np.uint8)
    return even


def _opinion(said: str) -> Opinion:
    """Lines as PassportEye cleans them, and where it did."""
    as_read = text.MRZOCRCleaner()
    as_read.FIXERS = {kind: {} for kind in as_read.FIXERS}
    cleaned = [line.replace(">", "<") for line in text.MRZOCRCleaner.apply(said)]
    return Opinion(
        tuple(cleaned),
        frozenset(
            (number, column)
            for number, (before, after) in enumerate(zip(as_read(said), cleaned, strict=True))
            for column, (was, now) in enumerate(zip(before, after, strict=True))
            if was != now
        ),
    )
